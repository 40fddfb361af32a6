"""The page of the “Worst of” list, at a real vault, by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.domain.batch import ChangeKind, RecordChange, Subject
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.portal_records import IwolDecision
from cport_desktop.formats.record_message import print_iwol_decision
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.iwol_page import IwolPage
from cport_desktop.ui.views.suggestion_dialog import SuggestionDialog
from cport_desktop.vault import portal_records
from cport_desktop.vault.vault import Vault
from cport_desktop.words import iwol_page as say
from cport_desktop.words import operations as said
from cport_desktop.words import portal_acts
from tests.builders import NOON, an_entry
from tests.report_builders import a_report, an_item, new
from tests.ui.conftest import LONG
from tests.ui.real_seat import a_real_seat
from tests.ui.test_window import words_on
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply

SITES = ("busy.example", "busy.example", "quiet.test", "busy.example", "middle.example")
LISTED = IwolDecision("quiet.test", "listed", "current", "Example Body", NOON, "reviewed")


def fill(vault: Vault) -> None:
    """Five reports about three domains, one of which the portal decided about."""
    bind(vault)
    apply(
        vault,
        *(
            new(a_report(number, contents=(an_item(number, f"https://{site}/{number}"),)))
            for number, site in enumerate(SITES, 1)
        ),
    )
    document = print_iwol_decision(LISTED)
    change = RecordChange(
        subject=Subject.IWOL_DECISION,
        reference=LISTED.domain,
        revision=1,
        kind=ChangeKind.NEW,
        made_at=NOON,
        reason=None,
        document=document,
        value=LISTED,
    )
    with vault.transaction() as tx:
        portal_records.keep(tx, [change], road="https")
        tx.record(an_entry("apply"))


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    with a_real_seat(tmp_path, fill) as made:
        yield made


@pytest.fixture
def page(seat: Seat, qtbot: QtBot) -> Iterator[IwolPage]:
    made = IwolPage(seat)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.refresh()
    qtbot.waitUntil(lambda: not made.candidates.list.is_empty, timeout=LONG)
    yield made


def domains(page: IwolPage) -> list[str]:
    return [row.tallied.domain for row in page.candidates.list.rows()]


def press(page: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    QTest.keyClick(page, key, modifier)


ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def test_candidates_stand_with_what_is_known_of_them_the_busiest_first(page: IwolPage) -> None:
    assert domains(page) == ["busy.example", "middle.example", "quiet.test"]
    model = page.candidates.list.model
    assert [model.text(0, at) for at in (0, 1, 2, 3)] == ["busy.example", "3", "1", "NL"]
    assert model.text(2, 5) == say.decided("listed")


def test_a_line_asks_for_some_and_says_what_it_cannot_read(page: IwolPage, qtbot: QtBot) -> None:
    section = page.candidates
    section.query.setFocus()
    QTest.keyClicks(section.query.field, "reports:<2 -is:decided")
    QTest.keyClick(section.query.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: domains(page) == ["middle.example"], timeout=LONG)
    section.query.set_text("colour:red")
    QTest.keyClick(section.query.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "colour" in section.query.wrong_words(), timeout=LONG)
    section.query.set_text("nowhere")
    QTest.keyClick(section.query.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: section.list.words() == say.NOTHING_FOUND, timeout=LONG)
    QTest.keyClick(section.query.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(domains(page)) == 3, timeout=LONG)


def test_they_are_put_in_another_order_by_the_choice_and_by_a_header(
    page: IwolPage, qtbot: QtBot
) -> None:
    section = page.candidates
    section.order.setFocus()
    QTest.keyClick(section.order, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: domains(page)[0] == "quiet.test", timeout=LONG)
    section.list.table.column_clicked.emit(4)
    qtbot.waitUntil(lambda: domains(page)[0] == "middle.example", timeout=LONG)
    assert section.order.currentText() == say.order("seen", is_descending=True)


def test_a_domain_is_suggested_by_keys_and_stands_among_our_suggestions(
    page: IwolPage, qtbot: QtBot
) -> None:
    page.candidates.list.table.choose(1)
    press(page, Qt.Key.Key_S, ALT)
    (dialog,) = page.findChildren(SuggestionDialog)
    assert dialog.domain.text() == "middle.example"
    qtbot.waitUntil(dialog.isActiveWindow, timeout=LONG)
    with qtbot.waitSignal(page.changed, timeout=LONG) as heard:
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert heard.args == [Changes.OPERATIONS]
    qtbot.waitUntil(lambda: said.QUEUED in words_on(dialog), timeout=LONG)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(
        lambda: page.candidates.list.model.text(1, 5) == say.stands("queued", None), timeout=LONG
    )
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=LONG)
    press(page, Qt.Key.Key_PageDown, CTRL)
    qtbot.waitUntil(lambda: not page.suggestions.list.is_empty, timeout=LONG)
    (line,) = page.suggestions.list.rows()
    assert line.body.domain == "middle.example"
    assert portal_acts.CRITERIA_OF["current"]["1"] in words_on(page.suggestions)
    with qtbot.waitSignal(page.query_wanted) as wanted:
        press(page, Qt.Key.Key_O, ALT)
    assert wanted.args == ["domain:middle.example"]
    with qtbot.waitSignal(page.outbox_wanted):
        press(page, Qt.Key.Key_B, ALT)


def test_enter_on_a_candidate_opens_its_reports(page: IwolPage, qtbot: QtBot) -> None:
    table = page.candidates.list.table
    table.setFocus()
    with qtbot.waitSignal(page.query_wanted) as wanted:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert wanted.args == ["domain:busy.example"]


def test_what_the_portal_decided_stands_beside(page: IwolPage, qtbot: QtBot) -> None:
    press(page, Qt.Key.Key_PageUp, CTRL)
    qtbot.waitUntil(lambda: not page.decisions.list.is_empty, timeout=LONG)
    (line,) = page.decisions.list.rows()
    assert (line.domain, line.state, line.decided_by) == ("quiet.test", "listed", "Example Body")
    press(page, Qt.Key.Key_PageUp, CTRL)
    qtbot.waitUntil(lambda: page.suggestions.list.words() == say.NO_SUGGESTIONS, timeout=LONG)


def test_every_control_has_a_name(page: IwolPage) -> None:
    reached = [
        part
        for part in page.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isEnabled()
    ]
    assert len(reached) > 8
    assert [part for part in reached if not part.accessibleName()] == []
