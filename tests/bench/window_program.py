"""The real window on a large vault, measured from inside its process. JSON on standard output.

    python -m tests.bench.window_program VAULT SYNCED

A program of its own: an event loop that a measuring program shares would be measured with it.
"""

from __future__ import annotations

import gc
import json
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from cport_desktop.bootstrap import furnish
from cport_desktop.crypto.passphrase import FLOOR, derive
from cport_desktop.domain.batch import Batch
from cport_desktop.settings import Settings
from cport_desktop.ui import places
from cport_desktop.ui.app import prepare
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.opening import make_desk
from cport_desktop.ui.renewal import Remains
from cport_desktop.ui.shell import Frame, Shell
from cport_desktop.ui.theme import DARK
from cport_desktop.ui.tidying import Tidying
from cport_desktop.vault import replica
from cport_desktop.vault.label import read_label
from cport_desktop.vault.vault import Vault
from tests.bench.memory import resident_kib
from tests.bench.synthetic import HALF, Synthesis
from tests.builders import PASSPHRASE
from tests.ui.looking_session import Door

FRAMES = 300
HELD_SECONDS = 20.0
STALL_MS = 100.0
"""A person feels a window that answers later than this."""
PATIENCE = 120.0
"""Seconds after which something is taken for broken."""
_TICK_MS = 2
_BEYOND = 2_000_000
"""The number of the first report that is synchronised: none of those that are there has it."""


class Stays:
    """A window that is measured is not locked."""

    def again(self, remains: Remains) -> None:
        raise RuntimeError("the window was locked")

    def end(self) -> None:
        """The program ends by itself."""


