"""Two stations of one agency tell each other what is in hand: by network, by stick, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import ReportId, StationId
from cport_desktop.domain.in_hand import TOLD_FOR, HandKind, Sharing, pseudonym
from cport_desktop.domain.lease import Lease
from cport_desktop.domain.rows import Order, ReportRow
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import ReportInHand, UnknownReference, Unreachable
from cport_desktop.usecases import assign_reports, lease_reports
from cport_desktop.usecases.assign_reports import Giving
from cport_desktop.usecases.decide_reports import ManyDecision, decide_reports, foresee_reports
from cport_desktop.usecases.exchange_record import past_exchanges
from cport_desktop.usecases.search_reports import search_reports
from cport_desktop.usecases.synchronise import SyncResult
from cport_desktop.usecases.triage_round import Round, next_undecided
from cport_desktop.usecases.turn_deeds import Means
from cport_desktop.usecases.work_queue import work_queue
from cport_desktop.vault import audit_log, quarantine
from cport_desktop.words import colleagues
from tests.agreement_builders import a_clause
from tests.usecases.agreeing import amend, station_of
from tests.usecases.carrying import Stick, answered, received, sent
from tests.usecases.conftest import Bench
from tests.usecases.paired import Pair, a_pair, at_work
from tests.usecases.roads import TwistedRoad

Carry = Callable[[Bench], SyncResult]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory, pictures: Path, taxonomy: Taxonomy) -> Pair:
    return a_pair(tmp_path_factory.mktemp("pair"), pictures, taxonomy)


@pytest.fixture
def stations(pair: Pair, tmp_path: Path) -> Iterator[tuple[Bench, Bench]]:
    """Both have heard everything."""
    with at_work(pair, tmp_path / "pair") as opened:
        yield opened


@pytest.fixture
def ours(stations: tuple[Bench, Bench]) -> Bench:
    return stations[0]


@pytest.fixture
def theirs(stations: tuple[Bench, Bench]) -> Bench:
    return stations[1]


BY_BOTH_ROADS = pytest.mark.parametrize("carry", ["network", "stick"], indirect=True)


@pytest.fixture
def carry(request: pytest.FixtureRequest, tmp_path: Path) -> Carry:
    """One exchange of a station, without media, by either road."""
    stick = Stick(tmp_path / "stick")

    def by_stick(bench: Bench) -> SyncResult:
        return stick.there_and_back(bench).result

    return by_stick if getattr(request, "param", "network") == "stick" else by_network


def by_network(bench: Bench) -> SyncResult:
    return bench.sync(metadata_only=True)


def undecided(bench: Bench) -> list[ReportRow]:
    return list(
        search_reports(
            bench.vault,
            "is:undecided",
            Order(),
            limit=100,
            after=None,
            taxonomy=bench.taxonomy,
            now=bench.vault.now(),
        ).rows
    )


def first(bench: Bench) -> ReportId:
    """The report that triage would come to first."""
    row = following(bench)
    assert row is not None
    return row.report_id


def following(bench: Bench) -> ReportRow | None:
    return next_undecided(bench.vault, Round(""), taxonomy=bench.taxonomy, now=bench.vault.now())


def called(bench: Bench) -> str:
    return pseudonym(station_of(bench), bench.vault.analyst.analyst_id)


def leases(bench: Bench) -> list[Lease]:
    return list(lease_reports.list_leases(bench.vault))


@pytest.fixture
def means() -> Means:
    return Means(uuid4)


def assessable(bench: Bench, means: Means) -> ReportId:
    """An undecided report of which the workflow's rules allow an assessment."""
    numbers = tuple(row.report_id for row in undecided(bench))
    found = foresee_reports(bench.vault, ManyDecision(numbers, 1), means)
    return found.decided[0]


def verbs(bench: Bench) -> list[str]:
    with bench.vault.reader() as reader:
        return [entry.draft.verb for entry in audit_log.page(reader, limit=200).rows]


