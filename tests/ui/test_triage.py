"""Triage by single keys: what they decide, what is named, and that nothing decides by accident."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.domain.taxonomy import NATIONAL, NOT_ILLEGAL, UNDECIDED
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.triaging import DecisionAsked, GivingAsked
from cport_desktop.ui.views.assign_dialog import AssignDialog
from cport_desktop.ui.views.reports_page import ReportsPage
from cport_desktop.ui.widgets.fields import typed_number
from tests.ui.synthetic_desk import MemoryVault

SHIFT = Qt.KeyboardModifier.ShiftModifier
Press = Callable[..., None]


@pytest.fixture
def page(opened: Shell, qtbot: QtBot) -> ReportsPage:
    opened.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is not None)
    assert opened.main is not None
    opened.main.reports.table.setFocus()
    return opened.main.reports


@pytest.fixture
def press(page: ReportsPage) -> Press:
    def it(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or page, key, modifier)

    return it


@pytest.fixture
def triage(page: ReportsPage, press: Press) -> ReportsPage:
    """Triage is on, at the first report."""
    press(Qt.Key.Key_F8)
    assert page.triage.is_on
    return page


def focused(page: ReportsPage) -> ReportId:
    return page.model.row(page.table.currentIndex().row()).report_id


def told(page: ReportsPage) -> str:
    return page.triage.strip.told()


def test_no_key_decides_before_triage_is_entered_nor_after_it_is_left(
    page: ReportsPage, press: Press, vault: MemoryVault
) -> None:
    assert not page.triage.strip.isVisible()
    for key in (Qt.Key.Key_1, Qt.Key.Key_N, Qt.Key.Key_F):
        press(key)
    press(Qt.Key.Key_F8)
    assert page.triage.strip.isVisible()
    press(Qt.Key.Key_Escape)
    assert not page.triage.is_on
    page.table.setFocus()
    press(Qt.Key.Key_2)
    assert vault.triaging.of("decide") == vault.triaging.of("flag") == []


def test_a_digit_decides_the_focused_report_names_it_and_goes_to_the_next_undecided(
    triage: ReportsPage, press: Press, vault: MemoryVault, qtbot: QtBot
) -> None:
    first = focused(triage)
    press(Qt.Key.Key_2)
    qtbot.waitUntil(lambda: focused(triage) != first)

    assert vault.triaging.of("decide") == [("decide", DecisionAsked((first,), NATIONAL))]
    assert report_reference(first) in told(triage)
    assert "National" in told(triage)
    assert triage.triage.strip.back.isVisible()
    here = triage.table.currentIndex().row()
    assert triage.model.row(0).classification == NATIONAL, "the row says it at once"
    assert triage.model.row(here).classification == UNDECIDED
    between = [triage.model.row(number).classification for number in range(1, here)]
    assert UNDECIDED not in between


def test_undo_and_redo_are_one_key_away(
    triage: ReportsPage, press: Press, vault: MemoryVault, qtbot: QtBot
) -> None:
    before = triage.model.row(0).classification
    press(Qt.Key.Key_4)
    qtbot.waitUntil(lambda: triage.model.row(0).classification == NOT_ILLEGAL)
    press(Qt.Key.Key_U)
    qtbot.waitUntil(lambda: triage.model.row(0).classification == before)
    assert "Undone" in told(triage)
    press(Qt.Key.Key_R)
    qtbot.waitUntil(lambda: triage.model.row(0).classification == NOT_ILLEGAL)
    press(Qt.Key.Key_U)
    qtbot.waitUntil(lambda: triage.model.row(0).classification == before)
    press(Qt.Key.Key_U)
    qtbot.waitUntil(lambda: "nothing to undo" in told(triage))


def test_what_is_skipped_comes_back_at_the_end_of_the_round(
    page: ReportsPage, press: Press, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.total = 60
    page.search("")
    qtbot.waitUntil(lambda: page.model.rowCount() == 60)
    page.table.choose(0)
    page.table.setFocus()
    press(Qt.Key.Key_F8)
    undecided = [n for n in range(60) if page.model.row(n).classification == UNDECIDED]
    assert len(undecided) > 1
    page.table.choose(undecided[0])
    skipped = focused(page)
    press(Qt.Key.Key_S)
    assert report_reference(skipped) in told(page)
    met = []
    for _ in undecided[1:]:
        met.append(focused(page))
        press(Qt.Key.Key_2)
        qtbot.waitUntil(lambda: focused(page) != met[-1])
    assert skipped not in met
    assert focused(page) == skipped


def test_nothing_is_searched_for_by_typing_while_the_keys_are_on(
    triage: ReportsPage, press: Press, vault: MemoryVault
) -> None:
    before = focused(triage)
    for key in (Qt.Key.Key_H, Qt.Key.Key_9, Qt.Key.Key_B):
        press(key)
    assert focused(triage) == before
    assert vault.triaging.of("decide") == []


def test_a_digit_in_the_query_line_is_a_digit(
    triage: ReportsPage, press: Press, vault: MemoryVault
) -> None:
    triage.query.field.setFocus()
    triage.query.set_text("")
    for key in (Qt.Key.Key_1, Qt.Key.Key_N):
        press(key)
    assert triage.query.text().lower() == "1n"
    assert vault.triaging.of("decide") == []


def test_many_at_once_are_decided_only_when_their_count_is_typed(
    triage: ReportsPage, press: Press, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.triaging.above = 3
    triage.table.choose(0)
    for _ in range(4):
        press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_2)
    strip = triage.triage.strip
    qtbot.waitUntil(strip.count.isVisible)
    QTest.keyClicks(strip.count, "4")
    press(Qt.Key.Key_Return)
    assert vault.triaging.of("decide") == []
    assert "Nothing was decided" in told(triage)
    QTest.keyClicks(strip.count, "5")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(vault.triaging.of("decide")) == 1)
    ((_, asked),) = vault.triaging.of("decide")
    assert isinstance(asked, DecisionAsked)
    assert isinstance(asked.chosen, tuple)
    assert (len(asked.chosen), asked.typed) == (5, 5)


def test_escape_out_of_typing_the_count_decides_nothing(
    triage: ReportsPage, press: Press, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.triaging.above = 1
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_2)
    qtbot.waitUntil(triage.triage.strip.count.isVisible)
    press(Qt.Key.Key_Escape)
    assert not triage.triage.strip.count.isVisible()
    assert triage.triage.is_on
    assert vault.triaging.of("decide") == []


def test_what_is_refused_is_named_and_the_focus_stays(
    triage: ReportsPage, press: Press, vault: MemoryVault, qtbot: QtBot
) -> None:
    first = focused(triage)
    vault.triaging.refused[first] = "A Baseline assessment is final."
    press(Qt.Key.Key_2)
    qtbot.waitUntil(lambda: "Baseline assessment is final" in told(triage))
    assert report_reference(first) in told(triage)
    assert focused(triage) == first


def test_shift_with_a_digit_decides_the_stack_once_its_count_is_typed(
    triage: ReportsPage, press: Press, vault: MemoryVault, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_2, SHIFT)
    qtbot.waitUntil(triage.triage.strip.count.isVisible)
    assert vault.triaging.of("decide_stack") == []
    QTest.keyClicks(triage.triage.strip.count, "3")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(vault.triaging.of("decide_stack")) == 1)


def test_a_report_that_is_opened_in_triage_is_in_hand_until_triage_is_left(
    triage: ReportsPage, press: Press, vault: MemoryVault, qtbot: QtBot
) -> None:
    first = focused(triage)
    qtbot.waitUntil(lambda: vault.triaging.mine == {first})
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: vault.triaging.mine == set())


def test_a_colleague_who_has_it_is_shown_and_deciding_it_is_asked_a_second_time(
    page: ReportsPage, press: Press, vault: MemoryVault, qtbot: QtBot
) -> None:
    second = page.model.row(1).report_id
    vault.triaging.in_hand_of[second] = "Berta Example"
    press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "Berta Example" in page.triage.strip.hand())
    assert "another 14:" in page.triage.strip.hand(), "with the time that is left"
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_2)
    qtbot.waitUntil(page.triage.strip.despite.isVisible)
    assert second not in vault.triaging.classes
    press(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: vault.triaging.classes.get(second) == NATIONAL)


def test_the_flag_goes_on_and_off(
    triage: ReportsPage, press: Press, vault: MemoryVault, qtbot: QtBot
) -> None:
    first = focused(triage)
    press(Qt.Key.Key_F)
    qtbot.waitUntil(lambda: "flagged" in told(triage))
    assert vault.triaging.flagged == {first}
    press(Qt.Key.Key_F)
    qtbot.waitUntil(lambda: "no flag" in told(triage))


def test_the_list_stands_still_while_triage_is_on(
    triage: ReportsPage, press: Press, vault: MemoryVault, qtbot: QtBot
) -> None:
    before = len([call for call in vault.notes.calls if call[0] == "search"])
    press(Qt.Key.Key_2)
    qtbot.waitUntil(lambda: triage.model.row(0).classification == NATIONAL)
    triage.refresh()
    assert len([call for call in vault.notes.calls if call[0] == "search"]) == before
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(
        lambda: len([call for call in vault.notes.calls if call[0] == "search"]) > before
    )


def test_reports_are_given_to_a_colleague_by_a_dialog_that_wants_their_count(
    page: ReportsPage, press: Press, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.triaging.above = 1
    press(Qt.Key.Key_Down, SHIFT)
    page.triage.assign()
    qtbot.waitUntil(lambda: page.findChild(AssignDialog) is not None)
    dialog = page.findChild(AssignDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.choice.count() == 3)
    dialog.choice.setCurrentIndex(2)
    dialog.give()
    assert vault.triaging.of("assign") == []
    dialog.count.setText("2")
    dialog.give()
    qtbot.waitUntil(lambda: len(vault.triaging.of("assign")) == 1)
    ((_, asked),) = vault.triaging.of("assign")
    assert isinstance(asked, GivingAsked)
    assert (asked.to, asked.typed) == ("Berta Example", 2)
    qtbot.waitUntil(lambda: not dialog.is_working())
    dialog.reject()


def test_a_digit_that_comes_before_the_focus_has_moved_decides_nothing(
    triage: ReportsPage, press: Press, vault: MemoryVault, qtbot: QtBot
) -> None:
    first = focused(triage)
    for key in (Qt.Key.Key_2, Qt.Key.Key_4, Qt.Key.Key_4):
        press(key)
    qtbot.waitUntil(lambda: told(triage) != "")
    press(Qt.Key.Key_4)  # The rows have not been read again yet.
    qtbot.waitUntil(lambda: focused(triage) != first)
    assert vault.triaging.of("decide") == [("decide", DecisionAsked((first,), NATIONAL))]


def test_the_offer_to_decide_all_the_same_ends_with_what_was_told(
    page: ReportsPage, press: Press, vault: MemoryVault, qtbot: QtBot
) -> None:
    second = page.model.row(1).report_id
    vault.triaging.in_hand_of[second] = "Berta Example"
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_2)
    qtbot.waitUntil(page.triage.strip.despite.isVisible)
    press(Qt.Key.Key_S)
    assert not page.triage.strip.despite.isVisible()
    press(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not page.triage.is_on)
    assert second not in vault.triaging.classes


def test_a_late_answer_about_another_report_does_not_hide_who_has_this_one(
    page: ReportsPage, press: Press, vault: MemoryVault, qtbot: QtBot
) -> None:
    first, second = (page.model.row(number).report_id for number in (2, 3))
    vault.triaging.in_hand_of[second] = "Berta Example"
    vault.triaging.late[first] = threading.Event()
    page.table.choose(2)
    qtbot.waitUntil(lambda: page.pane.report_id == first)
    page.table.choose(3)
    qtbot.waitUntil(lambda: "Berta Example" in page.triage.strip.hand())
    vault.triaging.late[first].set()
    qtbot.wait(50)
    assert "Berta Example" in page.triage.strip.hand()


def test_a_row_never_goes_back_to_what_it_was_before_the_last_act(
    triage: ReportsPage, press: Press, vault: MemoryVault, qtbot: QtBot
) -> None:
    may_answer = vault.triaging.rows_may_answer = threading.Event()
    press(Qt.Key.Key_F)
    qtbot.waitUntil(lambda: vault.triaging.rows_may_answer is None)
    press(Qt.Key.Key_2)
    qtbot.waitUntil(lambda: triage.model.row(0).classification == NATIONAL)
    may_answer.set()
    qtbot.wait(50)
    assert triage.model.row(0).classification == NATIONAL


@pytest.mark.parametrize("typed", ["1234", "1,234", "1.234", "1\u202f234", "1\u00a0234", "1’234"])
def test_a_count_is_taken_as_any_language_writes_it(typed: str) -> None:
    assert typed_number(typed) == 1_234


@pytest.mark.parametrize("typed", ["", "12a", "-3", "½", "١٢"])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert typed_number(typed) is None
