"""One's own looking in the window: told to the one who looked, never in the way, and nobody else's."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cport_desktop.domain.breaks import BreakFigures, Due, OwnFigures
from cport_desktop.domain.exposure import Look
from cport_desktop.domain.roles import Role
from cport_desktop.domain.unit_rule import RuleName
from cport_desktop.formats import unit_rule_value as formats
from cport_desktop.ui import places
from cport_desktop.ui.exposure_watch import QUIET_MS
from cport_desktop.ui.looking import Looking, LookState
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.exposure_section import ExposureSection
from cport_desktop.ui.views.unit_section import UnitSection
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.words import exposure as words
from cport_desktop.words import exposure_page as say
from cport_desktop.words import unit_rules
from tests.builders import ANALYST
from tests.ui.conftest import LONG
from tests.ui.synthetic_desk import PASSPHRASE, MemoryVault
from tests.ui.synthetic_exposing import LAST_WEEK
from tests.ui.test_vault_page import button_that_says, dialog_of, field_named
from tests.ui.test_window import main_of, press

ALT = Qt.KeyboardModifier.AltModifier
QUICK_MS = 400
"""In place of `QUIET_MS`, which nobody wants to wait for here."""
QUIET = 10 * QUIET_MS


def own_part(main: MainWindow, qtbot: QtBot) -> ExposureSection:
    main.status.looked_wanted.emit()
    part = main.vault.exposure
    assert (main.page, main.vault.section) == (places.VAULT, part)
    qtbot.waitUntil(lambda: part.told() != "")
    return part


def unit_part(main: MainWindow, qtbot: QtBot) -> UnitSection:
    main.show_page(places.VAULT)
    main.vault.show_part(say.UNIT)
    qtbot.waitUntil(lambda: not main.vault.unit.list.is_empty)
    return main.vault.unit


def look_begun(main: MainWindow, qtbot: QtBot) -> Looking:
    """Somebody asked for a look at a media item."""
    main.show_page(places.MEDIA)
    qtbot.waitUntil(lambda: not main.media.is_empty)
    main.media.grid.choose(1)
    qtbot.waitUntil(lambda: main.media.pane.media_id is not None)
    looking = main.media.pane.panel.looking
    looking.press()
    return looking


def break_is_due(vault: MemoryVault, main: MainWindow) -> None:
    vault.exposing.due = Due.BREAK
    main.breaks.watch._quiet.setInterval(QUICK_MS)
    main.breaks.watch.ask()


# -- what was counted


def test_the_status_line_tells_today_and_leads_to_what_is_kept(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    qtbot.waitUntil(lambda: "Looked 5:12 · 127 avoided" in main.status.looked())
    part = own_part(main, qtbot)
    assert len(part.list.rows()) == 5
    assert "5 minutes in 52 looks, 127 views avoided" in part.told()
    assert part.weeks_told().startswith("Weeks of the unit: 2026-W46: too few, or not yet;")
    assert "2026-W45: 620 minutes and 4,810 views avoided, of 7" in part.weeks_told()


def test_it_is_asked_anew_after_each_look(opened: Shell, vault: MemoryVault, qtbot: QtBot) -> None:
    main = main_of(opened)
    qtbot.waitUntil(lambda: len(vault.exposing.of("today")) > 0)
    before = len(vault.exposing.of("today"))
    looking = look_begun(main, qtbot)
    qtbot.waitUntil(lambda: looking.state is LookState.SHOWN)
    looking.release()
    qtbot.waitUntil(lambda: len(vault.exposing.of("today")) == before + 1)
    assert len(vault.notes.of("end_reveal")) == 1, "what ended is written before it is asked for"


def test_without_a_personal_key_it_says_that_nothing_is_kept(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.exposing.is_kept = False
    shell.open(PASSPHRASE)
    qtbot.waitUntil(lambda: shell.main is not None)
    main = main_of(shell)
    main.status.add_looked(Look("grey", 42.3, 60.0))
    assert main.status.looked() == "Looked 0:42 this session"
    main.status.looked_wanted.emit()
    assert main.vault.exposure.list.words() == say.NOT_KEPT
    assert not button_that_says(say.CLEAR.rstrip("…"), main.vault.exposure).isEnabled()
    assert vault.exposing.of("today") == []


def test_ones_own_figures_are_asked_for_and_kept(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    part = own_part(main_of(opened), qtbot)
    press(opened, qtbot, Qt.Key.Key_B, ALT)
    dialog = dialog_of(part)
    field_named(say.AFTER, dialog).setText("soon")
    dialog.give()
    assert dialog.told() == say.NEEDS_MINUTES
    field_named(say.AFTER, dialog).setText("15")
    dialog.give()
    qtbot.waitUntil(lambda: vault.exposing.of("choose") == [("choose", OwnFigures(after=15))])
    qtbot.waitUntil(lambda: "after 15 minutes of looking" in part.told())


def test_last_week_is_told_exactly_before_it_is_given_once(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    part = own_part(main_of(opened), qtbot)
    press(opened, qtbot, Qt.Key.Key_G, ALT)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    dialog = dialog_of(part)
    assert vault.exposing.of("give") == []
    dialog.give()
    qtbot.waitUntil(lambda: vault.exposing.of("give") == [("give", LAST_WEEK)])
    qtbot.wait(50)
    dialog.reject()
    press(opened, qtbot, Qt.Key.Key_G, ALT)
    qtbot.waitUntil(lambda: words.WEEK_GIVEN in part._notice.message())


def test_clearing_is_asked_for_and_takes_all(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    part = own_part(main_of(opened), qtbot)
    press(opened, qtbot, Qt.Key.Key_E, ALT)
    dialog = dialog_of(part)
    assert vault.exposing.of("clear") == []
    dialog.give()
    qtbot.waitUntil(lambda: part.list.is_empty)
    assert vault.exposing.of("clear") == [("clear", None)]


# -- breaks


def test_that_a_break_is_due_is_said_and_takes_no_focus(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    focus = QApplication.focusWidget()
    break_is_due(vault, main)
    qtbot.waitUntil(lambda: main.breaks.words() != "", timeout=QUIET)
    assert "20 minutes" in main.breaks.words()
    assert say.NOTHING_REFUSED in main.breaks.words()
    assert QApplication.focusWidget() is focus
    vault.exposing.due = None
    main.breaks.watch.ask()
    qtbot.waitUntil(lambda: main.breaks.words() == "")


def test_it_is_not_said_while_somebody_types(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    asked = len(vault.exposing.of("today"))
    field = main.reports.query.field
    field.setFocus()
    break_is_due(vault, main)
    qtbot.waitUntil(lambda: len(vault.exposing.of("today")) > asked)
    for _ in range(15):
        QTest.keyClick(field, Qt.Key.Key_A)
        qtbot.wait(QUICK_MS // 5)
        assert main.breaks.words() == ""
    qtbot.waitUntil(lambda: main.breaks.words() != "", timeout=QUIET)
    assert QApplication.focusWidget() is field


def test_it_is_not_said_while_somebody_looks(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    vault.notes.reveal_may_answer.clear()
    looking = look_begun(main, qtbot)
    assert looking.is_under_way
    break_is_due(vault, main)
    qtbot.wait(3 * QUICK_MS)
    assert main.breaks.words() == ""
    vault.notes.reveal_may_answer.set()
    looking.release()
    qtbot.waitUntil(lambda: main.breaks.words() != "", timeout=QUIET)


def test_it_is_put_off_once_for_a_reason_that_nobody_keeps(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    break_is_due(vault, main)
    qtbot.waitUntil(lambda: main.breaks.words() != "", timeout=QUIET)
    button_that_says(say.PUT_OFF.rstrip("…"), main.breaks).click()
    main.breaks.put_off()
    assert vault.exposing.of("put_off") == [], "without a reason it is not put off"
    main.breaks.reason.setText("a reason of one's own")
    main.breaks.put_off()
    qtbot.waitUntil(lambda: main.breaks.words() == "")
    assert vault.exposing.of("put_off") == [("put_off",)]
    assert main.breaks.reason.text() == ""
    assert not any("one's own" in repr(call) for call in vault.notes.calls)
    vault.exposing.is_put_off = False
    main.breaks.watch.ask()
    qtbot.waitUntil(lambda: main.breaks.words() != "", timeout=QUIET)
    assert not main.breaks._later.isVisibleTo(main.breaks)


def test_where_the_units_figures_bind_it_says_that_nothing_is_shown(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    vault.exposing.unit = BreakFigures(is_binding=True)
    break_is_due(vault, main)
    qtbot.waitUntil(lambda: main.breaks.words() != "", timeout=QUIET)
    assert say.LOOKS_REFUSED in main.breaks.words()
    assert "which binds" in main.breaks.words()


def test_a_break_begins_with_a_lock_if_one_likes(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    break_is_due(vault, main)
    qtbot.waitUntil(lambda: main.breaks.words() != "", timeout=QUIET)
    button_that_says(say.TAKE_BREAK, main.breaks).click()
    qtbot.waitUntil(lambda: opened.main is None)
    qtbot.waitUntil(lambda: vault.notes.of("lock") != [])


# -- the rules of the unit


def test_everybody_reads_the_units_rules_and_what_each_is_for(opened: Shell, qtbot: QtBot) -> None:
    part = unit_part(main_of(opened), qtbot)
    assert [line.rule.name for line in part.list.rows()] == list(RuleName)
    assert "HEIC and JPEG 2000 are not, unless the unit wants them" in part.about()


@pytest.mark.parametrize(
    ("row", "words", "typed"), [(0, "HEIC, JPEG 2000", "heic,jp2"), (6, "yes", "yes")]
)
def test_a_supervisor_sets_one_of_few_values(
    opened: Shell, vault: MemoryVault, qtbot: QtBot, row: int, words: str, typed: str
) -> None:
    part = unit_part(main_of(opened), qtbot)
    part.list.table.choose(row)
    press(opened, qtbot, Qt.Key.Key_A, ALT)
    dialog = dialog_of(part)
    dialog.findChildren(Choice)[0].setCurrentText(words)
    dialog.give()
    qtbot.waitUntil(lambda: part.list.rows()[row].shown == typed)
    assert part.list.table.model().index(row, 1).data() == words


def test_what_may_be_typed_is_said_of_each_rule_as_it_is_read() -> None:
    for name, typed in formats.ACCEPTED.items():
        if name not in formats.CHOICES:
            figures = re.findall(r"\d+", typed)
            assert re.findall(r"\d+", unit_rules.accepted(name.value)) == figures


def test_a_supervisor_types_a_number(opened: Shell, vault: MemoryVault, qtbot: QtBot) -> None:
    part = unit_part(main_of(opened), qtbot)
    part.list.table.choose(5)
    press(opened, qtbot, Qt.Key.Key_A, ALT)
    dialog = dialog_of(part)
    (field,) = [each for each in [dialog._first] if each is not None]
    assert field.text() == "0"  # type: ignore[attr-defined]
    field.setText("90")  # type: ignore[attr-defined]
    dialog.give()
    qtbot.waitUntil(lambda: vault.rules.rules[RuleName.DAY_CAP].value == 90)


def test_nobody_else_is_offered_to(shell: Shell, vault: MemoryVault, qtbot: QtBot) -> None:
    vault.keeping.roles = frozenset({Role.ANALYST})
    shell.open(PASSPHRASE)
    qtbot.waitUntil(lambda: shell.main is not None)
    part = unit_part(main_of(shell), qtbot)
    assert part._buttons == []
    part.change()
    assert QApplication.activeModalWidget() is None


# -- for real


def test_over_a_real_vault_figures_and_rules_are_kept(main: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: main.status.looked() == "Looked 0:00 · 0 avoided", timeout=LONG)
    session = main._seat.session
    session.exposing.choose(OwnFigures(after=7))
    main.status.looked_wanted.emit()
    qtbot.waitUntil(lambda: "after 7 minutes" in main.vault.exposure.told(), timeout=LONG)
    assert main.vault.exposure.list.words() == say.NO_DAYS
    session.rules_of_unit.set_rule("media.formats", "heic")
    part = unit_part(main, qtbot)
    assert (part.list.rows()[0].shown, part.list.rows()[0].rule.set_by) == ("heic", ANALYST)
    main.vault.show_part(say.OWN)
    main.vault.exposure.ask_give()
    qtbot.waitUntil(lambda: words.WEEK_EMPTY in main.vault.exposure._notice.message(), timeout=LONG)
