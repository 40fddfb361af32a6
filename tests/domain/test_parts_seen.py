"""Which parts were seen is told in few numbers, and never less than was seen."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.domain.parts_seen import JOINED_MS, MOST_PARTS, PartsSeen

FRAMES = st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 2_000)), max_size=60)


def parts_of(*seen: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    made = PartsSeen()
    for start, end in seen:
        made.add(start, end)
    return made.parts


def test_frames_one_behind_the_other_are_one_part() -> None:
    assert parts_of(*((at, at + 50) for at in range(0, 1000, 50))) == ((0, 1000),)


def test_what_was_skipped_lies_between_parts() -> None:
    assert parts_of((5000, 5050), (0, 50), (100, 150)) == ((0, 150), (5000, 5050))


def test_what_joins_two_parts_makes_them_one() -> None:
    assert parts_of((0, 50), (2500, 2550), (900, 1600)) == ((0, 2550),)


@given(FRAMES)
def test_every_frame_lies_in_a_part_and_parts_are_few_and_apart(
    frames: list[tuple[int, int]],
) -> None:
    seen = [(at, at + lasts) for at, lasts in frames]
    parts = parts_of(*seen)
    assert len(parts) <= MOST_PARTS
    for start, end in seen:
        assert any(part[0] <= start and end <= part[1] for part in parts)
    for before, after in pairwise(parts):
        assert after[0] - before[1] > JOINED_MS
    ends = {moment for part in seen for moment in part}
    assert {moment for part in parts for moment in part} <= ends
