"""The list of reports while it is searched again in the middle of work: nothing that a person does is lost,
and nothing that is shown belongs to another question.
"""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.chosen import AllFound
from cport_desktop.domain.draft import DraftKind
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.rows import Order, ReportSort
from cport_desktop.errors import ItemErased, VaultDamaged
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.report_search import PAGE_SIZE
from cport_desktop.ui.views.reports_page import ReportsPage
from tests.ui.synthetic_desk import LAST_REPORT, MemoryVault
from tests.ui.test_window import main_of, words_on


@pytest.fixture
def main(opened: Shell, qtbot: QtBot) -> MainWindow:
    opened.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is not None)
    return main_of(opened)


@pytest.fixture
def page(main: MainWindow) -> ReportsPage:
    return main.reports


def searches(vault: MemoryVault) -> int:
    return len(vault.notes.of("search"))


def search_again(main: MainWindow, vault: MemoryVault, qtbot: QtBot) -> None:
    """An exchange brought something; the list has its answer."""
    before = searches(vault)
    main.apply(Changes.REPORTS)
    qtbot.waitUntil(lambda: searches(vault) == before + 1 and not main.reports._is_searching)


def type_where_the_keys_are(words: str) -> str:
    """Type into the editor that has the focus; what it holds then."""
    holder = QApplication.focusWidget()
    assert isinstance(holder, QPlainTextEdit)
    QTest.keyClicks(holder, words)
    return holder.toPlainText()


def has_grown(page: ReportsPage, before: int) -> bool:
    return page.model.rowCount() > before


def load(page: ReportsPage, rows: int, qtbot: QtBot) -> None:
    while page.model.rowCount() < rows:
        before = page.model.rowCount()
        page.table.scrollToBottom()
        qtbot.waitUntil(partial(has_grown, page, before))


def open_the_last_of(rows: int, page: ReportsPage, vault: MemoryVault, qtbot: QtBot) -> None:
    vault.total = rows
    page.search("")
    qtbot.waitUntil(lambda: not page._is_searching and page.model.rowCount() == rows)
    page.table.choose(rows - 1)
    qtbot.waitUntil(lambda: page.pane.report_id == LAST_REPORT - rows + 1)


