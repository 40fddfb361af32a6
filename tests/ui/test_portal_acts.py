"""What is told to the portal beside a report, put together by keyboard over a desk in memory."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.media_item import MediaState
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.operation import (
    Criterion,
    CriterionState,
    HashAlgorithm,
    HashEntry,
    NotifyFalsePositive,
    SuggestDomain,
)
from cport_desktop.domain.roles import Role
from cport_desktop.errors import DomainUnfit
from cport_desktop.ui import places
from cport_desktop.ui.fitting import SMALLEST
from cport_desktop.ui.media_digests import digests_of
from cport_desktop.ui.portal_acts import ContributionOrder, HandOverOrder
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.act_dialog import ActDialog
from cport_desktop.ui.views.contribution_dialog import ContributionDialog
from cport_desktop.ui.views.false_positive_dialog import FalsePositiveDialog
from cport_desktop.ui.views.hand_over_dialog import HandOverDialog
from cport_desktop.ui.views.suggestion_dialog import SuggestionDialog
from cport_desktop.ui.widgets.named_choice import NamedChoice
from cport_desktop.words import operations as said
from cport_desktop.words import portal_acts as say
from tests.ui.synthetic_desk import LAST_REPORT, PASSPHRASE, MemoryVault, a_medium, a_row
from tests.ui.synthetic_keeping import MemoryKeeping
from tests.ui.test_window import main_of, open_first_media_item, press, words_on

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
WITH_MEDIA = ReportId(LAST_REPORT - 1)
"""It has seven, the second of which is not here yet, and the last is of a kind that is."""


@pytest.fixture
def window(opened: Shell, qtbot: QtBot) -> Shell:
    """The report with media is shown."""
    reports = main_of(opened).reports
    reports.table.choose(1)
    qtbot.waitUntil(lambda: reports.pane.report_id == WITH_MEDIA)
    return opened


def dialog_on(shell: Shell, qtbot: QtBot) -> ActDialog:
    """The one that is open."""

    def shown() -> list[ActDialog]:
        return [each for each in shell.findChildren(ActDialog) if each.isVisible()]

    qtbot.waitUntil(lambda: len(shown()) == 1)
    (dialog,) = shown()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def suggestion(shell: Shell, qtbot: QtBot) -> SuggestionDialog:
    press(shell, qtbot, Qt.Key.Key_W, CTRL)
    dialog = dialog_on(shell, qtbot)
    assert isinstance(dialog, SuggestionDialog)
    return dialog


def contribution(shell: Shell, qtbot: QtBot) -> ContributionDialog:
    press(shell, qtbot, Qt.Key.Key_K, CTRL)
    dialog = dialog_on(shell, qtbot)
    assert isinstance(dialog, ContributionDialog)
    qtbot.waitUntil(lambda: not dialog.list.names.choice.isHidden())
    return dialog


def hand_over(shell: Shell, qtbot: QtBot) -> HandOverDialog:
    press(shell, qtbot, Qt.Key.Key_G, CTRL)
    dialog = dialog_on(shell, qtbot)
    assert isinstance(dialog, HandOverDialog)
    qtbot.waitUntil(lambda: not dialog.recipient.choice.isHidden())
    return dialog


def give(dialog: ActDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)


def leave(dialog: ActDialog, qtbot: QtBot) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible())


def is_queued(dialog: ActDialog) -> bool:
    return said.QUEUED in words_on(dialog)


def menu_of(shell: Shell, qtbot: QtBot) -> list[str]:
    """What stands behind «More…»."""
    press(shell, qtbot, Qt.Key.Key_Period, CTRL)
    menus = [each for each in shell.findChildren(QMenu) if each.isVisible()]
    found = [action.text() for menu in menus for action in menu.findChildren(QAction)]
    for menu in menus:
        menu.close()
    return [each for each in found if each]


# -- a domain


def test_a_domain_is_suggested_with_each_criterion_as_it_was_said_to_stand(
    window: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    dialog = suggestion(window, qtbot)
    assert dialog.domain.text() == a_row(WITH_MEDIA).domain
    dialog.version.setCurrentIndex(1)
    state, note = dialog.criteria.field("4")
    state.setFocus()
    QTest.keyClick(state, Qt.Key.Key_Down)
    QTest.keyClicks(note, "seen last week")
    dialog.criteria.field("5")[0].setCurrentIndex(2)
    QTest.keyClicks(dialog.note, "One page of many.")
    give(dialog)
    qtbot.waitUntil(lambda: is_queued(dialog))
    undetermined = tuple(Criterion(code, CriterionState.UNDETERMINED) for code in "123")
    met = Criterion("4", CriterionState.MET, "seen last week")
    not_met = Criterion("5", CriterionState.NOT_MET)
    assert vault.portal_acts.asked == [
        SuggestDomain(
            a_row(WITH_MEDIA).domain, "older", (*undetermined, met, not_met), "One page of many."
        )
    ]


def test_a_refusal_stands_in_the_dialog_and_what_was_typed_stays_through_escape_too(
    window: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    dialog = suggestion(window, qtbot)
    dialog.domain.setText("")
    give(dialog)
    assert dialog.told() == say.NEEDS_DOMAIN
    QTest.keyClicks(dialog.domain, "example")
    QTest.keyClicks(dialog.criteria.field("1")[1], "a note")
    QTest.keyClicks(dialog.note, "Whole words.")
    vault.portal_acts.refuse = DomainUnfit(domain="example", rule="a whole suffix")
    give(dialog)
    qtbot.waitUntil(lambda: "refused.domain" in words_on(dialog))
    assert dialog.domain.isEnabled()
    leave(dialog, qtbot)
    again = suggestion(window, qtbot)
    assert again.domain.text() == "example"
    assert again.criteria.field("1")[1].text() == "a note"
    assert again.note.toPlainText() == "Whole words."
    give(again)
    qtbot.waitUntil(lambda: is_queued(again))
    leave(again, qtbot)
    assert suggestion(window, qtbot).domain.text() == a_row(WITH_MEDIA).domain


def test_a_name_in_a_labels_is_shown_as_it_reads(window: Shell, qtbot: QtBot) -> None:
    dialog = suggestion(window, qtbot)
    dialog.domain.setText("xn--bcher-kva.example")
    assert "bücher.example" in words_on(dialog)


def test_the_highest_dialog_is_seen_whole_with_a_refusal_in_it_low_on_the_screen(
    window: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    window.resize(*SMALLEST)
    dialog = suggestion(window, qtbot)
    screen = dialog.screen().availableGeometry()
    dialog.move(0, screen.bottom() - dialog.height())
    dialog.version.setCurrentIndex(1)
    vault.portal_acts.refuse = DomainUnfit(domain="example", rule="a whole suffix")
    give(dialog)
    qtbot.waitUntil(lambda: "refused.domain" in words_on(dialog))
    qtbot.waitUntil(lambda: screen.contains(dialog.geometry()))
    foot = [each for each in dialog.findChildren(QAbstractButton) if each.isVisibleTo(dialog)]
    assert all(dialog.rect().contains(_place(each, dialog)) for each in foot)


def _place(part: QWidget, inside: QWidget) -> QRect:
    return QRect(part.mapTo(inside, QPoint(0, 0)), part.size())


# -- digests


def test_digests_of_the_media_that_are_ticked_go_to_the_list_that_is_chosen(
    window: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    dialog = contribution(window, qtbot)
    first = MediaId(WITH_MEDIA * 10)
    assert [item.media_id for item in dialog.media.chosen()] == [first]
    dialog.list.names.choice.setCurrentIndex(2)
    ticked = {each for each, box in dialog.digests.of.items() if box.isChecked()}
    assert ticked == {HashAlgorithm.MD5, HashAlgorithm.PDQ}
    dialog.digests.of[HashAlgorithm.PDQ].click()
    dialog.digests.of[HashAlgorithm.SHA256].click()
    QTest.keyClick(dialog.media, Qt.Key.Key_Down)
    QTest.keyClick(dialog.media, Qt.Key.Key_Space)
    second = dialog.media.chosen()[1]
    # The digests of these media are the same by MD5, and so they are one entry.
    assert "3 entries go." in words_on(dialog)
    QTest.keyClicks(dialog.note, "Looked at.")
    give(dialog)
    qtbot.waitUntil(lambda: is_queued(dialog))
    (order,) = vault.portal_acts.asked
    assert isinstance(order, ContributionOrder)
    assert (order.list_id, order.note, order.reason) == ("synthetic-pictures", "Looked at.", None)
    assert set(order.entries) == {
        HashEntry(HashAlgorithm.SHA256, a_medium(first).announced_sha256),
        HashEntry(HashAlgorithm.SHA256, second.announced_sha256),
        HashEntry(HashAlgorithm.MD5, "0" * 32),
    }


def test_nothing_goes_without_a_list_a_medium_and_a_digest_and_each_is_asked_for_where_it_is(
    window: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    dialog = contribution(window, qtbot)
    give(dialog)
    assert dialog.told() == say.NEEDS_LIST
    names = dialog.list.names
    names.choice.setCurrentIndex(names.choice.count() - 1)
    give(dialog)
    assert dialog.told() == say.NEEDS_LIST
    QTest.keyClicks(names.line, "round-3")
    dialog.media.setFocus()
    QTest.keyClick(dialog.media, Qt.Key.Key_Space)
    give(dialog)
    assert dialog.told() == say.NEEDS_MEDIA
    QTest.keyClick(dialog.media, Qt.Key.Key_Space)
    for box in dialog.digests.of.values():
        box.setChecked(False)
    give(dialog)
    assert dialog.told() == say.NEEDS_DIGEST
    assert vault.portal_acts.asked == []
    dialog.digests.of[HashAlgorithm.MD5].setChecked(True)
    give(dialog)
    qtbot.waitUntil(lambda: is_queued(dialog))
    (order,) = vault.portal_acts.asked
    assert isinstance(order, ContributionOrder)
    assert order.list_id == "round-3"


def test_only_digests_made_here_of_files_that_are_here_are_ever_offered() -> None:
    held = a_medium(20_417)
    assert held.state is MediaState.HELD
    assert {each.algorithm.value for each in digests_of(held)} == {"sha256", "sha1", "md5", "pdq"}
    wanted = next(a_medium(at) for at in range(900) if a_medium(at).state is MediaState.WANTED)
    assert digests_of(wanted) == ()


def test_a_list_that_is_typed_before_the_known_ones_come_stays(qtbot: QtBot) -> None:
    names = NamedChoice("List", choose="Choose", another="Another", placeholder="")
    qtbot.addWidget(names)
    names.show()
    QTest.keyClicks(names.line, "round-3")
    names.offer([("noise", "Noise"), ("pictures", "Pictures")])
    assert names.name() == "round-3"
    names.choice.setCurrentIndex(2)
    assert names.name() == "pictures"
    names.choice.setCurrentIndex(0)
    assert names.name() == ""


# -- a false positive


def test_a_false_positive_is_told_of_the_current_medium_with_the_entry_that_the_list_holds(
    window: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(window)
    main.show_page(places.MEDIA)
    open_first_media_item(main, qtbot)
    press(window, qtbot, Qt.Key.Key_K, CTRL | SHIFT)
    dialog = dialog_on(window, qtbot)
    assert isinstance(dialog, FalsePositiveDialog)
    qtbot.waitUntil(lambda: not dialog.list.names.choice.isHidden())
    give(dialog)
    assert dialog.told() == say.NEEDS_LIST
    dialog.list.names.choice.setCurrentIndex(2)
    give(dialog)
    assert dialog.told() == say.NEEDS_WHY
    QTest.keyClicks(dialog.note, "A test card.")
    give(dialog)
    qtbot.waitUntil(lambda: is_queued(dialog))
    entry = HashEntry(HashAlgorithm.MD5, "0" * 32)
    notice = NotifyFalsePositive(
        "synthetic-pictures", entry, main.media.pane.media_id, "A test card."
    )
    assert vault.portal_acts.asked == [notice]


def test_of_a_file_that_is_not_here_the_dialog_says_so_and_has_nothing_to_press(
    window: Shell, qtbot: QtBot
) -> None:
    main = main_of(window)
    main.show_page(places.MEDIA)
    open_first_media_item(main, qtbot)
    wanted = next(a_medium(at) for at in range(900) if a_medium(at).state is MediaState.WANTED)
    main.media.pane.show_item(wanted, None)
    for keys in (CTRL, CTRL | SHIFT):
        press(window, qtbot, Qt.Key.Key_K, keys)
        dialog = dialog_on(window, qtbot)
        assert say.NOTHING_KNOWN in words_on(dialog)
        give(dialog)
        leave(dialog, qtbot)


# -- a case


def test_a_case_goes_over_with_the_reports_that_are_selected(
    window: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    table = main_of(window).reports.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down, SHIFT)
    dialog = hand_over(window, qtbot)
    assert f"2 reports: HL-{LAST_REPORT - 1}, HL-{LAST_REPORT - 2}" in words_on(dialog)
    give(dialog)
    assert dialog.told() == say.NEEDS_CASE
    QTest.keyClicks(dialog.case, "C-417")
    give(dialog)
    assert dialog.told() == say.NEEDS_RECIPIENT
    dialog.recipient.choice.setCurrentIndex(1)
    give(dialog)
    qtbot.waitUntil(lambda: is_queued(dialog))
    selected = (WITH_MEDIA, ReportId(LAST_REPORT - 2))
    order = HandOverOrder("C-417", "Partner Agency Example", selected)
    assert vault.portal_acts.asked == [order]


def test_what_was_begun_of_a_case_stays_while_the_selection_becomes_another(
    window: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    reports = main_of(window).reports
    dialog = hand_over(window, qtbot)
    QTest.keyClicks(dialog.case, "C-417")
    leave(dialog, qtbot)
    reports.table.clearSelection()
    empty = hand_over(window, qtbot)
    assert say.NEEDS_REPORTS in words_on(empty)
    give(empty)
    assert empty.told() == say.NEEDS_REPORTS
    leave(empty, qtbot)
    assert vault.portal_acts.asked == []
    reports.table.choose(2)
    again = hand_over(window, qtbot)
    assert again.case.text() == "C-417"
    assert f"1 report: HL-{LAST_REPORT - 2}" in words_on(again)


# -- who may, and where


@pytest.fixture
def live(vault: MemoryVault) -> None:
    vault.nature = Nature.LIVE


@pytest.mark.usefixtures("live")
def test_in_a_live_vault_nothing_is_shared_without_a_reason(
    vault: MemoryVault, opened: Shell, qtbot: QtBot
) -> None:
    dialog = hand_over(opened, qtbot)
    dialog.case.setText("C-417")
    dialog.recipient.choice.setCurrentIndex(1)
    give(dialog)
    assert dialog.told() == say.NEEDS_REASON
    focus = dialog.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "order 17 of the court")
    give(dialog)
    qtbot.waitUntil(lambda: is_queued(dialog))
    (order,) = vault.portal_acts.asked
    assert isinstance(order, HandOverOrder)
    assert order.reason == "order 17 of the court"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_what_the_agreement_does_not_allow_is_absent_and_its_clause_is_named(
    window: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(window)
    assert len(menu_of(window, qtbot)) == 4
    seat_allowed = main.reports._seat.allowed
    seat_allowed.absent = {
        each.value: f"Clause 3.3 does not allow {each.value}."
        for each in (Function.IWOL_SUGGEST, Function.HASHLIST_CONTRIBUTE, Function.CASE_HAND_OVER)
    }
    main.reports.show_allowed()
    main.media.pane.show_allowed()
    assert menu_of(window, qtbot) == [f"{say.DOUBT}  {say.DOUBT_KEY}"]
    assert "Clause 3.3 does not allow iwol.suggest." in main.reports.pane.absent()
    for key in (Qt.Key.Key_W, Qt.Key.Key_K, Qt.Key.Key_G):
        press(window, qtbot, key, CTRL)
    main.show_page(places.MEDIA)
    open_first_media_item(main, qtbot)
    press(window, qtbot, Qt.Key.Key_K, CTRL)
    assert "Clause 3.3 does not allow hashlist.contribute." in main.media.pane.acts.absent()
    assert not [each for each in window.findChildren(ActDialog) if each.isVisible()]


def test_who_is_no_analyst_is_offered_none_of_it(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.keeping = MemoryKeeping(roles=frozenset({Role.EXPORTER}))
    shell.open(PASSPHRASE)
    qtbot.waitUntil(lambda: shell.main is not None)
    main = main_of(shell)
    main.media.pane.show_item(a_medium(20_417), None)
    assert main.media.pane.acts.isHidden()
    main.media.pane.acts.contribute()
    main.reports.pane.acts.portal.hand_over_selected()
    assert not shell.findChildren(ActDialog)


def test_the_vault_is_locked_from_a_dialog_and_nothing_of_it_is_left(
    window: Shell, qtbot: QtBot
) -> None:
    dialog = suggestion(window, qtbot)
    QTest.keyClicks(dialog.note, "Whole words.")
    QTest.keyClick(dialog, Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: window.main is None)
    qtbot.waitUntil(lambda: not window.findChildren(ActDialog))
