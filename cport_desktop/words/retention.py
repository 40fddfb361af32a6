"""What is said about holds, periods and erasures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TAKEN_BACK: Final = "Taken back here before the portal answered: the report was erased."

A_HOLD: Final = "a hold"
A_RELEASE: Final = "the release of a hold"
AN_ERASURE: Final = "an erasure"
THE_REGISTER: Final = "the register of erasures"

DOUBTS: Final[Mapping[str, str]] = {
    "behind_portal": "the portal has signed a later moment already.",
    "behind_log": "the vault's own log has a later entry, so the clock went back.",
    "not_vouched": (
        "the portal has said nothing for more than seven days that would show it to be right."
    ),
}
"""By the words of `domain.retention.ClockDoubt`."""

STANDINGS: Final[Mapping[str, str]] = {
    "due": "due",
    "later": "later",
    "held": "due, but under a legal hold",
    "unsettled": "due, but an operation waits for the portal",
    "unlimited": "no period applies",
}
"""By the words of `domain.retention.Standing`."""


def period_ended(days: int) -> str:
    return f"The period of {days} days that the agreement states has ended."


NOT_FINISHED: Final = (
    "Keys and rows are gone. What is left in files goes at the next opening of the vault; the"
    " certificate is made then."
)
FINISHING: Final = "the finishing of an erasure (its certificate is made at the next opening)"
NOTHING_DUE: Final = "Nothing was due."


def due(count: int, *, is_all: bool) -> str:
    more = "" if is_all else " More are due than one run takes."
    return f"{count:,} reports are due. To erase them: --run --count {count}.{more}"


def unknown_scope(scope: str, clause: str) -> str:
    return (
        f"Clause {clause} states a period for “{scope}”, which this version does not know: it"
        " erases nothing by it, and somebody has to see to it."
    )


def dry_run(count: int) -> str:
    return f"Nothing was erased. To erase them: --reason REASON --count {count}."


def erased(erasure: str, reports: int, media: int) -> str:
    return f"{erasure}: {reports:,} reports and {media:,} media items were erased."
