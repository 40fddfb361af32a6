"""A look is deliberate, timed, recorded, and over at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.clock import SteppingClock
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import RevealGrant, RevealLevel
from cport_desktop.ui.agreement_lines import AllowedLine
from cport_desktop.ui.desk import Reveal, RevealTerms
from cport_desktop.ui.looking import DELIBERATE_MS, Looking, LookState
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.look_panel import LookPanel
from tests.ui.synthetic_desk import NOON, MemoryVault, a_medium, a_picture

ITEM = a_medium(20_418)
BROKEN = a_medium(20_419)
A_VIDEO = a_medium(20_425)
REVEALED = QColor("#ff00cc")


@pytest.fixture
def panel(seat: Seat, qtbot: QtBot) -> LookPanel:
    made = LookPanel(seat, height=200)
    made.resize(320, 300)
    made.show()
    qtbot.addWidget(made)
    made.show_item(ITEM, None)
    return made


def shows_the_picture(widget: QWidget) -> bool:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    if image.isNull():
        return False  # It has no room.
    middle = image.pixelColor(QPoint(image.width() // 2, image.height() // 2))
    return middle == REVEALED


def wait_for(panel: LookPanel, state: LookState, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: panel.looking.state is state)


def ends(vault: MemoryVault) -> list[float]:
    seconds = [call[2] for call in vault.notes.of("end_reveal")]
    return [second for second in seconds if isinstance(second, float)]


def test_nothing_is_asked_for_and_nothing_shown_until_space_is_held(
    panel: LookPanel, vault: MemoryVault
) -> None:
    assert vault.notes.of("reveal") == []
    assert not shows_the_picture(panel.glass)
    assert panel.words() == "Veiled. Hold Space to look: grey, 6 s"


def test_the_picture_is_there_while_space_is_held_and_gone_on_release(
    panel: LookPanel, vault: MemoryVault, qtbot: QtBot
) -> None:
    QTest.keyPress(panel.glass, Qt.Key.Key_Space)
    wait_for(panel, LookState.SHOWN, qtbot)
    assert shows_the_picture(panel.glass)

    vault.clock.advance(timedelta(seconds=2))
    QTest.keyRelease(panel.glass, Qt.Key.Key_Space)

    assert panel.looking.image is None
    assert not shows_the_picture(panel.glass)
    qtbot.waitUntil(lambda: bool(ends(vault)))
    assert ends(vault)[0] == pytest.approx(2.0, abs=0.1)
    grant = vault.notes.of("end_reveal")[0][1]
    assert isinstance(grant, RevealGrant)
    assert (grant.media_id, grant.level) == (ITEM.media_id, RevealLevel.GREY)


def test_the_mouse_held_on_the_glass_looks_too(panel: LookPanel, qtbot: QtBot) -> None:
    QTest.mousePress(panel.glass, Qt.MouseButton.LeftButton)
    wait_for(panel, LookState.SHOWN, qtbot)
    QTest.mouseRelease(panel.glass, Qt.MouseButton.LeftButton)
    assert panel.looking.state is LookState.VEILED


def test_the_repeats_of_a_held_key_neither_ask_again_nor_veil(
    panel: LookPanel, vault: MemoryVault, qtbot: QtBot
) -> None:
    QTest.keyPress(panel.glass, Qt.Key.Key_Space)
    wait_for(panel, LookState.SHOWN, qtbot)
    for _ in range(5):
        panel.looking.press()
    assert panel.looking.state is LookState.SHOWN
    assert len(vault.notes.of("reveal")) == 1


def test_a_picture_that_comes_after_the_release_is_never_shown(
    panel: LookPanel, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.notes.reveal_may_answer.clear()
    QTest.keyPress(panel.glass, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(vault.notes.of("reveal")))
    QTest.keyRelease(panel.glass, Qt.Key.Key_Space)
    vault.notes.reveal_may_answer.set()

    qtbot.waitUntil(lambda: bool(ends(vault)))

    assert ends(vault) == [0.0]
    assert panel.looking.image is None
    assert panel.looking.state is LookState.VEILED


def test_a_second_press_does_not_show_the_picture_of_the_first(
    panel: LookPanel, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.notes.reveal_may_answer.clear()
    panel.looking.press()
    panel.looking.release()
    panel.looking.press()
    vault.notes.reveal_may_answer.set()
    wait_for(panel, LookState.SHOWN, qtbot)
    qtbot.waitUntil(lambda: ends(vault) == [0.0])
    assert len(vault.notes.of("reveal")) == 2


def test_when_time_is_up_it_veils_though_space_is_still_held(
    seat: Seat, vault: MemoryVault, qtbot: QtBot
) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    looking = _short_look(seat, holder)
    states: list[LookState] = []
    looking.changed.connect(lambda: states.append(looking.state))

    looking.press()
    qtbot.waitUntil(lambda: LookState.SPENT in states)

    assert states == [LookState.ASKED, LookState.SHOWN, LookState.SPENT]
    assert looking.image is None
    looking.press()
    looking.release()
    assert states[3:] == [LookState.VEILED]
    qtbot.waitUntil(lambda: len(ends(vault)) == 1)


@pytest.mark.parametrize(
    "kind", [QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.WindowDeactivate]
)
def test_losing_focus_page_or_window_veils(
    panel: LookPanel, qtbot: QtBot, application: object, kind: QEvent.Type
) -> None:
    panel.looking.press()
    wait_for(panel, LookState.SHOWN, qtbot)
    if kind is QEvent.Type.Hide:
        panel.hide()
    else:
        application.sendEvent(panel.glass, QEvent(kind))  # type: ignore[attr-defined]
    assert panel.looking.state is LookState.VEILED
    assert panel.looking.image is None


def test_going_to_another_item_veils(panel: LookPanel, qtbot: QtBot) -> None:
    panel.looking.press()
    wait_for(panel, LookState.SHOWN, qtbot)
    panel.show_item(a_medium(20_420), None)
    assert panel.looking.state is LookState.VEILED


def test_while_another_item_is_on_its_way_the_former_one_cannot_be_looked_at(
    panel: LookPanel, vault: MemoryVault, qtbot: QtBot
) -> None:
    panel.looking.press()
    wait_for(panel, LookState.SHOWN, qtbot)

    panel.rest()
    asked = [panel.looking.state]
    panel.show_allowed()  # Another agreement, another level: it is still the former item.
    choose(panel, "full colour")
    panel.looking.press()
    asked.append(panel.looking.state)
    could_look = panel.can_look
    panel.show_item(ITEM, None)

    assert asked == [LookState.VEILED, LookState.VEILED]
    assert not could_look
    assert len(vault.notes.of("reveal")) == 1
    panel.looking.press()
    wait_for(panel, LookState.SHOWN, qtbot)


def test_what_cannot_be_shown_says_why_and_asks_for_nothing(
    panel: LookPanel, vault: MemoryVault, qtbot: QtBot
) -> None:
    panel.show_item(BROKEN, None)
    QTest.keyPress(panel.glass, Qt.Key.Key_Space)
    assert panel.words() == "Cannot be shown: the file is damaged"
    assert vault.notes.of("reveal") == []


def test_the_level_is_named_before_it_is_used(panel: LookPanel, vault: MemoryVault) -> None:
    panel.looking.level = RevealLevel.BLURRED
    panel.looking.changed.emit()
    assert panel.words() == "Veiled. Hold Space to look: blurred grey, 6 s"


def levels(panel: LookPanel) -> list[str]:
    return [made.text() for made in panel.levels.findChildren(QPushButton) if made.isVisible()]


EVERY = ["blur", "small grey", "grey", "full colour"]
NOT_GRANTED = "The level full is none of those that clause 2.2 grants."


def test_a_level_that_the_agreement_forbids_is_absent_and_a_line_names_the_clause(
    panel: LookPanel, seat: Seat, vault: MemoryVault, qtbot: QtBot
) -> None:
    assert levels(panel) == EVERY
    assert panel.absent() == ""
    wanted = next(made for made in panel.findChildren(QPushButton) if made.text() == "full colour")
    wanted.click()
    forbidden: dict[tuple[str | None, str], str] = {
        ("image", "full"): NOT_GRANTED,
        ("image", "blurred_colour"): NOT_GRANTED,
    }
    assert seat.allowed.learn(AllowedLine("NL", {}, forbidden))
    panel.show_allowed()
    assert levels(panel) == ["blur", "small grey", "grey"]
    told = "No look in full colour. The level full is none of those that clause 2.2 grants."
    assert panel.absent() == told
    assert panel.words() == "Veiled. Hold Space to look: grey, 6 s"
    QTest.keyPress(panel.glass, Qt.Key.Key_Space)
    wait_for(panel, LookState.SHOWN, qtbot)
    assert vault.notes.of("reveal")[-1][2] is RevealLevel.GREY
    QTest.keyRelease(panel.glass, Qt.Key.Key_Space)


def test_what_holds_for_one_kind_of_media_is_told_there_only(panel: LookPanel, seat: Seat) -> None:
    seat.allowed.learn(AllowedLine("NL", {}, {("video", "grey"): "Clause 2.9 forbids it."}))
    panel.show_item(A_VIDEO, None)
    assert levels(panel) == EVERY  # What is blurred and grey is offered by these two together.
    assert panel.words() == "Veiled. Hold Space to look: small grey, 30 s"
    panel.show_item(ITEM, None)
    assert levels(panel) == EVERY
    assert panel.words() == "Veiled. Hold Space to look: grey, 6 s"
    assert panel.absent() == ""


def choose(panel: LookPanel, words: str) -> None:
    next(made for made in panel.findChildren(QPushButton) if made.text() == words).click()


def level_of(panel: LookPanel) -> RevealLevel:
    return panel.looking.level


def test_blur_and_grey_are_separate_and_hold_for_every_glass(
    panel: LookPanel, seat: Seat, qtbot: QtBot
) -> None:
    choose(panel, "blur")
    assert level_of(panel) == RevealLevel.BLURRED
    choose(panel, "full colour")
    assert level_of(panel) == RevealLevel.BLURRED_COLOUR
    other = LookPanel(seat, height=200)
    qtbot.addWidget(other)
    other.show_item(ITEM, None)
    assert level_of(other) == RevealLevel.BLURRED_COLOUR
    choose(panel, "blur")
    assert level_of(panel) == RevealLevel.FULL
    choose(panel, "small grey")
    assert level_of(panel) == RevealLevel.SMALL_GREY
    assert panel.words() == "Veiled. Hold Space to look: small grey, 6 s"


@pytest.mark.parametrize("words", ["blur", "small grey", "full colour"])
def test_choosing_another_level_veils(panel: LookPanel, qtbot: QtBot, words: str) -> None:
    panel.looking.press()
    wait_for(panel, LookState.SHOWN, qtbot)
    choose(panel, words)
    assert panel.looking.state is LookState.VEILED
    assert panel.looking.image is None


def test_where_blurred_alone_is_allowed_nothing_else_is_there(panel: LookPanel, seat: Seat) -> None:
    forbidden: dict[tuple[str | None, str], str] = {
        ("image", level.value): NOT_GRANTED
        for level in RevealLevel
        if level is not RevealLevel.BLURRED
    }
    seat.allowed.learn(AllowedLine("NL", {}, forbidden))
    panel.show_allowed()
    assert level_of(panel) == RevealLevel.BLURRED
    assert [line.split(".")[0] for line in panel.absent().splitlines()] == [
        "No look in grey",
        "No look in full colour",
    ]
    choose(panel, "blur")
    assert level_of(panel) == RevealLevel.BLURRED


def test_a_small_look_is_not_blown_up(panel: LookPanel, qtbot: QtBot) -> None:
    panel.glass.setFixedHeight(400)
    panel.resize(700, 600)

    def lit() -> int:
        image = panel.glass.grab().toImage()
        row = image.height() // 2
        return sum(image.pixelColor(x, row) == REVEALED for x in range(image.width()))

    panel.looking.press()
    wait_for(panel, LookState.SHOWN, qtbot)
    assert lit() > 400
    choose(panel, "small grey")
    panel.looking.press()
    wait_for(panel, LookState.SHOWN, qtbot)
    assert lit() == 160


def usual_reasons(panel: LookPanel) -> QComboBox:
    (found,) = panel.reason.findChildren(QComboBox)
    return found


def another_reason(panel: LookPanel) -> QLineEdit:
    (found,) = panel.reason.findChildren(QLineEdit)
    return found


def demand_reason(seat: Seat, *levels: RevealLevel) -> None:
    asked = frozenset(("image", level.value) for level in levels)
    seat.allowed.learn(AllowedLine("NL", {}, {}, asked))


def test_where_the_agreement_demands_a_reason_it_is_stated_before_the_first_look_and_once(
    panel: LookPanel, seat: Seat, vault: MemoryVault, qtbot: QtBot
) -> None:
    demand_reason(seat, *RevealLevel)
    panel.show_allowed()
    assert panel.words() == "Veiled. State a reason first."
    assert panel.reason.isVisible()
    QTest.keyPress(panel.glass, Qt.Key.Key_Space)
    qtbot.wait(4 * DELIBERATE_MS)
    QTest.keyRelease(panel.glass, Qt.Key.Key_Space)
    assert vault.notes.of("reveal") == []

    usual_reasons(panel).setCurrentIndex(2)
    choose(panel, "State")
    assert panel.words() == "Veiled. Hold Space to look: grey, 6 s"
    assert not panel.reason.isVisible()
    panel.looking.press()
    wait_for(panel, LookState.SHOWN, qtbot)
    assert vault.notes.of("reveal")[-1][3] == "to compare it with another item"

    panel.show_item(a_medium(20_421), None)
    assert panel.reason.isVisible()
    panel.show_item(ITEM, None)
    assert not panel.reason.isVisible()


def test_a_reason_can_be_written_and_belongs_to_its_item(
    panel: LookPanel, seat: Seat, vault: MemoryVault, qtbot: QtBot
) -> None:
    demand_reason(seat, *RevealLevel)
    panel.show_allowed()
    usual = usual_reasons(panel)
    usual.setCurrentIndex(usual.count() - 1)
    line = another_reason(panel)
    QTest.keyClicks(line, "half a rea")
    panel.show_item(a_medium(20_421), None)
    assert line.text() == ""
    panel.show_item(ITEM, None)
    usual.setCurrentIndex(usual.count() - 1)
    QTest.keyClicks(line, "asked by a court")
    QTest.keyClick(line, Qt.Key.Key_Return)
    panel.looking.press()
    wait_for(panel, LookState.SHOWN, qtbot)
    assert vault.notes.of("reveal")[-1][3] == "asked by a court"


def test_a_level_that_needs_no_reason_asks_for_none(
    panel: LookPanel, seat: Seat, vault: MemoryVault, qtbot: QtBot
) -> None:
    demand_reason(seat, RevealLevel.FULL)
    panel.show_allowed()
    assert not panel.reason.isVisible()
    choose(panel, "full colour")
    assert panel.reason.isVisible()
    choose(panel, "grey")
    assert not panel.reason.isVisible()
    panel.looking.press()
    wait_for(panel, LookState.SHOWN, qtbot)
    assert vault.notes.of("reveal")[-1][3] is None


def test_where_no_look_is_allowed_the_glass_says_so_and_asks_for_nothing(
    panel: LookPanel, seat: Seat, vault: MemoryVault, qtbot: QtBot
) -> None:
    why = "Not allowed: revealing media, under the agreement A-1. No clause grants it."
    every: dict[tuple[str | None, str], str] = {
        ("image", each.value): "No clause grants it." for each in RevealLevel
    }
    QTest.keyPress(panel.glass, Qt.Key.Key_Space)
    wait_for(panel, LookState.SHOWN, qtbot)
    seat.allowed.learn(AllowedLine("NL", {"media.reveal": why}, every))
    panel.show_allowed()
    assert panel.looking.state is LookState.VEILED
    asked = len(vault.notes.of("reveal"))
    assert levels(panel) == []
    assert (panel.words(), panel.absent()) == ("Stays veiled.", why)
    QTest.keyPress(panel.glass, Qt.Key.Key_Space)
    qtbot.wait(4 * DELIBERATE_MS)
    assert len(vault.notes.of("reveal")) == asked
    seat.allowed.learn(AllowedLine("NL", {}))
    panel.show_allowed()
    assert levels(panel) == EVERY


def test_the_glass_says_nothing_of_the_picture_to_a_reader_or_a_hover(
    panel: LookPanel, qtbot: QtBot
) -> None:
    panel.looking.press()
    wait_for(panel, LookState.SHOWN, qtbot)
    assert panel.glass.accessibleName() == "Veiled picture"
    assert panel.glass.accessibleDescription() == ""
    assert panel.glass.toolTip() == ""


def test_a_look_is_not_kept_by_the_cache_of_pictures(panel: LookPanel, qtbot: QtBot) -> None:
    panel.looking.press()
    wait_for(panel, LookState.SHOWN, qtbot)
    panel.looking.release()
    assert not shows_the_picture(panel)
    assert [child for child in panel.findChildren(QWidget) if shows_the_picture(child)] == []


def _short_look(seat: Seat, holder: QWidget) -> Looking:
    looking = Looking(
        reveal=lambda media, level, _reason: Reveal(
            RevealGrant(media, level, 0.05, 1), a_picture()
        ),
        end_reveal=seat.session.end_reveal,
        terms=RevealTerms(RevealLevel.GREY, 0.05),
        lanes=seat.lanes,
        clock=SteppingClock(NOON),
        parent=holder,
    )
    looking.aim(MediaId(1))
    return looking
