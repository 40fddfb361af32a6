"""Operations on their way to the portal, each in its one state (`domain.operation`).

«sending» is sent again until it is answered, since its id makes it count once. Nothing is ever
deleted, and nobody but an erasure takes an operation's words: the schema sees to both. Who changes
a state adds the audit entry in the same transaction.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from cport_desktop.domain.ids import Actor, OperationId, ReportId
from cport_desktop.domain.operation import (
    CAN_BE_TAKEN_UP,
    UNANSWERED,
    GiveAssessment,
    Operation,
    OperationRow,
    OperationState,
    Receipt,
    kind_of,
)
from cport_desktop.domain.rows import Page
from cport_desktop.errors import OperationClosed, UnknownReference
from cport_desktop.formats.operation_body import parse_body, print_body
from cport_desktop.pace import paced
from cport_desktop.vault import disclosures
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Row
from cport_desktop.vault.overlay import lay_over
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
from cport_desktop.vault.transaction import Reader, Transaction

LARGEST_LOAD: Final = 4 * 1024 * 1024
"""Bytes of bodies that are handed over at once: a quarter of the longest message, so that names
and times fit beside them. A single operation is far below it."""

_COLUMNS: Final = (
    "o.operation_id, o.report_id, o.actor, o.made_at, o.body, o.revises, o.state, o.reason,"
    " o.settled_at, o.aside, o.is_insisted,"
    " (SELECT n.operation_id FROM operation AS n WHERE n.revises = o.operation_id)"
)


def queue(tx: Transaction, operation: Operation) -> None:
    """`operation` waits to be sent and is laid over the replica. Once only, by its id.

    The one that it revises is set aside for it.

    Raises:
        UnknownReference: there is no operation that it could revise.
        OperationClosed: that one is on its way, settled, or set aside already.
    """
    if _is_known(tx, operation.operation_id):
        return
    if operation.revises is not None:
        _put_aside(tx, operation.revises, None)
    body = operation.body
    given = body if isinstance(body, GiveAssessment) else None
    tx.connection.execute(
        "INSERT INTO operation (operation_id, report_id, actor, made_at, kind, body, content_id,"
        " classification, age, gender, state, revises)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?)",
        (
            operation.operation_id,
            operation.report_id,
            operation.actor,
            microseconds(operation.made_at),
            kind_of(body),
            print_body(body),
            given.content_id if given else None,
            given.classification if given else None,
            given.age if given else None,
            given.gender if given else None,
            operation.revises,
        ),
    )
    tx.connection.executemany(
        "INSERT INTO operation_report (report_id, sequence)"
        " SELECT ?, sequence FROM operation WHERE operation_id = ?",
        [(number, operation.operation_id) for number in operation.reports],
    )
    _lay_over(tx, [operation.report_id, *_reports_of(tx, _revised(operation))])


def find(reader: Reader, operation_id: OperationId) -> OperationRow:
    """One operation.

    Raises:
        UnknownReference: there is none of this id.
    """
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM operation AS o WHERE o.operation_id = ?",  # noqa: S608 - constant text
        (operation_id,),
    ).fetchone()
    if found is None:
        raise UnknownReference(kind="operation", reference=operation_id)
    return _row(found)


def named(reader: Reader, beginning: str, *, limit: int) -> tuple[OperationId, ...]:
    """The first `limit` operations whose id begins like this."""
    found = reader.connection.execute(
        "SELECT operation_id FROM operation WHERE operation_id >= ?1 AND operation_id < ?1 || '~'"
        " ORDER BY operation_id LIMIT ?2",
        (beginning, limit),
    )
    return tuple(OperationId(number) for (number,) in found)


def unsettled(reader: Reader, limit: int) -> tuple[Operation, ...]:
    """The first operations that the portal has not answered, in the order made: `limit` at most,
    and no more than `LARGEST_LOAD`.
    """
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM operation AS o WHERE o.sequence IN"  # noqa: S608 - constant text
        " (SELECT sequence FROM operation WHERE state IN ('queued', 'sending')"
        "  ORDER BY sequence LIMIT ?) ORDER BY o.sequence",
        (limit,),
    )
    chosen: list[Operation] = []
    size = 0
    for values in paced(found):
        size += len(values[4])
        if chosen and size > LARGEST_LOAD:
            break
        chosen.append(_row(values).operation)
    return tuple(chosen)


def count_unsettled(reader: Reader) -> int:
    """How many operations the portal has not answered."""
    tally = counts(reader)
    return sum(tally.get(state, 0) for state in UNANSWERED)


def counts(reader: Reader) -> Mapping[OperationState, int]:
    """How many operations are in each state; states that none is in are left out."""
    found = reader.connection.execute("SELECT state, count(*) FROM operation GROUP BY state")
    return {OperationState(state): number for state, number in found}


def queued(reader: Reader) -> tuple[OperationRow, ...]:
    """Every operation that waits to be sent for the first time, in the order made."""
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM operation AS o WHERE o.state = 'queued' ORDER BY o.sequence"  # noqa: S608 - constant text
    )
    return tuple(_row(values) for values in paced(found))


def mark_sending(tx: Transaction, ids: Iterable[OperationId]) -> None:
    """These are on their way; what is in another state stays in it."""
    tx.connection.execute(
        "UPDATE operation SET state = 'sending' WHERE state = 'queued'"
        " AND operation_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )


def hold_back(tx: Transaction, doubts: Mapping[OperationId, str]) -> int:
    """These need a person, for the reasons given; how many do from now on.

    One that is not queued any more is left alone.
    """
    done = tx.connection.executemany(
        "UPDATE operation SET state = 'needs_you', reason = ?"
        " WHERE operation_id = ? AND state = 'queued'",
        [(reason, number) for number, reason in doubts.items()],
    )
    _lay_over(tx, _reports_of(tx, doubts))
    return done.rowcount


def send_anyway(tx: Transaction, operation_id: OperationId) -> None:
    """It waits to be sent again, and is not held back any more.

    Raises:
        UnknownReference: there is none of this id.
        OperationClosed: it is not one that needs a person.
    """
    done = tx.connection.execute(
        "UPDATE operation SET state = 'queued', reason = NULL, is_insisted = 1"
        " WHERE operation_id = ? AND state = 'needs_you'",
        (operation_id,),
    )
    if not done.rowcount:
        raise OperationClosed(operation=operation_id, state=find(tx, operation_id).state.value)
    _lay_over(tx, _reports_of(tx, [operation_id]))


def set_aside(tx: Transaction, operation_id: OperationId, reason: str) -> None:
    """It stays listed with the reason, and goes nowhere.

    Raises:
        UnknownReference: there is none of this id.
        OperationClosed: it is on its way, settled, or set aside already.
    """
    _put_aside(tx, operation_id, reason)
    _lay_over(tx, _reports_of(tx, [operation_id]))


def settle(tx: Transaction, receipts: Sequence[Receipt]) -> tuple[int, int]:
    """The receipts' operations are settled or rejected; how many of each changed now.

    A receipt for an operation that was answered before, or that is not ours, changes nothing. One
    that was set aside unsent (in a vault that was put back, say) and is rejected stays aside.
    """
    if not receipts:
        return 0, 0
    wanted = json.dumps([receipt.operation_id for receipt in receipts])
    waiting: dict[str, int | None] = dict(
        tx.connection.execute(
            "SELECT operation_id, report_id FROM operation WHERE settled_at IS NULL"
            " AND operation_id IN (SELECT value FROM json_each(?))",
            (wanted,),
        ).fetchall()
    )
    first: dict[str, Receipt] = {}
    for receipt in receipts:
        if receipt.operation_id in waiting:
            first.setdefault(receipt.operation_id, receipt)
    tx.connection.executemany(
        "UPDATE operation SET state = iif(?1 = 'rejected' AND state = 'set_aside', state, ?1),"
        " reason = ?2, settled_at = ?3 WHERE operation_id = ?4",
        [
            (_state(receipt).value, receipt.reason, microseconds(tx.now), receipt.operation_id)
            for receipt in first.values()
        ],
    )
    disclosures.note_answers(tx, first.values())
    _lay_over(tx, waiting.values())
    settled = sum(receipt.is_settled for receipt in first.values())
    return settled, len(first) - settled


def page(
    reader: Reader,
    *,
    limit: int,
    after: str | None = None,
    states: Collection[OperationState] = (),
) -> Page[OperationRow]:
    """Operations, newest first; those in one of `states`, all if it is empty.

    Raises:
        UnknownReference: a cursor that this list never gave out.
    """
    started = time.perf_counter()
    before = read_cursor("operations", after, int) if after else None
    wanted = json.dumps([state.value for state in states or OperationState])
    found = reader.connection.execute(
        f"SELECT {_COLUMNS}, o.sequence FROM operation AS o"  # noqa: S608 - constant text
        " WHERE (?1 IS NULL OR o.sequence < ?1) AND +o.state IN (SELECT value FROM json_each(?2))"
        " ORDER BY o.sequence DESC LIMIT ?3",
        (before[0] if before else None, wanted, limit + 1),
    ).fetchall()
    shown = found[:limit]
    following = write_cursor("operations", shown[-1][-1]) if len(found) > limit else None
    return Page(tuple(_row(values[:-1]) for values in shown), following, elapsed_ms(started))


def of_report(reader: Reader, report_id: ReportId) -> tuple[OperationRow, ...]:
    """All operations that name a report, in the order made."""
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM operation_report AS l"  # noqa: S608 - constant text
        " CROSS JOIN operation AS o ON o.sequence = l.sequence"
        " WHERE l.report_id = ? ORDER BY l.sequence",
        (report_id,),
    )
    return tuple(_row(values) for values in found)


def waiting_assessments(
    reader: Reader, reports: Sequence[ReportId]
) -> dict[tuple[ReportId, int], OperationRow]:
    """The last assessment of each content item of these reports that is not answered, by report and
    content item; one that needs a person is among them.
    """
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM json_each(?) AS j CROSS JOIN operation AS o"  # noqa: S608 - constant text
        " ON o.report_id = j.value WHERE o.kind = 'assessment'"
        " AND o.state IN ('queued', 'sending', 'needs_you') ORDER BY o.sequence",
        (json.dumps(list(reports)),),
    )
    rows = [_row(values) for values in found]
    return {
        (row.operation.report_id, row.operation.body.content_id): row
        for row in rows
        if row.operation.report_id is not None and isinstance(row.operation.body, GiveAssessment)
    }


def _is_known(tx: Transaction, operation_id: OperationId) -> bool:
    found = tx.connection.execute(
        "SELECT 1 FROM operation WHERE operation_id = ?", (operation_id,)
    ).fetchone()
    return found is not None


def _revised(operation: Operation) -> tuple[OperationId, ...]:
    return () if operation.revises is None else (operation.revises,)


def _put_aside(tx: Transaction, operation_id: OperationId, reason: str | None) -> None:
    state = find(tx, operation_id).state
    if state not in CAN_BE_TAKEN_UP:
        raise OperationClosed(operation=operation_id, state=state.value)
    tx.connection.execute(
        "UPDATE operation SET state = 'set_aside', aside = ? WHERE operation_id = ?",
        (reason, operation_id),
    )


def _reports_of(tx: Transaction, ids: Iterable[OperationId]) -> list[int | None]:
    found = tx.connection.execute(
        "SELECT report_id FROM operation WHERE operation_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return [number for (number,) in found]


def _lay_over(tx: Transaction, report_ids: Iterable[int | None]) -> None:
    lay_over(tx.connection, [number for number in report_ids if number is not None])


def _state(receipt: Receipt) -> OperationState:
    return OperationState.SETTLED if receipt.is_settled else OperationState.REJECTED


def _row(values: Row) -> OperationRow:
    (number, report, actor, made_at, body, revises, state, reason, settled_at, aside,
     is_insisted, revised_by) = values  # fmt: skip
    return OperationRow(
        operation=Operation(
            operation_id=OperationId(number),
            report_id=None if report is None else ReportId(report),
            actor=Actor(actor),
            made_at=moment_of(made_at),
            body=parse_body(body),
            revises=None if revises is None else OperationId(revises),
        ),
        state=OperationState(state),
        reason=reason,
        settled_at=None if settled_at is None else moment_of(settled_at),
        aside=aside,
        revised_by=None if revised_by is None else OperationId(revised_by),
        is_insisted=bool(is_insisted),
    )
