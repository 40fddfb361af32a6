"""Pages of the window: made when they are first shown, and then as if they had been there all along."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import THE_WINDOW, ListStand, Typed, WindowStand
from cport_desktop.domain.exposure import Look
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.media_item import RevealLevel
from cport_desktop.domain.roles import Role
from cport_desktop.ui import places
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.page_table import HOTLINES, PAGES, REPORTS
from cport_desktop.ui.shell import Frame, Shell
from cport_desktop.ui.theme import DARK, LIGHT
from tests.ui.conftest import NotedRenewal, destroy_what_is_dropped
from tests.ui.synthetic_desk import PASSPHRASE, RESOURCES, MemoryVault
from tests.ui.synthetic_keeping import MemoryKeeping
from tests.ui.synthetic_knowing import a_known_list
from tests.ui.test_window import main_of, words_on


def made(main: MainWindow) -> list[int]:
    return [entry.place for entry in PAGES if main.pages.if_made(entry) is not None]


def entered(shell: Shell, qtbot: QtBot) -> MainWindow:
    shell.open(PASSPHRASE)
    qtbot.waitUntil(lambda: shell.main is not None)
    return main_of(shell)


# -- the table


def test_every_place_is_one_page_s_and_every_key_too() -> None:
    assert sorted(entry.place for entry in PAGES) == list(range(len(PAGES)))
    keys = [entry.key for entry in PAGES]
    assert len(set(keys)) == len(keys)
    assert all(entry.own_key for entry in PAGES if entry.place > 8)


# -- made when shown


def test_unlocking_makes_the_first_page_and_no_other(opened: Shell, qtbot: QtBot) -> None:
    main = main_of(opened)
    qtbot.waitUntil(lambda: "separate process" in words_on(main.status))
    assert made(main) == [places.REPORTS]
    main.show_page(places.OUTBOX)
    assert made(main) == [places.REPORTS, places.OUTBOX]


def test_an_auditor_has_no_page_made_but_their_own(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.keeping = MemoryKeeping(roles=frozenset({Role.AUDITOR}))
    main = entered(shell, qtbot)
    main.ways.report_wanted.emit(ReportId(1))
    main.ways.medium_wanted.emit(MediaId(1))
    main.ways.tasks_wanted.emit()
    assert (main.page, made(main)) == (places.AUDIT, [places.AUDIT])


def test_changes_and_the_end_of_looks_make_no_page(opened: Shell) -> None:
    main = main_of(opened)
    main.apply(~Changes.NOTHING)
    main.veil()
    opened.wear(LIGHT)
    assert made(main) == [places.REPORTS]


def test_a_page_asks_nothing_before_it_is_shown(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    assert vault.notes.of("media_page") == []
    main.show_page(places.MEDIA)
    qtbot.waitUntil(lambda: not main.media.is_empty)
    assert len(vault.notes.of("media_page")) == 1
    main.show_page(places.REPORTS)
    main.show_page(places.MEDIA)
    assert len(vault.notes.of("media_page")) == 1


def test_what_an_exchange_brings_is_seen_on_the_page_that_is_shown(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    main.show_page(places.HASH_LISTS)
    lists = main.hash_lists.lists.list
    qtbot.waitUntil(lambda: lists.model.rowCount() == 3)
    vault.knowing.lists.append(a_known_list(4))
    main.exchange.ended.emit()
    qtbot.waitUntil(lambda: lists.model.rowCount() == 4)


@pytest.fixture
def noted(vault: MemoryVault, renewal: NotedRenewal, qtbot: QtBot) -> Iterator[Shell]:
    """A window that notes when the decoders are tried."""

    def try_decoders() -> str:
        vault.notes.calls.append(("sandbox_level",))
        return "process"

    desk = replace(vault.desk(), sandbox_level=try_decoders)
    shell = Shell(desk, Frame(DARK, RESOURCES / "styles", renewal))
    shell.show()
    yield shell
    shell.close()
    qtbot.waitUntil(lambda: not shell.isVisible())
    shell.deleteLater()
    destroy_what_is_dropped()


def test_what_nobody_waits_for_comes_after_the_first_page(
    noted: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    entered(noted, qtbot)
    qtbot.waitUntil(lambda: vault.notes.of("sandbox_level") != [])
    asked = [call[0] for call in vault.notes.calls]
    assert asked.index("search") < asked.index("sandbox_level")


# -- as if it had been there


def test_a_page_that_comes_later_says_how_old_it_is_and_wears_the_theme(
    opened: Shell, qtbot: QtBot
) -> None:
    main = main_of(opened)
    opened.wear(LIGHT)
    main.show_page(places.HOTLINES)
    qtbot.waitUntil(lambda: not main.hotlines.is_empty)
    assert "3 h ago" in words_on(main.hotlines)
    light = main.hotlines.table.grab().toImage()
    opened.wear(LIGHT)  # Worn once more by all: there was nothing left to be worn.
    assert main.hotlines.table.grab().toImage() == light
    opened.wear(DARK)
    assert main.hotlines.table.grab().toImage() != light


def test_a_look_on_a_page_that_comes_later_is_counted_at_once(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    main.show_page(places.MEDIA)
    qtbot.waitUntil(lambda: vault.exposing.calls.count(("today",)) == 1)
    main.media.pane.panel.looking.looked.emit(Look(RevealLevel.GREY.value, 2.0, 20.0))
    qtbot.waitUntil(lambda: vault.exposing.calls.count(("today",)) == 2)


def test_a_lock_that_is_asked_for_on_a_page_that_comes_later_locks(opened: Shell) -> None:
    main_of(opened).media.pane.acts.lock_wanted.emit()
    assert opened.main is None


# -- where it stood


MEDIA_STOOD = ListStand(Typed("kind:image", 10, 10), asked="kind:image", rows=40, item=3)
REPORTS_STOOD = ListStand(rows=200, item=41, sort="received")


def test_where_a_page_stood_is_remembered_though_it_was_not_shown(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    before = WindowStand(media=MEDIA_STOOD)
    vault.notes.drafts[THE_WINDOW] = before
    main = entered(shell, qtbot)
    assert (main.page, main.stand().media) == (places.REPORTS, before.media)
    main.show_page(places.MEDIA)
    assert (main.media.query.text(), main.media.query_text) == ("kind:image", "kind:image")


def test_a_query_that_found_nothing_is_remembered_with_what_was_typed_since(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    reports = ListStand(Typed("nothing here", 12, 12), asked="nothing", sort="received")
    media = ListStand(Typed("nothing", 7, 7), asked="nothing")
    vault.notes.drafts[THE_WINDOW] = WindowStand(reports=reports, media=media)
    main = entered(shell, qtbot)
    assert (main.reports.query.text(), main.reports.query_text) == ("nothing here", "nothing")
    assert (main.media.query.text(), main.media.query_text) == ("nothing", "nothing")


def test_a_report_that_is_asked_for_elsewhere_goes_before_the_one_that_was_open(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.notes.drafts[THE_WINDOW] = WindowStand(page=places.MEDIA, reports=REPORTS_STOOD)
    main = entered(shell, qtbot)
    assert made(main) == [places.MEDIA]
    main.ways.report_wanted.emit(ReportId(77))
    qtbot.waitUntil(lambda: main.reports.pane.report_id is not None)
    assert (main.page, main.reports.pane.report_id) == (places.REPORTS, 77)


# -- ready before anybody waits


COUNTING = """
import enum
from PySide6.QtWidgets import QApplication, QListView
from cport_desktop.ui.warming import warm_up
made, make = [], enum.EnumType._create_
def count(kind, name, *arguments, **named):
    made.append(name)
    return make(kind, name, *arguments, **named)
enum.EnumType._create_ = count
application = QApplication(["", "-platform", "offscreen"])
warm_up()
early = len(made)
QListView().viewport()
print(early, len(made) - early)
"""


def test_enumerations_are_made_at_the_door_and_not_with_the_first_page() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COUNTING], capture_output=True, text=True, check=True
    )
    early, late = map(int, done.stdout.split())
    assert early > 50
    assert late == 0


def test_a_window_that_needs_a_page_gets_the_one_that_is_shown(opened: Shell) -> None:
    main = main_of(opened)
    main.show_page(places.HOTLINES)
    assert main.pages.get(HOTLINES).isVisible()
    assert main.reports is main.pages.get(REPORTS)
    assert made(main) == [places.REPORTS, places.HOTLINES]
