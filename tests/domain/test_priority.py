"""The order of the queue: by points, then by age; and every rule can be set by its own name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.priority import BORN_WITH, Candidate, Met, PriorityRule, in_order
from cport_desktop.domain.unit_rule import PRIORITIES
from cport_desktop.words import unit_rules as words

SPRING = datetime(2026, 3, 1, tzinfo=UTC)
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        st.integers(1, 10**6).map(ReportId),
        st.integers(0, 3).map(lambda days: SPRING + timedelta(days=days)),
        st.sets(st.sampled_from(PriorityRule)).map(lambda rules: tuple(map(Met, sorted(rules)))),
    ),
    unique_by=lambda one: one.report_id,
    max_size=30,
)
POINTS = st.fixed_dictionaries({rule: st.integers(0, 5) for rule in PriorityRule})


@given(CANDIDATES, POINTS)
def test_the_order_is_by_points_and_age_and_the_same_however_they_are_met(
    some: list[Candidate], points: dict[PriorityRule, int]
) -> None:
    shuffled = sorted(some, key=lambda one: one.report_id % 7)
    queue = in_order(some, points, limit=10)
    ages = {one.report_id: one.since for one in some}

    assert queue == in_order(shuffled, points, limit=10)
    assert len(queue) == min(10, len(some))
    keys = [(-place.points, ages[place.report_id], place.report_id) for place in queue]
    assert keys == sorted(keys)
    for place in queue:
        assert place.points == sum(reason.points for reason in place.reasons)
        assert all(reason.points for reason in place.reasons)


def test_a_rule_without_points_gives_no_reason() -> None:
    both = (Met(PriorityRule.FRESH), Met(PriorityRule.KNOWN))
    (place,) = in_order(
        [Candidate(ReportId(1), SPRING, both)], {**BORN_WITH, PriorityRule.FRESH: 0}, limit=1
    )

    assert [reason.met.rule for reason in place.reasons] == [PriorityRule.KNOWN]


def test_every_rule_has_points_a_name_and_words() -> None:
    assert set(BORN_WITH) == set(PriorityRule) == set(PRIORITIES.values())
    assert {name.value for name in PRIORITIES} <= set(words.ABOUT) & set(words.NAMES)
