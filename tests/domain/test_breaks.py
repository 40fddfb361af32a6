"""When a break is due, when it is over, and whose figures count."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cport_desktop.domain.breaks import (
    PUT_OFF,
    BreakFigures,
    Due,
    OwnFigures,
    Standing,
    in_force,
    looser_than,
    out_of_bounds,
    standing,
)
from cport_desktop.domain.exposure import DayLedger, Look, minute_of, with_look

NOON = datetime(2026, 5, 17, 12, 0, tzinfo=UTC)
FIGURES = BreakFigures(after=10, within=60, pause=5)
DAY = DayLedger(NOON.date())
NEVER = DayLedger(NOON.date() - timedelta(days=1))


def looked(minutes: int, *, until: datetime = NOON, day: DayLedger = DAY) -> DayLedger:
    """So many minutes on end, all of them looked."""
    for number in reversed(range(minutes)):
        ended = until - timedelta(minutes=number)
        day = with_look(day, Look("grey", 60, granted=60), ended_at=ended)
    return day


def stands(
    day: DayLedger, *, after: timedelta = timedelta(), figures: BreakFigures = FIGURES
) -> Standing:
    return standing(figures, today=day, before=NEVER, now=NOON + after)


@pytest.mark.parametrize(("minutes", "due"), [(0, None), (9, None), (10, Due.BREAK)])
def test_a_break_is_due_after_so_many_minutes_looked(minutes: int, due: Due | None) -> None:
    found = stands(looked(minutes))
    assert (found.due, found.stretch) == (due, minutes * 60)


def test_it_is_over_when_it_lasted_and_not_before() -> None:
    day = looked(10)
    found = stands(day)
    assert found.until is not None
    before = standing(FIGURES, today=day, before=NEVER, now=found.until - timedelta(seconds=1))
    behind = standing(FIGURES, today=day, before=NEVER, now=found.until)
    assert (before.due, behind.due) == (Due.BREAK, None)
    assert timedelta(minutes=5) <= found.until - NOON <= timedelta(minutes=6)


def test_a_shorter_rest_is_no_break() -> None:
    day = looked(6, until=NOON - timedelta(minutes=9))
    assert stands(looked(5, day=day)).due is Due.BREAK


def test_looking_longer_ago_than_the_window_does_not_count() -> None:
    day = DAY
    for number in range(10):
        ended = NOON - timedelta(minutes=3 * number)
        day = with_look(day, Look("grey", 60, granted=60), ended_at=ended)
    assert stands(day).due is Due.BREAK
    assert stands(day, figures=BreakFigures(10, 15, 5)).due is None


def test_looking_before_midnight_counts_towards_the_next_break() -> None:
    midnight = datetime(2026, 5, 18, tzinfo=UTC)
    before = looked(8, until=midnight, day=DAY)
    today = looked(3, until=midnight + timedelta(minutes=3), day=DayLedger(midnight.date()))
    now = midnight + timedelta(minutes=3)
    assert standing(FIGURES, today=today, before=before, now=now).due is Due.BREAK
    assert standing(FIGURES, today=today, before=NEVER, now=now).due is None


def test_minutes_that_a_clock_set_back_put_in_the_future_do_not_count() -> None:
    assert stands(looked(10), after=-timedelta(hours=2)).due is None


def test_a_machine_that_slept_has_had_its_break() -> None:
    assert stands(looked(10), after=timedelta(hours=8)).due is None


def test_the_days_cap_counts_all_of_the_day() -> None:
    figures = BreakFigures(after=60, within=60, pause=5, day_cap=12)
    day = looked(6, until=NOON - timedelta(hours=3))
    assert stands(looked(5, day=day), figures=figures).due is None
    found = stands(looked(6, day=day), figures=figures)
    assert (found.due, found.until, found.day) == (Due.DAY_END, None, 720)


def test_what_is_due_can_be_put_off_once() -> None:
    day = looked(10)
    assert stands(day).can_put_off
    off = replace(day, break_put_off=minute_of(NOON))
    assert (stands(off).is_asked_for, stands(off).can_put_off) == (False, False)
    went_on = looked(PUT_OFF, until=NOON + timedelta(minutes=PUT_OFF), day=off)
    later = stands(went_on, after=timedelta(minutes=PUT_OFF))
    assert (later.is_asked_for, later.can_put_off) == (True, False)
    rested = looked(10, until=NOON + timedelta(minutes=60), day=went_on)
    assert stands(rested, after=timedelta(minutes=60)).can_put_off


def test_nothing_is_forbidden_unless_the_figures_bind() -> None:
    day = looked(10)
    binding = replace(FIGURES, is_binding=True)
    assert not stands(day).forbids_looks
    assert stands(day, figures=binding).forbids_looks
    off = replace(day, break_put_off=minute_of(NOON))
    assert not stands(off, figures=binding).forbids_looks


@pytest.mark.parametrize(
    ("own", "counts"),
    [
        (OwnFigures(), (20, 10, 90)),
        (OwnFigures(after=10, pause=15, day_cap=60), (10, 15, 60)),
        (OwnFigures(after=60, pause=1, day_cap=0), (60, 1, 0)),
    ],
)
def test_ones_own_figures_count_where_the_units_do_not_bind(
    own: OwnFigures, counts: tuple[int, int, int]
) -> None:
    found = in_force(BreakFigures(20, 60, 10, 90), own)
    assert (found.after, found.pause, found.day_cap) == counts
    assert looser_than(BreakFigures(20, 60, 10, 90), own) is None


@pytest.mark.parametrize(
    ("own", "counts", "looser"),
    [
        (OwnFigures(after=10, pause=15, day_cap=60), (10, 15, 60), None),
        (OwnFigures(after=60), (20, 10, 90), "after"),
        (OwnFigures(pause=1), (20, 10, 90), "pause"),
        (OwnFigures(day_cap=120), (20, 10, 90), "day_cap"),
        (OwnFigures(day_cap=0), (20, 10, 90), "day_cap"),
    ],
)
def test_nothing_looser_than_a_binding_figure_counts(
    own: OwnFigures, counts: tuple[int, int, int], looser: str | None
) -> None:
    unit = BreakFigures(20, 60, 10, 90, is_binding=True)
    found = in_force(unit, own)
    assert (found.after, found.pause, found.day_cap) == counts
    assert looser_than(unit, own) == looser


def test_a_cap_of_ones_own_stands_where_a_binding_unit_has_none() -> None:
    unit = BreakFigures(20, 60, 10, 0, is_binding=True)
    assert in_force(unit, OwnFigures(day_cap=60)).day_cap == 60
    assert looser_than(unit, OwnFigures(day_cap=60)) is None


def test_a_window_is_never_shorter_than_the_looking_that_it_is_to_hold() -> None:
    figures = in_force(BreakFigures(after=20, within=15, pause=5), OwnFigures())
    assert stands(looked(20), figures=figures).due is Due.BREAK
    assert in_force(FIGURES, OwnFigures(after=90)).within == 90


@pytest.mark.parametrize(
    ("own", "name"),
    [
        (OwnFigures(after=0), "after"),
        (OwnFigures(after=241), "after"),
        (OwnFigures(pause=0), "pause"),
        (OwnFigures(day_cap=1_441), "day_cap"),
        (OwnFigures(after=1, pause=240, day_cap=0), None),
    ],
)
def test_figures_that_no_rule_can_apply_are_named(own: OwnFigures, name: str | None) -> None:
    assert out_of_bounds(own) == name
