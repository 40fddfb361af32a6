"""What is counted of a look, and what is not believed of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.domain.exposure import (
    KEPT_MINUTES,
    SLACK,
    Avoided,
    DayLedger,
    GivenSum,
    Look,
    minute_of,
    rounded_sum,
    week_named,
    week_of,
    with_avoided,
    with_look,
)
from cport_desktop.formats.exposure_record import parse_day, print_day
from cport_desktop.vault.exposure_book import ROW_SIZE
from cport_desktop.vault.personal_sealing import LENGTH_SIZE

NOON = datetime(2026, 5, 17, 12, 0, tzinfo=UTC)
DAY = DayLedger(NOON.date())


def a_look(seconds: float, level: str = "grey", *, sound: bool = False) -> Look:
    return Look(level, seconds, granted=600.0, with_sound=sound)


def test_seconds_and_looks_are_told_apart_by_level_and_sound() -> None:
    day = DAY
    for look in (a_look(2), a_look(3), a_look(4, "full"), a_look(5, "full", sound=True)):
        day = with_look(day, look, ended_at=NOON)
    told = {(each.level, each.with_sound): (each.seconds, each.looks) for each in day.looked}
    assert told == {("grey", False): (5, 2), ("full", False): (4, 1), ("full", True): (5, 1)}
    assert (day.seconds, day.looks) == (14, 4)


def test_what_was_only_heard_is_counted_by_itself_and_is_no_look() -> None:
    day = with_look(DAY, a_look(30, "sound", sound=True), ended_at=NOON)
    assert (day.seconds, day.looks, day.minutes) == (0, 0, ())
    assert day.looked[0].seconds == 30


@pytest.mark.parametrize(
    ("seconds", "counted"),
    [(4.0, 4.0), (6.5, 6.5), (8 * 3600.0, 6.0 + SLACK), (-3.0, 0.0)],
)
def test_no_look_is_longer_than_it_was_allowed_to_be(seconds: float, counted: float) -> None:
    """A machine that slept over a picture does not count the night; a clock set back takes nothing."""
    day = with_look(DAY, Look("grey", seconds, granted=6.0), ended_at=NOON)
    assert day.seconds == pytest.approx(counted)
    assert sum(minute.seconds for minute in day.minutes) == pytest.approx(counted)


def test_a_long_look_lies_in_the_minutes_in_which_it_was() -> None:
    day = with_look(DAY, a_look(100), ended_at=NOON + timedelta(seconds=10))
    here = minute_of(NOON)
    told = {minute.number - here: minute.seconds for minute in day.minutes}
    assert told == {0: 10, -1: 60, -2: 30}


def test_views_avoided_are_counted_by_why() -> None:
    day = with_avoided(with_avoided(DAY, Avoided.STACK, 7), Avoided.LISTED, 2)
    day = with_avoided(day, Avoided.STACK, 3)
    assert {each.why: each.count for each in day.avoided} == {Avoided.LISTED: 2, Avoided.STACK: 10}
    assert day.views_avoided == 12


@given(
    st.lists(
        st.tuples(
            st.integers(0, 86_399),
            st.floats(0, 700, allow_nan=False),
            st.sampled_from(["blurred", "small", "grey", "full", "sound"]),
            st.booleans(),
        ),
        max_size=60,
    )
)
def test_a_day_comes_back_as_it_was_kept(looks: list[tuple[int, float, str, bool]]) -> None:
    day = DAY
    for second, seconds, level, sound in sorted(looks):
        ended = datetime(2026, 5, 17, tzinfo=UTC) + timedelta(seconds=second)
        day = with_look(day, a_look(seconds, level, sound=sound), ended_at=ended)
    back = parse_day(print_day(day))
    assert back is not None
    assert back.minutes == day.minutes
    assert back.looks == day.looks
    assert back.seconds == pytest.approx(day.seconds, abs=1)


def test_the_fullest_day_fits_into_its_row() -> None:
    day = DAY
    for number in range(24 * 60):
        for level in ("blurred", "small", "grey", "full", "sound"):
            for sound in (False, True):
                ended = datetime(2026, 5, 17, tzinfo=UTC) + timedelta(minutes=number, seconds=59.9)
                day = with_look(day, a_look(59.9, level, sound=sound), ended_at=ended)
    for why in Avoided:
        day = with_avoided(day, why, 10**8)
    assert len(day.minutes) == KEPT_MINUTES
    assert len(print_day(day)) + LENGTH_SIZE < ROW_SIZE


@pytest.mark.parametrize("stored", [b"", b"{}", b'{"day":"x"}', b"[1]", b"\xff"])
def test_what_is_no_day_is_none(stored: bytes) -> None:
    assert parse_day(stored) is None


def test_a_week_has_its_name_its_days_and_its_end() -> None:
    week = week_of(date(2026, 5, 17))
    assert week.name == "2026-W20"
    assert (week.days[0], week.days[-1]) == (date(2026, 5, 11), date(2026, 5, 17))
    assert week_named("2026-w20") == week
    assert (week.is_over(date(2026, 5, 17)), week.is_over(date(2026, 5, 18))) == (False, True)


@pytest.mark.parametrize(
    "name", ["", "2026", "2026-W", "2026-W54", "2026-W0", "9999999-W1", "x-W1"]
)
def test_what_names_no_week_is_none(name: str) -> None:
    assert week_named(name) is None


@pytest.mark.parametrize(
    ("seconds", "views", "given"),
    [(0, 0, (0, 0)), (149, 4, (0, 0)), (151, 6, (300, 10)), (3_600, 1_234, (3_600, 1_230))],
)
def test_what_is_given_is_rounded(seconds: int, views: int, given: tuple[int, int]) -> None:
    day = DAY
    for _ in range(seconds // 600):
        day = with_look(day, a_look(600), ended_at=NOON)
    day = with_look(day, a_look(seconds % 600), ended_at=NOON)
    assert rounded_sum([with_avoided(day, Avoided.LISTED, views)]) == GivenSum(*given)
