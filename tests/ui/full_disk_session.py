"""An export in the window onto a disk that is full. Run by `test_bad_input` in a process that may mount one."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.errors import StorageFull
from cport_desktop.ui.seat import Seat
from cport_desktop.words.errors import explain
from tests.ui.conftest import LONG
from tests.ui.test_bad_input import beneath, export_dialog, seat, typed
from tests.ui.test_window import words_on

__all__ = ["beneath", "seat"]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of one page, which the name of a file takes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4k", "none", str(disk)], check=True)
    (disk / "full").write_bytes(bytes(4096))
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_it_is_told_where_it_was_asked_and_goes_on_with_room(
    seat: Seat, beneath: QWidget, small: Path, qtbot: QtBot
) -> None:
    dialog = export_dialog(seat, small / "table.csv", beneath, qtbot)
    before = typed(dialog)
    dialog.write()
    told = explain(StorageFull(where=str(small / "table.csv"))).message
    qtbot.waitUntil(lambda: told in words_on(dialog), timeout=LONG)
    assert typed(dialog) == before
    assert [each.name for each in small.iterdir()] == ["full"]

    subprocess.run(["mount", "-o", "remount,size=1m", str(small)], check=True)
    dialog.write()
    qtbot.waitUntil((small / "table.csv").exists, timeout=LONG)
