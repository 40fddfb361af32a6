"""On a real display server: the panic key as a keyboard sends it, and what is left on the display."""

from __future__ import annotations

import os
import selectors
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.locking.test_replaced_process import COPIED, TITLE
from tests.locking.window_process import ROOT, SOON, a_window

pytestmark = pytest.mark.faults

READ_CLIPBOARD = """
import sys
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
sys.stdout.write(QGuiApplication.clipboard().text())
"""


@pytest.fixture
def display() -> Iterator[str]:
    for tool in ("Xvfb", "xdotool"):
        if shutil.which(tool) is None:
            pytest.skip(f"there is no {tool} here")
    reading, writing = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1500x900x24"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(writing)
        with selectors.DefaultSelector() as selector, os.fdopen(reading) as told:
            selector.register(told, selectors.EVENT_READ)
            assert selector.select(SOON)
            yield f":{told.readline().strip()}"
        server.terminate()


def on(display: str) -> dict[str, str]:
    return {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}


def stroke(display: str, key: str) -> None:
    subprocess.run(["xdotool", "key", key], env={**os.environ, "DISPLAY": display}, check=True)


def windows(display: str) -> str:
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "."],
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout


@pytest.mark.parametrize("what", ["nothing", "compose", "files", "menu"])
def test_the_panic_key_is_heard_whatever_has_the_keyboard(
    vault: Path, home: Path, display: str, what: str
) -> None:
    with a_window(vault, home, environment=on(display)) as window:
        window.unlock()
        if what in ("compose", "files"):
            window.do("compose", title=TITLE)
        if what == "files":
            window.do("files")
        if what == "menu":
            window.do("menu")
        time.sleep(0.3)
        stroke(display, "F12")
        assert window.renewed()["remains"].endswith(" panic")
        assert window.do("state")["is_open"] is False
        assert len(windows(display).split()) <= 1


def test_the_lock_key_is_heard_over_a_dialog(vault: Path, home: Path, display: str) -> None:
    with a_window(vault, home, environment=on(display)) as window:
        window.unlock()
        window.do("compose", title=TITLE)
        time.sleep(0.3)
        stroke(display, "ctrl+l")
        assert window.renewed()["remains"].endswith(" hand")


@pytest.mark.parametrize("way", ["lock", "panic"])
def test_nothing_that_was_copied_stays_on_the_clipboard(
    vault: Path, home: Path, display: str, way: str
) -> None:
    def on_the_clipboard() -> str:
        return subprocess.run(
            [sys.executable, "-c", READ_CLIPBOARD],
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "QT_QPA_PLATFORM": "xcb",
                "DISPLAY": display,
            },
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    with a_window(vault, home, environment=on(display)) as window:
        window.unlock()
        window.do("copy", text=COPIED)
        assert on_the_clipboard() == COPIED
        window.send("lock") if way == "lock" else window.send("key", key="Key_F12")
        window.renewed()
        assert on_the_clipboard() == ""
