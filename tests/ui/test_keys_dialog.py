"""The key list is found by a word, and fits on the smallest screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.keys_dialog import KeysDialog
from cport_desktop.words import window as say
from tests.ui.test_window import main_of, words_on


@pytest.fixture
def dialog(opened: Shell, qtbot: QtBot) -> KeysDialog:
    opened.resize(1280, 700)
    main = main_of(opened)
    main.reports.table.setFocus()
    QTest.keyClicks(main.reports.table, "?")
    found = main.findChild(KeysDialog)
    assert found is not None
    qtbot.waitExposed(found)
    return found


def test_it_lists_every_key_once_and_what_it_does(dialog: KeysDialog) -> None:
    listed = dialog.shown()
    assert len(listed) > 45
    assert len(listed) == len(set(listed))


def test_a_word_narrows_it_and_deleting_it_brings_all_back(
    dialog: KeysDialog, qtbot: QtBot
) -> None:
    every = dialog.shown()
    qtbot.waitUntil(dialog.field.hasFocus)
    QTest.keyClicks(dialog.field, "lock ctrl+l")
    assert dialog.shown() == [("Ctrl+L", "Lock")]
    QTest.keyClicks(dialog.field, "zzz")
    assert dialog.shown() == []
    assert say.NO_SUCH_KEY in words_on(dialog)
    dialog.field.clear()
    assert dialog.shown() == every


def test_it_fits_beside_the_frame_and_scrolls_by_keys(dialog: KeysDialog) -> None:
    assert dialog.width() <= 1280
    assert dialog.height() <= 700
    bar = dialog._scroll.verticalScrollBar()
    assert dialog._scroll.horizontalScrollBar().maximum() == 0
    QTest.keyClick(dialog.field, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(dialog.field, Qt.Key.Key_Up)
    assert bar.value() < bar.pageStep()


def test_escape_closes_it(dialog: KeysDialog, qtbot: QtBot) -> None:
    QTest.keyClick(dialog.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible())
