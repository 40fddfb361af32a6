"""What the portal said of things other than reports: kept in its own words, the newest of each.

A subject that this version does not know is kept like any other, so that a later one, or a
colleague to whom it is passed on, finds it whole. What is understood is lifted beside it: hotlines
into their table.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.batch import Change, ChangeKind, RecordChange, Subject
from cport_desktop.domain.portal_records import entry_reference
from cport_desktop.domain.report import Hotline
from cport_desktop.domain.rows import Page
from cport_desktop.vault import agreements
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Connection, Row
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
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


@dataclass(frozen=True, slots=True)
class News:
    """How many records of a subject stand, and when one came last and by which road."""

    standing: int
    told_at: datetime | None
    road: str | None


def news_of(reader: Reader, subject: str) -> News:
    """What there was of a subject."""
    standing, told_at, road = reader.connection.execute(
        "SELECT count(*) FILTER (WHERE kind <> 'withdrawn'), max(kept_at), road"
        " FROM portal_record WHERE subject = ?",
        (subject,),
    ).fetchone() or (0, None, None)
    return News(standing, None if told_at is None else moment_of(told_at), road)


def page(reader: Reader, subject: str, *, limit: int, after: str | None = None) -> Page[KeptRecord]:
    """Records of a subject, withdrawn ones included, by reference.

    Raises:
        UnknownReference: a cursor that this list never gave.
    """
    started = time.perf_counter()
    listing = f"records {subject}"
    behind = read_cursor(listing, after, str)[0] if after else ""
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM portal_record WHERE subject = ? AND reference > ?"  # noqa: S608 - constant text
        " ORDER BY reference LIMIT ?",
        (subject, behind, limit + 1),
    ).fetchall()
    shown = tuple(_record(row) for row in found[:limit])
    following = write_cursor(listing, shown[-1].reference) if len(found) > limit else None
    return Page(shown, following, elapsed_ms(started))


def entries_of_list(reader: Reader, list_id: str) -> tuple[int, int]:
    """How many entries of a hash list stand here, and how many were withdrawn."""
    low, high = entry_reference(list_id, ""), entry_reference(list_id, "\U0010ffff")
    found = reader.connection.execute(
        "SELECT count(*) FILTER (WHERE kind <> 'withdrawn'),"
        " count(*) FILTER (WHERE kind = 'withdrawn') FROM portal_record"
        " WHERE subject = ? AND reference > ? AND reference < ?",
        (Subject.HASH_LIST_ENTRY.value, low, high),
    ).fetchone()
    return (0, 0) if found is None else (int(found[0]), int(found[1]))


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
