"""Searches that are kept: the shelf beneath the line, and those on the rail with what is new in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.domain.saved_search import NewSince, SearchSubject
from cport_desktop.ui.places import MEDIA, REPORTS
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.pinned_searches import MOST_SHOWN, PinnedSearches
from cport_desktop.ui.views.query_line import QueryLine
from cport_desktop.ui.views.search_shelf import SearchShelf
from cport_desktop.words import searches as say
from cport_desktop.words import stack_page as stack_words
from tests.ui.conftest import shown_line
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.test_window import words_on


@pytest.fixture
def line(seat: Seat, qtbot: QtBot) -> Iterator[QueryLine]:
    """A line with its shelf open."""
    with shown_line(seat, qtbot, width=1000, height=700) as made:
        made.turn_shelf()
        yield made


def shelf_of(line: QueryLine) -> SearchShelf:
    assert line.shelf is not None
    return line.shelf


def press(shelf: QWidget, name: str) -> None:
    (found,) = [each for each in shelf.findChildren(QPushButton) if each.accessibleName() == name]
    found.click()


def names(shelf: SearchShelf) -> list[str]:
    return [each.name for each in shelf.list.rows()]


def keep(line: QueryLine, name: str, text: str) -> None:
    line.set_text(text)
    shelf_of(line).name.setText(name)
    press(shelf_of(line), say.KEEP)


def test_what_the_line_says_is_kept_under_a_name_and_asked_again(
    line: QueryLine, vault: MemoryVault, qtbot: QtBot
) -> None:
    line.sort = lambda: "domain"
    keep(line, "New in NL", "host:NL is:new")
    qtbot.waitUntil(lambda: names(shelf_of(line)) == ["New in NL"])
    line.set_text("something else")
    orders: list[str] = []
    line.sort_wanted.connect(orders.append)
    with qtbot.waitSignal(line.asked) as asked:
        press(shelf_of(line), say.RUN)
    assert asked.args == ["host:NL is:new"]
    assert line.text() == "host:NL is:new"
    assert orders == ["domain"]
    qtbot.waitUntil(lambda: vault.finding.looked == ["search-1"])


def test_a_name_that_is_taken_is_replaced_only_when_a_person_says_so(
    line: QueryLine, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.finding.add("Mine", "a")
    shelf = shelf_of(line)
    keep(line, "Mine", "b")
    qtbot.waitUntil(shelf.replace.isVisible)
    assert vault.finding.kept["search-1"].terms.text == "a"
    press(shelf, say.REPLACE)
    qtbot.waitUntil(lambda: vault.finding.kept["search-1"].terms.text == "b")
    qtbot.waitUntil(shelf.replace.isHidden)


def test_a_name_that_is_taken_is_not_replaced_by_renaming_another(
    line: QueryLine, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.finding.add("Mine", "a")
    vault.finding.add("Ours", "b")
    shelf = shelf_of(line)
    shelf.refresh()
    qtbot.waitUntil(lambda: len(names(shelf)) == 2)
    line.set_text("something else")
    shelf.list.table.choose(names(shelf).index("Mine"))
    shelf.name.setText("Ours")
    press(shelf, say.RENAME)
    qtbot.waitUntil(lambda: "Ours" in words_on(shelf))
    assert shelf.replace.isHidden()
    assert [each.terms.text for each in vault.finding.searches()] == ["a", "b"]


def test_one_is_pinned_renamed_and_removed(
    line: QueryLine, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.finding.add("Mine", "a")
    shelf = shelf_of(line)
    shelf.refresh()
    qtbot.waitUntil(lambda: names(shelf) == ["Mine"])
    with qtbot.waitSignal(shelf.changed):
        press(shelf, say.PIN)
    qtbot.waitUntil(lambda: shelf.pin.text() == say.UNPIN)
    shelf.name.setText("Ours")
    press(shelf, say.RENAME)
    qtbot.waitUntil(lambda: names(shelf) == ["Ours"])
    press(shelf, say.REMOVE)
    qtbot.waitUntil(lambda: names(shelf) == [])
    assert "Ours" in shelf.undo.told()
    with qtbot.waitSignal(shelf.changed):
        press(shelf.undo, stack_words.UNDO)
    qtbot.waitUntil(lambda: names(shelf) == ["Ours"])
    assert shelf.told() == say.put_back("Ours")
    assert shelf.undo.told() == ""
    (back,) = shelf.list.rows()
    assert back.place is not None


def test_one_whose_name_is_taken_meanwhile_can_still_be_put_back_later(
    line: QueryLine, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.finding.add("Mine", "a")
    shelf = shelf_of(line)
    shelf.refresh()
    qtbot.waitUntil(lambda: names(shelf) == ["Mine"])
    press(shelf, say.REMOVE)
    qtbot.waitUntil(lambda: names(shelf) == [])
    other = vault.finding.add("Mine", "b")
    press(shelf.undo, stack_words.UNDO)
    qtbot.waitUntil(lambda: not shelf._notice.isHidden())
    vault.finding.remove(other)
    press(shelf.undo, stack_words.UNDO)
    qtbot.waitUntil(lambda: names(shelf) == ["Mine"])


def test_searches_go_into_a_file_and_come_from_one_by_its_path(
    line: QueryLine, vault: MemoryVault, qtbot: QtBot, tmp_path: Path
) -> None:
    shelf = shelf_of(line)
    shelf.file.field.setText(str(tmp_path / "searches.json"))
    press(shelf, say.WRITE_FILE)
    qtbot.waitUntil(lambda: vault.finding.written == [tmp_path / "searches.json"])
    press(shelf, say.READ_FILE)
    qtbot.waitUntil(lambda: vault.finding.brought == [tmp_path / "searches.json"])
    qtbot.waitUntil(lambda: "Kept from the file: 2" in shelf.told())


def test_every_control_of_the_shelf_has_a_name(line: QueryLine) -> None:
    nameless = [
        each for each in shelf_of(line).findChildren(QPushButton) if not each.accessibleName()
    ]

    assert nameless == []


def pinned(shell: Shell) -> PinnedSearches:
    assert shell.main is not None
    return shell.main.pinned


def test_what_is_pinned_stands_on_the_rail_with_what_is_new(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    assert pinned(opened).isHidden()
    first = vault.finding.add("NL", "host:NL", place=1)
    second = vault.finding.add("Gone", "bogus:1", place=2)
    third = vault.finding.add("All", "", place=3)
    vault.finding.news |= {
        first: NewSince(12),
        second: NewSince(None, fault="usage.query"),
        third: NewSince(999, is_more=True),
    }
    pinned(opened).refresh()
    counters = ["12", "!", "999+"]
    qtbot.waitUntil(lambda: [b.counter() for b in pinned(opened).buttons] == counters)
    spoken = [b.accessibleName() for b in pinned(opened).buttons]
    assert spoken == ["NL 12 new", f"Gone {say.NOT_UNDERSTOOD}", "All more than 999 new"]


def test_one_click_asks_on_the_page_of_its_subject_and_nothing_is_new_any_more(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = opened.main
    assert main is not None
    reports = vault.finding.add("NL", "host:NL", place=1, sort="domain")
    vault.finding.add("Videos", "has:video", place=2, subject=SearchSubject.MEDIA)
    vault.finding.news[reports] = NewSince(3)
    pinned(opened).refresh()
    qtbot.waitUntil(lambda: [b.counter() for b in pinned(opened).buttons] == ["3", ""])

    QTest.mouseClick(pinned(opened).buttons[1], Qt.MouseButton.LeftButton)
    assert main.page == MEDIA
    assert main.media.query.text() == "has:video"
    QTest.mouseClick(pinned(opened).buttons[0], Qt.MouseButton.LeftButton)
    assert main.page == REPORTS
    assert main.reports.query_text == "host:NL"
    assert main.reports.stand().sort == "domain"
    qtbot.waitUntil(lambda: [b.counter() for b in pinned(opened).buttons] == ["", ""])


def test_the_rail_shows_no_more_than_it_has_room_for(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    for place in range(1, MOST_SHOWN + 4):
        vault.finding.add(f"Search {place}", "a", place=place)
    pinned(opened).refresh()
    qtbot.waitUntil(lambda: len(pinned(opened).buttons) == MOST_SHOWN)
