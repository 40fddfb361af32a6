"""The key that exports a table, on pages that list none."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cport_desktop.ui import places
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.export_dialog import ExportDialog
from cport_desktop.words.table_page import NO_TABLE
from tests.ui.test_window import CTRL, main_of, press

_SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize("place", [places.OVERVIEW, places.SETTINGS])
def test_it_says_in_the_status_line_that_there_is_nothing_to_export_here(
    opened: Shell, qtbot: QtBot, place: int
) -> None:
    main = main_of(opened)
    main.show_page(place)
    assert main.status.said() == ""
    press(opened, qtbot, Qt.Key.Key_E, CTRL | _SHIFT)
    assert main.status.said() == NO_TABLE
    assert main.findChildren(ExportDialog) == []
    main.show_page(places.REPORTS)
    assert main.status.said() == "", "here it would be wrong"
    press(opened, qtbot, Qt.Key.Key_E, CTRL | _SHIFT)
    (dialog,) = main.findChildren(ExportDialog)
    assert main.status.said() == ""
    dialog.reject()
