"""The order of changes: every position and every report's history tell the same story."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cport_desktop.demo.dice import Dice, weighted
from cport_desktop.demo.stream import Event, Stream

seeds = st.integers(0, 2**64 - 1)


@settings(max_examples=60, deadline=None)
@given(seeds, st.integers(0, 400))
def test_positions_and_histories_agree(seed: int, reports: int) -> None:
    stream = Stream(seed, reports)
    by_position = list(stream.steps(0))
    by_history = [step for number in range(reports) for step in stream.history(number)]
    assert sorted(by_history, key=lambda step: step.position) == by_position


@given(seeds, st.integers(1, 400))
@settings(max_examples=40, deadline=None)
def test_a_report_begins_once_and_every_later_change_comes_later(seed: int, reports: int) -> None:
    stream = Stream(seed, reports)
    for number in range(reports):
        first, *later = stream.history(number)
        assert first.event is Event.NEW
        positions = [first.position, *(step.position for step in later)]
        assert positions == sorted(set(positions))
        order = list(Event)
        assert [order.index(step.event) for step in later] == sorted(
            order.index(step.event) for step in later
        )


def test_new_reports_come_in_the_order_of_their_numbers() -> None:
    numbers = [step.number for step in Stream(3, 500).steps(0) if step.event is Event.NEW]
    assert numbers == list(range(500))


def test_a_year_of_many_reports_is_mostly_new_ones_with_later_changes_among_them() -> None:
    events = Counter(step.event for step in Stream(3, 20_000).steps(0))
    later = sum(events.values()) - events[Event.NEW]
    assert events[Event.NEW] == 20_000
    assert 0.10 < later / 20_000 < 0.18
    assert min(events.values()) > 500


def test_the_same_label_throws_the_same_and_another_throws_otherwise() -> None:
    def throws(*label: int | str) -> list[int]:
        dice = Dice(*label)
        return [dice.bits() for _ in range(5)]

    assert throws(1, "report", 17) == throws(1, "report", 17)
    others = [throws(1, "report", 18), throws(2, "report", 17), throws(1, "media", 17)]
    assert len({tuple(each) for each in [*others, throws(1, "report", 17)]}) == 4


def test_throws_are_what_they_always_were() -> None:
    # Kept gateways go on with the reports that their stations already have.
    assert Dice(1, "report", 17).bits() == 3379399846119632565


@pytest.mark.parametrize(("face", "weight"), [("often", 70), ("seldom", 29), ("rare", 1)])
def test_faces_come_up_by_their_weight(face: str, weight: int) -> None:
    table = weighted([("often", 70), ("seldom", 29), ("rare", 1)])
    dice = Dice(5, "faces")
    counted = sum(dice.pick(table) == face for _ in range(20_000)) / 200
    assert abs(counted - weight) < 1.2
