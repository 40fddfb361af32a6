"""The audit log, read: pages for people, and the head for seals.

In the order of the log and no other, and never by person: nothing here filters, sorts, groups or
counts by actor, and nothing may be added that does.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from cport_desktop.domain.audit import AuditEntry, AuditVerdict, ExportedEntry
from cport_desktop.domain.ids import Actor
from cport_desktop.domain.rows import Page
from cport_desktop.errors import UnknownReference
from cport_desktop.vault import audit_check
from cport_desktop.vault.audit_trail import (
    ENTRY_COLUMNS,
    canonical_bytes,
    draft_of,
    load_frontier,
    moment_of,
)
from cport_desktop.vault.database import Row
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
from cport_desktop.vault.transaction import Reader


@dataclass(frozen=True, slots=True)
class _Order:
    """The order of the log, forth or back; there is no other."""

    name: str
    start: int
    condition: str
    sorting: str


_DOWN = _Order("audit", 2**63 - 1, "e.sequence < ?", "e.sequence DESC")
_UP = _Order("audit from the first", 0, "e.sequence > ?", "e.sequence")
_COLUMNS = ", ".join(f"e.{name.strip()}" for name in ENTRY_COLUMNS.split(","))
_ENTRIES = (
    f"SELECT {_COLUMNS}, e.leaf, p.payload, x.erased_by, p.salt"  # noqa: S608 - constant text
    " FROM audit_entry AS e"
    " LEFT JOIN audit_payload AS p ON p.sequence = e.sequence"
    " LEFT JOIN payload_erasure AS x ON x.sequence = e.sequence"
)


def page(
    reader: Reader, *, limit: int, after: str | None = None, oldest_first: bool = False
) -> Page[AuditEntry]:
    """Entries behind the cursor of an earlier page in the same order.

    Raises:
        UnknownReference: a cursor that no page in this order gave.
    """
    started = time.perf_counter()
    order = _UP if oldest_first else _DOWN
    behind = order.start if after is None else read_cursor(order.name, after, int)[0]
    rows = reader.connection.execute(
        f"{_ENTRIES} WHERE {order.condition} ORDER BY {order.sorting} LIMIT ?",
        (behind, limit + 1),
    ).fetchall()
    shown = tuple(_entry(row) for row in rows[:limit])
    more = write_cursor(order.name, shown[-1].sequence) if len(rows) > limit and shown else None
    return Page(shown, more, elapsed_ms(started))


def exported(reader: Reader, *, size: int) -> Iterator[ExportedEntry]:
    """The first `size` entries in their order, with all that is needed to verify them."""
    rows = reader.connection.execute(
        f"{_ENTRIES} WHERE e.sequence <= ? ORDER BY e.sequence",
        (size,),
    )
    for row in rows:
        *columns, _leaf, payload, _erased_by, salt = row
        yield ExportedEntry(
            entry=_entry(row),
            canonical=canonical_bytes(tuple(columns)).decode("ascii"),
            salt=salt,
            payload=None if payload is None else bytes(payload).decode(),
        )


def entry(reader: Reader, sequence: int) -> AuditEntry:
    """One entry.

    Raises:
        UnknownReference: there is none of this number.
    """
    row = reader.connection.execute(f"{_ENTRIES} WHERE e.sequence = ?", (sequence,)).fetchone()
    if row is None:
        raise UnknownReference(kind="audit entry", reference=sequence)
    return _entry(row)


def last_sequence(reader: Reader) -> int:
    """The number of the newest entry; 0 if there is none."""
    rows = reader.connection.execute("SELECT coalesce(max(sequence), 0) FROM audit_entry")
    return int(rows.fetchall()[0][0])


def head(reader: Reader) -> tuple[int, str]:
    """How many entries there are, and the root of their tree in hex."""
    frontier = load_frontier(reader.connection)
    return frontier.size, frontier.root().hex()


def verify(reader: Reader) -> AuditVerdict:
    """Whether every entry is as it was written; see `vault.audit_check`."""
    return audit_check.verify(reader)


def _entry(row: Row) -> AuditEntry:
    *columns, leaf, payload, erased_by, _salt = row
    return AuditEntry(
        sequence=columns[0],
        at=moment_of(columns[1]),
        actor=Actor(columns[4]),
        draft=draft_of(tuple(columns), payload),
        leaf=bytes(leaf).hex(),
        erased_by=erased_by,
    )
