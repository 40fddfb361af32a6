"""The window as an analyst drives it, by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cport_desktop.domain.anchoring import Anchoring, AnchorState
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.exposure import Look
from cport_desktop.domain.ids import ContentId, ReportId
from cport_desktop.domain.rows import Order, ReportSort
from cport_desktop.errors import CertificateRejected, VaultDamaged
from cport_desktop.ui import places
from cport_desktop.ui.desk import PackageOrder
from cport_desktop.ui.looking import DELIBERATE_MS, LookState
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.theme import LIGHT
from cport_desktop.ui.views.compose_dialog import ComposeDialog
from cport_desktop.ui.widgets.files import open_file_dialog
from cport_desktop.ui.widgets.look_panel import LookPanel
from cport_desktop.words import window as say
from tests.ui.conftest import destroy_what_is_dropped
from tests.ui.synthetic_desk import CANARY, LAST_REPORT, PASSPHRASE, MemoryVault

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def main_of(shell: Shell) -> MainWindow:
    assert shell.main is not None
    return shell.main


def press(
    shell: Shell, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None
) -> None:
    """A key wherever the focus is; the window must be active for its shortcuts to work."""
    if QApplication.activeWindow() is None:
        shell.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is not None)
    target = QApplication.focusWidget() or shell
    QTest.keyClick(target, key, modifier or Qt.KeyboardModifier.NoModifier)


def button_named(name: str, inside: QWidget) -> QAbstractButton:
    return next(
        made for made in inside.findChildren(QAbstractButton) if made.accessibleName() == name
    )


def words_on(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    return "\n".join(labels)


# -- the door


def test_a_wrong_passphrase_is_refused_in_words_and_the_field_is_ready_again(
    shell: Shell, qtbot: QtBot
) -> None:
    assert shell.unlock is not None
    field = shell.unlock.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "not it")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "vault.wrong_passphrase" in words_on(shell))
    assert field.text() == ""
    assert field.isEnabled()
    assert shell.main is None


def test_the_passphrase_is_never_shown_and_never_kept(shell: Shell, qtbot: QtBot) -> None:
    assert shell.unlock is not None
    field = shell.unlock.findChild(QLineEdit)
    assert field is not None
    assert field.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClicks(field, PASSPHRASE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == ""
    qtbot.waitUntil(lambda: shell.main is not None)


def test_a_capital_without_shift_hints_at_caps_lock(shell: Shell, qtbot: QtBot) -> None:
    assert shell.unlock is not None
    field = shell.unlock.findChild(QLineEdit)
    assert field is not None
    assert "seems to be on" not in words_on(shell)
    capital = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
    QApplication.sendEvent(field, capital)
    assert "Caps Lock seems to be on" in words_on(shell)


def test_an_empty_passphrase_asks_nobody(shell: Shell, vault: MemoryVault, qtbot: QtBot) -> None:
    assert shell.unlock is not None
    field = shell.unlock.findChild(QLineEdit)
    assert field is not None
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert vault.notes.of("open") == []


def test_a_demo_vault_says_synthetic_at_the_door_and_on_every_page(
    opened: Shell, qtbot: QtBot
) -> None:
    main = main_of(opened)
    for place in range(5):
        main.show_page(place)
        assert words_on(opened).count("SYNTHETIC") >= 2
    assert "SYNTHETIC" in opened.windowTitle()
    opened.lock()
    assert "SYNTHETIC VAULT" in words_on(opened)


# -- reports


def test_the_first_page_of_a_million_reports_is_shown_and_described(opened: Shell) -> None:
    main = main_of(opened)
    assert main.reports.model.rowCount() == 200
    assert "1,000,000 of 1,000,000 reports" in words_on(main.reports)
    assert main.reports.pane.report_id == ReportId(LAST_REPORT)


def test_a_query_is_asked_with_enter_and_says_how_many_it_finds(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    press(opened, qtbot, Qt.Key.Key_F, CTRL)
    QTest.keyClicks(main.reports.query.field, "host:NL")
    QTest.keyClick(main.reports.query.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "2,318 of 1,000,000" in words_on(main.reports))
    assert vault.notes.of("search")[-1] == ("search", "host:NL", Order(), None)


def test_what_cannot_be_read_is_pointed_at_with_what_would_be(opened: Shell, qtbot: QtBot) -> None:
    main = main_of(opened)
    main.reports.search("host:NL wrong:x")
    qtbot.waitUntil(lambda: main.reports.query.wrong_words() != "")
    assert "character 8" in main.reports.query.wrong_words()
    assert "host, class" in main.reports.query.wrong_words()
    assert main.reports.model.rowCount() == 200
    QTest.keyClicks(main.reports.query.field, "y")
    assert main.reports.query.wrong_words() == ""


def test_nothing_found_says_what_to_do(opened: Shell, qtbot: QtBot) -> None:
    main = main_of(opened)
    main.reports.search("nothing")
    qtbot.waitUntil(lambda: "No report matches this query" in words_on(main.reports))
    assert main.reports.pane.report_id is None


def test_the_answer_to_an_older_query_never_comes_over_a_newer_one(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    vault.notes.search_may_answer.clear()
    main.reports.search("nothing")
    main.reports.search("host:NL")
    vault.notes.search_may_answer.set()
    qtbot.waitUntil(lambda: "2,318 of" in words_on(main.reports))
    qtbot.wait(50)
    assert main.reports.model.rowCount() == 200


def test_a_count_that_comes_before_the_rows_does_not_end_the_search(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    vault.notes.search_may_answer.clear()
    main.reports.search("host:NL")
    qtbot.waitUntil(lambda: "2,318 of" in words_on(main.reports))
    assert say.SEARCHING in words_on(main.reports)
    vault.notes.search_may_answer.set()
    qtbot.waitUntil(lambda: say.SEARCHING not in words_on(main.reports))
    assert "12 ms" in words_on(main.reports)


def test_a_facet_refines_the_query_by_keyboard(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    facets = main.reports.facets
    qtbot.waitUntil(lambda: facets.model().rowCount() > 0)
    facets.setFocus()
    facets.setCurrentIndex(facets.model().index(1, 0))
    QTest.keyClick(facets, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: vault.notes.of("search")[-1][1] == "class:baseline")
    assert main.reports.query.text() == "class:baseline"


def open_first_media_item(main: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not main.media.is_empty)
    main.media.grid.choose(0)
    qtbot.waitUntil(lambda: main.media.pane.media_id is not None)


def test_nothing_is_opened_before_somebody_opens_it(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    """Opening is a consultation on record, so that a window must not do it by itself."""
    shell.open(PASSPHRASE)
    qtbot.waitUntil(lambda: shell.main is not None)
    main = main_of(shell)
    qtbot.waitUntil(lambda: not main.reports.is_empty)
    main.show_page(places.MEDIA)
    qtbot.waitUntil(lambda: not main.media.is_empty)
    qtbot.wait(300)
    assert main.reports.pane.report_id is None
    assert main.media.pane.media_id is None
    assert not vault.notes.of("dossier")
    assert not vault.notes.of("media_item")


def test_a_header_sorts_through_the_desk_and_again_reverses(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    main.reports.table.column_clicked.emit(2)
    qtbot.waitUntil(lambda: vault.notes.of("search")[-1][2] == Order(ReportSort.DOMAIN, False))
    main.reports.table.column_clicked.emit(2)
    qtbot.waitUntil(lambda: vault.notes.of("search")[-1][2] == Order(ReportSort.DOMAIN, True))


def test_scrolling_to_the_end_brings_the_next_page(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    main.reports.table.scrollToBottom()
    qtbot.waitUntil(lambda: main.reports.model.rowCount() == 400)
    assert vault.notes.of("search")[-1][3] == "200"


def test_an_arrow_key_held_down_passes_over_reports_without_opening_them(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    main.reports.table.setFocus()
    before = len(vault.notes.of("dossier"))
    for _ in range(12):
        QTest.keyClick(main.reports.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: main.reports.pane.report_id == LAST_REPORT - 12)
    assert len(vault.notes.of("dossier")) == before + 1


def test_nobody_looks_at_what_is_no_longer_chosen(opened: Shell, qtbot: QtBot) -> None:
    main = main_of(opened)
    left = []
    for place in range(6):
        panel = main.reports.pane.findChild(LookPanel)
        could = panel is not None and panel.can_look
        main.reports.table.choose(place)
        left.append((could, panel is not None and panel.can_look))
        wait_for_report(main, place, qtbot)
    assert (True, False) in left
    assert {after for _, after in left} == {False}

    main.show_page(places.MEDIA)
    qtbot.waitUntil(lambda: not main.media.is_empty)
    for place in (0, 1, 0):
        main.media.grid.choose(place)
        assert not main.media.pane.panel.can_look
        qtbot.waitUntil(lambda: main.media.pane.panel.can_look)
        assert main.media.pane.media_id == main.media.model.item(place).media_id


def wait_for_report(main: MainWindow, place: int, qtbot: QtBot) -> None:
    wanted = main.reports.model.row(place).report_id
    pane = main.reports.pane
    qtbot.waitUntil(lambda: pane.report_id == wanted and pane.is_complete)


def test_a_report_and_an_item_that_cannot_be_read_leave_no_other_in_their_place(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    main.show_page(places.MEDIA)
    qtbot.waitUntil(lambda: not main.media.is_empty)
    main.media.grid.choose(0)
    qtbot.waitUntil(lambda: main.media.pane.media_id is not None)
    vault.notes.read_error = VaultDamaged(where="one row")

    main.media.grid.choose(1)
    qtbot.waitUntil(lambda: main.media.pane.media_id is None)
    main.show_page(places.REPORTS)
    main.reports.table.choose(5)
    qtbot.waitUntil(lambda: main.reports.pane.report_id is None)

    assert "one row" in words_on(main.media)
    assert "one row" in words_on(main.reports.pane)


def test_the_pane_shows_foreign_text_as_it_is_stored(opened: Shell) -> None:
    assert "<b>not bold</b>" in words_on(main_of(opened).reports.pane)


# -- acting


def open_report(main: MainWindow, number: int, qtbot: QtBot) -> None:
    main.reports.search(f"ref:HL-{number}")
    qtbot.waitUntil(lambda: main.reports.model.rowCount() == 1)
    qtbot.waitUntil(lambda: main.reports.model.row(0).report_id == number)
    main.reports.table.choose(0)
    qtbot.waitUntil(lambda: main.reports.pane.report_id == number)


UNDECIDED = LAST_REPORT
"""A report whose source item the rules allow to be assessed."""


def test_an_assessment_is_confirmed_before_it_is_queued(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    open_report(main, UNDECIDED, qtbot)
    press(opened, qtbot, Qt.Key.Key_1, ALT)
    assert "A Baseline assessment is final" in words_on(main.reports.pane)
    assert vault.notes.of("assess") == []
    press(opened, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(vault.notes.of("assess")))
    assert vault.notes.of("assess")[0] == ("assess", UNDECIDED, ContentId(UNDECIDED * 10), 1)
    qtbot.waitUntil(lambda: "Assessed Baseline – queued" in words_on(main.reports.pane))


def test_escape_leaves_an_assessment_undone(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    open_report(main, UNDECIDED, qtbot)
    press(opened, qtbot, Qt.Key.Key_1, ALT)
    press(opened, qtbot, Qt.Key.Key_Escape)
    assert "is final" not in words_on(main.reports.pane)
    assert vault.notes.of("assess") == []


def test_where_a_rule_forbids_it_there_is_no_button_but_the_rule(
    opened: Shell, qtbot: QtBot
) -> None:
    main = main_of(opened)
    final = next(
        main.reports.model.row(at).report_id
        for at in range(200)
        if main.reports.model.row(at).classification == 1
        and main.reports.model.row(at).content_count == 1
    )
    open_report(main, final, qtbot)
    qtbot.waitUntil(lambda: "a Baseline assessment is final" in words_on(main.reports.pane))

    def offered() -> list[str]:
        buttons = main.reports.pane.findChildren(QAbstractButton)
        return [made.accessibleName() for made in buttons if made.isVisibleTo(main.reports.pane)]

    qtbot.waitUntil(lambda: not [name for name in offered() if name.startswith("Assess ")])


def test_what_was_written_to_a_hotline_outlives_escape_and_other_reports(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    press(opened, qtbot, Qt.Key.Key_B, CTRL)
    editor = main.reports.pane.findChild(QPlainTextEdit)
    assert editor is not None
    QTest.keyClicks(editor, "Thank you")
    press(opened, qtbot, Qt.Key.Key_Escape)
    open_report(main, LAST_REPORT - 3, qtbot)
    open_report(main, LAST_REPORT, qtbot)
    press(opened, qtbot, Qt.Key.Key_B, CTRL)
    assert editor.toPlainText() == "Thank you"
    QTest.keyClick(editor, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: vault.notes.of("feedback") == [("feedback", LAST_REPORT, "Thank you")])


# -- media


def test_space_held_in_the_grid_looks_and_leaving_the_page_veils(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    main.show_page(places.MEDIA)
    open_first_media_item(main, qtbot)
    looking = main.media.pane.panel.looking
    main.media.grid.setFocus()
    QTest.keyPress(main.media.grid, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: looking.state is LookState.SHOWN)
    main.show_page(places.REPORTS)
    assert looking.state is LookState.VEILED
    qtbot.waitUntil(lambda: bool(vault.notes.of("end_reveal")))


def test_space_that_is_not_held_is_no_look_and_leaves_no_trace_of_one(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    """A display server repeats a held key as presses and releases in quick succession."""
    main = main_of(opened)
    main.show_page(places.MEDIA)
    open_first_media_item(main, qtbot)
    main.media.grid.setFocus()
    for _ in range(5):
        QTest.keyPress(main.media.grid, Qt.Key.Key_Space)
        QTest.keyRelease(main.media.grid, Qt.Key.Key_Space)
    qtbot.wait(4 * DELIBERATE_MS)
    assert vault.notes.of("reveal") == []
    QTest.keyPress(main.media.grid, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(vault.notes.of("reveal")) == 1)
    QTest.keyRelease(main.media.grid, Qt.Key.Key_Space)


def test_seconds_looked_are_told_to_the_one_who_looked(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    qtbot.waitUntil(lambda: "Looked 5:12" in main.status.looked())
    main.status.add_looked(Look("grey", 42.3, 6.0))
    assert "Looked 5:12" in main.status.looked(), "the day's sum comes from the ledger alone"


def test_from_a_report_to_its_media_and_back(opened: Shell, qtbot: QtBot) -> None:
    main = main_of(opened)
    open_report(main, LAST_REPORT - 1, qtbot)
    press(opened, qtbot, Qt.Key.Key_M, CTRL)
    qtbot.waitUntil(lambda: main.page == places.MEDIA)
    assert main.media.query.text() == f"ref:HL-{LAST_REPORT - 1}"
    main.media.report_wanted.emit(ReportId(LAST_REPORT - 3))
    qtbot.waitUntil(lambda: main.reports.pane.report_id == LAST_REPORT - 3)
    assert main.page == places.REPORTS


# -- the exchange


def test_an_exchange_shows_how_far_it_is_and_what_came(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    vault.notes.sync_may_end.clear()
    press(opened, qtbot, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: "1,204 of 2,000" in main.exchange.words())
    main.exchange.start()
    assert len(vault.notes.of("synchronise")) == 1
    vault.notes.sync_may_end.set()
    qtbot.waitUntil(lambda: not main.exchange.is_running)
    assert main.exchange.words().startswith("41 new reports, 3 corrected, 1 withdrawn")


def test_an_exchange_is_stopped_and_says_so(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    vault.notes.sync_may_end.clear()
    main.exchange.start()
    qtbot.waitUntil(lambda: bool(vault.notes.of("synchronise")))
    main.exchange.stop()
    qtbot.waitUntil(lambda: not main.exchange.is_running)
    assert main.exchange.words().startswith("Stopped.")


def test_an_exchange_that_fails_says_why_with_a_code_to_copy(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    vault.notes.sync_error = CertificateRejected(cause="not the pinned authority")
    main.exchange.start()
    qtbot.waitUntil(lambda: "not the pinned authority" in main.notice.message())
    copy = next(
        made for made in main.notice.findChildren(QAbstractButton) if made.text() == "Copy code"
    )
    copy.click()
    assert QGuiApplication.clipboard().text() == "road.certificate"


def test_an_exchange_that_ends_by_a_bug_is_not_under_way_any_more(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    vault.notes.sync_error = ZeroDivisionError(CANARY)
    main.exchange.start()
    qtbot.waitUntil(lambda: "bug ZeroDivisionError" in words_on(main.notice))
    assert not main.exchange.is_running
    assert CANARY not in words_on(main.notice)
    vault.notes.sync_error = None
    assert main.exchange.start()
    qtbot.waitUntil(lambda: main.exchange.words().startswith("41 new reports"))


@pytest.mark.parametrize(
    ("state", "told", "is_alarm"),
    [
        (AnchorState.COSIGNED, "", False),
        (AnchorState.NOT_OFFERED, "Not anchored: this portal", False),
        (AnchorState.FAILED, "was not anchored this time", False),
        (AnchorState.ROLLED_BACK, "put back to an earlier copy", True),
        (AnchorState.INCONSISTENT, "its history was changed", True),
    ],
)
def test_an_exchange_says_what_the_portal_made_of_the_audit_log(
    opened: Shell,
    vault: MemoryVault,
    qtbot: QtBot,
    state: AnchorState,
    told: str,
    is_alarm: bool,
) -> None:
    main = main_of(opened)
    vault.notes.anchoring = Anchoring(state, size=40, lineage=1, held_size=55)
    main.exchange.start()
    qtbot.waitUntil(lambda: main.exchange.words().startswith("41 new reports"))
    assert told in main.exchange.words()
    assert ("audit log" in main.exchange.words()) == (state is not AnchorState.COSIGNED)
    alarm = main.notice.message()
    assert ("40 entries" in alarm and "55" in alarm) == is_alarm


# -- lists


def test_every_page_shows_its_list_by_its_key(opened: Shell, qtbot: QtBot) -> None:
    main = main_of(opened)
    press(opened, qtbot, Qt.Key.Key_3, CTRL)
    qtbot.waitUntil(lambda: main.hotlines.model.rowCount() == 4)
    press(opened, qtbot, Qt.Key.Key_4, CTRL)
    qtbot.waitUntil(lambda: main.outbox.list.model.rowCount() == 6)
    press(opened, qtbot, Qt.Key.Key_5, CTRL)
    qtbot.waitUntil(lambda: not main.exchanges.history.list.is_empty)
    press(opened, qtbot, Qt.Key.Key_6, CTRL)
    qtbot.waitUntil(main.audit.purpose.hasFocus)
    press(opened, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: main.audit.model.rowCount() == 200)
    assert main.audit.isVisible()
    press(opened, qtbot, Qt.Key.Key_7, CTRL)
    qtbot.waitUntil(lambda: not main.vault.health.list.is_empty)


def test_f6_walks_round_the_parts_of_a_page(opened: Shell, qtbot: QtBot) -> None:
    main = main_of(opened)
    qtbot.waitUntil(lambda: main.reports.facets.model().rowCount() > 0)
    main.reports.query.field.setFocus()
    seen = []
    for _ in range(4):
        press(opened, qtbot, Qt.Key.Key_F6)
        seen.append(opened.focusWidget())
    assert seen[0] is main.reports.facets
    assert seen[1] is main.reports.table
    assert main.reports.pane.isAncestorOf(seen[2])
    assert seen[3] is main.reports.query.field


def test_whatever_can_be_reached_has_a_name(opened: Shell, qtbot: QtBot) -> None:
    main = main_of(opened)
    main.show_page(places.MEDIA)
    open_first_media_item(main, qtbot)
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in opened.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
        and not widget.objectName().startswith("qt_")
    ]
    assert nameless == []


def test_the_key_list_opens_on_a_question_mark_and_names_every_key(
    opened: Shell, qtbot: QtBot
) -> None:
    main = main_of(opened)
    main.reports.table.setFocus()
    press(opened, qtbot, Qt.Key.Key_Question)
    dialog = main.findChild(QDialog)
    assert dialog is not None
    told = words_on(dialog)
    for key in ("F5", "Ctrl+L", "Ctrl+E", "Space, held", "Escape"):
        assert key in told
    dialog.close()


def test_a_slash_typed_into_the_query_stays_there(opened: Shell, qtbot: QtBot) -> None:
    main = main_of(opened)
    main.reports.query.field.setFocus()
    QTest.keyClicks(main.reports.query.field, "url:/a?b")
    assert main.reports.query.text() == "url:/a?b"
    assert main.findChild(QDialog) is None


def test_a_change_refreshes_what_shows_it_and_only_that(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    searches = len(vault.notes.of("search"))
    main.apply(Changes.HOTLINES)
    assert len(vault.notes.of("search")) == searches
    main.apply(Changes.REPORTS)
    qtbot.waitUntil(lambda: len(vault.notes.of("search")) == searches + 1)


# -- a package


def test_a_package_is_previewed_composed_and_proved(
    opened: Shell, vault: MemoryVault, qtbot: QtBot, tmp_path: Path
) -> None:
    main = main_of(opened)
    main.reports.table.selectAll()
    press(opened, qtbot, Qt.Key.Key_E, CTRL)
    dialog = main.findChild(ComposeDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: "200 reports and 600 media files" in words_on(dialog))
    assert "SYNTHETIC" in words_on(dialog)
    keys = dialog.findChild(QPlainTextEdit)
    assert keys is not None
    keys.setPlainText("age1qqq\nage1zzz")
    dialog.form.path.setText(str(tmp_path / "out.asice.age"))
    button_named("Compose, Ctrl+Enter", dialog).click()
    qtbot.waitUntil(lambda: "Look at it, then compose" in words_on(dialog))
    qtbot.waitUntil(lambda: "Allowed by clause 4.1." in words_on(dialog))
    assert vault.notes.of("compose") == []
    button_named("Compose, Ctrl+Enter", dialog).click()
    qtbot.waitUntil(lambda: "ab" * 32 in words_on(dialog))
    order = vault.notes.of("compose")[0][1]
    assert isinstance(order, PackageOrder)
    assert [each.public for each in order.recipients] == ["age1qqq", "age1zzz"]
    assert isinstance(order.choice, tuple)
    assert len(order.choice) == 200
    assert "✓ 1. The file is a sealed package: passed" in words_on(dialog)
    assert "– 2. It opens with the identity: skipped" in words_on(dialog)
    dialog.close()


def test_a_package_without_recipient_is_not_begun(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    main.compose()
    dialog = main.findChild(ComposeDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: "media files" in words_on(dialog))
    button_named("Compose, Ctrl+Enter", dialog).click()
    assert "Name at least one recipient" in words_on(dialog)
    assert vault.notes.of("compose") == []
    dialog.close()


def test_choosing_a_file_leaves_no_list_of_places_visited(qtbot: QtBot, tmp_path: Path) -> None:
    settings = QStandardPaths.writableLocation(
        QStandardPaths.StandardLocation.GenericConfigLocation
    )
    kept = Path(settings) / "QtProject.conf"
    before = kept.read_bytes() if kept.exists() else None
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = open_file_dialog(parent, "Where", is_for_writing=True)
    dialog.setDirectory(str(tmp_path))
    dialog.close()
    destroy_what_is_dropped()
    assert (kept.read_bytes() if kept.exists() else None) == before


# -- the lock


def test_a_lock_destroys_everything_that_shows_content(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    gone: list[bool] = []
    main.destroyed.connect(lambda _=None: gone.append(True))
    main.compose()
    dialog = main.findChild(ComposeDialog)
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    press(opened, qtbot, Qt.Key.Key_L, CTRL)
    assert shell_is_empty(opened)
    del main
    qtbot.waitUntil(lambda: bool(vault.notes.of("lock")))
    destroy_what_is_dropped()
    assert gone
    told = [label.text() for label in QApplication.allWidgets() if isinstance(label, QLabel)]
    assert not [text for text in told if CANARY in text or "HL-" in text]
    assert not [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog)]


def shell_is_empty(shell: Shell) -> bool:
    return shell.main is None and CANARY not in words_on(shell)


def test_a_lock_in_the_middle_of_a_look_veils_and_records_its_end(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    main.show_page(places.MEDIA)
    open_first_media_item(main, qtbot)
    looking = main.media.pane.panel.looking
    looking.press()
    qtbot.waitUntil(lambda: looking.state is LookState.SHOWN)
    opened.lock()
    assert looking.image is None
    qtbot.waitUntil(lambda: bool(vault.notes.of("lock")))
    verbs = [call[0] for call in vault.notes.calls]
    assert verbs.index("end_reveal") < verbs.index("lock")


def test_a_lock_in_the_middle_of_an_exchange_stops_it_and_closes_the_vault_after(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.notes.sync_may_end.clear()
    main_of(opened).exchange.start()
    qtbot.waitUntil(lambda: bool(vault.notes.of("synchronise")))
    opened.lock()
    assert opened.main is None
    qtbot.waitUntil(lambda: bool(vault.notes.of("lock")))


def test_after_a_lock_the_same_window_opens_again(opened: Shell, qtbot: QtBot) -> None:
    opened.lock()
    qtbot.waitUntil(lambda: opened.unlock is not None and opened.unlock.isEnabled())
    opened.open(PASSPHRASE)
    qtbot.waitUntil(lambda: opened.main is not None)


def test_closing_the_window_closes_the_vault_first(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    opened.close()
    qtbot.waitUntil(lambda: not opened.isVisible())
    assert vault.notes.of("lock")


def test_a_bug_is_told_without_its_message(opened: Shell, qtbot: QtBot) -> None:
    main = main_of(opened)
    nobody: dict[str, int] = {}
    main._seat.lanes.reading.ask(main, lambda: nobody[CANARY])
    qtbot.waitUntil(lambda: main.notice.message() != "")
    assert "bug KeyError" in words_on(main.notice)
    assert CANARY not in words_on(main.notice)


def test_another_theme_is_worn_at_once(opened: Shell) -> None:
    opened.wear(LIGHT)
    image = opened.grab().toImage()
    assert image.pixelColor(6, 400).name() == LIGHT.ground
