"""A package of the reports of a stack: composed from where stacks are looked at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cport_desktop.domain.agreement import Function
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.compose_dialog import ComposeDialog
from cport_desktop.ui.views.media_page import MediaPage
from cport_desktop.words.composing_page import NO_STACK
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.test_stacks import LEAD, one_stack, page, press, stacks
from tests.ui.test_window import CTRL, main_of, words_on

__all__ = ["one_stack", "page", "stacks"]


def composer(shell: Shell, qtbot: QtBot) -> ComposeDialog:
    leaving = main_of(shell).leaving
    qtbot.waitUntil(lambda: leaving.is_composing)
    assert leaving.composer is not None
    return leaving.composer


def test_a_package_is_composed_of_the_stack_that_is_open(
    one_stack: MediaPage, opened: Shell, qtbot: QtBot
) -> None:
    press(opened, qtbot, Qt.Key.Key_E, CTRL)
    dialog = composer(opened, qtbot)
    assert dialog.form.choice == f"stack:M-{LEAD}"
    assert f"All that match “stack:M-{LEAD}”" in [
        made.accessibleName() for made in dialog.form._group.buttons()
    ]
    dialog.discard()


def test_a_package_is_composed_of_the_stack_that_is_current(
    stacks: MediaPage, opened: Shell, qtbot: QtBot
) -> None:
    stacks.stacks.grid.choose(1)
    stack = stacks.stacks.in_hand
    assert stack is not None
    stacks.stacks._package.click()
    assert composer(opened, qtbot).form.choice == f"stack:M-{stack.stack_id}"
    composer(opened, qtbot).discard()


def test_among_items_it_is_said_what_a_package_is_composed_of(
    page: MediaPage, opened: Shell, qtbot: QtBot
) -> None:
    press(opened, qtbot, Qt.Key.Key_E, CTRL)
    main = main_of(opened)
    qtbot.waitUntil(lambda: NO_STACK in words_on(main))
    assert not main.leaving.is_composing


def test_what_the_agreement_does_not_grant_is_offered_for_no_stack(
    stacks: MediaPage, vault: MemoryVault, opened: Shell
) -> None:
    assert stacks.stacks._package.isVisibleTo(stacks)
    stacks._seat.allowed.absent = {Function.PACKAGE_COMPOSE.value: "no clause"}
    stacks.stacks.show_allowed()
    assert not stacks.stacks._package.isVisibleTo(stacks)
    main_of(opened).compose()
    assert not main_of(opened).leaving.is_composing
