"""A question to the hotline, a request to wait with takedown and its end, as an analyst does them on
the report's page.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.server import RunningServer, running_server
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftKind, DraftPlace, HoldFields, Typed
from cport_desktop.domain.ids import ReportId
from cport_desktop.formats.draft_record import parse_draft, print_draft
from cport_desktop.ui import figures, places
from cport_desktop.ui.enrolment_lines import Introduction, NetworkOrder
from cport_desktop.ui.exchanging_lines import OutboxLine, OutboxView
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.report_pane import ReportPane
from cport_desktop.ui.widgets.moment_field import MomentField
from cport_desktop.words import hotline_acts as say
from tests.ui.conftest import LONG, REPORTS
from tests.ui.synthetic_desk import LAST_REPORT, NOON, PASSPHRASE, MemoryVault
from tests.ui.test_cases_page import busy_acting
from tests.ui.test_window import ALT, CTRL, button_named, main_of, open_report, press, words_on

SHIFT = Qt.KeyboardModifier.ShiftModifier
THE_HOLD = DraftPlace(DraftKind.TAKEDOWN_HOLD, report=ReportId(LAST_REPORT))


def editor(pane: ReportPane) -> QPlainTextEdit:
    """The one that is open."""
    return next(made for made in pane.findChildren(QPlainTextEdit) if made.isVisible())


def until(pane: ReportPane) -> MomentField:
    return next(made for made in pane.findChildren(MomentField) if made.isVisible())


def offered(pane: ReportPane) -> set[str]:
    buttons = pane.acts.findChildren(QAbstractButton)
    return {made.text().partition("  ")[0] for made in buttons if made.isVisible()}


def send(pane: ReportPane) -> None:
    """By the button that shows Ctrl+Enter: a key needs an active window."""
    buttons = (made for made in pane.acts.findChildren(QAbstractButton) if made.isVisible())
    next(made for made in buttons if made.accessibleName().endswith(", Ctrl+Enter")).click()


# -- over a real vault and a portal on this machine


@pytest.fixture
def server(gateway: Gateway) -> Iterator[RunningServer]:
    with running_server(gateway) as running:
        yield running


@pytest.fixture
def pane(
    main: MainWindow, gateway: Gateway, server: RunningServer, qtbot: QtBot
) -> Iterator[ReportPane]:
    """The page of a report that nothing was done about, in a vault that has exchanged once."""
    introduction = Introduction(gateway.identity.enrolment_code, "Desk 1", "Example Agency")
    main._seat.session.exchanging.enrolling.enrol(
        NetworkOrder(introduction, server.url, server.authority)
    )
    exchange(main, qtbot)
    main.show_page(places.REPORTS)
    qtbot.waitUntil(lambda: main.reports.model.rowCount() == REPORTS, timeout=LONG)
    qtbot.waitUntil(lambda: is_open(main), timeout=LONG)
    yield main.reports.pane


def is_open(main: MainWindow) -> bool:
    """It is, as somebody sees to it who chooses it again where the list came anew."""
    found = main.reports.model.find(lambda row: row.last_action is None)
    if not main.reports.table.chosen() and found is not None:
        main.reports.table.choose(found)
    return main.reports.pane.report_id is not None


def exchange(main: MainWindow, qtbot: QtBot) -> None:
    assert main.exchange.start()
    qtbot.waitUntil(lambda: not main.exchange.is_running, timeout=LONG)
    assert main.notice.message() == ""


def outbox(main: MainWindow, qtbot: QtBot) -> list[OutboxLine]:
    """What the outbox lists, its page being shown."""
    main.show_page(places.OUTBOX)
    rows = main._seat.session.exchanging.outbox.page(OutboxView.ALL, 9, None).rows
    model = main.outbox.list.model
    qtbot.waitUntil(
        lambda: [model.row(at) for at in range(model.rowCount())] == list(rows), timeout=LONG
    )
    main.show_page(places.REPORTS)
    return list(rows)


def test_a_question_waits_in_the_outbox_and_its_answer_comes_with_the_exchange(
    main: MainWindow, pane: ReportPane, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: say.ASK in offered(pane), timeout=LONG)
    button_named(f"{say.ASK}, {say.ASK_KEY}", pane).click()
    QTest.keyClicks(editor(pane), "Which page linked to it?")
    send(pane)
    waiting = "Request for information: Which page linked to it? – queued"
    qtbot.waitUntil(lambda: waiting in words_on(pane), timeout=LONG)
    (line,) = outbox(main, qtbot)
    assert (line.words, line.state) == ("Which page linked to it?", "queued")

    exchange(main, qtbot)

    qtbot.waitUntil(lambda: "Asked: Which page linked to it?" in words_on(pane), timeout=LONG)
    assert "Answered: " in words_on(pane)
    assert waiting not in words_on(pane)
    (line,) = outbox(main, qtbot)
    assert line.state == "settled"


def test_a_hold_is_asked_for_confirmed_and_lifted_at_the_head_and_in_the_list(
    main: MainWindow, pane: ReportPane, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: say.HOLD in offered(pane), timeout=LONG)
    assert say.LIFT not in offered(pane)
    assert mark(main) == ""
    button_named(f"{say.HOLD}, {say.HOLD_KEY}", pane).click()
    until(pane).lay(datetime.now(UTC) - timedelta(days=1))
    QTest.keyClicks(editor(pane), "Handled under number 12.")
    send(pane)
    refused = "The moment until which the hotline should wait has passed."
    qtbot.waitUntil(lambda: refused in pane.acts.notice.message(), timeout=LONG)
    assert editor(pane).toPlainText() == "Handled under number 12."
    assert outbox(main, qtbot) == []

    pane.acts.open_form(DraftKind.TAKEDOWN_HOLD)
    button_named(say.in_days(14), pane).click()
    send(pane)
    qtbot.waitUntil(lambda: "↑ Hold asked until" in words_on(pane), timeout=LONG)
    qtbot.waitUntil(lambda: mark(main) == "■↑", timeout=LONG)
    qtbot.waitUntil(lambda: say.LIFT in offered(pane), timeout=LONG)

    exchange(main, qtbot)
    qtbot.waitUntil(lambda: "■ Takedown is held until" in words_on(pane), timeout=LONG)
    assert "Asked by Example Agency: Handled under number 12." in words_on(pane)
    qtbot.waitUntil(lambda: mark(main) == "■", timeout=LONG)

    button_named(f"{say.LIFT}, {say.LIFT_KEY}", pane).click()
    QTest.keyClicks(editor(pane), "Number 12 is done.")
    send(pane)
    qtbot.waitUntil(lambda: "need not wait is not yet confirmed" in words_on(pane), timeout=LONG)
    exchange(main, qtbot)
    qtbot.waitUntil(lambda: "Takedown is held" not in words_on(pane), timeout=LONG)
    qtbot.waitUntil(lambda: mark(main) == "", timeout=LONG)
    assert [line.state for line in outbox(main, qtbot)] == ["settled", "settled"]


def mark(main: MainWindow) -> str:
    """What the row of the open report wears; whoever hears it or hovers over it is told the same."""
    number = main.reports.pane.report_id
    place = main.reports.model.find(lambda row: row.report_id == number)
    assert place is not None
    cell = main.reports.model.index(place, 1)
    seen = str(cell.data()).partition(" ")[2]
    told = (cell.data(Qt.ItemDataRole.AccessibleTextRole), cell.data(Qt.ItemDataRole.ToolTipRole))
    for words in told:
        assert ("Takedown is held" in words or "Hold asked" in words) == bool(seen)
        assert "■" not in words
    return seen


# -- over a vault in memory


def write(shell: Shell, key: Qt.Key, text: str, qtbot: QtBot) -> ReportPane:
    """Open a form by its key and type."""
    pane = main_of(shell).reports.pane
    press(shell, qtbot, key, CTRL)
    QTest.keyClicks(editor(pane), text)
    return pane


def test_a_lock_while_a_hold_is_written_gives_date_and_words_back(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    pane = write(opened, Qt.Key.Key_P, "Handled under", qtbot)
    chosen = NOON + timedelta(days=3)
    until(pane).lay(chosen)
    opened.lock()
    qtbot.waitUntil(lambda: opened.unlock is not None and opened.unlock._field.isEnabled())
    assert vault.notes.drafts[THE_HOLD] == HoldFields(chosen, Typed("Handled under", 13, 13))
    opened.open(PASSPHRASE)
    qtbot.waitUntil(lambda: opened.main is not None and main_of(opened).reports.pane.is_writing)
    pane = main_of(opened).reports.pane
    assert pane.writing == DraftKind.TAKEDOWN_HOLD
    assert (until(pane).moment(), editor(pane).toPlainText()) == (chosen, "Handled under")


def test_a_question_is_written_on_after_a_lock_where_it_was_left(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    write(opened, Qt.Key.Key_I, "Which page", qtbot)
    opened.lock()
    qtbot.waitUntil(lambda: opened.unlock is not None and opened.unlock._field.isEnabled())
    opened.open(PASSPHRASE)
    qtbot.waitUntil(lambda: opened.main is not None and main_of(opened).reports.pane.is_writing)
    pane = main_of(opened).reports.pane
    QTest.keyClicks(editor(pane), " linked?")
    send(pane)
    asked = [("ask", LAST_REPORT, "Which page linked?")]
    qtbot.waitUntil(lambda: vault.notes.of("ask") == asked)
    place = DraftPlace(DraftKind.QUESTION, report=ReportId(LAST_REPORT))
    qtbot.waitUntil(lambda: place not in vault.notes.drafts)


def test_a_moment_is_typed_as_the_window_tells_moments_by_then(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        field = MomentField("until")
        qtbot.addWidget(field)
        field.lay(NOON)
        assert field.text() == "2026-11-21 21:00"
        figures.tell_times(in_universal=True)
        field.lay(NOON)
        assert field.text() == "2026-11-21 12:00"
        assert field.moment() == NOON
    finally:
        figures.tell_times(in_universal=False)
        monkeypatch.undo()
        time.tzset()


def test_a_week_is_proposed_and_each_choice_counts_from_now(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    pane = write(opened, Qt.Key.Key_P, "Handled under number 12.", qtbot)
    now = vault.clock.now().replace(second=0, microsecond=0)
    assert until(pane).moment() == now + timedelta(days=say.HOLD_USUAL_DAYS)
    button_named(say.in_days(30), pane).click()
    send(pane)
    qtbot.waitUntil(lambda: bool(vault.notes.of("hold_takedown")))
    ((_, report, moment, reason),) = vault.notes.of("hold_takedown")
    assert (report, moment, reason) == (
        LAST_REPORT,
        now + timedelta(days=30),
        "Handled under number 12.",
    )


def test_what_has_no_word_in_it_is_not_sent_and_says_what_is_missing(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    pane = write(opened, Qt.Key.Key_P, "   ", qtbot)
    send(pane)
    assert say.HOLD_NEEDED in words_on(pane)
    assert pane.is_writing
    assert vault.notes.of("hold_takedown") == []


def test_a_megabyte_that_is_pasted_into_a_form_is_refused_in_a_sentence(
    opened: Shell, qtbot: QtBot
) -> None:
    pane = write(opened, Qt.Key.Key_I, "typed before", qtbot)
    typed, clipboard = editor(pane), QGuiApplication.clipboard()
    for pasted in ("x" * 1_000_000, "x" * 5_000):
        clipboard.setText(pasted)
        typed.paste()
        assert typed.toPlainText() == "typed before"
        assert clipboard.text() == pasted
        assert "clipboard still has it" in words_on(pane.acts)
    clipboard.setText(", and behind it")
    typed.paste()
    assert typed.toPlainText() == "typed before, and behind it"
    assert "clipboard still has it" not in words_on(pane.acts)


def test_each_form_has_a_draft_of_its_own_and_another_one_closes_it(
    opened: Shell, qtbot: QtBot
) -> None:
    pane = write(opened, Qt.Key.Key_I, "a question", qtbot)
    pane.acts.open_form(DraftKind.FEEDBACK)
    assert (pane.writing, editor(pane).toPlainText()) == (DraftKind.FEEDBACK, "")
    press(opened, qtbot, Qt.Key.Key_Escape)
    assert not pane.is_writing
    open_report(main_of(opened), LAST_REPORT - 3, qtbot)
    open_report(main_of(opened), LAST_REPORT, qtbot)
    press(opened, qtbot, Qt.Key.Key_I, CTRL)
    assert editor(pane).toPlainText() == "a question"


def test_the_end_of_a_hold_is_offered_only_where_one_stands_or_is_asked_for(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    pane = main_of(opened).reports.pane
    press(opened, qtbot, Qt.Key.Key_P, CTRL | SHIFT)
    assert not pane.is_writing
    write(opened, Qt.Key.Key_P, "Handled under number 12.", qtbot)
    send(pane)
    qtbot.waitUntil(lambda: say.LIFT in offered(pane))
    press(opened, qtbot, Qt.Key.Key_P, CTRL | SHIFT)
    QTest.keyClicks(editor(pane), "Done.")
    send(pane)
    lifted = [("lift_takedown", LAST_REPORT, "Done.")]
    qtbot.waitUntil(lambda: vault.notes.of("lift_takedown") == lifted)


def test_without_the_clause_there_is_neither_button_nor_key_and_one_line_names_it(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    pane = main.reports.pane
    assert {say.ASK, say.HOLD} <= offered(pane)
    told = "Not allowed: asking a hotline to wait with a takedown. Clause 5 forbids it."
    vault.exchanging.absent = {"takedown.hold": told}
    main.apply(Changes.ENROLMENT)
    qtbot.waitUntil(lambda: pane.absent() == told)
    assert say.HOLD not in offered(pane)
    assert say.ASK in offered(pane)
    press(opened, qtbot, Qt.Key.Key_P, CTRL | SHIFT)
    press(opened, qtbot, Qt.Key.Key_P, CTRL)
    assert not pane.is_writing
    pane.go_on_writing(DraftKind.TAKEDOWN_HOLD)
    assert not pane.is_writing


def test_what_is_on_its_way_is_not_sent_twice_however_its_form_is_opened_again(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    pane = write(opened, Qt.Key.Key_I, "Which page linked to it?", qtbot)
    with busy_acting(opened):
        send(pane)
        pane.acts.open_form(DraftKind.QUESTION)
        assert editor(pane).toPlainText() == "Which page linked to it?"
        assert not editor(pane).isEnabled()
        assert say.BEING_SENT in words_on(pane.acts)
        send(pane)
        pane.acts.open_form(DraftKind.FEEDBACK)
        assert editor(pane).isEnabled(), "nothing else waits for it"
        pane.acts.open_form(DraftKind.QUESTION)
        assert not editor(pane).isEnabled()
    qtbot.waitUntil(lambda: not pane.is_writing)
    assert len(vault.notes.of("ask")) == 1
    pane.acts.open_form(DraftKind.QUESTION)
    assert (editor(pane).toPlainText(), editor(pane).isEnabled()) == ("", True)


def test_after_it_was_sent_the_focus_is_on_the_acts_again(opened: Shell, qtbot: QtBot) -> None:
    pane = write(opened, Qt.Key.Key_I, "Which page linked to it?", qtbot)
    send(pane)
    assert not pane.is_writing
    holder = opened.focusWidget()
    assert isinstance(holder, QAbstractButton)
    assert pane.acts.isAncestorOf(holder)


def test_nothing_of_a_form_is_clipped_in_the_smallest_window(opened: Shell, qtbot: QtBot) -> None:
    opened.resize(opened.minimumSizeHint().expandedTo(opened.minimumSize()))
    pane = write(opened, Qt.Key.Key_P, "Handled under number 12.", qtbot)
    qtbot.wait(50)
    for made in shown_in(pane.acts):
        assert made.width() >= made.minimumSizeHint().width(), made.accessibleName()
        right = made.mapTo(pane, made.rect().topRight()).x()
        assert right <= pane.width(), made.accessibleName()
    press(opened, qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not pane.is_writing)
    for made in shown_in(pane.acts):
        assert made.mapTo(pane, made.rect().bottomRight()).y() <= pane.height()


def shown_in(acts: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, MomentField)
    return [made for kind in kinds for made in acts.findChildren(kind) if made.isVisible()]


def test_an_assessment_leaves_the_form_and_keeps_its_words(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    number = next(
        main.reports.model.row(at).report_id
        for at in range(200)
        if main.reports.model.row(at).classification == 2
        and main.reports.model.row(at).content_count == 1
    )
    open_report(main, number, qtbot)
    pane = write(opened, Qt.Key.Key_I, "a question", qtbot)
    press(opened, qtbot, Qt.Key.Key_1, ALT)
    assert not pane.is_writing
    place = DraftPlace(DraftKind.QUESTION, report=number)
    qtbot.waitUntil(lambda: vault.notes.drafts.get(place) == Typed("a question", 10, 10))


def test_what_is_kept_of_a_hold_is_read_back() -> None:
    fields = HoldFields(NOON, Typed("ä\n", 1, 0))
    assert parse_draft(DraftKind.TAKEDOWN_HOLD, print_draft(fields)) == fields
    assert parse_draft(DraftKind.TAKEDOWN_HOLD, b'{"text": "of another form"}') is None
