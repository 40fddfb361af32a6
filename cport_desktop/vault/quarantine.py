"""Foreign bytes that were refused, kept sealed for those who look into it.

Nothing here is ever parsed again by this program.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from cport_desktop.errors import UnknownReference
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.transaction import Reader, Transaction

LONGEST_KEPT = 1024 * 1024
"""Bytes kept of each; the digest and the size are those of the whole."""

MOST_KEPT = 200
"""Messages; the oldest make room, so that a portal gone mad cannot fill the disk."""

_LONGEST_CAUSE = 400


@dataclass(frozen=True, slots=True)
class KeptAside:
    """One message that was refused. `sha256` and `size` are those of the whole message."""

    number: int
    at: datetime
    kind: str
    cause: str
    size: int
    sha256: str


def keep_aside(tx: Transaction, kind: str, cause: str, untrusted: bytes) -> int:
    """The bytes are kept (the first `LONGEST_KEPT` of them); the number they are kept under.

    The caller records the audit entry.
    """
    cursor = tx.connection.execute(
        "INSERT INTO quarantine (at_us, kind, cause, size, sha256, content)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            microseconds(tx.now),
            kind,
            cause[:_LONGEST_CAUSE],
            len(untrusted),
            hashlib.sha256(untrusted).hexdigest(),
            untrusted[:LONGEST_KEPT],
        ),
    )
    number = cursor.lastrowid
    tx.connection.execute("DELETE FROM quarantine WHERE number <= ?", (number - MOST_KEPT,))
    return number


def clear(tx: Transaction) -> int:
    """Nothing is kept any more; how many messages there were. The caller adds the audit entry."""
    return tx.connection.execute("DELETE FROM quarantine").rowcount


def listing(reader: Reader) -> tuple[KeptAside, ...]:
    """What is kept, newest first."""
    rows = reader.connection.execute(
        "SELECT number, at_us, kind, cause, size, sha256 FROM quarantine ORDER BY number DESC"
    )
    return tuple(
        KeptAside(number, moment_of(at_us), kind, cause, size, sha256)
        for number, at_us, kind, cause, size, sha256 in rows
    )


def content(reader: Reader, number: int) -> bytes:
    """The bytes kept under `number`.

    Raises:
        UnknownReference: nothing is kept under it.
    """
    row = reader.connection.execute(
        "SELECT content FROM quarantine WHERE number = ?", (number,)
    ).fetchone()
    if row is None:
        raise UnknownReference(kind="quarantine", reference=str(number))
    return bytes(row[0])
