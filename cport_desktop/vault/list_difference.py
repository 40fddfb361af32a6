"""Which entries of two lists are the same: those that have a digest in common.

All digests in the vault are gone through once in their order, in which those of both lists meet; what was
found is a bit for each entry. So ten million entries take a few megabytes and as long as their digests take
to be read one after another; asked for one by one, each would be a page somewhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from cport_desktop.vault.database import Row
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault

_LOT: Final = 20_000
_MOST_ALIKE: Final = 10_000
"""Entries of one digest that are remembered by their numbers; of more they are read again."""
_ENTRIES: Final = """
SELECT entry, changed_at IS NOT NULL FROM list_entry NOT INDEXED
WHERE entry > ? AND list = ? AND withdrawn_at IS NULL ORDER BY entry LIMIT ?
"""
_DIGESTS: Final = """
SELECT algorithm, digest, entry FROM list_digest
WHERE (algorithm, digest, entry) > (?, ?, ?) ORDER BY algorithm, digest, entry LIMIT ?
"""
_OF_ONE: Final = """
SELECT algorithm, digest, entry FROM list_digest
WHERE (algorithm, digest, entry) > (?, ?, ?) AND algorithm = ? AND digest = ?
ORDER BY algorithm, digest, entry LIMIT ?
"""


@dataclass(slots=True)
class Marks:
    """A bit for each number of a stretch."""

    first: int = 0
    bits: bytearray = field(default_factory=bytearray)

    def reach(self, first: int, last: int) -> None:
        """The stretch is from the one to the other, and nothing in it is marked."""
        self.first, self.bits = first, bytearray((last - first) // 8 + 1)

    def add(self, number: int) -> None:
        at = number - self.first
        self.bits[at >> 3] |= 1 << (at & 7)

    def __contains__(self, number: int) -> bool:
        at = number - self.first
        return 0 <= at < 8 * len(self.bits) and bool(self.bits[at >> 3] >> (at & 7) & 1)


@dataclass(slots=True)
class Compared:
    """Entries that stand of the older and the newer list; those of both that have a digest in common; and
    of the older those that say since when they stand so.
    """

    older: Marks = field(default_factory=Marks)
    newer: Marks = field(default_factory=Marks)
    kept_of_older: Marks = field(default_factory=Marks)
    kept_of_newer: Marks = field(default_factory=Marks)
    dated: Marks = field(default_factory=Marks)


Pairs = list[tuple[int, int]]
"""Entries of the newer list, each with that of the older which it is and which says since when."""


def compare(vault: Vault, older: int, newer: int, found: Compared) -> Iterator[Pairs]:
    """`found` is filled in, with steps between which others can write; pairs as they are found."""
    for number, marks, kept in (
        (older, found.older, found.kept_of_older),
        (newer, found.newer, found.kept_of_newer),
    ):
        _make_room(vault, number, (marks, kept, *((found.dated,) if number == older else ())))
        for lot in _lots(vault, number):
            for entry, is_dated in lot:
                marks.add(entry)
                if is_dated and number == older:
                    found.dated.add(entry)
            yield []
    group = _Group(vault, found)
    for rows in _digests(vault):
        yield group.take(rows)


class _Group:
    """The rows of one digest as they come: entries of the older list lie before those of the newer, which
    was read in later.
    """

    def __init__(self, vault: Vault, found: Compared) -> None:
        self._vault = vault
        self._found = found
        self._key: tuple[int, bytes] = (-1, b"")
        self._olders: list[int] = []
        self._is_crowded = False
        self._is_met = False

    def take(self, rows: list[Row]) -> Pairs:
        found, pairs = self._found, Pairs()
        for algorithm, digest, entry in rows:
            if (algorithm, digest) != self._key:
                self._key = (algorithm, digest)
                self._olders.clear()
                self._is_crowded = self._is_met = False
            if entry in found.older:
                self._is_crowded = len(self._olders) >= _MOST_ALIKE
                if not self._is_crowded:
                    self._olders.append(entry)
            elif self._olders and entry in found.newer:
                if entry not in found.kept_of_newer:
                    found.kept_of_newer.add(entry)
                    if self._olders[0] in found.dated:
                        pairs.append((entry, self._olders[0]))
                self._meet()
        return pairs

    def _meet(self) -> None:
        """All of the older list that have the digest are on the newer too."""
        if self._is_met:
            return
        self._is_met = True
        for entry in self._olders:
            self._found.kept_of_older.add(entry)
        after = (*self._key, self._olders[-1])
        while self._is_crowded:
            with self._vault.reader() as reader:
                rows = reader.connection.execute(_OF_ONE, (*after, *self._key, _LOT)).fetchall()
            for _, _, entry in rows:
                if entry in self._found.older:
                    self._found.kept_of_older.add(entry)
            self._is_crowded = bool(rows)
            after = rows[-1] if rows else after


def _make_room(vault: Vault, number: int, marks: tuple[Marks, ...]) -> None:
    with vault.reader() as reader:
        first, last = _ends(reader, number)
    for each in marks:
        each.reach(first, last)


def _ends(reader: Reader, number: int) -> tuple[int, int]:
    found = reader.connection.execute(
        "SELECT min(entry), max(entry) FROM list_entry WHERE list = ?", (number,)
    ).fetchone()
    return found if found and found[0] is not None else (0, 0)


def _lots(vault: Vault, number: int) -> Iterator[list[Row]]:
    behind = 0
    while True:
        with vault.reader() as reader:
            lot = reader.connection.execute(_ENTRIES, (behind, number, _LOT)).fetchall()
        if not lot:
            return
        yield lot
        behind = lot[-1][0]


def _digests(vault: Vault) -> Iterator[list[Row]]:
    after: Row = (-1, b"", -1)
    while True:
        with vault.reader() as reader:
            rows = reader.connection.execute(_DIGESTS, (*after, _LOT)).fetchall()
        if not rows:
            return
        yield rows
        after = rows[-1]
