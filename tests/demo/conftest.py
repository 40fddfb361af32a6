"""Gateways over one shared folder of pictures, which are the same for every gateway."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.pictures import Pictures
from cport_desktop.demo.scenario import Scenario
from cport_desktop.domain.nature import Nature
from tests.demo.stations import Station, enrol

UNTIL = datetime(2026, 11, 1, 12, tzinfo=UTC)
SEED = 7
PICTURES = 64

OpenGateway = Callable[..., Gateway]


@pytest.fixture(scope="session")
def picture_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(UNTIL)


@pytest.fixture
def open_gateway_at(picture_folder: Path, clock: SteppingClock) -> Iterator[OpenGateway]:
    """Opens gateways in a folder, and closes them all in the end."""
    opened: list[Gateway] = []

    def open_at(directory: Path, *, reports: int = 200, nature: Nature = Nature.DEMO) -> Gateway:
        gateway = Gateway(
            directory,
            scenario=Scenario(SEED, reports, UNTIL, pictures=PICTURES),
            pictures=Pictures(picture_folder, seed=SEED),
            clock=clock,
            nature=nature,
        )
        opened.append(gateway)
        return gateway

    yield open_at
    for gateway in opened:
        gateway.close()


@pytest.fixture
def gateway(open_gateway_at: OpenGateway, tmp_path: Path) -> Gateway:
    return open_gateway_at(tmp_path / "gateway")


@pytest.fixture
def station(gateway: Gateway) -> Station:
    return enrol(gateway)
