"""What is said about the agreement: what its clauses allow, why something is refused, who can
change it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from cport_desktop.words.agreement_page import CONDITIONS
from cport_desktop.words.tongue import amount, tr, tr_in, tr_many
from cport_desktop.words.vault_page import SCOPES

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
    "provider.notify": tr("drafting a notice to a provider"),
    "package.compose": tr("composing a package"),
    "table.export": tr("exporting a table"),
    "work.share": tr("telling the agency’s other stations what is in hand"),
}
"""By the words of `domain.agreement.Function`."""

PARTICULARS: Final[Mapping[str, Mapping[str, str]]] = {
    "level": {
        "blurred": tr_in("level of looking", "blurred"),
        "small_grey": tr_in("level of looking", "small grey"),
        "grey": tr_in("level of looking", "grey"),
        "blurred_colour": tr_in("level of looking", "blurred colour"),
        "full": tr_in("level of looking", "full"),
    },
    "kind": {
        "image": tr_in("kind of media", "image"),
        "video": tr_in("kind of media", "video"),
        "audio": tr_in("kind of media", "audio"),
        "other": tr_in("kind of media", "other"),
    },
    "condition": CONDITIONS,
    "retention": SCOPES,
    "validity": {
        "valid_until": tr("to the same day"),
        "valid_from": tr("from the same day"),
    },
}
"""By what a question or a comparison names, and its word there; names of parties, countries and fields
stay as they are.
"""


def particular(kind: str, word: str) -> str:
    """What `word` of this kind is called; one of a later version by itself."""
    return PARTICULARS.get(kind, {}).get(word, word)


NOBODY: Final = tr("no clause")


def clauses(numbers: Sequence[str]) -> str:
    """How clauses are called within a sentence."""
    if not numbers:
        return NOBODY
    return tr_many(
        "clause {numbers}", "clauses {numbers}", len(numbers), numbers=", ".join(numbers)
    )


_Obstacle = Callable[[int, str, str], str]

_OBSTACLES: Final[Mapping[str, _Obstacle]] = {
    "not_yet": lambda _number, _clauses, _what: tr("it is not valid yet"),
    "lapsed": lambda _number, _clauses, _what: tr("it has run out"),
    "no_clause": lambda _number, _clauses, _what: tr("no clause grants it"),
    "not_understood": lambda number, clauses, _what: tr_many(
        "clause {clauses} has terms that this version of the program does not know",
        "clauses {clauses} have terms that this version of the program does not know",
        number,
        clauses=clauses,
    ),
    "recipient": lambda number, clauses, what: tr_many(
        "the recipient {recipient} is none of those that clause {clauses} names",
        "the recipient {recipient} is none of those that clauses {clauses} name",
        number,
        clauses=clauses,
        recipient=what,
    ),
    "level": lambda number, clauses, what: tr_many(
        "the level {level} is none of those that clause {clauses} grants",
        "the level {level} is none of those that clauses {clauses} grant",
        number,
        clauses=clauses,
        level=what,
    ),
    "kind": lambda number, clauses, what: tr_many(
        "media of the kind {kind} are none of those that clause {clauses} grants",
        "media of the kind {kind} are none of those that clauses {clauses} grant",
        number,
        clauses=clauses,
        kind=what,
    ),
    "originator": lambda number, clauses, what: tr_many(
        "reports of hotlines in {country} are none of those that clause {clauses} grants",
        "reports of hotlines in {country} are none of those that clauses {clauses} grant",
        number,
        clauses=clauses,
        country=what,
    ),
    "field": lambda number, clauses, what: tr_many(
        "clause {clauses} does not grant the fields {fields}",
        "clauses {clauses} do not grant the fields {fields}",
        number,
        clauses=clauses,
        fields=what,
    ),
    "combination": lambda number, clauses, what: tr_many(
        "clause {clauses} does not grant {particulars} together",
        "clauses {clauses} do not grant {particulars} together",
        number,
        clauses=clauses,
        particulars=what,
    ),
    "limited": lambda number, clauses, what: (
        tr_many(
            "clause {clauses} withholds {fields}",
            "clauses {clauses} withhold {fields}",
            number,
            clauses=clauses,
            fields=what,
        )
        if what
        else tr_many(
            "clause {clauses} forbids it", "clauses {clauses} forbid it", number, clauses=clauses
        )
    ),
}
"""By the words of `domain.agreement_reading.Obstacle`: how many clauses, which, and what of."""


def obstacle(kind: str, numbers: Sequence[str], what: Sequence[str]) -> str:
    """Why something is not allowed, within a sentence."""
    told = ", ".join(particular(kind, each) for each in what)
    return _OBSTACLES[kind](len(numbers), ", ".join(numbers), told)


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

A_PURPOSE: Final = tr("Accepting a narrower agreement")

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
    """A revision that is to come."""
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
    """The same as a sentence; each language that is spoken begins one with a capital letter."""
    said = obstacle(kind, numbers, what)
    return f"{said[0].upper()}{said[1:]}."


STATE_THE_REASON: Final = tr("On the command line a reason is stated with --reason.")


def condition(kind: str, number: str) -> str:
    """What has to be fulfilled on the way."""
    if kind == "reason":
        return tr("Clause {number} demands that a reason is stated.", number=number)
    return tr(
        "Clause {number} demands a second person; this version of the program cannot provide for it.",
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
    return what if recipient is None else tr("{act} for {recipient}", act=what, recipient=recipient)


_ASPECTS: Final[Mapping[str, str]] = {
    "function": "{action}",
    "recipient": tr("{action} for {value}"),
    "level": tr("{action} at the level {value}"),
    "kind": tr("{action}: media of the kind {value}"),
    "originator": tr("{action}: reports of hotlines in {value}"),
    "field": tr("{action}: the field {value}"),
    "combination": tr("{action}: {value} together"),
    "condition": tr("{action} without this condition: {value}"),
    "jurisdiction": tr("the jurisdiction {value}"),
    "retention": tr("keeping reports as long ({value})"),
    "validity": tr("being valid as long ({value})"),
}
"""By the words of `domain.agreement_comparison.Aspect`: what one revision has and the other not."""

_ANYTHING_ELSE: Final[Mapping[tuple[str, str], str]] = {
    ("recipient", "another"): tr("{action} for anybody whom neither revision names"),
    ("level", "another"): tr("{action} at levels that neither revision names"),
    ("kind", "another"): tr("{action}: media of kinds that neither revision names"),
    ("originator", "another"): tr("{action}: reports of hotlines elsewhere"),
    ("field", "*"): tr("{action}: fields that this version of the program does not know"),
}
"""By the aspect and the word for what no revision names (`domain.agreement_comparison`)."""


def difference(aspect: str, function: str | None, value: str) -> str:
    """One line of a comparison."""
    action = "" if function is None else ACTIONS[function]
    told = _ANYTHING_ELSE.get((aspect, value), _ASPECTS[aspect])
    return told.format(action=action, value=particular(aspect, value))


LOST: Final = tr("Lost")
GAINED: Final = tr("Gained")
NOTHING_LOST: Final = tr("Nothing would be lost.")


def would_be_refused(action: str, refused: int, acts: int) -> str:
    return tr(
        "{action}: {refused} of {acts} in the past year would not have been allowed",
        action=action,
        refused=amount(refused),
        acts=amount(acts),
    )


def media_not_granted(files: int, causes: Sequence[str]) -> str:
    """What an exchange is complete without."""
    return tr_many(
        "{count} media file does not come under this agreement: {causes}.",
        "{count} media files do not come under this agreement: {causes}.",
        files,
        causes="; ".join(causes),
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
