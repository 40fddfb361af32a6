"""The summary at the end of a shift: on screen, and as text that can be printed and handed over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TITLE: Final = "End of shift"
ABOUT: Final = "What you leave open, so that nobody has to look for it, or look at it, twice."
NOTHING_OPEN: Final = "Nothing is left open."

LEASES: Final = "In hand"
ASSIGNED: Final = "Given to you and undecided"
OPERATIONS: Final = "Not settled by the portal"
TASKS: Final = "Tasks, yours and nobody's"
DRAFTS: Final = "Unfinished texts"
HOLDS: Final = "Legal holds that you placed"
NO_DRAFTS_KEPT: Final = "Your key slot carries no personal key, so that no unfinished text is kept."

EMPTY: Final[Mapping[str, str]] = {
    LEASES: "You have no report in hand.",
    ASSIGNED: "Nothing that was given to you is undecided.",
    OPERATIONS: "The portal has settled all that you did.",
    TASKS: "No task is open.",
    DRAFTS: "You left no text unfinished.",
    HOLDS: "No legal hold of yours is in force.",
}
_PLACES: Final[Mapping[str, str]] = {
    "package": "an intelligence package",
    "enrolment": "a request for enrolment",
    "feedback": "feedback on {about}",
    "question": "a question on {about}",
    "takedown-hold": "a request to wait with takedown, on {about}",
    "takedown-lift": "leave to take down, on {about}",
    "note": "a note on {about}",
}


def heading(analyst: str, at: str) -> str:
    """The first line of the text; `at` a moment in words."""
    return f"End of shift of {analyst}, {at}"


def section(name: str, count: int) -> str:
    """A section's heading with its count."""
    return f"{name}: {count:,}"


def more(count: int) -> str:
    """What stands where a list was cut."""
    return "and one more" if count == 1 else f"and {count:,} more"


def lease(report: str, until: str) -> str:
    return f"{report}, until {until}"


def operation(kind: str, report: str | None, state: str) -> str:
    return f"{kind}: {state}" if report is None else f"{kind} on {report}: {state}"


def task(title: str, about: str, due: str | None, *, is_overdue: bool) -> str:
    if due is None:
        return f"{title} ({about})"
    if is_overdue:
        return f"OVERDUE since {due}: {title} ({about})"
    return f"{title} ({about}), by {due}"


def draft(kind: str, about: str) -> str:
    """Where an unfinished text lies; nobody but its writer can read it."""
    return _PLACES.get(kind, "{about}").format(about=about or "nothing in particular")


def hold(item: str, hold_id: str, reason: str) -> str:
    return f"{item} ({hold_id}): {reason}"


def overdue(count: int) -> str:
    return "1 of them is overdue." if count == 1 else f"{count:,} of them are overdue."
