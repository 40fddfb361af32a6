"""The audit log, read: pages for people, the head for seals, and the check of every entry."""

from __future__ import annotations

import time

from cport_desktop.crypto.merkle import Frontier, leaf_hash
from cport_desktop.domain.audit import AuditEntry, AuditVerdict
from cport_desktop.domain.ids import Actor
from cport_desktop.domain.rows import Page
from cport_desktop.vault.audit_trail import (
    ENTRY_COLUMNS,
    canonical_bytes,
    draft_of,
    load_frontier,
    moment_of,
    payload_digest,
)
from cport_desktop.vault.database import Row
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
from cport_desktop.vault.transaction import Reader
from cport_desktop.words import vault_faults as words

_LIST = "audit"
_BEYOND_ALL = 2**63 - 1
_COLUMNS = ", ".join(f"e.{name.strip()}" for name in ENTRY_COLUMNS.split(","))
_ENTRIES = (
    f"SELECT {_COLUMNS}, e.leaf, p.salt, p.payload"  # noqa: S608 - constant text
    " FROM audit_entry AS e LEFT JOIN audit_payload AS p ON p.sequence = e.sequence"
)


def page(reader: Reader, *, limit: int, after: str | None = None) -> Page[AuditEntry]:
    """Entries, newest first, behind the cursor of an earlier page.

    Raises:
        UnknownReference: a cursor that no page gave.
    """
    started = time.perf_counter()
    below = _BEYOND_ALL if after is None else read_cursor(_LIST, after, int)[0]
    rows = reader.connection.execute(
        f"{_ENTRIES} WHERE e.sequence < ? ORDER BY e.sequence DESC LIMIT ?", (below, limit + 1)
    ).fetchall()
    shown = tuple(_entry(row) for row in rows[:limit])
    more = write_cursor(_LIST, shown[-1].sequence) if len(rows) > limit and shown else None
    return Page(shown, more, elapsed_ms(started))


def head(reader: Reader) -> tuple[int, str]:
    """How many entries there are, and the root of their tree in hex."""
    frontier = load_frontier(reader.connection)
    return frontier.size, frontier.root().hex()


def verify(reader: Reader) -> AuditVerdict:
    """Whether every entry is as it was written, none is missing and the head agrees.

    Everything is computed again from the rows. What it cannot see: a whole vault that was
    put back to an earlier state, or a log cut and made consistent again by somebody with
    the keys; for that the head must be known from elsewhere.
    """
    frontier = Frontier()
    fault = None
    for row in reader.connection.execute(f"{_ENTRIES} ORDER BY e.sequence"):
        fault = fault or _fault_of(row, expected=frontier.size + 1)
        frontier.append(leaf_hash(canonical_bytes(row[:-3])))
    fault = fault or _fault_of_head(reader, frontier) or _stray_payload(reader)
    return AuditVerdict(entries=frontier.size, head=frontier.root().hex(), fault=fault)


def _fault_of(row: Row, *, expected: int) -> str | None:
    *columns, leaf, salt, payload = row
    sequence, digest = columns[0], columns[-1]
    if sequence != expected:
        return words.entry_missing(expected)
    if leaf_hash(canonical_bytes(tuple(columns))) != leaf:
        return words.entry_altered(sequence)
    found = None if payload is None else payload_digest(salt, payload)
    if found != digest:
        return words.payload_altered(sequence)
    return None


def _fault_of_head(reader: Reader, frontier: Frontier) -> str | None:
    row = reader.connection.execute("SELECT size, peaks, root FROM audit_head").fetchone()
    if row is None:
        return words.HEAD_MISSING
    size, peaks, root = row
    if (size, peaks, root) != (frontier.size, frontier.serialise(), frontier.root()):
        return words.head_differs(size, frontier.size)
    return None


def _stray_payload(reader: Reader) -> str | None:
    row = reader.connection.execute(
        "SELECT sequence FROM audit_payload"
        " WHERE sequence NOT IN (SELECT sequence FROM audit_entry) LIMIT 1"
    ).fetchone()
    return None if row is None else words.payload_stray(row[0])


def _entry(row: Row) -> AuditEntry:
    *columns, leaf, _salt, payload = row
    return AuditEntry(
        sequence=columns[0],
        at=moment_of(columns[1]),
        actor=Actor(columns[4]),
        draft=draft_of(tuple(columns), payload),
        leaf=bytes(leaf).hex(),
    )
