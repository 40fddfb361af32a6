"""A Merkle tree of RFC 6962 with all its levels, for many proofs of inclusion out of one tree.

Pairs are hashed level by level, and a last one without a neighbour rises as it is; that is the
tree of RFC 6962, 2.1, seen from below. So a proof is a look at each level instead of a hash of
everything beside the way. It holds two hashes a leaf: for a long log take it in blocks.

    leaves of a block ── Levels ──> its root ─┐
    leaves of a block ── Levels ──> its root ─┴─ Levels ──> root of the log

Blocks of a power of two leaves (the last one may be shorter) are subtrees of the whole, so a proof
within the block and a proof of the block behind it are a proof of the leaf.
"""

from __future__ import annotations

from collections.abc import Sequence

from cport_desktop.crypto.merkle import Frontier, node_hash


class Levels:
    """The tree of these leaf hashes."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._levels = [list(leaves)]
        while len(self._levels[-1]) > 1:
            self._levels.append(_paired(self._levels[-1]))

    @property
    def root(self) -> bytes:
        """Its head; of no leaves SHA-256 of nothing, as RFC 6962 has it."""
        return self._levels[-1][0] if self._levels[0] else Frontier().root()

    def proof(self, index: int) -> tuple[bytes, ...]:
        """The neighbours on the way from leaf `index` (from 0) to the root, from the leaf upwards.

        Raises:
            ValueError: there is no such leaf.
        """
        if not 0 <= index < len(self._levels[0]):
            raise ValueError("no such leaf")
        found = []
        for level in self._levels[:-1]:
            if (neighbour := index ^ 1) < len(level):
                found.append(level[neighbour])
            index >>= 1
        return tuple(found)


def _paired(level: Sequence[bytes]) -> list[bytes]:
    above = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return [*above, level[-1]] if len(level) & 1 else above
