"""Where a film stands, by a clock of the test's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.ui.playing_pace import SHORTEST_LOOP_MS, SPEEDS, Playhead


@pytest.fixture
def head() -> Playhead:
    made = Playhead()
    made.aim(10_000)
    return made


def test_it_rests_until_it_runs_and_stays_where_it_comes_to_rest(head: Playhead) -> None:
    assert head.position(100.0) == 0
    head.run(100.0)
    assert head.position(102.5) == 2_500
    head.rest(103.0)
    assert head.position(999.0) == 3_000


@pytest.mark.parametrize("steps", [-5, -2, -1, 0, 1, 2, 5])
def test_it_runs_at_its_speed_from_where_it_was(head: Playhead, steps: int) -> None:
    head.run(0.0)
    head.change_speed(steps, 2.0)
    assert head.speed in SPEEDS
    assert head.position(3.0) == round(2_000 + 1_000 * head.speed)
    slowest, fastest = SPEEDS[0], SPEEDS[-1]
    assert (slowest, fastest) == (0.25, 4.0)


def test_it_ends_at_its_length(head: Playhead) -> None:
    head.run(0.0)
    assert not head.is_at_end(9.9)
    assert head.is_at_end(10.0)
    assert head.position(60.0) == 10_000


def test_without_a_stated_length_it_goes_on(head: Playhead) -> None:
    head.aim(0)
    head.run(0.0)
    assert head.position(60.0) == 60_000
    assert not head.is_at_end(60.0)


def test_between_two_marks_it_is_at_its_end_at_the_second(head: Playhead) -> None:
    head.seek(1_000, 0.0)
    head.mark_begin(0.0)
    assert not head.repeats
    head.run(0.0)
    head.mark_end(2.0)
    assert (head.begin_ms, head.end_ms, head.repeats) == (1_000, 3_000, True)
    assert head.is_at_end(2.0)
    head.unmark()
    assert not head.is_at_end(2.0)


def test_the_end_alone_repeats_from_the_beginning(head: Playhead) -> None:
    head.seek(4_000, 0.0)
    head.mark_end(0.0)
    assert (head.begin_ms, head.end_ms) == (0, 4_000)


def test_marks_too_near_each_other_or_in_the_wrong_order_repeat_nothing(head: Playhead) -> None:
    head.seek(4_000, 0.0)
    head.mark_begin(0.0)
    head.seek(4_000 + SHORTEST_LOOP_MS - 1, 0.0)
    head.mark_end(0.0)
    assert not head.repeats
    head.seek(4_000, 0.0)
    head.mark_end(0.0)
    head.seek(5_000, 0.0)
    head.mark_begin(0.0)
    assert (head.begin_ms, head.repeats) == (5_000, False)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["run", "rest", "seek", "speed", "begin", "end", "unmark"]),
        st.integers(-3_000, 30_000),
        st.floats(0, 5),
    ),
    max_size=30,
)


@given(ACTS)
def test_whatever_is_done_it_stands_within_its_length(
    acts: list[tuple[str, int, float]],
) -> None:
    head, now = Playhead(), 0.0
    head.aim(10_000)
    for act, number, waited in acts:
        now += waited
        match act:
            case "run":
                head.run(now)
            case "rest":
                head.rest(now)
            case "seek":
                head.seek(number, now)
            case "speed":
                head.change_speed(number % 7 - 3, now)
            case "begin":
                head.mark_begin(now)
            case "end":
                head.mark_end(now)
            case _:
                head.unmark()
        assert 0 <= head.position(now) <= 10_000
        if head.begin_ms is not None and head.end_ms is not None:
            assert head.end_ms - head.begin_ms >= SHORTEST_LOOP_MS
