"""Nothing within the distance is missed, and nothing beyond it is told."""

from __future__ import annotations

import numpy as np
import pytest

from cport_desktop.domain.likeness import PDQ_BYTES, SIMILAR_PDQ
from cport_desktop.matching.pdq_index import PdqIndex


def digests_with_neighbours(count: int, seed: int) -> np.ndarray:
    """Random ones; each of the second half is one of the first with up to 45 bits changed."""
    random = np.random.default_rng(seed)
    digests = random.integers(0, 256, (count, PDQ_BYTES), dtype=np.uint8)
    for place in range(count // 2, count):
        bits = np.unpackbits(digests[place - count // 2])
        bits[random.choice(256, random.integers(0, 46), replace=False)] ^= 1
        digests[place] = np.packbits(bits)
    return digests


def distances(digests: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    apart: np.ndarray = np.unpackbits(digests ^ wanted, axis=1).sum(axis=1)
    return apart


@pytest.mark.parametrize("count", [1, 2, 600, 9_000])
def test_a_query_finds_what_comparing_one_by_one_finds(count: int) -> None:
    digests = digests_with_neighbours(count, seed=count)
    index = PdqIndex()
    keys = np.arange(count) * 3 + 7
    for start in range(0, count, 700):
        index.add(keys[start : start + 700], digests[start : start + 700])
    assert len(index) == count
    for place in range(0, count, max(1, count // 60)):
        apart = distances(digests, digests[place])
        found = index.within(digests[place].tobytes())
        assert set(found.keys.tolist()) == set(keys[apart <= SIMILAR_PDQ].tolist())
        assert list(found.distances) == sorted(apart[apart <= SIMILAR_PDQ])


def test_a_shorter_distance_finds_less() -> None:
    digests = digests_with_neighbours(600, seed=4)
    index = PdqIndex()
    index.add(np.arange(600), digests)
    for wanted in (0, 5, 20):
        expected = set(np.flatnonzero(distances(digests, digests[7]) <= wanted).tolist())
        assert set(index.within(digests[7].tobytes(), wanted).keys.tolist()) == expected


def test_all_pairs_are_those_of_comparing_each_with_each() -> None:
    digests = digests_with_neighbours(900, seed=5)
    index = PdqIndex()
    index.add(np.arange(900), digests)
    told = {
        (min(a, b), max(a, b), int(bits))
        for left, right, apart in index.pairs()
        for a, b, bits in zip(left.tolist(), right.tolist(), apart.tolist(), strict=True)
    }
    expected = set()
    for place in range(900):
        apart = distances(digests[place + 1 :], digests[place])
        expected |= {
            (place, place + 1 + int(other), int(apart[other]))
            for other in np.flatnonzero(apart <= SIMILAR_PDQ)
        }
    assert told == expected


@pytest.mark.parametrize("distance", [0, 5, 15, 16, 20, 30, SIMILAR_PDQ])
def test_however_the_bits_lie_between_two_digests_their_pair_is_found(distance: int) -> None:
    """So spread that hardly a chain of pieces keeps to its share: evenly, in runs, all in a few."""
    random = np.random.default_rng(distance)
    whole = random.integers(0, 256, (2_000, PDQ_BYTES), dtype=np.uint8)
    near = np.array([turned(row, spread(distance, random), random) for row in whole])
    beyond = np.array([turned(row, spread(distance + 1, random), random) for row in whole])
    index = PdqIndex()
    index.add(np.arange(len(whole)), whole)
    lots = list(index.joined(np.concatenate([near, beyond]), distance))
    told = {
        pair
        for lot in lots
        for pair in zip(lot.asked.tolist(), lot.keys.tolist(), lot.distances.tolist(), strict=True)
    }
    assert told == {(place, place, distance) for place in range(len(whole))}


def spread(bits: int, random: np.random.Generator) -> np.ndarray:
    """How many of `bits` each of sixteen pieces gets: one after another, or as chance has it."""
    shares = np.zeros(16, np.int64)
    favoured = random.permutation(16)[: random.integers(2, 17)]
    for number in range(bits):
        shares[favoured[number % len(favoured)]] += 1
    return np.roll(shares, random.integers(16)) if random.random() < 0.5 else np.sort(shares)


def turned(digest: np.ndarray, shares: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """With so many bits of each piece changed."""
    pieces = np.unpackbits(digest).reshape(16, 16)
    for piece, share in zip(pieces, shares, strict=True):
        piece[random.choice(16, share, replace=False)] ^= 1
    return np.packbits(pieces.ravel())


@pytest.mark.parametrize(("digest", "distance"), [(bytes(31), 5), (bytes(32), 32), (bytes(32), -1)])
def test_what_is_no_digest_or_distance_is_a_mistake(digest: bytes, distance: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        PdqIndex().within(digest, distance)
