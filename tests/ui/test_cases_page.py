"""Cases, notes, tags and tasks in the window, driven as a person would."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cport_desktop.clock import SteppingClock
from cport_desktop.domain.about import of_case, of_report
from cport_desktop.domain.case import CaseState
from cport_desktop.domain.draft import DraftKind, DraftPlace, NoteFields, Typed
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.kept_text import LONGEST_NOTE
from cport_desktop.domain.rows import Page
from cport_desktop.errors import KeptTextUnfit, QueryError
from cport_desktop.formats import taxonomies
from cport_desktop.ui import places
from cport_desktop.ui.models.case_columns import (
    case_columns,
    item_columns,
    moment_columns,
    task_columns,
)
from cport_desktop.ui.models.keyset_table import KeysetTable
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.cases_page import CasesPage
from cport_desktop.ui.views.cases_section import CasesSection
from cport_desktop.ui.views.work_panel import WorkPanel
from cport_desktop.ui.widgets.careful_editor import LONGEST_LINE, CarefulEditor
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.working import CaseLine, TaskLine
from cport_desktop.words import cases_page as say
from cport_desktop.words import kept_fields as kept_words
from cport_desktop.words import list_orders as orders
from cport_desktop.words import shift as shift_words
from cport_desktop.words import writing
from cport_desktop.words.vault_page import WORKING
from cport_desktop.words.window import accessible_with_key
from tests.ui.synthetic_desk import LAST_REPORT, NOON, RESOURCES, MemoryVault
from tests.ui.synthetic_working import COLLEAGUE, OWN, MemoryWorking, a_case, a_note
from tests.ui.test_vault_page import dialog_of, field_named
from tests.ui.test_window import button_named, main_of, words_on

THE_REPORT = of_report(ReportId(LAST_REPORT))
ITS_DRAFT = DraftPlace(DraftKind.NOTE, report=ReportId(LAST_REPORT))
ITS_TASK = DraftPlace(DraftKind.TASK, report=ReportId(LAST_REPORT))
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def working(vault: MemoryVault) -> MemoryWorking:
    return vault.working


@pytest.fixture
def page(opened: Shell, qtbot: QtBot) -> CasesPage:
    """The page of cases, with its rows."""
    main = main_of(opened)
    main.show_page(places.CASES)
    qtbot.waitUntil(lambda: not main.cases.cases.list.is_empty)
    return main.cases


def ask(section: CasesSection, text: str) -> None:
    """Type a query over cases and ask it."""
    section.query.set_text("")
    QTest.keyClicks(section.query.field, text)
    QTest.keyClick(section.query.field, Qt.Key.Key_Return)


def work_of(opened: Shell, qtbot: QtBot) -> WorkPanel:
    """What stands on the page of the first report about the work on it."""
    main = main_of(opened)
    if main.reports.pane.report_id is None:
        main.reports.open_one(ReportId(LAST_REPORT))
    qtbot.waitUntil(lambda: main.reports.pane.report_id == LAST_REPORT)
    panel = main.reports.pane.work
    assert panel is not None
    qtbot.waitUntil(lambda: panel.seen is not None)
    return panel


@contextmanager
def busy_acting(opened: Shell) -> Iterator[None]:
    """The lane of acts has something else to do meanwhile."""
    may_end = threading.Event()
    seat = main_of(opened).reports._seat
    seat.lanes.acting.ask(opened, lambda: may_end.wait(10))
    yield
    may_end.set()


def editor(panel: WorkPanel) -> QPlainTextEdit:
    (found,) = panel.box.findChildren(QPlainTextEdit)
    return found


class TestOnAReport:
    def test_a_flag_goes_on_and_off_by_one_key_and_says_by_whom(
        self, opened: Shell, working: MemoryWorking, qtbot: QtBot
    ) -> None:
        panel = work_of(opened, qtbot)
        assert say.NO_WORK in words_on(panel)
        QTest.keyClick(panel, Qt.Key.Key_F, ALT)
        qtbot.waitUntil(lambda: "Flagged by B. Example" in words_on(panel))
        assert say.NO_WORK not in words_on(panel)
        panel.turn_flag()
        qtbot.waitUntil(lambda: "Flagged by" not in words_on(panel))
        assert [call[1] for call in working.calls if "flag" in str(call[0])] == [
            (THE_REPORT,), (THE_REPORT,),
        ]  # fmt: skip

    def test_a_tag_is_typed_completed_and_taken_off(
        self, opened: Shell, working: MemoryWorking, qtbot: QtBot
    ) -> None:
        panel = work_of(opened, qtbot)
        panel.ask_tag()
        field = field_named(say.NEW_TAG, panel)
        QTest.keyClicks(field, "harv")
        qtbot.waitUntil(lambda: field.text() == "harvest")
        assert field.selectedText() == "est"
        QTest.keyClick(field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: working.tags == {THE_REPORT: ["harvest"]})
        qtbot.waitUntil(field.isHidden)
        qtbot.waitUntil(lambda: panel.seen is not None and len(panel.seen.tags) == 1)
        button_named(say.tag_off("harvest"), panel).click()
        qtbot.waitUntil(lambda: working.tags == {THE_REPORT: []})

    def test_a_note_is_kept_changed_taken_back_and_put_back(
        self, opened: Shell, working: MemoryWorking, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        panel = work_of(opened, qtbot)
        panel.write_note()
        QTest.keyClicks(editor(panel), "Asked them")
        qtbot.waitUntil(lambda: ITS_DRAFT in vault.notes.drafts)
        QTest.keyClick(editor(panel), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: "Asked them" in words_on(panel) and not panel.box.is_open)
        assert working.of("add_note") == [("add_note", THE_REPORT, "Asked them", ITS_DRAFT)]
        qtbot.waitUntil(lambda: ITS_DRAFT not in vault.notes.drafts)

        button_named(say.CHANGE, panel).click()
        assert editor(panel).toPlainText() == "Asked them"
        QTest.keyClicks(editor(panel), " twice")
        panel.box.given.emit(panel.box.content())
        qtbot.waitUntil(lambda: "Asked them twice" in words_on(panel))
        assert "version 2" in words_on(panel)

        button_named(say.TAKE_BACK, panel).click()
        qtbot.waitUntil(lambda: say.TAKEN_BACK in words_on(panel))
        qtbot.waitUntil(lambda: "Asked them twice" not in words_on(panel))
        button_named(say.PUT_BACK, panel).click()
        qtbot.waitUntil(lambda: "Asked them twice" in words_on(panel))

    def test_a_megabyte_that_is_pasted_is_refused_in_a_sentence_and_nothing_is_lost(
        self, opened: Shell, qtbot: QtBot
    ) -> None:
        panel = work_of(opened, qtbot)
        panel.write_note()
        QTest.keyClicks(editor(panel), "typed before")
        clipboard = QGuiApplication.clipboard()
        for pasted, told in (
            ("words " * 170_000, say.paste_too_long(1_020_000, LONGEST_NOTE)),
            ("x" * (LONGEST_LINE + 1), say.line_too_long(LONGEST_LINE)),
        ):
            clipboard.setText(pasted)
            editor(panel).paste()
            assert panel.box.caption() == told
            assert editor(panel).toPlainText() == "typed before"
            assert clipboard.text() == pasted
        clipboard.setText(", and pasted behind it")
        editor(panel).paste()
        assert editor(panel).toPlainText() == "typed before, and pasted behind it"

    def test_a_note_that_grew_too_long_is_refused_and_stays_in_the_box_and_as_a_draft(
        self, opened: Shell, working: MemoryWorking, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        panel = work_of(opened, qtbot)
        panel.write_note()
        long = "a line of words\n" * (LONGEST_NOTE // 15)
        editor(panel).setPlainText(long)
        assert panel.box.caption() == say.too_long(len(long), LONGEST_NOTE)
        panel.box.given.emit(panel.box.content())
        qtbot.waitUntil(lambda: f"between 1 and {LONGEST_NOTE:,}" in panel.box.caption())
        assert editor(panel).toPlainText() == long
        assert panel.box.is_open
        kept = vault.notes.drafts[ITS_DRAFT]
        assert isinstance(kept, NoteFields)
        assert kept.text.text == long
        assert working.notes == []

    def test_a_note_that_was_begun_before_a_lock_is_open_again_with_its_words(
        self, vault: MemoryVault, opened: Shell, qtbot: QtBot
    ) -> None:
        panel = work_of(opened, qtbot)
        panel.write_note()
        QTest.keyClicks(editor(panel), "half a sen")
        place = ITS_DRAFT
        qtbot.waitUntil(
            lambda: vault.notes.drafts.get(place) == NoteFields(Typed("half a sen", 10, 10))
        )
        main_of(opened).reports.pane.show_nothing()
        again = work_of(opened, qtbot)
        assert again is not panel
        assert again.box.is_open
        assert editor(again).toPlainText() == "half a sen"
        again.step_back()
        qtbot.waitUntil(again.box.isHidden)
        assert place in vault.notes.drafts

    def test_a_note_that_was_begun_does_not_take_the_keys_from_the_list(
        self, opened: Shell, qtbot: QtBot
    ) -> None:
        main = main_of(opened)
        draft = NoteFields(Typed("half a sen", 10, 10))
        main.reports._seat.drafting.keep(
            DraftPlace(DraftKind.NOTE, report=ReportId(LAST_REPORT - 1)), draft
        )
        main.reports.table.setFocus(Qt.FocusReason.OtherFocusReason)
        qtbot.waitUntil(main.reports.table.hasFocus)
        main.reports.table.choose(1)
        qtbot.waitUntil(lambda: main.reports.pane.report_id == LAST_REPORT - 1)
        panel = main.reports.pane.work
        assert panel is not None
        qtbot.waitUntil(lambda: panel.seen is not None)
        assert panel.box.is_open
        assert main.reports.table.hasFocus()

    def test_only_its_writer_is_offered_to_change_a_note_and_foreign_text_stays_plain(
        self, opened: Shell, working: MemoryWorking, qtbot: QtBot
    ) -> None:
        working.notes = [a_note(1, THE_REPORT, "<b>bold?</b> \u202e", COLLEAGUE)]
        panel = work_of(opened, qtbot)
        panel.refresh()
        qtbot.waitUntil(lambda: "<b>bold?</b> <U+202E>" in words_on(panel))
        names = {made.accessibleName() for made in panel.findChildren(QPushButton)}
        assert say.CHANGE not in names
        assert say.TAKE_BACK not in names

    def test_a_note_that_was_begun_is_not_lost_to_the_change_of_another(
        self, opened: Shell, working: MemoryWorking, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        working.notes = [a_note(1, THE_REPORT, "an older note")]
        panel = work_of(opened, qtbot)
        panel.refresh()
        qtbot.waitUntil(lambda: "an older note" in words_on(panel))
        panel.write_note()
        QTest.keyClicks(editor(panel), "half a sen")
        button_named(say.CHANGE, panel).click()
        assert panel.box.caption() == writing.OTHER_NOTE_BEGUN
        QTest.keyClicks(editor(panel), "tence")
        assert editor(panel).toPlainText() == "half a sentence"
        panel.box.given.emit(panel.box.content())
        qtbot.waitUntil(lambda: not panel.box.is_open)
        assert working.of("add_note") == [("add_note", THE_REPORT, "half a sentence", ITS_DRAFT)]
        qtbot.waitUntil(lambda: "half a sentence" in words_on(panel))
        button_named(say.CHANGE, panel).click()
        assert editor(panel).toPlainText() == "half a sentence"

    def test_a_note_is_kept_once_however_often_it_is_asked_for(
        self, opened: Shell, working: MemoryWorking, qtbot: QtBot
    ) -> None:
        panel, control = work_of(opened, qtbot), Qt.KeyboardModifier.ControlModifier
        panel.write_note()
        QTest.keyClicks(editor(panel), "Asked them")
        with busy_acting(opened):
            for _ in range(3):
                QTest.keyClick(editor(panel), Qt.Key.Key_Return, control)
            assert panel.box.caption() == WORKING
        qtbot.waitUntil(lambda: not panel.box.is_open)
        qtbot.wait(20)
        assert len(working.of("add_note")) == 1
        panel.write_note()
        assert panel.box.isEnabled()

    def test_a_note_that_is_kept_behind_another_report_is_no_draft_any_more(
        self, opened: Shell, working: MemoryWorking, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        main, panel = main_of(opened), work_of(opened, qtbot)
        panel.write_note()
        QTest.keyClicks(editor(panel), "Asked them")
        with busy_acting(opened):
            panel.box.given.emit(panel.box.content())
            main.reports.table.choose(1)
            qtbot.waitUntil(lambda: main.reports.pane.report_id == LAST_REPORT - 1)
        qtbot.waitUntil(lambda: len(working.of("add_note")) == 1)
        qtbot.waitUntil(lambda: main.reports._seat.drafting.latest(ITS_DRAFT) is None)
        main.reports.table.choose(0)
        qtbot.waitUntil(lambda: main.reports.pane.report_id == LAST_REPORT)
        assert not work_of(opened, qtbot).box.is_open

    def test_a_tag_that_is_refused_can_be_mended(
        self, opened: Shell, working: MemoryWorking, qtbot: QtBot
    ) -> None:
        panel = work_of(opened, qtbot)
        panel.ask_tag()
        field = field_named(say.NEW_TAG, panel)
        field.setText("a tag, perhaps")
        working.error = KeptTextUnfit(what="a tag", length=61, limit=60)
        QTest.keyClick(field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: field.text() == "a tag, perhaps" and not field.isHidden())
        working.error = None

    def test_a_long_note_of_a_colleague_is_read_whole(
        self, opened: Shell, working: MemoryWorking, qtbot: QtBot
    ) -> None:
        long = "".join(f"line {number} of the note\n" for number in range(600))
        working.notes = [a_note(1, THE_REPORT, long + "and its end", COLLEAGUE)]
        panel = work_of(opened, qtbot)
        panel.refresh()
        qtbot.waitUntil(lambda: "line 1 of the note" in words_on(panel))
        assert "and its end" not in words_on(panel)
        button_named(writing.READ_WHOLE, panel).click()
        dialog = dialog_of(main_of(opened))
        qtbot.waitUntil(lambda: "and its end" in words_on(dialog))
        assert "line 300 of the note" in words_on(dialog)
        dialog.reject()

    def test_a_task_is_set_for_somebody_and_ticked_off(
        self, opened: Shell, working: MemoryWorking, qtbot: QtBot
    ) -> None:
        panel = work_of(opened, qtbot)
        panel.ask_task()
        dialog = dialog_of(main_of(opened))
        dialog.give()
        assert dialog.told() == say.NEEDS_TASK
        field_named(say.TASK_WHAT, dialog).setText("Call them")
        dialog.give()
        qtbot.waitUntil(lambda: "Call them" in words_on(panel))
        assert working.of("set_task") == [
            ("set_task", THE_REPORT, TaskLine("Call them", draft=ITS_TASK))
        ]
        button_named(say.done_named("Call them"), panel).click()
        qtbot.waitUntil(lambda: "Call them" not in words_on(panel))

    def test_it_is_put_into_a_new_case_and_the_case_is_one_press_away(
        self, opened: Shell, working: MemoryWorking, qtbot: QtBot
    ) -> None:
        working.inside = {1: [], 2: []}
        panel = work_of(opened, qtbot)
        panel.ask_case()
        dialog = dialog_of(main_of(opened))
        field_named(say.OR_NEW, dialog).setText("Lighthouse")
        dialog.give()
        qtbot.waitUntil(lambda: "Put into C-3: 1." in words_on(dialog))
        dialog.reject()
        qtbot.waitUntil(lambda: panel.seen is not None and len(panel.seen.cases) == 1)
        button_named(say.open_case("C-3", "Lighthouse"), panel).click()
        main = main_of(opened)
        qtbot.waitUntil(lambda: main.page == places.CASES and main.cases.cases.view.number == 3)

    def test_a_case_that_is_pressed_is_meant_whatever_title_was_begun(
        self, opened: Shell, working: MemoryWorking, qtbot: QtBot
    ) -> None:
        working.inside = {1: [], 2: []}
        panel = work_of(opened, qtbot)
        panel.ask_case()
        dialog = dialog_of(main_of(opened))
        (listed,) = dialog.findChildren(QListWidget)
        qtbot.waitUntil(lambda: listed.count() == 2)
        field_named(say.OR_NEW, dialog).setText("Light")
        listed.setCurrentRow(1)
        listed.itemActivated.emit(listed.item(1))
        qtbot.waitUntil(lambda: "Put into C-1: 1." in words_on(dialog))
        assert sorted(working.cases) == [1, 2]
        dialog.reject()


class TestThePageOfCases:
    def test_lists_open_cases_by_title_and_state(
        self, page: CasesPage, working: MemoryWorking, qtbot: QtBot
    ) -> None:
        section = page.cases
        assert [row.case.number for row in section.list.rows()] == [2, 1]
        ask(section, "harbour")
        qtbot.waitUntil(lambda: [row.case.number for row in section.list.rows()] == [1])
        ask(section, "nothing like it")
        qtbot.waitUntil(lambda: section.list.words() == say.NONE_FOUND)
        working.error = QueryError(position=0, found="class", accepted="title", why="field")
        ask(section, "class:baseline")
        qtbot.waitUntil(lambda: "title" in words_on(section.query))

    def test_without_a_case_says_how_one_gets_there(
        self, opened: Shell, working: MemoryWorking, qtbot: QtBot
    ) -> None:
        working.cases = {}
        main = main_of(opened)
        main.show_page(places.CASES)
        qtbot.waitUntil(lambda: say.NO_CASES_HELP in words_on(main.cases))

    def test_they_stand_by_number_or_title_by_choice_and_by_header(
        self, page: CasesPage, working: MemoryWorking, qtbot: QtBot
    ) -> None:
        for number, title in ((7, "Zone"), (8, "ägypten"), (9, "Ajax")):
            working.cases[number] = a_case(number, title)
            working.inside[number] = []
        section = page.cases

        def titles() -> list[str]:
            shown = {"Zone", "ägypten", "Ajax"}
            return [row.case.title for row in section.list.rows() if row.case.title in shown]

        section.refresh()
        qtbot.waitUntil(lambda: titles() == ["Ajax", "ägypten", "Zone"])
        section.order.setFocus()
        QTest.keyClick(section.order, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: titles() == ["Zone", "ägypten", "Ajax"])
        titles_column = [column.title for column in case_columns()].index(say.CASE_TITLE)
        section.list.table.column_clicked.emit(titles_column)
        qtbot.waitUntil(lambda: titles() == ["ägypten", "Ajax", "Zone"])
        section.list.table.column_clicked.emit(titles_column)
        qtbot.waitUntil(lambda: titles() == ["Zone", "Ajax", "ägypten"])
        assert section.order.currentText() == orders.CASES["-title"]
        section.list.table.column_clicked.emit(1)
        assert section.order.currentText() == orders.CASES["-title"]

    def test_a_case_is_opened_filled_by_a_counted_query_and_closed_with_a_reason(
        self, page: CasesPage, working: MemoryWorking, qtbot: QtBot
    ) -> None:
        section = page.cases
        section.begin_case()
        dialog = dialog_of(section)
        dialog.give()
        assert dialog.told() == say.NEEDS_TITLE
        field_named(say.CASE_TITLE, dialog).setText("Lighthouse")
        dialog.give()
        qtbot.waitUntil(lambda: section.is_open and section.view.number == 3)
        assert "C-3  Lighthouse" in words_on(section.view)
        assert section.view.items.words() == say.NO_ITEMS

        section.view.put_by_query()
        asking = next(each for each in section.findChildren(type(dialog)) if each is not dialog)
        field_named(say.QUERY, asking).setText("host:NL")
        asking.give()
        qtbot.waitUntil(lambda: asking.told() == say.found(12))
        assert working.of("put_found") == []
        field_named(say.QUERY, asking).setText("host:DE")
        asking.give()
        qtbot.waitUntil(lambda: len(working.of("count_found")) == 2 and not asking.is_working())
        asking.give()
        qtbot.waitUntil(lambda: working.of("put_found") == [("put_found", 3, "host:DE", 12)])
        asking.reject()

        section.view.turn()
        closing = [each for each in section.findChildren(type(dialog)) if each.isVisible()][-1]
        field_named(say.REASON, closing).setText("handed over")
        closing.give()
        qtbot.waitUntil(lambda: "handed over" in words_on(section.view))
        assert working.cases[3].state is CaseState.CLOSED
        assert not button_named_enabled(section.view, say.PUT_BY_QUERY)

    def test_what_is_changed_of_a_case_is_changed_at_once_and_nothing_else(
        self, page: CasesPage, working: MemoryWorking, qtbot: QtBot
    ) -> None:
        page.open_case(1)
        view = page.cases.view
        qtbot.waitUntil(lambda: view.number == 1)
        view.edit()
        dialog = dialog_of(page.cases)
        field_named(say.CASE_TITLE, dialog).setText("Harbour walls")
        (lead,) = dialog.findChildren(Choice)
        qtbot.waitUntil(lambda: lead.count() == 3)
        lead.setCurrentIndex(2)
        dialog.give()
        qtbot.waitUntil(lambda: "C-1  Harbour walls" in words_on(view))
        place = DraftPlace(DraftKind.CASE_CHANGE, case=1)
        line = CaseLine("Harbour walls", None, COLLEAGUE, leads=True, draft=place)
        assert working.of("change_case") == [("change_case", 1, line)]

    def test_what_was_typed_is_there_again_after_escape_until_it_is_begun_anew(
        self, page: CasesPage, working: MemoryWorking, qtbot: QtBot
    ) -> None:
        page.cases.begin_case()
        dialog = dialog_of(page.cases)
        (summary,) = dialog.findChildren(QPlainTextEdit)
        assert kept_words.BEGUN_BEFORE not in words_on(dialog)
        QTest.keyClicks(summary, "Three sites")
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())
        page.cases.begin_case()
        dialog = dialog_of(page.cases)
        (summary,) = dialog.findChildren(QPlainTextEdit)
        assert summary.toPlainText() == "Three sites"
        assert kept_words.BEGUN_BEFORE in words_on(dialog)
        spoken = accessible_with_key(kept_words.BEGIN_ANEW, kept_words.ANEW_KEY)
        button_named(spoken, dialog).click()
        assert summary.toPlainText() == ""
        assert kept_words.BEGUN_BEFORE not in words_on(dialog)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        page.cases.begin_case()
        (summary,) = dialog_of(page.cases).findChildren(QPlainTextEdit)
        assert summary.toPlainText() == ""

    def test_what_is_kept_nowhere_is_not_lost_to_one_press_of_escape(
        self, page: CasesPage, qtbot: QtBot
    ) -> None:
        dialog = page.cases.ask(title="T", intro="", act="A")
        field = CarefulEditor()
        dialog.add_field("F", field)
        dialog.open()
        QTest.keyClicks(field, "Three sites")
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()
        assert dialog.told() == writing.LEAVING_LOSES
        QTest.keyClicks(field, " more")
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible(), "more was written since"
        assert field.toPlainText() == "Three sites more"
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())

    def test_a_query_that_does_not_parse_is_refused_in_the_dialog(
        self, page: CasesPage, working: MemoryWorking, qtbot: QtBot
    ) -> None:
        page.open_case(1)
        qtbot.waitUntil(lambda: page.cases.view.number == 1)
        page.cases.view.put_by_query()
        dialog = dialog_of(page.cases)
        working.error = QueryError(position=4, found="a bracket", accepted="a value")
        field_named(say.QUERY, dialog).setText("ref:(")
        dialog.give()
        qtbot.waitUntil(lambda: "character 4" in words_on(dialog))
        assert field_named(say.QUERY, dialog).text() == "ref:("

    def test_one_case_shows_items_and_timeline_and_leads_to_each(
        self, opened: Shell, page: CasesPage, working: MemoryWorking, qtbot: QtBot
    ) -> None:
        page.open_case(1)
        view = page.cases.view
        qtbot.waitUntil(lambda: len(view.items.rows()) == 3 and len(view.timeline.rows()) == 4)
        view.items.table.selectRow(1)
        view.take_out()
        qtbot.waitUntil(lambda: len(view.items.rows()) == 2)
        assert working.of("take_out") == [("take_out", 1, (of_report(ReportId(LAST_REPORT - 2)),))]
        view.show_reports()
        main = main_of(opened)
        qtbot.waitUntil(lambda: main.page == places.REPORTS)
        assert main.reports.query_text == "case:C-1"

    def test_the_head_of_one_case_never_stands_over_what_is_in_another(
        self, page: CasesPage, working: MemoryWorking, qtbot: QtBot
    ) -> None:
        working.late[1] = threading.Event()
        page.open_case(1)
        page.cases.show_list()
        page.open_case(2)
        view = page.cases.view
        qtbot.waitUntil(lambda: view.number == 2)
        working.late.pop(1).set()
        qtbot.wait(50)
        assert view.number == 2
        assert "C-2" in words_on(view)
        working.late[1] = threading.Event()
        page.open_case(1)
        assert "C-2" not in words_on(view), "nor while it is on its way"
        working.late.pop(1).set()
        qtbot.waitUntil(lambda: "C-1" in words_on(view))

    def test_escape_goes_back_to_all_cases(self, page: CasesPage, qtbot: QtBot) -> None:
        page.open_case(1)
        qtbot.waitUntil(lambda: page.cases.view.number == 1)
        page.step_back()
        assert not page.cases.is_open
        assert say.CASES_INTRO in words_on(page.cases)

    def test_tasks_are_ticked_off_and_lead_to_what_they_are_about(
        self, opened: Shell, page: CasesPage, working: MemoryWorking, qtbot: QtBot
    ) -> None:
        working.intentions().tasks.set(of_case(2), TaskLine("Call them", OWN))
        page.show_part(say.TASKS)
        section = page.tasks
        qtbot.waitUntil(lambda: len(section.list.rows()) == 1)
        section.list.table.selectRow(0)
        section.list.row_opened.emit(section.list.rows()[0])
        qtbot.waitUntil(lambda: page.cases.is_open and page.cases.view.number == 2)
        page.show_part(say.TASKS)
        section.list.table.selectRow(0)
        section.tick()
        qtbot.waitUntil(lambda: section.list.words() == say.NO_OPEN_TASKS)

    def test_the_end_of_a_shift_says_what_is_open_and_can_be_copied(
        self, page: CasesPage, working: MemoryWorking, qtbot: QtBot
    ) -> None:
        page.show_part(shift_words.TITLE)
        qtbot.waitUntil(lambda: "IN HAND: 1" in words_on(page.shift).upper())
        assert shift_words.more(119) in words_on(page.shift)
        assert shift_words.EMPTY[shift_words.HOLDS] in words_on(page.shift)
        page.shift.copy()
        text = QGuiApplication.clipboard().text()
        assert "OVERDUE since" in text
        assert "End of shift of A. Example" in text
        working.is_shift_empty = True
        page.shift.refresh()
        qtbot.waitUntil(lambda: shift_words.NOTHING_OPEN in words_on(page.shift))


def button_named_enabled(inside: QWidget, label: str) -> bool:
    """Whether the button whose spoken name begins so can be pressed."""
    return next(
        made for made in inside.findChildren(QPushButton) if made.accessibleName().startswith(label)
    ).isEnabled()


def test_the_models_keep_to_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    working = MemoryWorking()
    intentions = working.intentions()
    intentions.tasks.set(of_case(1), TaskLine("Call them", OWN, NOON))
    taxonomy = taxonomies.load(RESOURCES / "taxonomies" / "iccam-v3.json")
    models = (
        (case_columns(), [working._row(case) for case in working.cases.values()]),
        (item_columns(taxonomy), intentions.cases.items(1, 9, None).rows),
        (moment_columns(taxonomy), intentions.cases.timeline(1, 9, None).rows),
        (task_columns(SteppingClock(NOON)), working.tasks),
    )
    for columns, rows in models:
        model = KeysetTable[object](columns)  # type: ignore[arg-type]
        model.show_first(Page(tuple(rows), None, 0.1))
        qtmodeltester.check(model)  # type: ignore[no-untyped-call]
