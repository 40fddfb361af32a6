"""By ear and by keyboard alone: modes, wizards, the player; what veiled media say; states without their colours."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.bootstrap import furnish
from cport_desktop.settings import Settings
from cport_desktop.ui import places
from cport_desktop.ui.founding import FoundingWindow
from cport_desktop.ui.foundry_opening import make_foundry
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.models.keyset_table import TONE_ROLE
from cport_desktop.ui.models.tile_list import Tile
from cport_desktop.ui.page_table import PAGES
from cport_desktop.ui.rehearsing import ProcessRehearsal
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.theme import DARK
from cport_desktop.ui.views.help_dialog import HelpDialog
from cport_desktop.ui.views.rehearsal_dialog import RehearsalDialog
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import founding_help, guide
from tests.ui.accessible_walk import faults_of, faults_of_tab, said_by
from tests.ui.conftest import destroy_what_is_dropped
from tests.ui.synthetic_desk import RESOURCES
from tests.ui.test_accessibility import main, parts_shown
from tests.ui.test_door import Reopened
from tests.ui.test_enrolment_wizard import asking, notes, part

__all__ = ["main", "notes", "part"]
_TEXTS = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)
_COLOURED = ("gravest", "grave", "lightest")


def faults_in(window: QWidget) -> list[str]:
    return faults_of(window) + faults_of_tab(window)


# -- modes of the pages


def test_triage_stacks_and_an_opened_stack(main: MainWindow, qtbot: QtBot) -> None:
    shell = main.window()
    main.show_page(places.REPORTS)
    main.reports.table.setFocus()
    QTest.keyClick(main.reports.table, Qt.Key.Key_F8)
    assert main.reports.triage.is_on
    assert faults_in(shell) == []
    main.reports.table.setFocus()
    QTest.keyClick(main.reports.table, Qt.Key.Key_F8)
    main.show_page(places.MEDIA)
    media = main.media
    qtbot.waitUntil(lambda: not media.is_empty)
    media.grid.choose(0)
    qtbot.waitUntil(lambda: media.pane.card is not None)
    assert faults_in(shell) == []
    media.line.stacks.click()
    qtbot.waitUntil(lambda: media.stacks.model.rowCount() > 0)
    assert faults_in(shell) == []
    media.stacks.grid.choose(0)
    media.stacks.grid.setFocus()
    QTest.keyClick(media.stacks.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: media.stacks.is_open)
    assert faults_in(shell) == []


# -- wizards


def test_the_wizard_of_an_enrolment(
    opened: Shell, part: QWidget, notes: object, qtbot: QtBot
) -> None:
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    steps = asking(opened, part, qtbot)  # type: ignore[arg-type]
    seen = []
    for step in (2, 1, 0):
        assert steps.step == step
        seen += faults_in(opened)
        steps.go_back()
    assert seen == []


@pytest.fixture
def founding(qtbot: QtBot) -> Iterator[FoundingWindow]:
    window = FoundingWindow(
        make_foundry(furnish(Settings())),
        None,
        theme=DARK,
        styles=RESOURCES / "styles",
        renewal_on=Reopened().on,
        rehearsal=ProcessRehearsal(("/no/such/program",), {}),
    )
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    qtbot.waitUntil(lambda: not window.view.is_busy)
    window.close()
    window.deleteLater()
    destroy_what_is_dropped()


def press(window: QWidget, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
    modifier = held[0] if held else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(window.focusWidget() or window, key, modifier)


def test_each_step_of_making_and_of_restoring_a_vault(
    founding: FoundingWindow, qtbot: QtBot
) -> None:
    seen = []
    for make in (founding.make, founding.restore):
        view = make()
        for step in range(len(view._steps)):
            view.show_step(step)
            qtbot.wait(10)
            seen += [f"{view._title.text()}: {fault}" for fault in faults_in(founding)]
    assert seen == []


def test_help_and_a_rehearsal_are_there_before_there_is_a_vault(
    founding: FoundingWindow, qtbot: QtBot
) -> None:
    for make, told in (
        (founding.make, founding_help.FOUNDING),
        (founding.restore, founding_help.RESTORING),
    ):
        view = make()
        press(founding, Qt.Key.Key_F1)
        help_dialog = view.findChild(HelpDialog)
        assert help_dialog is not None
        assert told.title in help_dialog.windowTitle()
        help_dialog.reject()
        founding.activateWindow()
        qtbot.waitUntil(founding.isActiveWindow)
        press(founding, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
        dialog = view.findChild(RehearsalDialog)
        assert dialog is not None
        dialog.give()
        assert dialog.told() == guide.FAILED
        dialog.reject()
        view.show_step(1)
        named = [made for made in view.findChildren(QAbstractButton) if made.isVisible()]
        assert all(guide.PRACTISE not in made.accessibleName() for made in named)


# -- what veiled media say


def test_of_veiled_media_nothing_is_said_that_their_cards_do_not_show(
    main: MainWindow, qtbot: QtBot
) -> None:
    main.show_page(places.MEDIA)
    media = main.media
    qtbot.waitUntil(lambda: not media.is_empty)
    for at in range(min(6, media.model.rowCount())):
        spoken = str(media.model.index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole))
        tile: Tile = media.model.tile(at)
        marks = [word for mark in media.model.marks(at) for word in (mark.shown, mark.spoken)]
        shown = " ".join((tile.left, tile.right, tile.beneath, *marks))
        assert set(words_in(spoken)) <= set(words_in(shown))


def test_neither_veiled_nor_looked_at_does_a_picture_say_what_is_in_it(
    main: MainWindow, qtbot: QtBot
) -> None:
    main.show_page(places.MEDIA)
    media = main.media
    qtbot.waitUntil(lambda: not media.is_empty)
    said = set()
    for at in (0, 1):
        media.grid.choose(at)
        qtbot.waitUntil(lambda: media.pane.card is not None)
        glass = media.pane.panel.glass
        said.add(texts_of(glass))
        media.pane.panel.looking.press()
        qtbot.wait(20)
        said.add(texts_of(glass))
        media.pane.panel.looking.release()
    assert len(said) == 1


def texts_of(widget: QWidget) -> tuple[str, ...]:
    return tuple(said_by(widget).text(text) for text in _TEXTS)


def words_in(text: str) -> list[str]:
    return re.findall(r"[\w.]+", text.casefold())


# -- states


def test_no_state_is_told_by_its_colour_alone(main: MainWindow, qtbot: QtBot) -> None:
    silent: set[str] = set()
    seen = 0
    for entry in PAGES:
        for title, _ in parts_shown(main, entry, qtbot):
            for label in main.window().findChildren(PlainLabel):
                if label.isVisible() and label.property("tone") in _COLOURED:
                    seen += 1
                    if not words_in(label.text()):
                        silent.add(f"{title}: {label.text()!r}")
            for table in main.window().findChildren(QTableView):
                found = list(coloured_cells(table)) if table.isVisible() else []
                seen += len(found)
                silent |= {f"{title}: {words!r}" for words in found if not words_in(words)}
    assert sorted(silent) == []
    assert seen >= 20


def coloured_cells(table: QTableView) -> Iterator[str]:
    """What the cells say that have a colour of their own."""
    model = table.model()
    for row in range(min(30, model.rowCount())):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            if index.data(TONE_ROLE) in _COLOURED:
                yield str(index.data() or "")
