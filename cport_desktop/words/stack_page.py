"""Sentences about stacks on the media page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cport_desktop.words.tongue import tr, tr_in, tr_many

BY_ITEMS: Final = tr("Items")
BY_STACKS: Final = tr("Stacks")
SWITCH_KEY: Final = "Ctrl+S"
GRID: Final = tr("Stacks of media items, veiled")
MEMBERS: Final = tr("Contents of the stack, veiled")
NO_STACKS: Final = tr("No two items here are alike.")
NO_STACKS_HELP: Final = tr(
    "Pictures and videos that are alike come together here by themselves, once their files have arrived and were compared. Nobody has to look for that."
)

OPEN: Final = tr_in("act", "Open")
OPEN_KEY: Final = "Enter"
BACK: Final = tr("All stacks")
BACK_KEY: Final = "Esc"
SPLIT: Final = tr("Split off")
SPLIT_KEY: Final = "Ctrl+Shift+X"
MERGE: Final = tr("Merge")
MERGE_KEY: Final = "Ctrl+U"
ASSESS: Final = tr("Assess the stack…")
ASSESS_KEY: Final = "Ctrl+Shift+A"
UNDO: Final = tr("Undo")
UNDO_KEY: Final = "Ctrl+Z"
UNDONE: Final = tr("Undone: the stacks are as they were.")
DISMISS: Final = tr("Dismiss")
DECIDED_MARK: Final = tr("✓ decided")
DECIDED_SPOKEN: Final = tr("every report with it is decided")

CHOOSE_TWO: Final = tr("To merge, choose two stacks: Ctrl and click, or Shift and an arrow key.")
CHOOSE_SOME: Final = tr(
    "To split some off, choose them: Ctrl and click, or Shift and an arrow key."
)
LEAVE_ONE: Final = tr("To split some off, leave at least one.")
LEAD: Final = tr("The stack began with it")

ASSESS_TITLE: Final = tr("Assess the stack")
ASSESS_INTRO: Final = tr(
    "One decision for every undecided report with an item of the stack. Each report is assessed by an operation of its own, under the same rules as one by hand; reports that were decided before are left alone."
)
ASSESS_NOW: Final = tr("Assess")
CLASSIFICATION: Final = tr("Classification")
CHOOSE: Final = tr("Choose…")
REASON: Final = tr("Reason")
REASON_PLACEHOLDER: Final = tr("where the agreement demands one")
NEEDS_CLASS: Final = tr("Choose a classification first.")
FORESEEING: Final = tr("Counting what it would come to…")
NOTHING_LEFT: Final = tr(
    "No report would be assessed: nothing is undecided, or all of it is refused."
)
FINAL: Final = tr("A Baseline assessment is final.")
_MOST_REASONS: Final = 5


def heading(lead: str, contents: int, items: int) -> str:
    """Over the members."""
    return tr(
        "Stack of {lead}: {contents}, {items}",
        lead=lead,
        contents=tr_many("{count} content", "{count} contents", contents),
        items=_items(items),
    )


def reports(number: int, decided: int) -> str:
    """Of a stack: `6 reports, 2 decided`."""
    told = _reports(number)
    if not decided:
        return tr("{reports}, none decided", reports=told)
    return tr_many(
        "{reports}, {count} decided", "{reports}, {count} decided", decided, reports=told
    )


def items(number: int) -> str:
    return _items(number)


def found(number: int) -> str:
    return tr_many("{count} stack", "{count} stacks", number)


def member(because: str, near: str, *, by_person: bool) -> str:
    """`looks the same, 9 bits apart from M-20417`; `put together by a person with M-20417`."""
    if by_person:
        return tr("{because} with {item}", because=because, item=near)
    return tr("{because}, compared with {item}", because=because, item=near)


def placed(by: str, when: str) -> str:
    """A person's word on a member."""
    return tr("placed by {by} on {when}", by=by, when=when)


def split(contents: int) -> str:
    return tr_many(
        "{count} content is a stack of its own now.",
        "{count} contents are a stack of their own now.",
        contents,
    )


def merged(contents: int) -> str:
    return tr_many(
        "{count} content is one stack now.", "{count} contents are one stack now.", contents
    )


def assess_now(number: int) -> str:
    """On the button, once it is known."""
    return tr_many("Assess {count} report", "Assess {count} reports", number)


def would(number: int, contents: int, decided: int) -> str:
    """What deciding would come to."""
    told = tr_many(
        "{count} undecided report would be assessed ({contents}).",
        "{count} undecided reports would be assessed ({contents}).",
        number,
        contents=_contents(contents),
    )
    if not decided:
        return told
    before = tr_many(
        "{count} was decided before and stays as it is.",
        "{count} were decided before and stay as they are.",
        decided,
    )
    return f"{told} {before}"


def left(reasons: Sequence[tuple[str, str]]) -> str:
    """Reports that stay undecided, each with its reason, the first few."""
    if not reasons:
        return ""
    lines = [f"{reference}: {why}" for reference, why in reasons[:_MOST_REASONS]]
    more = len(reasons) - _MOST_REASONS
    if more > 0:
        lines.append(tr_many("and {count} more", "and {count} more", more))
    head = tr_many(
        "{count} report stays undecided:", "{count} reports stay undecided:", len(reasons)
    )
    return "\n".join([head, *lines])


def done(number: int, contents: int) -> str:
    """What deciding came to."""
    return tr_many(
        "{count} report is assessed ({contents}); in the outbox for the next exchange.",
        "{count} reports are assessed ({contents}); in the outbox for the next exchange.",
        number,
        contents=_contents(contents),
    )


def _reports(number: int) -> str:
    return tr_many("{count} report", "{count} reports", number)


def _items(number: int) -> str:
    return tr_many("{count} item", "{count} items", number)


def _contents(number: int) -> str:
    return tr_many("{count} content item", "{count} content items", number)
