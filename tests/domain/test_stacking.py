"""Stacks are the same in whatever order and in however many pieces things are found and said."""

from __future__ import annotations

import random
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.domain.likeness import Because
from cport_desktop.domain.stacking import Likeness, arranged

PAIRS = st.tuples(st.integers(1, 14), st.integers(1, 14)).filter(lambda pair: pair[0] > pair[1])
LIKENESSES = st.dictionaries(PAIRS, st.integers(0, 31), max_size=30).map(
    lambda found: [Likeness(one, other, Because.PDQ, bits) for (one, other), bits in found.items()]
)
MARKS = st.dictionaries(st.integers(1, 14), st.sampled_from(["a", "b", None]), max_size=8)


def like(content: int, near: int, bits: int = 5) -> Likeness:
    return Likeness(content, near, Because.PDQ, bits)


def stacks(stack_of: dict[int, int]) -> set[frozenset[int]]:
    found: dict[int, set[int]] = {}
    for content, stack in stack_of.items():
        found.setdefault(stack, set()).add(content)
    return {frozenset(members) for members in found.values()}


def test_what_is_connected_is_one_stack_with_the_nearest_reasons() -> None:
    made = arranged(dict.fromkeys((1, 2, 3, 4)), [like(2, 1, 9), like(3, 2, 4), like(3, 1, 6)])

    assert stacks(dict(made.stack_of)) == {frozenset({1, 2, 3}), frozenset({4})}
    assert made.stack_of[3] == 1
    assert set(made.kept) == {like(3, 2, 4), like(3, 1, 6)}


def test_what_a_person_took_apart_is_not_joined_by_what_is_between() -> None:
    marks = {1: "a", 2: "b", 3: None}
    made = arranged(marks, [like(3, 1, 9), like(3, 2, 4), like(2, 1, 0)])

    assert stacks(dict(made.stack_of)) == {frozenset({1}), frozenset({2, 3})}


def test_what_a_person_put_together_is_still_alike_for_its_own_reasons() -> None:
    marks = dict.fromkeys((1, 2, 3, 4), "a")
    made = arranged(marks, [like(2, 1, 9), like(3, 2, 4), like(3, 1, 6)])

    assert stacks(dict(made.stack_of)) == {frozenset({1, 2, 3, 4})}
    assert set(made.kept) == {like(3, 2, 4), like(3, 1, 6)}


def test_what_a_person_put_together_stays_without_any_likeness() -> None:
    made = arranged({1: "a", 2: "a", 3: None}, [])

    assert stacks(dict(made.stack_of)) == {frozenset({1, 2}), frozenset({3})}


@given(LIKENESSES, MARKS, st.integers(0, 2**32))
def test_pieces_in_any_order_come_to_what_all_at_once_comes_to(
    found: list[Likeness], said: dict[int, str | None], seed: int
) -> None:
    marks = {content: said.get(content) for content in range(1, 15)}
    at_once = arranged(marks, found)

    dice = random.Random(seed)
    dice.shuffle(found)
    kept: tuple[Likeness, ...] = ()
    while found:
        size = dice.randint(1, 4)
        some, found = found[:size], found[size:]
        kept = arranged(marks, [*kept, *some]).kept
    assert arranged(marks, kept) == at_once


@given(LIKENESSES, MARKS)
def test_marks_are_kept_and_a_stack_is_held_together_by_likenesses_that_close_no_circle(
    found: list[Likeness], said: dict[int, str | None]
) -> None:
    marks = {content: said.get(content) for content in range(1, 15)}
    made = arranged(marks, found)

    for one, other in combinations(marks, 2):
        if marks[one] is not None and marks[other] is not None:
            together = made.stack_of[one] == made.stack_of[other]
            assert together == (marks[one] == marks[other])
    parts = {content: {content} for content in marks}
    for link in made.kept:
        assert parts[link.content] is not parts[link.near]  # None of them closes a circle.
        whole = parts[link.content] | parts[link.near]
        parts.update(dict.fromkeys(whole, whole))
    for stack in set(made.stack_of.values()):
        apart = {id(parts[c]) for c, s in made.stack_of.items() if s == stack}
        by_word = sum(1 for c, s in made.stack_of.items() if s == stack and marks[c] is not None)
        assert len(apart) <= max(1, by_word)
    assert all(stack == min(c for c, s in made.stack_of.items() if s == stack)
               for stack in made.stack_of.values())  # fmt: skip
