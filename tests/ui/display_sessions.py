"""What only a display server can show. Run on one, by `test_on_a_display`: the platform without a screen does
not say whose the clipboard is.
"""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.widgets.rows_table import RowsTable
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
