"""What only a display server can show. Run on one, by `test_on_a_display`: the platform without a screen does
not say whose the clipboard is.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from cport_desktop.domain.nature import Nature
from cport_desktop.ui.clips import Clips
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.rehearsing import ProcessRehearsal, Stage
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.rehearsal_dialog import RehearsalDialog
from cport_desktop.ui.widgets.rows_table import RowsTable
from tests.ui.conftest import destroy_what_is_dropped
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.test_rehearsal import a_shell
from tests.ui.test_tables import choices
from tests.ui.test_window import main_of


@pytest.fixture
def main(opened: Shell) -> MainWindow:
    return main_of(opened)


@pytest.fixture
def table(main: MainWindow) -> RowsTable:
    return main.reports.table


def test_a_lock_empties_the_clipboard(opened: Shell, table: RowsTable, qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    table.choose(1)
    choices(table).copy_rows()
    qtbot.waitUntil(lambda: clipboard.text() != "" and clipboard.ownsClipboard())

    opened.lock()

    qtbot.waitUntil(lambda: clipboard.text() == "")


def test_what_is_copied_is_offered_for_a_short_while(
    opened: Shell, main: MainWindow, table: RowsTable, qtbot: QtBot
) -> None:
    clipboard, clips = QGuiApplication.clipboard(), Clips(opened, seconds=1.5)
    clips.emptied.connect(main.status.say_for_now)
    table.choose(1)
    choices(table).copy_rows()
    qtbot.waitUntil(lambda: clipboard.text() != "" and clipboard.ownsClipboard())

    assert clipboard.mimeData().data("x-kde-passwordManagerHint").data() == b"secret"
    qtbot.waitUntil(lambda: clipboard.text() == "")
    assert "2 seconds" in main.status.said()


_SOMEBODY = """
import sys
from PySide6.QtWidgets import QApplication
application = QApplication([])
application.clipboard().setText("theirs")
application.exec()
"""


def test_what_somebody_else_copied_stays(opened: Shell, qtbot: QtBot) -> None:
    clipboard, clips = QGuiApplication.clipboard(), Clips(opened, seconds=0.2)
    clipboard.setText("ours")
    with subprocess.Popen([sys.executable, "-c", _SOMEBODY]) as somebody:
        try:
            qtbot.waitUntil(lambda: clipboard.text() == "theirs", timeout=30_000)
            qtbot.wait(500)
            clips.clear()

            assert clipboard.text() == "theirs"
        finally:
            somebody.terminate()


_A_REHEARSAL_MS = 120_000
"""Until a demo vault of a few reports is made and open, on a machine that does something else as well."""


def titles_on_the_display() -> str:
    """What the display server knows of windows, those of other processes among them."""
    told = subprocess.run(
        ["xwininfo", "-root", "-tree"], capture_output=True, text=True, check=True, timeout=60
    )
    return told.stdout


def tells(word: str) -> Callable[[], bool]:
    return lambda: word in titles_on_the_display()


def test_a_rehearsal_opens_a_window_that_says_synthetic_and_leaves_nothing(
    vault: MemoryVault, qtbot: QtBot, tmp_path: Path
) -> None:
    if shutil.which("xwininfo") is None:
        pytest.skip("needs a look at other windows: apt-get install x11-utils")
    vault.nature = Nature.LIVE
    command = (sys.executable, "-m", "cport_desktop", "--quiet", "demo", "--reports", "6")
    rehearsal = ProcessRehearsal(command, {**os.environ, "TMPDIR": str(tmp_path)})
    shell = a_shell(vault, rehearsal)
    shell.practise()
    dialog = shell.findChild(RehearsalDialog)
    assert dialog is not None
    assert "SYNTHETIC" not in titles_on_the_display()
    dialog.give()
    qtbot.waitUntil(tells("SYNTHETIC"), timeout=_A_REHEARSAL_MS)
    assert len(list(tmp_path.iterdir())) == 1
    assert rehearsal.stage() is Stage.RUNNING
    process = rehearsal._process
    assert process is not None
    process.send_signal(signal.SIGINT)  # Closes the window as its own button does.
    qtbot.waitUntil(lambda: rehearsal.stage() is Stage.ENDED, timeout=_A_REHEARSAL_MS)
    assert list(tmp_path.iterdir()) == []
    dialog.reject()
    shell.close()
    shell.deleteLater()
    destroy_what_is_dropped()
