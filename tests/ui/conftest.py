"""The window over a desk in memory, and over a real vault with a gateway beside it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.bootstrap import furnish
from cport_desktop.clock import SystemClock
from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.pictures import Pictures
from cport_desktop.demo.scenario import Scenario
from cport_desktop.domain.nature import Nature
from cport_desktop.settings import Settings
from cport_desktop.ui import app
from cport_desktop.ui.desk import Desk
from cport_desktop.ui.drafting import Drafting
from cport_desktop.ui.lane import Lanes, open_lanes
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.opening import make_desk
from cport_desktop.ui.renewal import Remains
from cport_desktop.ui.seat import HotlineNames, Seat
from cport_desktop.ui.shell import Frame, Shell
from cport_desktop.ui.theme import DARK
from cport_desktop.ui.tidying import Tidying
from cport_desktop.ui.views.query_line import QueryLine
from tests.builders import PASSPHRASE as VAULT_PASSPHRASE
from tests.builders import make_vault
from tests.ui.synthetic_desk import PASSPHRASE, RESOURCES, MemoryVault


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The platform without a screen says this of every window; it is no fault of ours.
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    """Our fonts and style, as at every start."""
    return app.prepare(RESOURCES)


@pytest.fixture(autouse=True)
def tidying(application: QApplication) -> Iterator[None]:
    """As `app.run` does: cycles are collected in this thread only."""
    tidying = Tidying()
    yield
    tidying.end()
    # Destroyed while no cycle can be collected: in the middle of it, under a lock of Qt's, the
    # destruction of another object would wait for that lock for ever.
    gc.disable()
    del tidying
    gc.enable()


@pytest.fixture
def vault() -> Iterator[MemoryVault]:
    made = MemoryVault()
    yield made
    for gate in (
        made.notes.reveal_may_answer,
        made.notes.sync_may_end,
        made.notes.search_may_answer,
    ):
        gate.set()


@pytest.fixture
def lanes() -> Iterator[Lanes]:
    made = open_lanes()
    yield made
    made.drop_answers()
    for farewell in made.farewells():
        farewell()


@pytest.fixture
def seat(vault: MemoryVault, lanes: Lanes) -> Seat:
    desk = vault.desk()
    session = vault.session()
    drafting = Drafting(session, lanes.keeping)
    return Seat(session, lanes, vault.clock, desk.taxonomy, HotlineNames(), DARK, drafting)


@dataclass
class NotedRenewal:
    """Stands where the process would be replaced; the window then waits at its door."""

    asked: list[Remains] = field(default_factory=list)
    ended: int = 0

    def again(self, remains: Remains) -> None:
        self.asked.append(remains)

    def end(self) -> None:
        self.ended += 1


@pytest.fixture
def renewal() -> NotedRenewal:
    return NotedRenewal()


@pytest.fixture
def shell(vault: MemoryVault, renewal: NotedRenewal, qtbot: QtBot) -> Iterator[Shell]:
    """The window at its door."""
    made = Shell(vault.desk(), Frame(DARK, RESOURCES / "styles", renewal))
    made.show()
    made.activateWindow()
    yield made
    vault.notes.sync_may_end.set()
    vault.notes.reveal_may_answer.set()
    vault.notes.search_may_answer.set()
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible())
    made.deleteLater()
    destroy_what_is_dropped()


@pytest.fixture
def opened(shell: Shell, qtbot: QtBot) -> Shell:
    """The window with its vault open, and the first report opened by a person."""
    shell.open(PASSPHRASE)
    qtbot.waitUntil(lambda: shell.main is not None)
    main = shell.main
    assert main is not None
    qtbot.waitUntil(lambda: not main.reports.is_empty)
    main.reports.table.choose(0)
    qtbot.waitUntil(lambda: main.reports.pane.report_id is not None)
    return shell


REPORTS = 12
LONG = 30_000
"""Milliseconds; decoders start in children, and the machine may be busy."""


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Gateway]:
    made = Gateway(
        tmp_path / "gateway",
        scenario=Scenario(7, REPORTS, datetime(2026, 11, 1, 12, tzinfo=UTC), pictures=4),
        pictures=Pictures(tmp_path / "pictures", seed=7),
        clock=SystemClock(),
        nature=Nature.DEMO,
    )
    yield made
    made.close()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    folder = make_vault(tmp_path / "vault")
    return make_desk(furnish(Settings(marks=tmp_path / "marks")), folder, Nature.DEMO)


@pytest.fixture
def main(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window of a real vault that belongs to nobody yet."""
    with opened_on(desk, qtbot) as opened:
        yield opened


@contextmanager
def opened_on(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window of the real vault of `desk`, unlocked; closed and destroyed in the end."""
    shell = Shell(desk, Frame(DARK, RESOURCES / "styles", NotedRenewal()))
    shell.show()
    shell.open(VAULT_PASSPHRASE.decode())
    qtbot.waitUntil(lambda: shell.main is not None, timeout=LONG)
    assert shell.main is not None
    yield shell.main
    shell.close()
    qtbot.waitUntil(lambda: not shell.isVisible(), timeout=LONG)
    shell.deleteLater()
    destroy_what_is_dropped()


@contextmanager
def shown_line(seat: Seat, qtbot: QtBot, *, width: int, height: int) -> Iterator[QueryLine]:
    """A query line at the top of an active window of its own, so many pixels large."""
    made = QueryLine(seat)
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addStretch()
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show()
    window.activateWindow()
    yield made


def destroy_what_is_dropped() -> None:
    """What was put down with `deleteLater` goes now."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
