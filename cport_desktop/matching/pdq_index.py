"""Which pictures are like this one: PDQ digests of 256 bits, and those within 31 bits of another.

Multi-index hashing (Norouzi, Punjani, Fleet: Fast Search in Hamming Space with Multi-Index
Hashing, CVPR 2012). A digest is cut into 16 pieces of 16 bits. Of two digests that differ in at most
31 bits, at least one piece differs in at most one bit, since twice 16 is more. So it is enough to
look, for each piece, into 17 of 65,536 drawers, and to compare what lies there: a few thousand of a
million. Nothing within the distance is missed.

Digests are added to a tail that is compared one by one; when it has grown it is sorted into the
drawers with the rest when it is asked for next. All memory is a few arrays: 100 bytes for a digest
and 4 MB for the drawers.

Many digests at once (`joined`) are walked drawer by drawer instead, both sides sorted, so that what
is compared lies side by side. Of the pieces of two digests, laid in a ring, at least one is the first of
a chain in which no beginning differs in more than its share of the bits (Qin, Xiao: Pigeonring,
PVLDB 12, 2018): at most 1 in one piece, 3 in two, 5 in three. The two pieces after the one that named
the drawer are one word of 32 bits; it rejects all but one pair in some ten thousand.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from cport_desktop.domain.likeness import PDQ_BYTES, SIMILAR_PDQ

_PIECES, _DRAWERS, _WORDS = 16, 1 << 16, 4
_CHAIN: Final = 3
"""Pieces, the one that names the drawer and two after it."""
_NEIGHBOURS: Final = np.array([0, *(1 << bit for bit in range(16))], np.uint16)
_SHORTEST_TAIL: Final = 4_096
"""Compared one by one in some 50 µs."""
_TAIL_SHARE: Final = 8
"""The tail is sorted in when it is longer than this fraction of the rest."""
_GROWTH: Final = 16
"""The arrays grow by this fraction: room that stands empty is memory, too."""
_AT_ONCE: Final = 1 << 12
"""Digests whose neighbours are looked for in one go: what they are compared with then fits a
processor's second cache (measured: 4,096 is faster than 1,024 and than 32,768)."""
_AT_THE_SAME_TIME: Final = 2
"""Pieces: the work is numpy's, which leaves the interpreter to others meanwhile."""
_MOST_COMPARED: Final = 1 << 20
"""Pairs that are compared in one go at most, where drawers are full of equal pieces."""

Words = npt.NDArray[np.uint64]
Pieces = npt.NDArray[np.uint16]
Rows = npt.NDArray[np.int64]
Digests = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Found:
    """`keys`: of the digests found; `distances`: in bits, in the same order, nearest first; `asked`:
    which of the digests that were asked about is so near.
    """

    keys: Rows
    distances: npt.NDArray[np.uint8]
    asked: Rows


@dataclass(frozen=True, slots=True)
class Joined:
    """Pairs: `asked` is the place of a digest that was asked about, `keys` what is near it."""

    asked: Rows
    keys: Rows
    distances: npt.NDArray[np.uint8]


