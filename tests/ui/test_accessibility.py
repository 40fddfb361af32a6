"""Everybody gets everywhere: each page, part and dialog by ear and by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.page_entry import PageEntry, PageView
from cport_desktop.ui.page_table import PAGES
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.parts_page import PartsPage
from cport_desktop.ui.widgets.facts import FactGrid
from cport_desktop.ui.widgets.plain_label import PlainLabel
from tests.ui.accessible_walk import faults_of, faults_of_tab, way_of_tab
from tests.ui.conftest import destroy_what_is_dropped
from tests.ui.test_window import main_of

_SETTLE_MS = 30
"""What a page asked for has been answered: the desk of these tests answers at once."""


@pytest.fixture
def main(opened: Shell, qtbot: QtBot) -> MainWindow:
    opened.resize(1366, 768)
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    return main_of(opened)


def parts_shown(
    main: MainWindow, entry: PageEntry[PageView], qtbot: QtBot
) -> Iterator[tuple[str, QWidget]]:
    """Each part of a page (or the page itself), while it is shown."""
    main.show_page(entry.place)
    page = main.pages.widget_at(entry.place)
    if not isinstance(page, PartsPage):
        qtbot.wait(_SETTLE_MS)
        yield entry.title, page
        return
    for section in page._sections:
        main.show_page(entry.place)
        page.show_part(section.title)
        qtbot.wait(_SETTLE_MS)
        yield f"{entry.title}, {section.title}", section


def dialogs_from(part: QWidget, qtbot: QtBot) -> Iterator[QDialog]:
    """Every dialog that a button of `part` opens, one after the other, and every one that a button of
    such a dialog does; of files that are chosen, too.
    """
    before = shown_dialogs()
    for press in part.findChildren(QAbstractButton):
        if not (isValid(press) and press.isVisible() and press.isEnabled()):
            continue
        if "…" not in press.accessibleName().partition(",")[0]:
            continue
        press.click()
        for dialog in shown_dialogs():
            if dialog in before or not isValid(dialog):
                continue
            qtbot.wait(1)
            yield dialog
            if not isinstance(dialog, QFileDialog):
                yield from dialogs_from(dialog, qtbot)
            dialog.reject()
            destroy_what_is_dropped()


def shown_dialogs() -> list[QDialog]:
    return [
        window
        for window in QApplication.topLevelWidgets()
        if isValid(window) and isinstance(window, QDialog) and window.isVisible()
    ]


def test_everything_on_each_page_and_dialog_has_a_name_and_is_reached_by_tab(
    main: MainWindow, qtbot: QtBot
) -> None:
    shell = main.window()
    faults: set[str] = set()
    pages, dialogs, choosers = [], [], 0
    for entry in PAGES:
        for title, part in parts_shown(main, entry, qtbot):
            pages.append(title)
            faults |= {f"{title}: {fault}" for fault in faults_of(shell) + faults_of_tab(shell)}
            for dialog in dialogs_from(part, qtbot):
                dialogs.append(dialog.windowTitle())
                choosers += isinstance(dialog, QFileDialog)
                found = faults_of(dialog) + faults_of_tab(dialog)
                faults |= {f"{title}, {dialog.windowTitle()}: {fault}" for fault in found}
    assert sorted(faults) == []
    assert len(pages) >= 30
    assert len(set(dialogs)) >= 40
    assert choosers >= 10


def test_shift_tab_goes_the_same_way_back_and_a_pane_comes_before_what_stands_beneath_it(
    main: MainWindow,
) -> None:
    shell = main.window()
    main.reports.table.setFocus()
    onwards = way_of_tab(shell)
    back = way_of_tab(shell, Qt.Key.Key_Backtab)
    at = back.index(onwards[-1])
    assert back[at:] + back[:at] == onwards[::-1]
    in_pane = [at for at, part in enumerate(onwards) if main.reports.pane.isAncestorOf(part)]
    beneath = [at for at, part in enumerate(onwards) if main.status.isAncestorOf(part)]
    assert in_pane and beneath
    assert max(in_pane) < min(beneath)


def test_tab_scrolls_to_what_it_reaches(main: MainWindow, qtbot: QtBot) -> None:
    pane = main.reports.pane
    main.reports.table.setFocus()
    for part in way_of_tab(main.window()):
        if not pane.isAncestorOf(part):
            continue
        part.setFocus(Qt.FocusReason.OtherFocusReason)
        QTest.keyClick(part, Qt.Key.Key_Tab)
        reached = main.window().focusWidget()
        assert reached is not None
        assert not reached.visibleRegion().isEmpty()


def test_facts_are_one_step_of_tab_and_arrows_lead_through_them(qtbot: QtBot) -> None:
    grid = FactGrid([("One", "first"), ("Two", None), ("Three", "third"), ("Four", "x" * 60)])
    qtbot.addWidget(grid)
    grid.show()
    qtbot.waitExposed(grid)
    told = [label for label in grid.findChildren(PlainLabel) if label.accessibleDescription()]
    assert [label.accessibleDescription() for label in told] == ["One", "Three", "Four"]
    told[0].setFocus()
    for key, expected in (("Down", 1), ("Down", 2), ("Down", 2), ("Up", 1), ("Up", 0), ("Up", 0)):
        here = grid.focusWidget()
        assert here is not None
        QTest.keyClick(here, getattr(Qt.Key, f"Key_{key}"))
        assert grid.focusWidget() is told[expected]
    reached = [label for label in told if label.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert reached == told[:1]


def test_what_can_be_copied_is_copied_by_key_whole_or_as_marked(qtbot: QtBot) -> None:
    label = PlainLabel("first second", can_be_copied=True)
    qtbot.addWidget(label)
    label.show()
    QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "first second"
    label.setSelection(0, 5)
    QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "first"
    label.say("")
    assert label.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_the_door_is_gone_through_by_tab(shell: Shell, qtbot: QtBot) -> None:
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    assert faults_of(shell) + faults_of_tab(shell) == []
