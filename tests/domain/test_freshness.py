"""How fresh something is follows from the portal's word, and from a clock that is believed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cport_desktop.domain.freshness import Grade, Hearing, Limits, freshness_of
from cport_desktop.domain.retention import ClockDoubt

LIMITS = Limits(timedelta(days=7), timedelta(days=31))
SAID = datetime(2026, 5, 17, 12, tzinfo=UTC)
CARRIED = Hearing(SAID, SAID, SAID + timedelta(days=3), "courier")
"""What the portal said was carried for three days."""


@pytest.mark.parametrize(
    ("days", "grade"),
    [(3, Grade.FRESH), (6, Grade.FRESH), (7, Grade.AGEING), (30, Grade.AGEING), (31, Grade.OLD)],
)
def test_age_counts_from_when_the_portal_said_it_not_from_when_it_came(
    days: int, grade: Grade
) -> None:
    found = freshness_of(CARRIED, now=SAID + timedelta(days=days), limits=LIMITS)

    assert (found.grade, found.age) == (grade, timedelta(days=days))
    assert (found.as_of, found.heard_at, found.road) == (SAID, CARRIED.heard_at, "courier")
    assert found.doubt is None


def test_a_clock_behind_what_the_portal_signed_is_noticed_and_no_age_is_made_up() -> None:
    heard = replace(CARRIED, issued_at=SAID + timedelta(days=9))
    found = freshness_of(heard, now=SAID + timedelta(days=8), limits=LIMITS)
    assert (found.grade, found.age) == (Grade.UNKNOWN, None)
    assert found.doubt is ClockDoubt.BEHIND_PORTAL


def test_a_clock_behind_what_we_wrote_ourselves_is_noticed() -> None:
    found = freshness_of(CARRIED, now=SAID + timedelta(days=1), limits=LIMITS)
    assert (found.grade, found.doubt) == (Grade.UNKNOWN, ClockDoubt.BEHIND_LOG)


def test_two_honest_clocks_may_differ_by_minutes() -> None:
    heard = Hearing(SAID, SAID, SAID - timedelta(minutes=2), "https")
    found = freshness_of(heard, now=SAID - timedelta(minutes=2), limits=LIMITS)
    assert (found.grade, found.age) == (Grade.FRESH, timedelta(0))


def test_nothing_heard_and_not_all_heard_are_told_apart() -> None:
    never = Hearing(None, None, None, None)
    partial = Hearing(None, SAID, None, None)
    assert freshness_of(never, now=SAID, limits=LIMITS).grade is Grade.NEVER
    assert freshness_of(partial, now=SAID, limits=LIMITS).grade is Grade.PARTIAL
