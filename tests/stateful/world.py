"""A portal, its stations, and what can happen to their machines: cables, sticks, crashes, backups."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto import message_keys
from cport_desktop.demo.courier_desk import Answered, CourierDesk, Terms
from cport_desktop.demo.double import DemoTransport
from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.pictures import Pictures
from cport_desktop.demo.scenario import Scenario
from cport_desktop.domain.ids import AnalystId, OperationId, StationId
from cport_desktop.domain.in_hand import InHandElsewhere, InHandHere
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.operation import Operation, OperationRow
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.roles import EVERY_ROLE, Analyst
from cport_desktop.formats import portal_messages
from cport_desktop.media.sandbox_refusing import RefusingSandbox
from cport_desktop.sync.transport import Transport
from cport_desktop.usecases.back_up import back_up
from cport_desktop.usecases.enrol import enrol
from cport_desktop.usecases.manage_analysts import add_analyst, list_analysts
from cport_desktop.usecases.receive_by_courier import Received, Reception, receive_by_courier
from cport_desktop.usecases.restore_vault import RestoreOrder, restore_vault
from cport_desktop.usecases.send_by_courier import Dispatch, Sent, send_by_courier
from cport_desktop.usecases.synchronise import Exchange, SyncResult, synchronise
from cport_desktop.usecases.take_in import Road
from cport_desktop.vault import outbox
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.slot_key_file import KeyFile, NewKeyFile
from cport_desktop.vault.vault import Vault, create_vault, open_vault
from tests.builders import ANALYST
from tests.usecases.conftest import introduction

UNTIL = datetime(2026, 11, 1, 12, tzinfo=UTC)
SEED = 11
REPORTS = 4
PER_BATCH = 2
"""Changes of a batch: as few as possible, so that there are many cuts between them."""
IN_PROCESS = Road("in process", is_live=True)
NAMES = ("first", "second")
STICKS = bytes(range(32)), bytes(range(32, 64))
"""What opens the vaults, the one or the other analyst's: key files, since no key derivation would let
them start often enough.
"""
COLLEAGUE = "Berta Example"


class WatchedGateway(Gateway):
    """Tells which operations reached it, by whichever road."""

    heard: Callable[[Operation], None]
    told: Callable[[StationId, InHandHere, InHandElsewhere], None]

    def operations(self, station: StationId, untrusted: bytes) -> bytes:
        answer = super().operations(station, untrusted)
        for operation in portal_messages.parse_operations(untrusted).operations:
            self.heard(operation)
        return answer

    def in_hand(self, station: StationId, untrusted: bytes) -> bytes:
        answer = super().in_hand(station, untrusted)
        key = message_keys.public_half(self.identity.message_key)
        said = portal_messages.parse_elsewhere(portal_messages.unseal(answer, key))
        self.told(station, portal_messages.parse_in_hand(untrusted), said)
        return answer


class PlugClock(SteppingClock):
    """Pulls the plug at a reading: then the machine's disk is copied as it is at that instant."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self.readings_left = -1
        self.pull: Callable[[], None] = lambda: None

    def now(self) -> datetime:
        if self.readings_left == 0:
            self.pull()
        self.readings_left -= 1
        return super().now()


@dataclass
class Bundle:
    files: tuple[Path, ...]


@dataclass
class Station:
    """A machine with a vault. `written`: every operation that its vault must hold. `colleagues`: who
    works there, in turns; each has a stick of their own.
    """

    name: str
    folder: Path
    clock: PlugClock
    vault: Vault
    station: StationId
    colleagues: tuple[Analyst, ...] = ()
    on_shift: int = 0
    exchanges: int = 0
    written: set[OperationId] = field(default_factory=set)
    outgoing: list[Bundle] = field(default_factory=list)
    incoming: list[Bundle] = field(default_factory=list)
    backup: tuple[Path, frozenset[OperationId]] | None = None
    moves: int = 0

    @property
    def analyst(self) -> AnalystId:
        """Who works there now."""
        return self.vault.analyst.analyst_id

    def exchange(self, road: Transport) -> SyncResult:
        self.exchanges += 1
        return synchronise(
            Exchange(
                vault=self.vault,
                transport=road,
                sandbox=RefusingSandbox(),
                road=IN_PROCESS,
                changes_per_batch=PER_BATCH,
                announce=silent,
                is_cancelled=never,
            )
        )

    def rows(self) -> Sequence[OperationRow]:
        with self.vault.reader() as reader:
            return outbox.page(reader, limit=10_000).rows

    def operations(self) -> set[OperationId]:
        return {row.operation.operation_id for row in self.rows()}

    def restart(self) -> None:
        self.vault.close()
        self.vault = reopened(self.folder, self.clock, STICKS[self.on_shift])

    def change_shift(self) -> None:
        self.on_shift = 1 - self.on_shift
        self.restart()

    def send(self, path: Path) -> Sent:
        self.exchanges += 1
        return send_by_courier(self.vault, Dispatch(path, None, None, silent, never))

    def receive(self, bundle: Bundle) -> Received:
        self.exchanges += 1
        order = Reception(bundle.files, RefusingSandbox(), silent, never)
        return receive_by_courier(self.vault, order)

    @contextmanager
    def losing_power(self, *, after: int) -> Iterator[None]:
        """What is done within comes to the disk as far as the `after`-th reading of the clock, or
        whole if there are fewer; then the machine starts again.
        """
        image = self._next_folder()
        self.clock.pull = lambda: _copy(self.folder, image)
        self.clock.readings_left = after
        try:
            yield
        finally:
            was_pulled = self.clock.readings_left < 0
            self.clock.readings_left = -1
            if not was_pulled:
                _copy(self.folder, image)
            self._go_on_from(image)

    def save(self, path: Path) -> None:
        back_up(self.vault, path, announce=silent, is_cancelled=never)
        self.backup = (path, frozenset(self.written))

    def restore(self) -> None:
        assert self.backup is not None
        file, written = self.backup
        folder = self._next_folder()
        restore_vault(
            RestoreOrder(file, folder, KeyFile(STICKS[0])),
            clock=self.clock,
            program="tests",
            announce=silent,
            is_cancelled=never,
        )
        self.exchanges += 1
        self.on_shift = 0
        self._go_on_from(folder)
        self.written = set(written)

    def _next_folder(self) -> Path:
        self.moves += 1
        return self.folder.parent / f"{self.name}-{self.moves}"

    def _go_on_from(self, folder: Path) -> None:
        self.vault.close()
        shutil.rmtree(self.folder)
        self.folder = folder
        self.vault = reopened(folder, self.clock, STICKS[self.on_shift])


