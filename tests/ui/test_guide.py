"""A new vault says what is still to be done, and leads there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cport_desktop.domain.roles import Role
from cport_desktop.ui import places
from cport_desktop.ui.desk import Freshness
from cport_desktop.ui.first_steps import Step, first_steps
from cport_desktop.ui.guiding import AWAY, BEGUN
from cport_desktop.ui.keeping_lines import KeptLine
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.guide_dialog import GuideDialog
from cport_desktop.words import guide as say
from cport_desktop.words import vault_page
from tests.ui.accessible_walk import faults_of, faults_of_tab
from tests.ui.synthetic_desk import NOON, MemoryVault
from tests.ui.synthetic_keeping import MemoryKeeping
from tests.ui.test_window import button_named, main_of, words_on


def guide_of(main: MainWindow, qtbot: QtBot) -> GuideDialog:
    """All steps, as they stand."""
    main.guiding.open()
    dialog = main.findChild(GuideDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: say.VAULT in words_on(dialog))
    return dialog


def test_a_new_vault_says_how_far_it_is_and_what_comes_next(main: MainWindow, qtbot: QtBot) -> None:
    strip = main.guiding.strip
    qtbot.waitUntil(strip.isVisible)
    assert say.how_far(1, len(Step)) in words_on(strip)
    assert say.next_step(say.RECOVERY) in words_on(strip)
    button_named(say.OPEN, strip).click()
    assert main.page == places.VAULT
    assert main.vault.section.title == vault_page.SLOTS
    assert main.stand().guide == BEGUN


def test_all_steps_stand_in_the_guide_and_each_leads_to_its_place(
    main: MainWindow, qtbot: QtBot
) -> None:
    dialog = guide_of(main, qtbot)
    assert words_on(dialog).count(say.TO_DO) == len(Step) - 1
    assert words_on(dialog).count(say.DONE) == 1
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert faults_of(dialog) + faults_of_tab(dialog) == []
    button_named(say.open_step(say.BACKED_UP), dialog).click()
    assert main.page == places.VAULT
    assert main.vault.section.title == vault_page.BACKUPS
    main.guiding.go(Step.EXCHANGED.value)
    assert main.page == places.EXCHANGE
    main.guiding.go(Step.ENROLLED.value)
    assert main.page == places.AGREEMENT


def test_who_wants_it_away_is_not_told_again(main: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(main.guiding.strip.isVisible)
    dialog = guide_of(main, qtbot)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    assert main.guiding.strip.isHidden()
    assert main.stand().guide == AWAY
    main.guiding.look_again()
    qtbot.wait(50)
    assert main.guiding.strip.isHidden()


def test_a_vault_that_is_at_work_is_left_alone(opened: Shell, qtbot: QtBot) -> None:
    main = main_of(opened)
    qtbot.wait(50)
    assert main.guiding.strip.isHidden()
    assert main.stand().guide == ""


def test_what_is_done_is_seen_and_not_ticked_off() -> None:
    vault = MemoryVault()
    vault.heard = None
    before = {line.step: line.is_done for line in first_steps(vault.session())}
    assert before[Step.RECOVERY]
    assert before[Step.ENROLLED]
    assert not before[Step.EXCHANGED]
    assert not before[Step.BACKED_UP]
    vault.heard = Freshness(NOON, "https")
    vault.keeping.records.append(KeptLine(NOON, "backup", True, "sound", "/backups/one"))
    vault.keeping.records.append(KeptLine(NOON, "drill", False, "unsound", "/backups/one"))
    after = {line.step: line.is_done for line in first_steps(vault.session())}
    assert after[Step.EXCHANGED]
    assert after[Step.BACKED_UP]
    assert not after[Step.DRILLED]


def test_what_takes_another_role_is_for_somebody_else() -> None:
    vault = MemoryVault()
    vault.keeping = MemoryKeeping(roles=frozenset({Role.ANALYST}))
    mine = {line.step for line in first_steps(vault.session()) if line.is_mine}
    assert Step.EXCHANGED in mine
    assert Step.BACKED_UP not in mine
