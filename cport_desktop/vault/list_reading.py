"""Reading a long file of digests into the vault: sorted on the way, seen only when it is whole.

    entries    appended as they come, in lots; their digests into buckets by the first byte
    settling   bucket by bucket in order: sorted, what is there twice left out, into `list_digest`
               (an entry is there twice if an earlier one has the same digests and the same category);
               a bucket that is too large for memory is divided before (`list_buckets`)
    showing    one transaction: the list is whole, due to be matched, and on record

So `list_digest` is written from its beginning to its end (written as the lines come, each would be a
page somewhere else), and memory holds one lot or one bucket, whatever the digests are. What was cut off is not seen by anybody,
and is removed before the next file is read in.
"""

from __future__ import annotations

import struct
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from cport_desktop.domain.known import DIGEST_BYTES, Algorithm, ListOrigin
from cport_desktop.errors import KeepingUnderWay
from cport_desktop.formats.hash_list_file import Listed
from cport_desktop.vault import list_buckets
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.database import Connection
from cport_desktop.vault.hash_lists import count_digests, make_due, packed
from cport_desktop.vault.list_buckets import Bucket
from cport_desktop.vault.list_removal import remove_entries, remove_list
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault
from cport_desktop.words import known as words

_NUMBER: Final = struct.Struct(">Q")
_OF_MANY: Final = 16
"""Added to the algorithm of a bucket: its digests are of entries that are more than one digest. Such a
record has a mark of the whole entry (8 bytes) between digest and number."""
_MARK: Final = 8
_LEADS: Final = 1 << 63
"""Set in the number of an entry with the first of its digests, by which the entry is counted."""
Entry = tuple[int, Listed]
"""Its line, and what that says."""


@dataclass(frozen=True, slots=True)
class NewList:
    """A list that is read in. `list_id` begins with `domain.known.OWN_LIST_MARK`."""

    list_id: str
    name: str
    version: str
    source: str
    handling: str | None
    is_negative: bool
    format: str
    profile: str | None = None
    """Of which region the categories of its entries are."""