class PdqIndex:
    """Digests with the keys that they were added under: numbers below 2^32. Used by one thread at a
    time.
    """

    def __init__(self) -> None:
        self._keys: npt.NDArray[np.uint32] = np.empty(0, np.uint32)
        self._words: Words = np.empty((0, _WORDS), np.uint64)
        self._count = 0
        self._sorted = _Drawers(self._words)

    def __len__(self) -> int:
        return self._count

    @property
    def bytes_taken(self) -> int:
        """Of memory, room for growth included."""
        return self._keys.nbytes + self._words.nbytes + self._sorted.bytes_taken

    def add(self, keys: Rows, digests: Digests) -> None:
        """These are found from now on. `digests`: one row of 32 bytes for each of `keys`."""
        words = as_words(digests)
        self._reserve(len(keys))
        self._keys[self._count : self._count + len(keys)] = keys
        self._words[self._count : self._count + len(keys)] = words
        self._count += len(keys)

    def within(self, digest: bytes, distance: int = SIMILAR_PDQ) -> Found:
        """All whose digest differs in `distance` bits or fewer, 31 at most."""
        if len(digest) != PDQ_BYTES:
            raise ValueError("a digest of 32 bytes, and a distance of 31 bits at most")
        return self.within_any(np.frombuffer(digest, np.uint8).reshape(1, PDQ_BYTES), distance)

    def within_any(self, digests: Digests, distance: int = SIMILAR_PDQ) -> Found:
        """All that are near one of these few digests, each once, by the one that is nearest."""
        if not 0 <= distance <= SIMILAR_PDQ:
            raise ValueError("a digest of 32 bytes, and a distance of 31 bits at most")
        if self._count - self._sorted.count > max(
            _SHORTEST_TAIL, self._sorted.count // _TAIL_SHARE
        ):
            self._sort()
        wanted = as_words(digests)
        tail = np.arange(self._sorted.count, self._count)
        rows, which = self._sorted.candidates(wanted, distance)
        rows = np.concatenate([rows, np.tile(tail, len(wanted))])
        which = np.concatenate([which, np.repeat(np.arange(len(wanted)), len(tail))])
        near, apart = _near((self._words, rows), (wanted, which), distance)
        rows, which = rows[near], which[near]
        order = np.lexsort((which, apart, self._keys_of(rows)))
        rows, which, apart = rows[order], which[order], apart[order]
        keys = self._keys_of(rows)
        first = np.concatenate([[True], keys[1:] != keys[:-1]])[: len(keys)]
        order = np.lexsort((keys[first], apart[first]))
        return Found(keys[first][order], apart[first][order], which[first][order])

    def joined(self, digests: Digests, distance: int = SIMILAR_PDQ) -> Iterator[Joined]:
        """All pairs of one of these many digests and one of the index within `distance`, in lots. A
        pair may come more than once.
        """
        self._sort()
        of_piece = partial(self._joined_by, as_words(digests), distance)
        with ThreadPoolExecutor(_AT_THE_SAME_TIME, thread_name_prefix="joining") as workers:
            for lots in workers.map(of_piece, range(_PIECES)):
                yield from lots

    def pairs(
        self, distance: int = SIMILAR_PDQ
    ) -> Iterator[tuple[Rows, Rows, npt.NDArray[np.uint8]]]:
        """All pairs within `distance`, in lots: keys, keys, bits, the later one first. A pair may
        come more than once.
        """
        self._sort()
        mine = self._words[: self._count].view(np.uint8).reshape(-1, PDQ_BYTES)
        for lot in self.joined(mine, distance):
            keys = self._keys_of(lot.asked)
            later = keys > lot.keys
            yield keys[later], lot.keys[later], lot.distances[later]

    def _joined_by(self, asked: Words, distance: int, piece: int) -> list[Joined]:
        found = []
        for left, right in self._sorted.meeting(asked, piece, distance):
            near, apart = _near((self._words, right), (asked, left), distance)
            if len(near):
                found.append(Joined(left[near], self._keys_of(right[near]), apart))
        return found

    def _keys_of(self, rows: Rows) -> Rows:
        return self._keys[rows].astype(np.int64)

    def _sort(self) -> None:
        if self._sorted.count != self._count:
            self._sorted = _Drawers(self._words[: self._count])

    def _reserve(self, more: int) -> None:
        room = len(self._keys)
        if self._count + more > room:
            grown = max(self._count + more, room + room // _GROWTH)
            keys, words = np.empty(grown, np.uint32), np.empty((grown, _WORDS), np.uint64)
            keys[: self._count] = self._keys[: self._count]
            words[: self._count] = self._words[: self._count]
            self._keys, self._words = keys, words


class _Drawers:
    """The first `count` rows, sorted into drawers by each of their pieces."""

    def __init__(self, words: Words) -> None:
        self.count = len(words)
        self._pieces = np.ascontiguousarray(words).view(np.uint16).reshape(self.count, _PIECES)
        self._rows = np.empty((_PIECES, self.count), np.int32)
        self._begins = np.zeros((_PIECES, _DRAWERS + 1), np.int32)
        for piece in range(_PIECES):
            column = self._pieces[:, piece]
            self._rows[piece] = np.argsort(column, kind="stable")
            np.cumsum(np.bincount(column, minlength=_DRAWERS), out=self._begins[piece, 1:])

    @property
    def bytes_taken(self) -> int:
        """Of memory, the digests themselves aside."""
        return self._rows.nbytes + self._begins.nbytes

    def candidates(self, wanted: Words, distance: int) -> tuple[Rows, Rows]:
        """Rows that may be near one of `wanted`, some more than once, and which one that is: those
        that a piece brings together and the piece after it does not keep apart.
        """
        pieces = np.ascontiguousarray(wanted).view(np.uint16).reshape(-1, _PIECES)
        drawers = pieces[:, :, None] ^ _NEIGHBOURS[None, None, :]
        which = np.arange(_PIECES)[None, :, None]
        begins = self._begins[which, drawers].astype(np.int64)
        counts = (self._begins[which, drawers.astype(np.int64) + 1] - begins).ravel()
        rows = self._rows.ravel().take(_ranges((begins + which * self.count).ravel(), counts))
        next_place = np.broadcast_to((which + 1) % _PIECES, drawers.shape)
        places = np.repeat(next_place.ravel(), counts)
        places += rows.astype(np.int64) * _PIECES
        after = np.repeat(np.repeat(np.roll(pieces, -1, axis=1), len(_NEIGHBOURS)), counts)
        after ^= self._pieces.ravel().take(places)
        maybe = np.flatnonzero(np.bitwise_count(after) <= 2 * distance // _PIECES)
        of_each = counts.reshape(len(wanted), -1).sum(axis=1)
        return rows[maybe].astype(np.int64), np.repeat(np.arange(len(wanted)), of_each)[maybe]

    def meeting(self, asked: Words, piece: int, distance: int) -> Iterator[tuple[Rows, Rows]]:
        """Places in `asked` and rows of the index that this piece brings together, and that the two
        pieces after it do not keep apart.
        """
        pieces = np.ascontiguousarray(asked).view(np.uint16).reshape(-1, _PIECES)
        order, rows = np.argsort(pieces[:, piece], kind="stable"), self._rows[piece]
        mine = _two_after(self._pieces, piece)[rows]
        theirs = _two_after(pieces, piece)[order]
        drawers = pieces[order, piece].astype(np.int64)
        share = _CHAIN * distance // _PIECES
        for neighbour in _NEIGHBOURS:
            beside = drawers ^ int(neighbour)
            begins = self._begins[piece, beside].astype(np.int64)
            counts = self._begins[piece, beside + 1] - begins
            for lot in _lots(counts):
                places = _ranges(begins[lot], counts[lot])
                after = np.repeat(theirs[lot], counts[lot])
                after ^= mine.take(places)
                maybe = np.flatnonzero(np.bitwise_count(after) <= share - bool(neighbour))
                if len(maybe):
                    left = np.repeat(order[lot], counts[lot])[maybe]
                    yield left, rows[places[maybe]].astype(np.int64)


def as_words(digests: Digests) -> Words:
    """Rows of 32 bytes as rows of four words."""
    return np.ascontiguousarray(digests, np.uint8).view(np.uint64).reshape(-1, _WORDS)


def _lots(counts: Rows) -> Iterator[slice]:
    """The digests in order, some thousand at once, fewer where many would be compared."""
    upto = np.cumsum(counts)
    at = 0
    while at < len(counts):
        done = int(upto[at - 1]) if at else 0
        fits = int(np.searchsorted(upto, done + _MOST_COMPARED, side="right"))
        end = min(max(fits, at + 1), at + _AT_ONCE)
        yield slice(at, end)
        at = end


def _two_after(pieces: Pieces, piece: int) -> npt.NDArray[np.uint32]:
    """The two pieces after this one in the ring, of each row, as one word."""
    after = pieces[:, [(piece + 1) % _PIECES, (piece + 2) % _PIECES]]
    return np.ascontiguousarray(after).view(np.uint32).ravel()


def _ranges(begins: Rows, counts: Rows) -> Rows:
    """All numbers of all ranges, one range after another."""
    before = np.cumsum(counts) - counts
    numbers: Rows = np.repeat(begins - before, counts)
    numbers += np.arange(len(numbers))
    return numbers


def _near(
    one: tuple[Words, Rows], other: tuple[Words, Rows], distance: int
) -> tuple[Rows, npt.NDArray[np.uint8]]:
    """Which of these pairs are near, and their distances. Half of the words reject nearly all."""
    (words, left), (beside, right) = one, other
    half = np.bitwise_count(words[left, 0] ^ beside[right, 0])
    half += np.bitwise_count(words[left, 1] ^ beside[right, 1])
    maybe = np.flatnonzero(half <= distance)
    apart = _distances(words[left[maybe]], beside[right[maybe]])
    near = apart <= distance
    return maybe[near], apart[near]


def _distances(words: Words, wanted: Words) -> npt.NDArray[np.uint8]:
    # 256 bits that all differ are 0 in a byte; no distance asked for comes near that.
    apart: npt.NDArray[np.uint16] = np.bitwise_count(words ^ wanted).sum(axis=-1, dtype=np.uint16)
    return np.minimum(apart, 255).astype(np.uint8)
