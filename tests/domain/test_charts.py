"""Pictures of nothing, of one and of many things: all that is drawn lies on the paper, and is the same again."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.domain.bar_chart import MOST_LYING, Bars, Paper, levels, lying, standing
from cport_desktop.domain.case import MomentKind
from cport_desktop.domain.drawing import Box, Disc, Drawing, Label, Shape, Stroke, shortened_to
from cport_desktop.domain.link_chart import Seat, Sides, linked
from cport_desktop.domain.time_chart import LANES, Lanes, along_time, lane_of, marks, ticks

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TOKYO, LIMA = (timezone(timedelta(hours=hours)) for hours in (9, -5))
NAMES = Lanes([f"Lane {lane}" for lane in LANES])


def measure(text: str, size: float) -> float:
    return len(text) * size * 0.6


def paper(width: float = 640, height: float = 300) -> Paper:
    return Paper(width, height, measure)


def bars(numbers: list[int], chosen: int | None = None) -> Bars:
    return Bars(
        [f"n{at}" for at in range(len(numbers))], numbers, [str(n) for n in numbers], chosen
    )


def points(drawing: Drawing) -> list[tuple[float, float]]:
    """Corners of everything that is drawn."""
    found: list[tuple[float, float]] = []
    for part in drawing.parts:
        match part:
            case Box(x, y, width, height):
                found += [(x, y), (x + width, y + height)]
            case Stroke(ends) | Shape(ends):
                found += list(ends)
            case Disc(x, y, radius):
                found += [(x - radius, y - radius), (x + radius, y + radius)]
            case Label(x, y):
                found.append((x, y))
    return found


def lies_on_paper(drawing: Drawing, *, beyond: float = 6.0) -> bool:
    return all(
        -beyond <= x <= drawing.width + beyond and -beyond <= y <= drawing.height + beyond
        for x, y in points(drawing)
    )


def lengths(drawing: Drawing, *, is_lying: bool) -> list[float]:
    boxes = [p for p in drawing.parts if isinstance(p, Box) and p.item is not None and p.fill]
    return [box.width if is_lying else box.height for box in boxes]


NUMBERS = st.lists(st.integers(0, 10**7), max_size=60)


@given(NUMBERS, st.integers(320, 3000))
def test_bars_lie_on_the_paper_each_with_its_number(numbers: list[int], width: int) -> None:
    made = lying(bars(numbers), paper(width))

    assert lies_on_paper(made)
    shown = numbers[:MOST_LYING]
    said = [part.text for part in made.parts if isinstance(part, Label)]
    assert all(str(number) in said for number in shown)
    assert len(lengths(made, is_lying=True)) == sum(number > 0 for number in shown)


@given(NUMBERS, st.integers(320, 3000))
def test_standing_bars_lie_on_the_paper(numbers: list[int], width: int) -> None:
    marks_of = levels(max(numbers, default=0))
    made = standing(bars(numbers), paper(width), [str(mark) for mark in marks_of])

    assert lies_on_paper(made)
    high = lengths(made, is_lying=False)
    assert len(high) == sum(number > 0 for number in numbers)
    assert all(each >= 1 for each in high)


def test_twice_as_many_are_twice_as_long() -> None:
    one, two = lengths(lying(bars([100, 200]), paper()), is_lying=True)
    assert two == pytest.approx(2 * one)
    one, two = lengths(
        standing(bars([100, 200]), paper(), [str(n) for n in levels(200)]), is_lying=False
    )
    assert two == pytest.approx(2 * one)


def test_names_on_an_axis_do_not_run_into_each_other() -> None:
    made = standing(bars(list(range(400))), paper(), [str(n) for n in levels(399)])
    below = sorted(
        (part.x - measure(part.text, 12) / 2, part.x + measure(part.text, 12) / 2)
        for part in made.parts
        if isinstance(part, Label) and part.text.startswith("n")
    )

    assert len(below) > 3
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(below))


@given(st.integers(0, 10**9))
def test_the_levels_of_an_axis_are_few_and_reach_the_top(most: int) -> None:
    found = levels(most)

    assert found[0] == 0
    assert found[-1] >= most
    assert len(found) <= 7


def test_what_is_chosen_is_marked_by_more_than_colour() -> None:
    plain, chosen = lying(bars([3, 2]), paper()), lying(bars([3, 2], chosen=1), paper())

    def edges(drawing: Drawing) -> int:
        return sum(isinstance(part, Box) and part.edge is not None for part in drawing.parts)

    assert edges(chosen) == edges(plain) + 1


@given(st.lists(st.tuples(st.integers(0, 10**8), st.sampled_from(LANES)), max_size=80))
def test_every_moment_is_in_one_mark_and_marks_can_be_told_apart(
    told: list[tuple[int, str]],
) -> None:
    moments = [(NOON - timedelta(seconds=seconds), lane) for seconds, lane in told]
    found = marks(moments, 100, 600)

    assert sorted(place for mark in found for place in mark.moments) == list(range(len(moments)))
    for mark in found:
        assert {moments[place][1] for place in mark.moments} == {mark.lane}
        assert mark.first == min(moments[place][0] for place in mark.moments)
    assert lies_on_paper(along_time(moments, NAMES, paper()))


def test_a_mark_of_several_says_how_many() -> None:
    made = along_time([(NOON, "case")] * 7 + [(NOON - timedelta(days=9), "notes")], NAMES, paper())

    assert "7" in [part.text for part in made.parts if isinstance(part, Label)]


def test_a_case_without_moments_has_its_lanes() -> None:
    made = along_time([], NAMES, paper())

    assert [part.text for part in made.parts if isinstance(part, Label)] == list(NAMES.names)


@pytest.mark.parametrize("days", [0, 1, 6, 20, 100, 700, 4_000, 40_000])
def test_an_axis_has_a_few_ticks_between_its_ends(days: int) -> None:
    first = NOON - timedelta(days=days)
    found = ticks(first, NOON)

    assert len(found) <= 8
    assert all(first <= each <= NOON for each in found)
    assert days < 2 or found


@pytest.mark.parametrize(("zone", "begins"), [(UTC, 0), (TOKYO, 15), (LIMA, 5)])
@pytest.mark.parametrize("days", [4, 30, 400, 4_000])
def test_ticks_are_the_beginnings_of_days_where_moments_are_told(
    zone: tzinfo, begins: int, days: int
) -> None:
    found = ticks(NOON - timedelta(days=days), NOON, zone)

    assert found
    assert {(each.hour, each.astimezone(UTC).hour) for each in found} == {(0, begins)}


def test_days_begin_at_midnight_in_summer_and_in_winter_where_the_machine_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    try:
        found = ticks(NOON - timedelta(days=240), NOON, None)
        assert {each.hour for each in found} == {0}
        assert {each.astimezone(UTC).hour for each in found} == {22, 23}
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_tick_is_called_as_days_are() -> None:
    moments = [(NOON, "case"), (NOON - timedelta(days=3), "notes")]
    lanes = replace(NAMES, zone=TOKYO, day=lambda day: f"{day:%d.%m.}")
    made = along_time(moments, lanes, paper())

    said = [part.text for part in made.parts if isinstance(part, Label)]
    assert said[len(LANES) :] == ["19.11.", "20.11.", "21.11."]


def test_every_kind_of_moment_has_a_lane() -> None:
    assert {lane_of(kind) for kind in MomentKind} == set(LANES)


@given(st.integers(0, 40), st.integers(0, 30), st.integers(320, 2000))
def test_links_lie_on_the_paper_a_line_for_each(reports: int, things: int, width: int) -> None:
    seats = [
        Seat("H", f"host-{n}.example" * 3, tuple(range(n % 3, reports, 2))) for n in range(things)
    ]
    sides = Sides([(f"HL-{n}", n % 5) for n in range(reports)], seats, chosen=0 if seats else None)

    made = linked(sides, paper(width))

    assert lies_on_paper(made)
    lines = [part for part in made.parts if isinstance(part, Stroke)]
    assert len(lines) == sum(len(seat.reports) for seat in seats)
    assert made == linked(sides, paper(width))


def test_a_name_that_is_too_long_is_cut() -> None:
    assert shortened_to("abcdef", 1_000, 12, measure) == "abcdef"
    assert shortened_to("abcdef", measure("abc…", 12), 12, measure) == "abc…"
    assert shortened_to("abcdef", 0, 12, measure) == "…"
