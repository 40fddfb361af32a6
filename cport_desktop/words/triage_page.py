"""What the window says while one report is decided after the other."""

from __future__ import annotations

from typing import Final

TRIAGE: Final = "Triage"
ENTER_KEY: Final = "F8"
NEXT_KEY: Final = "N"
SKIP_KEY: Final = "S"
FLAG_KEY: Final = "F"
UNDO_KEY: Final = "U"
REDO_KEY: Final = "R"
UNDO_ALWAYS: Final = "Ctrl+Alt+Z"
REDO_ALWAYS: Final = "Ctrl+Alt+Y"
DESPITE_KEY: Final = "Ctrl+Y"

STRIP: Final = "Triage: what the keys do, and what was just done"
IS_ON: Final = "TRIAGE"
HINTS: Final = (
    "1 Baseline · 2 National · 4 Not illegal · Shift: the stack · N next · S skip · F flag · U undo"
    " · R redo · Esc leave"
)
HINTS_WITHOUT_DECIDING: Final = "N next · S skip · F flag · U undo · R redo · Esc leave"
UNDO: Final = "Undo"
DESPITE: Final = "Decide all the same"
COUNT: Final = "How many they are"
DO_IT: Final = "Do it"
WORK: Final = "Deciding many reports"

NOTHING_CHOSEN: Final = "Choose a report first."
NO_MORE: Final = "Nothing undecided is left in this list."
ROUND_AGAIN: Final = "Those that were skipped come now."
NO_STACK: Final = "No picture of this report is here, so that it has no stack."
NONE_IN_STACK: Final = "No report of this stack can be decided now."

ASSIGN_KEY: Final = "Ctrl+Alt+A"
ASSIGN_TITLE: Final = "Assign reports"
ASSIGN_INTRO: Final = (
    "Whoever gets them finds them by is:assigned-to-me. Nobody is kept from reading them."
)
ASSIGN_NOW: Final = "Assign"
ASSIGN_STOPPED: Final = "Stopped. What was assigned stays; one undo takes it back."
COLLEAGUE: Final = "To whom"
TO_NOBODY: Final = "nobody: take them back"
NOBODY: Final = "nobody"

KEY_LIST: Final = (
    (ASSIGN_KEY, "Give the chosen reports to a colleague", "analyst"),
    (
        ENTER_KEY,
        "Triage: decide one report after the other by single keys; Escape leaves",
        "analyst",
    ),
    (
        "1, 2, 4",
        "In triage: Baseline, National, Not illegal; with Shift: the whole stack",
        "analyst",
    ),
    ("N, S, F", "In triage: next undecided; skip until the end of the round; flag", "analyst"),
    (
        "U, R",
        "In triage: undo, redo; everywhere among the reports Ctrl+Alt+Z, Ctrl+Alt+Y",
        "analyst",
    ),
)


def decided(item: str, label: str) -> str:
    return f"{item}: {label}."


def decided_many(count: str, label: str) -> str:
    return f"{count} reports: {label}."


def skipped(item: str) -> str:
    return f"{item} skipped; it comes back at the end of the round."


def flagged(item: str) -> str:
    return f"{item} flagged."


def unflagged(item: str) -> str:
    return f"{item} has no flag any more."


def refused(item: str, reason: str) -> str:
    return f"{item} stays as it is. {reason}"


def some_refused(count: str, first: str, reason: str) -> str:
    """`count`: how many stay as they are; the first of them by name."""
    return f"{count} stay as they are, {first} first: {reason}"


def stopped(count: str) -> str:
    return f"Stopped: {count} were not reached. One undo takes back what was decided."


def type_count(count: str, label: str) -> str:
    return f"Type {count} to make {count} reports {label}."


def stack_would(reports: str, label: str) -> str:
    return f"Type {reports} to make all {reports} undecided reports of this stack {label}."


def not_the_count(count: str) -> str:
    return f"That is not {count}. Nothing was decided."


def in_hand(holder: str, left: str) -> str:
    """`left`: minutes and seconds."""
    return f"{holder} has this report in hand for another {left}."


def to_assign(count: int) -> str:
    return "1 report" if count == 1 else f"{count:,} reports"


def type_to_assign(count: str) -> str:
    return f"Type {count} to assign all {count} of them."


def assigned(count: int, to: str) -> str:
    return f"1 report assigned to {to}." if count == 1 else f"{count:,} reports assigned to {to}."
