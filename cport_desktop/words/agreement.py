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
    return _OBSTACLES[kind].format(clauses=clauses(numbers), what=", ".join(what))


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
