"""Sentences of the overview: what is new, urgent, overdue, about to end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import amount, tr, tr_in, tr_many

TITLE: Final = tr("Overview")
KEY: Final = "Alt+Home"
NEW: Final = tr_in("what came", "New")
URGENT: Final = tr("First in the queue")
OVERDUE: Final = tr("Overdue")
ENDINGS: Final = tr("Ends soon")
DUTIES: Final = tr("Waits for you")
LOADING: Final = "…"

ALL_REPORTS: Final = tr("Reports")
UNDECIDED: Final = tr("Undecided")
WITH_EXCHANGE: Final = tr("With the last exchange")
SINCE_VISIT: Final = tr("Since your last visit")
NO_EXCHANGE: Final = tr(
    "Nothing was exchanged yet. F5 exchanges by the network; by stick: Exchange."
)
FIRST_VISIT: Final = tr("From your next visit on, what came meanwhile is counted here.")
NOTHING_OVERDUE: Final = tr("Nothing is overdue.")
NO_TAKEDOWN_ENDS: Final = tr("No hotline’s waiting ends within seven days.")
NO_DUTIES: Final = tr("No task is due within seven days, and no operation needs you.")
TASKS: Final = tr("Tasks due within seven days")
OPERATIONS_NEEDING: Final = tr("Operations that need you")
OPERATIONS_WAITING: Final = tr("Operations on their way")
REVIEWS: Final = tr("Listed domains to be looked at again")
TAKEDOWNS: Final = tr("Hotlines stop waiting")
AGREEMENT: Final = tr("Agreement")
OPEN_FIRST: Final = tr("Open the first")
OPEN_FIRST_KEY: Final = "Ctrl+Return"
REFRESH: Final = tr("Refresh")
REFRESH_KEY: Final = "Ctrl+R"

_AGREEMENT: Final[Mapping[str, str]] = {
    "none": tr("This vault is not enrolled: no agreement is here."),
    "in_force": tr("The agreement is in force until {day}."),
    "lapsed": tr("The agreement ended on {day}."),
    "ended": tr("The portal has ended the agreement."),
}


def counted(number: int, *, is_more: bool) -> str:
    """A number, or that there are more."""
    return tr("more than {number}", number=amount(number)) if is_more else f"{amount(number)}"


def exchange(age: str, road: str, new: int, changed: int, withdrawn: int) -> str:
    """What the last exchange brought."""
    return tr(
        "{age}, {road}: {new} new, {changed} changed, {withdrawn} withdrawn.",
        age=age,
        road=road,
        new=amount(new),
        changed=amount(changed),
        withdrawn=amount(withdrawn),
    )


def away_since(moment: str) -> str:
    return tr("You were last here on {moment}.", moment=moment)


def overdue(days: int) -> str:
    """What counts as overdue."""
    return tr_many(
        "Undecided, and assigned more than {count} day ago.",
        "Undecided, and assigned more than {count} days ago.",
        days,
    )


def agreement(kind: str, until: str, days_left: int | None) -> str:
    """How the agreement stands."""
    if kind == "ending":
        return tr_many(
            "The agreement ends on {day}: {count} day is left.",
            "The agreement ends on {day}: {count} days are left.",
            days_left or 0,
            day=until,
        )
    return _AGREEMENT[kind].format(day=until)


def takedown(reference: str, until: str) -> str:
    return tr("{reference}: its hotline waits until {until}.", reference=reference, until=until)


def task(title: str, about: str, due: str) -> str:
    return f"{due}: {title} ({about})"


def late_tasks(due: int, late: int) -> str:
    """How many tasks, and how many of them are late."""
    return (
        tr_many("{due}, {count} of them late", "{due}, {count} of them late", late, due=amount(due))
        if late
        else f"{amount(due)}"
    )


def points(number: int) -> str:
    return tr_many("{count} point", "{count} points", number)


def open_spoken(reference: str) -> str:
    return tr("Open {reference}", reference=reference)


def leads_to(what: str, number: str, query: str) -> str:
    """What a number says to somebody who hears it."""
    return (
        tr("{name}: {number}. Shows {query}.", name=what, number=number, query=query)
        if query
        else f"{what}: {number}."
    )
