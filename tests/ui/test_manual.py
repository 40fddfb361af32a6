"""The manual in the window: F1 leads to the chapter, nothing leads out, words are found in all of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument, QTextFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from cport_desktop.ui import places
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.page_table import PAGES
from cport_desktop.ui.shell import Frame, Shell
from cport_desktop.ui.theme import DARK, LIGHT
from cport_desktop.ui.views.help_dialog import HelpDialog
from cport_desktop.ui.views.manual_dialog import ManualDialog
from cport_desktop.words import manual as say
from tests.manual.conftest import script
from tests.ui.accessible_walk import faults_of, faults_of_tab
from tests.ui.conftest import NotedRenewal, destroy_what_is_dropped
from tests.ui.synthetic_desk import RESOURCES, MemoryVault
from tests.ui.test_help import ask_for_help
from tests.ui.test_window import button_named, main_of, words_on


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("manual")
    script("manual_html").write_html(script("manual_book").read_book(), made)
    return made


@pytest.fixture
def shell(vault: MemoryVault, renewal: NotedRenewal, folder: Path, qtbot: QtBot) -> Iterator[Shell]:
    """The window at its door, with the manual at hand."""
    made = Shell(vault.desk(), Frame(DARK, RESOURCES / "styles", renewal, manual=folder))
    made.show()
    made.activateWindow()
    yield made
    for gate in (vault.notes.sync_may_end, vault.notes.reveal_may_answer):
        gate.set()
    vault.notes.search_may_answer.set()
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible())
    made.deleteLater()
    destroy_what_is_dropped()


@pytest.fixture
def main(opened: Shell, qtbot: QtBot) -> MainWindow:
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    return main_of(opened)


def manual_open() -> ManualDialog:
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, ManualDialog)]
    return next(each for each in found if each.isVisible())


@pytest.fixture
def manual(main: MainWindow, qtbot: QtBot) -> ManualDialog:
    """The manual, opened from the reports by pressing F1 twice."""
    main.show_page(places.REPORTS)
    main.reports.table.setFocus()
    QTest.keyClick(ask_for_help(main.reports.table, qtbot), Qt.Key.Key_F1)
    found = manual_open()
    qtbot.waitUntil(found.isActiveWindow)
    return found


def test_f1_twice_leads_to_the_chapter_of_what_is_shown(manual: ManualDialog) -> None:
    assert manual.browser.chapter() == "searching"
    assert manual.windowTitle() == say.title_of("Searching")
    assert "Words and fields" in manual.browser.toPlainText()
    assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, HelpDialog)
                and each.isVisible()]  # fmt: skip


def test_every_page_leads_to_its_chapter(main: MainWindow, qtbot: QtBot) -> None:
    reached = set()
    for entry in PAGES:
        main.show_page(entry.place)
        main.rail.setFocus()
        dialog = ask_for_help(main, qtbot)
        button_named(f"{say.MORE}, {say.MORE_KEY}", dialog).click()
        reached.add(manual_open().browser.chapter())
        manual_open().reject()
        destroy_what_is_dropped()
    assert len(reached) > len(PAGES) - 3


def test_the_door_and_a_dialog_lead_there_too(shell: Shell, qtbot: QtBot) -> None:
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    QTest.keyClick(ask_for_help(QApplication.focusWidget() or shell, qtbot), Qt.Key.Key_F1)
    assert manual_open().browser.chapter() == "first-day"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.name.example/",
        "file:///etc/passwd",
        "/etc/passwd",
        "../index.json",
        "qrc:/x.html",
        "nothing.html",
    ],
)
def test_nothing_leads_out_of_the_book(manual: ManualDialog, address: str) -> None:
    before = manual.browser.toPlainText()
    manual.browser.setSource(QUrl(address))
    assert manual.browser.chapter() == "searching"
    assert manual.browser.toPlainText() == before
    image = QTextDocument.ResourceType.ImageResource.value
    assert manual.browser.loadResource(image, QUrl(address)) is None or address == "nothing.html"


def test_a_link_leads_to_its_place_and_back(manual: ManualDialog) -> None:
    manual.browser.setSource(QUrl("stick.html#enrol-by-stick"))
    assert manual.browser.chapter() == "stick"
    assert manual.chapters.currentItem().text() == "Exchange by stick"
    QTest.keyClick(manual.browser, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert manual.browser.chapter() == "searching"


def test_the_list_of_chapters_turns_pages(manual: ManualDialog) -> None:
    titles = [manual.chapters.item(row).text() for row in range(manual.chapters.count())]
    manual.chapters.setCurrentRow(titles.index("Keys"))
    assert manual.browser.chapter() == "keys"
    assert "F12" in manual.browser.toPlainText()


def test_words_are_found_here_and_in_chapters_behind(manual: ManualDialog) -> None:
    QTest.keyClick(manual, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert manual.field.hasFocus()
    QTest.keyClicks(manual.field, "enrolment code never lies")
    QTest.keyClick(manual.field, Qt.Key.Key_Return)
    assert manual.browser.chapter() == "stick"
    assert manual.browser.textCursor().selectedText() == "enrolment code never lies"
    manual.field.setText("no such words anywhere")
    QTest.keyClick(manual, Qt.Key.Key_F3)
    assert manual.told() == say.nowhere("no such words anywhere")


def test_the_place_before_is_found_too(manual: ManualDialog) -> None:
    manual.field.setText("query")
    manual.look_for(forward=True)
    first = manual.browser.textCursor().position()
    manual.look_for(forward=True)
    assert manual.browser.textCursor().position() > first
    manual.look_for(forward=False)
    assert manual.browser.textCursor().position() == first


def pictures_of(manual: ManualDialog) -> list[str]:
    return [
        each.toImageFormat().name()
        for each in manual.browser.document().allFormats()
        if each.objectType() == QTextFormat.ObjectTypes.ImageObject.value
    ]


def test_pictures_are_drawn_as_wide_as_the_page(manual: ManualDialog) -> None:
    names = pictures_of(manual)
    assert "reports-building-light-en.pixels" in names
    drawn = manual.browser.loadResource(
        QTextDocument.ResourceType.ImageResource.value, QUrl(names[0])
    )
    assert isinstance(drawn, QImage)
    wide = drawn.deviceIndependentSize().width()
    assert 0 < wide <= manual.browser.viewport().width()
    assert manual.browser.horizontalScrollBar().maximum() == 0


def test_another_theme_keeps_the_page(manual: ManualDialog, opened: Shell) -> None:
    before = manual.browser.toPlainText()
    opened.wear(LIGHT)
    assert manual.browser.toPlainText() == before
    assert LIGHT.accent in manual.browser.document().defaultStyleSheet()


def test_a_lock_takes_the_manual_away(manual: ManualDialog, opened: Shell) -> None:
    QTest.keyClick(manual, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert opened.main is None
    assert not any(
        each.isVisible()
        for each in QApplication.topLevelWidgets()
        if isinstance(each, ManualDialog)
    )


def test_a_second_time_it_turns_the_page_of_the_one_that_is_open(
    manual: ManualDialog, main: MainWindow, qtbot: QtBot
) -> None:
    main.show_page(places.VAULT)
    QTest.keyClick(ask_for_help(main.vault.section, qtbot), Qt.Key.Key_F1)
    assert manual_open() is manual
    assert manual.browser.chapter() == "people"


def test_a_page_that_is_damaged_says_so(folder: Path, manual: ManualDialog) -> None:
    page = folder / "tables.html"
    kept = page.read_bytes()
    page.unlink()
    manual.show_place("tables")
    assert manual.browser.toPlainText() == say.PAGE_DAMAGED
    page.write_bytes(kept)


def test_the_help_that_offers_it_fits_a_small_screen(main: MainWindow, qtbot: QtBot) -> None:
    dialog = ask_for_help(main, qtbot)
    assert dialog.minimumSizeHint().width() < 683 // 2 + 100
    for label in (say.MORE, "First steps…"):
        shown = next(each for each in dialog.findChildren(QPushButton) if label in each.text())
        assert shown.visibleRegion().boundingRect() == shown.rect()


def test_everything_has_a_name_and_is_reached_by_tab(manual: ManualDialog) -> None:
    manual.browser.setSource(QUrl("integrators.html"))
    assert faults_of(manual) == []
    manual.browser.setSource(QUrl("keys.html"))
    manual.field.setFocus()
    assert faults_of_tab(manual) == []


class TestWithoutAManual:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        return tmp_path

    def test_the_short_help_offers_none(self, main: MainWindow, qtbot: QtBot) -> None:
        assert say.MORE not in words_on(ask_for_help(main, qtbot))
