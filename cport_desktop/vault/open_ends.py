"""What one analyst has in hand: leases, operations on their way, tasks, reports given to them.

Asked of oneself alone; nothing here is about who looked at what.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cport_desktop.domain.ids import Actor, AnalystId, OperationId, ReportId
from cport_desktop.domain.shift import OpenLease, OpenOperation
from cport_desktop.domain.task import Task
from cport_desktop.domain.taxonomy import UNDECIDED
from cport_desktop.vault import tasks
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.leases import LONGEST
from cport_desktop.vault.transaction import Reader

_MY_LEASES: Final = "FROM lease WHERE holder = ? AND until > ? AND until <= ?"
_MY_OPERATIONS: Final = (
    "FROM operation WHERE state IN ('queued', 'sending', 'rejected', 'needs_you') AND actor = ?"
)
_GIVEN_TO_ME: Final = (
    "FROM assignment AS a INDEXED BY assignment_by_analyst"
    " CROSS JOIN report_as_seen AS v ON v.report_id = a.report_id"
    " WHERE a.analyst_id = ? AND v.classification = ? AND v.status <> 'withdrawn'"
)


def leases(
    reader: Reader, analyst: AnalystId, *, now: datetime, limit: int
) -> tuple[tuple[OpenLease, ...], int]:
    """Reports that this analyst has in hand, those that end first first; how many."""
    values = (analyst, microseconds(now), microseconds(now + LONGEST))
    found = reader.connection.execute(
        f"SELECT report_id, until {_MY_LEASES} ORDER BY until, report_id LIMIT ?",
        (*values, limit),
    )
    shown = tuple(OpenLease(ReportId(number), moment_of(until)) for number, until in found)
    return shown, _count(reader, _MY_LEASES, values)


def operations(
    reader: Reader, actor: Actor, *, limit: int
) -> tuple[tuple[OpenOperation, ...], int]:
    """Their operations that are not settled, the oldest first; how many."""
    found = reader.connection.execute(
        f"SELECT operation_id, kind, report_id, state {_MY_OPERATIONS} ORDER BY sequence LIMIT ?",
        (actor, limit),
    )
    shown = tuple(
        OpenOperation(OperationId(name), kind, None if report is None else ReportId(report), state)
        for name, kind, report, state in found
    )
    return shown, _count(reader, _MY_OPERATIONS, (actor,))


def open_tasks(
    reader: Reader, analyst: AnalystId, *, now: datetime, limit: int
) -> tuple[tuple[Task, ...], int, int]:
    """Their tasks and those that nobody has; how many, and how many of these are overdue."""
    wanted = tasks.Wanted(assignee=analyst, with_unassigned=True)
    late = tasks.Wanted(assignee=analyst, with_unassigned=True, due_before=now)
    shown = tuple(tasks.page(reader, wanted, limit=limit).rows)
    return shown, tasks.count(reader, wanted), tasks.count(reader, late)


def assigned(reader: Reader, analyst: AnalystId, *, limit: int) -> tuple[tuple[ReportId, ...], int]:
    """Reports given to them that nobody has decided, those given first first; how many."""
    values = (analyst, UNDECIDED)
    found = reader.connection.execute(
        f"SELECT a.report_id {_GIVEN_TO_ME} ORDER BY a.at, a.report_id LIMIT ?",
        (*values, limit),
    )
    shown = tuple(ReportId(number) for (number,) in found)
    return shown, _count(reader, _GIVEN_TO_ME, values)


def _count(reader: Reader, source: str, values: tuple[str | int, ...]) -> int:
    found = reader.connection.execute(
        f"SELECT count(*) {source}",
        values,
    ).fetchone()
    return int(found[0]) if found else 0
