"""What is said about the agreement: what its clauses allow, why something is refused, who can
change it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

ACTIONS: Final[Mapping[str, str]] = {
    "reports.read": "reading reports",
    "media.receive": "receiving media",
    "media.reveal": "revealing media",
    "assessment.give": "assessing content",
    "feedback.give": "giving feedback to a hotline",
    "takedown.hold": "asking a hotline to wait with a takedown",
    "information.request": "asking a hotline for more information",
    "iwol.suggest": "suggesting a domain for the list of the worst",
    "hashlist.contribute": "contributing to a hash list",
    "hashlist.export": "taking a hash list out",
    "case.hand_over": "handing a case over",
    "false_positive.notify": "giving notice of a false positive",
    "package.compose": "composing a package",
    "table.export": "exporting a table",
}
"""By the words of `domain.agreement.Function`."""

NOBODY: Final = "no clause"


def clauses(numbers: Sequence[str]) -> str:
    """How clauses are called within a sentence."""
    if not numbers:
        return NOBODY
    return f"clause {numbers[0]}" if len(numbers) == 1 else f"clauses {', '.join(numbers)}"


_OBSTACLES: Final[Mapping[str, str]] = {
    "not_yet": "it is not valid yet",
    "lapsed": "it has run out",
    "no_clause": "no clause grants it",
    "not_understood": "{clauses} has terms that this version of the program does not know",
    "recipient": "the recipient {what} is none of those that {clauses} names",
    "level": "the level {what} is none of those that {clauses} grants",
    "kind": "media of the kind {what} are none of those that {clauses} grants",
    "originator": "reports of hotlines in {what} are none of those that {clauses} grants",
    "field": "{clauses} does not grant the fields {what}",
    "combination": "{clauses} does not grant {what} together",
    "limited": "{clauses} forbids it",
}
"""By the words of `domain.agreement_reading.Obstacle`."""


def obstacle(kind: str, numbers: Sequence[str], what: Sequence[str]) -> str:
    """Why something is not allowed, within a sentence."""
    if kind == "limited" and what:
        return f"{clauses(numbers)} withholds {', '.join(what)}"
    # Levels that agreements do not name have words of two parts (`domain.agreement_reading`).
    named = [each.replace("_", " ") for each in what] if kind == "level" else what
    return _OBSTACLES[kind].format(clauses=clauses(numbers), what=", ".join(named))


def condition_open(kind: str, number: str) -> str:
    """What is to be fulfilled first, within a sentence."""
    if kind == "reason":
        return f"clause {number} demands that a reason is stated"
    return f"clause {number} demands a second person, which cannot be shown here"


def field_withheld(name: str, number: str | None) -> str:
    """Why a field cannot be asked about, within a sentence."""
    if number is None:
        return f"no clause grants the field {name}"
    return f"clause {number} withholds {name}"


NO_AGREEMENT: Final = "There is no agreement: this vault is not enrolled."
ENROL_FIRST: Final = "Enrol with the portal first, by either road."
LOOK_AT_WAITING: Final = "What it would change: cport portal agreement rehearse --pending"
LAST_DAYS: Final = 7
"""The last of the announcements, in days."""

A_PURPOSE: Final = "accepting a narrower agreement"

_STATES: Final[Mapping[str, str]] = {
    "in_force": "The agreement {reference} is in force until {date}.",
    "ending": "The agreement {reference} ends on {date}, {left}.",
    "lapsed": "The agreement {reference} ended on {date}: nothing is received, sent, exported or"
    " revealed any more. What is here stays readable.",
    "ended": "The portal ended the agreement {reference} on {date}: nothing is received, sent,"
    " exported or revealed any more. What is here stays readable.",
}
"""By the words of `domain.agreement_versions.StateKind`."""


def state(kind: str, reference: str, date: str, days: int | None) -> str:
    """How the agreement stands."""
    left = "today" if not days else "tomorrow" if days == 1 else f"in {days} days"
    return _STATES[kind].format(reference=reference, date=date, left=left)


def renew(contact: str) -> str:
    """What helps against an end that is near, or here."""
    return f"Ask {contact} to renew it; the renewal comes with an exchange, by either road."


def waiting(revision: int, starts: str, *, is_narrower: bool) -> str:
    """A version that is to come."""
    if is_narrower:
        return (
            f"Revision {revision} takes something away: it waits to be accepted, and is in force from"
            f" {starts} in any case."
        )
    return f"Revision {revision} is in force from {starts}."


def allowed(action: str, reference: str, numbers: Sequence[str]) -> str:
    return f"Allowed: {action}, by {clauses(numbers)} of the agreement {reference}."


def not_allowed(action: str, reference: str) -> str:
    return f"Not allowed: {action}, under the agreement {reference}."


def because(kind: str, numbers: Sequence[str], what: Sequence[str]) -> str:
    said = obstacle(kind, numbers, what)
    return f"{said[0].upper()}{said[1:]}."


def condition(kind: str, number: str) -> str:
    """What has to be fulfilled on the way."""
    if kind == "reason":
        return f"Clause {number} demands that a reason is stated: --reason."
    return f"Clause {number} demands a second person; this version cannot provide for it."


def ended_by_portal(date: str) -> str:
    return f"The portal ended it on {date}."


def recipient_is(name: str, classes: Sequence[str]) -> str:
    if list(classes) == ["unlisted"]:
        return f"{name} is none of the recipients that the agreement names."
    return f"The agreement names {name} as a recipient of the class {', '.join(classes) or '–'}."


def stays_out(names: Sequence[str]) -> str:
    return f"Stays out, since it is withheld: {', '.join(names)}."


def who_can_change(contact: str) -> str:
    return f"Who can change it: {contact}."


def refused_act(what: str, recipient: str | None) -> str:
    """Something of the past year that would not have been allowed."""
    return what if recipient is None else f"{what} for {recipient}"


_ASPECTS: Final[Mapping[str, str]] = {
    "function": "{action}",
    "recipient": "{action} for {value}",
    "level": "{action} at the level {value}",
    "kind": "{action}: media of the kind {value}",
    "originator": "{action}: reports of hotlines in {value}",
    "field": "{action}: the field {value}",
    "combination": "{action}: {value} together",
    "condition": "{action} without the condition {value}",
    "jurisdiction": "the jurisdiction {value}",
    "retention": "keeping reports as long ({value})",
    "validity": "being valid as long ({value})",
}
"""By the words of `domain.agreement_comparison.Aspect`: what one version has and the other not."""

_ANYTHING_ELSE: Final[Mapping[tuple[str, str], str]] = {
    ("recipient", "another"): "{action} for anybody whom neither version names",
    ("level", "another"): "{action} at levels that neither version names",
    ("kind", "another"): "{action}: media of kinds that neither version names",
    ("originator", "another"): "{action}: reports of hotlines elsewhere",
    ("field", "*"): "{action}: fields of later versions",
}
"""By the aspect and the word for what no version names (`domain.agreement_comparison`)."""


def difference(aspect: str, function: str | None, value: str) -> str:
    """One line of a comparison."""
    action = "" if function is None else ACTIONS[function]
    told = _ANYTHING_ELSE.get((aspect, value), _ASPECTS[aspect])
    return told.format(action=action, value=value)


LOST: Final = "Lost"
GAINED: Final = "Gained"
NOTHING_LOST: Final = "Nothing would be lost."


def would_be_refused(action: str, refused: int, acts: int) -> str:
    return f"{action}: {refused} of {acts} in the past year would not have been allowed"


def media_not_granted(files: int, causes: Sequence[str]) -> str:
    """What an exchange is complete without."""
    told = "1 media file does" if files == 1 else f"{files:,} media files do"
    return f"{told} not come under this agreement: {'; '.join(causes)}."


def accepted(reference: str, revision: int) -> str:
    return f"{reference} revision {revision} is in force from now on."


def written(path: str) -> str:
    return (
        f"{path} holds the agreement as the portal signed it. docs/formats/agreement.md says how to"
        " check it with openssl."
    )


def recipient_gets(
    name: str, numbers: Sequence[str], withheld: Sequence[str], refusal: str | None
) -> str:
    """One line before a package is composed."""
    if refusal is not None:
        return f"{name}: nothing. {refusal}"
    kept = f" {stays_out(withheld)}" if withheld else ""
    return f"{name}: all of it, by {clauses(numbers)}.{kept}"
