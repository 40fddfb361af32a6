"""The command line within the test's own process: the same answers, without a start for each."""

from __future__ import annotations

import io
import signal
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.cli.entry import run
from tests.cli.ran import Ran


@dataclass(frozen=True, slots=True)
class CportHere:
    """As `Cport`, for what needs no process of its own."""

    home: Path
    vault: Path
    passphrase_file: Path | None = None

    def __call__(self, *arguments: str | Path) -> Ran:
        out, err = io.StringIO(), io.StringIO()
        environment = {
            "XDG_STATE_HOME": str(self.home / "state"),
            "XDG_DATA_HOME": str(self.home / "data"),
            "CPORT_VAULT": str(self.vault),
        }
        if self.passphrase_file is not None:
            environment["CPORT_PASSPHRASE_FILE"] = str(self.passphrase_file)
        with redirect_stdout(out), redirect_stderr(err), _own_signals():
            status = run([*map(str, arguments)], environment, show_window=_no_window)
        return Ran(status, out.getvalue(), err.getvalue())


@contextmanager
def _own_signals() -> Iterator[None]:
    """What the command line does with signals ends with it."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, reaction in kept.items():
            signal.signal(number, reaction)


def _no_window(*_: object) -> int:
    raise AssertionError("no window was asked for")
