"""What the window may ask about cases, notes, tags, flags, tasks and the end of a shift.

`Working` belongs to an open vault and is filled by `ui.working_opening`. Every callable may be called
from any thread and raises errors of the family `CportError` and nothing else on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cport_desktop.domain.about import About
from cport_desktop.domain.case import Case, CaseItem, CaseRow, CaseState, Moment
from cport_desktop.domain.case_list import CaseOrder
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftPlace
from cport_desktop.domain.note import Note, NoteId, NoteVersion
from cport_desktop.domain.rows import Page
from cport_desktop.domain.shift import ShiftSummary
from cport_desktop.domain.task import Task, TaskId
from cport_desktop.domain.work import WorkOn


@dataclass(frozen=True, slots=True)
class CasesWanted:
    """Which cases a list shows: in one state, with these letters in their title, found by a query; and in
    which order.
    """

    state: CaseState | None = None
    titled: str = ""
    text: str = ""
    order: CaseOrder = CaseOrder.NEWEST


@dataclass(frozen=True, slots=True)
class TasksWanted:
    """Which tasks a list shows: one's own or everybody's, and done ones, too."""

    only_mine: bool = False
    with_done: bool = False


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task as it was typed. `assignee`: a name out of `Working.colleagues`. `draft`: what it was typed
    in, which ends with it.
    """

    title: str
    assignee: str | None = None
    due_at: datetime | None = None
    draft: DraftPlace | None = None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as it was typed; None: as it was. `leads`: whether it says who leads it, `lead`: a name out of
    `Working.colleagues`, or nobody. `draft`: what it was typed in, which ends with it.
    """

    title: str | None = None
    summary: str | None = None
    lead: str | None = None
    leads: bool = False
    draft: DraftPlace | None = None


@dataclass(frozen=True, slots=True)
class PutLine:
    """What an addition to a case came to."""

    case: Case
    added: int
    already: int


@dataclass(frozen=True, slots=True)
class Marks:
    """Tags and flags: each act and its way back, on all of these things at once."""

    tag: Callable[[Sequence[About], str], Changes]
    untag: Callable[[Sequence[About], str], Changes]
    names: Callable[[str, int], tuple[str, ...]]
    """(beginning, how many): tags that begin so, the most used first."""
    flag: Callable[[Sequence[About]], Changes]
    unflag: Callable[[Sequence[About]], Changes]


@dataclass(frozen=True, slots=True)
class Notes:
    """Notes; what lay at the place of a draft ends with the act."""

    add: Callable[[About, str, DraftPlace | None], tuple[Note, Changes]]
    change: Callable[[NoteId, str, DraftPlace | None], tuple[Note, Changes]]
    take_back: Callable[[NoteId], Changes]
    put_back: Callable[[NoteId], Changes]
    more: Callable[[About, str], Page[Note]]
    """(…, cursor): the next page."""
    versions: Callable[[NoteId], tuple[NoteVersion, ...]]


@dataclass(frozen=True, slots=True)
class Tasks:
    """Tasks: a page of them (what, limit, cursor), one set, changed, ticked off, to be done again."""

    page: Callable[[TasksWanted, int, str | None], Page[Task]]
    set: Callable[[About, TaskLine], tuple[Task, Changes]]
    change: Callable[[TaskId, TaskLine], Changes]
    finish: Callable[[TaskId], Changes]
    reopen: Callable[[TaskId], Changes]


class BeginCase(Protocol):
    """Opens a case."""

    def __call__(
        self, title: str, summary: str, draft: DraftPlace | None = None, /
    ) -> tuple[Case, Changes]: ...


@dataclass(frozen=True, slots=True)
class Cases:
    """Cases. Opening one is recorded; its items and its timeline are a part of that look. What lay at the
    place of a draft ends with the act.
    """

    page: Callable[[CasesWanted, int, str | None], Page[CaseRow]]
    show: Callable[[int], CaseRow]
    items: Callable[[int, int, str | None], Page[CaseItem]]
    """(number, limit, cursor)."""
    timeline: Callable[[int, int, str | None], Page[Moment]]
    """(number, limit, cursor)."""
    begin: BeginCase
    change: Callable[[int, CaseLine], Changes]
    """All of it, or nothing."""
    close: Callable[[int, str, DraftPlace | None], Changes]
    """(number, reason, draft)."""
    reopen: Callable[[int, str, DraftPlace | None], Changes]
    put: Callable[[int, Sequence[About]], tuple[PutLine, Changes]]
    put_into_new: Callable[[str, Sequence[About], DraftPlace | None], tuple[PutLine, Changes]]
    """(title, …, draft): a case is begun with them in it, or none is."""
    take_out: Callable[[int, Sequence[About]], Changes]
    count_found: Callable[[str], int]
    """How many reports a query would put into a case."""
    put_found: Callable[[int, str, int, DraftPlace | None], tuple[PutLine, Changes]]
    """(number, query, the count that was told, draft)."""


@dataclass(frozen=True, slots=True)
class Working:
    """Everything that people here put on things."""

    on: Callable[[About], WorkOn]
    """A part of the look at the thing, which is on record already."""
    colleagues: Callable[[], tuple[str, ...]]
    """Names of those who work here, one's own first."""
    marks: Marks
    notes: Notes
    tasks: Tasks
    cases: Cases
    shift: Callable[[], ShiftSummary]
