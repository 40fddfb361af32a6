"""The outbox over a desk in memory: one honest state each, every word kept, decisions by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cport_desktop.domain.rows import Page
from cport_desktop.errors import OperationClosed
from cport_desktop.ui import places
from cport_desktop.ui.desk import Tallies
from cport_desktop.ui.exchanging_lines import OutboxView
from cport_desktop.ui.fitting import SMALLEST
from cport_desktop.ui.models.exchange_columns import outbox_columns
from cport_desktop.ui.models.keyset_table import KeysetTable
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.outbox_page import OutboxPage
from cport_desktop.words import outbox_page as say
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.synthetic_exchanging import NOON, ExchangeNotes, MemoryExchanging
from tests.ui.test_vault_page import dialog_of, field_named
from tests.ui.test_window import main_of, press, words_on

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(opened: Shell, qtbot: QtBot) -> OutboxPage:
    """The outbox of an open window, with the operation that needs somebody chosen."""
    main = main_of(opened)
    main.show_page(places.OUTBOX)
    qtbot.waitUntil(lambda: not main.outbox.is_empty)
    return main.outbox


@pytest.fixture
def notes(vault: MemoryVault) -> ExchangeNotes:
    return vault.exchanging.notes


def choose(page: OutboxPage, state: str) -> None:
    number = page.list.model.find(lambda line: line.state == state)
    assert number is not None
    page.list.table.choose(number)


def states(page: OutboxPage) -> list[str]:
    return [line.state for line in page.list.rows()]


def acts_on(page: OutboxPage) -> list[str]:
    """What the pane offers, by the words on its buttons."""
    labels = {say.REVISE, say.SEND, say.SET_ASIDE}
    return [
        label
        for label in (say.REVISE, say.SEND, say.SET_ASIDE)
        for made in page.pane.findChildren(QAbstractButton)
        if made.text().startswith(label) and made.isVisibleTo(page) and label in labels
    ]


def test_every_operation_has_one_state_told_by_glyph_and_word(page: OutboxPage) -> None:
    model = page.list.model
    shown = [str(model.data(model.index(row, 0))) for row in range(model.rowCount())]
    assert shown == [
        "◆ needs you", "○ queued", "→ sending", "✗ rejected", "✓ settled", "– set aside",
    ]  # fmt: skip


def test_the_pane_has_all_words_of_the_analyst_and_of_the_portal(
    page: OutboxPage, qtbot: QtBot
) -> None:
    choose(page, "rejected")
    told = words_on(page.pane)
    assert "Synthetic words 4.\nA second line, <b>not bold</b>." in told
    assert "The portal’s own sentence: the hotline closed it on 20 November." in told
    assert say.MEANINGS["rejected"] in told


def test_only_what_can_be_done_is_offered(page: OutboxPage) -> None:
    offered = {}
    for state in ("needs_you", "queued", "sending", "rejected", "settled"):
        choose(page, state)
        offered[state] = acts_on(page)
    assert offered == {
        "needs_you": [say.REVISE, say.SEND, say.SET_ASIDE],
        "queued": [say.REVISE, say.SET_ASIDE],
        "sending": [],
        "rejected": [say.REVISE, say.SET_ASIDE],
        "settled": [],
    }


def test_a_rejected_one_is_revised_with_the_words_of_before_in_the_editor(
    opened: Shell, page: OutboxPage, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    choose(page, "rejected")
    press(opened, qtbot, Qt.Key.Key_R, ALT)
    dialog = dialog_of(page)
    editor = dialog.findChild(QPlainTextEdit)
    assert editor is not None
    assert editor.toPlainText() == "Synthetic words 4.\nA second line, <b>not bold</b>."
    editor.setPlainText("  ")
    dialog.give()
    assert dialog.told() == say.NEEDS_WORDS
    editor.setPlainText("Better words.")
    dialog.give()
    qtbot.waitUntil(lambda: notes.of("revise") == [("revise", "op-4", "Better words.")])
    qtbot.waitUntil(lambda: page.told() == say.REVISED)
    qtbot.waitUntil(lambda: states(page)[0] == "queued")
    assert "Synthetic words 4." in [line.words.partition("\n")[0] for line in page.list.rows()]


def test_what_changed_under_the_analyst_is_sent_all_the_same_by_one_key(
    opened: Shell, page: OutboxPage, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    choose(page, "needs_you")
    assert "The report was withdrawn by its hotline." in words_on(page.pane)
    press(opened, qtbot, Qt.Key.Key_S, ALT)
    qtbot.waitUntil(lambda: page.told() == say.SENT_AGAIN)
    assert notes.of("send_again") == [("send_again", "op-1")]


def test_an_operation_is_set_aside_with_a_reason_and_by_keyboard_alone(
    opened: Shell, page: OutboxPage, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    choose(page, "needs_you")
    press(opened, qtbot, Qt.Key.Key_D, ALT)
    dialog = dialog_of(page)
    reason = field_named(say.REASON, dialog)
    qtbot.waitUntil(reason.hasFocus)
    QTest.keyClick(reason, Qt.Key.Key_Return)
    assert dialog.told() == say.NEEDS_REASON
    QTest.keyClicks(reason, "asked by telephone")
    QTest.keyClick(reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.told() == say.WAS_SET_ASIDE)
    assert notes.of("set_aside") == [("set_aside", "op-1", "asked by telephone")]


def test_a_decision_that_comes_too_late_is_refused_where_it_was_made(
    opened: Shell, page: OutboxPage, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    choose(page, "needs_you")
    notes.error = OperationClosed(operation="op-1", state="settled")
    press(opened, qtbot, Qt.Key.Key_S, ALT)
    qtbot.waitUntil(lambda: "op-1" in page._notice.message())
    assert page.told() == ""


def test_what_needs_the_analyst_is_shown_alone_and_said_when_there_is_none(
    opened: Shell, page: OutboxPage, vault: MemoryVault, qtbot: QtBot
) -> None:
    press(opened, qtbot, Qt.Key.Key_N, ALT)
    qtbot.waitUntil(lambda: states(page) == ["needs_you", "rejected"])
    vault.exchanging.operations.clear()
    page.refresh()
    qtbot.waitUntil(lambda: page.list.words() == say.NOTHING_NEEDS_YOU)
    press(opened, qtbot, Qt.Key.Key_A, ALT)
    qtbot.waitUntil(lambda: page.list.words() == say.EMPTY)


def test_enter_leads_to_the_report_that_it_is_about(
    opened: Shell, page: OutboxPage, qtbot: QtBot
) -> None:
    choose(page, "settled")
    page.list.table.setFocus()
    QTest.keyClick(page.list.table, Qt.Key.Key_Return)
    main = main_of(opened)
    qtbot.waitUntil(lambda: main.page == places.REPORTS)
    qtbot.waitUntil(lambda: main.reports.pane.report_id == 884_195)


def test_the_rail_says_first_what_needs_the_analyst(opened: Shell) -> None:
    rail = main_of(opened).rail
    rail.count(Tallies(1, 1, 1, unsettled=3, needs_you=2))
    outbox = rail._buttons[places.OUTBOX]
    assert outbox.counter() == "◆ 2"
    assert "2 need you, 3 waiting" in outbox.accessibleName()
    rail.count(Tallies(1, 1, 1, unsettled=3))
    assert outbox.counter() == "3"
    rail.count(Tallies(1, 1, 1, unsettled=0))
    assert outbox.counter() == ""


def test_nothing_of_the_outbox_is_clipped_in_the_smallest_window(
    opened: Shell, page: OutboxPage, qtbot: QtBot
) -> None:
    opened.resize(*SMALLEST)
    qtbot.wait(50)
    assert opened.width() == SMALLEST[0]
    for made in page.findChildren(QAbstractButton):
        if made.isVisible():
            assert made.width() >= made.sizeHint().width(), made.text()


def test_escape_puts_away_what_was_told_and_loses_no_choice(
    opened: Shell, page: OutboxPage, qtbot: QtBot
) -> None:
    press(opened, qtbot, Qt.Key.Key_S, ALT)
    qtbot.waitUntil(lambda: page.told() == say.SENT_AGAIN)
    press(opened, qtbot, Qt.Key.Key_Escape)
    assert page.told() == ""
    assert page.list.chosen() is not None
    assert QApplication.activeWindow() is opened


def test_the_outbox_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    model = KeysetTable(outbox_columns(lambda: NOON))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    page = MemoryExchanging().intentions().outbox.page(OutboxView.ALL, 9, None)
    model.show_first(page)
    model.append(page)
    model.show_first(Page((), None, 0.0))
