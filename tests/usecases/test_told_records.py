"""What the portal told of beside reports, as lists; and how fresh each kind of thing is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cport_desktop.domain.batch import START, ChangeKind, Standing
from cport_desktop.domain.freshness import Grade, Limits, Table
from cport_desktop.domain.retention import ClockDoubt
from cport_desktop.domain.roles import Role
from cport_desktop.errors import RoleMissing, UnknownReference
from cport_desktop.usecases import portal_records
from cport_desktop.usecases.freshness import FreshnessSurvey, freshness_now, survey_freshness
from cport_desktop.usecases.inspect_vault import status_of
from cport_desktop.usecases.take_in import HTTPS, Tally, take_in
from cport_desktop.vault import bond, replica
from tests.usecases.conftest import Bench
from tests.usecases.test_reading_audit import without

LIMITS = Limits(timedelta(days=7), timedelta(days=31))


@pytest.fixture
def told(bench: Bench) -> Bench:
    bench.gateway.feed_first_records(bench.taxonomy)
    bench.sync(metadata_only=True)
    return bench


def survey(bench: Bench) -> FreshnessSurvey:
    return survey_freshness(bench.vault, status_of(bench.vault), limits=LIMITS)


def test_a_gateway_that_starts_again_tells_what_became_of_lists_and_nothing_twice(
    told: Bench,
) -> None:
    told.gateway.feed_first_records(told.taxonomy)
    assert told.sync(metadata_only=True).tally.records_changed == 2
    told.gateway.feed_first_records(told.taxonomy)

    with told.vault.reader() as reader:
        enrolment, state = bond.load(reader), replica.stream(reader)
    assert enrolment is not None
    message = told.road.changes(state.position, limit=10)
    heard, _ = take_in(told.vault, enrolment, message, road=HTTPS, tally=Tally())
    assert isinstance(heard, Standing)


def test_hash_lists_say_who_answers_for_them_and_how_many_entries_stand(told: Bench) -> None:
    _, noise, pictures = portal_records.list_hash_lists(told.vault, limit=10).rows

    assert noise.content is not None
    assert noise.content.source == "Example Body B"
    assert (noise.entries, noise.withdrawn) == (3, 1)
    assert pictures.content is not None
    assert pictures.entries + pictures.withdrawn == pictures.content.count
    assert noise.record.road == "in process"


def test_decisions_come_in_pages_and_the_newest_word_stands(told: Bench) -> None:
    first = portal_records.list_decisions(told.vault, limit=2)
    rest = portal_records.list_decisions(told.vault, limit=2, after=first.next_cursor)

    found = [*first.rows, *rest.rows]
    states = {one.record.reference: one.content.state for one in found if one.content}
    assert states == {
        "listed-1.example": "delisted",
        "listed-2.test": "listed",
        "rejected-1.example": "rejected",
    }
    assert found[0].record.kind is ChangeKind.CORRECTED
    assert rest.next_cursor is None
    with pytest.raises(UnknownReference):
        portal_records.list_hash_lists(told.vault, limit=2, after=first.next_cursor)


def test_code_lists_say_whether_they_are_in_use_and_what_is_new_in_them(told: Bench) -> None:
    (one,) = portal_records.list_taxonomies(told.vault, told.taxonomy, limit=10).rows

    assert not one.is_in_use
    assert one.codes_new == 1


def test_lists_need_an_analyst(told: Bench) -> None:
    without(told.vault, Role.ANALYST)
    for look in (
        lambda: portal_records.list_hash_lists(told.vault, limit=1),
        lambda: portal_records.list_decisions(told.vault, limit=1),
        lambda: portal_records.list_taxonomies(told.vault, told.taxonomy, limit=1),
    ):
        with pytest.raises(RoleMissing):
            look()


def test_before_the_first_exchange_nothing_was_ever_heard(bench: Bench) -> None:
    assert freshness_now(bench.vault, limits=LIMITS).grade is Grade.NEVER


def test_each_kind_of_thing_says_how_many_there_are_and_when_there_was_news(told: Bench) -> None:
    tables = {one.table: one for one in survey(told).tables}

    assert set(tables) == set(Table)
    assert tables[Table.REPORTS].count == status_of(told.vault).reports
    assert (tables[Table.HASH_LISTS].count, tables[Table.IWOL].count) == (3, 3)
    assert tables[Table.HASH_LISTS].told_road == "in process"
    assert tables[Table.TAXONOMIES].told_at is not None
    assert tables[Table.AGREEMENT].told_road is not None
    assert {one.freshness.grade for one in tables.values()} == {Grade.FRESH}
    assert {one.freshness.road for one in tables.values()} == {"in process"}
    told.clock.advance(timedelta(days=40))
    assert freshness_now(told.vault, limits=LIMITS).grade is Grade.OLD
    told.clock.advance(-timedelta(days=50))
    assert freshness_now(told.vault, limits=LIMITS).doubt is ClockDoubt.BEHIND_PORTAL


def test_a_stream_that_was_cut_within_its_first_pages_is_told_as_partial(bench: Bench) -> None:
    with bench.vault.reader() as reader:
        enrolment = bond.load(reader)
    assert enrolment is not None
    page = bench.road.changes(START, limit=16)
    take_in(bench.vault, enrolment, page, road=HTTPS, tally=Tally())

    assert freshness_now(bench.vault, limits=LIMITS).grade is Grade.PARTIAL