class TestTheListStaysAsItIs:
    def test_a_report_that_is_open_far_down_stays_open_and_in_sight(
        self, main: MainWindow, page: ReportsPage, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        load(page, 2 * PAGE_SIZE, qtbot)
        page.table.choose(300)
        qtbot.waitUntil(lambda: page.pane.report_id == LAST_REPORT - 300)
        scrolled = page.table.verticalScrollBar().value()
        opened = len(vault.notes.of("dossier"))
        search_again(main, vault, qtbot)
        qtbot.waitUntil(lambda: len(vault.notes.of("dossier")) == opened + 1)
        qtbot.waitUntil(lambda: page.pane.report_id == LAST_REPORT - 300)
        assert page.table.chosen() == [300]
        assert page.table.verticalScrollBar().value() == scrolled

    def test_several_that_are_chosen_stay_chosen(
        self, main: MainWindow, page: ReportsPage, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        page.table.choose_many([2, 3, 7], 3)
        qtbot.waitUntil(lambda: page.pane.report_id == LAST_REPORT - 3)
        search_again(main, vault, qtbot)
        assert page.table.chosen() == [2, 3, 7]
        assert page.table.currentIndex().row() == 3

    def test_all_that_is_found_stays_chosen_but_for_what_was_left_out(
        self, main: MainWindow, page: ReportsPage, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        page.across.choose_all()
        row = page.model.index(5, 0)
        flags = page.table.selectionModel().SelectionFlag
        page.table.selectionModel().select(row, flags.Deselect | flags.Rows)
        qtbot.waitUntil(lambda: page.pane.report_id is not None)
        before = page.chosen()
        assert before == AllFound("", frozenset({ReportId(LAST_REPORT - 5)}))
        search_again(main, vault, qtbot)
        assert page.chosen() == before

    @pytest.mark.parametrize("left", [20, 0])
    def test_what_the_question_does_not_find_any_more_stays_open(
        self, main: MainWindow, page: ReportsPage, vault: MemoryVault, qtbot: QtBot, left: int
    ) -> None:
        """It was decided on its page, and the question was for undecided ones."""
        open_the_last_of(40, page, vault, qtbot)
        vault.total = left
        search_again(main, vault, qtbot)
        qtbot.waitUntil(lambda: page.model.rowCount() == left)
        qtbot.wait(20)
        assert page.pane.report_id == LAST_REPORT - 39
        assert page.table.chosen() == []

    def test_what_was_erased_is_put_away_and_what_cannot_be_read_says_why(
        self, main: MainWindow, page: ReportsPage, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        open_the_last_of(40, page, vault, qtbot)
        vault.total = 20
        vault.notes.read_error = ItemErased(reference="HL-1")
        search_again(main, vault, qtbot)
        qtbot.waitUntil(lambda: page.pane.report_id is None)
        assert "HL-1" not in words_on(page.pane)
        vault.notes.read_error = None
        open_the_last_of(20, page, vault, qtbot)
        vault.total = 10
        vault.notes.read_error = VaultDamaged(where="one row")
        search_again(main, vault, qtbot)
        qtbot.waitUntil(lambda: "one row" in words_on(page.pane))


class TestWhatIsBeingWrittenGoesOn:
    def test_a_form_stays_open_with_its_words_and_the_keys(
        self, main: MainWindow, page: ReportsPage, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        page.pane.edit_feedback()
        type_where_the_keys_are("The site answ")
        opened = len(vault.notes.of("dossier"))
        search_again(main, vault, qtbot)
        qtbot.waitUntil(lambda: len(vault.notes.of("dossier")) == opened + 1)
        qtbot.wait(20)
        assert page.pane.writing == DraftKind.FEEDBACK
        assert type_where_the_keys_are("ers") == "The site answers"

    def test_a_note_stays_open_with_its_words_and_the_keys(
        self, main: MainWindow, page: ReportsPage, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        work = page.pane.work
        assert work is not None
        work.write_note()
        type_where_the_keys_are("Asked th")
        opened = len(vault.notes.of("dossier"))
        search_again(main, vault, qtbot)
        qtbot.waitUntil(lambda: len(vault.notes.of("dossier")) == opened + 1)
        qtbot.wait(20)
        assert page.pane.work is work
        assert work.box.isVisible()
        assert type_where_the_keys_are("em") == "Asked them"

    def test_whoever_types_a_query_meanwhile_goes_on_typing_it(
        self, main: MainWindow, page: ReportsPage, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        page.query.field.setFocus()
        QTest.keyClicks(page.query.field, "host:N")
        opened = len(vault.notes.of("dossier"))
        search_again(main, vault, qtbot)
        qtbot.waitUntil(lambda: len(vault.notes.of("dossier")) == opened + 1)
        assert page.query.field.hasFocus()
        assert page.query.text() == "host:N"


class TestWhatIsShownBelongsToTheQuestion:
    def test_no_count_of_another_question_stands_beside_the_rows(
        self, page: ReportsPage, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        page.search("nothing")
        qtbot.waitUntil(lambda: page.found == 0 and page.is_empty)
        page._search._errands["count"].cancel()
        page.search("host:NL")
        page._search._errands["count"].cancel()
        qtbot.waitUntil(lambda: not page.is_empty)
        assert "– of 1,000,000" in words_on(page)

    def test_the_number_of_all_reports_follows_what_an_exchange_brings(
        self, main: MainWindow, page: ReportsPage, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        page.search("host:NL")
        qtbot.waitUntil(lambda: "2,318 of 1,000,000" in words_on(page))
        vault.total = 1_000_007
        search_again(main, vault, qtbot)
        qtbot.waitUntil(lambda: "2,318 of 1,000,007" in words_on(page))

    def test_a_query_that_errs_leaves_the_list_with_its_own(
        self, main: MainWindow, page: ReportsPage, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        page.search("host:NL wrong:x")
        qtbot.waitUntil(lambda: page.query.wrong_words() != "")
        assert page.query_text == ""
        page.table.setFocus()
        search_again(main, vault, qtbot)
        assert page.query.wrong_words() != "", "the line errs still"
        assert page.table.hasFocus(), "nobody asked for the line"
        load(page, 2 * PAGE_SIZE, qtbot)
        assert vault.notes.of("search")[-1][1] == ""

    def test_no_page_of_the_rows_before_comes_behind_the_new_ones(
        self, page: ReportsPage, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        load(page, 2 * PAGE_SIZE, qtbot)
        vault.notes.search_may_answer.clear()
        page.search("host:NL")
        page.table.scrollToTop()
        page.table.scrollToBottom()
        vault.notes.search_may_answer.set()
        qtbot.waitUntil(lambda: not page._is_searching)
        qtbot.wait(30)
        cursors = [call[3] for call in vault.notes.of("search") if call[1] == "host:NL"]
        assert cursors in ([None], [None, "200"])

    def test_in_triage_another_order_is_searched_for_at_once(
        self, page: ReportsPage, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        page.triage.toggle()
        page.table.column_clicked.emit(2)
        qtbot.waitUntil(lambda: vault.notes.of("search")[-1][2] == Order(ReportSort.DOMAIN, False))
        qtbot.waitUntil(lambda: not page._is_searching)
        assert page.triage.is_on
