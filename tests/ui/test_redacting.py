"""Places are drawn over a picture, by mouse, by keys and by numbers; nothing of it is lost, nothing is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cport_desktop.domain.draft import DraftKind, DraftPlace, RedactionFields
from cport_desktop.domain.exposure import Look
from cport_desktop.domain.ids import Actor
from cport_desktop.domain.kept_redaction import (
    Burned,
    FileRedaction,
    KeptRedaction,
    RedactionWay,
)
from cport_desktop.domain.media_item import MediaKind
from cport_desktop.domain.redaction import MOST_RECTANGLES, Rectangle
from cport_desktop.errors import RoleMissing
from cport_desktop.ui.looking import LookState
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.media_pane import MediaPane
from cport_desktop.ui.views.redact_dialog import RedactDialog
from cport_desktop.ui.views.redaction_card import RedactionCard
from cport_desktop.ui.widgets.redaction_glass import RedactionGlass
from cport_desktop.words import redaction_page as say
from tests.ui.synthetic_desk import MemoryVault, a_medium
from tests.ui.synthetic_redacting import DRAWN

ITEM = replace(
    a_medium(20_418), kind=MediaKind.IMAGE, width=400, height=300, pictures=None, cannot_show=None
)
FILM = replace(ITEM, kind=MediaKind.VIDEO)
PLACE = DraftPlace(DraftKind.REDACTION, media=ITEM.media_id)
HERE = Burned(Rectangle(40, 30, 100, 50), "a bystander")
LEFT_BUTTON = Qt.MouseButton.LeftButton


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def a_dialog(around: QWidget, seat: Seat, kept: KeptRedaction | None = None) -> RedactDialog:
    dialog = RedactDialog(around, seat, ITEM, None, kept)
    dialog.open()
    QTest.qWaitForWindowExposed(dialog)
    return dialog


@pytest.fixture
def dialog(around: QWidget, seat: Seat) -> RedactDialog:
    return a_dialog(around, seat)


def glass_of(dialog: RedactDialog) -> RedactionGlass:
    glass = dialog.panel.glass
    assert isinstance(glass, RedactionGlass)
    return glass


def point_in(glass: RedactionGlass, x: int, y: int) -> QPoint:
    """The middle of a pixel of the picture, on the glass."""
    left, top, width, height = glass.frame.place(Rectangle(x, y, 1, 1))
    return QPoint(round(left + width / 2), round(top + height / 2))


def pull(glass: RedactionGlass, first: tuple[int, int], last: tuple[int, int]) -> None:
    QTest.mousePress(glass, LEFT_BUTTON, pos=point_in(glass, *first))
    for share in (3, 2, 1):
        at = tuple(b - (b - a) * (share - 1) // 3 for a, b in zip(first, last, strict=True))
        QTest.mouseMove(glass, point_in(glass, at[0], at[1]))
    QTest.mouseRelease(glass, LEFT_BUTTON, pos=point_in(glass, *last))


def rectangles(dialog: RedactDialog) -> list[Rectangle]:
    return [each.rectangle for each in dialog.places.all]


def near(found: Rectangle, wanted: Rectangle) -> bool:
    """The mouse goes by points, of which a pixel of this picture has more than one."""
    pairs = zip(
        (found.left, found.top, found.width, found.height),
        (wanted.left, wanted.top, wanted.width, wanted.height),
        strict=True,
    )
    return all(abs(a - b) <= 1 for a, b in pairs)


class TestByMouse:
    def test_a_place_is_drawn_moved_sized_and_never_looks(
        self, dialog: RedactDialog, vault: MemoryVault
    ) -> None:
        glass = glass_of(dialog)
        pull(glass, (40, 30), (139, 79))
        (drawn,) = rectangles(dialog)
        assert near(drawn, Rectangle(40, 30, 100, 50))
        pull(glass, (60, 50), (160, 110))
        (moved,) = rectangles(dialog)
        assert near(moved, Rectangle(140, 90, drawn.width, drawn.height))
        last = (moved.left + moved.width - 1, moved.top + moved.height - 1)
        pull(glass, last, (last[0] + 30, last[1] + 20))
        (sized,) = rectangles(dialog)
        assert (sized.left, sized.top) == (moved.left, moved.top)
        assert near(sized, replace(moved, width=moved.width + 30, height=moved.height + 20))
        assert vault.notes.of("reveal") == []

    def test_a_click_is_no_place_and_what_is_pulled_beyond_the_edge_ends_there(
        self, dialog: RedactDialog
    ) -> None:
        glass = glass_of(dialog)
        QTest.mouseClick(glass, LEFT_BUTTON, pos=point_in(glass, 20, 20))
        assert rectangles(dialog) == []
        QTest.mousePress(glass, LEFT_BUTTON, pos=point_in(glass, 390, 290))
        for beyond in (5, 4000):
            QTest.mouseMove(glass, point_in(glass, 390, 290) + QPoint(beyond, beyond))
        QTest.mouseRelease(glass, LEFT_BUTTON, pos=QPoint(5000, 5000))
        assert rectangles(dialog) == [Rectangle(390, 290, 10, 10)]

    def test_zoom_makes_it_larger_and_a_place_stays_where_it_is(self, dialog: RedactDialog) -> None:
        glass = glass_of(dialog)
        dialog.places.lay((HERE,))
        wide = glass.frame.place(HERE.rectangle)[2]
        for _ in range(2):
            QTest.keyClick(glass, Qt.Key.Key_Plus)
        assert glass.zoom == 4
        assert glass.frame.place(HERE.rectangle)[2] == pytest.approx(4 * wide)
        assert rectangles(dialog) == [HERE.rectangle]
        middle = glass.rect().center()
        assert glass.frame.pixel((middle.x(), middle.y())) == pytest.approx((90, 55), abs=25)
        QTest.keyClick(glass, Qt.Key.Key_0)
        assert glass.frame.place(HERE.rectangle)[2] == pytest.approx(wide)


class TestByKeys:
    def test_a_place_is_made_moved_sized_chosen_and_removed(self, dialog: RedactDialog) -> None:
        glass = glass_of(dialog)
        glass.setFocus()
        QTest.keyClick(glass, Qt.Key.Key_Insert)
        assert rectangles(dialog) == [Rectangle(150, 112, 100, 75)]
        QTest.keyClick(glass, Qt.Key.Key_Right)
        QTest.keyClick(glass, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(glass, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        assert rectangles(dialog) == [Rectangle(151, 102, 100, 76)]
        QTest.keyClick(glass, Qt.Key.Key_Insert)
        assert dialog.places.chosen == 1
        QTest.keyClick(glass, Qt.Key.Key_Backtab)
        assert dialog.places.chosen == 0
        QTest.keyClick(glass, Qt.Key.Key_Tab)
        assert dialog.places.chosen == 1
        assert "Place 2 of 2" in glass.accessibleDescription()
        QTest.keyClick(glass, Qt.Key.Key_Delete)
        assert rectangles(dialog) == [Rectangle(151, 102, 100, 76)]

    def test_tab_leads_out_behind_the_last_place(self, dialog: RedactDialog, qtbot: QtBot) -> None:
        glass = glass_of(dialog)
        dialog.places.lay((HERE,))
        qtbot.waitUntil(glass.hasFocus)
        QTest.keyClick(glass, Qt.Key.Key_Tab)
        assert not glass.hasFocus()

    def test_keys_that_place_do_not_end_a_look_and_others_do(
        self, dialog: RedactDialog, qtbot: QtBot
    ) -> None:
        glass, looking = glass_of(dialog), dialog.panel.looking
        dialog.places.lay((HERE,))
        qtbot.waitUntil(glass.hasFocus)
        QTest.keyPress(glass, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: looking.state is LookState.SHOWN)
        frame = glass.frame
        QTest.keyClick(glass, Qt.Key.Key_Right)
        assert looking.state is LookState.SHOWN
        assert rectangles(dialog) == [Rectangle(41, 30, 100, 50)]
        pull(glass, (200, 200), (300, 250))
        assert looking.state is LookState.SHOWN
        assert len(rectangles(dialog)) == 2
        QTest.keyPress(glass, Qt.Key.Key_X)
        assert not looking.is_under_way
        assert looking.image is None
        assert glass.frame == frame
        QTest.keyRelease(glass, Qt.Key.Key_Space)

    def test_leaving_the_glass_with_the_button_down_veils(
        self, dialog: RedactDialog, qtbot: QtBot
    ) -> None:
        glass, looking = glass_of(dialog), dialog.panel.looking
        qtbot.waitUntil(glass.hasFocus)
        QTest.keyPress(glass, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: looking.state is LookState.SHOWN)
        QTest.mousePress(glass, LEFT_BUTTON, pos=point_in(glass, 20, 20))
        QTest.mouseMove(glass, QPoint(-40, 20))
        assert not looking.is_under_way
        QTest.mouseRelease(glass, LEFT_BUTTON, pos=QPoint(-40, 20))
        QTest.keyRelease(glass, Qt.Key.Key_Space)


class TestByNumbers:
    def test_numbers_put_a_place_without_a_look_and_the_glass_has_it(
        self, dialog: RedactDialog, vault: MemoryVault
    ) -> None:
        dialog.fields.new.click()
        for field, value in zip(dialog.fields.sides, (7, 8, 90, 91), strict=True):
            field.setValue(value)
        assert rectangles(dialog) == [Rectangle(7, 8, 90, 91)]
        dialog.fields.sides[0].setValue(399)
        dialog.fields.sides[0].setValue(380)
        (found,) = rectangles(dialog)
        assert found.left + found.width <= 400
        assert vault.notes.of("reveal") == []

    def test_the_list_and_the_fields_follow_what_is_chosen(self, dialog: RedactDialog) -> None:
        other = Burned(Rectangle(1, 2, 3, 4), "a label")
        dialog.places.lay((HERE, other))
        dialog.fields.list.setCurrentRow(1)
        assert dialog.places.chosen == 1
        assert [field.value() for field in dialog.fields.sides] == [1, 2, 3, 4]
        assert dialog.fields.reason.text() == "a label"
        dialog.fields.usual.activated.emit(1)
        assert dialog.places.all[1].reason == say.USUAL_REASONS[0]
        assert say.USUAL_REASONS[0] in dialog.fields.list.item(1).text()

    def test_one_more_than_a_picture_takes_is_told(self, dialog: RedactDialog) -> None:
        dialog.places.lay((HERE,) * MOST_RECTANGLES)
        dialog.fields.new.click()
        assert len(dialog.places.all) == MOST_RECTANGLES
        assert dialog.told() == say.FULL


class TestKeeping:
    def test_what_is_drawn_is_a_draft_with_every_change_and_kept_with_why(
        self, dialog: RedactDialog, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        dialog.places.add(HERE.rectangle)
        drawn = RedactionFields("pixels", ((40, 30, 100, 50, ""),))
        qtbot.waitUntil(lambda: vault.notes.drafts.get(PLACE) == drawn)
        dialog.give()
        assert dialog.told() == say.NEEDS_WHY
        dialog.fields.reason.setText("a bystander")
        with qtbot.waitSignal(dialog.ended):
            dialog.give()
        assert vault.redacting.kept[ITEM.media_id].redaction == FileRedaction(
            RedactionWay.PIXELS, (HERE,)
        )
        assert vault.redacting.drafts == [PLACE]
        qtbot.waitUntil(lambda: PLACE not in vault.notes.drafts)

    def test_escape_keeps_the_draft_and_it_is_there_again(
        self, dialog: RedactDialog, around: QWidget, seat: Seat
    ) -> None:
        dialog.places.lay((HERE,))
        dialog.reject()
        again = a_dialog(around, seat)
        assert again.places.all == (HERE,)
        assert again.told() == say.AGAIN
        again.discard()
        assert a_dialog(around, seat).places.all == ()

    def test_without_a_place_or_with_a_refusal_nothing_is_kept_and_that_is_said(
        self, dialog: RedactDialog, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        dialog.give()
        assert dialog.told() == say.NEEDS_PLACE
        vault.redacting.error = RoleMissing(role="analyst", givers="")
        dialog.places.lay((HERE,))
        dialog.give()
        qtbot.waitUntil(lambda: not dialog.is_working())
        assert dialog.isVisible()
        assert dialog.places.all == (HERE,)
        assert vault.redacting.kept == {}

    def test_a_film_can_only_stay_here_and_that_is_said(
        self, around: QWidget, seat: Seat, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        dialog = RedactDialog(around, seat, FILM, None, None)
        dialog.open()
        assert not isinstance(dialog.panel.glass, RedactionGlass)
        assert dialog.way is RedactionWay.LEFT_OUT
        assert not dialog.ways[RedactionWay.PIXELS].isEnabled()
        dialog.why.setText("not needed")
        with qtbot.waitSignal(dialog.ended):
            dialog.give()
        kept = vault.redacting.kept[FILM.media_id].redaction
        assert kept == FileRedaction(RedactionWay.LEFT_OUT, reason="not needed")


class TestTheCard:
    def test_says_what_is_kept_opens_it_and_takes_it_back_with_a_reason(
        self, around: QWidget, seat: Seat, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        vault.redacting.kept[ITEM.media_id] = KeptRedaction(
            "ab" * 32,
            (ITEM.media_id,),
            FileRedaction(RedactionWay.PIXELS, (HERE,)),
            Actor("A. Example"),
            DRAWN,
        )
        card = RedactionCard(seat, ITEM, over=around)
        qtbot.addWidget(card)
        card.show()
        qtbot.waitUntil(lambda: card.is_known)
        card.redact.click()
        assert card.dialog is not None
        assert card.dialog.places.all == (HERE,)
        card.dialog.reject()
        card.open_taking_back()
        dialog = around.findChildren(AskingDialog)[-1]
        dialog.give()
        assert dialog.told() == say.NEEDS_WHY
        QTest.keyClicks(dialog.focusWidget() or dialog, "agreed")
        with qtbot.waitSignal(dialog.ended):
            dialog.give()
        assert vault.redacting.reasons == ["agreed"]
        card.ask()
        qtbot.waitUntil(lambda: card.kept is None)

    def test_a_lock_from_the_dialog_is_heard_though_the_page_behind_it_was_loaded_again(
        self, seat: Seat, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        pane = MediaPane(seat)
        qtbot.addWidget(pane)
        pane.show()
        pane.show_item(ITEM, None)
        before = pane.redaction
        assert before is not None
        qtbot.waitUntil(lambda: before.is_known)
        before.redact.click()
        dialog = before.dialog
        assert dialog is not None
        pane.show_item(ITEM, None)
        assert pane.redaction is not before
        qtbot.waitUntil(lambda: not isValid(before))
        with qtbot.waitSignals([pane.lock_wanted, pane.looked]):
            dialog.lock_wanted.emit()
            dialog.panel.looking.looked.emit(Look("grey", 1.0, 6.0))
        dialog.places.lay((HERE,))
        with qtbot.waitSignal(pane.changed):
            dialog.give()
        after = pane.redaction
        assert after is not None
        qtbot.waitUntil(lambda: after.kept is not None)
