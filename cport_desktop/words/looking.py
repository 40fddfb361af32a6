"""Why a look is not granted, and what is said around a look."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tongue import tr, tr_in

UNKNOWN: Final = tr("the vault did not give this permission, or it is over")
NO_ENTRY: Final = tr("the log has no entry for it")
OTHER_ENTRY: Final = tr("the entry in the log is for something else, or was used before")
TIME_IS_UP: Final = tr("its time is up")
NEEDS_NO_ORIGINAL: Final = tr("at this level the original is not opened")
NEEDS_THE_ORIGINAL: Final = tr("at this level only the original has what is to be shown")
IS_LOCKED: Final = tr("the vault is locked")

A_LOOK: Final = tr("a look")
REASON: Final = tr("Reason for looking")
ASKS_REASON: Final = tr(
    "The agreement asks why, once, before this item is looked at. It goes on record."
)
CHOOSE_REASON: Final = tr("Choose a reason…")
ANOTHER_REASON: Final = tr("Another reason")
REASON_HERE: Final = tr("Why it is necessary to look")
STATE_REASON: Final = tr_in("act: give the reason", "State")
REASON_FIRST: Final = tr("Veiled. State a reason first.")
USUAL_REASONS: Final = (
    tr("to assess the report"),
    tr("to compare it with another item"),
    tr("to check what a hotline assessed"),
    tr("a colleague asked for a second look"),
)
