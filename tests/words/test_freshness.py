"""How old something is, in words that nobody has to puzzle over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cport_desktop.domain.disclosure import DisclosureKind, Handling, Outcome
from cport_desktop.domain.freshness import Grade, Table
from cport_desktop.domain.retention import ClockDoubt
from cport_desktop.words import disclosures, freshness


def test_age_and_road_stand_in_one_sentence_and_an_old_table_says_what_that_implies() -> None:
    said = freshness.freshness(
        "old", span=timedelta(days=31, hours=5), road="courier", doubt=None, table="hash_lists"
    )
    assert said.startswith("31 days old; heard last by courier. Entries may have come")
    fresh = freshness.freshness(
        "fresh", span=timedelta(hours=1), road="https", doubt=None, table="hash_lists"
    )
    assert fresh == "1 hour old; heard last by HTTPS."


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(0), "less than an hour"),
        (timedelta(minutes=59), "less than an hour"),
        (timedelta(hours=23), "23 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=400), "400 days"),
    ],
)
def test_ages(span: timedelta, said: str) -> None:
    assert freshness.age(span) == said


def test_every_table_has_a_name_and_an_implication_and_every_grade_a_sentence() -> None:
    assert set(freshness.TABLES) == {table.value for table in Table}
    for table in Table:
        for grade in Grade:
            span = timedelta(days=40) if grade in (Grade.OLD, Grade.AGEING, Grade.FRESH) else None
            said = freshness.freshness(
                grade.value, span=span, road="https", doubt=None, table=table.value
            )
            assert said.endswith(".")
        plain = freshness.freshness("old", span=timedelta(days=40), road=None, doubt=None)
        told = freshness.freshness(
            "old", span=timedelta(days=40), road=None, doubt=None, table=table.value
        )
        assert len(told) > len(plain)


@pytest.mark.parametrize("doubt", [ClockDoubt.BEHIND_PORTAL, ClockDoubt.BEHIND_LOG])
def test_a_clock_that_contradicts_is_named_with_the_cure(doubt: ClockDoubt) -> None:
    said = freshness.freshness("unknown", span=None, road="https", doubt=doubt.value)
    assert "clock" in said
    assert "set it" in said


def test_a_road_of_a_later_version_keeps_its_own_name() -> None:
    assert freshness.by_road("pigeon") == "by pigeon"


def test_the_register_has_a_word_for_everything_that_it_knows() -> None:
    assert set(disclosures.KINDS) == {kind.value for kind in DisclosureKind}
    assert set(disclosures.OUTCOMES) == {outcome.value for outcome in Outcome}
    assert set(disclosures.HANDLINGS) == {handling.value for handling in Handling}
