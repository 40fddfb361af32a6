"""Set tasks, change them, tick them off and take that back, each as a deed; see which are open."""

from __future__ import annotations

import secrets
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.about import About
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.deed import DeedKind
from cport_desktop.domain.draft import DraftPlace
from cport_desktop.domain.ids import AnalystId
from cport_desktop.domain.kept_text import LONGEST_TITLE, one_line
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Page
from cport_desktop.domain.task import Task, TaskId
from cport_desktop.usecases.keep_drafts import end_with_act
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.work_record import chosen_things, entry_of
from cport_desktop.vault import analysts, deed_rows, tasks
from cport_desktop.vault.deeds import OneDeed
from cport_desktop.vault.transaction import Reader, Transaction
from cport_desktop.vault.vault import Vault
from cport_desktop.words import cases as words


@dataclass(frozen=True, slots=True)
class TaskFields:
    """What a person says of a task. `assignee`: the name of an analyst who works here. `draft`: what a new
    one was typed in, which ends with it.
    """

    title: str
    assignee: str | None = None
    due_at: datetime | None = None
    draft: DraftPlace | None = None


@dataclass(frozen=True, slots=True)
class TaskQuestion:
    """Which tasks: about one thing, of one analyst by name, only overdue ones, done ones too."""

    about: About | None = None
    assignee: str | None = None
    only_overdue: bool = False
    with_done: bool = False


def set_task(vault: Vault, about: About, fields: TaskFields) -> tuple[Task, Changes]:
    """The task is set.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        KeptTextUnfit: its title is empty or too long.
        ItemErased, UnknownReference: what it is about is not here, or nobody of that name works here.
    """
    require(vault, Role.ANALYST)
    title = one_line(fields.title, what=words.A_TASK, limit=LONGEST_TITLE)
    task_id = TaskId(f"T-{secrets.token_hex(6)}")
    with vault.transaction() as tx:
        chosen_things(vault, tx, (about,))
        assignee = _assignee(tx, fields.assignee)
        task = Task(task_id, about, title, None, fields.due_at, tx.actor, tx.now)
        with _undoable(vault, tx, DeedKind.TASK_SET, task):
            tasks.add(tx, task, assignee)
        end_with_act(vault, tx, fields.draft)
        tx.record(entry_of("set_task", about, (("task", task_id),)))
        return tasks.find(tx, task_id), Changes.WORK


def change_task(vault: Vault, task_id: TaskId, fields: TaskFields) -> tuple[Task, Changes]:
    """Its title, day and analyst are as given.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        KeptTextUnfit: its title is empty or too long.
        UnknownReference: no such task, or nobody of that name works here.
    """
    require(vault, Role.ANALYST)
    title = one_line(fields.title, what=words.A_TASK, limit=LONGEST_TITLE)
    with vault.transaction() as tx:
        task = tasks.find(tx, task_id)
        assignee = _assignee(tx, fields.assignee)
        with _undoable(vault, tx, DeedKind.TASK_CHANGED, task):
            tasks.change(tx, task_id, title=title, assignee=assignee, due_at=fields.due_at)
        tx.record(entry_of("change_task", task.about, (("task", task_id),)))
        return tasks.find(tx, task_id), Changes.WORK


def finish_task(vault: Vault, task_id: TaskId) -> tuple[Task, Changes]:
    """It is done, by whoever says so. Once done, it stays as it was done first.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: no such task.
    """
    require(vault, Role.ANALYST)
    return _turned(vault, task_id, is_done=True), Changes.WORK


def reopen_task(vault: Vault, task_id: TaskId) -> tuple[Task, Changes]:
    """It is to be done again: the way back of `finish_task`.

    Raises:
        As `finish_task`.
    """
    require(vault, Role.ANALYST)
    return _turned(vault, task_id, is_done=False), Changes.WORK


def list_tasks(
    vault: Vault, question: TaskQuestion, *, now: datetime, limit: int, after: str | None
) -> tuple[Page[Task], int]:
    """Tasks, those due first first, those without a day last; and how many there are.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: nobody of that name works here; or a cursor that this list never gave out.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        wanted = tasks.Wanted(
            about=question.about,
            assignee=_assignee(reader, question.assignee),
            due_before=now if question.only_overdue else None,
            with_done=question.with_done,
        )
        page = tasks.page(reader, wanted, limit=limit, after=after)
        return page, tasks.count(reader, wanted)


def _turned(vault: Vault, task_id: TaskId, *, is_done: bool) -> Task:
    with vault.transaction() as tx:
        task = tasks.find(tx, task_id)
        if task.is_done != is_done:
            kind = DeedKind.TASK_FINISHED if is_done else DeedKind.TASK_REOPENED
            with _undoable(vault, tx, kind, task):
                tasks.set_done(tx, task_id, is_done=is_done)
        verb = "finish_task" if is_done else "reopen_task"
        tx.record(entry_of(verb, task.about, (("task", task_id),)))
        return tasks.find(tx, task_id)


def _undoable(
    vault: Vault, tx: Transaction, kind: DeedKind, task: Task
) -> AbstractContextManager[None]:
    deed = OneDeed(vault.analyst.analyst_id, kind, task.title)
    return deed_rows.undoable(tx, deed, ["task"], [task.about])


def _assignee(reader: Reader, name: str | None) -> AnalystId | None:
    return None if name is None else analysts.named(reader, name).analyst_id
