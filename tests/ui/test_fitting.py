"""The window on the screens that are usual where it works: all of it is seen, to the status line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from cport_desktop.ui.fitting import FRAME, fit_on_screen, fitted
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.page_table import PAGES
from cport_desktop.ui.shell import SMALLEST, USUAL, Shell
from cport_desktop.ui.views.parts_page import PartsPage
from cport_desktop.words import courier_page, enrolment_page
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.synthetic_exchanging import an_agreement
from tests.ui.test_window import main_of

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


def test_no_page_demands_more_than_a_small_notebook_has(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    vault.exchanging.waiting = an_agreement(4, needs_acceptance=True)
    main.exchanges.show_part(courier_page.BY_STICK)
    main.exchanges.stick.carry_out()
    main.agreement.show_part(enrolment_page.ENROLMENT)
    main.agreement.enrolment.begin()
    layout = main.layout()
    assert layout is not None
    for name in shown(main, qtbot):
        least = main.minimumSizeHint()
        assert least.width() <= ROOM.width(), name
        assert least.height() <= ROOM.height(), name
        assert layout.totalMinimumHeightForWidth(ROOM.width()) <= ROOM.height(), name
