"""Stacks, what lists know, and what is like what, in the window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from cport_desktop.domain.exposure import Avoided
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.known import Known
from cport_desktop.domain.likeness import Because, Similar, Turn
from cport_desktop.domain.taxonomy import NATIONAL
from cport_desktop.errors import CountDiffers, StackUnfit
from cport_desktop.ui import places
from cport_desktop.ui.likening import Extent, StackDecision
from cport_desktop.ui.looking import LookState
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.theme import DARK, LIGHT
from cport_desktop.ui.views.media_page import MediaPage
from cport_desktop.ui.views.provenance_card import ProvenanceCard
from cport_desktop.ui.views.stack_assess_dialog import StackAssessDialog
from cport_desktop.ui.widgets.veil_strip import VeilStrip
from cport_desktop.words import known_page, stack_page
from tests.ui import test_window
from tests.ui.conftest import NotedRenewal
from tests.ui.synthetic_desk import NOON, MemoryVault
from tests.ui.synthetic_likening import a_hit
from tests.ui.test_locking import stroke
from tests.ui.test_window import CTRL, button_named, main_of, words_on

LEAD = 20_417
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(
    shell: Shell, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None
) -> None:
    """A key wherever the focus is, and then none is held any more: what is chosen by the program would
    otherwise be chosen as with Ctrl or Shift held.
    """
    test_window.press(shell, qtbot, key, modifier)
    if modifier is not None:
        QTest.keyRelease(shell, Qt.Key.Key_Control, Qt.KeyboardModifier.NoModifier)
        assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(opened: Shell, qtbot: QtBot) -> MediaPage:
    """The media page with its first items."""
    main = main_of(opened)
    main.show_page(places.MEDIA)
    qtbot.waitUntil(lambda: not main.media.is_empty)
    return main.media


@pytest.fixture
def stacks(page: MediaPage, opened: Shell, qtbot: QtBot) -> MediaPage:
    """By stacks."""
    press(opened, qtbot, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: page.stacks.model.rowCount() == 3)
    return page


@pytest.fixture
def one_stack(stacks: MediaPage, qtbot: QtBot) -> MediaPage:
    """The first stack is open."""
    stacks.stacks.grid.choose(0)
    stacks.stacks.grid.setFocus()
    QTest.keyClick(stacks.stacks.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stacks.stacks.is_open)
    return stacks


def card_of(page: MediaPage, qtbot: QtBot, at: int = 0) -> ProvenanceCard:
    page.grid.choose(at)
    qtbot.waitUntil(lambda: page.pane.card is not None and page.pane.card.lines is not None)
    card = page.pane.card
    assert card is not None
    # What was just laid into it is visible from the next turn of the event loop on.
    qtbot.waitUntil(lambda: known_page.SEEN in words_on(card))
    return card


def spoken(model: object, at: int) -> str:
    index = model.index(at, 0)  # type: ignore[attr-defined]
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def choose_two(page: MediaPage) -> None:
    page.stacks.grid.choose(0)
    second = page.stacks.model.index(1, 0)
    page.stacks.grid.selectionModel().select(second, QItemSelectionModel.SelectionFlag.Select)


def dialog_over(page: MediaPage, qtbot: QtBot) -> StackAssessDialog:
    found: Callable[[], list[StackAssessDialog]] = lambda: page.findChildren(StackAssessDialog)  # noqa: E731
    qtbot.waitUntil(lambda: len(found()) == 1 and found()[0].isVisible())
    return found()[0]


class TestWhatListsKnow:
    def test_a_card_says_which_list_by_what_how_far_and_who_confirmed(
        self, vault: MemoryVault, page: MediaPage, qtbot: QtBot
    ) -> None:
        vault.likening.known = Known(is_harmless=False, lists=("Synthetic shapes",), distance=9)
        vault.likening.hits = (a_hit(),)
        told = words_on(card_of(page, qtbot))

        assert "■ Known: Synthetic shapes" in told
        assert "Synthetic shapes 2026-11" in told
        assert "PDQ, 9 bits apart, mirrored" in told
        assert "97 here, 91 on the list" in told
        assert "Baseline · shape-41" in told
        assert "Example Hotline NL" in told
        assert "2 of US" in told
        assert "confirmed by 2, doubted by 1" in told
        assert "in 12 reports of 3 hotlines, on 21 Nov 2026" in told
        assert "Baseline in 4 reports, Not illegal in 1; undecided in 7" in told

    def test_what_is_harmless_is_said_so(
        self, vault: MemoryVault, page: MediaPage, qtbot: QtBot
    ) -> None:
        vault.likening.known = Known(is_harmless=True, lists=("Harmless shapes",), distance=0)
        vault.likening.hits = (a_hit(negative=True),)
        told = words_on(card_of(page, qtbot))
        assert "✓ Known to be harmless: Harmless shapes" in told
        assert known_page.NO_LOOK_NEEDED in told

    def test_what_lists_said_before_is_folded_away_with_why_and_when(
        self, vault: MemoryVault, page: MediaPage, qtbot: QtBot
    ) -> None:
        vault.likening.hits = (a_hit(ended=True),)
        card = card_of(page, qtbot)
        assert "entered twice" not in words_on(card)
        button_named(known_page.former(1), card).click()
        assert "ended 21 Nov 2026, the entry was taken back: entered twice" in words_on(card)
        button_named(known_page.former(1), card).click()
        assert "entered twice" not in words_on(card)

    @pytest.mark.parametrize(
        ("extent", "told"),
        [
            (Extent(3, 1_204, NOON, is_whole=True), "Compared with 3 lists of 1,204 entries"),
            (Extent(3, 1_204, NOON, is_whole=False), known_page.NOT_COMPARED),
            (Extent(0, 0, None, is_whole=True), known_page.NO_LISTS),
        ],
    )
    def test_where_nothing_is_known_it_says_with_how_much_it_was_compared(
        self, vault: MemoryVault, page: MediaPage, qtbot: QtBot, extent: Extent, told: str
    ) -> None:
        vault.likening.extent = extent
        shown = words_on(card_of(page, qtbot))
        assert known_page.UNKNOWN in shown
        assert told in shown

    def test_tiles_wear_a_glyph_and_a_word_and_are_told_to_screen_readers(
        self, vault: MemoryVault, page: MediaPage, qtbot: QtBot
    ) -> None:
        vault.likening.known = Known(is_harmless=False, lists=("Synthetic shapes",), distance=0)
        vault.likening.like = (Similar(MediaId(LEAD + 1), Because.PDQ, 9),)
        before = len(vault.likening.of("badges"))
        page.refresh()
        qtbot.waitUntil(lambda: len(page.model.marks(0)) == 2)

        assert [mark.shown for mark in page.model.marks(0)] == ["■ known", "≡ stack of 5"]
        assert "Known: Synthetic shapes, in a stack of 5 items" in spoken(page.model, 0)
        assert len(vault.likening.of("badges")) == before + 1, "once for the whole page"

    def test_the_media_of_a_report_say_it_too(
        self, vault: MemoryVault, opened: Shell, qtbot: QtBot
    ) -> None:
        main = main_of(opened)
        vault.likening.known = Known(is_harmless=True, lists=("Harmless shapes",), distance=0)
        vault.likening.hits = (a_hit(negative=True),)
        main.reports.table.choose(1)
        pane = main.reports.pane
        qtbot.waitUntil(lambda: known_page.NO_LOOK_NEEDED in words_on(pane))
        strips = pane.findChildren(VeilStrip)
        qtbot.waitUntil(
            lambda: any("Known to be harmless" in strip.accessibleName() for strip in strips)
        )


class TestWhatIsLikeIt:
    def test_a_search_is_made_when_a_person_asks_and_leads_there(
        self, vault: MemoryVault, page: MediaPage, opened: Shell, qtbot: QtBot
    ) -> None:
        vault.likening.like = (
            Similar(MediaId(LEAD + 2), Because.PDQ_TURNED, 9, Turn.MIRRORED),
            Similar(MediaId(LEAD + 3), Because.DCT, 4),
        )
        card_of(page, qtbot)
        assert not vault.likening.of("similar")
        press(opened, qtbot, Qt.Key.Key_R, CTRL)
        why = "looks the same, turned or mirrored (left to right), 9 bits apart"
        qtbot.waitUntil(lambda: why in words_on(page.pane))
        assert "resembles it (pHash alone), 4 bits apart" in words_on(page.pane)

        button_named(f"M-{LEAD + 2}: {why}", page.pane).click()
        qtbot.waitUntil(lambda: page.pane.media_id == LEAD + 2)
        assert page.grid.chosen() == page.model.find(MediaId(LEAD + 2))
        assert len(vault.likening.of("similar")) == 1

    def test_nothing_like_it_is_said(self, page: MediaPage, opened: Shell, qtbot: QtBot) -> None:
        card_of(page, qtbot)
        page.pane.find_similar()
        qtbot.waitUntil(lambda: "Nothing here is like it." in words_on(page.pane))

    def test_an_item_leads_to_its_stack(
        self, vault: MemoryVault, page: MediaPage, opened: Shell, qtbot: QtBot
    ) -> None:
        vault.likening.like = (Similar(MediaId(LEAD + 2), Because.PDQ, 9),)
        page.refresh()
        qtbot.waitUntil(lambda: len(page.model.marks(0)) == 1)
        card_of(page, qtbot, 1)
        press(opened, qtbot, Qt.Key.Key_S, CTRL | SHIFT)
        qtbot.waitUntil(lambda: page.stacks.is_open)
        assert page.line.by_stacks
        assert vault.likening.of("stack") == [("stack", MediaId(LEAD + 1))]


class TestStacks:
    def test_a_tile_tells_how_many_items_and_reports_and_how_many_are_decided(
        self, stacks: MediaPage
    ) -> None:
        assert spoken(stacks.stacks.model, 0) == "M-20417, 7 items, 6 reports, 2 decided"
        assert "3 stacks" in words_on(stacks.line)

    def test_an_open_stack_says_of_each_why_it_is_there(
        self, one_stack: MediaPage, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        opened = one_stack.stacks.opened
        assert "Stack of M-20417: 5 contents, 7 items" in words_on(opened)
        assert "The stack began with it" in spoken(opened.model, 0)
        told = "looks the same, turned or mirrored (left to right), 9 bits apart, compared with M-20417"
        assert told in spoken(opened.model, 1)
        opened.rows.choose(1)
        qtbot.waitUntil(lambda: one_stack.pane.media_id == LEAD + 1)
        assert len(vault.likening.of("stack")) == 1

    def test_escape_leads_back_to_all_of_them(
        self, one_stack: MediaPage, opened: Shell, qtbot: QtBot
    ) -> None:
        press(opened, qtbot, Qt.Key.Key_Escape)
        assert not one_stack.stacks.is_open
        assert one_stack.stacks.grid.hasFocus()

    def test_a_look_at_a_member_is_veiled_by_leaving_it(
        self, one_stack: MediaPage, qtbot: QtBot
    ) -> None:
        rows = one_stack.stacks.opened.rows
        rows.choose(1)
        qtbot.waitUntil(lambda: one_stack.pane.media_id == LEAD + 1)
        looking = one_stack.pane.panel.looking
        QTest.keyPress(rows, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: looking.state is LookState.SHOWN)
        rows.choose(2)
        assert looking.state is LookState.VEILED

    def test_some_are_split_off_and_put_back_at_once(
        self, one_stack: MediaPage, vault: MemoryVault, opened: Shell, qtbot: QtBot
    ) -> None:
        stacks = one_stack.stacks
        stacks.opened.rows.choose(3)
        press(opened, qtbot, Qt.Key.Key_X, CTRL | SHIFT)
        qtbot.waitUntil(lambda: stacks.acts.strip.told() == stack_page.split(1))
        assert vault.likening.of("split") == [("split", (MediaId(LEAD + 3),))]
        press(opened, qtbot, Qt.Key.Key_Z, CTRL)
        qtbot.waitUntil(lambda: stacks.acts.strip.told() == stack_page.UNDONE)
        assert vault.likening.of("merge") == [("merge", MediaId(LEAD + 3), MediaId(LEAD))]

    def test_nothing_is_split_off_that_would_leave_nothing(
        self, one_stack: MediaPage, vault: MemoryVault
    ) -> None:
        one_stack.stacks.opened.rows.selectAll()
        one_stack.stacks.opened.split()
        assert stack_page.LEAVE_ONE in words_on(one_stack.stacks.opened)
        assert not vault.likening.of("split")

    def test_two_that_are_chosen_are_merged_and_parted_again(
        self, stacks: MediaPage, vault: MemoryVault, opened: Shell, qtbot: QtBot
    ) -> None:
        choose_two(stacks)
        press(opened, qtbot, Qt.Key.Key_U, CTRL)
        strip = stacks.stacks.acts.strip
        qtbot.waitUntil(lambda: strip.told() == stack_page.merged(10))
        assert vault.likening.of("merge") == [("merge", MediaId(LEAD), MediaId(LEAD + 5))]
        strip.undo()
        qtbot.waitUntil(lambda: strip.told() == stack_page.UNDONE)
        apart = tuple(MediaId(LEAD + 5 + at) for at in range(5))
        assert vault.likening.of("split") == [("split", apart)]

    def test_a_refusal_stands_where_it_arose(
        self, stacks: MediaPage, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        vault.likening.error = StackUnfit(rule="they are one stack already.")
        choose_two(stacks)
        stacks.stacks.merge()
        qtbot.waitUntil(lambda: "one stack already" in words_on(stacks.stacks))
        assert stacks.stacks.acts.strip.told() == ""

    def test_no_stacks_says_what_would_be_here(
        self, vault: MemoryVault, page: MediaPage, qtbot: QtBot
    ) -> None:
        vault.likening.stacks_in_all = 0
        page.line.stacks.click()
        qtbot.waitUntil(lambda: stack_page.NO_STACKS in words_on(page))

    def test_by_items_or_by_stacks_is_remembered(
        self, stacks: MediaPage, opened: Shell, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        stand = stacks.stand()
        assert stand.by_stacks
        press(opened, qtbot, Qt.Key.Key_S, CTRL)
        assert not stacks.stand().by_stacks
        stacks.restore(stand)
        stacks.refresh()
        assert stacks.line.by_stacks
        asked = len(vault.likening.of("stacks"))
        qtbot.waitUntil(lambda: len(vault.likening.of("stacks")) >= asked)

    @pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
    def test_everything_is_painted_in_every_theme_in_a_narrow_window(
        self, one_stack: MediaPage, opened: Shell, theme: object
    ) -> None:
        opened.resize(1366, 768)
        opened.wear(theme)  # type: ignore[arg-type]
        assert not opened.grab().isNull()
        one_stack.stacks.step_back()
        assert not opened.grab().isNull()


class TestOneDecision:
    def test_it_says_what_it_would_come_to_asks_once_and_tells_what_is_left(
        self, one_stack: MediaPage, vault: MemoryVault, opened: Shell, qtbot: QtBot
    ) -> None:
        press(opened, qtbot, Qt.Key.Key_A, CTRL | SHIFT)
        dialog = dialog_over(one_stack, qtbot)
        dialog.choice.setCurrentText("National")
        qtbot.waitUntil(lambda: "4 undecided reports would be assessed" in dialog.would())
        assert "2 were decided before and stay as they are" in dialog.would()
        assert "HL-884171: The report was withdrawn." in dialog.would()
        assert not vault.likening.of("decide")

        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
        QTest.keyRelease(dialog, Qt.Key.Key_Control, Qt.KeyboardModifier.NoModifier)
        qtbot.waitUntil(lambda: "4 reports are assessed" in words_on(dialog))
        assert "HL-884171" in words_on(dialog)
        decision = StackDecision(MediaId(LEAD), NATIONAL)
        assert vault.likening.of("decide") == [("decide", decision, 4)]

    def test_without_a_classification_nothing_is_counted_or_done(
        self, one_stack: MediaPage, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        one_stack.stacks.assess()
        dialog = dialog_over(one_stack, qtbot)
        dialog.give()
        assert dialog.told() == stack_page.NEEDS_CLASS
        assert not vault.likening.of("foresee")

    def test_another_number_than_was_foreseen_is_counted_again_before_it_is_done(
        self, one_stack: MediaPage, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        one_stack.stacks.assess()
        dialog = dialog_over(one_stack, qtbot)
        dialog.choice.setCurrentText("National")
        qtbot.waitUntil(lambda: "4 undecided" in dialog.would())
        vault.likening.error = CountDiffers(typed=4, found=5)
        dialog.give()
        qtbot.waitUntil(lambda: len(vault.likening.of("foresee")) == 2)
        assert not dialog.is_working()

    @pytest.mark.parametrize("moment", ["asked", "counting", "working"])
    def test_a_lock_takes_it_away_at_any_moment(
        self,
        one_stack: MediaPage,
        vault: MemoryVault,
        opened: Shell,
        renewal: NotedRenewal,
        qtbot: QtBot,
        moment: str,
    ) -> None:
        one_stack.stacks.assess()
        dialog = dialog_over(one_stack, qtbot)
        if moment == "counting":
            vault.likening.may_answer.clear()
        if moment != "asked":
            dialog.choice.setCurrentText("National")
        if moment == "working":
            qtbot.waitUntil(lambda: "4 undecided" in dialog.would())
            vault.likening.may_answer.clear()
            dialog.give()
            qtbot.waitUntil(dialog.is_working)
        lanes = opened._lanes
        assert lanes is not None
        stroke(opened, Qt.Key.Key_F12)
        vault.likening.may_answer.set()
        # Here the process goes on, and its threads with it.
        for farewell in lanes.farewells():
            farewell()
        assert renewal.asked
        shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        assert not [each for each in shown if isinstance(each, QDialog)]


class TestLeavingOut:
    def test_what_lists_know_is_left_out_and_counted_once_for_the_one_who_was_spared(
        self, vault: MemoryVault, page: MediaPage, opened: Shell, qtbot: QtBot
    ) -> None:
        vault.likening.known = Known(is_harmless=False, lists=("Synthetic shapes",), distance=0)
        page.refresh()
        qtbot.waitUntil(lambda: len(page.model.marks(0)) == 1)
        can_be_seen = sum(page.model.tile(at).has_picture for at in range(page.model.rowCount()))
        for _ in range(3):
            press(opened, qtbot, Qt.Key.Key_N, CTRL)
            asked = page.query.text()
            qtbot.waitUntil(lambda asked=asked: vault.notes.of("media_page")[-1][1] == asked)  # type: ignore[misc]
            qtbot.waitUntil(lambda: not page.is_empty)
        assert page.query.text() == "-is:known -is:harmless"
        assert page.line.leave_out.isChecked()
        counted = vault.likening.of("avoided")
        assert counted == [("avoided", Avoided.LISTED, can_be_seen)]

    def test_what_was_looked_at_is_not_counted_as_spared(
        self, vault: MemoryVault, page: MediaPage, qtbot: QtBot
    ) -> None:
        vault.likening.known = Known(is_harmless=False, lists=("Synthetic shapes",), distance=0)
        page.refresh()
        qtbot.waitUntil(lambda: len(page.model.marks(0)) == 1)
        at = next(at for at in range(9) if page.model.tile(at).has_picture)
        can_be_seen = sum(page.model.tile(at).has_picture for at in range(page.model.rowCount()))
        card_of(page, qtbot, at)
        page.grid.setFocus()
        QTest.keyPress(page.grid, Qt.Key.Key_Space)
        looking = page.pane.panel.looking
        qtbot.waitUntil(lambda: looking.state is LookState.SHOWN)
        QTest.keyRelease(page.grid, Qt.Key.Key_Space)
        page.line.leave_out.click()
        qtbot.waitUntil(lambda: bool(vault.likening.of("avoided")))
        assert vault.likening.of("avoided") == [("avoided", Avoided.LISTED, can_be_seen - 1)]
