"""Why a look is not granted, and what is said around a look."""

from __future__ import annotations

from typing import Final

UNKNOWN: Final = "the clear room did not give this permission, or it is over"
NO_ENTRY: Final = "the log has no entry for it"
OTHER_ENTRY: Final = "the entry in the log is for something else, or was used before"
TIME_IS_UP: Final = "its time is up"
NEEDS_NO_ORIGINAL: Final = "at this level the original is not opened"
NEEDS_THE_ORIGINAL: Final = "at this level only the original has what is to be shown"
IS_LOCKED: Final = "the vault is locked"

A_LOOK: Final = "a look"
REASON: Final = "Reason for looking"
ASKS_REASON: Final = (
    "The agreement asks why, once, before this item is looked at. It goes on record."
)
CHOOSE_REASON: Final = "Choose a reason…"
ANOTHER_REASON: Final = "Another reason"
REASON_HERE: Final = "Why it is necessary to look"
STATE_REASON: Final = "State"
REASON_FIRST: Final = "Veiled. State a reason first."
USUAL_REASONS: Final = (
    "to assess the report",
    "to compare it with another item",
    "to check what a hotline assessed",
    "a colleague asked for a second look",
)