class World:
    """One portal and two stations of the same agency, copied from a template."""

    def __init__(self, template: Template, folder: Path) -> None:
        shutil.copytree(template.folder, folder, dirs_exist_ok=True)
        self.folder = folder
        self.pictures = template.pictures
        self.clock = SteppingClock(UNTIL + timedelta(hours=1))
        self.gateway = open_gateway(folder / "gateway", self.pictures, self.clock)
        self.stations = [
            self._station(name, station)
            for name, station in zip(NAMES, template.stations, strict=True)
        ]
        self._carried = 0

    def _station(self, name: str, station: StationId) -> Station:
        clock = PlugClock(UNTIL + timedelta(hours=1))
        folder = self.folder / name
        vault = reopened(folder, clock)
        here = tuple(row.analyst for row in list_analysts(vault))
        return Station(name, folder, clock, vault, station, here)

    def close(self) -> None:
        for station in self.stations:
            station.vault.close()
        self.gateway.close()

    def restart_gateway(self) -> None:
        heard, told = self.gateway.heard, self.gateway.told
        self.gateway.close()
        self.gateway = open_gateway(self.folder / "gateway", self.pictures, self.clock)
        self.gateway.heard, self.gateway.told = heard, told

    def road(self, station: Station) -> DemoTransport:
        return DemoTransport(self.gateway, station.station)

    def answer(self, bundle: Bundle) -> Answered:
        terms = Terms(silent, never, changes_per_batch=PER_BATCH)
        return CourierDesk(self.gateway).answer(bundle.files, self.new_stick(), terms)

    def new_stick(self) -> Path:
        self._carried += 1
        return self.folder / f"stick-{self._carried}"

    def pass_time(self, span: timedelta) -> None:
        for clock in (self.clock, *(station.clock for station in self.stations)):
            clock.advance(span)


@dataclass(frozen=True)
class Template:
    """A gateway and two enrolled vaults, closed."""

    folder: Path
    pictures: Path
    stations: tuple[StationId, ...]


def make_template(folder: Path, pictures: Path) -> Template:
    clock = SteppingClock(UNTIL)
    gateway = open_gateway(folder / "gateway", pictures, clock)
    stations = []
    for name in NAMES:
        slots = [NewSlot("stick", NewKeyFile(STICKS[0]))]
        create_vault(folder / name, nature=Nature.DEMO, analyst=ANALYST, slots=slots, clock=clock)
        with reopened(folder / name, clock) as vault:
            theirs = NewSlot("another stick", NewKeyFile(STICKS[1]))
            add_analyst(vault, COLLEAGUE, EVERY_ROLE, theirs, now=clock.now())
            enrolment, _ = enrol(vault, DemoTransport(gateway), introduction(gateway))
        stations.append(enrolment.answer.station)
    gateway.close()
    return Template(folder, pictures, tuple(stations))


def open_gateway(folder: Path, pictures: Path, clock: SteppingClock) -> WatchedGateway:
    return WatchedGateway(
        folder,
        scenario=Scenario(SEED, REPORTS, UNTIL, pictures=1, media_per_report=0),
        pictures=Pictures(pictures, seed=SEED),
        clock=clock,
        nature=Nature.DEMO,
    )


def reopened(folder: Path, clock: SteppingClock, stick: bytes = STICKS[0]) -> Vault:
    return open_vault(folder, secret=KeyFile(stick), clock=clock, program="tests")


def _copy(folder: Path, image: Path) -> None:
    shutil.copytree(folder, image)
