"""Fills `ui.working` from the workstation and an open vault: each intention is one use case."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.about import About
from cport_desktop.domain.case import Case, CaseItem, CaseRow, Moment
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftPlace
from cport_desktop.domain.name_order import name_key
from cport_desktop.domain.note import Note, NoteId, NoteVersion
from cport_desktop.domain.rows import Page
from cport_desktop.domain.shift import ShiftSummary
from cport_desktop.domain.task import Task, TaskId
from cport_desktop.domain.work import FIRST_NOTES
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
from cport_desktop.usecases import (
    flag_things,
    gather_case,
    manage_analysts,
    open_case,
    read_cases,
    read_notes,
    set_tasks,
    summarise_shift,
    tag_things,
    work_on,
    write_notes,
)
from cport_desktop.usecases.gather_case import Gathered
from cport_desktop.usecases.read_cases import CaseQuestion
from cport_desktop.usecases.search_reports import Asked
from cport_desktop.usecases.set_tasks import TaskFields, TaskQuestion
from cport_desktop.vault.vault import Vault


def working_of(workstation: Workstation, vault: Vault) -> Working:
    """The intentions about what people put on things, over `vault`, from any lane."""
    bench = _Bench(workstation, vault)
    return Working(
        on=partial(work_on.work_on, vault),
        colleagues=bench.colleagues,
        marks=_marks(vault),
        notes=Notes(
            add=bench.add_note,
            change=bench.change_note,
            take_back=lambda note: write_notes.take_back_note(vault, note)[1],
            put_back=lambda note: write_notes.put_back_note(vault, note)[1],
            more=bench.more_notes,
            versions=bench.versions,
        ),
        tasks=Tasks(
            page=bench.tasks,
            set=bench.set_task,
            change=bench.change_task,
            finish=lambda task: set_tasks.finish_task(vault, task)[1],
            reopen=lambda task: set_tasks.reopen_task(vault, task)[1],
        ),
        cases=_cases(bench, vault),
        shift=bench.shift,
    )


def _marks(vault: Vault) -> Marks:
    return Marks(
        tag=lambda things, name: tag_things.tag(vault, things, name)[1],
        untag=lambda things, name: tag_things.untag(vault, things, name)[1],
        names=lambda beginning, limit: tuple(
            tag.name for tag in tag_things.list_tags(vault, beginning=beginning, limit=limit)[0]
        ),
        flag=lambda things: flag_things.flag(vault, things)[1],
        unflag=lambda things: flag_things.unflag(vault, things)[1],
    )


def _cases(bench: _Bench, vault: Vault) -> Cases:
    return Cases(
        page=bench.cases,
        show=bench.case,
        items=bench.items,
        timeline=bench.timeline,
        begin=bench.begin_case,
        change=bench.change_case,
        close=bench.close_case,
        reopen=bench.reopen_case,
        put=bench.put,
        put_into_new=bench.put_into_new,
        take_out=lambda number, things: gather_case.remove_from_case(vault, number, things)[1],
        count_found=bench.count_found,
        put_found=bench.put_found,
    )


class _Bench:
    """Every method may be called from any lane."""

    def __init__(self, workstation: Workstation, vault: Vault) -> None:
        self._workstation = workstation
        self._vault = vault

    def colleagues(self) -> tuple[str, ...]:
        own = self._vault.actor
        names = [
            record.analyst.name
            for record in manage_analysts.list_analysts(self._vault)
            if record.retired_at is None and record.analyst.name != own
        ]
        return (own, *sorted(names, key=name_key))

    def shift(self) -> ShiftSummary:
        return summarise_shift.summarise_shift(self._vault, now=self._workstation.clock.now())

    def add_note(self, about: About, text: str, draft: DraftPlace | None) -> tuple[Note, Changes]:
        return write_notes.add_note(self._vault, about, text, draft=draft)

    def change_note(
        self, note: NoteId, text: str, draft: DraftPlace | None
    ) -> tuple[Note, Changes]:
        return write_notes.change_note(self._vault, note, text, draft=draft)

    def more_notes(self, about: About, cursor: str) -> Page[Note]:
        return work_on.more_notes(self._vault, about, limit=FIRST_NOTES, after=cursor)

    def versions(self, note: NoteId) -> tuple[NoteVersion, ...]:
        return read_notes.note_versions(self._vault, note)[1]

    def tasks(self, wanted: TasksWanted, limit: int, after: str | None) -> Page[Task]:
        question = TaskQuestion(
            assignee=self._vault.actor if wanted.only_mine else None,
            with_done=wanted.with_done,
        )
        return set_tasks.list_tasks(
            self._vault, question, now=self._workstation.clock.now(), limit=limit, after=after
        )[0]

    def set_task(self, about: About, line: TaskLine) -> tuple[Task, Changes]:
        return set_tasks.set_task(self._vault, about, _fields(line))

    def change_task(self, task: TaskId, line: TaskLine) -> Changes:
        return set_tasks.change_task(self._vault, task, _fields(line))[1]

    def cases(self, wanted: CasesWanted, limit: int, after: str | None) -> Page[CaseRow]:
        return read_cases.list_cases(
            self._vault,
            CaseQuestion(wanted.state, wanted.titled, wanted.text, wanted.order),
            now=self._workstation.clock.now(),
            limit=limit,
            after=after,
        )

    def case(self, number: int) -> CaseRow:
        return read_cases.show_case(self._vault, number, now=self._workstation.clock.now())

    def items(self, number: int, limit: int, after: str | None) -> Page[CaseItem]:
        return read_cases.case_items(self._vault, number, limit=limit, after=after)[0]

    def timeline(self, number: int, limit: int, after: str | None) -> Page[Moment]:
        return read_cases.timeline(self._vault, number, limit=limit, after=after)

    def begin_case(
        self, title: str, summary: str, draft: DraftPlace | None = None, /
    ) -> tuple[Case, Changes]:
        return open_case.open_case(self._vault, title=title, summary=summary, draft=draft)

    def close_case(self, number: int, reason: str, draft: DraftPlace | None) -> Changes:
        return open_case.close_case(self._vault, number, reason=reason, draft=draft)[1]

    def reopen_case(self, number: int, reason: str, draft: DraftPlace | None) -> Changes:
        return open_case.reopen_case(self._vault, number, reason=reason, draft=draft)[1]

    def put(self, number: int, things: Sequence[About]) -> tuple[PutLine, Changes]:
        done, changes = gather_case.add_to_case(self._vault, number, things)
        return _line(done), changes

    def change_case(self, number: int, line: CaseLine) -> Changes:
        change = open_case.CaseChange(
            line.title, line.summary, line.lead, line.leads, draft=line.draft
        )
        return open_case.change_case(self._vault, number, change)[1]

    def put_into_new(
        self, title: str, things: Sequence[About], draft: DraftPlace | None
    ) -> tuple[PutLine, Changes]:
        done, changes = gather_case.add_to_new_case(self._vault, things, title=title, draft=draft)
        return _line(done), changes

    def count_found(self, text: str) -> int:
        return gather_case.count_found(self._vault, self._asked(text))

    def put_found(
        self, number: int, text: str, count: int, draft: DraftPlace | None
    ) -> tuple[PutLine, Changes]:
        done, changes = gather_case.add_found(
            self._vault, number, self._asked(text), count=count, draft=draft
        )
        return _line(done), changes

    def _asked(self, text: str) -> Asked:
        now = self._workstation.clock.now()
        return Asked("reports", text, self._workstation.taxonomy, now, is_new=True)


def _fields(line: TaskLine) -> TaskFields:
    return TaskFields(line.title, line.assignee, line.due_at, line.draft)


def _line(done: Gathered) -> PutLine:
    return PutLine(done.case, len(done.added), done.already)
