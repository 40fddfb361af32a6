"""What was erased: asked, listed, and kept from coming back by what the portal says later."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Final

from cport_desktop.domain.batch import (
    Change,
    RecordChange,
    ReportChange,
    UnknownChange,
    Withdrawal,
)
from cport_desktop.domain.erasure import ErasedMedia, ErasureId, ErasureRecord, Ground
from cport_desktop.domain.ids import Actor, MediaId, ReportId
from cport_desktop.errors import UnknownReference
from cport_desktop.formats.report_record import report_spoken_of
from cport_desktop.vault.audit_trail import moment_of
from cport_desktop.vault.database import Connection, Row
from cport_desktop.vault.transaction import Reader

_LISTING: Final = """
SELECT e.erasure_id, e.at_us, e.actor, e.rule, e.clause, e.reason, e.finished_at,
       (SELECT count(*) FROM erased_item AS i
        WHERE i.erasure_id = e.erasure_id AND i.kind = 'report'),
       (SELECT count(*) FROM erased_item AS i
        WHERE i.erasure_id = e.erasure_id AND i.kind = 'media')
FROM erasure AS e
"""


def erased_reports(connection: Connection, report_ids: Collection[int]) -> frozenset[int]:
    """Those of these numbers whose reports were erased here."""
    found = connection.execute(
        "SELECT i.reference FROM json_each(?) AS j CROSS JOIN erased_item AS i"
        " ON i.kind = 'report' AND i.reference = j.value",
        (json.dumps(list(report_ids)),),
    )
    return frozenset(number for (number,) in found)


def without_erased(
    connection: Connection, changes: Sequence[Change]
) -> tuple[tuple[Change, ...], int]:
    """`changes` but for those about reports that were erased here, and how many these were."""
    spoken_of = [_report_of(connection, change) for change in changes]
    gone = erased_reports(connection, [number for number in spoken_of if number is not None])
    if not gone:
        return tuple(changes), 0
    kept = tuple(
        change
        for change, number in zip(changes, spoken_of, strict=True)
        if number is None or number not in gone
    )
    return kept, len(changes) - len(kept)


def listing(reader: Reader) -> tuple[ErasureRecord, ...]:
    """Every erasure, the newest first."""
    found = reader.connection.execute(f"{_LISTING} ORDER BY e.at_us DESC, e.erasure_id")
    return tuple(_record(row) for row in found)


def record(reader: Reader, erasure_id: ErasureId) -> ErasureRecord:
    """One of them.

    Raises:
        UnknownReference: there was none of this number.
    """
    found = reader.connection.execute(f"{_LISTING} WHERE e.erasure_id = ?", (erasure_id,))
    row = found.fetchone()
    if row is None:
        raise UnknownReference(kind="erasure", reference=erasure_id)
    return _record(row)


def unfinished(connection: Connection) -> tuple[ErasureId, ...]:
    """Erasures of which something may be left in the vault's files, the oldest first."""
    found = connection.execute(
        "SELECT erasure_id FROM erasure INDEXED BY erasure_unfinished"
        " WHERE finished_at IS NULL ORDER BY at_us, erasure_id"
    )
    return tuple(ErasureId(erasure_id) for (erasure_id,) in found)


def certificate(reader: Reader, erasure_id: ErasureId) -> bytes | None:
    """The signed certificate; None while the erasure is not finished.

    Raises:
        UnknownReference: there was none of this number.
    """
    found = reader.connection.execute(
        "SELECT certificate FROM erasure WHERE erasure_id = ?", (erasure_id,)
    ).fetchone()
    if found is None:
        raise UnknownReference(kind="erasure", reference=erasure_id)
    return None if found[0] is None else bytes(found[0])


def certificates(reader: Reader) -> tuple[bytes, ...]:
    """Of every finished erasure, the oldest first."""
    found = reader.connection.execute(
        "SELECT certificate FROM erasure WHERE certificate IS NOT NULL ORDER BY at_us, erasure_id"
    )
    return tuple(bytes(note) for (note,) in found)


def items_of(
    connection: Connection, erasure_id: ErasureId
) -> tuple[tuple[ReportId, ...], tuple[ErasedMedia, ...]]:
    """The numbers of what one erasure erased, smallest first."""
    found = connection.execute(
        "SELECT kind, reference, key_digest FROM erased_item INDEXED BY erased_item_by_erasure"
        " WHERE erasure_id = ? ORDER BY kind, reference",
        (erasure_id,),
    ).fetchall()
    reports = tuple(ReportId(number) for kind, number, _ in found if kind == "report")
    media = tuple(
        ErasedMedia(MediaId(number), None if digest is None else bytes(digest).hex())
        for kind, number, digest in found
        if kind == "media"
    )
    return reports, media


def ground_of(connection: Connection, erasure_id: ErasureId) -> Ground:
    """Why it was done."""
    rule, clause, reason = connection.execute(
        "SELECT rule, clause, reason FROM erasure WHERE erasure_id = ?", (erasure_id,)
    ).fetchone() or ("", None, "")
    return Ground(rule, clause, reason)


REPORT_NAMED: Final = """
iif(json_valid({0}), coalesce(json_extract({0}, '$.reportId'),
                              json_extract({0}, '$.report.reportId')), NULL)
"""
"""The number of the report that a change of an unknown kind speaks of, if it says so where the
known kinds do."""

_REPORT_NAMED: Final = f"SELECT {REPORT_NAMED.format('?1')}"


def _report_of(connection: Connection, change: Change) -> int | None:
    match change:
        case ReportChange():
            return change.report.report_id
        case Withdrawal():
            return change.report_id
        case RecordChange():
            return report_spoken_of(change.subject, change.reference)
        case UnknownChange():
            text = change.document.decode("utf-8", "replace")
            found = connection.execute(_REPORT_NAMED, (text,)).fetchone()
            return found[0] if found and isinstance(found[0], int) else None


def _record(row: Row) -> ErasureRecord:
    erasure_id, at_us, actor, rule, clause, reason, finished_at, reports, media = row
    return ErasureRecord(
        erasure_id=ErasureId(erasure_id),
        at=moment_of(at_us),
        actor=Actor(actor),
        ground=Ground(rule, clause, reason),
        reports=reports,
        media=media,
        is_finished=finished_at is not None,
    )


def reports_here(connection: Connection, report_ids: Collection[int]) -> frozenset[int]:
    """Those of these numbers whose reports are in the vault."""
    found = connection.execute(
        "SELECT j.value FROM json_each(?) AS j CROSS JOIN report AS r ON r.report_id = j.value",
        (json.dumps(list(report_ids)),),
    )
    return frozenset(number for (number,) in found)


def is_known(connection: Connection, erasure_id: ErasureId) -> bool:
    """Whether an erasure of this number is on record."""
    found = connection.execute("SELECT 1 FROM erasure WHERE erasure_id = ?", (erasure_id,))
    return found.fetchone() is not None
