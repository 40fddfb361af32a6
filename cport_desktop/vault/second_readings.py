"""Assessments that wait for a second reader: held back in the outbox, with a row of `second_reading`.

Who changes a state adds the entry in the log in the same transaction.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Final

from cport_desktop.domain.ids import Actor, AnalystId, ContentId, OperationId, ReportId
from cport_desktop.domain.operation_reason import Reason
from cport_desktop.domain.rows import Page
from cport_desktop.domain.second_reading import SecondReading, SecondWord, Verdict
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Connection, Row
from cport_desktop.vault.overlay import lay_over
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
from cport_desktop.vault.transaction import Reader, Transaction

_WAITING: Final = """
SELECT o.operation_id, o.report_id, o.content_id, o.actor, s.asked_at, s.verdict, o.classification,
       a.name, s.said, s.reason, s.reader, o.sequence
FROM operation AS o CROSS JOIN second_reading AS s ON s.sequence = o.sequence
LEFT JOIN analyst AS a ON a.analyst_id = s.reader
WHERE {which} AND (s.verdict IS NULL OR s.verdict = 'contradicted') ORDER BY o.sequence
"""
_PAGE: Final = _WAITING.format(which="o.state = 'needs_you' AND o.sequence > ?1") + "LIMIT ?2"
_HELD: Final = """
SELECT o.operation_id FROM json_each(?1) AS j
CROSS JOIN operation AS o ON o.operation_id = j.value
CROSS JOIN second_reading AS s ON s.sequence = o.sequence
WHERE o.state = 'needs_you' AND s.verdict IS NOT 'confirmed'
  AND (?2 IS NULL OR o.actor <> ?2 AND s.reader IS NOT ?3)
"""
_LISTING: Final = "second readings"


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


def word_on(reader: Reader, operation_id: OperationId) -> SecondWord | None:
    """What stands as a second reader's word on an operation."""
    found = reader.connection.execute(
        "SELECT s.reader, s.read_at, s.said, s.verdict, s.reason FROM operation AS o"
        " CROSS JOIN second_reading AS s ON s.sequence = o.sequence"
        " WHERE o.operation_id = ? AND s.verdict IS NOT NULL",
        (operation_id,),
    ).fetchone()
    if found is None:
        return None
    by, at_us, said, verdict, reason = found
    return SecondWord(AnalystId(by), at_us, said, Verdict(verdict), reason)


def turn(
    tx: Transaction,
    operation_id: OperationId,
    left: SecondWord | None,
    wanted: SecondWord | None,
) -> bool:
    """The word on the operation is `wanted` (None: there is none yet), where it was `left` and the operation
    stands as that left it; False, and nothing is changed, where it does not. It is queued if the word
    confirms it; else it goes nowhere and says why.
    """
    if word_on(tx, operation_id) != left:
        return False
    state, reason = _stands(wanted)
    done = tx.connection.execute(
        "UPDATE operation SET state = ?, reason = ? WHERE operation_id = ? AND state = ?",
        (state, reason, operation_id, _stands(left)[0]),
    )
    if not done.rowcount:
        return False
    word: tuple[str | int | None, ...] = (None,) * 5
    if wanted is not None:
        word = (wanted.reader, wanted.at_us, wanted.said, wanted.verdict.value, wanted.reason)
    tx.connection.execute(
        "UPDATE second_reading SET reader = ?, read_at = ?, said = ?, verdict = ?, reason = ?"
        " WHERE sequence = (SELECT sequence FROM operation WHERE operation_id = ?)",
        (*word, operation_id),
    )
    _lay_over(tx, operation_id)
    return True


def _stands(word: SecondWord | None) -> tuple[str, str | None]:
    """State and reason of an operation on which this is the word."""
    if word is None:
        return "needs_you", Reason.SECOND_READER.value
    if word.verdict is Verdict.CONFIRMED:
        return "queued", None
    return "needs_you", Reason.SECOND_READER_CONTRADICTS.value


def page(
    reader: Reader, asker: AnalystId, name: Actor, *, limit: int, after: str | None = None
) -> Page[SecondReading]:
    """What waits, the oldest first, as far as the one who asks may know of it.

    Raises:
        UnknownReference: a cursor that this list never gave out.
    """
    started = time.perf_counter()
    behind = read_cursor(_LISTING, after, int)[0] if after else 0
    found = reader.connection.execute(_PAGE, (behind, limit + 1)).fetchall()
    shown = found[:limit]
    following = write_cursor(_LISTING, shown[-1][-1]) if len(found) > limit else None
    rows = tuple(_reading(row, asker, name) for row in shown)
    return Page(rows, following, elapsed_ms(started))


def waiting(
    reader: Reader, asker: AnalystId, name: Actor, *, of: OperationId | ReportId
) -> tuple[SecondReading, ...]:
    """What waits of one operation, or of one report, the oldest first; nothing else is read."""
    column = "operation_id" if isinstance(of, str) else "report_id"
    which = f"+o.state = 'needs_you' AND o.{column} = ?"
    found = reader.connection.execute(_WAITING.format(which=which), (of,))
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
    return _held(reader, operations, name, asker)


def held_among(reader: Reader, operations: Sequence[OperationId]) -> frozenset[OperationId]:
    """Those of these operations that wait for a second reader, or were contradicted by one."""
    return _held(reader, operations)


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


def _held(
    reader: Reader,
    operations: Sequence[OperationId],
    name: Actor | None = None,
    asker: AnalystId | None = None,
) -> frozenset[OperationId]:
    """Those that wait or were contradicted; of a `name`, those in which they had no part."""
    found = reader.connection.execute(_HELD, (json.dumps(list(operations)), name, asker))
    return frozenset(OperationId(number) for (number,) in found)


def _lay_over(tx: Transaction, operation_id: OperationId) -> None:
    found = tx.connection.execute(
        "SELECT report_id FROM operation WHERE operation_id = ?", (operation_id,)
    )
    lay_over(tx.connection, [number for (number,) in found if number is not None])


def _reading(row: Row, asker: AnalystId, name: Actor) -> SecondReading:
    (number, report, content, by, asked_at, verdict, first, reader, said, reason, reader_id, _) = (
        row
    )
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
