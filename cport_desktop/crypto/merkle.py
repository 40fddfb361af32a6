"""The append-only Merkle tree of RFC 6962 (section 2.1), kept as its frontier.

The frontier of n leaves holds one root for each bit that is set in n: the perfect subtrees
from left (largest) to right. Appending a leaf merges equal neighbours, as a binary counter
carries; it costs one hash on average and log2(n) hashes of memory.

    leaf = SHA-256(0x00 | bytes)      node = SHA-256(0x01 | left | right)
"""

from __future__ import annotations

import hashlib

HASH_SIZE = 32


def leaf_hash(canonical: bytes) -> bytes:
    """The hash of a leaf: SHA-256(0x00 | `canonical`)."""
    return hashlib.sha256(b"\x00" + canonical).digest()


def _node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """A tree of `size` leaves, without the leaves."""

    __slots__ = ("_peaks", "_size")

    def __init__(self) -> None:
        self._size = 0
        self._peaks: list[bytes] = []

    @property
    def size(self) -> int:
        return self._size

    def append(self, leaf: bytes) -> None:
        """Add the hash of one more leaf at the right."""
        position = self._size
        while position & 1:
            leaf = _node_hash(self._peaks.pop(), leaf)
            position >>= 1
        self._peaks.append(leaf)
        self._size += 1

    def root(self) -> bytes:
        """The tree's head; of an empty tree SHA-256 of nothing, as RFC 6962 has it."""
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = _node_hash(peak, root)
        return root

    def serialise(self) -> bytes:
        """The peaks from left to right; `parse` gives the same tree back, given its size."""
        return b"".join(self._peaks)

    @classmethod
    def parse(cls, size: int, peaks: bytes) -> Frontier:
        """The tree of `size` leaves whose peaks `serialise` wrote.

        Raises:
            ValueError: if so many leaves do not have so many peaks.
        """
        if size < 0 or len(peaks) != HASH_SIZE * size.bit_count():
            raise ValueError("a frontier has one peak for each bit of its size")
        frontier = cls()
        frontier._size = size
        frontier._peaks = [peaks[i : i + HASH_SIZE] for i in range(0, len(peaks), HASH_SIZE)]
        return frontier
