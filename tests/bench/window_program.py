"""The real window on a large vault, measured from inside its process. JSON on standard output.

    python -m tests.bench.window_program VAULT

A program of its own: an event loop that a measuring program shares would be measured with it. The vault
belongs to a gateway that listens (`tests.bench.bound`).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from cport_desktop.bootstrap import furnish
from cport_desktop.crypto.passphrase import FLOOR, derive
from cport_desktop.settings import Settings
from cport_desktop.ui import places
from cport_desktop.ui.app import prepare
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.opening import make_desk
from cport_desktop.ui.renewal import Remains
from cport_desktop.ui.shell import Frame, Shell
from cport_desktop.ui.theme import DARK
from cport_desktop.ui.tidying import Tidying
from cport_desktop.vault.label import read_label
from tests.bench.memory import resident_kib
from tests.bench.pulse import Pulse
from tests.bench.window_acts import acts, make_largest_case, synchronise, turn, wait
from tests.builders import PASSPHRASE
from tests.ui.door import Door


class Stays:
    """A window that is measured is not locked."""

    def again(self, remains: Remains) -> None:
        raise RuntimeError("the window was locked")

    def end(self) -> None:
        """The program ends by itself."""


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


def main(arguments: list[str]) -> int:
    """Unlock, look, scroll, type, synchronise; print what it took. Names behind the vault: of the acts
    that are wanted, instead of all.
    """
    directory, wanted = Path(arguments[0]), arguments[1:]
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
    tidying.settle()
    turn(200)
    told: dict[str, object] = {"unlock": _unlock(shell), "memory_after_unlock_kib": resident_kib()}
    main = shell.main
    assert main is not None
    assert door.vault is not None
    turn(3_000)  # What the window reads in the background is there.
    case = make_largest_case(main, door.vault)
    pulse = Pulse()
    for name, act in acts(case).items():
        if not wanted or name in wanted:
            told[name] = _watched(pulse, main, act)
    told["peak_kib"] = resident_kib()
    turn(31_000)  # What is free goes back twice a minute.
    told["memory_kib"] = resident_kib()
    main.show_page(places.REPORTS)
    if not wanted or "synchronising" in wanted:
        told["synchronising"] = _watched(pulse, main, synchronise)
    told["memory_after_sync_kib"] = resident_kib()
    pulse.end()
    print(json.dumps(told), flush=True)
    tidying.end()
    return 0


def _watched(
    pulse: Pulse, main: MainWindow, act: Callable[[MainWindow], dict[str, object]]
) -> dict[str, object]:
    pulse.begin()
    found = act(main)
    return {**found, **pulse.told()}


def _unlock(shell: Shell) -> dict[str, float]:
    """Milliseconds from asking to the first rows on the screen, without what the key's derivation
    takes by itself.
    """
    deriving = min(_deriving() for _ in range(3))
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


def _deriving() -> float:
    started = time.perf_counter()
    derive(PASSPHRASE, bytes(16), FLOOR)
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