class Pulse(QObject):
    """How long the event loop kept anybody waiting, at most, and how often longer than a person
    would not feel.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest, self.stalls, self._last = 0.0, 0, time.perf_counter()
        self._timer = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def begin(self) -> None:
        self.longest, self.stalls, self._last = 0.0, 0, time.perf_counter()

    def told(self) -> dict[str, float]:
        self._beat()
        return {"longest_ms": self.longest, "stalls": self.stalls}

    def _beat(self) -> None:
        now = time.perf_counter()
        waited = (now - self._last) * 1000 - _TICK_MS
        self._last, self.longest = now, max(self.longest, waited)
        self.stalls += waited > STALL_MS


class Painted(QObject):
    """When a widget was painted first while `is_there`."""

    def __init__(self, widget: QWidget, is_there: Callable[[], bool]) -> None:
        super().__init__(widget)
        self.at: float | None = None
        self._is_there = is_there
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if self.at is None and event.type() is QEvent.Type.Paint and self._is_there():
            self.at = time.perf_counter()
        return False


def wait(until: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
    """The event loop turns until then."""
    end = time.perf_counter() + seconds
    while not until():
        if time.perf_counter() > end:
            raise TimeoutError("it did not come")
        turn(5)


def turn(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop, loop.quit)
    loop.exec()


def main(arguments: list[str]) -> int:
    """Unlock, look, scroll, type, synchronise; print what it took."""
    directory, synced = Path(arguments[0]), int(arguments[1])
    settings = Settings(reveal_seconds=20.0)
    prepare(settings.resources)
    workstation = furnish(settings)
    door = Door(workstation, directory)
    desk = make_desk(workstation, directory, read_label(directory).nature)
    shell = Shell(
        replace(desk, open=door.open), Frame(DARK, settings.resources / "styles", Stays())
    )
    shell.resize(1366, 768)
    shell.show()
    tidying = Tidying()
    turn(200)
    told: dict[str, object] = {"unlock": _unlock(shell), "memory_after_unlock_kib": resident_kib()}
    main = shell.main
    assert main is not None
    turn(3_000)  # What the window reads in the background is there.
    pulse = Pulse()
    told["idle"] = frames(main, lambda: None)
    for name, act in (
        ("typing", _type),
        ("holding an arrow key", _hold_arrow),
        ("scrolling thumbnails", _scroll_thumbnails),
        ("searching", _search),
    ):
        pulse.begin()
        act(main)
        told[name] = pulse.told()
    told["memory_kib"] = resident_kib()
    main.show_page(places.REPORTS)
    assert door.vault is not None
    batches = _batches_behind(door.vault, synced)
    gc.freeze()  # A sync has one batch in memory and not all: they are none of the collector's work.
    pulse.begin()
    told["synchronising"] = _synchronise(main, door.vault, batches) | pulse.told()
    told["memory_after_sync_kib"] = resident_kib()
    print(json.dumps(told), flush=True)
    tidying.end()
    return 0


def _unlock(shell: Shell) -> dict[str, float]:
    """Milliseconds from asking to the first rows on the screen, without what the key's derivation
    takes by itself.
    """
    started = time.perf_counter()
    derive(PASSPHRASE, bytes(16), FLOOR)
    deriving = time.perf_counter() - started
    started = time.perf_counter()
    shell.open(PASSPHRASE.decode())
    wait(lambda: shell.main is not None)
    main = shell.main
    assert main is not None
    main.show_page(places.REPORTS)
    table = main.reports.table
    painted = Painted(table.viewport(), lambda: not main.reports.is_empty)
    wait(lambda: painted.at is not None)
    assert painted.at is not None
    return {"ms": (painted.at - started - deriving) * 1000, "deriving_ms": deriving * 1000}


def frames(main: MainWindow, begin: Callable[[], object]) -> dict[str, float]:
    """Milliseconds that a repaint of a page of rows takes, p99 of `FRAMES`."""
    begin()
    took = []
    for _ in range(FRAMES):
        started = time.perf_counter()
        main.reports.table.viewport().repaint()
        took.append((time.perf_counter() - started) * 1000)
        turn(16)
    return {"p99_ms": sorted(took)[int(FRAMES * 0.99) - 1]}


def _type(main: MainWindow) -> None:
    field = main.reports.query.field
    field.setFocus()
    for letter in f"{HALF} host:NL class:baseline received:<400d":
        QTest.keyClicks(field, letter)
        turn(40)
    field.clear()


def _hold_arrow(main: MainWindow) -> None:
    """As a keyboard repeats it."""
    table = main.reports.table
    table.setFocus()
    table.choose(0)
    end = time.perf_counter() + HELD_SECONDS
    while time.perf_counter() < end:
        QTest.keyClick(table, Qt.Key.Key_Down)
        turn(30)


def _scroll_thumbnails(main: MainWindow) -> None:
    """Ten thousand of them, a page at a time."""
    main.show_page(places.MEDIA)
    wait(lambda: not main.media.is_empty)
    bar = main.media.grid.verticalScrollBar()
    end = time.perf_counter() + PATIENCE
    while main.media.model.rowCount() < 10_000 and time.perf_counter() < end:
        bar.setValue(bar.maximum())
        turn(30)
    main.show_page(places.REPORTS)


def _search(main: MainWindow) -> None:
    """Two hundred, one after the other."""
    reports = main.reports
    for number in range(200):
        reports.search(f"{HALF} host:{('NL', 'US', 'FR', 'DE')[number % 4]}")
        wait(lambda: not reports._is_searching)


def _batches_behind(vault: Vault, reports: int) -> list[Batch]:
    """So many reports that are not there yet."""
    with vault.reader() as reader:
        found = reader.connection.execute("SELECT max(report_id) FROM report").fetchone()
    first = max(_BEYOND, found[0] if found else 0)
    return list(Synthesis(reports, seed=2, first=first).batches(500))


def _synchronise(main: MainWindow, vault: Vault, batches: Sequence[Batch]) -> dict[str, float]:
    """Batches are applied in a thread of this process while a page is repainted."""

    def apply_all() -> None:
        for batch in batches:
            with vault.transaction() as tx:
                replica.apply(tx, batch)

    writing = threading.Thread(target=apply_all)
    took: list[float] = []
    writing.start()
    while writing.is_alive():
        started = time.perf_counter()
        main.reports.table.viewport().repaint()
        took.append((time.perf_counter() - started) * 1000)
        turn(16)
    return {"p99_ms": sorted(took)[int(len(took) * 0.99) - 1], "frames": len(took)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
