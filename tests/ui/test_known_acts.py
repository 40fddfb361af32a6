"""What is done where lists know an item: a word on the entry, who has it, a list given to a shared one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.known import Known
from cport_desktop.domain.operation import HashAlgorithm
from cport_desktop.errors import EntriesUnfit
from cport_desktop.ui.portal_acts import ListContribution
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.hash_lists_section import HashListsSection
from cport_desktop.ui.views.list_contribution_dialog import ListContributionDialog
from cport_desktop.ui.views.media_page import MediaPage
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.words import hash_lists_leaving as entry_words
from cport_desktop.words import imports_page
from cport_desktop.words import known_acts as acts
from cport_desktop.words import operations as queued
from cport_desktop.words import portal_acts as say
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.synthetic_exchanging import an_import
from tests.ui.synthetic_likening import a_hit
from tests.ui.test_list_leaving import lists
from tests.ui.test_portal_acts import CTRL, SHIFT
from tests.ui.test_stacks import card_of, page
from tests.ui.test_vault_page import dialog_of, field_named
from tests.ui.test_window import main_of, press, words_on

__all__ = ["lists", "page"]


def button_in(part: QWidget, name: str) -> QAbstractButton:
    (found,) = (
        each
        for each in part.findChildren(QAbstractButton)
        if each.accessibleName().startswith(name) and each.isVisible()
    )
    return found


def known(vault: MemoryVault, *, is_harmless: bool = False) -> None:
    """Every item is on one list."""
    vault.likening.known = Known(is_harmless=is_harmless, lists=("Synthetic shapes",), distance=0)
    vault.likening.hits = (a_hit(negative=is_harmless),)


class TestAWordOnAnEntry:
    def test_the_card_of_a_hit_asks_for_it_and_tells_it_then(
        self, vault: MemoryVault, page: MediaPage, qtbot: QtBot
    ) -> None:
        known(vault)
        card = card_of(page, qtbot)
        button_in(card, acts.say_of("shape-41", "Synthetic shapes 2026-11")).click()
        dialog = dialog_of(page.pane)
        assert acts.about_entry("shape-41", "Synthetic shapes 2026-11") in words_on(dialog)
        (word,) = dialog.findChildren(Choice)
        word.setCurrentIndex(1)
        dialog.give()
        assert dialog.told() == acts.NEEDS_NOTE
        field_named(entry_words.NOTE, dialog).setText("A test card.")
        asked = len(vault.likening.of("provenance"))
        dialog.give()

        qtbot.waitUntil(lambda: "Confirmed here by 1, disputed by 2." in words_on(dialog))
        assert vault.knowing.leaving.said == [("L-7", "E-41", False, "A test card.")]
        qtbot.waitUntil(lambda: len(vault.likening.of("provenance")) == asked + 1)

    def test_its_key_is_of_the_first_hit_and_an_item_chosen_meanwhile_is_not_lost(
        self, vault: MemoryVault, page: MediaPage, opened: Shell, qtbot: QtBot
    ) -> None:
        known(vault)
        card_of(page, qtbot)
        press(opened, qtbot, Qt.Key.Key_D, CTRL | SHIFT)
        dialog = dialog_of(page.pane)
        card_of(page, qtbot, at=1)
        dialog.give()
        qtbot.waitUntil(lambda: "Confirmed here by 1" in words_on(dialog))
        assert vault.knowing.leaving.said == [("L-7", "E-41", True, "")]
        with qtbot.waitSignal(page.pane.lock_wanted):
            dialog.lock_wanted.emit()

    def test_it_is_asked_beside_a_report_as_well(
        self, vault: MemoryVault, opened: Shell, qtbot: QtBot
    ) -> None:
        known(vault)
        reports = main_of(opened).reports
        reports.table.choose(1)
        name = acts.say_of("shape-41", "Synthetic shapes 2026-11")

        def offered() -> list[QAbstractButton]:
            made = reports.pane.findChildren(QAbstractButton)
            return [each for each in made if each.accessibleName().startswith(name)]

        qtbot.waitUntil(lambda: len(offered()) == 1)
        offered()[0].click()
        dialog = dialog_of(reports.pane)
        dialog.give()
        qtbot.waitUntil(lambda: len(vault.knowing.leaving.said) == 1)

    @pytest.mark.parametrize("is_harmless", [False, True])
    def test_a_card_says_what_its_list_means(
        self, vault: MemoryVault, page: MediaPage, qtbot: QtBot, is_harmless: bool
    ) -> None:
        known(vault, is_harmless=is_harmless)
        told = words_on(card_of(page, qtbot))
        assert (acts.OF_HARMLESS in told, acts.OF_KNOWN in told) == (is_harmless, not is_harmless)

    def test_of_what_stands_no_more_nothing_is_to_be_said(
        self, vault: MemoryVault, page: MediaPage, opened: Shell, qtbot: QtBot
    ) -> None:
        vault.likening.hits = (a_hit(ended=True),)
        card_of(page, qtbot)
        press(opened, qtbot, Qt.Key.Key_D, CTRL | SHIFT)
        assert page.pane.findChildren(AskingDialog) == []


class TestWhoHasAnItem:
    def test_copies_and_whoever_handed_it_over_are_told(
        self, vault: MemoryVault, page: MediaPage, opened: Shell, qtbot: QtBot
    ) -> None:
        card_of(page, qtbot)
        press(opened, qtbot, Qt.Key.Key_H, CTRL | SHIFT)
        dialog = dialog_of(page.pane)
        vault.exchanging.senders = (an_import(),)
        dialog.give()
        qtbot.waitUntil(lambda: "1 recipient has it:" in words_on(dialog))
        told = words_on(dialog)
        assert "received by B. Example" in told
        assert acts.senders(1) in told
        assert "signed by Unit B signing" in told
        assert vault.exchanging.notes.of("who") == [("who", "M-20417")]

    def test_that_nobody_has_it_is_told_with_whom_it_is_from(
        self, vault: MemoryVault, page: MediaPage, qtbot: QtBot
    ) -> None:
        vault.exchanging.senders = (an_import(),)
        vault.exchanging.copies_are_left = False
        card_of(page, qtbot)
        button_in(page.pane, acts.WHO).click()
        dialog = dialog_of(page.pane)
        dialog.give()
        qtbot.waitUntil(lambda: imports_page.NOBODY in words_on(dialog))
        assert acts.senders(1) in words_on(dialog)


class TestAListForASharedOne:
    @staticmethod
    def dialog(lists: HashListsSection, row: int, qtbot: QtBot) -> ListContributionDialog:
        lists.list.table.selectRow(row)
        button_in(lists, acts.CONTRIBUTE).click()
        found = lists.findChildren(ListContributionDialog)
        qtbot.waitUntil(lambda: "3 entries go." in words_on(found[-1]))
        return found[-1]

    def test_what_would_go_is_counted_and_queued(
        self, vault: MemoryVault, lists: HashListsSection, qtbot: QtBot
    ) -> None:
        dialog = self.dialog(lists, 2, qtbot)
        assert acts.OF_KNOWN in words_on(dialog)
        dialog.give()
        assert dialog.told() == say.NEEDS_LIST
        names = dialog.list.names
        qtbot.waitUntil(lambda: names.choice.count() > 2)
        names.choice.setCurrentIndex(1)
        assert "2 entries go." in words_on(dialog)  # It holds SHA-256 alone.
        dialog.digests.of[HashAlgorithm.SHA256].setChecked(False)
        dialog.give()
        assert dialog.told() == say.NEEDS_DIGEST
        dialog.digests.of[HashAlgorithm.SHA256].setChecked(True)
        dialog.note.setPlainText("Round 3")
        dialog.give()
        qtbot.waitUntil(lambda: queued.QUEUED in words_on(dialog))
        assert vault.portal_acts.asked == [
            ListContribution("_0a1b2c", "synthetic-noise", (HashAlgorithm.SHA256,), "Round 3", None)
        ]

    def test_more_than_one_message_takes_is_told_and_cannot_be_given(
        self, vault: MemoryVault, lists: HashListsSection, qtbot: QtBot
    ) -> None:
        vault.portal_acts.refuse = EntriesUnfit(count=6_000, limit=5_000)
        lists.list.table.selectRow(2)
        button_in(lists, acts.CONTRIBUTE).click()
        (dialog,) = lists.findChildren(ListContributionDialog)
        qtbot.waitUntil(lambda: "6,000" in words_on(dialog))
        dialog.give()
        assert vault.portal_acts.asked == []

    def test_how_a_list_may_be_used_stands_where_it_is_given_away(
        self, vault: MemoryVault, lists: HashListsSection, qtbot: QtBot
    ) -> None:
        vault.knowing.lists = [
            replace(each, handling="for this unit alone", is_negative=True)
            for each in vault.knowing.lists
        ]
        lists.refresh()
        qtbot.waitUntil(lambda: lists.list.model.row(0).handling is not None)
        told = words_on(self.dialog(lists, 0, qtbot))
        assert "for this unit alone" in told
        assert acts.OF_HARMLESS in told

    def test_where_the_agreement_forbids_it_its_clause_stands_in_its_place(
        self, vault: MemoryVault, lists: HashListsSection, qtbot: QtBot
    ) -> None:
        function = Function.HASHLIST_CONTRIBUTE.value
        lists._seat.allowed.absent = {function: "Clause 7 allows no contribution."}
        lists.refresh()
        assert "Clause 7 allows no contribution." in words_on(lists)
        made = [
            each
            for each in lists.findChildren(QAbstractButton)
            if each.accessibleName().startswith(acts.CONTRIBUTE) and not each.isHidden()
        ]
        assert made == []
