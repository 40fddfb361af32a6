"""When a report's time has come, and when a clock is no ground to say so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.retention import (
    VOUCHED_FOR,
    ClockDoubt,
    RetentionFacts,
    RetentionPeriod,
    Scope,
    Standing,
    doubt_about,
    is_confirmed,
    judge,
    unknown_periods,
)
from tests.builders import NOON

RECEIVED = RetentionPeriod("received", 365, "6.1")
WITHDRAWN = RetentionPeriod("withdrawn", 30, "6.2")
LATER_WORD = RetentionPeriod("merged", 1, "6.9")
FACTS = RetentionFacts(ReportId(17), received_at=NOON, updated_at=NOON)


def days(number: int) -> timedelta:
    return timedelta(days=number)


def test_a_report_is_due_when_its_period_has_ended_and_the_clause_is_named() -> None:
    before = judge(FACTS, [RECEIVED], now=NOON + days(365) - timedelta(microseconds=1))
    after = judge(FACTS, [RECEIVED], now=NOON + days(365))

    assert (before.standing, before.ends_at) == (Standing.LATER, NOON + days(365))
    assert (after.standing, after.period) == (Standing.DUE, RECEIVED)


def test_of_several_periods_the_one_that_ends_first_counts() -> None:
    taken_back = replace(FACTS, withdrawn_at=NOON + days(10))

    verdict = judge(taken_back, [RECEIVED, WITHDRAWN], now=NOON + days(41))

    assert (verdict.standing, verdict.period) == (Standing.DUE, WITHDRAWN)


def test_a_period_for_other_reports_says_nothing_of_this_one() -> None:
    assert judge(FACTS, [WITHDRAWN], now=NOON + days(4000)).standing is Standing.UNLIMITED


@pytest.mark.parametrize(
    ("scope", "moment"),
    [
        (Scope.UPDATED, {"updated_at": NOON + days(1)}),
        (Scope.WITHDRAWN, {"withdrawn_at": NOON + days(1)}),
        (Scope.NOT_ILLEGAL, {"found_not_illegal_at": NOON + days(1)}),
        (Scope.CLOSED, {"closed_at": NOON + days(1)}),
    ],
)
def test_each_scope_counts_from_its_own_moment(scope: Scope, moment: dict[str, datetime]) -> None:
    facts = replace(FACTS, **moment)  # type: ignore[arg-type]

    verdict = judge(facts, [RetentionPeriod(scope.value, 5, "1")], now=NOON)

    assert verdict.ends_at == NOON + days(6)


def test_a_scope_of_a_later_version_erases_nothing_and_is_named() -> None:
    assert judge(FACTS, [LATER_WORD], now=NOON + days(9999)).standing is Standing.UNLIMITED
    assert unknown_periods([RECEIVED, LATER_WORD]) == (LATER_WORD,)


def test_what_is_held_or_waits_for_the_portal_is_not_due() -> None:
    late = NOON + days(400)

    held = judge(replace(FACTS, is_held=True, unsettled=2), [RECEIVED], now=late)
    waiting = judge(replace(FACTS, unsettled=1), [RECEIVED], now=late)

    assert (held.standing, held.period) == (Standing.HELD, RECEIVED)
    assert waiting.standing is Standing.UNSETTLED


def test_a_period_that_ends_in_no_calendar_never_ends() -> None:
    facts = replace(FACTS, received_at=datetime.max.replace(tzinfo=NOON.tzinfo))

    assert judge(facts, [RECEIVED], now=NOON).standing is Standing.UNLIMITED


@given(
    now=st.integers(-5000, 5000),
    periods=st.lists(
        st.builds(
            RetentionPeriod,
            st.sampled_from(["received", "updated", "withdrawn", "closed", "merged"]),
            st.integers(1, 3000),
            st.just("1"),
        )
    ),
    withdrawn=st.none() | st.integers(0, 50),
)
def test_nothing_is_due_before_its_earliest_known_period_has_ended(
    now: int, periods: list[RetentionPeriod], withdrawn: int | None
) -> None:
    facts = replace(FACTS, withdrawn_at=None if withdrawn is None else NOON + days(withdrawn))
    starts = {"received": 0, "updated": 0, "withdrawn": withdrawn}
    ends = [s + p.days for p in periods if (s := starts.get(p.scope)) is not None]

    verdict = judge(facts, periods, now=NOON + days(now))

    assert (verdict.standing is Standing.DUE) == bool(ends and min(ends) <= now)


@pytest.mark.parametrize(
    ("now", "doubt"),
    [
        (NOON, None),
        (NOON + VOUCHED_FOR, None),
        (NOON - timedelta(hours=1), ClockDoubt.BEHIND_PORTAL),
        (NOON - days(3653), ClockDoubt.BEHIND_PORTAL),
        (NOON + VOUCHED_FOR + timedelta(seconds=1), ClockDoubt.NOT_VOUCHED),
        (NOON + days(3653), ClockDoubt.NOT_VOUCHED),
    ],
)
def test_a_clock_is_believed_near_the_portals_signed_time_only(
    now: datetime, doubt: ClockDoubt | None
) -> None:
    assert doubt_about(now, portal_said=NOON, newest_entry=NOON - days(1)) is doubt


def test_a_clock_that_went_back_behind_the_vaults_own_log_is_not_believed() -> None:
    later = NOON + days(2)

    assert doubt_about(NOON, portal_said=NOON, newest_entry=later) is ClockDoubt.BEHIND_LOG


def test_a_clock_that_nobody_vouched_for_is_not_believed() -> None:
    assert doubt_about(NOON, portal_said=None, newest_entry=None) is ClockDoubt.NOT_VOUCHED


def test_a_person_confirms_the_clocks_date_and_cannot_set_another() -> None:
    assert is_confirmed(NOON, date(2026, 5, 17))
    assert is_confirmed(NOON, date(2026, 5, 18))
    assert not is_confirmed(NOON, date(2026, 5, 19))
    assert not is_confirmed(NOON, date(2036, 5, 17))
    assert not is_confirmed(NOON, None)
