"""A page that loads again takes nothing away from somebody who looks, unless what they look at is other."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import MediaId
from cport_desktop.ui import places
from cport_desktop.ui.looking import LookState
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.widgets.look_panel import LookPanel
from cport_desktop.ui.widgets.veil_strip import VeilStrip
from tests.ui.synthetic_desk import LAST_REPORT, MemoryVault
from tests.ui.test_window import main_of, open_first_media_item, open_report

_ALL = Changes.REPORTS | Changes.MEDIA | Changes.OPERATIONS | Changes.HOTLINES


def on_the_media_page(main: MainWindow, qtbot: QtBot) -> LookPanel:
    main.show_page(places.MEDIA)
    open_first_media_item(main, qtbot)
    return main.media.pane.panel


def on_the_page_of_a_report(main: MainWindow, qtbot: QtBot) -> LookPanel:
    open_report(main, LAST_REPORT - 1, qtbot)
    main.reports.pane.complete()
    (strip,) = main.reports.pane.findChildren(VeilStrip)
    qtbot.waitUntil(lambda: strip.veil(1) is not None)
    strip.choose(1)  # The first one is a film.
    (panel,) = main.reports.pane.findChildren(LookPanel)
    return panel


PLACES = pytest.mark.parametrize(
    ("at", "verb"), [(on_the_media_page, "media_page"), (on_the_page_of_a_report, "search")]
)


def look(panel: LookPanel, qtbot: QtBot) -> MediaId:
    """Somebody looks; at what."""
    panel.looking.press()
    qtbot.waitUntil(lambda: panel.looking.state is LookState.SHOWN)
    assert panel.looked_at is not None
    return panel.looked_at.media_id


@PLACES
def test_what_an_exchange_brought_is_shown_when_the_look_is_over(
    opened: Shell, vault: MemoryVault, qtbot: QtBot, at, verb: str
) -> None:
    main = main_of(opened)
    panel = at(main, qtbot)
    look(panel, qtbot)
    asked = len(vault.notes.of(verb))
    for _ in range(3):
        main.apply(_ALL)
    qtbot.wait(30)
    assert panel.looking.state is LookState.SHOWN
    assert len(vault.notes.of(verb)) == asked
    panel.looking.release()
    qtbot.waitUntil(lambda: len(vault.notes.of(verb)) == asked + 1)


@PLACES
def test_what_is_not_what_it_was_any_more_is_veiled_at_once(
    opened: Shell, vault: MemoryVault, qtbot: QtBot, at, verb: str
) -> None:
    main = main_of(opened)
    panel = at(main, qtbot)
    looking = panel.looking
    vault.playing.other_by_now.add(look(panel, qtbot))
    asked = len(vault.notes.of(verb))
    veiled: list[bool] = []
    looking.changed.connect(lambda: veiled.append(looking.image is None))
    main.apply(_ALL)
    qtbot.waitUntil(lambda: veiled[:1] == [True])
    qtbot.waitUntil(lambda: len(vault.notes.of(verb)) == asked + 1)


def test_a_page_that_is_left_meanwhile_loads_when_it_is_shown_again(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    panel = on_the_media_page(main, qtbot)
    look(panel, qtbot)
    main.apply(Changes.MEDIA)
    main.show_page(places.REPORTS)
    assert panel.looking.state is LookState.VEILED
    asked = len(vault.notes.of("media_page"))
    main.show_page(places.MEDIA)
    qtbot.wait(30)
    assert len(vault.notes.of("media_page")) >= asked
    assert main.pages._stale.isdisjoint({places.MEDIA})
