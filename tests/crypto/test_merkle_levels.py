"""Proofs out of a tree with all its levels are those of the RFC, and two of them in a row are one."""

from __future__ import annotations

import hashlib

import pytest

from cport_desktop.crypto.merkle import frontier_of, includes, inclusion_proof, leaf_hash
from cport_desktop.crypto.merkle_levels import Levels

LEAVES = [leaf_hash(bytes([number])) for number in range(70)]


@pytest.mark.parametrize("size", range(1, len(LEAVES) + 1))
def test_root_and_every_proof_are_those_of_the_rfc(size: int) -> None:
    leaves = LEAVES[:size]
    tree = Levels(leaves)
    assert tree.root == frontier_of(leaves).root()
    for index in range(size):
        assert tree.proof(index) == inclusion_proof(leaves, index)


@pytest.mark.parametrize("size", [1, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 70])
def test_a_proof_in_a_block_and_one_of_the_block_are_a_proof_in_the_log(size: int) -> None:
    leaves = LEAVES[:size]
    blocks = [Levels(leaves[at : at + 8]) for at in range(0, size, 8)]
    above = Levels([block.root for block in blocks])
    assert above.root == frontier_of(leaves).root()
    for index, leaf in enumerate(leaves):
        proof = blocks[index // 8].proof(index % 8) + above.proof(index // 8)
        assert includes(above.root, size=size, leaf=leaf, index=index, proof=proof)


def test_a_tree_of_nothing_has_the_root_of_nothing_and_no_proof() -> None:
    assert Levels([]).root == hashlib.sha256(b"").digest()
    for index in (-1, 0):
        with pytest.raises(ValueError, match="no such leaf"):
            Levels([]).proof(index)
