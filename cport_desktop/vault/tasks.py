"""Tasks: who has to do what about which thing, by when, and what is done. One whose setting was undone is
taken back: kept, and in no list.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cport_desktop.domain.about import About
from cport_desktop.domain.ids import Actor, AnalystId
from cport_desktop.domain.rows import Page
from cport_desktop.domain.task import Task, TaskId
from cport_desktop.errors import UnknownReference
from cport_desktop.vault.abouts import about_of
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Row
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
from cport_desktop.vault.transaction import Reader, Transaction

_COLUMNS: Final = (
    "t.task_id, t.kind, t.reference, t.title, a.name, t.due_at, t.made_by, t.made_at,"
    " t.done_by, t.done_at"
)
_LISTING: Final = "tasks"
_NEVER: Final = (1 << 62) - 1
"""Where tasks without a day stand: behind all that have one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tasks. `about`: of one thing; `assignee`: of one analyst, and `with_unassigned` those of
    nobody; `due_before`: only those that should be done by then; `with_done`: those that are, too.
    """

    about: About | None = None
    assignee: AnalystId | None = None
    with_unassigned: bool = False
    due_before: datetime | None = None
    with_done: bool = False


def add(tx: Transaction, task: Task, assignee: AnalystId | None) -> None:
    """The task is set. The caller adds the entry."""
    tx.connection.execute(
        "INSERT INTO task (task_id, kind, reference, title, assignee, due_at, made_by, made_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            task.task_id,
            task.about.kind.value,
            task.about.reference,
            task.title,
            assignee,
            None if task.due_at is None else microseconds(task.due_at),
            task.made_by,
            microseconds(task.made_at),
        ),
    )


def find(reader: Reader, task_id: TaskId) -> Task:
    """One task.

    Raises:
        UnknownReference: there is none of this name.
    """
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM task AS t LEFT JOIN analyst AS a ON a.analyst_id = t.assignee"  # noqa: S608 - constant names
        " WHERE t.task_id = ? AND t.taken_back_at IS NULL",
        (task_id,),
    ).fetchone()
    if found is None:
        raise UnknownReference(kind="task", reference=task_id)
    return _task(found)


def change(
    tx: Transaction,
    task_id: TaskId,
    *,
    title: str,
    assignee: AnalystId | None,
    due_at: datetime | None,
) -> None:
    """It is as given. The caller adds the entry."""
    tx.connection.execute(
        "UPDATE task SET title = ?, assignee = ?, due_at = ? WHERE task_id = ?",
        (title, assignee, None if due_at is None else microseconds(due_at), task_id),
    )


def set_done(tx: Transaction, task_id: TaskId, *, is_done: bool) -> None:
    """It is done by whoever acts, or to be done again. The caller adds the entry."""
    by, at = (tx.actor, microseconds(tx.now)) if is_done else (None, None)
    tx.connection.execute(
        "UPDATE task SET done_by = ?, done_at = ? WHERE task_id = ?", (by, at, task_id)
    )


def page(reader: Reader, wanted: Wanted, *, limit: int, after: str | None = None) -> Page[Task]:
    """Tasks behind the cursor `after`, those due first first, those without a day last.

    Raises:
        UnknownReference: a cursor that this list never gave out.
    """
    started = time.perf_counter()
    due, name = read_cursor(_LISTING, after, int, str) if after else (None, None)
    tests, values = _tests(wanted)
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM task AS t LEFT JOIN analyst AS a ON a.analyst_id = t.assignee"  # noqa: S608 - constant text
        f" WHERE {tests} AND (? IS NULL OR (ifnull(t.due_at, {_NEVER}), t.task_id) > (?, ?))"
        f" ORDER BY ifnull(t.due_at, {_NEVER}), t.task_id LIMIT ?",
        (*values, name, due, name, limit + 1),
    ).fetchall()
    shown = [_task(row) for row in found[:limit]]
    following = _cursor(shown[-1]) if len(found) > limit else None
    return Page(shown, following, elapsed_ms(started))


def count(reader: Reader, wanted: Wanted) -> int:
    """How many there are."""
    tests, values = _tests(wanted)
    found = reader.connection.execute(
        f"SELECT count(*) FROM task AS t WHERE {tests}",  # noqa: S608 - constant text
        values,
    ).fetchone()
    return int(found[0]) if found else 0


def _tests(wanted: Wanted) -> tuple[str, tuple[str | int, ...]]:
    tests, values = ["t.taken_back_at IS NULL"], list[str | int]()
    if not wanted.with_done:
        tests.append("t.done_at IS NULL")
    if wanted.about is not None:
        tests.append("t.kind = ? AND t.reference = ?")
        values += [wanted.about.kind.value, wanted.about.reference]
    if wanted.assignee is not None:
        tests.append("(t.assignee = ? OR (? AND t.assignee IS NULL))")
        values += [wanted.assignee, wanted.with_unassigned]
    if wanted.due_before is not None:
        tests.append("t.due_at < ?")
        values.append(microseconds(wanted.due_before))
    return " AND ".join(tests), tuple(values)


def _cursor(task: Task) -> str:
    due = _NEVER if task.due_at is None else microseconds(task.due_at)
    return write_cursor(_LISTING, due, task.task_id)


def _task(row: Row) -> Task:
    task_id, kind, reference, title, assignee, due_at, made_by, made_at, done_by, done_at = row
    return Task(
        task_id=TaskId(task_id),
        about=about_of(kind, reference),
        title=title,
        assignee=None if assignee is None else Actor(assignee),
        due_at=None if due_at is None else moment_of(due_at),
        made_by=Actor(made_by),
        made_at=moment_of(made_at),
        done_by=None if done_by is None else Actor(done_by),
        done_at=None if done_at is None else moment_of(done_at),
    )
