"""The two roads, HTTPS and in process, keep the same contract with the same gateway."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto.message_keys import generate_ed25519, signing_with
from cport_desktop.demo.double import DemoTransport
from cport_desktop.demo.faults import Faults
from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.pictures import Pictures
from cport_desktop.demo.scenario import Scenario
from cport_desktop.demo.server import RunningServer, running_server
from cport_desktop.domain.batch import START
from cport_desktop.errors import ClockSkew
from cport_desktop.sync.portal import PortalTransport
from cport_desktop.sync.question import Terms
from cport_desktop.sync.transfer import Persistence
from tests.contracts.transport_contract import (
    Ground,
    TransportContract,
    first_notice,
    page,
    whole,
)
from tests.demo.stations import Station, enrol

UNTIL = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(UNTIL)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture
def gateway(tmp_path: Path, pictures: Path, clock: SteppingClock) -> Iterator[Gateway]:
    opened = Gateway(
        tmp_path / "gateway",
        scenario=Scenario(7, 60, UNTIL, pictures=64),
        pictures=Pictures(pictures, seed=7),
        clock=clock,
    )
    yield opened
    opened.close()


@pytest.fixture
def closing_roads() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


class TestInProcess(TransportContract):
    @pytest.fixture
    def ground(self, gateway: Gateway) -> Ground:
        return Ground(
            gateway,
            stranger=lambda: DemoTransport(gateway),
            road=lambda station: DemoTransport(gateway, station.name),
        )


class TestHttps(TransportContract):
    @pytest.fixture
    def ground(
        self, gateway: Gateway, clock: SteppingClock, closing_roads: ExitStack
    ) -> Iterator[Ground]:
        with running_server(gateway) as server:
            yield https_ground(gateway, server, clock, closing_roads)
            closing_roads.close()

    def test_a_session_outlives_its_token(self, ground: Ground, clock: SteppingClock):
        station = enrol(ground.gateway)
        road = ground.road(station)
        first = page(road, station)
        clock.advance(timedelta(hours=2))
        assert page(road, station, first.position).changes

    def test_a_signature_of_another_key_is_not_accepted(self, ground: Ground):
        station = enrol(ground.gateway)
        keys = replace(station.keys, message=generate_ed25519())
        impostor = Station(ground.gateway, keys, station.answer)
        with pytest.raises(Exception, match="access_revoked"):
            ground.road(impostor).changes(START, limit=1)

    def test_several_threads_may_ask_at_once(self, ground: Ground):
        station = enrol(ground.gateway)
        road = ground.road(station)
        notice = first_notice(road, station)
        with ThreadPoolExecutor(4) as workers:
            files = list(
                workers.map(
                    lambda _: whole(road, notice.media_id, start=0, size=notice.size), range(8)
                )
            )
        assert len(set(files)) == 1


def test_a_station_whose_clock_is_off_is_told_by_how_much(
    gateway: Gateway, closing_roads: ExitStack
):
    slow = SteppingClock(UNTIL - timedelta(hours=1))
    with running_server(gateway) as server:
        road = https_ground(gateway, server, slow, closing_roads).road(enrol(gateway))
        with pytest.raises(ClockSkew) as caught:
            road.changes(START, limit=1)
        closing_roads.close()
    seconds = caught.value.facts["seconds"]
    assert isinstance(seconds, int)
    assert abs(seconds - 3600) < 60


def test_a_file_that_is_cut_again_and_again_arrives(
    gateway: Gateway, clock: SteppingClock, closing_roads: ExitStack
):
    station = enrol(gateway)
    notice = first_notice(DemoTransport(gateway, station.name), station)
    undisturbed = whole(
        DemoTransport(gateway, station.name), notice.media_id, start=0, size=notice.size
    )
    cut = Faults(cut=notice.size // 3)
    with running_server(gateway, faults=cut) as server:
        road = https_ground(gateway, server, clock, closing_roads).road(station)
        assert whole(road, notice.media_id, start=0, size=notice.size) == undisturbed
        closing_roads.close()


def https_ground(
    gateway: Gateway, server: RunningServer, clock: SteppingClock, stack: ExitStack
) -> Ground:
    terms = Terms(persistence=Persistence(attempts=4, first_wait=0.01))

    def road(station: Station | None = None) -> PortalTransport:
        transport = PortalTransport(
            server.url,
            authority_pem=server.authority.read_bytes(),
            clock=clock,
            station=None if station is None else station.name,
            sign=None if station is None else signing_with(station.keys.message.private),
            certificate=None if station is None else station.certificate,
            terms=terms,
        )
        stack.callback(transport.close)
        return transport

    return Ground(gateway, stranger=road, road=road)