class TestTwoStations:
    @BY_BOTH_ROADS
    def test_what_one_has_in_hand_the_other_leaves_alone(
        self, ours: Bench, theirs: Bench, carry: Carry
    ) -> None:
        number = first(ours)
        lease_reports.take_in_hand(ours.vault, number)
        assert carry(ours).in_hand is Sharing.SHARED
        told = carry(theirs)

        assert told.in_hand_changed
        assert Changes.WORK in told.changes
        (lease,) = leases(theirs)
        assert (lease.report_id, lease.is_own) == (number, False)
        assert (lease.holder, lease.station) == (called(ours), station_of(ours))
        assert first(theirs) != number
        queue = work_queue(theirs.vault, limit=50, now=theirs.vault.now())
        assert number not in [each.row.report_id for each in queue.rows]
        assert queue.in_other_hands == 1
        assert not lease_reports.take_in_hand(theirs.vault, number).is_own
        with pytest.raises(ReportInHand) as refused:
            lease_reports.require_free(theirs.vault, number)
        assert refused.value.facts["holder"] == colleagues.who(called(ours), station_of(ours))

    def test_who_decides_it_all_the_same_is_asked_first(
        self, ours: Bench, theirs: Bench, carry: Carry, means: Means
    ) -> None:
        number = assessable(theirs, means)
        lease_reports.take_in_hand(ours.vault, number)
        carry(ours)
        carry(theirs)

        asked, _ = decide_reports(theirs.vault, ManyDecision((number,), 1), means)
        assert asked.decided == ()
        assert asked.refused[0].code == ReportInHand.code
        assert called(ours) in asked.refused[0].reason
        insisted = ManyDecision((number,), 1, despite_leases=True)
        assert decide_reports(theirs.vault, insisted, means)[0].decided == (number,)

    @BY_BOTH_ROADS
    def test_what_a_colleague_decided_is_in_no_queue_any_more(
        self, ours: Bench, theirs: Bench, carry: Carry, means: Means
    ) -> None:
        number = assessable(theirs, means)
        decide_reports(ours.vault, ManyDecision((number,), 1), means)
        carry(ours)
        carry(theirs)

        queue = work_queue(theirs.vault, limit=50, now=theirs.vault.now())
        assert number not in [each.row.report_id for each in queue.rows]
        assert number not in [row.report_id for row in undecided(theirs)]

    def test_given_back_it_is_free_at_the_next_exchange(
        self, ours: Bench, theirs: Bench, carry: Carry
    ) -> None:
        lease_reports.take_in_hand(ours.vault, first(ours))
        carry(ours)
        carry(theirs)
        lease_reports.give_back(ours.vault)
        carry(ours)
        theirs.gateway.clock.advance(timedelta(seconds=1))  # type: ignore[attr-defined]
        carry(theirs)

        assert leases(theirs) == []

    @BY_BOTH_ROADS
    def test_an_assignment_stays_until_it_is_taken_back(
        self, ours: Bench, theirs: Bench, carry: Carry, means: Means
    ) -> None:
        number = first(ours)
        assign_reports.assign(ours.vault, Giving((number,), ours.vault.actor), means)
        carry(ours)
        carry(theirs)
        theirs.clock.advance(timedelta(days=20))

        (told,) = lease_reports.told_elsewhere(theirs.vault, number)
        assert (told.entry.kind, told.station) == (HandKind.ASSIGNMENT, station_of(ours))
        assert told.entry.analyst == called(ours)
        queue = work_queue(theirs.vault, limit=50, now=theirs.vault.now())
        assert queue.in_other_hands == 1
        theirs.clock.advance(TOLD_FOR)
        assert lease_reports.told_elsewhere(theirs.vault, number) == ()
        assert work_queue(theirs.vault, limit=50, now=theirs.vault.now()).in_other_hands == 0

    def test_a_lease_that_nobody_ends_ends_by_itself(
        self, ours: Bench, theirs: Bench, carry: Carry
    ) -> None:
        lease_reports.take_in_hand(ours.vault, first(ours))
        carry(ours)
        carry(theirs)
        theirs.clock.advance(timedelta(minutes=16))

        assert leases(theirs) == []
        assert first(theirs) == first(ours)

    @BY_BOTH_ROADS
    def test_who_took_it_before_either_knew_keeps_it_and_is_told(
        self, ours: Bench, theirs: Bench, carry: Carry
    ) -> None:
        number = first(ours)
        lease_reports.take_in_hand(ours.vault, number)
        lease_reports.take_in_hand(theirs.vault, number)
        carry(ours)
        carry(theirs)

        def queued() -> list[ReportId]:
            queue = work_queue(theirs.vault, limit=50, now=theirs.vault.now())
            return [each.row.report_id for each in queue.rows]

        assert number in queued()
        assert first(theirs) == number
        mine = lease_reports.take_in_hand(theirs.vault, number)
        beside = lease_reports.held_beside(theirs.vault, number)
        assert mine.is_own
        assert beside is not None
        assert (beside.holder, beside.station) == (called(ours), station_of(ours))
        lease_reports.give_back(theirs.vault)
        assert lease_reports.held_beside(theirs.vault, number) is None
        assert number not in queued()
        assert first(theirs) != number
        assert not lease_reports.take_in_hand(theirs.vault, number).is_own

    def test_naming_a_report_is_on_record_and_saying_nothing_is_not(
        self, ours: Bench, theirs: Bench, carry: Carry
    ) -> None:
        carry(ours)
        assert "tell_in_hand" not in verbs(ours)
        lease_reports.take_in_hand(ours.vault, first(ours))
        carry(ours)
        carry(theirs)
        carry(theirs)

        assert verbs(ours).count("tell_in_hand") == 1
        assert verbs(theirs).count("hear_in_hand") == 1

    def test_without_a_clause_nothing_is_told_and_nothing_heard(
        self, ours: Bench, theirs: Bench, carry: Carry
    ) -> None:
        amend(theirs, gone=("3.4",))
        carry(theirs)
        lease_reports.take_in_hand(ours.vault, first(ours))
        lease_reports.take_in_hand(theirs.vault, undecided(theirs)[1].report_id)
        carry(ours)
        carry(theirs)
        carry(ours)

        assert [each.is_own for each in leases(theirs)] == [True]
        assert [each.is_own for each in leases(ours)] == [True]
        assert "tell_in_hand" not in verbs(theirs)

    @BY_BOTH_ROADS
    def test_what_was_heard_is_known_no_more_when_the_clause_is_gone(
        self, ours: Bench, theirs: Bench, carry: Carry
    ) -> None:
        lease_reports.take_in_hand(ours.vault, first(ours))
        carry(ours)
        carry(theirs)
        assert len(leases(theirs)) == 1

        amend(theirs, gone=("3.4",))
        carry(theirs)
        carry(theirs)

        assert leases(theirs) == []

    def test_a_name_is_told_where_the_agreement_grants_names(
        self, ours: Bench, theirs: Bench, carry: Carry
    ) -> None:
        amend(ours, a_clause("3.5", "work.share", levels=("name",)))
        carry(ours)
        lease_reports.take_in_hand(ours.vault, first(ours))
        carry(ours)
        carry(theirs)

        assert [each.holder for each in leases(theirs)] == [ours.vault.actor]