class ListReading:
    """One file on its way. `is_rehearsal`: it is read and counted, and nothing of it stays."""

    def __init__(self, vault: Vault, new: NewList, *, is_rehearsal: bool = False) -> None:
        self.new = new
        self._vault = vault
        self._is_rehearsal = is_rehearsal
        self._entries = 0
        self._digests = 0
        self._last = (0, b"")
        """What the record before said, in the bucket before too: such a one is divided anywhere."""
        with vault.bookkeeping() as connection:
            made = connection.execute(
                "INSERT INTO hash_list (list_id, origin, name, version, source, handling,"
                " is_negative, arrived_at, format, profile, is_whole)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
                (
                    new.list_id,
                    ListOrigin.FILE.value,
                    new.name,
                    new.version,
                    new.source,
                    new.handling,
                    new.is_negative,
                    microseconds(vault.now()),
                    new.format,
                    new.profile,
                ),
            )
            self._number = int(made.lastrowid or 0)

    @property
    def number(self) -> int:
        """Of the list, in the vault."""
        return self._number

    def take(self, entries: Sequence[Entry]) -> None:
        """These are in the vault, unseen.

        Raises:
            StorageFull, VaultDamaged: the disk.
            KeepingUnderWay: somebody began to read another file in.
        """
        with self._vault.bookkeeping() as connection:
            self._require_mine(connection)
            first = self._entries + 1 if self._is_rehearsal else _next_entry(connection)
            buckets = _in_buckets(enumerate((listed for _, listed in entries), first))
            if not self._is_rehearsal:
                connection.executemany(
                    "INSERT INTO list_entry (entry, list, entry_id, name, quality, digests,"
                    " category, rest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    [
                        (
                            number,
                            self._number,
                            str(line),
                            listed.name,
                            listed.quality,
                            packed(listed.digests),
                            listed.category,
                            listed.rest,
                        )
                        for number, (line, listed) in enumerate(entries, first)
                    ],
                )
            connection.executemany(
                "INSERT INTO list_staging (list, algorithm, bucket, packed) VALUES (?, ?, ?, ?)",
                [
                    (self._number, algorithm, bucket, b"".join(records))
                    for (algorithm, bucket), records in buckets.items()
                ],
            )
        self._entries += len(entries)
        self._digests += sum(len(listed.digests) for _, listed in entries)

    def settle(self) -> Iterator[tuple[int, float]]:
        """All digests are in their table, unseen; bucket by bucket how many were there twice, and
        which part of all is done.
        """
        with self._vault.reader() as reader:
            first = list_buckets.buckets_of(reader.connection, self._number)
        for done, bucket in enumerate(first):
            for twice, part in self._settled(bucket):
                self._entries -= twice
                yield twice, (done + part) / len(first)

    def _settled(self, bucket: Bucket) -> Iterator[tuple[int, float]]:
        """As `settle`, of one bucket."""
        with self._vault.bookkeeping() as connection:
            self._require_mine(connection)
            is_small = list_buckets.is_small(connection, bucket)
            twice = self._settle_bucket(connection, bucket) if is_small else 0
        if is_small:
            yield twice, 1.0
            return
        size = _record_size(bucket.kept_as)
        for _ in list_buckets.divide(self._vault, bucket, size):
            yield 0, 0.0
        with self._vault.reader() as reader:
            smaller = list_buckets.parts_of(reader.connection, bucket)
        for done, part in enumerate(smaller):
            for twice, part_done in self._settled(part):
                yield twice, (done + part_done) / len(smaller)

    def show(self, tx: Transaction, *, file_sha256: str) -> int:
        """The list is whole and due to be matched, once the transaction commits; its entries."""
        self._require_mine(tx.connection)
        tx.connection.execute(
            "UPDATE hash_list SET is_whole = 1, entries = ?, file_sha256 = ?, arrived_at = ?"
            " WHERE list = ?",
            (self._entries, file_sha256, microseconds(tx.now), self._number),
        )
        count_digests(tx.connection, self._digests)
        make_due(tx.connection, "list", str(self._number))
        return self._entries

    def discard(self) -> None:
        """Nothing of it is left. May be called again."""
        remove_list(self._vault, self._number)

    def _settle_bucket(self, connection: Connection, bucket: Bucket) -> int:
        """How many entries were left out, since an earlier one is the same."""
        width = DIGEST_BYTES[Algorithm(bucket.kept_as % _OF_MANY)]
        records = sorted(list_buckets.records_of(connection, bucket, _record_size(bucket.kept_as)))
        twice: list[int] = []
        digests = self._told_once(records, bucket.kept_as, width, twice)
        if self._is_rehearsal:
            deque(digests, maxlen=0)
        else:
            connection.executemany(
                "INSERT INTO list_digest (algorithm, digest, entry) VALUES (?, ?, ?)", digests
            )
            remove_entries(connection, twice)
        list_buckets.empty(connection, bucket)
        return len(twice)

    def _told_once(
        self, records: Iterable[bytes], kept_as: int, width: int, twice: list[int]
    ) -> Iterator[tuple[int, bytes, int]]:
        """The digests of sorted records; entries that were there before are added to `twice`."""
        marked = width + (_MARK if kept_as >= _OF_MANY else 0)
        for record in records:
            told, (number,) = (kept_as, record[:marked]), _NUMBER.unpack_from(record, marked)
            if told != self._last:
                self._last = told
                yield kept_as % _OF_MANY, record[:width], number & ~_LEADS
                continue
            self._digests -= 1
            if marked == width or number & _LEADS:
                twice.append(number & ~_LEADS)

    def _require_mine(self, connection: Connection) -> None:
        if not _is_there(connection, self._number):
            raise KeepingUnderWay(what=words.AN_IMPORT)


def _in_buckets(entries: Iterable[tuple[int, Listed]]) -> dict[tuple[int, int], list[bytes]]:
    """The records of the digests, by how they are kept and their first byte."""
    buckets: dict[tuple[int, int], list[bytes]] = defaultdict(list)
    for number, listed in entries:
        digests = listed.digests
        if len(digests) == 1 and listed.category is None:
            algorithm, digest = digests[0]
            buckets[algorithm, digest[0]].append(digest + _NUMBER.pack(number))
            continue
        whole = packed(digests) + (listed.category or "").encode("utf-8", "surrogatepass")
        mark = blake2b(whole, digest_size=_MARK).digest()
        for place, (algorithm, digest) in enumerate(digests):
            told = number | _LEADS if place == 0 else number
            record = digest + mark + _NUMBER.pack(told)
            buckets[_OF_MANY + algorithm, digest[0]].append(record)
    return buckets


def _record_size(kept_as: int) -> int:
    """Bytes of a record in the buckets of an algorithm."""
    mark = _MARK if kept_as >= _OF_MANY else 0
    return DIGEST_BYTES[Algorithm(kept_as % _OF_MANY)] + mark + _NUMBER.size


def _next_entry(connection: Connection) -> int:
    found = connection.execute(
        "SELECT seq FROM sqlite_sequence WHERE name = 'list_entry'"
    ).fetchone()
    return 1 if found is None else int(found[0]) + 1


def _is_there(connection: Connection, number: int) -> bool:
    return (
        connection.execute("SELECT 1 FROM hash_list WHERE list = ?", (number,)).fetchone()
        is not None
    )
