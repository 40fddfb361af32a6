"""A vault with reports, and a window on it in a process of its own."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cport_desktop.clock import SystemClock
from cport_desktop.crypto.passphrase import FLOOR
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.nature import Nature
from cport_desktop.vault import header_files, replica
from cport_desktop.vault.key_slots import NewSlot, OpenedHeader, open_header
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.slot_passphrase import NewPassphrase, Passphrase
from cport_desktop.vault.vault import Vault, create_vault, open_vault
from tests.builders import an_entry, an_examination, digests_of
from tests.report_builders import a_batch, a_hotline, a_notice, a_report, an_item, new

ROOT = Path(__file__).resolve().parents[2]
DRIVER = Path(__file__).with_name("driven_window.py")
PASSPHRASE = "passphrase-canary-71f3 Straße"
REPORTS = 120
WITH_MEDIA = 7
SOON = 90.0
A_WHILE = 15.0
"""Seconds after which a test gives up waiting; what it waits for takes a fraction of one."""


@dataclass(frozen=True)
class Somebody:
    """Whose vault it is."""

    passphrase: str = PASSPHRASE

    @property
    def secret(self) -> Passphrase:
        return Passphrase(self.passphrase.encode())


def make_vault(directory: Path, picture: bytes | None = None) -> Path:
    """A demo vault with reports; `picture` is the one medium of the report `WITH_MEDIA`."""
    create_vault(
        directory,
        nature=Nature.DEMO,
        analyst="Ada Example",
        slots=[NewSlot("passphrase", NewPassphrase(PASSPHRASE.encode(), FLOOR))],
        clock=SystemClock(),
    )
    with reopened(directory) as vault:
        reports = [a_report(number) for number in range(1, REPORTS + 1)]
        if picture is not None:
            item = an_item(WITH_MEDIA * 10, media=(a_notice(20, picture),))
            reports[WITH_MEDIA - 1] = a_report(WITH_MEDIA, contents=(item,))
        with vault.transaction() as tx:
            batch = a_batch(*(new(report) for report in reports), hotlines=[a_hotline()])
            replica.apply(tx, batch)
            tx.record(an_entry("apply"))
        if picture is not None:
            _hold(vault, picture)
    return directory


def _hold(vault: Vault, picture: bytes) -> None:
    intake = vault.intake(MediaId(20))
    intake.write(picture)
    with vault.transaction() as tx:
        intake.settle(tx, digests_of(picture), an_examination())
        tx.record(an_entry("hold"))
    intake.close()


def reopened(directory: Path) -> Vault:
    return open_vault(directory, secret=Somebody().secret, clock=SystemClock(), program="tests")


def opened_header(directory: Path) -> OpenedHeader:
    return open_header(header_files.read(Layout(directory)).headers[0], Somebody().secret)


class Window:
    """The process and its two pipes."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.pid = process.pid
        self._unread = b""

    def do(self, verb: str, **arguments: object) -> dict[str, Any]:
        """Carry out a command and wait for its answer."""
        self.send(verb, **arguments)
        return self.answer()

    def send(self, verb: str, **arguments: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": verb, **arguments}).encode() + b"\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        end = time.monotonic() + SOON
        while b"\n" not in self._unread:
            with selectors.DefaultSelector() as selector:
                selector.register(self.process.stdout, selectors.EVENT_READ)
                assert selector.select(max(0.0, end - time.monotonic())), "no answer"
            piece = os.read(self.process.stdout.fileno(), 65_536)
            assert piece, f"the window ended: {self.process.wait(5)}"
            self._unread += piece
        line, self._unread = self._unread.split(b"\n", 1)
        answer: dict[str, Any] = json.loads(line)
        return answer

    def until(self, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first state for which `is_so` holds."""
        end = time.monotonic() + SOON
        while not is_so(state := self.do("state")):
            assert time.monotonic() < end, state
            time.sleep(0.02)
        return state

    def unlock(self) -> dict[str, Any]:
        """Go in, and wait until the first page is there."""
        self.do("unlock", text=PASSPHRASE)
        return self.until(lambda state: state["is_open"] and state["rows"] > 0)

    def open_row(self, row: int) -> int:
        """Open the report in that row; its number. A row that was chosen while the list came anew
        is chosen again.
        """
        end = time.monotonic() + SOON
        while True:
            self.do("open", number=row)
            again = time.monotonic() + A_WHILE
            while time.monotonic() < again:
                state = self.do("state")
                if state["report"] is not None:
                    return int(state["report"])
                time.sleep(0.02)
            assert time.monotonic() < end, state

    def write_feedback(self, text: str, *, row: int = 3) -> int:
        """Open the report in that row and write; its number, once the draft is kept."""
        number = self.open_row(row)
        self.do("write", text=text)
        self.until(lambda state: not state["is_writing"])
        return int(number)

    def renewed(self) -> dict[str, Any]:
        """What the next image of the process says when it begins."""
        while "started" not in (answer := self.answer()):
            pass
        return answer

    def open_files(self) -> list[str]:
        """Where the descriptors of the process lead; one closed while it is looked at is not told."""
        places = []
        for link in Path(f"/proc/{self.pid}/fd").iterdir():
            with suppress(FileNotFoundError):
                places.append(str(link.readlink()))
        return places

    def until_nothing_is_open_in(self, folder: Path) -> None:
        """Wait until no descriptor leads there: a door reads the header anew for a moment."""
        end = time.monotonic() + SOON
        while found := [place for place in self.open_files() if str(folder) in place]:
            assert time.monotonic() < end, found
            time.sleep(0.02)


@contextmanager
def a_window(
    vault: Path,
    home: Path,
    *,
    lock_after: float = 240.0,
    environment: Mapping[str, str] = MappingProxyType({}),
    within: Sequence[str] = (),
) -> Iterator[Window]:
    """A window at its door, in an almost empty environment; `within`: a command that runs it, and
    becomes it.
    """
    home.mkdir(exist_ok=True)
    chosen = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        **environment,
    }
    process = subprocess.Popen(
        [*within, sys.executable, str(DRIVER), str(vault), str(lock_after)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=chosen,
        cwd=home,
    )
    window = Window(process)
    try:
        assert window.answer()["remains"] is None
        yield window
    finally:
        process.kill()
        _, errors = process.communicate(timeout=10)
        sys.stderr.write(errors.decode())
