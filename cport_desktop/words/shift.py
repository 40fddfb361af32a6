"""The summary at the end of a shift: on screen, and as text that can be printed and handed over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import amount, tr, tr_many

TITLE: Final = tr("End of shift")
ABOUT: Final = tr("What you leave open, so that nobody has to look for it, or look at it, twice.")
NOTHING_OPEN: Final = tr("Nothing is left open.")

LEASES: Final = tr("In hand")
ASSIGNED: Final = tr("Given to you and undecided")
OPERATIONS: Final = tr("Not settled by the portal")
TASKS: Final = tr("Tasks, yours and nobody’s")
DRAFTS: Final = tr("Unfinished texts")
HOLDS: Final = tr("Legal holds that you placed")
NO_DRAFTS_KEPT: Final = tr(
    "Your key slot carries no personal key, so that no unfinished text is kept."
)

EMPTY: Final[Mapping[str, str]] = {
    LEASES: tr("You have no report in hand."),
    ASSIGNED: tr("Nothing that was given to you is undecided."),
    OPERATIONS: tr("The portal has settled all that you did."),
    TASKS: tr("No task is open."),
    DRAFTS: tr("You left no text unfinished."),
    HOLDS: tr("No legal hold of yours is in force."),
}
_PLACES: Final[Mapping[str, str]] = {
    "package": tr("an intelligence package"),
    "enrolment": tr("a request for enrolment"),
    "feedback": tr("feedback on {about}"),
    "question": tr("a question on {about}"),
    "takedown-hold": tr("a request to wait with takedown, on {about}"),
    "takedown-lift": tr("leave to take down, on {about}"),
    "note": tr("a note on {about}"),
    "new-case": tr("a new case, begun at {about}"),
    "case-change": tr("changes to {about}"),
    "case-close": tr("a reason to close {about}"),
    "case-reopen": tr("a reason to open {about} again"),
    "case-query": tr("a query that fills {about}"),
    "task": tr("a task about {about}"),
}


def heading(analyst: str, at: str) -> str:
    """The first line of the text; `at` a moment in words."""
    return tr("End of shift of {analyst}, {at}", analyst=analyst, at=at)


def section(name: str, count: int) -> str:
    """A section's heading with its count."""
    return f"{name}: {amount(count)}"


def more(count: int) -> str:
    """What stands where a list was cut."""
    return tr_many("and one more", "and {count} more", count)


def lease(report: str, until: str) -> str:
    return tr("{report}, until {until}", report=report, until=until)


def operation(kind: str, report: str | None, state: str) -> str:
    return (
        f"{kind}: {state}"
        if report is None
        else tr("{kind} on {report}: {state}", kind=kind, report=report, state=state)
    )


def task(title: str, about: str, due: str | None, *, is_overdue: bool) -> str:
    if due is None:
        return f"{title} ({about})"
    if is_overdue:
        return tr("OVERDUE since {due}: {title} ({about})", due=due, title=title, about=about)
    return tr("{title} ({about}), by {due}", title=title, about=about, due=due)


def draft(kind: str, about: str) -> str:
    """Where an unfinished text lies; nobody but its writer can read it."""
    return _PLACES.get(kind, "{about}").format(about=about or tr("nothing in particular"))


def hold(item: str, hold_id: str, reason: str) -> str:
    return f"{item} ({hold_id}): {reason}"


def overdue(count: int) -> str:
    return tr_many("{count} of them is overdue.", "{count} of them are overdue.", count)
