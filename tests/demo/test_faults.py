"""Faults on request: understood, bounded, and dealt out the same each time."""

from __future__ import annotations

import pytest

from cport_desktop.demo.faults import ACCEPTED, Fate, Faults
from cport_desktop.errors import ValueUnknown


def test_an_empty_request_names_no_fault() -> None:
    assert Faults.parse("") == Faults.parse(" , ") == Faults()


def test_every_fault_has_its_name() -> None:
    assert Faults.parse(ACCEPTED) == Faults(
        latency=0.05, cut=100_000, busy=0.1, wrong_length=1, stale_cursor=1, replay=1
    )
    assert Faults.parse("latency=0.5s, replay=0.25") == Faults(latency=0.5, replay=0.25)


NONSENSE = (
    "rain latency latency=fast latency=61 cut=-1 cut=1.5 5xx=2 5xx=nan replay=x =3 wrong_length"
)


@pytest.mark.parametrize("text", NONSENSE.split())
def test_what_cannot_be_understood_is_named(text: str) -> None:
    with pytest.raises(ValueUnknown) as caught:
        Faults.parse(f"replay,{text}")
    assert caught.value.facts["value"] == text
    assert caught.value.facts["accepted"] == ACCEPTED


def test_misfortune_comes_as_often_as_asked_for_and_the_same_again() -> None:
    faults = Faults(busy=0.1, stale_cursor=0.5, seed=3)
    one, other = Fate(faults), Fate(faults)
    dealt = [one.next() for _ in range(2000)]
    assert dealt == [other.next() for _ in range(2000)]
    assert 150 < sum(each.is_busy for each in dealt) < 250
    assert 900 < sum(each.is_stale for each in dealt) < 1100
    assert not any(each.is_replayed or each.is_wrong_length for each in dealt)
