"""What the window says while one report is decided after the other."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tongue import tr, tr_many

TRIAGE: Final = tr("Triage")
ENTER_KEY: Final = "F8"
NEXT_KEY: Final = "N"
SKIP_KEY: Final = "S"
FLAG_KEY: Final = "F"
UNDO_KEY: Final = "U"
REDO_KEY: Final = "R"
UNDO_ALWAYS: Final = "Ctrl+Alt+Z"
REDO_ALWAYS: Final = "Ctrl+Alt+Y"
DESPITE_KEY: Final = "Ctrl+Y"

STRIP: Final = tr("Triage: what the keys do, and what was just done")
IS_ON: Final = tr("TRIAGE")
HINTS: Final = tr(
    "1 Baseline · 2 National · 4 Not illegal · Shift: the stack · N next · S skip · F flag · U undo · R redo · Esc leave"
)
HINTS_WITHOUT_DECIDING: Final = tr("N next · S skip · F flag · U undo · R redo · Esc leave")
UNDO: Final = tr("Undo")
DESPITE: Final = tr("Decide all the same")
COUNT: Final = tr("How many they are")
DO_IT: Final = tr("Do it")
WORK: Final = tr("Deciding many reports")

NOTHING_CHOSEN: Final = tr("Choose a report first.")
NO_MORE: Final = tr("Nothing undecided is left in this list.")
ROUND_AGAIN: Final = tr("Those that were skipped come now.")
NO_STACK: Final = tr("No picture of this report is here, so that it has no stack.")
NONE_IN_STACK: Final = tr("No report of this stack can be decided now.")

ASSIGN_KEY: Final = "Ctrl+Alt+A"
ASSIGN_TITLE: Final = tr("Assign reports")
ASSIGN_INTRO: Final = tr(
    "Whoever gets them finds them by is:assigned-to-me. Nobody is kept from reading them."
)
ASSIGN_NOW: Final = tr("Assign")
ASSIGN_STOPPED: Final = tr("Stopped. What was assigned stays; one undo takes it back.")
COLLEAGUE: Final = tr("To whom")
TO_NOBODY: Final = tr("nobody: take them back")
NOBODY: Final = tr("nobody")

KEY_LIST: Final = (
    (ASSIGN_KEY, tr("Give the chosen reports to a colleague"), "analyst"),
    (
        ENTER_KEY,
        tr("Triage: decide one report after the other by single keys; Escape leaves"),
        "analyst",
    ),
    (
        "1, 2, 4",
        tr("In triage: Baseline, National, Not illegal; with Shift: the whole stack"),
        "analyst",
    ),
    ("N, S, F", tr("In triage: next undecided; skip until the end of the round; flag"), "analyst"),
    (
        "U, R",
        tr("In triage: undo, redo; everywhere among the reports Ctrl+Alt+Z, Ctrl+Alt+Y"),
        "analyst",
    ),
)


def decided(item: str, label: str) -> str:
    return f"{item}: {label}."


def decided_many(count: int, label: str) -> str:
    return tr_many("{count} report: {label}.", "{count} reports: {label}.", count, label=label)


def skipped(item: str) -> str:
    return tr("{item} skipped; it comes back at the end of the round.", item=item)


def flagged(item: str) -> str:
    return tr("{item} flagged.", item=item)


def unflagged(item: str) -> str:
    return tr("{item} has no flag any more.", item=item)


def refused(item: str, reason: str) -> str:
    return tr("{item} stays as it is. {reason}", item=item, reason=reason)


def some_refused(count: int, first: str, reason: str) -> str:
    """`count`: how many stay as they are; the first of them by name."""
    return tr_many(
        "{count} stays as it is, {first}: {reason}",
        "{count} stay as they are, {first} first: {reason}",
        count,
        first=first,
        reason=reason,
    )


def stopped(count: int) -> str:
    return tr_many(
        "Stopped: {count} was not reached. One undo takes back what was decided.",
        "Stopped: {count} were not reached. One undo takes back what was decided.",
        count,
    )


def type_count(count: str, label: str) -> str:
    return tr("Type {count} to make {count} reports {label}.", count=count, label=label)


def stack_would(reports: str, label: str) -> str:
    return tr(
        "Type {reports} to make all {reports} undecided reports of this stack {label}.",
        reports=reports,
        label=label,
    )


def not_the_count(count: str) -> str:
    return tr("That is not {count}. Nothing was decided.", count=count)


def in_hand(holder: str, left: str) -> str:
    """`left`: minutes and seconds."""
    return tr("{holder} has this report in hand for another {left}.", holder=holder, left=left)


def to_assign(count: int) -> str:
    return tr_many("{count} report", "{count} reports", count)


def type_to_assign(count: str) -> str:
    return tr("Type {count} to assign all {count} of them.", count=count)


def assigned(count: int, to: str) -> str:
    return tr_many(
        "{count} report assigned to {to}.", "{count} reports assigned to {to}.", count, to=to
    )
