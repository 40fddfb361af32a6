"""Which digests are surely on no list: a filter that stands in front of the table.

A blocked Bloom filter (Putze, Sanders, Singler: Cache-, Hash- and Space-Efficient Bloom Filters,
2007): a digest sets four bits of one word of 64, so that asking costs one place in memory. Digests
are even already, so their own bytes say which word and which bits. At twelve bits a digest about one
in a hundred that are on no list passes; none that is on one is held back. What passes is looked up.

Digests may be added at any time; those that were taken back stay until it is made anew.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

BITS_A_DIGEST: Final = 12
_WORD, _BITS = 64, 4
_HASHED: Final = 16
"""Bytes of a digest that are looked at: all that the shortest has."""
_FEWEST: Final = 1 << 16
"""Digests that there is room for at least: 96 KiB."""
_SPARE: Final = 8
"""Room for this fraction more than there is, so that a list may grow before it is made anew."""
_PART: Final = 1 << 20
"""Bytes of one kept part."""

Words = npt.NDArray[np.uint64]


class ExactFilter:
    """Digests of any length from 16 bytes on. Used by one thread at a time."""

    def __init__(self, words: Words, count: int) -> None:
        self._words = words
        self._count = count

    @classmethod
    def for_count(cls, count: int) -> ExactFilter:
        """An empty filter with room for `count` digests and some more."""
        room = max(count + count // _SPARE, _FEWEST)
        return cls(np.zeros(room * BITS_A_DIGEST // _WORD, np.uint64), 0)

    @classmethod
    def of_parts(cls, parts: Sequence[bytes], count: int) -> ExactFilter:
        """The filter that `parts` gave."""
        packed = b"".join(zlib.decompress(part) for part in parts)
        return cls(np.frombuffer(packed, np.uint64).copy(), count)

    def parts(self) -> Iterator[bytes]:
        """The whole of it, in pieces."""
        whole = self._words.tobytes()
        for at in range(0, len(whole), _PART):
            yield zlib.compress(whole[at : at + _PART], 1)

    @property
    def count(self) -> int:
        """How many digests were added."""
        return self._count

    @property
    def memory(self) -> int:
        """In bytes."""
        return int(self._words.nbytes)

    def has_room_for(self, more: int) -> bool:
        """With so many more it holds back as much as it should."""
        return (self._count + more) * BITS_A_DIGEST <= self._words.nbytes * 8

    def add(self, digests: bytes, width: int) -> None:
        """These pass from now on. `digests`: one after another, of `width` bytes each."""
        places, bits = self._marks(digests, width)
        np.bitwise_or.at(self._words, places, bits)
        self._count += len(places)

    def passing(self, digests: bytes, width: int) -> list[int]:
        """Places of those that may be on a list; all others are on none."""
        places, bits = self._marks(digests, width)
        found: list[int] = np.flatnonzero(self._words[places] & bits == bits).tolist()
        return found

    def _marks(self, digests: bytes, width: int) -> tuple[npt.NDArray[np.intp], Words]:
        """The word of each digest, and its bits in it."""
        rows = np.frombuffer(digests, np.uint8).reshape(-1, width)[:, :_HASHED]
        halves = np.ascontiguousarray(rows).view(np.uint64).reshape(-1, 2)
        # The upper half of the first eight bytes, scaled to the number of words.
        places = (halves[:, 0] >> np.uint64(32)) * np.uint64(len(self._words)) >> np.uint64(32)
        bits = np.zeros(len(halves), np.uint64)
        for turn in range(_BITS):
            which = halves[:, 1] >> np.uint64(6 * turn) & np.uint64(_WORD - 1)
            bits |= np.uint64(1) << which
        return places.astype(np.intp), bits
