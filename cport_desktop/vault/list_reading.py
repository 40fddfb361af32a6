"""Reading a long file of digests into the vault: sorted on the way, seen only when it is whole.

    entries    appended as they come, in lots; their digests into buckets by the first byte
    settling   bucket by bucket in order: sorted, what is there twice left out, into `list_digest`
               (an entry is there twice if an earlier one has the same digests and the same category)
    showing    one transaction: the list is whole, due to be matched, and on record

So `list_digest` is written from its beginning to its end (written as the lines come, each would be a
page somewhere else), and memory holds one lot or one bucket. What was cut off is not seen by anybody,
and is removed before the next file is read in.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from cport_desktop.domain.known import DIGEST_BYTES, Algorithm, ListOrigin
from cport_desktop.errors import KeepingUnderWay
from cport_desktop.formats.hash_list_file import Listed
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.database import Connection
from cport_desktop.vault.hash_lists import count_digests, make_due, packed, unpacked
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault
from cport_desktop.words import known as words

_NUMBER: Final = struct.Struct(">Q")
_REMOVED_AT_ONCE: Final = 20_000
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
        self._vault = vault
        self._is_rehearsal = is_rehearsal
        self._entries = 0
        self._digests = 0
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
            buckets = reader.connection.execute(
                "SELECT DISTINCT algorithm, bucket FROM list_staging WHERE list = ?"
                " ORDER BY algorithm, bucket",
                (self._number,),
            ).fetchall()
        for done, (algorithm, bucket) in enumerate(buckets, 1):
            with self._vault.bookkeeping() as connection:
                self._require_mine(connection)
                twice = self._settle_bucket(connection, algorithm, bucket)
            self._entries -= twice
            yield twice, done / len(buckets)

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

    def _settle_bucket(self, connection: Connection, kept_as: int, bucket: int) -> int:
        """How many entries were left out, since an earlier one is the same."""
        those = (self._number, kept_as, bucket)
        algorithm = Algorithm(kept_as % _OF_MANY)
        width = DIGEST_BYTES[algorithm]
        mark = _MARK if kept_as >= _OF_MANY else 0
        rows = connection.execute(
            "SELECT packed FROM list_staging WHERE list = ? AND algorithm = ? AND bucket = ?", those
        )
        digests, twice, dropped = [], [], 0
        last = b""
        for record in sorted(_records(rows, width + mark + _NUMBER.size)):
            told, (number,) = record[: width + mark], _NUMBER.unpack_from(record, width + mark)
            if told != last:
                digests.append((algorithm, told[:width], number & ~_LEADS))
            else:
                dropped += 1
                if not mark or number & _LEADS:
                    twice.append(number & ~_LEADS)
            last = told
        if not self._is_rehearsal:
            connection.executemany(
                "INSERT INTO list_digest (algorithm, digest, entry) VALUES (?, ?, ?)", digests
            )
            _remove_entries(connection, twice)
        connection.execute(
            "DELETE FROM list_staging WHERE list = ? AND algorithm = ? AND bucket = ?", those
        )
        self._digests -= dropped
        return len(twice)

    def _require_mine(self, connection: Connection) -> None:
        if not _is_there(connection, self._number):
            raise KeepingUnderWay(what=words.AN_IMPORT)


def remove_unfinished(vault: Vault) -> None:
    """Nothing is left of files whose reading was cut off."""
    with vault.reader() as reader:
        found = reader.connection.execute("SELECT list FROM hash_list WHERE NOT is_whole")
        numbers = [number for (number,) in found.fetchall()]
    for number in numbers:
        remove_list(vault, number)


def remove_list(vault: Vault, number: int) -> None:
    """A list that was never whole is gone with all that is on it, in lots."""
    _remove_what_is_on(vault, number)
    with vault.bookkeeping() as connection:
        connection.execute("DELETE FROM list_staging WHERE list = ?", (number,))
        connection.execute("DELETE FROM hash_list WHERE list = ?", (number,))


def empty_list(vault: Vault, number: int) -> None:
    """Of a list that was withdrawn for ever nothing is left but what ended hits speak of."""
    _remove_what_is_on(vault, number)


def _remove_what_is_on(vault: Vault, number: int) -> None:
    after = 0
    while True:
        with vault.bookkeeping() as connection:
            found = connection.execute(
                # By their numbers, which lie together, and not by their names.
                "SELECT entry, digests, EXISTS (SELECT 1 FROM hit AS h WHERE h.entry = e.entry)"
                " FROM list_entry AS e NOT INDEXED WHERE entry > ? AND list = ?"
                " ORDER BY entry LIMIT ?",
                (after, number, _REMOVED_AT_ONCE),
            ).fetchall()
            if not found:
                return
            after = found[-1][0]
            connection.executemany(
                "DELETE FROM list_digest WHERE algorithm = ? AND digest = ? AND entry = ?",
                sorted(
                    (algorithm, digest, entry)
                    for entry, kept, _ in found
                    for algorithm, digest in unpacked(kept)
                ),
            )
            connection.executemany(
                "UPDATE list_entry SET digests = x'' WHERE entry = ?",
                [(entry,) for entry, _, has_hit in found if has_hit],
            )
            _remove_entries(connection, [entry for entry, _, has_hit in found if not has_hit])


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


def _records(rows: Iterable[tuple[bytes, ...]], size: int) -> Iterator[bytes]:
    for (kept,) in rows:
        for at in range(0, len(kept), size):
            yield kept[at : at + size]


def _remove_entries(connection: Connection, entries: Iterable[int]) -> None:
    connection.executemany(
        "DELETE FROM list_entry WHERE entry = ?", [(entry,) for entry in entries]
    )


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
