from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.crypto import merkle
from cport_desktop.crypto.merkle import Frontier, leaf_hash

# The leaves that the implementations of Certificate Transparency test themselves with.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOT_OF_EIGHT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def root_by_definition(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word: split at the largest power of two below n."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = root_by_definition(leaves[:split]), root_by_definition(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def frontier_of(leaves: list[bytes]) -> Frontier:
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf_hash(leaf))
    return frontier


def test_eight_known_leaves_have_their_known_root():
    assert frontier_of(LEAVES).root().hex() == ROOT_OF_EIGHT


@given(st.lists(st.binary(max_size=8), max_size=40))
def test_the_root_is_the_one_that_the_rfc_defines(leaves):
    assert frontier_of(leaves).root() == root_by_definition(leaves)


@given(st.lists(st.binary(max_size=4), max_size=40), st.lists(st.binary(max_size=4), max_size=9))
def test_a_tree_that_was_put_away_goes_on_as_if_it_had_not(before, after):
    kept = frontier_of(before)
    resumed = Frontier.parse(kept.size, kept.serialise())
    for leaf in after:
        resumed.append(leaf_hash(leaf))
    assert resumed.root() == root_by_definition(before + after)
    assert resumed.size == len(before) + len(after)


@pytest.mark.parametrize(("size", "peaks"), [(1, b""), (0, bytes(32)), (3, bytes(32)), (-1, b"")])
def test_a_frontier_that_cannot_be_is_refused(size, peaks):
    with pytest.raises(ValueError, match="one peak"):
        Frontier.parse(size, peaks)


# Proofs, against the recursive definitions of RFC 6962, 2.1.1 and 2.1.2, word for word.


