"""Sentences about stacks on the media page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

BY_ITEMS: Final = "Items"
BY_STACKS: Final = "Stacks"
SWITCH: Final = "List by items or by stacks"
SWITCH_KEY: Final = "Ctrl+S"
GRID: Final = "Stacks of media items, veiled"
MEMBERS: Final = "Contents of the stack, veiled"
NO_STACKS: Final = "No two items here are alike."
NO_STACKS_HELP: Final = (
    "Pictures and videos that are alike come together here by themselves, once their files have"
    " arrived and were compared. Nobody has to look for that."
)

OPEN: Final = "Open"
OPEN_KEY: Final = "Enter"
BACK: Final = "All stacks"
BACK_KEY: Final = "Esc"
SPLIT: Final = "Split off"
SPLIT_KEY: Final = "Ctrl+Shift+X"
MERGE: Final = "Merge"
MERGE_KEY: Final = "Ctrl+U"
ASSESS: Final = "Assess the stack…"
ASSESS_KEY: Final = "Ctrl+Shift+A"
UNDO: Final = "Undo"
UNDO_KEY: Final = "Ctrl+Z"
UNDONE: Final = "Undone: the stacks are as they were."
DISMISS: Final = "Dismiss"
DECIDED_MARK: Final = "✓ decided"
DECIDED_SPOKEN: Final = "every report with it is decided"

CHOOSE_TWO: Final = "To merge, choose two stacks: Ctrl and click, or Shift and an arrow key."
CHOOSE_SOME: Final = "To split some off, choose them: Ctrl and click, or Shift and an arrow key."
LEAVE_ONE: Final = "To split some off, leave at least one."
LEAD: Final = "The stack began with it"

ASSESS_TITLE: Final = "Assess the stack"
ASSESS_INTRO: Final = (
    "One decision for every undecided report with an item of the stack. Each report is assessed by an"
    " operation of its own, under the same rules as one by hand; reports that were decided before"
    " are left alone."
)
ASSESS_NOW: Final = "Assess"
CLASSIFICATION: Final = "Classification"
CHOOSE: Final = "Choose…"
REASON: Final = "Reason"
REASON_PLACEHOLDER: Final = "where the agreement demands one"
NEEDS_CLASS: Final = "Choose a classification first."
FORESEEING: Final = "Counting what it would come to…"
NOTHING_LEFT: Final = "No report would be assessed: nothing is undecided, or all of it is refused."
FINAL: Final = "A Baseline assessment is final."
_MOST_REASONS: Final = 5


def heading(lead: str, contents: int, items: int) -> str:
    """Over the members."""
    return f"Stack of {lead}: {_number(contents, 'content')}, {_number(items, 'item')}"


def reports(number: int, decided: int) -> str:
    """Of a stack: `6 reports, 2 decided`."""
    told = _number(number, "report")
    return f"{told}, {decided:,} decided" if decided else f"{told}, none decided"


def items(number: int) -> str:
    return _number(number, "item")


def found(number: str) -> str:
    return "1 stack" if number == "1" else f"{number} stacks"


def member(because: str, near: str, *, by_person: bool) -> str:
    """`looks the same, 9 bits apart from M-20417`; `put together by a person with M-20417`."""
    return f"{because} {'with' if by_person else 'from'} {near}"


def placed(by: str, when: str) -> str:
    """A person's word on a member."""
    return f"placed by {by} on {when}"


def split(contents: int) -> str:
    told = "1 content is" if contents == 1 else f"{contents:,} contents are"
    return f"{told} a stack of {'its' if contents == 1 else 'their'} own now."


def merged(contents: int) -> str:
    return f"{contents:,} contents are one stack now."


def assess_now(number: int) -> str:
    """On the button, once it is known."""
    return f"{ASSESS_NOW} {_number(number, 'report')}"


def would(number: int, contents: int, decided: int) -> str:
    """What deciding would come to."""
    told = (
        f"{_number(number, 'undecided report')} would be assessed"
        f" ({_number(contents, 'content item')})."
    )
    if not decided:
        return told
    were = (
        "was decided before and stays as it is"
        if decided == 1
        else ("were decided before and stay as they are")
    )
    return f"{told} {decided:,} {were}."


def left(reasons: Sequence[tuple[str, str]]) -> str:
    """Reports that stay undecided, each with its reason, the first few."""
    if not reasons:
        return ""
    lines = [f"{reference}: {why}" for reference, why in reasons[:_MOST_REASONS]]
    if len(reasons) > _MOST_REASONS:
        lines.append(f"and {len(reasons) - _MOST_REASONS:,} more")
    stay = "stays" if len(reasons) == 1 else "stay"
    return "\n".join([f"{_number(len(reasons), 'report')} {stay} undecided:", *lines])


def done(number: int, contents: int) -> str:
    """What deciding came to."""
    verb = "is" if number == 1 else "are"
    return (
        f"{_number(number, 'report')} {verb} assessed ({_number(contents, 'content item')});"
        " in the outbox for the next exchange."
    )


def _number(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
