"""The query lines above hotlines and hash lists, in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.ui import places
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.rows_line import RowsLine
from cport_desktop.words import rows_line as say
from tests.ui.test_window import main_of, press

CTRL = Qt.KeyboardModifier.ControlModifier


def go_to_line(shell: Shell, line: RowsLine, qtbot: QtBot) -> None:
    press(shell, qtbot, Qt.Key.Key_F, CTRL)
    qtbot.waitUntil(line.field.hasFocus)


def type_query(line: RowsLine, text: str) -> None:
    line.field.clear()
    QTest.keyClicks(line.field, text)
    QTest.keyClick(line.field, Qt.Key.Key_Return)


def test_hotlines_are_found_by_a_line_that_says_what_it_cannot_read(
    opened: Shell, qtbot: QtBot
) -> None:
    main = main_of(opened)
    main.show_page(places.HOTLINES)
    page = main.hotlines
    qtbot.waitUntil(lambda: not page.is_empty)
    whole = page.model.rowCount()
    go_to_line(opened, page.line, qtbot)

    type_query(page.line, "country:NL")
    qtbot.waitUntil(lambda: 0 < page.model.rowCount() < whole)
    assert {page.model.row(at).hotline.country for at in range(page.model.rowCount())} == {"NL"}
    type_query(page.line, "colour:red")
    qtbot.waitUntil(lambda: "colour" in page.line.wrong_words())
    type_query(page.line, "country:ZZ")
    qtbot.waitUntil(lambda: say.NO_HOTLINE in said(page))
    QTest.keyClick(page.line.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.model.rowCount() == whole)
    QTest.keyClick(page.line.field, Qt.Key.Key_Down)
    assert page.table.hasFocus()


def test_hash_lists_are_found_by_their_line(opened: Shell, qtbot: QtBot) -> None:
    main = main_of(opened)
    main.show_page(places.HASH_LISTS)
    section = main.hash_lists.lists
    qtbot.waitUntil(lambda: not section.list.is_empty)
    line = section.line
    assert line is not None
    go_to_line(opened, line, qtbot)

    type_query(line, "is:harmless")
    qtbot.waitUntil(lambda: [row.is_negative for row in section.list.rows()] == [True])
    type_query(line, "colour:red")
    qtbot.waitUntil(lambda: "colour" in line.wrong_words())
    type_query(line, "entries:>9999999")
    qtbot.waitUntil(lambda: section.list.words() == say.NO_HASH_LIST)
    QTest.keyClick(line.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(section.list.rows()) == 3)
    assert line.field.accessibleName() == say.HASH_LISTS
    assert "entries:" in line.field.accessibleDescription()


def said(page: QWidget) -> list[str]:
    """Texts of the labels that are shown."""
    return [
        part.text()
        for part in page.findChildren(QWidget)
        if part.isVisible() and hasattr(part, "text")
    ]