def path_by_definition(index: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    if index < split:
        return [*path_by_definition(index, leaves[:split]), root_by_definition(leaves[split:])]
    rest = path_by_definition(index - split, leaves[split:])
    return [*rest, root_by_definition(leaves[:split])]


def subproof_by_definition(size: int, leaves: list[bytes], *, is_whole: bool) -> list[bytes]:
    if size == len(leaves):
        return [] if is_whole else [root_by_definition(leaves)]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    if size <= split:
        rest = subproof_by_definition(size, leaves[:split], is_whole=is_whole)
        return [*rest, root_by_definition(leaves[split:])]
    rest = subproof_by_definition(size - split, leaves[split:], is_whole=False)
    return [*rest, root_by_definition(leaves[:split])]


def a_tree(size: int) -> list[bytes]:
    return [number.to_bytes(2, "big") for number in range(size)]


def hashes(leaves: list[bytes]) -> list[bytes]:
    return [leaf_hash(leaf) for leaf in leaves]


def damaged(proof: list[bytes]) -> list[list[bytes]]:
    """Every proof that is one step away from this one."""
    flipped = [
        [*proof[:at], bytes([proof[at][0] ^ 1]) + proof[at][1:], *proof[at + 1 :]]
        for at in range(len(proof))
    ]
    shorter = [proof[:at] + proof[at + 1 :] for at in range(len(proof))]
    longer = [[*proof[:at], bytes(32), *proof[at:]] for at in range(len(proof) + 1)]
    return [*flipped, *shorter, *longer, [*proof, b"short"]]


def test_every_leaf_of_every_small_tree_is_proved_and_no_damaged_proof_is_taken():
    for size in range(1, 20):
        leaves = a_tree(size)
        root = root_by_definition(leaves)
        for index in range(size):
            proof = list(merkle.inclusion_proof(hashes(leaves), index))
            assert proof == path_by_definition(index, leaves)
            leaf = leaf_hash(leaves[index])
            assert merkle.includes(root, size=size, leaf=leaf, index=index, proof=proof)
            for wrong in damaged(proof):
                assert not merkle.includes(root, size=size, leaf=leaf, index=index, proof=wrong)
            for other in range(-1, size + 1):
                found = merkle.includes(root, size=size, leaf=leaf, index=other, proof=proof)
                assert found == (other == index)


def test_every_small_tree_is_proved_consistent_with_each_earlier_one_and_no_other():
    for size in range(25):
        leaves = a_tree(size)
        root = root_by_definition(leaves)
        for earlier in range(size + 1):
            before = leaves[:earlier]
            proof = list(merkle.consistency_proof(frontier_of(before), hashes(leaves[earlier:])))
            if earlier > 0:
                assert proof == subproof_by_definition(earlier, leaves, is_whole=True)
            sizes = {"earlier_size": earlier, "later_size": size}
            root_before = root_by_definition(before)
            assert merkle.is_consistent(root_before, root, **sizes, proof=proof)
            for wrong in damaged(proof):
                assert not merkle.is_consistent(root_before, root, **sizes, proof=wrong)
            assert not merkle.is_consistent(bytes(32), root, **sizes, proof=proof)
            assert not merkle.is_consistent(root_before, bytes(32), **sizes, proof=proof) or (
                earlier == 0 and size > 0
            )


def test_a_proof_of_one_place_is_none_of_a_smaller_tree():
    leaves = a_tree(13)
    root, leaf = root_by_definition(leaves), leaf_hash(leaves[12])
    proof = merkle.inclusion_proof(hashes(leaves), 12)
    assert merkle.includes(root, size=13, leaf=leaf, index=12, proof=proof)
    assert not merkle.includes(root, size=5, leaf=leaf, index=4, proof=proof)


def test_a_proof_of_a_small_tree_is_none_of_a_larger_one():
    leaves = a_tree(8)
    earlier, root = root_by_definition(leaves[:4]), root_by_definition(leaves)
    proof = merkle.consistency_proof(frontier_of(leaves[:4]), hashes(leaves[4:]))
    for later_size in range(5, 17):
        found = merkle.is_consistent(
            earlier, root, earlier_size=4, later_size=later_size, proof=proof
        )
        assert found == (later_size in (5, 6, 7, 8)), later_size


@given(st.integers(1, 300), st.data())
def test_a_history_that_was_rewritten_is_never_proved_consistent(size, data):
    earlier = data.draw(st.integers(1, size))
    changed = data.draw(st.integers(0, earlier - 1))
    honest = a_tree(size)
    forged = [*honest[:changed], b"forged", *honest[changed + 1 :]]
    proof = merkle.consistency_proof(frontier_of(forged[:earlier]), hashes(forged[earlier:]))
    assert not merkle.is_consistent(
        root_by_definition(honest[:earlier]),
        root_by_definition(forged),
        earlier_size=earlier,
        later_size=size,
        proof=proof,
    )


@given(
    st.binary(min_size=32, max_size=32),
    st.binary(min_size=32, max_size=32),
    st.integers(-2, 40),
    st.integers(-2, 40),
    st.lists(st.binary(max_size=33), max_size=8),
)
def test_rubbish_is_never_a_proof(root, other, first, second, proof):
    assert not merkle.includes(root, size=second, leaf=other, index=first, proof=proof)
    if first != 0 and not (first == second and root == other):
        assert not merkle.is_consistent(
            root, other, earlier_size=first, later_size=second, proof=proof
        )


def test_a_proof_needs_only_what_was_added():
    earlier = frontier_of(a_tree(1000))
    put_away = Frontier.parse(earlier.size, earlier.serialise())
    added = hashes([b"one more"])
    proof = merkle.consistency_proof(put_away, added)
    later = put_away.copy()
    later.append(added[0])
    assert put_away.size == 1000
    assert merkle.is_consistent(
        earlier.root(), later.root(), earlier_size=1000, later_size=1001, proof=proof
    )


def test_a_proof_of_a_leaf_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="no such leaf"):
        merkle.inclusion_proof(hashes(a_tree(3)), 3)
