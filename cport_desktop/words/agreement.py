"""What is said about the agreement: what its clauses allow, why something is refused, who can
change it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cport_desktop.words.tongue import tr, tr_many

ACTIONS: Final[Mapping[str, str]] = {
    "reports.read": tr("reading reports"),
    "media.receive": tr("receiving media"),
    "media.reveal": tr("revealing media"),
    "assessment.give": tr("assessing content"),
    "feedback.give": tr("giving feedback to a hotline"),
    "takedown.hold": tr("asking a hotline to wait with a takedown"),
    "information.request": tr("asking a hotline for more information"),
    "iwol.suggest": tr("suggesting a domain for the list of the worst"),
    "hashlist.contribute": tr("contributing to a hash list"),
    "hashlist.export": tr("taking a hash list out"),
    "case.hand_over": tr("handing a case over"),
    "false_positive.notify": tr("giving notice of a false positive"),
    "package.compose": tr("composing a package"),
    "table.export": tr("exporting a table"),
}
"""By the words of `domain.agreement.Function`."""

NOBODY: Final = tr("no clause")


def clauses(numbers: Sequence[str]) -> str:
    """How clauses are called within a sentence."""
    if not numbers:
        return NOBODY
    return tr_many(
        "clause {numbers}", "clauses {numbers}", len(numbers), numbers=", ".join(numbers)
    )


_OBSTACLES: Final[Mapping[str, str]] = {
    "not_yet": tr("it is not valid yet"),
    "lapsed": tr("it has run out"),
    "no_clause": tr("no clause grants it"),
    "not_understood": tr("{clauses} has terms that this version of the program does not know"),
    "recipient": tr("the recipient {what} is none of those that {clauses} names"),
    "level": tr("the level {what} is none of those that {clauses} grants"),
    "kind": tr("media of the kind {what} are none of those that {clauses} grants"),
    "originator": tr("reports of hotlines in {what} are none of those that {clauses} grants"),
    "field": tr("{clauses} does not grant the fields {what}"),
    "combination": tr("{clauses} does not grant {what} together"),
    "limited": tr("{clauses} forbids it"),
}
"""By the words of `domain.agreement_reading.Obstacle`."""


def obstacle(kind: str, numbers: Sequence[str], what: Sequence[str]) -> str:
    """Why something is not allowed, within a sentence."""
    if kind == "limited" and what:
        return tr("{clauses} withholds {what}", clauses=clauses(numbers), what=", ".join(what))
    # Levels that agreements do not name have words of two parts (`domain.agreement_reading`).
    named = [each.replace("_", " ") for each in what] if kind == "level" else what
    return _OBSTACLES[kind].format(clauses=clauses(numbers), what=", ".join(named))


def condition_open(kind: str, number: str) -> str:
    """What is to be fulfilled first, within a sentence."""
    if kind == "reason":
        return tr("clause {number} demands that a reason is stated", number=number)
    return tr("clause {number} demands a second person, which cannot be shown here", number=number)


def field_withheld(name: str, number: str | None) -> str:
    """Why a field cannot be asked about, within a sentence."""
    if number is None:
        return tr("no clause grants the field {name}", name=name)
    return tr("clause {number} withholds {name}", number=number, name=name)


NO_AGREEMENT: Final = tr("There is no agreement: this vault is not enrolled.")
ENROL_FIRST: Final = tr("Enrol with the portal first, by either road.")
LOOK_AT_WAITING: Final = tr("What it would change: cport portal agreement rehearse --pending")
LAST_DAYS: Final = 7
"""The last of the announcements, in days."""

A_PURPOSE: Final = tr("accepting a narrower agreement")

_STATES: Final[Mapping[str, str]] = {
    "in_force": tr("The agreement {reference} is in force until {date}."),
    "ending": tr("The agreement {reference} ends on {date}, {left}."),
    "lapsed": tr(
        "The agreement {reference} ended on {date}: nothing is received, sent, exported or revealed any more. What is here stays readable."
    ),
    "ended": tr(
        "The portal ended the agreement {reference} on {date}: nothing is received, sent, exported or revealed any more. What is here stays readable."
    ),
}
"""By the words of `domain.agreement_versions.StateKind`."""


def state(kind: str, reference: str, date: str, days: int | None) -> str:
    """How the agreement stands."""
    left = tr("today") if not days else tr_many("tomorrow", "in {count} days", days)
    return _STATES[kind].format(reference=reference, date=date, left=left)


def renew(contact: str) -> str:
    """What helps against an end that is near, or here."""
    return tr(
        "Ask {contact} to renew it; the renewal comes with an exchange, by either road.",
        contact=contact,
    )


def waiting(revision: int, starts: str, *, is_narrower: bool) -> str:
    """A version that is to come."""
    if is_narrower:
        return tr(
            "Revision {revision} takes something away: it waits to be accepted, and is in force from {starts} in any case.",
            revision=revision,
            starts=starts,
        )
    return tr("Revision {revision} is in force from {starts}.", revision=revision, starts=starts)


def allowed(action: str, reference: str, numbers: Sequence[str]) -> str:
    return tr(
        "Allowed: {action}, by {clauses} of the agreement {reference}.",
        action=action,
        clauses=clauses(numbers),
        reference=reference,
    )


def not_allowed(action: str, reference: str) -> str:
    return tr(
        "Not allowed: {action}, under the agreement {reference}.",
        action=action,
        reference=reference,
    )


def because(kind: str, numbers: Sequence[str], what: Sequence[str]) -> str:
    said = obstacle(kind, numbers, what)
    return f"{said[0].upper()}{said[1:]}."


def condition(kind: str, number: str) -> str:
    """What has to be fulfilled on the way."""
    if kind == "reason":
        return tr("Clause {number} demands that a reason is stated: --reason.", number=number)
    return tr(
        "Clause {number} demands a second person; this version cannot provide for it.",
        number=number,
    )


def ended_by_portal(date: str) -> str:
    return tr("The portal ended it on {date}.", date=date)


def recipient_is(name: str, classes: Sequence[str]) -> str:
    if list(classes) == ["unlisted"]:
        return tr("{name} is none of the recipients that the agreement names.", name=name)
    return tr(
        "The agreement names {name} as a recipient of the class {classes}.",
        name=name,
        classes=", ".join(classes) or "–",
    )


def stays_out(names: Sequence[str]) -> str:
    return tr("Stays out, since it is withheld: {names}.", names=", ".join(names))


def who_can_change(contact: str) -> str:
    return tr("Who can change it: {contact}.", contact=contact)


def refused_act(what: str, recipient: str | None) -> str:
    """Something of the past year that would not have been allowed."""
    return (
        what if recipient is None else tr("{what} for {recipient}", what=what, recipient=recipient)
    )


_ASPECTS: Final[Mapping[str, str]] = {
    "function": tr("{action}"),
    "recipient": tr("{action} for {value}"),
    "level": tr("{action} at the level {value}"),
    "kind": tr("{action}: media of the kind {value}"),
    "originator": tr("{action}: reports of hotlines in {value}"),
    "field": tr("{action}: the field {value}"),
    "combination": tr("{action}: {value} together"),
    "condition": tr("{action} without the condition {value}"),
    "jurisdiction": tr("the jurisdiction {value}"),
    "retention": tr("keeping reports as long ({value})"),
    "validity": tr("being valid as long ({value})"),
}
"""By the words of `domain.agreement_comparison.Aspect`: what one version has and the other not."""

_ANYTHING_ELSE: Final[Mapping[tuple[str, str], str]] = {
    ("recipient", "another"): tr("{action} for anybody whom neither version names"),
    ("level", "another"): tr("{action} at levels that neither version names"),
    ("kind", "another"): tr("{action}: media of kinds that neither version names"),
    ("originator", "another"): tr("{action}: reports of hotlines elsewhere"),
    ("field", "*"): tr("{action}: fields of later versions"),
}
"""By the aspect and the word for what no version names (`domain.agreement_comparison`)."""


def difference(aspect: str, function: str | None, value: str) -> str:
    """One line of a comparison."""
    action = "" if function is None else ACTIONS[function]
    told = _ANYTHING_ELSE.get((aspect, value), _ASPECTS[aspect])
    return told.format(action=action, value=value)


LOST: Final = tr("Lost")
GAINED: Final = tr("Gained")
NOTHING_LOST: Final = tr("Nothing would be lost.")


def would_be_refused(action: str, refused: int, acts: int) -> str:
    return tr(
        "{action}: {refused} of {acts} in the past year would not have been allowed",
        action=action,
        refused=refused,
        acts=acts,
    )


def media_not_granted(files: int, causes: Sequence[str]) -> str:
    """What an exchange is complete without."""
    told = tr_many("{count} media file does", "{count} media files do", files)
    return tr(
        "{told} not come under this agreement: {causes}.", told=told, causes="; ".join(causes)
    )


def accepted(reference: str, revision: int) -> str:
    return tr(
        "{reference} revision {revision} is in force from now on.",
        reference=reference,
        revision=revision,
    )


def written(path: str) -> str:
    return tr(
        "{path} holds the agreement as the portal signed it. docs/formats/agreement.md says how to check it with openssl.",
        path=path,
    )


def recipient_gets(
    name: str, numbers: Sequence[str], withheld: Sequence[str], refusal: str | None
) -> str:
    """One line before a package is composed."""
    if refusal is not None:
        return tr("{name}: nothing. {refusal}", name=name, refusal=refusal)
    kept = f" {stays_out(withheld)}" if withheld else ""
    return tr(
        "{name}: all of it, by {clauses}.{kept}", name=name, clauses=clauses(numbers), kept=kept
    )
