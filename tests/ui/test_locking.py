"""When a window locks, and that nothing keeps it from doing so."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from cport_desktop.clock import Clock
from cport_desktop.ui import places
from cport_desktop.ui.renewal import (
    Place,
    Remains,
    Why,
    parse_remains,
    same_command,
)
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.compose_dialog import ComposeDialog
from cport_desktop.ui.vigil import Vigil
from cport_desktop.words.locking import LOCKED_BECAUSE
from tests.ui.conftest import NotedRenewal
from tests.ui.synthetic_desk import CANARY, PASSPHRASE, MemoryVault
from tests.ui.test_window import main_of, words_on


def is_open(shell: Shell) -> bool:
    return shell.main is not None


def stroke(
    shell: Shell,
    key: Qt.Key,
    held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """A key as the display server brings it: to the window that has the keyboard."""
    front = QApplication.activePopupWidget() or QApplication.activeModalWidget() or shell
    QTest.keyClick(front.window().windowHandle(), key, held)


def click(shell: Shell) -> None:
    """As the display server brings it."""
    QTest.mouseClick(shell.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(700, 400))


def test_the_panic_key_waits_for_nothing(
    opened: Shell, vault: MemoryVault, renewal: NotedRenewal
) -> None:
    vault.notes.draft_may_be_written.clear()
    main_of(opened).reports.pane.edit_feedback()
    QTest.keyClicks(opened.focusWidget(), "a")
    lanes = opened._lanes
    assert lanes is not None
    stroke(opened, Qt.Key.Key_F12)
    assert renewal.asked[0].why is Why.PANIC
    assert opened.main is None
    assert CANARY not in words_on(opened)
    assert vault.notes.of("lock") == []
    # Here the process goes on, and its threads with it.
    vault.notes.draft_may_be_written.set()
    for farewell in lanes.farewells():
        farewell()


@pytest.mark.qt_log_ignore("does not support", extend=True)
@pytest.mark.parametrize("what", ["package", "files", "menu"])
def test_the_panic_key_works_over_every_dialog(
    opened: Shell, renewal: NotedRenewal, qtbot: QtBot, what: str
) -> None:
    main = main_of(opened)
    if what == "menu":
        main.reports.table.setFocus()
        stroke(opened, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
        menu = main.reports.findChild(QMenu)
        assert menu is not None
        qtbot.waitUntil(menu.isVisible)
    else:
        main.compose()
        dialog = main.findChild(ComposeDialog)
        assert dialog is not None
        if what == "files":
            dialog.form.choose_path()
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    stroke(opened, Qt.Key.Key_Pause)
    assert renewal.asked
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not opened]
    assert not [w for w in shown if isinstance(w, QDialog | QMenu)]


def test_the_panic_key_in_the_middle_of_unlocking_replaces_the_process(
    shell: Shell, renewal: NotedRenewal
) -> None:
    shell.open(PASSPHRASE)
    stroke(shell, Qt.Key.Key_F12)
    assert renewal.asked


def test_a_window_that_nobody_uses_locks_once(
    opened: Shell, vault: MemoryVault, renewal: NotedRenewal, qtbot: QtBot
) -> None:
    opened._vigil.look()
    assert is_open(opened)
    vault.clock.advance(timedelta(seconds=239))
    opened._vigil.look()
    assert is_open(opened)
    vault.clock.advance(timedelta(seconds=2))
    opened._vigil.look()
    opened._vigil.look()
    assert not is_open(opened)
    qtbot.waitUntil(lambda: [remains.why for remains in renewal.asked] == [Why.IDLE])


def test_any_key_or_click_in_the_window_keeps_it_open(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    for _ in range(3):
        vault.clock.advance(timedelta(seconds=200))
        stroke(opened, Qt.Key.Key_Shift)
        opened._vigil.look()
    vault.clock.advance(timedelta(seconds=200))
    click(opened)
    vault.clock.advance(timedelta(seconds=200))
    opened._vigil.look()
    assert opened.main is not None


def test_work_that_does_not_end_does_not_hold_up_the_renewal(
    opened: Shell, vault: MemoryVault, renewal: NotedRenewal, qtbot: QtBot
) -> None:
    vault.notes.draft_may_be_written.clear()
    main_of(opened).reports.pane.edit_feedback()
    QTest.keyClicks(opened.focusWidget(), "a")
    opened.lock(Why.SLEEP)
    qtbot.waitUntil(lambda: bool(renewal.asked), timeout=30_000)
    assert vault.notes.of("lock") == []
    assert renewal.asked[0].why is Why.SLEEP
    vault.notes.draft_may_be_written.set()


def test_closing_a_window_whose_work_hangs_ends_the_process(
    opened: Shell, vault: MemoryVault, renewal: NotedRenewal, qtbot: QtBot
) -> None:
    vault.notes.draft_may_be_written.clear()
    main_of(opened).reports.pane.edit_feedback()
    QTest.keyClicks(opened.focusWidget(), "a")
    opened.close()
    qtbot.waitUntil(lambda: renewal.ended == 1, timeout=30_000)
    assert renewal.asked == []
    vault.notes.draft_may_be_written.set()


def test_nothing_replaces_the_process_at_a_door_where_nothing_was_typed(
    shell: Shell, renewal: NotedRenewal
) -> None:
    shell.lock(Why.SCREEN)
    assert renewal.asked == []


def test_after_a_refusal_a_lock_replaces_the_process_too(
    shell: Shell, vault: MemoryVault, renewal: NotedRenewal, qtbot: QtBot
) -> None:
    shell.open("not it")
    qtbot.waitUntil(lambda: "wrong_passphrase" in words_on(shell))
    shell.lock(Why.SCREEN)
    assert [remains.why for remains in renewal.asked] == [Why.SCREEN]


def test_what_is_handed_on_is_read_back_and_nothing_else_is() -> None:
    whole = Remains(Place(-3, 20, 1366, 768, is_maximised=True), "dark", Why.IDLE)
    assert parse_remains(whole.print()) == whole
    for wrong in (
        None,
        "",
        "1,2,3,4 dark",
        "1,2,3,4 da/rk idle",
        "1,2,3,4 dark else",
        "x dark idle",
    ):
        assert parse_remains(wrong) is None


def test_every_reason_has_its_sentence_at_the_door() -> None:
    assert {why.value for why in Why} == set(LOCKED_BECAUSE)


def test_the_same_command_without_the_descriptor_of_a_passphrase() -> None:
    original = [
        "python",
        "-I",
        "-m",
        "cport_desktop",
        "--vault",
        "V",
        "--passphrase-fd",
        "3",
        "window",
    ]
    assert same_command("/usr/bin/python3", original, original[4:]) == (
        "/usr/bin/python3", "-I", "-m", "cport_desktop", "--vault", "V", "window",
    )  # fmt: skip
    joined = ["cport-desktop", "--passphrase-fd=0", "--vault=V"]
    assert same_command("/opt/cport-desktop", joined, joined[1:]) == (
        "/opt/cport-desktop",
        "--vault=V",
    )


def test_children_of_the_image_before_are_reaped_and_living_ones_left_alone() -> None:
    program = (
        "import os, sys\n"
        "from cport_desktop.ui.renewal import reap_the_dead\n"
        "if os.fork() == 0:\n    os._exit(0)\n"
        "os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)\n"
        "alive = os.fork()\n"
        "if alive == 0:\n    os.read(0, 1); os._exit(0)\n"
        "assert reap_the_dead() == 1\n"
        "os.kill(alive, 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=b"", capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="there is no exec elsewhere")
def test_without_a_new_image_the_process_ends() -> None:
    program = (
        "from cport_desktop.ui.renewal import *\n"
        "ProcessRenewal(('/nowhere/at/all',), {}).again("
        "Remains(Place(0, 0, 1, 1), 'dark', Why.HAND))\n"
        "print('went on')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 70
    assert done.stdout == b""


class Counting(Vigil):
    """Remembers whose events it was shown."""

    def __init__(self, clock: Clock) -> None:
        self.seen: list[QObject] = []
        super().__init__(clock, seconds=60)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen.append(watched)
        return super().eventFilter(watched, event)


def test_what_widgets_send_one_another_is_not_looked_at(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    vigil = Counting(vault.clock)
    main_of(opened).show_page(places.CASES)
    stroke(opened, Qt.Key.Key_Shift)
    qtbot.waitUntil(lambda: bool(vigil.seen))
    vigil.end()
    assert all(isinstance(each, QWindow) for each in vigil.seen)
