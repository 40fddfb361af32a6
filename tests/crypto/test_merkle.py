from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
