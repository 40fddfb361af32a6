"""The settings page: what is chosen counts, is kept, and is bounded by the machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSplitter, QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.bootstrap import furnish
from cport_desktop.domain.draft import THE_PREFERENCES, ColumnStand, TableLayout, layout_of
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.preferences import Preferences
from cport_desktop.settings import Settings, kept_language, scale
from cport_desktop.ui import figures, places
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.opening import make_desk
from cport_desktop.ui.page_table import SETTINGS
from cport_desktop.ui.shell import Frame, Shell
from cport_desktop.ui.theme import DARK
from cport_desktop.ui.views.settings_page import SettingsPage
from cport_desktop.ui.widgets.panes import usual_sizes
from cport_desktop.ui.widgets.rows_table import COMPACT_HEIGHT, ROW_HEIGHT
from cport_desktop.words import settings_page as say
from tests.builders import PASSPHRASE, make_vault, reopened
from tests.report_builders import a_report, new
from tests.ui.conftest import LONG, NotedRenewal, destroy_what_is_dropped
from tests.ui.synthetic_desk import RESOURCES
from tests.vault.erasing import apply

NINE = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def machine(tmp_path: Path) -> dict[str, str]:
    return {"XDG_STATE_HOME": str(tmp_path / "state")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = make_vault(tmp_path / "vault")
    with reopened(made) as vault:
        apply(vault, *(new(a_report(number)) for number in (1, 2, 3)))
    return made


@pytest.fixture
def shell(tmp_path: Path, folder: Path, machine: dict[str, str], qtbot: QtBot) -> Iterator[Shell]:
    settings = Settings(marks=tmp_path / "marks", lock_after_seconds=240.0)
    desk = make_desk(furnish(settings), folder, Nature.DEMO, environment=machine)
    made = Shell(desk, Frame(DARK, RESOURCES / "styles", NotedRenewal()))
    made.show()
    yield made
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible(), timeout=LONG)
    made.deleteLater()
    destroy_what_is_dropped()
    figures.tell_times(in_universal=False)


def entered(shell: Shell, qtbot: QtBot) -> MainWindow:
    shell.open(PASSPHRASE.decode())
    qtbot.waitUntil(lambda: shell.main is not None, timeout=LONG)
    assert shell.main is not None
    return shell.main


def settings_of(main: MainWindow) -> SettingsPage:
    main.show_page(places.SETTINGS)
    return main.pages.get(SETTINGS)


def choose(part: QWidget, key: Qt.Key, times: int = 1) -> None:
    """By keys: an arrow in a choice picks the next one."""
    part.setFocus()
    for _ in range(times):
        QTest.keyClick(part, key)


def pick(page: SettingsPage, name: str, label: str) -> None:
    """The choice of this name says this label, picked as a person would."""
    choice = getattr(page, name)
    at = choice.findText(label)
    assert at >= 0
    choose(choice, Qt.Key.Key_Home)
    choose(choice, Qt.Key.Key_Down, at)
    assert choice.currentText() == label


def test_times_are_told_in_utc_at_once_and_again_after_a_lock(shell: Shell, qtbot: QtBot) -> None:
    main = entered(shell, qtbot)
    page = settings_of(main)
    pick(page, "times", say.UNIVERSAL)
    assert figures.moment(NINE) == "2026-11-20 09:05Z"
    assert figures.moment_in_prose(NINE).endswith("09:05 UTC")
    shell.lock()
    assert not figures.tells_universal()
    qtbot.waitUntil(lambda: shell.unlock is not None and not shell.unlock.isHidden(), timeout=LONG)
    again = settings_of(entered(shell, qtbot))
    assert figures.tells_universal()
    assert again.times.currentText() == say.UNIVERSAL
    pick(again, "times", say.LOCAL)
    assert figures.moment(NINE) == f"{NINE.astimezone():%Y-%m-%d %H:%M}"


def test_rows_are_closer_in_every_table_that_was_not_told_otherwise(
    shell: Shell, qtbot: QtBot
) -> None:
    main = entered(shell, qtbot)
    reports = main.reports.table
    main.outbox.list.table.choose_layout(TableLayout(is_compact=False))
    page = settings_of(main)
    choose(page.compact, Qt.Key.Key_Space)
    assert reports.verticalHeader().defaultSectionSize() == COMPACT_HEIGHT
    assert main.outbox.list.table.verticalHeader().defaultSectionSize() == ROW_HEIGHT
    made_later = main.hash_lists.lists.list.table
    assert made_later.verticalHeader().defaultSectionSize() == COMPACT_HEIGHT
    choose(page.compact, Qt.Key.Key_Space)
    assert reports.verticalHeader().defaultSectionSize() == ROW_HEIGHT


def test_the_theme_is_worn_at_once_and_the_page_follows_the_key(shell: Shell, qtbot: QtBot) -> None:
    main = entered(shell, qtbot)
    page = settings_of(main)
    pick(page, "theme", say.THEMES["contrast"])
    assert main.stand().theme == "contrast"
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    QTest.keyClick(page, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.theme.currentText() == say.THEMES["dark"])


def test_a_window_locks_sooner_and_a_look_ends_sooner_and_never_later_than_the_machine_allows(
    shell: Shell, qtbot: QtBot
) -> None:
    main = entered(shell, qtbot)
    page = settings_of(main)
    locks = [page.lock_after.itemText(at) for at in range(page.lock_after.count())]
    assert locks == [
        say.machine_allows("4 minutes"),
        *(say.minutes(number) for number in (1, 2, 3)),
    ]
    pick(page, "lock_after", "1 minute")
    pick(page, "look_for", "2 seconds")
    assert main.media.pane.panel.looking.seconds == 2.0
    kept = page.preferences
    assert kept == Preferences(lock_after=60, look_for=2)
    assert shell._vigil._seconds == 60


def test_language_and_size_are_kept_on_this_machine(
    shell: Shell, machine: dict[str, str], qtbot: QtBot
) -> None:
    main = entered(shell, qtbot)
    page = settings_of(main)
    pick(page, "language", "Deutsch")
    qtbot.waitUntil(lambda: kept_language(machine) == "de", timeout=LONG)
    pick(page, "scale", say.percent(150))
    qtbot.waitUntil(lambda: scale(machine) == 150, timeout=LONG)
    main.show_page(places.OVERVIEW)
    main.show_page(places.SETTINGS)
    qtbot.waitUntil(lambda: page.scale.currentText() == say.percent(150), timeout=LONG)
    pick(page, "language", say.AS_THE_SYSTEM)
    qtbot.waitUntil(lambda: kept_language(machine) is None, timeout=LONG)


def test_what_was_kept_before_does_not_come_late_over_a_choice(
    shell: Shell, machine: dict[str, str], qtbot: QtBot
) -> None:
    main = entered(shell, qtbot)
    page = settings_of(main)
    may_answer = threading.Event()
    page._seat.lanes.keeping.ask(page, may_answer.wait)
    page.refresh()
    pick(page, "language", "Deutsch")
    may_answer.set()
    qtbot.waitUntil(lambda: kept_language(machine) == "de", timeout=LONG)
    page._seat.lanes.keeping.ask(page, lambda: None, then=lambda _: page.setObjectName("answered"))
    qtbot.waitUntil(lambda: page.objectName() == "answered", timeout=LONG)
    assert page.language.currentText() == "Deutsch"


def test_what_cannot_be_kept_on_this_machine_says_so(
    shell: Shell, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    page = settings_of(entered(shell, qtbot))
    pick(page, "scale", say.percent(125))
    qtbot.waitUntil(lambda: not page._notice.isHidden(), timeout=LONG)
    qtbot.waitUntil(lambda: page.scale.currentText() == say.percent(100), timeout=LONG)


def test_columns_and_panes_are_usual_again_and_that_is_taken_back(
    shell: Shell, qtbot: QtBot
) -> None:
    main = entered(shell, qtbot)
    table = main.reports.table
    narrow = TableLayout((ColumnStand("domain", 300),), is_compact=True)
    table.choose_layout(narrow)
    panes = next(each for each in main.reports.findChildren(QSplitter) if usual_sizes(each))
    panes.setSizes([780, 380])
    before = panes.sizes()
    page = settings_of(main)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    QTest.keyClick(page, Qt.Key.Key_R, ALT)
    assert page.undo.told() == say.WAS_RESET
    assert table.table_layout() == TableLayout()
    assert main._seat.drafting.latest(layout_of("reports")) is None
    page.undo.undo()
    assert table.table_layout() == narrow
    assert main._seat.drafting.latest(layout_of("reports")) == narrow
    assert panes.sizes() == before
    assert page.undo.told() == say.WAS_UNDONE


def test_triage_keys_are_on_when_the_reports_are_shown_if_one_likes(
    shell: Shell, qtbot: QtBot
) -> None:
    main = entered(shell, qtbot)
    choose(settings_of(main).triage, Qt.Key.Key_Space)
    shell.lock()
    qtbot.waitUntil(lambda: shell.unlock is not None and not shell.unlock.isHidden(), timeout=LONG)
    again = entered(shell, qtbot)
    again.show_page(places.REPORTS)
    qtbot.waitUntil(lambda: again.reports.triage.is_on, timeout=LONG)


def test_the_rules_of_the_unit_are_one_key_away(shell: Shell, qtbot: QtBot) -> None:
    main = entered(shell, qtbot)
    page = settings_of(main)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    QTest.keyClick(page, Qt.Key.Key_U, ALT)
    assert main.page == places.VAULT
    assert main.vault.section is main.vault.unit


def test_every_control_has_a_name_and_what_it_means(shell: Shell, qtbot: QtBot) -> None:
    page = settings_of(entered(shell, qtbot))
    reached = [
        part
        for part in page.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible()
    ]
    assert len(reached) >= 9
    assert [part for part in reached if not part.accessibleName()] == []
    assert page.language.accessibleDescription() == say.LANGUAGE_LATER


def test_nothing_is_kept_while_nothing_is_otherwise(shell: Shell, qtbot: QtBot) -> None:
    main = entered(shell, qtbot)
    page = settings_of(main)
    choose(page.compact, Qt.Key.Key_Space, 2)
    assert main._seat.drafting.latest(THE_PREFERENCES) is None
