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
