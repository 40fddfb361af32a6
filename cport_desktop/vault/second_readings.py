"""Assessments that wait for a second reader: held back in the outbox, with a row of `second_reading`.

Who changes a state adds the entry in the log in the same transaction.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cport_desktop.domain.ids import Actor, AnalystId, ContentId, OperationId, ReportId
from cport_desktop.domain.operation_reason import Reason
from cport_desktop.domain.second_reading import SecondReading, Verdict
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Connection, Row
from cport_desktop.vault.overlay import lay_over
from cport_desktop.vault.transaction import Reader, Transaction

_WAITING: Final = """
SELECT o.operation_id, o.report_id, o.content_id, o.actor, s.asked_at, s.verdict, o.classification,
       a.name, s.said, s.reason, s.reader
FROM operation AS o CROSS JOIN second_reading AS s ON s.sequence = o.sequence
LEFT JOIN analyst AS a ON a.analyst_id = s.reader
WHERE {which} AND (s.verdict IS NULL OR s.verdict = 'contradicted') ORDER BY s.sequence
"""


@dataclass(frozen=True, slots=True)
class Word:
    """What a second reader says of an operation."""

    operation_id: OperationId
    reader: AnalystId
    said: int
    verdict: Verdict
    reason: str | None


def ask(tx: Transaction, operation_id: OperationId) -> None:
    """The operation waits for a second reader and goes nowhere before, once the transaction commits."""
    tx.connection.execute(
        "INSERT OR IGNORE INTO second_reading (sequence, asked_at)"
        " SELECT sequence, ? FROM operation WHERE operation_id = ?",
        (microseconds(tx.now), operation_id),
    )
    tx.connection.execute(
        "UPDATE operation SET state = 'needs_you', reason = ?"
        " WHERE operation_id = ? AND state = 'queued'",
        (Reason.SECOND_READER.value, operation_id),
    )
    _lay_over(tx, operation_id)


def say(tx: Transaction, word: Word) -> None:
    """The operation is queued if the word confirms it; else it goes nowhere and says why."""
    tx.connection.execute(
        "UPDATE second_reading SET reader = ?, read_at = ?, said = ?, verdict = ?, reason = ?"
        " WHERE sequence = (SELECT sequence FROM operation WHERE operation_id = ?)",
        (word.reader, microseconds(tx.now), word.said, word.verdict.value, word.reason,
         word.operation_id),
    )  # fmt: skip
    is_confirmed = word.verdict is Verdict.CONFIRMED
    tx.connection.execute(
        "UPDATE operation SET state = ?, reason = ? WHERE operation_id = ? AND state = 'needs_you'",
        (
            "queued" if is_confirmed else "needs_you",
            None if is_confirmed else Reason.SECOND_READER_CONTRADICTS.value,
            word.operation_id,
        ),
    )
    _lay_over(tx, word.operation_id)


def waiting(
    reader: Reader, asker: AnalystId, name: Actor, *, of: OperationId | ReportId | None = None
) -> tuple[SecondReading, ...]:
    """What waits, the oldest first, as far as the one who asks may know of it. `of`: one operation, or
    those of one report; nothing else is read then.
    """
    which, values = "o.state = 'needs_you'", tuple[str | int, ...]()
    if of is not None:
        column = "operation_id" if isinstance(of, str) else "report_id"
        which, values = f"+{which} AND o.{column} = ?", (of,)
    found = reader.connection.execute(_WAITING.format(which=which), values)
    return tuple(_reading(row, asker, name) for row in found.fetchall())


def first_word(reader: Reader, operation_id: OperationId) -> int | None:
    """What the first reader said; None if the operation does not wait for a second one."""
    found = reader.connection.execute(
        "SELECT o.classification FROM second_reading AS s CROSS JOIN operation AS o"
        " ON o.sequence = s.sequence WHERE o.operation_id = ? AND o.state = 'needs_you'"
        " AND s.verdict IS NOT 'confirmed'",
        (operation_id,),
    ).fetchone()
    return None if found is None else int(found[0])


def withheld(
    reader: Reader, asker: AnalystId, name: Actor, operations: Sequence[OperationId]
) -> frozenset[OperationId]:
    """Those of these operations of which this analyst has yet to say what they find themselves."""
    found = reader.connection.execute(
        "SELECT o.operation_id FROM json_each(?1) AS j"
        " CROSS JOIN operation AS o ON o.operation_id = j.value"
        " CROSS JOIN second_reading AS s ON s.sequence = o.sequence"
        " WHERE o.state = 'needs_you' AND o.actor <> ?2 AND s.verdict IS NOT 'confirmed'"
        " AND s.reader IS NOT ?3",
        (json.dumps(list(operations)), name, asker),
    )
    return frozenset(OperationId(number) for (number,) in found)


def held_among(reader: Reader, operations: Sequence[OperationId]) -> frozenset[OperationId]:
    """Those of these operations that wait for a second reader, or were contradicted by one."""
    found = reader.connection.execute(
        "SELECT o.operation_id FROM json_each(?) AS j"
        " CROSS JOIN operation AS o ON o.operation_id = j.value"
        " CROSS JOIN second_reading AS s ON s.sequence = o.sequence"
        " WHERE o.state = 'needs_you' AND s.verdict IS NOT 'confirmed'",
        (json.dumps(list(operations)),),
    )
    return frozenset(OperationId(number) for (number,) in found)


def unconfirmed(reader: Reader, operations: Sequence[OperationId]) -> frozenset[OperationId]:
    """Those of these operations that no second reader has confirmed."""
    confirmed = reader.connection.execute(
        "SELECT o.operation_id FROM json_each(?) AS j"
        " CROSS JOIN operation AS o ON o.operation_id = j.value"
        " CROSS JOIN second_reading AS s ON s.sequence = o.sequence"
        " WHERE s.verdict = 'confirmed'",
        (json.dumps(list(operations)),),
    )
    return frozenset(operations) - {OperationId(number) for (number,) in confirmed}


def forget(connection: Connection, reports: Sequence[ReportId]) -> None:
    """What second readers wrote about these reports, which are erased, is gone."""
    connection.execute(
        "UPDATE second_reading SET reason = NULL WHERE sequence IN"
        " (SELECT l.sequence FROM json_each(?) AS j"
        "  CROSS JOIN operation_report AS l ON l.report_id = j.value)",
        (json.dumps(list(reports)),),
    )


def _lay_over(tx: Transaction, operation_id: OperationId) -> None:
    found = tx.connection.execute(
        "SELECT report_id FROM operation WHERE operation_id = ?", (operation_id,)
    )
    lay_over(tx.connection, [number for (number,) in found if number is not None])


def _reading(row: Row, asker: AnalystId, name: Actor) -> SecondReading:
    (number, report, content, by, asked_at, verdict, first, reader, said, reason, reader_id) = row
    may_know = by == name or reader_id == asker
    return SecondReading(
        operation_id=OperationId(number),
        report_id=ReportId(report),
        content_id=ContentId(content),
        by=Actor(by),
        asked_at=moment_of(asked_at),
        verdict=None if verdict is None else Verdict(verdict),
        first=first if may_know else None,
        reader=None if reader is None else Actor(reader),
        said=said if may_know else None,
        reason=reason if may_know else None,
    )
