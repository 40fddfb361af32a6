"""Two stations of one agency that have heard everything: made once, and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cport_desktop.clock import SteppingClock
from cport_desktop.demo.double import DemoTransport
from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.pictures import Pictures
from cport_desktop.demo.scenario import Scenario
from cport_desktop.domain.ids import StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.media.sandbox_refusing import RefusingSandbox
from cport_desktop.usecases.enrol import enrol
from cport_desktop.vault.vault import Vault
from tests.builders import make_vault, reopened
from tests.usecases.conftest import REPORTS, SEED, UNTIL, Bench, introduction

NAMES = ("ours", "theirs")
LATER = UNTIL + timedelta(hours=1)
"""When a test begins: behind all that was said while the two were made."""


@dataclass(frozen=True)
class Pair:
    """A portal and two vaults, closed, and the folder of its pictures."""

    folder: Path
    pictures: Path
    stations: tuple[StationId, StationId]
    taxonomy: Taxonomy


def a_pair(folder: Path, pictures: Path, taxonomy: Taxonomy) -> Pair:
    stations = []
    gateway = _gateway(folder, pictures, UNTIL)
    for name in NAMES:
        make_vault(folder / name, clock=SteppingClock(UNTIL))
        with reopened(folder / name, clock=SteppingClock(UNTIL)) as vault:
            enrolment, _ = enrol(vault, DemoTransport(gateway), introduction(gateway))
            stations.append(enrolment.answer.station)
            pair = Pair(folder, pictures, (stations[0], stations[-1]), taxonomy)
            _bench(pair, vault, gateway, stations[-1], SteppingClock(UNTIL)).sync(
                metadata_only=True
            )
    gateway.close()
    return pair


@contextmanager
def at_work(pair: Pair, folder: Path) -> Iterator[tuple[Bench, Bench]]:
    """A copy of the two, open, in `folder`, which there is not yet."""
    shutil.copytree(pair.folder, folder)
    gateway = _gateway(folder, pair.pictures, LATER)
    first, second = SteppingClock(LATER), SteppingClock(LATER)
    with (
        reopened(folder / NAMES[0], clock=first) as ours,
        reopened(folder / NAMES[1], clock=second) as theirs,
    ):
        yield (
            _bench(pair, ours, gateway, pair.stations[0], first),
            _bench(pair, theirs, gateway, pair.stations[1], second),
        )
    gateway.close()


def _gateway(folder: Path, pictures: Path, now: datetime) -> Gateway:
    return Gateway(
        folder / "gateway",
        scenario=Scenario(SEED, REPORTS, UNTIL, pictures=48),
        pictures=Pictures(pictures, seed=SEED),
        clock=SteppingClock(now),
        nature=Nature.DEMO,
    )


def _bench(
    pair: Pair, vault: Vault, gateway: Gateway, station: StationId, clock: SteppingClock
) -> Bench:
    road = DemoTransport(gateway, station)
    return Bench(vault, gateway, road, RefusingSandbox(), pair.taxonomy, clock)
