"""The demo's window opens by itself once; after a lock it does not, and its gateway goes on."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cport_desktop.errors import VaultHeld
from tests.cli.conftest import Cport
from tests.locking.memory import descendants
from tests.locking.test_surroundings import Desktop, desktop

__all__ = ["desktop"]

pytestmark = pytest.mark.faults
LONG = 120.0
"""Seconds in which a demo is made, on a machine that has other things to do."""


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.1)


def is_held(cport: Cport) -> bool:
    ran = cport("--json", "vault", "status")
    return ran.status == VaultHeld.exit_status and ran.json["error"]["code"] == VaultHeld.code


def window_under(pid: int) -> int:
    def is_window(process: int) -> bool:
        return b"window" in Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")

    return next((child for child in descendants(pid)[1:] if is_window(child)), 0)


def test_after_a_lock_the_door_stays_shut_and_the_gateway_goes_on(
    desktop: Desktop, tmp_path: Path
) -> None:
    folder, home = tmp_path / "demo", tmp_path / "home"
    home.mkdir()
    alone = Cport(home, more={"QT_QPA_PLATFORM": "offscreen", **desktop.environment})
    cport = Cport(home, folder / "vault", folder / "passphrase.txt")
    arguments = ["--json", "demo", "--reports", "12", "--keep", str(folder)]
    with subprocess.Popen(
        [sys.executable, "-m", "cport_desktop", *arguments],
        env=alone.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as demo:
        until(lambda: window_under(demo.pid) != 0)
        window = window_under(demo.pid)
        desktop.hear("asked to wait")
        assert is_held(cport)
        secret = (folder / "passphrase.txt").read_bytes().strip()
        assert secret not in told_to(window)

        desktop.announce("locked")
        until(lambda: b"CPORT_WINDOW=" in told_to(window))
        assert window_under(demo.pid) == window
        assert b"--passphrase-fd" not in told_to(window)
        assert secret not in told_to(window)
        synced = cport("--json", "sync")
        assert synced.status == 0, synced.out
        assert synced.json["complete"] is True

        children = descendants(demo.pid)[1:]
        demo.send_signal(signal.SIGTERM)
        said, _ = demo.communicate(timeout=LONG)
        assert json.loads(said)["reports"] == 12
        assert not [child for child in children if Path(f"/proc/{child}").exists()]


def told_to(pid: int) -> bytes:
    """Arguments and environment of a process."""
    folder = Path(f"/proc/{pid}")
    return (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
