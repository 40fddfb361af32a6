"""Practising: a demo of its own, which knows nothing of the vault beside it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cport_desktop.domain.nature import Nature
from cport_desktop.ui.rehearsing import ProcessRehearsal, Stage, demo_command
from cport_desktop.ui.shell import Frame, Shell
from cport_desktop.ui.theme import DARK
from cport_desktop.ui.views.rehearsal_dialog import RehearsalDialog
from cport_desktop.words import guide as say
from tests.ui.conftest import NotedRenewal, destroy_what_is_dropped
from tests.ui.synthetic_desk import RESOURCES, MemoryVault
from tests.ui.test_window import button_named, words_on

LONG = 20_000


def doing(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def a_shell(vault: MemoryVault, rehearsal: ProcessRehearsal | None) -> Shell:
    frame = Frame(DARK, RESOURCES / "styles", NotedRenewal(), rehearsal=rehearsal)
    shell = Shell(vault.desk(), frame)
    shell.show()
    return shell


@pytest.fixture
def live(vault: MemoryVault) -> MemoryVault:
    vault.nature = Nature.LIVE
    return vault


@pytest.fixture
def door(live: MemoryVault, qtbot: QtBot) -> Iterator[Shell]:
    made = a_shell(live, ProcessRehearsal(doing("import time; time.sleep(0.2)"), {}))
    yield made
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible())
    made.deleteLater()
    destroy_what_is_dropped()


def test_it_is_begun_from_the_door_and_said_to_be_over(door: Shell, qtbot: QtBot) -> None:
    door.activateWindow()
    qtbot.waitUntil(door.isActiveWindow)
    QTest.keyClick(
        QApplication.focusWidget() or door, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier
    )
    dialog = door.findChild(RehearsalDialog)
    assert dialog is not None
    assert say.PRACTISE_HINT in words_on(dialog)
    dialog.give()
    assert dialog.told() == say.MAKING
    qtbot.waitUntil(lambda: dialog.told() == say.ENDED, timeout=LONG)
    dialog.reject()


def _says(dialog: RehearsalDialog, sentence: str) -> bool:
    return dialog.told() == sentence


def test_what_could_not_be_started_is_said(qtbot: QtBot, door: Shell) -> None:
    for command in (("/no/such/program",), doing("raise SystemExit(3)")):
        dialog = RehearsalDialog(door, ProcessRehearsal(command, {}))
        dialog.open()
        dialog.give()
        qtbot.waitUntil(partial(_says, dialog, say.FAILED), timeout=LONG)
        dialog.reject()


def test_begun_twice_it_runs_once(qtbot: QtBot) -> None:
    rehearsal = ProcessRehearsal(doing("import time; time.sleep(0.3)"), {})
    assert rehearsal.stage() is Stage.NOT_BEGUN
    rehearsal.begin()
    first = rehearsal._process
    rehearsal.begin()
    assert rehearsal._process is first
    qtbot.waitUntil(lambda: rehearsal.stage() is Stage.ENDED, timeout=LONG)


def test_it_is_told_nothing_of_this_vault(qtbot: QtBot) -> None:
    code = (
        "import os, sys; sys.exit(any(n.startswith('CPORT_') for n in os.environ)"
        " or os.environ['KEPT'] != 'yes' or sys.stdin.read() != '')"
    )
    told = {"CPORT_VAULT": "/somewhere", "CPORT_WINDOW": "x", "KEPT": "yes"}
    rehearsal = ProcessRehearsal(doing(code), told)
    rehearsal.begin()
    qtbot.waitUntil(lambda: rehearsal.stage() is not Stage.RUNNING, timeout=LONG)
    assert rehearsal.stage() is Stage.ENDED


def test_it_is_the_demo_of_this_program_without_this_vaults_arguments() -> None:
    arguments = ["--vault", "/real", "window"]
    whole = ["/usr/bin/python3", "-m", "cport_desktop", *arguments]
    command = demo_command("/usr/bin/python3", whole, arguments)
    assert command[:3] == ("/usr/bin/python3", "-m", "cport_desktop")
    assert "demo" in command
    assert "/real" not in command


def test_a_demo_vault_offers_no_second_one(vault: MemoryVault, qtbot: QtBot) -> None:
    shell = a_shell(vault, ProcessRehearsal(doing("pass"), {}))
    assert shell.unlock is not None
    practise = button_named(f"{say.PRACTISE}, {say.PRACTISE_KEY}", shell.unlock)
    assert not practise.isVisibleTo(shell)
    shell.close()
    shell.deleteLater()
    destroy_what_is_dropped()