def test_a_portal_that_does_not_offer_it_changes_nothing_else(bench: Bench) -> None:
    class OlderPortal(TwistedRoad):
        def in_hand(self, request: bytes) -> bytes:
            raise UnknownReference(kind="service", reference="in-hand")

    result = bench.sync(OlderPortal(bench.road), metadata_only=True)

    assert result.in_hand is Sharing.NOT_OFFERED
    assert result.anchoring is not None
    assert result.reports_new > 0
    (last,) = past_exchanges(bench.vault, limit=1, after=None).rows
    assert last.facts["in_hand"] == "not_offered"


def test_what_cannot_be_used_is_kept_aside_and_the_exchange_goes_on(bench: Bench) -> None:
    class Twisted(TwistedRoad):
        def in_hand(self, request: bytes) -> bytes:
            return super().in_hand(request)[:-1] + b"x"

    result = bench.sync(Twisted(bench.road), metadata_only=True)

    assert result.in_hand is Sharing.FAILED
    assert result.anchoring is not None
    with bench.vault.reader() as reader:
        assert len(quarantine.listing(reader)) == 1


def test_a_road_that_breaks_there_loses_nothing(ours: Bench, theirs: Bench) -> None:
    lease_reports.take_in_hand(ours.vault, first(ours))

    class Breaking(TwistedRoad):
        def in_hand(self, request: bytes) -> bytes:
            super().in_hand(request)
            raise Unreachable(cause="the cable is out")

    assert ours.sync(Breaking(ours.road), metadata_only=True).in_hand is Sharing.FAILED
    by_network(theirs)
    assert len(leases(theirs)) == 1, "the portal had heard it"


def test_a_bundle_that_comes_late_does_not_bring_back_what_is_over(
    ours: Bench, theirs: Bench, tmp_path: Path
) -> None:
    lease_reports.take_in_hand(ours.vault, first(ours))
    by_network(ours)
    out = sent(theirs, tmp_path / "out")
    late = answered(theirs, out.files, tmp_path / "in")
    lease_reports.give_back(ours.vault)
    for bench in (ours, theirs):
        bench.clock.advance(timedelta(minutes=1))
    ours.gateway.clock.advance(timedelta(minutes=1))  # type: ignore[attr-defined]
    by_network(ours)
    by_network(theirs)
    assert leases(theirs) == []

    received(theirs, late.files)

    assert leases(theirs) == []


def test_a_station_that_is_shut_out_is_told_of_no_more(ours: Bench, theirs: Bench) -> None:
    lease_reports.take_in_hand(ours.vault, first(ours))
    by_network(ours)
    by_network(theirs)
    assert len(leases(theirs)) == 1
    ours.gateway.revoke(station_of(ours))
    ours.gateway.clock.advance(timedelta(seconds=1))  # type: ignore[attr-defined]
    by_network(theirs)
    assert leases(theirs) == []


def test_a_pseudonym_is_the_same_each_time_and_another_at_each_station(bench: Bench) -> None:
    mine = bench.vault.analyst.analyst_id
    assert pseudonym(StationId("station-1"), mine) == pseudonym(StationId("station-1"), mine)
    assert pseudonym(StationId("station-1"), mine) != pseudonym(StationId("station-2"), mine)
    assert bench.vault.actor not in pseudonym(StationId("station-1"), mine)
