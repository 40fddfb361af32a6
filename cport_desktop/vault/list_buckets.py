"""Records of digests on their way into the vault, roughly sorted: what lies in one bucket fits in memory.

A bucket has the records that are alike up to a byte and have the same byte there. At first that is the
first byte, which spreads digests evenly. A file whose digests are not spread (all of one beginning, or one
digest ten million times) would make one bucket of all of them: such a bucket is divided by the first byte
in which its records differ, again and again if need be. Since a record ends with the number of its entry,
no two are alike, and dividing comes to an end.

What is divided is settled before its neighbour is, so that a place and a byte tell a bucket from every
other that is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from cport_desktop.vault.database import Connection
from cport_desktop.vault.vault import Vault

LARGEST_BUCKET: Final = 8 << 20
"""Bytes of records that are sorted in memory: with what Python adds to each, some 25 MB."""
_BYTES: Final = 256
_DIVIDED_AT_ONCE: Final = 2 << 20
"""Bytes of records that are divided in one transaction, and a row of staging more."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """The records of a list, kept in one way, that have `byte` at `place` and are alike before it."""

    number: int
    kept_as: int
    place: int
    byte: int

    @property
    def where(self) -> tuple[int, int, int]:
        """The list, the way and the name of the bucket, as `list_staging` has them."""
        return self.number, self.kept_as, self.place * _BYTES + self.byte


def buckets_of(connection: Connection, number: int) -> list[Bucket]:
    """All buckets of a list, in order."""
    found = connection.execute(
        "SELECT DISTINCT algorithm, bucket FROM list_staging WHERE list = ?"
        " ORDER BY algorithm, bucket",
        (number,),
    ).fetchall()
    return [Bucket(number, kept_as, *divmod(name, _BYTES)) for kept_as, name in found]


def parts_of(connection: Connection, bucket: Bucket) -> list[Bucket]:
    """The smaller buckets that one was divided into, in order."""
    found = connection.execute(
        "SELECT DISTINCT bucket FROM list_staging WHERE list = ? AND algorithm = ? AND bucket >= ?"
        " ORDER BY bucket",
        (bucket.number, bucket.kept_as, (bucket.place + 1) * _BYTES),
    ).fetchall()
    return [
        replace(bucket, place=place, byte=byte)
        for place, byte in (divmod(name, _BYTES) for (name,) in found)
    ]


def is_small(connection: Connection, bucket: Bucket) -> bool:
    """Its records may be sorted in memory."""
    (size,) = connection.execute(
        "SELECT ifnull(sum(length(packed)), 0) FROM list_staging"
        " WHERE list = ? AND algorithm = ? AND bucket = ?",
        bucket.where,
    ).fetchone() or (0,)
    return bool(size <= LARGEST_BUCKET)


def records_of(connection: Connection, bucket: Bucket, size: int) -> Iterator[bytes]:
    """The records of a bucket, of `size` bytes each."""
    rows = connection.execute(
        "SELECT packed FROM list_staging WHERE list = ? AND algorithm = ? AND bucket = ?",
        bucket.where,
    )
    for (packed,) in rows:
        yield from _cut(packed, size)


def empty(connection: Connection, bucket: Bucket) -> None:
    """Nothing is in it."""
    connection.execute(
        "DELETE FROM list_staging WHERE list = ? AND algorithm = ? AND bucket = ?", bucket.where
    )


def divide(vault: Vault, bucket: Bucket, size: int) -> Iterator[None]:
    """What was in it is in smaller buckets, a transaction a step."""
    with vault.reader() as reader:
        place = _differ_at(reader.connection, bucket, size)
    is_left = True
    while is_left:
        with vault.bookkeeping() as connection:
            rows = _some(connection, bucket)
            is_left = bool(rows)
            _move(connection, bucket, place, [_cut(packed, size) for _, packed in rows])
            connection.executemany(
                "DELETE FROM list_staging WHERE part = ?", [(part,) for part, _ in rows]
            )
        yield


def _some(connection: Connection, bucket: Bucket) -> list[tuple[int, bytes]]:
    rows: list[tuple[int, bytes]] = []
    there = connection.execute(
        "SELECT part, packed FROM list_staging WHERE list = ? AND algorithm = ? AND bucket = ?",
        bucket.where,
    )
    held = 0
    while held < _DIVIDED_AT_ONCE and (row := there.fetchone()) is not None:
        rows.append(row)
        held += len(row[1])
    return rows


def _move(
    connection: Connection, bucket: Bucket, place: int, records: list[Iterator[bytes]]
) -> None:
    smaller: dict[int, list[bytes]] = defaultdict(list)
    for some in records:
        for record in some:
            smaller[record[place]].append(record)
    connection.executemany(
        "INSERT INTO list_staging (list, algorithm, bucket, packed) VALUES (?, ?, ?, ?)",
        [
            (*replace(bucket, place=place, byte=byte).where, b"".join(some))
            for byte, some in smaller.items()
        ],
    )


def _differ_at(connection: Connection, bucket: Bucket, size: int) -> int:
    """The first byte in which its records differ."""
    least, most = b"\xff" * size, b""
    for record in records_of(connection, bucket, size):
        least, most = min(least, record), max(most, record)
    return next(place for place in count() if least[place] != most[place])


def _cut(packed: bytes, size: int) -> Iterator[bytes]:
    for at in range(0, len(packed), size):
        yield packed[at : at + size]
