"""The append-only Merkle tree of RFC 6962 (section 2.1), kept as its frontier.

The frontier of n leaves holds one root for each bit that is set in n: the perfect subtrees
from left (largest) to right. Appending a leaf merges equal neighbours, as a binary counter
carries; it costs one hash on average and log2(n) hashes of memory.

    leaf = SHA-256(0x00 | bytes)      node = SHA-256(0x01 | left | right)

Two kinds of proof go with it. An inclusion proof (2.1.1) shows that a leaf is in a tree without
showing the others. A consistency proof (2.1.2) shows that a larger tree begins with a smaller
one: nothing of it was changed, removed or put elsewhere. Making one takes the frontier of the
smaller tree and the leaves behind it, so that it costs what was added and not what there is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

HASH_SIZE = 32

LONGEST_PROOF = 63
"""Hashes of the longest proof of a tree with at most 2**62 leaves (one for each level, and one)."""


def leaf_hash(canonical: bytes) -> bytes:
    """The hash of a leaf: SHA-256(0x00 | `canonical`)."""
    return hashlib.sha256(b"\x00" + canonical).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over two subtrees: SHA-256(0x01 | `left` | `right`)."""
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
            leaf = node_hash(self._peaks.pop(), leaf)
            position >>= 1
        self._peaks.append(leaf)
        self._size += 1

    def root(self) -> bytes:
        """The tree's head; of an empty tree SHA-256 of nothing, as RFC 6962 has it."""
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = node_hash(peak, root)
        return root

    def copy(self) -> Frontier:
        """Another tree of the same leaves, which goes on by itself."""
        return Frontier.parse(self._size, self.serialise())

    def peaks(self) -> tuple[bytes, ...]:
        """Roots of the perfect subtrees, from left (largest) to right."""
        return tuple(self._peaks)

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


def frontier_of(leaves: Iterable[bytes]) -> Frontier:
    """The tree of these leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The neighbours on the way from leaf `index` (from 0) to the root, from the leaf upwards.

    Raises:
        ValueError: there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise ValueError("no such leaf")
    first, end, proof = 0, len(leaves), []
    while end - first > 1:
        middle = first + _split(end - first)
        if index < middle:
            proof.append(frontier_of(leaves[middle:end]).root())
            end = middle
        else:
            proof.append(frontier_of(leaves[first:middle]).root())
            first = middle
    return tuple(reversed(proof))


def includes(root: bytes, *, size: int, leaf: bytes, index: int, proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that `leaf` is number `index` (from 0) of the tree (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or not _is_proof(proof):
        return False
    place, last, found = index, size - 1, leaf
    for neighbour in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(neighbour, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, neighbour)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def consistency_proof(earlier: Frontier, later: Sequence[bytes]) -> tuple[bytes, ...]:
    """What shows that the tree of `earlier` with the leaf hashes `later` behind it begins with
    `earlier`. Empty if nothing was added, and for an empty tree, with which all are consistent.
    """
    if earlier.size == 0 or not later:
        return ()
    # PROOF(m, D[n]) and SUBPROOF of RFC 6962, 2.1.2, from the root downwards. `first` and `end`
    # bound the subtree; the peaks on its left are used up one by one.
    peaks = list(earlier.peaks())
    first, end, is_whole, proof = 0, earlier.size + len(later), True, []
    while end != earlier.size:
        middle = first + _split(end - first)
        if earlier.size <= middle:
            proof.append(frontier_of(later[middle - earlier.size : end - earlier.size]).root())
            end = middle
        else:
            proof.append(peaks.pop(0))
            first, is_whole = middle, False
    if not is_whole:
        # What is left of the earlier tree is one perfect subtree: its last peak.
        proof.append(peaks.pop())
    return tuple(reversed(proof))


def is_consistent(
    earlier_root: bytes,
    later_root: bytes,
    *,
    earlier_size: int,
    later_size: int,
    proof: Sequence[bytes],
) -> bool:
    """Whether `proof` shows that the later tree begins with the earlier one (RFC 9162, 2.1.4.2)."""
    if not 0 <= earlier_size <= later_size or not _is_proof(proof):
        return False
    if earlier_size == later_size:
        return not proof and earlier_root == later_root
    if earlier_size == 0:
        return not proof and earlier_root == Frontier().root()
    hashes = list(proof)
    if earlier_size.bit_count() == 1:
        hashes.insert(0, earlier_root)
    return _roots_proved(earlier_size - 1, later_size - 1, hashes) == (earlier_root, later_root)


def _roots_proved(place: int, last: int, hashes: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The two roots that a consistency proof amounts to; None if it does not fit the sizes.

    `place` and `last` are the last leaves of the earlier and of the later tree.
    """
    while place & 1:
        place, last = place >> 1, last >> 1
    if not hashes:
        return None
    earlier = later = hashes[0]
    for neighbour in hashes[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            earlier, later = node_hash(neighbour, earlier), node_hash(neighbour, later)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            later = node_hash(later, neighbour)
        place, last = place >> 1, last >> 1
    return (earlier, later) if last == 0 else None


def _split(size: int) -> int:
    """The largest power of two below `size` (two or more)."""
    return 1 << (size - 1).bit_length() - 1


def _is_proof(proof: Sequence[bytes]) -> bool:
    return len(proof) <= LONGEST_PROOF and all(len(each) == HASH_SIZE for each in proof)
