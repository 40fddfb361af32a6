"""Completion beneath the query line, and a line that loses nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cport_desktop.domain.query import Field
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.query_line import LONGEST_HELD, QueryLine
from cport_desktop.ui.widgets.completion_list import CompletionList
from cport_desktop.words.queries import BUILD, BUILD_KEY
from cport_desktop.words.searches import SHELF, SHELF_KEY
from tests.ui.conftest import shown_line
from tests.ui.synthetic_desk import MemoryVault

Key = Qt.Key


@pytest.fixture
def line(seat: Seat, qtbot: QtBot) -> Iterator[QueryLine]:
    """A line in a window of its own, with names at hand."""
    with shown_line(seat, qtbot, width=800, height=600) as made:
        made.field.setFocus()
        qtbot.waitUntil(made.field.hasFocus)
        qtbot.waitUntil(lambda: bool(seat.names.names(Field.HOTLINE)))
        yield made


def listed(line: QueryLine) -> CompletionList:
    assert line.field.completing is not None
    return line.field.completing.list


def type_in(line: QueryLine, text: str) -> None:
    QTest.keyClicks(line.field, text)


def press(line: QueryLine, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(line.field, key)


def test_it_opens_while_one_types_and_tab_takes_what_is_chosen(line: QueryLine) -> None:
    type_in(line, "cl")
    assert listed(line).choices()[0] == "class:"
    press(line, Key.Key_Tab)
    assert line.text() == "class:"
    assert "baseline" in listed(line).choices()
    type_in(line, "na")
    press(line, Key.Key_Tab)
    assert line.text() == "class:national"
    assert not listed(line).is_open
    assert line.field.hasFocus()


def test_down_and_up_walk_and_come_round(line: QueryLine) -> None:
    type_in(line, "is:")
    first, second, *_rest = listed(line).choices()
    press(line, Key.Key_Down)
    assert listed(line).spoken() == second
    press(line, Key.Key_Up, Key.Key_Up)
    assert listed(line).spoken() == listed(line).choices()[-1]
    press(line, Key.Key_Down, Key.Key_Tab)
    assert line.text() == f"is:{first}"


def test_enter_searches_and_never_takes(line: QueryLine, qtbot: QtBot) -> None:
    type_in(line, "class:bas")
    press(line, Key.Key_Down)
    with qtbot.waitSignal(line.asked) as asked:
        press(line, Key.Key_Return)
    assert asked.args == ["class:bas"]
    assert not listed(line).is_open


def test_escape_closes_the_list_and_only_then_clears_the_line(line: QueryLine) -> None:
    type_in(line, "class:bas")
    press(line, Key.Key_Escape)
    assert (line.text(), listed(line).is_open) == ("class:bas", False)
    press(line, Key.Key_Escape)
    assert line.text() == ""


def test_without_the_list_tab_and_down_go_on_as_ever(line: QueryLine, qtbot: QtBot) -> None:
    type_in(line, "orchid")
    assert not listed(line).is_open
    with qtbot.waitSignal(line.left):
        press(line, Key.Key_Down)
    press(line, Key.Key_Tab)
    assert not line.field.hasFocus()


def test_ctrl_space_asks_for_everything_that_may_stand_there(line: QueryLine) -> None:
    QTest.keyClick(line.field, Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert "is:" in listed(line).choices()
    assert line.text() == ""


def test_names_of_this_vault_are_offered_as_plain_words(line: QueryLine) -> None:
    type_in(line, "hotline:sec")
    assert listed(line).choices() == ("Second <b>Line</b>",)
    press(line, Key.Key_Tab)
    assert line.text() == 'hotline:"Second <b>Line</b>"'


def test_what_was_taken_can_be_undone(line: QueryLine) -> None:
    type_in(line, "class:nat")
    press(line, Key.Key_Tab)
    line.field.undo()
    assert line.text() == "class:nat"


def test_it_is_gone_when_the_focus_is(line: QueryLine, qtbot: QtBot) -> None:
    type_in(line, "is:")
    assert listed(line).is_open
    line.field.clearFocus()
    qtbot.waitUntil(lambda: not listed(line).is_open)


def test_a_click_takes_and_the_focus_stays(line: QueryLine) -> None:
    type_in(line, "is:wi")
    rows = listed(line)
    QTest.mouseClick(
        rows.viewport(),
        Qt.MouseButton.LeftButton,
        pos=rows.visualRect(rows.currentIndex()).center(),
    )
    assert line.text() == "is:withdrawn"
    assert line.field.hasFocus()


def test_the_list_lies_within_the_window_and_has_no_focus(line: QueryLine) -> None:
    type_in(line, "has:media host:")
    rows = listed(line)
    assert rows.window().rect().contains(rows.geometry())
    assert rows.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert rows.accessibleName()


def test_a_novel_that_is_pasted_stays_and_is_answered_in_a_sentence(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = opened.main
    assert main is not None
    line, novel = main.reports.query, "wrong " + "word " * (1024 * 1024 // 5)
    QGuiApplication.clipboard().setText(novel)
    line.setFocus()
    line.field.paste()
    assert line.text() == novel
    press(line, Key.Key_Return)
    qtbot.waitUntil(lambda: "cannot be read" in line.wrong_words())
    assert line.text() == novel
    assert main.stand().reports.query.text == novel


def test_what_is_more_than_the_line_holds_is_left_where_it_is_and_said(line: QueryLine) -> None:
    type_in(line, "orchid ")
    QGuiApplication.clipboard().setText("a" * (LONGEST_HELD + 5))
    line.field.paste()
    assert line.text() == "orchid "
    assert "1,500,000" in line.wrong_words()


def test_typing_asks_the_vault_nothing(line: QueryLine, vault: MemoryVault) -> None:
    before = list(vault.notes.calls)
    type_in(line, "host:NL class:base received:<3")
    time.sleep(0.05)
    assert list(vault.notes.calls) == before


def test_buttons_beside_the_line_show_their_keys_where_there_is_room(line: QueryLine) -> None:
    window = line.window()

    def labels() -> list[str]:
        return [made.text() for made in line.findChildren(QPushButton) if made.isVisible()]

    window.resize(1100, 600)
    assert [SHELF_KEY in labels()[0], BUILD_KEY in labels()[1]] == [True, True]
    window.resize(600, 600)
    assert labels() == [SHELF, BUILD]
    assert line.field.width() > window.width() / 3
