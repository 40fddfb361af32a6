"""Cases, notes, tags and tasks over plain rows in memory: synthetic, and it keeps what was done."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from cport_desktop.domain.about import About, of_case, of_report
from cport_desktop.domain.case import (
    Case,
    CaseId,
    CaseItem,
    CaseRow,
    CaseState,
    Lead,
    Moment,
    MomentKind,
)
from cport_desktop.domain.case_list import CaseOrder
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftKind, DraftPlace
from cport_desktop.domain.ids import Actor, AnalystId, ReportId
from cport_desktop.domain.kept_text import LONGEST_NOTE
from cport_desktop.domain.name_order import name_key
from cport_desktop.domain.note import Note, NoteId, NoteVersion
from cport_desktop.domain.rows import Page
from cport_desktop.domain.shift import OpenLease, ShiftSummary
from cport_desktop.domain.tag import Flagged, Tagged
from cport_desktop.domain.task import Task, TaskId
from cport_desktop.domain.work import WorkOn
from cport_desktop.errors import CportError, KeptTextUnfit
from cport_desktop.ui.working import (
    CaseLine,
    Cases,
    CasesWanted,
    Marks,
    Notes,
    PutLine,
    TaskLine,
    Tasks,
    TasksWanted,
    Working,
)

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
OWN, COLLEAGUE = Actor("A. Example"), Actor("B. Example")
FIRST_REPORT = 884_200


def a_case(number: int, title: str = "Harbour line") -> Case:
    """An open case, led by a colleague where its number is even."""
    lead = Lead(AnalystId("b" * 32), COLLEAGUE) if number % 2 == 0 else None
    return Case(
        CaseId(f"{number:032x}"), number, title, "Three synthetic sites.", CaseState.OPEN, lead,
        OWN, NOON - timedelta(days=number),
    )  # fmt: skip


def a_note(number: int, about: About, text: str, by: Actor = OWN) -> Note:
    return Note(NoteId(f"N-{number:012x}"), about, text, by, NOON - timedelta(hours=number))


@dataclass
class MemoryWorking:
    """Two cases, of which the first has three reports; nothing on any report."""

    calls: list[tuple[object, ...]] = field(default_factory=list)
    cases: dict[int, Case] = field(
        default_factory=lambda: {1: a_case(1), 2: a_case(2, "Bridge \u202e reversed")}
    )
    inside: dict[int, list[About]] = field(
        default_factory=lambda: {
            1: [of_report(ReportId(FIRST_REPORT - n)) for n in range(1, 4)],
            2: [],
        }
    )
    tags: dict[About, list[str]] = field(default_factory=dict)
    flags: set[About] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    error: CportError | None = None
    is_shift_empty: bool = False
    late: dict[int, threading.Event] = field(default_factory=dict)
    """These cases are shown only then."""

    def of(self, verb: str) -> list[tuple[object, ...]]:
        return [call for call in self.calls if call[0] == verb]

    def intentions(self) -> Working:
        return Working(
            on=self._on,
            colleagues=lambda: (OWN, COLLEAGUE),
            marks=Marks(
                tag=self._tag,
                untag=self._untag,
                names=self._names,
                flag=lambda things: self._noted("flag", things, self.flags.update),
                unflag=lambda things: self._noted("unflag", things, self.flags.difference_update),
            ),
            notes=Notes(
                add=self._add_note,
                change=self._change_note,
                take_back=lambda note: self._stand(note, NOON),
                put_back=lambda note: self._stand(note, None),
                more=lambda _about, _cursor: Page((), None, 0.1),
                versions=self._versions,
            ),
            tasks=Tasks(
                page=self._tasks,
                set=self._set_task,
                change=lambda _task, _line: Changes.WORK,
                finish=lambda task: self._turn(task, NOON),
                reopen=lambda task: self._turn(task, None),
            ),
            cases=Cases(
                page=self._cases,
                show=self._show,
                items=self._items,
                timeline=self._timeline,
                begin=self._begin,
                change=self._change,
                close=lambda number, why, _draft: self._state(number, CaseState.CLOSED, why),
                reopen=lambda number, why, _draft: self._state(number, CaseState.OPEN, why),
                put=self._put,
                put_into_new=self._put_into_new,
                take_out=self._take_out,
                count_found=self._found,
                put_found=self._put_found,
            ),
            shift=self._shift,
        )

    def _show(self, number: int) -> CaseRow:
        if number in self.late:
            assert self.late[number].wait(5)
        return self._row(self.cases[number])

    def _refuse_if_told(self) -> None:
        if self.error is not None:
            raise self.error

    def _noted(self, verb: str, things: Sequence[About], act: object) -> Changes:
        self._refuse_if_told()
        self.calls.append((verb, tuple(things)))
        assert callable(act)
        act(things)
        return Changes.WORK

    def _on(self, about: About) -> WorkOn:
        self._refuse_if_told()
        notes = [note for note in self.notes if note.about == about and note.is_standing]
        tasks = tuple(task for task in self.tasks if task.about == about and not task.is_done)
        return WorkOn(
            about=about,
            tags=tuple(Tagged(name, OWN, NOON) for name in self.tags.get(about, [])),
            flag=Flagged(about, COLLEAGUE, NOON) if about in self.flags else None,
            notes=Page(tuple(notes), None, 0.1),
            notes_count=len(notes),
            tasks=tasks,
            tasks_count=len(tasks),
            cases=tuple(self.cases[n] for n, things in self.inside.items() if about in things),
        )

    def _tag(self, things: Sequence[About], name: str) -> Changes:
        self._refuse_if_told()
        self.calls.append(("tag", tuple(things), name))
        for thing in things:
            self.tags.setdefault(thing, []).append(name)
        return Changes.WORK

    def _untag(self, things: Sequence[About], name: str) -> Changes:
        self.calls.append(("untag", tuple(things), name))
        for thing in things:
            self.tags[thing].remove(name)
        return Changes.WORK

    def _names(self, beginning: str, limit: int) -> tuple[str, ...]:
        known = ("harbour", "harvest", "bridge")
        return tuple(name for name in known if name.startswith(beginning))[:limit]

    def _add_note(self, about: About, text: str, draft: DraftPlace | None) -> tuple[Note, Changes]:
        self._refuse_if_told()
        if len(text) > LONGEST_NOTE:
            raise KeptTextUnfit(what="note", length=len(text), limit=LONGEST_NOTE)
        self.calls.append(("add_note", about, text, draft))
        note = a_note(len(self.notes), about, text.rstrip())
        self.notes.insert(0, note)
        return note, Changes.WORK

    def _change_note(
        self, note_id: NoteId, text: str, draft: DraftPlace | None
    ) -> tuple[Note, Changes]:
        self.calls.append(("change_note", note_id, text, draft))
        at = next(at for at, note in enumerate(self.notes) if note.note_id == note_id)
        self.notes[at] = replace(
            self.notes[at], text=text, versions=self.notes[at].versions + 1, changed_at=NOON
        )
        return self.notes[at], Changes.WORK

    def _stand(self, note_id: NoteId, taken_back_at: datetime | None) -> Changes:
        self.calls.append(("put_back" if taken_back_at is None else "take_back", note_id))
        self.notes = [
            replace(note, taken_back_at=taken_back_at) if note.note_id == note_id else note
            for note in self.notes
        ]
        return Changes.WORK

    def _versions(self, note_id: NoteId) -> tuple[NoteVersion, ...]:
        note = next(note for note in self.notes if note.note_id == note_id)
        first = NoteVersion(1, "what it said first", OWN, note.made_at)
        return (first, NoteVersion(2, note.text, OWN, NOON))

    def _tasks(self, wanted: TasksWanted, _limit: int, _after: str | None) -> Page[Task]:
        self.calls.append(("tasks", wanted))
        rows = [
            task
            for task in self.tasks
            if (wanted.with_done or not task.is_done)
            and (not wanted.only_mine or task.assignee == OWN)
        ]
        return Page(tuple(rows), None, 0.1)

    def _set_task(self, about: About, line: TaskLine) -> tuple[Task, Changes]:
        self.calls.append(("set_task", about, line))
        assignee = None if line.assignee is None else Actor(line.assignee)
        task = Task(
            TaskId(f"T-{len(self.tasks):012x}"), about, line.title, assignee, line.due_at, OWN, NOON
        )
        self.tasks.append(task)
        return task, Changes.WORK

    def _turn(self, task_id: TaskId, done_at: datetime | None) -> Changes:
        self.calls.append(("reopen_task" if done_at is None else "finish_task", task_id))
        self.tasks = [
            replace(task, done_at=done_at, done_by=OWN) if task.task_id == task_id else task
            for task in self.tasks
        ]
        return Changes.WORK

    def _row(self, case: Case) -> CaseRow:
        self.calls.append(("show_case", case.number))
        inside = self.inside[case.number]
        mine = [task for task in self.tasks if task.about == of_case(case.number)]
        return CaseRow(case, len(inside), len(inside), len(mine), 0, 0, NOON)

    def _cases(self, wanted: CasesWanted, _limit: int, _after: str | None) -> Page[CaseRow]:
        self._refuse_if_told()
        rows = [
            self._row(case)
            for case in self._in(wanted.order)
            if wanted.state in (None, case.state)
            and (wanted.titled or wanted.text).lower() in case.title.lower()
        ]
        return Page(tuple(rows), None, 0.1)

    def _in(self, order: CaseOrder) -> list[Case]:
        by_title = order in (CaseOrder.TITLE, CaseOrder.TITLE_BACKWARDS)
        return sorted(
            self.cases.values(),
            key=lambda case: name_key(case.title) if by_title else ("", f"{case.number:09}"),
            reverse=order.value.startswith("-"),
        )

    def _items(self, number: int, _limit: int, _after: str | None) -> Page[CaseItem]:
        rows = [
            CaseItem(about, OWN, NOON, f"files-{at}.example", at % 3, NOON - timedelta(days=at))
            for at, about in enumerate(self.inside[number])
        ]
        return Page(tuple(rows), None, 0.1)

    def _timeline(self, number: int, _limit: int, _after: str | None) -> Page[Moment]:
        case = self.cases[number]
        opened = Moment(case.made_at, MomentKind.OPENED, case.about, by=OWN, text=case.title)
        rows = [
            Moment(NOON, MomentKind.ASSESSED, about, by="Analyst E. Example", code=1)
            for about in self.inside[number]
        ]
        return Page((*rows, opened), None, 0.1)

    def _begin(
        self, title: str, summary: str, _draft: DraftPlace | None = None, /
    ) -> tuple[Case, Changes]:
        self._refuse_if_told()
        number = max(self.cases, default=0) + 1
        self.calls.append(("begin_case", title, summary))
        self.cases[number] = replace(a_case(number, title.strip()), summary=summary)
        self.inside[number] = []
        return self.cases[number], Changes.WORK

    def _change(self, number: int, line: CaseLine) -> Changes:
        self.calls.append(("change_case", number, line))
        case = self.cases[number]
        lead = None if line.lead is None else Lead(AnalystId("c" * 32), Actor(line.lead))
        self.cases[number] = replace(
            case,
            title=case.title if line.title is None else line.title,
            summary=case.summary if line.summary is None else line.summary,
            lead=lead if line.leads else case.lead,
        )
        return Changes.WORK

    def _put_into_new(
        self, title: str, things: Sequence[About], _draft: DraftPlace | None
    ) -> tuple[PutLine, Changes]:
        case, _ = self._begin(title, "")
        return self._put(case.number, things)

    def _state(self, number: int, state: CaseState, why: str) -> Changes:
        self.calls.append(("close" if state is CaseState.CLOSED else "reopen", number, why))
        is_closed = state is CaseState.CLOSED
        self.cases[number] = replace(
            self.cases[number],
            state=state,
            closed_by=OWN if is_closed else None,
            closed_at=NOON if is_closed else None,
            closed_why=why if is_closed else None,
        )
        return Changes.WORK

    def _put(self, number: int, things: Sequence[About]) -> tuple[PutLine, Changes]:
        self._refuse_if_told()
        new = [thing for thing in things if thing not in self.inside[number]]
        self.calls.append(("put", number, tuple(things)))
        self.inside[number] += new
        return PutLine(self.cases[number], len(new), len(things) - len(new)), Changes.WORK

    def _take_out(self, number: int, things: Sequence[About]) -> Changes:
        self.calls.append(("take_out", number, tuple(things)))
        self.inside[number] = [each for each in self.inside[number] if each not in things]
        return Changes.WORK

    def _found(self, text: str) -> int:
        self._refuse_if_told()
        self.calls.append(("count_found", text))
        return 12

    def _put_found(
        self, number: int, text: str, count: int, _draft: DraftPlace | None
    ) -> tuple[PutLine, Changes]:
        self.calls.append(("put_found", number, text, count))
        return PutLine(self.cases[number], count, 0), Changes.WORK

    def _shift(self) -> ShiftSummary:
        is_full = not self.is_shift_empty
        late = Task(
            TaskId("T-1"), of_case(1), "Ask again", OWN, NOON - timedelta(days=1), OWN, NOON
        )
        report = ReportId(FIRST_REPORT)
        return ShiftSummary(
            analyst=OWN,
            at=NOON,
            leases=(OpenLease(report, NOON + timedelta(minutes=5)),) if is_full else (),
            leases_count=int(is_full),
            drafts=(DraftPlace(DraftKind.NOTE, report=report),) if is_full else (),
            drafts_kept=True,
            operations=(),
            operations_count=0,
            holds=(),
            holds_count=0,
            tasks=(late,) if is_full else (),
            tasks_count=int(is_full),
            overdue_count=int(is_full),
            assigned=(report,) if is_full else (),
            assigned_count=120 if is_full else 0,
        )
