"""While somebody looks, nothing but the glass has the picture: no list, tip, copy, print or reader."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip
from pytestqt.qtbot import QtBot

import cport_desktop.ui
from cport_desktop.ui import places
from cport_desktop.ui.clips import MARKS, marked
from cport_desktop.ui.looking import Looking, LookState
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.shell import Shell
from tests.ui.synthetic_desk import MemoryVault

UI = Path(cport_desktop.ui.__file__).parent
WAYS_OUT = {
    "QDrag": "nothing is dragged out",
    "QPrinter": "nothing is printed",
    "QPrintDialog": "nothing is printed",
    "QPdfWriter": "nothing is printed",
    "QPicture": "no picture is kept",
    "QImageWriter": "no picture is written",
    "QBuffer": "no picture is written",
    "setPixmap": "no pixel but what a glass paints",
    "setImage": "no picture on the clipboard",
    "setMimeData": "words alone on the clipboard",
    "setIconPixmap": "no pixel but what a glass paints",
    "grabWindow": "the screen is nobody's",
    "setDragPixmap": "nothing is dragged out",
}

DRAWN_HERE = {"charts/painting.py": ("QBuffer",)}
"""A figure of counts is encoded there, from boxes and strokes; no medium reaches it."""
MARKED_HERE = {"clips.py": ("setMimeData",)}
"""Text that was copied gets the marks of what clipboard managers should not keep."""


@pytest.fixture
def main(opened: Shell, qtbot: QtBot) -> MainWindow:
    """The media page, and somebody looks."""
    found = opened.main
    assert found is not None
    found.show_page(places.MEDIA)
    qtbot.waitUntil(lambda: not found.media.is_empty)
    found.media.grid.choose(1)
    qtbot.waitUntil(lambda: found.media.pane.media_id is not None)
    looking_of(found).press()
    qtbot.waitUntil(lambda: looking_of(found).state is LookState.SHOWN)
    return found


def looking_of(main: MainWindow) -> Looking:
    return main.media.pane.panel.looking


def test_a_list_of_media_has_words_for_every_role_and_no_picture(main: MainWindow) -> None:
    model = main.media.model
    said = [model.data(model.index(row, 0), role) for role in Qt.ItemDataRole for row in range(3)]
    assert {type(each) for each in said} == {str, type(None)}


def test_nothing_can_be_dragged_out_of_the_list(main: MainWindow) -> None:
    model, grid = main.media.model, main.media.grid
    assert not grid.dragEnabled()
    packed = model.mimeData([model.index(row, 0) for row in range(3)])
    assert not packed.hasImage()
    assert not packed.hasUrls()
    assert model.supportedDragActions() in (Qt.DropAction.CopyAction, Qt.DropAction.IgnoreAction)
    assert model.data(QModelIndex()) is None


def test_nothing_is_copied_but_words_and_nothing_printed(main: MainWindow) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("before")
    panel, control = main.media.pane.panel, Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_C, Qt.Key.Key_X, Qt.Key.Key_Insert, Qt.Key.Key_P):
        for widget in (panel.glass, main.media.grid, panel):
            QTest.keyClick(widget, key, control)
    assert clipboard.image().isNull()
    assert clipboard.mimeData().formats() == ["text/plain"]
    assert clipboard.text() == "M-20418"  # The name of the current tile, by the list's own copying.
    assert [window for window in QApplication.topLevelWidgets() if window.isModal()] == []


def test_no_tip_stands_over_a_glass_or_a_tile(main: MainWindow, qtbot: QtBot) -> None:
    for widget in (main.media.pane.panel.glass, main.media.grid.viewport()):
        middle = QPoint(20, 20)
        tip = QHelpEvent(QEvent.Type.ToolTip, middle, widget.mapToGlobal(middle))
        QApplication.sendEvent(widget, tip)
        qtbot.wait(1)
        assert not QToolTip.isVisible()
        assert QToolTip.text() == ""


def test_a_screen_reader_hears_that_it_is_veiled_and_no_more(main: MainWindow) -> None:
    glass = main.media.pane.panel.glass
    heard = QAccessible.queryAccessibleInterface(glass)
    assert heard.text(QAccessible.Text.Name) == "Veiled picture"
    for kind in (
        QAccessible.Text.Description,
        QAccessible.Text.Value,
        QAccessible.Text.Help,
        QAccessible.Text.Accelerator,
    ):
        assert heard.text(kind) == ""
    assert heard.childCount() == 0


def test_the_window_has_no_picture_of_itself_to_give(main: MainWindow) -> None:
    looking = looking_of(main)
    assert looking.image is not None
    window = main.window()
    assert window.windowIcon().isNull() or not window.windowIcon().availableSizes()
    assert window.windowFilePath() == ""
    buttons = [made for made in window.findChildren(QPushButton) if not made.icon().isNull()]
    assert buttons == []


def test_the_picture_is_nowhere_once_it_is_veiled(main: MainWindow, vault: MemoryVault) -> None:
    looking = looking_of(main)
    looking.release()
    assert looking.image is None
    assert looking.grant is None
    assert looking.shown_level is None


@pytest.mark.parametrize(
    "path", sorted(UI.rglob("*.py")), ids=lambda path: str(path.relative_to(UI))
)
def test_no_room_of_the_window_knows_a_way_out_for_pixels(path: Path) -> None:
    words: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Name(id=word) | ast.Attribute(attr=word) | ast.alias(name=word):
                words.add(word)
    room = path.relative_to(UI).as_posix()
    drawn = (*DRAWN_HERE.get(room, ()), *MARKED_HERE.get(room, ()))
    assert {
        word: why for word, why in WAYS_OUT.items() if word in words and word not in drawn
    } == {}


def test_what_is_marked_on_the_clipboard_is_words_and_marks() -> None:
    told = marked("words")

    assert told.text() == "words"
    assert not told.hasImage()
    assert set(told.formats()) == {"text/plain", *(kind for kind, _ in MARKS)}
