"""Which pictures are like this one: PDQ digests of 256 bits, and those within 31 bits of another.

Multi-index hashing (Norouzi, Punjani, Fleet: Fast Search in Hamming Space with Multi-Index
Hashing, CVPR 2012). A digest is cut into 16 pieces of 16 bits. Of two digests that differ in at most
31 bits, at least one piece differs in at most one bit, since twice 16 is more. So it is enough to
look, for each piece, into 17 of 65,536 drawers, and to compare what lies there: a few thousand of a
million. Nothing within the distance is missed.

Digests are added to a tail that is compared one by one; when it has grown it is sorted into the
drawers with the rest. All memory is a few arrays: 96 bytes for a digest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from cport_desktop.domain.likeness import PDQ_BYTES, SIMILAR_PDQ

_PIECES, _DRAWERS, _WORDS = 16, 1 << 16, 4
_NEIGHBOURS: Final = np.array([0, *(1 << bit for bit in range(16))], np.uint16)
_SHORTEST_TAIL: Final = 4_096
"""Compared one by one in some 50 µs."""
_TAIL_SHARE: Final = 8
"""The tail is sorted in when it is longer than this fraction of the rest."""
_AT_ONCE: Final = 1 << 15
"""Digests whose neighbours are looked for in one go, so that memory stays bounded."""

Words = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]
Digests = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Found:
    """`keys`: of the digests found; `distances`: in bits, in the same order, nearest first."""

    keys: Rows
    distances: npt.NDArray[np.uint8]


class PdqIndex:
    """Digests with the keys that they were added under. Used by one thread at a time."""

    def __init__(self) -> None:
        self._keys: Rows = np.empty(0, np.int64)
        self._words: Words = np.empty((0, _WORDS), np.uint64)
        self._count = 0
        self._sorted = _Drawers(self._words)

    def __len__(self) -> int:
        return self._count

    def add(self, keys: Rows, digests: Digests) -> None:
        """These are found from now on. `digests`: one row of 32 bytes for each of `keys`."""
        words = as_words(digests)
        self._reserve(len(keys))
        self._keys[self._count : self._count + len(keys)] = keys
        self._words[self._count : self._count + len(keys)] = words
        self._count += len(keys)
        tail = self._count - self._sorted.count
        if tail > max(_SHORTEST_TAIL, self._sorted.count // _TAIL_SHARE):
            self._sorted = _Drawers(self._words[: self._count])

    def within(self, digest: bytes, distance: int = SIMILAR_PDQ) -> Found:
        """All whose digest differs in `distance` bits or fewer, 31 at most."""
        if not 0 <= distance <= SIMILAR_PDQ or len(digest) != PDQ_BYTES:
            raise ValueError("a digest of 32 bytes, and a distance of 31 bits at most")
        wanted = as_words(np.frombuffer(digest, np.uint8).reshape(1, PDQ_BYTES))[0]
        tail = np.arange(self._sorted.count, self._count)
        rows = np.concatenate([self._sorted.candidates(wanted), tail])
        apart = _distances(self._words[rows], wanted)
        near = apart <= distance
        rows, first = np.unique(rows[near], return_index=True)
        apart = apart[near][first]
        order = np.lexsort((self._keys[rows], apart))
        return Found(self._keys[rows][order], apart[order])

    def pairs(
        self, distance: int = SIMILAR_PDQ
    ) -> Iterator[tuple[Rows, Rows, npt.NDArray[np.uint8]]]:
        """All pairs within `distance`, in lots: keys, keys, bits. A pair may come more than once."""
        if self._sorted.count != self._count:
            self._sorted = _Drawers(self._words[: self._count])
        for left, right in self._sorted.pairs_of_candidates():
            near, apart = _near(self._words, left, right, distance)
            if len(near):
                yield self._keys[left[near]], self._keys[right[near]], apart

    def _reserve(self, more: int) -> None:
        room = len(self._keys)
        if self._count + more > room:
            grown = max(self._count + more, 2 * room)
            self._keys = np.resize(self._keys, grown)
            words = np.empty((grown, _WORDS), np.uint64)
            words[: self._count] = self._words[: self._count]
            self._words = words


class _Drawers:
    """The first `count` rows, sorted into drawers by each of their pieces."""

    def __init__(self, words: Words) -> None:
        self.count = len(words)
        self._pieces = np.ascontiguousarray(words).view(np.uint16).reshape(self.count, _PIECES)
        self._rows = np.empty((_PIECES, self.count), np.int32)
        self._begins = np.zeros((_PIECES, _DRAWERS + 1), np.int64)
        for piece in range(_PIECES):
            column = self._pieces[:, piece]
            self._rows[piece] = np.argsort(column, kind="stable")
            np.cumsum(np.bincount(column, minlength=_DRAWERS), out=self._begins[piece, 1:])

    def candidates(self, wanted: Words) -> Rows:
        """Rows that may be near, some of them more than once."""
        pieces = np.ascontiguousarray(wanted).view(np.uint16)
        drawers = pieces[:, None] ^ _NEIGHBOURS[None, :]
        which = np.arange(_PIECES)[:, None]
        begins = self._begins[which, drawers]
        counts = self._begins[which, drawers.astype(np.int64) + 1] - begins
        flat = (begins + which * self.count).ravel()
        return self._rows.ravel()[_ranges(flat, counts.ravel())].astype(np.int64)

    def pairs_of_candidates(self) -> Iterator[tuple[Rows, Rows]]:
        """Pairs of rows that share a drawer, or whose drawers differ in one bit; each pair once for
        every piece that brings it together.
        """
        for piece in range(_PIECES):
            rows, begins = self._rows[piece], self._begins[piece]
            for at in range(0, self.count, _AT_ONCE):
                left = rows[at : at + _AT_ONCE]
                drawers = self._pieces[left, piece].astype(np.int64)
                yield _paired(rows, left, np.arange(at, at + len(left)) + 1, begins[drawers + 1])
                for neighbour in _NEIGHBOURS[1:]:
                    beside = drawers ^ int(neighbour)
                    upward = np.flatnonzero(beside > drawers)
                    beyond = beside[upward]
                    yield _paired(rows, left[upward], begins[beyond], begins[beyond + 1])


def as_words(digests: Digests) -> Words:
    """Rows of 32 bytes as rows of four words."""
    return np.ascontiguousarray(digests, np.uint8).view(np.uint64).reshape(-1, _WORDS)


def _paired(rows: npt.NDArray[np.int32], left: Rows, begins: Rows, ends: Rows) -> tuple[Rows, Rows]:
    counts = ends - begins
    return np.repeat(left, counts), rows[_ranges(begins, counts)].astype(np.int64)


def _ranges(begins: Rows, counts: Rows) -> Rows:
    """All numbers of all ranges, one range after another."""
    before = np.cumsum(counts) - counts
    return np.repeat(begins - before, counts) + np.arange(int(counts.sum()))


def _near(
    words: Words, left: Rows, right: Rows, distance: int
) -> tuple[Rows, npt.NDArray[np.uint8]]:
    """Which of these pairs are near, and their distances. Half of the words reject nearly all."""
    half = np.bitwise_count(words[left, 0] ^ words[right, 0])
    half += np.bitwise_count(words[left, 1] ^ words[right, 1])
    maybe = np.flatnonzero(half <= distance)
    apart = _distances(words[left[maybe]], words[right[maybe]])
    near = apart <= distance
    return maybe[near], apart[near]


def _distances(words: Words, wanted: Words) -> npt.NDArray[np.uint8]:
    # 256 bits that all differ are 0 in a byte; no distance asked for comes near that.
    apart: npt.NDArray[np.uint16] = np.bitwise_count(words ^ wanted).sum(axis=-1, dtype=np.uint16)
    return np.minimum(apart, 255).astype(np.uint8)
