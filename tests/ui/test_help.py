"""F1 says what one is looking at, what it is for and which keys work there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.ui import places
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.page_table import PAGES
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.help_dialog import HelpDialog
from cport_desktop.ui.views.keys_dialog import KeysDialog
from cport_desktop.words import help as say
from cport_desktop.words import window as words
from tests.ui.conftest import destroy_what_is_dropped
from tests.ui.test_window import button_named, main_of, words_on


@pytest.fixture
def main(opened: Shell, qtbot: QtBot) -> MainWindow:
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    return main_of(opened)


def help_open() -> HelpDialog:
    """The help that is open, on top of the others."""
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, HelpDialog)]
    return next(each for each in found if each.isVisible())


def ask_for_help(here: QWidget, qtbot: QtBot) -> HelpDialog:
    here.window().activateWindow()
    qtbot.waitUntil(here.window().isActiveWindow)
    QTest.keyClick(here, Qt.Key.Key_F1)
    found = help_open()
    qtbot.waitUntil(found.isActiveWindow)
    return found


def test_each_page_says_what_it_is_for_and_which_keys_its_buttons_have(
    main: MainWindow, qtbot: QtBot
) -> None:
    purposes = set()
    for entry in PAGES:
        main.show_page(entry.place)
        main.rail.setFocus()
        dialog = ask_for_help(main, qtbot)
        purposes.add(words_on(dialog))
        assert say.HOW.upper() in words_on(dialog)
        dialog.reject()
        destroy_what_is_dropped()
    assert len(purposes) == len(PAGES)


def test_what_has_the_focus_is_what_is_told_about(main: MainWindow, qtbot: QtBot) -> None:
    main.show_page(places.REPORTS)
    main.reports.table.setFocus()
    of_page = ask_for_help(main.reports.table, qtbot)
    assert of_page.windowTitle() == say.about(say.REPORTS.title)
    assert of_page.told_keys()["Ctrl+E"] == words.PACKAGE
    of_page.reject()
    destroy_what_is_dropped()
    main.reports.query.field.setFocus()
    assert ask_for_help(main.reports.query.field, qtbot).windowTitle() == say.about(say.QUERY.title)


def test_a_part_of_a_page_is_told_about_before_its_page(main: MainWindow, qtbot: QtBot) -> None:
    main.show_page(places.VAULT)
    main.vault.show_part("Backups")
    main.vault.section.take_focus()
    dialog = ask_for_help(main.vault.section, qtbot)
    assert "Backups" in dialog.windowTitle()
    assert main.vault.section.intro in words_on(dialog)
    assert dialog.told_keys()["Alt+B"] == "Back up…"


def test_a_dialog_has_its_own_help_and_goes_on_when_that_closes(
    main: MainWindow, qtbot: QtBot
) -> None:
    main.show_page(places.VAULT)
    main.vault.show_part("Backups")
    button_named("Back up…, Alt+B", main.vault.section).click()
    asked = QApplication.activeModalWidget()
    assert asked is not None
    dialog = ask_for_help(asked, qtbot)
    assert dialog.windowTitle() == say.about(asked.windowTitle())
    assert "Ctrl+Enter" in dialog.told_keys()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert asked.isVisible()
    asked.close()


def test_the_help_leads_to_all_keys_and_stands_in_their_list(
    main: MainWindow, qtbot: QtBot
) -> None:
    main.reports.table.setFocus()
    QTest.keyClicks(ask_for_help(main.reports.table, qtbot), "?")
    listed = main.findChild(KeysDialog)
    assert listed is not None
    assert (say.KEY, say.IN_THE_KEY_LIST) in listed.shown()


def test_asking_for_help_veils_and_a_lock_takes_the_help_away(
    main: MainWindow, opened: Shell, qtbot: QtBot
) -> None:
    main.reports.table.setFocus()
    dialog = ask_for_help(main.reports.table, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert opened.main is None
    assert not any(
        each.isVisible() for each in QApplication.topLevelWidgets() if isinstance(each, HelpDialog)
    )


def test_the_door_has_help_too(shell: Shell, qtbot: QtBot) -> None:
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    here = QApplication.focusWidget() or shell
    assert ask_for_help(here, qtbot).windowTitle() == say.about(say.DOOR.title)


@pytest.mark.parametrize("size", [(1100, 640), (683, 384)])
def test_the_help_fits_and_scrolls(main: MainWindow, size: tuple[int, int], qtbot: QtBot) -> None:
    window = main.window()
    window.setMinimumSize(0, 0)
    window.resize(*size)
    main.reports.table.setFocus()
    dialog = ask_for_help(main.reports.table, qtbot)
    assert dialog.width() <= size[0]
    assert dialog.height() <= size[1]
    assert dialog._scroll.horizontalScrollBar().maximum() == 0
    bar = dialog._scroll.verticalScrollBar()
    assert bar.maximum() > 0
    QTest.keyClick(dialog._scroll, Qt.Key.Key_PageDown)
    assert bar.value() > 0
