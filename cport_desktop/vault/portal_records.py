"""What the portal said of things other than reports: kept in its own words, the newest of each.

A subject that this version does not know is kept like any other, so that a later one, or a
colleague to whom it is passed on, finds it whole. What is understood is lifted beside it: hotlines
into their table.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.batch import Change, ChangeKind, RecordChange, Subject
from cport_desktop.domain.report import Hotline
from cport_desktop.vault import agreements
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Connection, Row
from cport_desktop.vault.transaction import Reader, Transaction


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A record as it is kept. `document` is empty once the thing was withdrawn; `kept_at` and
    `road` say how fresh it is.
    """

    subject: str
    reference: str
    revision: int
    kind: ChangeKind
    made_at: datetime
    reason: str | None
    document: bytes
    kept_at: datetime
    road: str


def keep(tx: Transaction, changes: Collection[Change], *, road: str) -> tuple[RecordChange, ...]:
    """The records among `changes` are kept where they are newer than what is here; those that
    were. The caller adds the audit entry.
    """
    records = [change for change in changes if isinstance(change, RecordChange)]
    kept = tuple(record for record in records if _put(tx, record, road))
    for record in kept:
        if record.subject == Subject.HOTLINE:
            _keep_hotline(tx.connection, record)
        elif record.subject == Subject.AGREEMENT:
            agreements.put(tx, record, road=road)
    return kept


def of_subject(reader: Reader, subject: str) -> tuple[KeptRecord, ...]:
    """All records of a subject, withdrawn ones included, by reference."""
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM portal_record WHERE subject = ? ORDER BY reference",  # noqa: S608 - constant text
        (subject,),
    )
    return tuple(_record(row) for row in found)


def find(reader: Reader, subject: str, reference: str) -> KeptRecord | None:
    """One record; None if the portal never spoke of it."""
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM portal_record WHERE subject = ? AND reference = ?",  # noqa: S608 - constant text
        (subject, reference),
    ).fetchone()
    return None if found is None else _record(found)


_COLUMNS = "subject, reference, revision, kind, made_at, reason, document, kept_at, road"


def _put(tx: Transaction, record: RecordChange, road: str) -> bool:
    """Whether it was newer than what was here."""
    done = tx.connection.execute(
        f"INSERT INTO portal_record ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - constant text
        " ON CONFLICT (subject, reference) DO UPDATE"
        " SET revision = excluded.revision, kind = excluded.kind, made_at = excluded.made_at,"
        " reason = excluded.reason, document = excluded.document, kept_at = excluded.kept_at,"
        " road = excluded.road WHERE excluded.revision > revision",
        (
            record.subject,
            record.reference,
            record.revision,
            record.kind.value,
            microseconds(record.made_at),
            record.reason,
            record.document,
            microseconds(tx.now),
            road,
        ),
    )
    return done.rowcount == 1


def _keep_hotline(connection: Connection, record: RecordChange) -> None:
    """A hotline that left the network keeps its name: reports still speak of it."""
    hotline = record.value
    if not isinstance(hotline, Hotline):
        return
    connection.execute(
        "INSERT INTO hotline (hotline_id, name, country, contact) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (hotline_id) DO UPDATE SET name = excluded.name,"
        " country = excluded.country, contact = excluded.contact",
        (hotline.hotline_id, hotline.name, hotline.country, hotline.contact),
    )


def _record(row: Row) -> KeptRecord:
    subject, reference, revision, kind, made_at, reason, document, kept_at, road = row
    return KeptRecord(
        subject=subject,
        reference=reference,
        revision=revision,
        kind=ChangeKind(kind),
        made_at=moment_of(made_at),
        reason=reason,
        document=document,
        kept_at=moment_of(kept_at),
        road=road,
    )
