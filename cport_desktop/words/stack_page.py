"""Sentences about stacks on the media page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cport_desktop.words.tongue import amount, tr, tr_many

BY_ITEMS: Final = tr("Items")
BY_STACKS: Final = tr("Stacks")
SWITCH: Final = tr("List by items or by stacks")
SWITCH_KEY: Final = "Ctrl+S"
GRID: Final = tr("Stacks of media items, veiled")
MEMBERS: Final = tr("Contents of the stack, veiled")
NO_STACKS: Final = tr("No two items here are alike.")
NO_STACKS_HELP: Final = tr(
    "Pictures and videos that are alike come together here by themselves, once their files have arrived and were compared. Nobody has to look for that."
)

OPEN: Final = tr("Open")
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
        "Stack of {lead}: {number}, {number_2}",
        lead=lead,
        number=_number(contents, "content"),
        number_2=_number(items, "item"),
    )


def reports(number: int, decided: int) -> str:
    """Of a stack: `6 reports, 2 decided`."""
    told = _number(number, tr("report"))
    return (
        tr("{told}, {decided} decided", told=told, decided=amount(decided))
        if decided
        else tr("{told}, none decided", told=told)
    )


def items(number: int) -> str:
    return _number(number, tr("item"))


def found(number: str) -> str:
    return tr("1 stack") if number == "1" else tr("{number} stacks", number=number)


def member(because: str, near: str, *, by_person: bool) -> str:
    """`looks the same, 9 bits apart from M-20417`; `put together by a person with M-20417`."""
    return f"{because} {(tr('with') if by_person else tr('from'))} {near}"


def placed(by: str, when: str) -> str:
    """A person's word on a member."""
    return tr("placed by {by} on {when}", by=by, when=when)


def split(contents: int) -> str:
    told = tr_many("{count} content is", "{count} contents are", contents)
    return tr(
        "{told} a stack of {what} own now.", told=told, what=tr_many("its", "their", contents)
    )


def merged(contents: int) -> str:
    return tr("{contents} contents are one stack now.", contents=amount(contents))


def assess_now(number: int) -> str:
    """On the button, once it is known."""
    return f"{ASSESS_NOW} {_number(number, 'report')}"


def would(number: int, contents: int, decided: int) -> str:
    """What deciding would come to."""
    told = tr(
        "{number} would be assessed ({number_2}).",
        number=_number(number, "undecided report"),
        number_2=_number(contents, "content item"),
    )
    if not decided:
        return told
    were = tr_many(
        "was decided before and stays as it is", "were decided before and stay as they are", decided
    )
    return f"{told} {amount(decided)} {were}."


def left(reasons: Sequence[tuple[str, str]]) -> str:
    """Reports that stay undecided, each with its reason, the first few."""
    if not reasons:
        return ""
    lines = [f"{reference}: {why}" for reference, why in reasons[:_MOST_REASONS]]
    if len(reasons) > _MOST_REASONS:
        lines.append(tr("and {reasons} more", reasons=amount(len(reasons) - _MOST_REASONS)))
    stay = tr_many("stays", "stay", len(reasons))
    return "\n".join(
        [
            tr("{number} {stay} undecided:", number=_number(len(reasons), "report"), stay=stay),
            *lines,
        ]
    )


def done(number: int, contents: int) -> str:
    """What deciding came to."""
    verb = tr_many("is", "are", number)
    return tr(
        "{number} {verb} assessed ({number_2}); in the outbox for the next exchange.",
        number=_number(number, "report"),
        verb=verb,
        number_2=_number(contents, "content item"),
    )


def _number(number: int, noun: str) -> str:
    return tr_many("{count} {noun}", "{count} {noun}s", number, noun=noun)
