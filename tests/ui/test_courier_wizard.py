"""Carrying bundles by stick, step by step: by keyboard alone, with every drive's fault named where it
arose, and «safe to unplug» said last.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from cport_desktop.errors import (
    BundleOutOfOrder,
    CportError,
    DriveFull,
    DriveLocked,
    DriveReadOnly,
    DriveRemoved,
    OutputExists,
    PartDamaged,
    PartsMissing,
)
from cport_desktop.ui import places
from cport_desktop.ui.exchanging_lines import StickOrder, StickReceived, StickStanding
from cport_desktop.ui.fitting import SMALLEST
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.courier_steps import BringInView, CarryOutView
from cport_desktop.ui.views.stick_section import StickSection
from cport_desktop.words import courier_page as say
from cport_desktop.words.errors import explain
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.synthetic_exchanging import ExchangeNotes
from tests.ui.test_window import main_of, press, words_on

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def part(opened: Shell, qtbot: QtBot) -> StickSection:
    """The part «By stick» of an open window."""
    main = main_of(opened)
    main.show_page(places.EXCHANGE)
    main.exchanges.show_part(say.BY_STICK)
    qtbot.waitUntil(lambda: say.LAST_OUT in words_on(main.exchanges.stick))
    return main.exchanges.stick


@pytest.fixture
def notes(vault: MemoryVault) -> ExchangeNotes:
    return vault.exchanging.notes


def carrying(shell: Shell, part: StickSection, qtbot: QtBot) -> CarryOutView:
    press(shell, qtbot, Qt.Key.Key_C, ALT)
    steps = part.steps
    assert isinstance(steps, CarryOutView)
    qtbot.waitUntil(steps.file.field.hasFocus)
    return steps


def bringing(shell: Shell, part: StickSection, qtbot: QtBot) -> BringInView:
    press(shell, qtbot, Qt.Key.Key_B, ALT)
    steps = part.steps
    assert isinstance(steps, BringInView)
    qtbot.waitUntil(steps.files.field.hasFocus)
    return steps


def test_the_part_says_what_is_out_what_came_and_what_is_next(part: StickSection) -> None:
    told = words_on(part)
    assert "no. 118" in told
    assert "no. 117" in told
    assert "3 operations, a request for 64 media files" in told
    assert say.NEXT_IN in told


def test_a_bundle_is_carried_out_by_keyboard_alone_and_the_last_word_is_safe_to_unplug(
    opened: Shell, part: StickSection, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    steps = carrying(opened, part, qtbot)
    assert say.OUT_SAFE not in words_on(part)
    QTest.keyClicks(steps.file.field, "/media/stick/119.bundle")
    QTest.keyClick(steps.file.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: steps.step == 1)
    order = StickOrder(Path("/media/stick/119.bundle"), None)
    assert notes.of("carry_out") == [("carry_out", order)]
    told = steps.outcome()
    assert told.startswith(say.OUT_SAFE)
    assert "Bundle no. 119 is written (4.2 MB, one file), flushed, read back" in told
    assert "/media/stick/119.bundle" in told
    assert say.OUT_NEXT in told
    press(opened, qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: part.steps is None)


def test_safe_to_unplug_is_not_said_while_it_is_written_and_a_stop_leaves_nothing(
    opened: Shell, part: StickSection, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    notes.work_may_end.clear()
    steps = carrying(opened, part, qtbot)
    steps.file.field.setText("/media/stick/a.bundle")
    press(opened, qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "40 of 100" in steps.strip.words())
    press(opened, qtbot, Qt.Key.Key_Escape)
    assert part.steps is steps
    assert say.OUT_SAFE not in words_on(part)
    steps.strip.stop()
    qtbot.waitUntil(lambda: steps.told() == say.OUT_STOPPED)
    assert steps.step == 0
    assert steps.file.field.text() == "/media/stick/a.bundle"


def test_a_bug_ends_the_work_and_is_told_as_an_unexpected_fault_where_it_was_begun(
    opened: Shell, part: StickSection, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    steps = carrying(opened, part, qtbot)
    steps.file.field.setText("/media/stick/a.bundle")
    notes.error = ZeroDivisionError("what the bug says")
    steps.go_on()
    qtbot.waitUntil(lambda: explain(CportError()).message in words_on(steps))
    assert not steps.strip.is_running
    assert not steps.is_busy
    told = words_on(main_of(opened).notice)
    assert "bug ZeroDivisionError" in told
    assert "what the bug says" not in told + words_on(steps)
    steps.go_on()
    qtbot.waitUntil(lambda: steps.outcome().startswith(say.OUT_SAFE))


def test_it_goes_on_while_another_page_is_looked_at_and_is_begun_only_once(
    opened: Shell, part: StickSection, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    notes.work_may_end.clear()
    steps = carrying(opened, part, qtbot)
    steps.file.field.setText("/media/stick/a.bundle")
    press(opened, qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(notes.of("carry_out")))
    main = main_of(opened)
    main.show_page(places.REPORTS)
    main.show_page(places.EXCHANGE)
    part.carry_out()
    part.bring_in()
    assert part.steps is steps
    notes.work_may_end.set()
    qtbot.waitUntil(lambda: steps.step == 1)
    assert len(notes.of("carry_out")) == 1


def test_a_stick_that_takes_no_long_files_gets_parts(
    opened: Shell, part: StickSection, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    steps = carrying(opened, part, qtbot)
    steps.file.field.setText("/media/stick/a.bundle")
    steps.parts.setFocus()
    press(opened, qtbot, Qt.Key.Key_Down)
    press(opened, qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: steps.step == 1)
    ((_, order),) = notes.of("carry_out")
    assert order == StickOrder(Path("/media/stick/a.bundle"), 3_900_000_000)


def test_without_a_file_nothing_is_begun_and_escape_leaves(
    opened: Shell, part: StickSection, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    steps = carrying(opened, part, qtbot)
    press(opened, qtbot, Qt.Key.Key_Return, CTRL)
    assert steps.told() == say.NEEDS_FILE
    press(opened, qtbot, Qt.Key.Key_Escape)
    assert part.steps is None
    assert notes.of("carry_out") == []


def is_told(steps: CarryOutView | BringInView, message: str) -> bool:
    return message in steps._notice.message()


FAULTS: tuple[tuple[CportError, str, str], ...] = (
    (DriveLocked(path="/media/stick"), "may not use /media/stick", "Unlock the drive"),
    (DriveFull(path="/media/stick", wanted=9, free=1), "not enough room", "split it"),
    (DriveRemoved(path="/media/stick"), "taken away", "Plug it in again"),
    (DriveReadOnly(path="/media/stick"), "takes no writing", "switch on its side"),
    (OutputExists(path="/media/stick/a.bundle"), "a.bundle", ""),
)


def test_what_a_drive_does_wrong_is_named_where_it_arose_with_what_to_do(
    opened: Shell, part: StickSection, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    steps = carrying(opened, part, qtbot)
    for error, message, cure in FAULTS:
        steps.file.field.setText("/media/stick/a.bundle")
        notes.error = error
        press(opened, qtbot, Qt.Key.Key_Return, CTRL)
        qtbot.waitUntil(partial(is_told, steps, message))
        assert cure in words_on(steps._notice)
        assert "cport " not in words_on(steps._notice)
        assert (steps.step, steps.is_busy) == (0, False)
        assert steps.file.field.text() == "/media/stick/a.bundle"
        assert say.OUT_SAFE not in words_on(part)


def test_a_bundle_in_pieces_is_brought_in_and_says_what_it_brought(
    opened: Shell, part: StickSection, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    steps = bringing(opened, part, qtbot)
    QTest.keyClicks(steps.files.field, "/media/stick/a.001")
    QTest.keyClick(steps.files.field, Qt.Key.Key_Return)
    QTest.keyClicks(steps.files.field, "/media/stick/a.002")
    press(opened, qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: steps.step == 1)
    paths = (Path("/media/stick/a.001"), Path("/media/stick/a.002"))
    assert notes.of("bring_in") == [("bring_in", paths)]
    told = steps.outcome()
    assert told.startswith(say.IN_SAFE)
    assert "Bundle no. 118 of the portal" in told
    assert "41 new reports, 2 settled" in told
    assert say.IN_NEXT in told


def test_one_that_was_taken_in_before_counts_once_and_one_with_more_behind_it_says_so(
    opened: Shell, part: StickSection, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.exchanging.received = StickReceived(118, is_known=True, has_more=True)
    steps = bringing(opened, part, qtbot)
    steps.files.field.setPlainText("/media/stick/a.bundle")
    press(opened, qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: steps.step == 1)
    assert say.IN_BEFORE in steps.outcome()
    assert say.IN_NEXT_MORE in steps.outcome()


def test_a_bundle_that_may_not_be_used_says_why_and_nothing_is_taken_in(
    opened: Shell, part: StickSection, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    steps = bringing(opened, part, qtbot)
    faults: tuple[tuple[CportError, str, str], ...] = (
        (BundleOutOfOrder(sequence=5, missing=4), "bundle 4 is missing", "Receive bundle 4 first"),
        (PartsMissing(missing="2, 3", parts=3), "2, 3", "one folder"),
        (PartDamaged(path="a.002", part=2, parts=3), "a.002", "Copy this part again"),
    )
    for error, message, cure in faults:
        steps.files.field.setPlainText("/media/stick/a.001")
        notes.error = error
        press(opened, qtbot, Qt.Key.Key_Return, CTRL)
        qtbot.waitUntil(partial(is_told, steps, message))
        assert cure in words_on(steps._notice)
        assert steps.step == 0


def test_before_the_first_bundle_the_part_says_what_to_do(
    part: StickSection, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.exchanging.standing = StickStanding(None, None, True, operations=0, media=0)
    part.refresh()
    qtbot.waitUntil(lambda: say.NEXT_NOTHING in words_on(part))
    assert words_on(part).count(say.NONE_YET) == 2


def test_no_button_of_the_steps_is_clipped_in_the_smallest_window(
    opened: Shell, part: StickSection, qtbot: QtBot
) -> None:
    opened.resize(*SMALLEST)
    steps = carrying(opened, part, qtbot)
    qtbot.wait(60)
    assert opened.width() == SMALLEST[0]
    for made in part.findChildren(QAbstractButton):
        if made.isVisible():
            assert made.width() >= made.sizeHint().width(), made.text()
            assert made.accessibleName()
    bottom = steps._card.mapTo(part, steps._card.rect().bottomLeft()).y()
    assert bottom <= part.height()
    assert QApplication.focusWidget() is steps.file.field
