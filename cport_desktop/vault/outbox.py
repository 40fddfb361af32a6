"""Operations on their way to the portal: queued, sending, settled or rejected.

    queued ──▶ sending ──▶ settled
       ▲          │  └───▶ rejected (with the portal's reason)
       └──────────┘ nothing: «sending» is sent again, since its id makes it count once

Nothing is ever deleted. Who queues adds the audit entry in the same transaction.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence

from cport_desktop.domain.ids import Actor, ContentId, OperationId, ReportId
from cport_desktop.domain.operation import (
    GiveAssessment,
    GiveFeedback,
    Operation,
    OperationBody,
    OperationRow,
    OperationState,
    Receipt,
)
from cport_desktop.domain.rows import Page
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.overlay import lay_over
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
from cport_desktop.vault.transaction import Reader, Transaction

_COLUMNS = (
    "operation_id, report_id, actor, made_at, kind, content_id, classification, age, gender,"
    " feedback, state, reason, settled_at"
)
_ASSESSMENT = "assessment"
_FEEDBACK = "feedback"


def queue(tx: Transaction, operation: Operation) -> None:
    """`operation` waits to be sent and is laid over the replica. Once only, by its id."""
    body = operation.body
    given = body if isinstance(body, GiveAssessment) else None
    tx.connection.execute(
        f"INSERT INTO operation ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)"  # noqa: S608 - constant text
        " ON CONFLICT (operation_id) DO NOTHING",
        (
            operation.operation_id,
            operation.report_id,
            operation.actor,
            microseconds(operation.made_at),
            _ASSESSMENT if given else _FEEDBACK,
            given.content_id if given else None,
            given.classification if given else None,
            given.age if given else None,
            given.gender if given else None,
            body.text if isinstance(body, GiveFeedback) else None,
            OperationState.QUEUED.value,
        ),
    )
    lay_over(tx.connection, [operation.report_id])


def unsettled(reader: Reader, limit: int) -> tuple[Operation, ...]:
    """The first `limit` operations that the portal has not answered, in the order made."""
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM operation WHERE state IN ('queued', 'sending')"  # noqa: S608 - constant text
        " ORDER BY sequence LIMIT ?",
        (limit,),
    )
    return tuple(_row(values).operation for values in found)


def count_unsettled(reader: Reader) -> int:
    """How many operations the portal has not answered."""
    found = reader.connection.execute(
        "SELECT count(*) FROM operation WHERE state IN ('queued', 'sending')"
    ).fetchone()
    return int(found[0]) if found else 0


def mark_sending(tx: Transaction, ids: Iterable[OperationId]) -> None:
    """These are on their way; what has been answered already stays answered."""
    tx.connection.execute(
        "UPDATE operation SET state = 'sending' WHERE state = 'queued'"
        " AND operation_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )


def settle(tx: Transaction, receipts: Sequence[Receipt]) -> tuple[int, int]:
    """The receipts' operations are settled or rejected; how many of each changed now.

    A receipt for an operation that was answered before, or that is not ours, changes nothing.
    """
    if not receipts:
        return 0, 0
    named = json.dumps([receipt.operation_id for receipt in receipts])
    waiting: dict[str, int] = dict(
        tx.connection.execute(
            "SELECT operation_id, report_id FROM operation WHERE state IN ('queued', 'sending')"
            " AND operation_id IN (SELECT value FROM json_each(?))",
            (named,),
        ).fetchall()
    )
    first: dict[str, Receipt] = {}
    for receipt in receipts:
        if receipt.operation_id in waiting:
            first.setdefault(receipt.operation_id, receipt)
    tx.connection.executemany(
        "UPDATE operation SET state = ?, reason = ?, settled_at = ? WHERE operation_id = ?",
        [
            (_state(receipt).value, receipt.reason, microseconds(tx.now), receipt.operation_id)
            for receipt in first.values()
        ],
    )
    lay_over(tx.connection, waiting.values())
    settled = sum(receipt.is_settled for receipt in first.values())
    return settled, len(first) - settled


def page(reader: Reader, *, limit: int, after: str | None = None) -> Page[OperationRow]:
    """Operations, newest first.

    Raises:
        UnknownReference: a cursor that this list never gave out.
    """
    started = time.perf_counter()
    before = read_cursor("operations", after, int) if after else None
    found = reader.connection.execute(
        f"SELECT {_COLUMNS}, sequence FROM operation WHERE ?1 IS NULL OR sequence < ?1"  # noqa: S608 - constant text
        " ORDER BY sequence DESC LIMIT ?2",
        (before[0] if before else None, limit + 1),
    ).fetchall()
    shown = found[:limit]
    following = write_cursor("operations", shown[-1][-1]) if len(found) > limit else None
    return Page(tuple(_row(values[:-1]) for values in shown), following, elapsed_ms(started))


def of_report(reader: Reader, report_id: ReportId) -> tuple[OperationRow, ...]:
    """All operations on one report, in the order made."""
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM operation WHERE report_id = ? ORDER BY sequence",  # noqa: S608 - constant text
        (report_id,),
    )
    return tuple(_row(values) for values in found)


def _state(receipt: Receipt) -> OperationState:
    return OperationState.SETTLED if receipt.is_settled else OperationState.REJECTED


def _row(values: Sequence[object]) -> OperationRow:
    (number, report, actor, made_at, kind, content, classification, age, gender, feedback,
     state, reason, settled_at) = values  # fmt: skip
    body: OperationBody = (
        GiveAssessment(ContentId(_int(content)), _int(classification), _code(age), _code(gender))
        if kind == _ASSESSMENT
        else GiveFeedback(str(feedback))
    )
    return OperationRow(
        operation=Operation(
            operation_id=OperationId(str(number)),
            report_id=ReportId(_int(report)),
            actor=Actor(str(actor)),
            made_at=moment_of(_int(made_at)),
            body=body,
        ),
        state=OperationState(str(state)),
        reason=None if reason is None else str(reason),
        settled_at=None if settled_at is None else moment_of(_int(settled_at)),
    )


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value


def _code(value: object) -> int | None:
    return None if value is None else _int(value)
