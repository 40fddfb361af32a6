"""What is said of deeds: what was done, undone, done again, and why something stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cport_desktop.words.operations import kind_word

UNDO: Final = "undo"
REDO: Final = "redo"

UNDONE_BY_ANALYST: Final = "undone before it was sent"
"""The reason with which an operation is set aside."""
REDONE: Final = "done again after it was undone"

ON_ITS_WAY: Final = (
    "It is on its way to the portal. After the next exchange it is known what became of it."
)
WAS_SENT: Final = "It was sent, and the portal knows no way to take it back."
NO_WAY_BACK: Final = (
    "The portal has settled the assessment, and nothing there is made undecided again."
    " A National one can still be overruled by another assessment."
)
CLOSED_MEANWHILE: Final = "It was set aside or revised meanwhile."
CHANGED_MEANWHILE: Final = "It was changed by somebody since."

_ONE: Final[Mapping[str, str]] = {
    "assessed": "{item} assessed as {detail}",
    "acted": "{detail} on {item}",
    "tagged": "{item} tagged “{detail}”",
    "untagged": "tag “{detail}” taken off {item}",
    "flagged": "{item} flagged",
    "unflagged": "flag taken off {item}",
    "noted": "note written on {item}",
    "note_changed": "note on {item} changed",
    "note_taken_back": "note on {item} taken back",
    "note_put_back": "note on {item} put back",
    "put_in_case": "{item} put into {detail}",
    "taken_out_of_case": "{item} taken out of {detail}",
    "assigned": "{item} assigned to {detail}",
}
_SEVERAL: Final[Mapping[str, str]] = {
    "assessed": "{count} items assessed as {detail}, {item} first",
    "acted": "{detail}, {count} times, {item} first",
    "tagged": "{count} items tagged “{detail}”, {item} first",
    "untagged": "tag “{detail}” taken off {count} items, {item} first",
    "flagged": "{count} items flagged, {item} first",
    "unflagged": "flag taken off {count} items, {item} first",
    "noted": "notes written on {count} items, {item} first",
    "note_changed": "notes on {count} items changed, {item} first",
    "note_taken_back": "notes on {count} items taken back, {item} first",
    "note_put_back": "notes on {count} items put back, {item} first",
    "put_in_case": "{count} items put into {detail}, {item} first",
    "taken_out_of_case": "{count} items taken out of {detail}, {item} first",
    "assigned": "{count} reports assigned to {detail}, {item} first",
}
NO_ITEM: Final = "no item"
NOBODY: Final = "nobody"

HEADS: Final = ("No.", "When", "What", "State")
STATES: Final[Mapping[str, str]] = {"done": "done", "undone": "undone"}
PARTLY: Final = "partly undone"
NO_DEEDS: Final = "Nothing was done here yet that could be undone."


def what(kind: str, *, detail: str, item: str | None, count: int) -> str:
    """What was done, without a full stop: `HL-17 assessed as National`. `detail`: in words."""
    named = item or NO_ITEM
    if kind == "acted":
        detail = kind_word(detail)
    forms = _ONE if count == 1 else _SEVERAL
    return forms[kind].format(item=named, detail=detail or NOBODY, count=f"{count:,}")


def undone(what_was_done: str) -> str:
    return f"Undone: {what_was_done}."


def redone(what_was_done: str) -> str:
    return f"Done again: {what_was_done}."


def stays(refused: Sequence[tuple[str, str]]) -> str:
    """Items that stay as they are, each with its reason; the first few by name."""
    if not refused:
        return ""
    shown = [f"{item}: {reason}" for item, reason in refused[:MOST_NAMED]]
    more = len(refused) - len(shown)
    if more:
        shown.append(f"… and {more:,} more stay as they are.")
    return "\n".join(["These stay as they are:", *shown])


MOST_NAMED: Final = 10
"""Lines that a person reads; the rest is counted."""
