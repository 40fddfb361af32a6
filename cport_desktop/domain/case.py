"""Cases: what belongs to one investigation, under a number and a title.

States: open → closed, with a reason; closed → open again, with a reason. A closed case takes and gives
nothing; notes about it can still be written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from cport_desktop.domain.about import About, AboutKind, of_case
from cport_desktop.domain.ids import Actor, AnalystId

CaseId = NewType("CaseId", str)
"""32 lower-case hex digits, random. People name a case by its number (`C-12`)."""

LARGEST_CASE: Final = 10_000
"""Items. What is more is a question, and not a case: nobody works through it one by one, and its
timeline would have to be read for seconds."""
LARGEST_ACT: Final = 10_000
"""Things that one act tags, flags, adds or removes: each has its entry in the log."""

KINDS_IN_CASES: Final = frozenset(AboutKind) - {AboutKind.CASE}


class CaseState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads a case."""

    analyst_id: AnalystId
    name: Actor


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `closed_…` say how it was closed last; they are None while it is open."""

    case_id: CaseId
    number: int
    title: str
    summary: str
    state: CaseState
    lead: Lead | None
    made_by: Actor
    made_at: datetime
    closed_by: Actor | None = None
    closed_at: datetime | None = None
    closed_why: str | None = None

    @property
    def about(self) -> About:
        return of_case(self.number)

    @property
    def reference(self) -> str:
        """`C-12`."""
        return str(self.about)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A line of the list of cases. `active_at`: when something was last done to it."""

    case: Case
    reports: int
    items: int
    tasks_open: int
    tasks_overdue: int
    notes: int
    active_at: datetime


@dataclass(frozen=True, slots=True)
class CaseItem:
    """A thing in a case. What follows is of reports alone: None for all others, and for a report that
    is not here any more.
    """

    about: About
    added_by: Actor
    added_at: datetime
    domain: str | None = None
    classification: int | None = None
    received_at: datetime | None = None


class MomentKind(StrEnum):
    """What happened, as the timeline of a case has it."""

    OPENED = "opened"
    RETITLED = "retitled"
    LED = "led"
    """It was given a lead, or another one."""
    CLOSED = "closed"
    REOPENED = "reopened"
    ADDED = "added"
    REMOVED = "removed"
    RECEIVED = "received"
    """A hotline received the report."""
    WITHDRAWN = "withdrawn"
    ASSESSED = "assessed"
    """By a hotline; `code` is the classification."""
    ACTED = "acted"
    """By a hotline or a provider; `code` of the list of actions."""
    DONE = "done"
    """By us, towards the portal; `text` is the kind of operation, `code` a classification."""
    NOTED = "noted"
    NOTE_TAKEN_BACK = "note_taken_back"
    TASK_SET = "task_set"
    TASK_DONE = "task_done"


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a timeline. `about`: what it happened to; None where several things were added or
    removed at once, `count` of them.
    """

    at: datetime
    kind: MomentKind
    about: About | None
    by: str | None = None
    text: str | None = None
    code: int | None = None
    count: int = 1
