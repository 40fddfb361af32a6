"""Tables as one works with them: columns of one's own, rows copied, choosing across pages, exporting."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import FrameType

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.domain.chosen import AllFound
from cport_desktop.domain.draft import ColumnStand, TableLayout, layout_of
from cport_desktop.domain.roles import EVERY_ROLE, Role
from cport_desktop.domain.rows import Page
from cport_desktop.domain.table import TableFormat, TableSubject, WithheldColumn
from cport_desktop.errors import AgreementForbids, StorageFull
from cport_desktop.ui import places
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.models.keyset_table import Column, KeysetTable
from cport_desktop.ui.models.rows_as_text import lines_of
from cport_desktop.ui.page_table import PAGES
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.table_choices import AT_ONCE, TableChoices
from cport_desktop.ui.theme import LIGHT
from cport_desktop.ui.views.columns_dialog import ColumnsDialog
from cport_desktop.ui.views.export_dialog import ExportDialog
from cport_desktop.ui.widgets.rows_table import (
    COMPACT_HEIGHT,
    NARROWEST,
    ROW_HEIGHT,
    WIDEST,
    RowsTable,
)
from cport_desktop.ui.widgets.titles import Titles
from cport_desktop.words import table_page as say
from tests.ui.synthetic_desk import LAST_REPORT, PASSPHRASE, MemoryVault, a_row
from tests.ui.synthetic_tabling import DIGEST
from tests.ui.test_rows_lines import type_query
from tests.ui.test_window import main_of, words_on

REPORTS = layout_of("reports")
NARROW = TableLayout((ColumnStand("id"), ColumnStand("url", 300), ColumnStand("tags")))


@pytest.fixture
def main(opened: Shell) -> MainWindow:
    return main_of(opened)


@pytest.fixture
def table(main: MainWindow) -> RowsTable:
    return main.reports.table


def names(table: RowsTable) -> list[str]:
    """The columns that are shown, from left to right."""
    return [table.columns()[at].known_as for at in table.shown_columns()]


def choices(table: RowsTable) -> TableChoices:
    found = table.findChild(TableChoices)
    assert found is not None
    return found


def kept(vault: MemoryVault) -> TableLayout | None:
    """What was written of the layout last."""
    written = [call[2] for call in vault.notes.of("keep_draft") if call[1] == REPORTS]
    last = written[-1] if written else None
    assert last is None or isinstance(last, TableLayout)
    return last


def columns_dialog(main: MainWindow, table: RowsTable, qtbot: QtBot) -> ColumnsDialog:
    choices(table).choose_columns()
    dialog = main.window().findChild(ColumnsDialog)
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def press(widget: QWidget, qtbot: QtBot, key: Qt.Key, *, shift: bool = False) -> None:
    """Ctrl and a key, where `widget` has the focus: keys work in the window that is in front."""
    widget.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.window().isActiveWindow)
    keys = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(widget, key, keys | Qt.KeyboardModifier.ShiftModifier if shift else keys)


def stand_on(dialog: ColumnsDialog, name: str) -> None:
    for row in range(dialog.list.count()):
        if dialog.list.item(row).data(Qt.ItemDataRole.UserRole) == name:
            dialog.list.setCurrentRow(row)
            return
    pytest.fail(f"no column {name}")


class TestColumns:
    def test_the_usual_ones_are_shown_before_anybody_chose(self, table: RowsTable) -> None:
        assert names(table)[:4] == ["received_at", "id", "domain", "hosting_country"]
        assert "url" not in names(table)

    def test_every_field_of_a_report_can_be_shown(self, table: RowsTable) -> None:
        offered = {column.known_as for column in table.columns()}

        assert {
            *("updated_at", "hotline", "host", "ip_address", "autonomous_system", "site_type"),
            *("commerciality", "assigned_country", "assigned_at", "last_action", "content_count"),
            *("age", "gender", "status", "tags", "is_flagged", "url"),
        } <= offered
        assert len(offered) == len(table.columns())

    def test_a_chosen_column_says_what_the_rows_say(
        self, main: MainWindow, table: RowsTable
    ) -> None:
        table.lay(NARROW)
        model = main.reports.model
        at = next(at for at, c in enumerate(model.columns) if c.known_as == "url")

        assert names(table) == ["id", "url", "tags"]
        assert str(model.index(0, at).data()).startswith("hxxp")
        assert table.columnWidth(at) == 300

    def test_by_keys_one_is_shown_moved_and_made_wider(
        self, main: MainWindow, table: RowsTable, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        dialog = columns_dialog(main, table, qtbot)
        stand_on(dialog, "status")
        dialog.list.setFocus()

        QTest.keyClick(dialog.list, Qt.Key.Key_Space)
        QTest.keyClick(dialog, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        before = table.width_of("status")
        QTest.keyClick(dialog, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)

        assert names(table)[-2] == "status"
        assert table.width_of("status") == before + 12
        qtbot.waitUntil(lambda: kept(vault) == table.table_layout())

    def test_a_column_is_hidden_by_keys_and_the_last_one_stays(
        self, main: MainWindow, table: RowsTable, qtbot: QtBot
    ) -> None:
        table.lay(TableLayout((ColumnStand("id"), ColumnStand("domain"))))
        dialog = columns_dialog(main, table, qtbot)

        stand_on(dialog, "id")
        dialog.toggle()
        assert names(table) == ["domain"]
        stand_on(dialog, "domain")
        dialog.toggle()
        assert names(table) == ["domain"]

    def test_one_key_brings_back_the_usual_ones(
        self, main: MainWindow, table: RowsTable, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        before = names(table)
        table.choose_layout(NARROW)
        qtbot.waitUntil(lambda: kept(vault) == NARROW)
        dialog = columns_dialog(main, table, qtbot)

        QTest.keyClick(dialog, Qt.Key.Key_U, Qt.KeyboardModifier.AltModifier)

        assert names(table) == before
        qtbot.waitUntil(lambda: kept(vault) is None)

    def test_a_column_drawn_elsewhere_in_the_header_is_remembered(
        self, table: RowsTable, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        table.horizontalHeader().moveSection(0, 2)

        assert names(table)[:3] == ["id", "domain", "received_at"]
        qtbot.waitUntil(lambda: kept(vault) == table.table_layout())

    def test_a_width_drawn_in_the_header_stays_when_the_window_changes(
        self, table: RowsTable
    ) -> None:
        at = next(at for at, c in enumerate(table.columns()) if c.known_as == "domain")
        table.horizontalHeader().resizeSection(at, 333)
        table.resize(table.width() - 50, table.height())

        assert table.width_of("domain") == 333

    def test_a_column_that_is_gone_and_widths_of_no_screen_leave_a_table_that_can_be_read(
        self, table: RowsTable
    ) -> None:
        odd = (("gone", 90), ("id", -7), ("domain", 10**15), ("id", 0), ("url", None))

        table.lay(TableLayout(tuple(ColumnStand(name, width) for name, width in odd)))

        assert names(table) == ["id", "domain", "url"]
        assert table.width_of("id") == NARROWEST
        assert table.width_of("domain") == WIDEST
        table.lay(TableLayout((ColumnStand("gone", 90),)))
        assert "received_at" in names(table)

    @pytest.mark.qt_log_ignore("does not support", extend=True)
    def test_the_menu_of_the_header_hides_and_shows(self, table: RowsTable, qtbot: QtBot) -> None:
        table.horizontalHeader().customContextMenuRequested.emit(table.rect().topLeft())
        (menu,) = table.findChildren(QMenu)
        provider = next(each for each in menu.actions() if each.text() == "Provider")
        assert provider.isChecked()

        provider.trigger()

        assert "provider" not in names(table)
        menu.close()
        qtbot.waitUntil(lambda: not table.findChildren(QMenu))

    def test_rows_can_stand_closer(self, main: MainWindow, table: RowsTable, qtbot: QtBot) -> None:
        assert table.rowHeight(0) == ROW_HEIGHT
        dialog = columns_dialog(main, table, qtbot)

        QTest.keyClick(dialog, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)

        assert table.rowHeight(0) == COMPACT_HEIGHT

    def test_a_column_that_is_gone_is_left_out(self, table: RowsTable) -> None:
        table.lay(TableLayout((ColumnStand("id"), ColumnStand("of_a_later_version"))))
        assert names(table) == ["id"]

        table.lay(TableLayout((ColumnStand("of_a_later_version"),)))
        assert names(table)[0] == "received_at"

    def test_other_tables_are_laid_out_for_themselves(
        self, main: MainWindow, table: RowsTable
    ) -> None:
        for entry in PAGES:
            main.pages.get(entry)
        tables = {each.kept_as: each for each in main.findChildren(RowsTable) if each.kept_as}
        assert {"reports", "hotlines", "outbox", "audit", "hash_lists"} <= set(tables)
        before = names(tables["hotlines"])

        table.choose_layout(NARROW)

        assert names(tables["hotlines"]) == before


class TestRemembered:
    def test_a_table_looks_as_it_did_before_the_lock(
        self, shell: Shell, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        vault.notes.drafts[REPORTS] = NARROW
        shell.open(PASSPHRASE)
        qtbot.waitUntil(lambda: shell.main is not None)

        assert names(main_of(shell).reports.table) == ["id", "url", "tags"]


class TestCopying:
    def test_rows_are_copied_with_tabs_and_addresses_defanged(
        self, main: MainWindow, table: RowsTable, qtbot: QtBot
    ) -> None:
        table.lay(NARROW)
        table.choose(1)

        press(table, qtbot, Qt.Key.Key_C)

        reference, url, _tags = QGuiApplication.clipboard().text().split("\t")
        assert reference.startswith("HL-")
        assert url.startswith("hxxp")
        assert "[.]" in url

    def test_addresses_are_copied_as_they_are_when_that_is_asked_for(
        self, main: MainWindow, table: RowsTable
    ) -> None:
        table.lay(NARROW)
        table.choose(1)

        choices(table).copy_rows(is_exact=True, is_headed=True)

        head, row = QGuiApplication.clipboard().text().split("\n")
        assert head.split("\t")[0] == "Reference"
        assert row.split("\t")[1] == main.reports.model.row(1).url

    def test_many_rows_are_copied_in_pieces_and_the_last_thing_that_was_asked_for_is_there(
        self, main: MainWindow, table: RowsTable, qtbot: QtBot
    ) -> None:
        table.lay(TableLayout((ColumnStand("id"),)))
        rows = tuple(a_row(LAST_REPORT - number) for number in range(2 * AT_ONCE + 7))
        main.reports.model.show_first(Page(rows, None, 0.0))
        table.selectAll()
        QGuiApplication.clipboard().setText("before")

        choices(table).copy_rows()
        assert QGuiApplication.clipboard().text() == "before", "no turn makes all of them"
        qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() != "before")
        lines = QGuiApplication.clipboard().text().split("\n")
        assert (len(lines), lines[-1]) == (len(rows), f"HL-{rows[-1].report_id}")

        choices(table).copy_rows()
        table.choose(0)
        choices(table).copy_rows()
        alone = f"HL-{rows[0].report_id}"
        assert QGuiApplication.clipboard().text() == alone
        qtbot.wait(50)
        assert QGuiApplication.clipboard().text() == alone

    def test_what_is_being_copied_when_the_vault_is_locked_comes_nowhere(
        self, opened: Shell, main: MainWindow, table: RowsTable, qtbot: QtBot
    ) -> None:
        rows = tuple(a_row(LAST_REPORT - number) for number in range(2 * AT_ONCE))
        main.reports.model.show_first(Page(rows, None, 0.0))
        table.selectAll()
        QGuiApplication.clipboard().setText("before")
        choices(table).copy_rows()

        opened.lock()

        qtbot.waitUntil(lambda: opened.unlock is not None and opened.unlock._field.isEnabled())
        qtbot.wait(50)
        # The platform without a screen owns no clipboard that a lock could empty.
        assert QGuiApplication.clipboard().text() in ("", "before")

    @pytest.mark.qt_log_ignore("does not support", extend=True)
    def test_the_menu_asks_which_form_only_where_there_are_addresses(
        self, table: RowsTable, qtbot: QtBot
    ) -> None:
        offered: list[list[str]] = []
        for layout in (NARROW, TableLayout((ColumnStand("id"),))):
            table.lay(layout)
            table.customContextMenuRequested.emit(table.rect().topLeft())
            (menu,) = table.findChildren(QMenu)
            offered.append([each.text() for each in menu.actions()])
            menu.close()
            qtbot.waitUntil(lambda: not table.findChildren(QMenu))

        assert say.COPY_ROWS_EXACT in offered[0]
        assert say.COPY_ROWS_EXACT not in offered[1]

    def test_a_cell_begins_no_formula_and_holds_no_tab(
        self, main: MainWindow, table: RowsTable
    ) -> None:
        model = main.reports.model
        hostile = replace(model.row(0), provider="=1+1\tx\ny")
        model.show_first(Page((hostile,), None, 0.0))
        at = next(at for at, c in enumerate(model.columns) if c.known_as == "provider")

        assert list(lines_of(model, [0], [at])) == ["'=1+1 x ⏎ y"]


class TestAcrossPages:
    def choose_everything(self, table: RowsTable, qtbot: QtBot) -> None:
        for _ in range(2):
            press(table, qtbot, Qt.Key.Key_A)

    def test_once_chooses_what_is_loaded_and_offers_the_rest(
        self, main: MainWindow, table: RowsTable, qtbot: QtBot
    ) -> None:
        qtbot.waitUntil(lambda: main.reports.found == 1_000_000)
        press(table, qtbot, Qt.Key.Key_A)

        chosen = main.reports.chosen()
        assert isinstance(chosen, tuple)
        assert len(chosen) == 200
        assert main.reports.across.isVisible()
        assert main.reports.across.words() == "200 rows are chosen: all that are loaded."

    def test_twice_chooses_all_that_the_query_finds(
        self, main: MainWindow, table: RowsTable, qtbot: QtBot
    ) -> None:
        qtbot.waitUntil(lambda: main.reports.found == 1_000_000)
        self.choose_everything(table, qtbot)

        assert main.reports.chosen() == AllFound("")
        assert main.reports.across.count() == 1_000_000
        assert main.reports.across.words().startswith("All 1,000,000 reports")
        assert main.reports.model.rowCount() == 200

    def test_what_is_taken_out_stays_out_and_what_is_loaded_later_is_in(
        self, main: MainWindow, table: RowsTable, qtbot: QtBot
    ) -> None:
        self.choose_everything(table, qtbot)
        model = main.reports.model
        flags = QItemSelectionModel.SelectionFlag
        table.selectionModel().select(model.index(3, 0), flags.Toggle | flags.Rows)
        out = frozenset({model.row(3).report_id})

        model.fetchMore(model.index(-1, -1))
        qtbot.waitUntil(lambda: model.rowCount() == 400)

        assert main.reports.chosen() == AllFound("", out)

    def test_choosing_one_row_ends_it(
        self, main: MainWindow, table: RowsTable, qtbot: QtBot
    ) -> None:
        self.choose_everything(table, qtbot)
        table.choose(5)

        assert not main.reports.across.is_all
        assert not main.reports.across.isVisible()
        assert main.reports.across.count() == 1

    def test_another_search_ends_it(self, main: MainWindow, table: RowsTable, qtbot: QtBot) -> None:
        self.choose_everything(table, qtbot)
        main.reports.search("host:NL")
        qtbot.waitUntil(lambda: not main.reports.across.is_all)

        assert main.reports.chosen() == AllFound("host:NL")

    def test_a_case_is_not_handed_over_with_more_than_go_and_that_is_said(
        self, main: MainWindow, table: RowsTable, qtbot: QtBot
    ) -> None:
        self.choose_everything(table, qtbot)

        press(table, qtbot, Qt.Key.Key_G)

        qtbot.waitUntil(
            lambda: "41,233" in words_on(main.reports) or "41233" in words_on(main.reports)
        )


class TestExporting:
    @pytest.fixture
    def dialog(self, main: MainWindow, qtbot: QtBot) -> Iterator[ExportDialog]:
        yield self.open(main, qtbot)

    def open(self, main: MainWindow, qtbot: QtBot) -> ExportDialog:
        press(main, qtbot, Qt.Key.Key_E, shift=True)
        found = main.findChild(ExportDialog)
        assert found is not None
        qtbot.waitUntil(lambda: "would leave" in words_on(found))
        return found

    def test_says_what_would_leave_by_which_clause(
        self, main: MainWindow, dialog: ExportDialog, vault: MemoryVault
    ) -> None:
        told = words_on(dialog)

        assert say.EXPORT in [each.text() for each in main.findChildren(QPushButton)]
        assert "41,233 rows with 9 columns would leave, by clause 4.2 of the agreement." in told
        assert "hosting_country" in told
        assert vault.tabling.wishes[-1].chosen == AllFound("")
        assert vault.tabling.written == []

    def test_columns_that_stay_out_are_named_with_their_clause(
        self, main: MainWindow, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        vault.tabling.withheld = (WithheldColumn("provider", "4.5"),)

        told = words_on(self.open(main, qtbot))

        assert "Not in it, by clause 4.5 of the agreement: provider." in told

    def test_what_is_chosen_leaves_in_the_form_that_is_chosen(
        self, main: MainWindow, table: RowsTable, vault: MemoryVault, qtbot: QtBot, tmp_path: Path
    ) -> None:
        vault.tabling.may_end.set()
        table.lay(NARROW)
        table.selectAll()
        dialog = self.open(main, qtbot)
        dialog.format.setCurrentIndex(list(TableFormat).index(TableFormat.XLSX))
        dialog.exact.setChecked(True)
        dialog.path.field.setText(str(tmp_path / "table.xlsx"))
        dialog.recipient.setText("Court")
        dialog.reason.setText("file 17")
        qtbot.waitUntil(lambda: "200 rows" in words_on(dialog))

        dialog.write()

        qtbot.waitUntil(lambda: DIGEST in words_on(dialog))
        (wish,) = vault.tabling.written
        assert (wish.subject, wish.form.format) == (TableSubject.REPORTS, TableFormat.XLSX)
        assert (wish.form.columns, wish.form.is_exact) == (("id", "url", "tags"), True)
        assert isinstance(wish.chosen, tuple)
        assert len(wish.chosen) == 200
        assert (wish.recipient, wish.reason) == ("Court", "file 17")
        assert "in the clear" in words_on(dialog)

    def test_a_path_is_asked_for(self, dialog: ExportDialog, vault: MemoryVault) -> None:
        dialog.write()

        assert say.NEEDS_PATH in words_on(dialog)
        assert vault.tabling.written == []

    def test_work_under_way_stops_by_escape_and_that_is_said(
        self, dialog: ExportDialog, qtbot: QtBot, tmp_path: Path
    ) -> None:
        dialog.path.field.setText(str(tmp_path / "table.csv"))
        dialog.write()
        qtbot.waitUntil(lambda: "Writing rows" in words_on(dialog))
        assert dialog.is_working()

        QTest.keyClick(dialog, Qt.Key.Key_Escape)

        qtbot.waitUntil(lambda: say.STOPPED in words_on(dialog))
        assert dialog.isVisible()

    def test_a_press_on_the_button_that_ends_a_field_writes(
        self, opened: Shell, dialog: ExportDialog, vault: MemoryVault, qtbot: QtBot, tmp_path: Path
    ) -> None:
        qtbot.waitUntil(dialog._write.isEnabled)
        dialog.path.field.setText(str(tmp_path / "table.csv"))
        dialog.activateWindow()
        dialog.reason.setFocus()
        qtbot.waitUntil(dialog.reason.hasFocus)
        QTest.keyClicks(dialog.reason, "file 17")
        dialog._write.setFocus(Qt.FocusReason.MouseFocusReason)  # What a press does first.
        QTest.mouseClick(dialog._write, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: len(vault.tabling.written) == 1 or dialog.is_working())
        vault.tabling.may_end.set()
        qtbot.waitUntil(lambda: len(vault.tabling.written) == 1)
        assert vault.tabling.written[0].reason == "file 17"

    def test_a_disk_that_is_full_is_told_where_it_was_asked(
        self, dialog: ExportDialog, vault: MemoryVault, qtbot: QtBot, tmp_path: Path
    ) -> None:
        dialog.path.field.setText(str(tmp_path / "table.csv"))
        vault.tabling.refusal = StorageFull(where="table.csv")
        vault.tabling.may_end.set()

        dialog.write()

        qtbot.waitUntil(lambda: "table.csv" in words_on(dialog) and not dialog.is_working())
        assert dialog.path.field.text()

    def test_where_the_agreement_allows_none_the_clause_is_named(
        self, main: MainWindow, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        vault.tabling.refusal = AgreementForbids(
            action="exporting a table",
            function="table.export",
            reference="AGR-1",
            clause="9.1",
            cause="clause 9.1 forbids it",
            who="nobody",
        )
        press(main, qtbot, Qt.Key.Key_E, shift=True)
        dialog = main.findChild(ExportDialog)
        assert dialog is not None

        qtbot.waitUntil(lambda: "9.1" in words_on(dialog))
        dialog.write()

        assert vault.tabling.written == []

    @pytest.mark.parametrize(
        ("place", "subject"),
        [
            (places.MEDIA, TableSubject.MEDIA),
            (places.HOTLINES, TableSubject.HOTLINES),
            (places.OUTBOX, TableSubject.OPERATIONS),
            (places.CASES, TableSubject.CASES),
        ],
    )
    def test_other_pages_export_what_they_list(
        self,
        main: MainWindow,
        vault: MemoryVault,
        qtbot: QtBot,
        place: int,
        subject: TableSubject,
    ) -> None:
        main.show_page(place)

        self.open(main, qtbot)

        assert vault.tabling.wishes[-1].subject is subject

    def test_what_a_line_narrows_leaves_narrowed(
        self, main: MainWindow, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        main.show_page(places.HOTLINES)
        type_query(main.hotlines.line, "country:NL")
        self.open(main, qtbot).close()
        assert vault.tabling.wishes[-1].chosen == AllFound("country:NL")

    def test_of_cases_leave_those_that_are_listed_or_the_reports_of_the_one_that_is_open(
        self, main: MainWindow, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        main.show_page(places.CASES)
        section = main.cases.cases
        qtbot.waitUntil(lambda: not section.list.is_empty)
        type_query(section.query, "is:mine OR is:unled")
        assert section.exportable().chosen == AllFound("(is:mine OR is:unled) is:open")

        main.cases.open_case(1)
        qtbot.waitUntil(lambda: section.view.number == 1)
        open_case = section.exportable()
        assert (open_case.subject, open_case.chosen) == (TableSubject.REPORTS, AllFound("case:C-1"))

        main.cases.show_part(main.cases.tasks.title)
        before = len(vault.tabling.wishes)
        press(main, qtbot, Qt.Key.Key_E, shift=True)
        assert len(vault.tabling.wishes) == before

    def test_a_lock_takes_the_dialog_away(
        self, opened: Shell, dialog: ExportDialog, qtbot: QtBot
    ) -> None:
        QTest.keyClick(dialog, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

        qtbot.waitUntil(lambda: opened.main is None)


def test_without_the_role_nothing_offers_to_export(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.keeping.roles = EVERY_ROLE - {Role.EXPORTER}
    shell.open(PASSPHRASE)
    qtbot.waitUntil(lambda: shell.main is not None)
    main = main_of(shell)

    press(main, qtbot, Qt.Key.Key_E, shift=True)

    assert say.EXPORT not in [each.text() for each in main.findChildren(QPushButton)]
    assert main.findChild(ExportDialog) is None


def test_a_title_knows_by_events_that_the_pointer_is_over_it(table: RowsTable) -> None:
    header = table.horizontalHeader()
    assert isinstance(header, Titles)
    middle = QPoint(header.sectionViewportPosition(1) + 5, 5)
    QTest.mouseMove(header.viewport(), middle)
    assert header.beneath == 1
    QCoreApplication.sendEvent(header.viewport(), QEvent(QEvent.Type.Leave))
    assert header.beneath == -1


def test_a_page_of_rows_is_painted_in_one_go(main: MainWindow, table: RowsTable) -> None:
    """Each time that the toolkit asks Python anew, a thread at work may have to be waited for."""
    here, asked = sys._getframe(), list[str]()

    def watch(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_back is here:
            asked.append(frame.f_code.co_name)

    sys.setprofile(watch)
    table.viewport().repaint()
    sys.setprofile(None)

    assert main.reports.model.rowCount() > 5
    assert asked.count("paintEvent") == 1
    assert len(asked) < 10


def test_a_title_that_needs_more_than_its_share_takes_it_from_the_others(qtbot: QtBot) -> None:
    long = "A title of a good many letters"
    titles = (long, "One", "Two", "Three")
    columns: list[Column[str]] = [Column(title, str) for title in titles]
    model: KeysetTable[str] = KeysetTable(columns)
    table = RowsTable("Rows", model, LIGHT)
    qtbot.addWidget(table)
    table.resize(640, 200)
    table.show()

    assert table.columnWidth(0) >= table.horizontalHeader().sectionSizeHint(0)
    assert table.horizontalScrollBar().maximum() == 0
