"""What the window frees goes back to the machine."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest
from pytestqt.qtbot import QtBot

from cport_desktop.ui import main_window
from cport_desktop.ui.shell import Shell
from tests.ui.test_window import main_of

LEFT_BEHIND = """
import ctypes, sys, threading
from pathlib import Path
from cport_desktop.ui.memory_use import give_back, spare_memory

libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
libc.free.argtypes = [ctypes.c_void_p]
libc.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4

def piece(size):
    found = libc.malloc(size)
    libc.memset(found, 1, size)
    return found

if sys.argv[1] == "spared":
    spare_memory()
before, pins = resident(), []
for _ in range(3):  # Larger and larger ones, with something small in use behind each.
    for size in (1 << 20, 4 << 20, 16 << 20):
        large = piece(size)
        pins.append(piece(64))
        libc.free(large)
large_ones = resident() - before
small = [piece(4_000) for _ in range(10_000)]
pins.append(piece(64))
for each in small:
    libc.free(each)
small_ones = resident() - before
give_back()
print(large_ones, small_ones, resident() - before)
"""


def left_behind(how: str) -> list[int]:
    """KiB that stay: of large pieces, of small ones, and when these were given back."""
    done = subprocess.run(
        [sys.executable, "-c", LEFT_BEHIND, how], capture_output=True, text=True, check=True
    )
    return [int(each) for each in done.stdout.split()]


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's heaps; elsewhere nothing is changed")
def test_freed_pieces_do_not_stay() -> None:
    usually, *_ = left_behind("as usual")
    large, small, given_back = left_behind("spared")
    assert usually > large + 10_000
    assert given_back < small - 20_000


def test_the_window_gives_back_now_and_then_and_not_in_its_own_thread(
    opened: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_back_in: list[int] = []
    monkeypatch.setattr(
        main_window, "give_back", lambda: given_back_in.append(threading.get_ident())
    )
    main = main_of(opened)
    assert main._ages.isActive()
    main._ages.timeout.emit()
    qtbot.waitUntil(lambda: bool(given_back_in))
    assert given_back_in != [threading.get_ident()]
