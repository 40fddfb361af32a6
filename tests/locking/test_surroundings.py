"""The machine's sleep, the screen's lock and another person's session lock the window."""

from __future__ import annotations

import selectors
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cport_desktop.ui.buses import answers, buses_of, session_path
from tests.locking.window_process import SOON, Window, a_window

FAKE = Path(__file__).with_name("fake_desktop.py")


@dataclass
class Desktop:
    """A private bus with a fake session manager on it."""

    address: str
    process: subprocess.Popen[str]

    def announce(self, word: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        self.hear("told")

    def hear(self, words: str) -> None:
        """Wait until it says so."""
        assert self.process.stdout is not None
        while True:
            with selectors.DefaultSelector() as selector:
                selector.register(self.process.stdout, selectors.EVENT_READ)
                assert selector.select(SOON), f"never said: {words}"
            if self.process.stdout.readline().strip() == words:
                return

    @property
    def environment(self) -> dict[str, str]:
        return {
            "DBUS_SYSTEM_BUS_ADDRESS": self.address,
            "DBUS_SESSION_BUS_ADDRESS": self.address,
            "XDG_SESSION_ID": "2",
        }


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("there is no dbus-daemon here: apt-get install dbus")
    with subprocess.Popen(
        [daemon, "--session", "--nofork", "--nopidfile", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as bus:
        assert bus.stdout is not None
        address = bus.stdout.readline().strip()
        with subprocess.Popen(
            [sys.executable, "-u", str(FAKE), address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        ) as fake:
            made = Desktop(address, fake)
            made.hear("ready")
            yield made
            fake.kill()
        bus.kill()


def unlocked(window: Window) -> None:
    window.until(lambda state: state["buses"] == ["desktop", "system"])
    window.unlock()


@pytest.mark.parametrize(
    ("word", "why"),
    [
        pytest.param("sleep", "sleep"),
        pytest.param("locked", "screen", marks=pytest.mark.faults),
        pytest.param("hint", "screen", marks=pytest.mark.faults),
        pytest.param("saver", "screen", marks=pytest.mark.faults),
        pytest.param("away", "switch", marks=pytest.mark.faults),
    ],
)
def test_what_is_about_to_happen_locks_the_window(
    desktop: Desktop, vault: Path, home: Path, word: str, why: str
) -> None:
    with a_window(vault, home, environment=desktop.environment) as window:
        unlocked(window)
        desktop.hear("asked to wait")
        desktop.announce(word)
        assert window.renewed()["remains"].endswith(f" {why}")


@pytest.mark.faults
def test_the_machine_may_sleep_only_when_the_old_image_is_gone(
    desktop: Desktop, vault: Path, home: Path
) -> None:
    with a_window(vault, home, environment=desktop.environment) as window:
        unlocked(window)
        desktop.hear("asked to wait")
        desktop.announce("sleep")
        desktop.hear("free to sleep")
        window.renewed()
        assert window.do("state")["is_open"] is False


@pytest.mark.faults
def test_what_happens_in_another_session_or_on_waking_up_locks_nothing(
    desktop: Desktop, vault: Path, home: Path
) -> None:
    with a_window(vault, home, environment=desktop.environment) as window:
        unlocked(window)
        desktop.announce("foreign")
        desktop.announce("awake")
        window.do("search", text="host:NL")
        assert window.until(lambda state: state["asked"] == "host:NL")["is_open"]
        desktop.announce("locked")
        window.renewed()


@pytest.mark.faults
def test_a_bus_that_never_answers_holds_nothing_up(vault: Path, home: Path, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "bus"))
        silent.listen()
        dead = f"unix:path={tmp_path / 'bus'}"
        with a_window(vault, home, environment={"DBUS_SYSTEM_BUS_ADDRESS": dead}) as window:
            window.unlock()
            assert window.do("state")["buses"] == []
            window.send("lock")
            window.renewed()


def test_a_bus_is_asked_before_the_library_is(tmp_path: Path) -> None:
    path = tmp_path / "bus"
    assert not answers(f"unix:path={path}")
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(path))
        silent.listen()
        assert not answers(f"unix:path={path}")


def test_only_sockets_of_this_machine_count(tmp_path: Path) -> None:
    (tmp_path / "bus").touch()
    found = buses_of(
        {
            "DBUS_SYSTEM_BUS_ADDRESS": "tcp:host=192.0.2.7,port=1",
            "DBUS_SESSION_BUS_ADDRESS": "autolaunch:;unix:abstract=/tmp/dbus-x,guid=00",
        }
    )
    assert found.system is None
    assert found.desktop == "unix:abstract=/tmp/dbus-x,guid=00"
    runtime = buses_of({"XDG_RUNTIME_DIR": str(tmp_path), "DBUS_SYSTEM_BUS_ADDRESS": ""})
    assert runtime.desktop == f"unix:path={tmp_path / 'bus'}"


def test_a_session_is_named_as_the_session_manager_names_it() -> None:
    assert session_path("2") == "/org/freedesktop/login1/session/_32"
    assert session_path("c1") == "/org/freedesktop/login1/session/c1"
    assert session_path("12") == "/org/freedesktop/login1/session/_312"
    assert session_path("a-b") == "/org/freedesktop/login1/session/a_2db"
