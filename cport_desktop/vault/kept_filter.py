"""The filter in front of the digests of lists, kept beside the pictures: it can be made again.

It is true of all digests that had come when it was kept (`reach`). What came later was either matched
after it was kept anew, or is still due: so it is used if it is as new as what was matched last, and
what is due is added to it. A power cut may cost the newest one; then it is made again.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cport_desktop.vault.database import Connection

_TABLE: Final = """
CREATE TABLE IF NOT EXISTS list_filter (
    part     INTEGER PRIMARY KEY,
    reach    INTEGER NOT NULL,
    count    INTEGER NOT NULL,
    parts    INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    packed   BLOB NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class KeptFilter:
    """`parts` as the filter gave them, of `count` digests."""

    reach: int
    count: int
    parts: tuple[bytes, ...]


def load(connection: Connection) -> KeptFilter | None:
    """What was kept last; None if there is none, or if it is damaged."""
    connection.execute(_TABLE)
    rows = connection.execute(
        "SELECT part, parts, reach, count, checksum, packed FROM list_filter ORDER BY part"
    ).fetchall()
    if not rows:
        return None
    _, _, reach, count, _, _ = rows[0]
    expected = [(part, len(rows), reach, count) for part in range(len(rows))]
    if [row[:4] for row in rows] != expected:
        return None
    if any(zlib.crc32(packed) != checksum for *_, checksum, packed in rows):
        return None
    return KeptFilter(reach, count, tuple(row[5] for row in rows))


def keep(connection: Connection, parts: Sequence[bytes], *, reach: int, count: int) -> None:
    """This one is kept, in place of any other. In a transaction of the caller's."""
    connection.execute(_TABLE)
    connection.execute("DELETE FROM list_filter")
    connection.executemany(
        "INSERT INTO list_filter (part, parts, reach, count, checksum, packed)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [
            (part, len(parts), reach, count, zlib.crc32(packed), packed)
            for part, packed in enumerate(parts)
        ],
    )
