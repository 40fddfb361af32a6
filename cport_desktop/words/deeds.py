"""What is said of deeds: what was done, undone, done again, and why something stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cport_desktop.words.operations import kind_word
from cport_desktop.words.tongue import amount, tr, tr_in, tr_many

UNDO: Final = "undo"
REDO: Final = "redo"
"""Codes: `words.errors` has a sentence for each."""

UNDONE_BY_ANALYST: Final = "undone before it was sent"
"""The reason with which an operation is set aside: it is kept on record, and not translated."""
REDONE: Final = "done again after it was undone"
"""The reason with which one is queued anew; likewise."""

ON_ITS_WAY: Final = tr(
    "It is on its way to the portal. After the next exchange it is known what became of it."
)
WAS_SENT: Final = tr("It was sent, and the portal knows no way to take it back.")
NO_WAY_BACK: Final = tr(
    "The portal has settled the assessment, and nothing there is made undecided again. A National one can still be overruled by another assessment."
)
CLOSED_MEANWHILE: Final = tr("It was set aside or revised meanwhile.")
CHANGED_MEANWHILE: Final = tr("It was changed by somebody since.")

_ONE: Final[Mapping[str, str]] = {
    "assessed": tr("{item} assessed as {detail}"),
    "read_second": tr("second reading of {item}: {detail}"),
    "acted": tr("{detail} on {item}"),
    "tagged": tr("{item} tagged “{detail}”"),
    "untagged": tr("tag “{detail}” taken off {item}"),
    "flagged": tr("{item} flagged"),
    "unflagged": tr("flag taken off {item}"),
    "noted": tr("note written on {item}"),
    "note_changed": tr("note on {item} changed"),
    "note_taken_back": tr("note on {item} taken back"),
    "note_put_back": tr("note on {item} put back"),
    "put_in_case": tr("{item} put into {detail}"),
    "taken_out_of_case": tr("{item} taken out of {detail}"),
    "assigned": tr("{item} assigned to {detail}"),
    "task_set": tr("task “{detail}” set on {item}"),
    "task_changed": tr("task “{detail}” on {item} changed"),
    "task_finished": tr("task “{detail}” on {item} ticked off"),
    "task_reopened": tr("task “{detail}” on {item} opened again"),
    "stack_split": tr("{detail} taken out of its stack"),
    "stacks_merged": tr("stacks put together with that of {detail}"),
}
_SEVERAL: Final[Mapping[str, str]] = {
    "assessed": tr("{count} items assessed as {detail}, {item} first"),
    "read_second": tr("second readings of {count} items: {detail}, {item} first"),
    "acted": tr("{detail}, {count} times, {item} first"),
    "tagged": tr("{count} items tagged “{detail}”, {item} first"),
    "untagged": tr("tag “{detail}” taken off {count} items, {item} first"),
    "flagged": tr("{count} items flagged, {item} first"),
    "unflagged": tr("flag taken off {count} items, {item} first"),
    "noted": tr("notes written on {count} items, {item} first"),
    "note_changed": tr("notes on {count} items changed, {item} first"),
    "note_taken_back": tr("notes on {count} items taken back, {item} first"),
    "note_put_back": tr("notes on {count} items put back, {item} first"),
    "put_in_case": tr("{count} items put into {detail}, {item} first"),
    "taken_out_of_case": tr("{count} items taken out of {detail}, {item} first"),
    "assigned": tr("{count} reports assigned to {detail}, {item} first"),
    "task_set": tr("task “{detail}” set on {count} items, {item} first"),
    "task_changed": tr("task “{detail}” on {count} items changed, {item} first"),
    "task_finished": tr("task “{detail}” on {count} items ticked off, {item} first"),
    "task_reopened": tr("task “{detail}” on {count} items opened again, {item} first"),
    "stack_split": tr("{detail} taken out of its stack"),
    "stacks_merged": tr("stacks put together with that of {detail}"),
}
NO_ITEM: Final = tr("no item")
NOBODY: Final = tr("nobody")

HEADS: Final = (tr_in("number", "No."), tr("When"), tr("What"), tr("State"))
STATES: Final[Mapping[str, str]] = {
    "done": tr_in("state of an act", "done"),
    "undone": tr_in("state of an act", "undone"),
}
PARTLY: Final = tr_in("state of an act", "partly undone")
NO_DEEDS: Final = tr("Nothing was done here yet that could be undone.")


def what(kind: str, *, detail: str, item: str | None, count: int) -> str:
    """What was done, without a full stop: `HL-17 assessed as National`. `detail`: in words."""
    named = item or NO_ITEM
    if kind == "acted":
        detail = kind_word(detail)
    forms = _ONE if count == 1 else _SEVERAL
    return forms[kind].format(item=named, detail=detail or NOBODY, count=amount(count))


def undone(what_was_done: str) -> str:
    return tr("Undone: {act}.", act=what_was_done)


def redone(what_was_done: str) -> str:
    return tr("Done again: {act}.", act=what_was_done)


def stays(refused: Sequence[tuple[str, str]]) -> str:
    """Items that stay as they are, each with its reason; the first few by name."""
    if not refused:
        return ""
    shown = [f"{item}: {reason}" for item, reason in refused[:MOST_NAMED]]
    more = len(refused) - len(shown)
    if more:
        shown.append(
            tr_many(
                "… and {count} more stays as it is.", "… and {count} more stay as they are.", more
            )
        )
    return "\n".join([tr("These stay as they are:"), *shown])


MOST_NAMED: Final = 10
"""Lines that a person reads; the rest is counted."""
