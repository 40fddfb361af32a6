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
