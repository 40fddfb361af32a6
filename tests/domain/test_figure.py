"""Bars of figures: the days that a calendar has, none left out, and never more than can be looked at."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.domain.figure import (
    MOST_BARS,
    SPANS,
    Bar,
    Step,
    by_span,
    median,
    most_frequent,
    over_time,
    with_condition,
)
from cport_desktop.domain.query_language import parse
from cport_desktop.domain.query_times import parse_span
from tests.report_builders import the_taxonomy

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
EPOCH = date(1970, 1, 1)


def number(day: str) -> int:
    return (date.fromisoformat(day) - EPOCH).days


def shown(days: dict[int, int], step: Step) -> list[tuple[str, int]]:
    return [(bar.value, bar.count) for bar in over_time(days, step, now=NOW)]


def test_nothing_has_no_bar() -> None:
    assert over_time({}, Step.DAY, now=NOW) == ()
    assert by_span({}) == ()
    assert median({}) is None


def test_what_lies_between_two_days_is_there_without_reports() -> None:
    days = {number("2026-02-27"): 2, number("2026-03-02"): 1}

    assert shown(days, Step.DAY) == [
        ("2026-02-27", 2),
        ("2026-02-28", 0),
        ("2026-03-01", 0),
        ("2026-03-02", 1),
    ]
    assert shown(days, Step.WEEK) == [("2026-02-23", 2), ("2026-03-02", 1)]
    assert shown(days, Step.MONTH) == [("2026-02-01", 2), ("2026-03-01", 1)]


def test_what_the_clock_of_another_dates_ahead_pushes_nothing_out() -> None:
    days = {number("2026-03-30"): 1, number("2026-03-31"): 1, number("2191-01-01"): 1}

    assert shown(days, Step.DAY) == [("2026-03-30", 1), ("2026-03-31", 1)]
    assert shown({number("2191-01-01"): 1}, Step.MONTH) == [("2191-01-01", 1)]


@given(
    st.dictionaries(st.integers(-10, 60_000), st.integers(1, 9), max_size=30),
    st.sampled_from(list(Step)),
)
def test_each_bar_counts_what_its_own_query_would_find(days: dict[int, int], step: Step) -> None:
    bars = over_time(days, step, now=NOW)

    assert len(bars) <= MOST_BARS
    for bar in bars:
        span = parse_span(bar.condition.removeprefix("received:"), NOW)
        assert span is not None
        assert span.start is not None
        assert span.end is not None
        within = Counter(
            {
                day: count
                for day, count in days.items()
                if span.start.date() <= EPOCH + timedelta(days=max(0, day)) < span.end.date()
            }
        )
        assert bar.count == within.total()


@given(st.dictionaries(st.integers(-3, 400), st.integers(1, 9), min_size=1))
def test_every_removal_is_in_one_span_and_half_of_them_came_by_the_median(
    days: dict[int, int],
) -> None:
    bars = by_span(days)
    middle = median(days)

    assert sum(bar.count for bar in bars) == sum(days.values())
    assert len(bars) == len(SPANS)
    each = sorted(Counter(days).elements())
    assert middle == each[(len(each) - 1) // 2]


def test_spans_say_their_days() -> None:
    bars = by_span({-1: 1, 0: 1, 2: 1, 6: 1, 90: 1, 4_000: 1})

    assert [(bar.value, bar.count) for bar in bars] == [
        ("0", 2),
        ("1", 0),
        ("2", 1),
        ("3-6", 1),
        ("7-13", 0),
        ("14-29", 0),
        ("30-59", 0),
        ("60-89", 0),
        ("90-", 2),
    ]


def test_the_longest_come_first_and_the_rest_is_left_out() -> None:
    bars = [Bar(f"{each:04}", each % 7) for each in range(MOST_BARS + 50)]

    found = most_frequent(bars)

    assert len(found) == MOST_BARS
    assert [bar.count for bar in found] == sorted((bar.count for bar in bars), reverse=True)[
        :MOST_BARS
    ]


@pytest.mark.parametrize(
    ("asked", "condition", "whole"),
    [
        ("", "host:NL", "host:NL"),
        ("  ", "", ""),
        ("half", "", "half"),
        ("half OR tenth", "host:NL", "(half OR tenth) host:NL"),
    ],
)
def test_a_bar_leads_to_a_query_that_parses(asked: str, condition: str, whole: str) -> None:
    assert with_condition(asked, condition) == whole
    parse(whole, taxonomy=the_taxonomy(), now=NOW)
