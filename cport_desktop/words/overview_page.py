"""Sentences of the overview: what is new, urgent, overdue, about to end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TITLE: Final = "Overview"
KEY: Final = "Alt+Home"
NEW: Final = "New"
URGENT: Final = "First in the queue"
OVERDUE: Final = "Overdue"
ENDINGS: Final = "Ends soon"
DUTIES: Final = "Waits for you"
LOADING: Final = "…"

ALL_REPORTS: Final = "Reports"
UNDECIDED: Final = "Undecided"
WITH_EXCHANGE: Final = "With the last exchange"
SINCE_VISIT: Final = "Since your last visit"
NO_EXCHANGE: Final = "Nothing was exchanged yet. F5 exchanges by the network; by stick: Exchange."
FIRST_VISIT: Final = "From your next visit on, what came meanwhile is counted here."
NOTHING_OVERDUE: Final = "Nothing is overdue."
NO_TAKEDOWN_ENDS: Final = "No hotline’s waiting ends within seven days."
NO_DUTIES: Final = "No task is due within seven days, and no operation needs you."
TASKS: Final = "Tasks due within seven days"
OPERATIONS_NEEDING: Final = "Operations that need you"
OPERATIONS_WAITING: Final = "Operations on their way"
TAKEDOWNS: Final = "Hotlines stop waiting"
AGREEMENT: Final = "Agreement"
OPEN_FIRST: Final = "Open the first"
OPEN_FIRST_KEY: Final = "Ctrl+Return"
REFRESH: Final = "Refresh"
REFRESH_KEY: Final = "Ctrl+R"

_AGREEMENT: Final[Mapping[str, str]] = {
    "none": "This vault is not enrolled: no agreement is here.",
    "in_force": "The agreement is in force until {}.",
    "ending": "The agreement ends on {}: {} days are left.",
    "lapsed": "The agreement ended on {}.",
    "ended": "The portal has ended the agreement.",
}


def counted(number: int, *, is_more: bool) -> str:
    """A number, or that there are more."""
    return f"more than {number:,}" if is_more else f"{number:,}"


def exchange(age: str, road: str, new: int, changed: int, withdrawn: int) -> str:
    """What the last exchange brought."""
    return f"{age}, {road}: {new:,} new, {changed:,} changed, {withdrawn:,} withdrawn."


def away_since(moment: str) -> str:
    return f"You were last here on {moment}."


def overdue(days: int) -> str:
    """What counts as overdue."""
    return f"Undecided, and assigned more than {days:,} days ago."


def agreement(kind: str, until: str, days_left: int | None) -> str:
    """How the agreement stands."""
    return _AGREEMENT[kind].format(until, f"{days_left or 0:,}")


def takedown(reference: str, until: str) -> str:
    return f"{reference}: its hotline waits until {until}."


def task(title: str, about: str, due: str) -> str:
    return f"{due}: {title} ({about})"


def late_tasks(due: int, late: int) -> str:
    """How many tasks, and how many of them are late."""
    return f"{due:,}, {late:,} of them late" if late else f"{due:,}"


def points(number: int) -> str:
    return "1 point" if number == 1 else f"{number:,} points"


def open_spoken(reference: str) -> str:
    return f"Open {reference}"


def leads_to(what: str, number: str, query: str) -> str:
    """What a number says to somebody who hears it."""
    return f"{what}: {number}. Shows {query}." if query else f"{what}: {number}."
