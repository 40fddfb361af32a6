"""The window on the screens that are usual where it works: all of it is seen, to the status line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cport_desktop.ui import places
from cport_desktop.ui.fitting import FRAME, SMALLEST, fit_on_screen, fitted
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.page_table import PAGES
from cport_desktop.ui.shell import USUAL, Shell
from cport_desktop.ui.views.parts_page import PartsPage
from cport_desktop.ui.widgets.panes import FoldingPanes
from cport_desktop.ui.widgets.roomy import Roomy
from cport_desktop.words import courier_page, enrolment_page
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.synthetic_exchanging import an_agreement
from tests.ui.test_window import main_of, words_on

NOTEBOOK = QSize(1366, 768)
TASK_BAR = 48
ROOM = QSize(1280, 700)
"""What every page must do with."""


@pytest.mark.parametrize("taken", [0, TASK_BAR])
def test_a_window_at_its_usual_size_leaves_room_for_its_frame_on_a_small_notebook(
    taken: int,
) -> None:
    screen = NOTEBOOK - QSize(0, taken)
    fits = fitted(QSize(*USUAL), smallest=QSize(*SMALLEST), screen=screen)
    assert fits + FRAME == screen
    large = QSize(1920, 1080)
    assert fitted(QSize(*USUAL), smallest=QSize(*SMALLEST), screen=large) == QSize(*USUAL)


def test_the_window_that_is_shown_first_is_no_higher_than_its_screen(shell: Shell) -> None:
    shell.resize(2_000, 2_000)
    fit_on_screen(shell)
    screen = shell.screen().availableGeometry().size()
    assert shell.height() + FRAME.height() <= screen.height()
    assert shell.width() == max(SMALLEST[0], screen.width() - FRAME.width())
    fit_on_screen(shell)
    assert shell.height() + FRAME.height() <= screen.height()


def shown(main: MainWindow, qtbot: QtBot) -> Iterator[str]:
    """Every page and every part, one after the other on the screen."""
    for entry in PAGES:
        main.show_page(entry.place)
        page = main.pages.at(entry.place)
        parts = page._sections if isinstance(page, PartsPage) else ()
        for name in [part.title for part in parts] or [""]:
            if isinstance(page, PartsPage):
                page.show_part(name)
            qtbot.wait(30)
            yield f"{entry.title} {name}"


def test_no_page_scrolls_on_a_small_notebook(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    vault.exchanging.waiting = an_agreement(4, needs_acceptance=True)
    main.exchanges.show_part(courier_page.BY_STICK)
    main.exchanges.stick.carry_out()
    main.agreement.show_part(enrolment_page.ENROLMENT)
    main.agreement.enrolment.begin()
    opened.resize(ROOM)
    for name in shown(main, qtbot):
        assert opened.size() == ROOM, name
        areas = [area for area in opened.findChildren(Roomy) if area.isVisible()]
        assert len(areas) >= 2, name
        bars = [
            bar for area in areas for bar in (area.horizontalScrollBar(), area.verticalScrollBar())
        ]
        assert [bar.maximum() for bar in bars] == [0] * len(bars), name


def test_a_narrow_window_has_a_line_instead_of_its_rail_and_shows_the_rail_when_it_is_asked_for(
    opened: Shell, qtbot: QtBot
) -> None:
    main = main_of(opened)
    assert main.rail.isVisible()
    assert not main.folded.bar.isVisible()
    opened.resize(*SMALLEST)
    qtbot.waitUntil(lambda: not main.rail.isVisible())
    assert main.folded.bar.isVisible()
    assert "SYNTHETIC VAULT" in words_on(main.folded.bar)
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    QTest.keyClick(main, Qt.Key.Key_F9)
    assert main.rail.isVisible()
    assert main.rail.isAncestorOf(opened.focusWidget())
    QTest.keyClick(opened.focusWidget(), Qt.Key.Key_Escape)
    assert not main.rail.isVisible()
    QTest.keyClick(main, Qt.Key.Key_F9)
    main.show_page(places.HOTLINES)
    assert not main.rail.isVisible()
    assert "Hotlines" in words_on(main.folded.bar)
    opened.resize(*USUAL)
    qtbot.waitUntil(main.rail.isVisible)
    assert not main.folded.bar.isVisible()


def test_panes_stand_beneath_each_other_in_a_narrow_window_and_as_wide_as_before_in_a_wide_one(
    opened: Shell, qtbot: QtBot
) -> None:
    main = main_of(opened)
    opened.resize(*USUAL)
    panes = main.reports._splitters[0]
    assert isinstance(panes, FoldingPanes)
    qtbot.waitUntil(lambda: panes.width() > 1_000)
    panes.setSizes([700, 450])
    before = panes.sizes()
    opened.resize(*SMALLEST)
    qtbot.waitUntil(lambda: panes.is_folded)
    assert main.reports.pane.y() >= main.reports.table.mapTo(panes, QPoint()).y()
    assert main.reports.stand().panes[0] == tuple(panes.sizes())
    panes.setSizes(before)
    opened.resize(*USUAL)
    qtbot.waitUntil(lambda: not panes.is_folded)
    assert panes.sizes() == before
