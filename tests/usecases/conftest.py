"""A gateway with thirty reports; a vault enrolled with it, for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.demo.double import DemoTransport
from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.pictures import Pictures
from cport_desktop.demo.scenario import Scenario
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.formats import taxonomies
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.media.sandbox_process import ProcessSandbox
from cport_desktop.settings import Settings
from cport_desktop.sync.transport import Transport
from cport_desktop.usecases.enrol import Introduction, enrol
from cport_desktop.usecases.synchronise import Exchange, SyncResult, synchronise
from cport_desktop.usecases.take_in import Road
from cport_desktop.vault.vault import Vault
from tests.builders import a_vault

UNTIL = datetime(2026, 11, 1, 12, tzinfo=UTC)
REPORTS = 30
SEED = 7


@dataclass(frozen=True, slots=True)
class Bench:
    """A vault that is enrolled with a gateway, and what an exchange needs."""

    vault: Vault
    gateway: Gateway
    road: Transport
    sandbox: Sandbox
    taxonomy: Taxonomy
    clock: SteppingClock

    def sync(self, road: Transport | None = None, *, metadata_only: bool = False) -> SyncResult:
        return synchronise(self.exchange(road), metadata_only=metadata_only)

    def exchange(self, road: Transport | None = None) -> Exchange:
        return Exchange(
            vault=self.vault,
            transport=road or self.road,
            sandbox=self.sandbox,
            road=Road("in process", is_live=True),
            changes_per_batch=16,
            announce=silent,
            is_cancelled=never,
        )


def introduction(gateway: Gateway) -> Introduction:
    return Introduction(
        portal_url="https://127.0.0.1:8443",
        authority=gateway.identity.transport_authority.certificate,
        code=gateway.identity.enrolment_code,
        station_name="Test station",
        agency="Example Agency",
    )


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="session")
def sandbox() -> Iterator[ProcessSandbox]:
    sandbox = ProcessSandbox(children=2)
    yield sandbox
    sandbox.close()


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return taxonomies.load(Settings().taxonomy)


OpenGateway = Callable[..., Gateway]


@pytest.fixture
def open_gateway(tmp_path: Path, pictures: Path) -> Iterator[OpenGateway]:
    """Opens gateways that tell the same story; closed in the end."""
    with ExitStack() as opened:

        def open_one(
            name: str = "gateway", nature: Nature = Nature.DEMO, reports: int = REPORTS
        ) -> Gateway:
            gateway = Gateway(
                tmp_path / name,
                scenario=Scenario(SEED, reports, UNTIL, pictures=48),
                pictures=Pictures(pictures, seed=SEED),
                clock=SteppingClock(UNTIL),
                nature=nature,
            )
            opened.callback(gateway.close)
            return gateway

        yield open_one


class MakeBench(Protocol):
    def __call__(self, name: str, gateway: Gateway | None = None) -> Bench: ...


@pytest.fixture
def make_bench(
    open_gateway: OpenGateway, tmp_path: Path, sandbox: Sandbox, taxonomy: Taxonomy
) -> Iterator[MakeBench]:
    """Enrols another vault with the one gateway."""
    shared = open_gateway()
    with ExitStack() as opened:

        def make(name: str, gateway: Gateway | None = None) -> Bench:
            gateway = gateway or shared
            clock = SteppingClock(UNTIL)
            vault = opened.enter_context(a_vault(tmp_path / name, clock=clock))
            road = DemoTransport(gateway)
            enrolment, _ = enrol(vault, road, introduction(gateway))
            enrolled = road.as_station(enrolment.answer.station)
            return Bench(vault, gateway, enrolled, sandbox, taxonomy, clock)

        yield make


@pytest.fixture
def bench(make_bench: MakeBench) -> Bench:
    return make_bench("vault")


@pytest.fixture
def synced(bench: Bench) -> Bench:
    bench.sync()
    return replace(bench)
