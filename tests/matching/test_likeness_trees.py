"""Of all likenesses so many are kept as there are contents, and the stacks are the same."""

from __future__ import annotations

import random

import numpy as np
import pytest

from cport_desktop.domain.likeness import TURNS, Because
from cport_desktop.domain.stacking import Likeness, arranged
from cport_desktop.matching.likeness_trees import LikenessTrees, Pairs
from cport_desktop.matching.new_likenesses import Picture, enough_of_pictures, of_pictures
from cport_desktop.matching.pdq_index import PdqIndex
from tests.likeness_builders import a_digest, with_bits


def columns(found: list[tuple[int, int, int, int]]) -> Pairs:
    content, near, bits, turn = np.array(found, np.int64).reshape(-1, 4).T
    return Pairs(content, near, bits, turn)


def likenesses(pairs: Pairs) -> list[Likeness]:
    rows = zip(pairs.content, pairs.near, pairs.distance, pairs.turn, strict=True)
    return [
        Likeness(int(content), int(near), Because.PDQ_TURNED if turn else Because.PDQ, int(bits),
                 TURNS[turn])
        for content, near, bits, turn in rows
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_stacks_are_the_same_by_what_is_kept_in_however_many_lots_it_came(seed: int) -> None:
    dice = random.Random(seed)
    marks = {
        one: dice.choice("ab") for one in range(1, 31) if dice.random() < dice.choice((0, 0.4))
    }
    found = []
    for _ in range(dice.randint(1, 400)):
        near, content = sorted(dice.sample(range(1, 31), 2))
        found.append((content, near, dice.choice((0, 1, 5, 30, 31)), dice.randrange(8)))
    trees = LikenessTrees(marks)
    for at in range(0, len(found), 20):
        trees.add(columns(found[at : at + 20]))
        if dice.random() < 0.5:
            trees.kept()
    kept = likenesses(trees.kept())

    said = {one: marks.get(one) for one in range(1, 31)}
    assert arranged(said, kept) == arranged(said, likenesses(columns(found)))
    assert len(kept) < 2 * len(said)


def crowd(count: int) -> list[Picture]:
    """Contents that are nearly the same, many of them to the bit, and some that are like nothing."""
    dice, middle = random.Random(7), a_digest(1)
    pictures: list[Picture] = []
    for number in range(1, count + 1):
        digest = with_bits(middle, *dice.sample(range(256), dice.choice((0, 0, 2, 9))))
        pictures.append((number, a_digest(number + 9) if number % 10 == 0 else digest, None))
    return pictures


def test_of_a_crowd_of_near_duplicates_no_more_is_kept_than_there_are() -> None:
    pictures = crowd(240)
    index = PdqIndex()
    digests = np.frombuffer(b"".join(pdq for _, pdq, _ in pictures), np.uint8).reshape(-1, 32)
    index.add(np.array([number for number, *_ in pictures]), digests)
    plain = of_pictures(index, pictures)
    assert len(plain) > 50 * len(pictures)

    for marks in ({}, {3: "a", 4: "a", 5: "b", 120: "b"}):
        kept = enough_of_pictures(index, pictures, marks)
        one_by_one = [like for p in pictures for like in enough_of_pictures(index, [p], marks)]
        said = {number: marks.get(number) for number, *_ in pictures}
        assert len(kept) < 2 * len(pictures)
        assert arranged(said, kept) == arranged(said, plain) == arranged(said, one_by_one)
