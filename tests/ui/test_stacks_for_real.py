"""Stacks and what lists know in the window, over a demo vault: real use cases, decoders in their
children, and a portal behind TLS on this machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cport_desktop.clock import SystemClock
from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.pictures import Pictures
from cport_desktop.demo.scenario import Scenario
from cport_desktop.demo.server import RunningServer, running_server
from cport_desktop.domain.nature import Nature
from cport_desktop.formats import taxonomies
from cport_desktop.ui import places
from cport_desktop.ui.exchanging_lines import OutboxView
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.views.media_page import MediaPage
from cport_desktop.ui.views.stack_assess_dialog import StackAssessDialog
from cport_desktop.words import stack_page
from tests.ui.conftest import LONG
from tests.ui.synthetic_desk import RESOURCES
from tests.ui.test_exchange_by_network import enrol, synchronise
from tests.ui.test_window import words_on


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Gateway]:
    """With as many reports as it takes for some pictures to come again otherwise."""
    made = Gateway(
        tmp_path / "gateway",
        scenario=Scenario(7, 24, datetime(2026, 11, 1, 12, tzinfo=UTC), pictures=24),
        pictures=Pictures(tmp_path / "pictures", seed=7),
        clock=SystemClock(),
        nature=Nature.DEMO,
    )
    yield made
    made.close()


@pytest.fixture
def server(gateway: Gateway) -> Iterator[RunningServer]:
    gateway.feed_first_records(taxonomies.load(RESOURCES / "taxonomies" / "iccam-v3.json"))
    with running_server(gateway) as running:
        yield running


@pytest.fixture
def page(main: MainWindow, gateway: Gateway, server: RunningServer, qtbot: QtBot) -> MediaPage:
    """The media after the first exchange."""
    enrol(main, gateway, server, qtbot).go_on()
    synchronise(main, qtbot)
    main.show_page(places.MEDIA)
    media = main.media
    qtbot.waitUntil(lambda: not media.is_empty, timeout=LONG)
    return media


def marks_on(page: MediaPage) -> list[tuple[str, ...]]:
    rows = range(page.model.rowCount())
    return [tuple(mark.shown for mark in page.model.marks(at)) for at in rows]


def entries_of(page: MediaPage) -> set[tuple[str, str]]:
    """Acts in the outbox, by what they are."""
    outbox = page._seat.session.exchanging.outbox
    return {(line.what, line.about) for line in outbox.page(OutboxView.ALL, 99, None).rows}


def test_what_lists_know_is_said_of_each_item_and_a_stack_is_split_put_back_and_decided(
    page: MediaPage, main: MainWindow, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: any(marks_on(page)), timeout=LONG)
    known = next(at for at, marks in enumerate(marks_on(page)) if "■ known" in marks)
    page.grid.choose(known)
    qtbot.waitUntil(
        lambda: page.pane.card is not None and "Example Body" in words_on(page.pane.card),
        timeout=LONG,
    )

    page.line.stacks.click()
    stacks = page.stacks
    qtbot.waitUntil(lambda: stacks.model.rowCount() > 0, timeout=LONG)
    sizes = [stacks.model.item(at).contents for at in range(stacks.model.rowCount())]
    largest = sizes.index(max(sizes))
    assert sizes[largest] > 1
    stacks.open_stack(stacks.model.media_id(largest))
    qtbot.waitUntil(lambda: stacks.is_open, timeout=LONG)
    whole = {member.media_id for member in stacks.opened.members}
    assert "bits apart" in " ".join(
        stacks.opened.model.tile(at).beneath for at in range(len(whole))
    )

    stacks.opened.rows.choose(len(whole) - 1)
    stacks.opened.split()
    qtbot.waitUntil(lambda: len(stacks.opened.members) == len(whole) - 1, timeout=LONG)
    assert stacks.acts.strip.told() == stack_page.split(1)
    stacks.acts.strip.undo()
    qtbot.waitUntil(lambda: stacks.acts.strip.told() == stack_page.UNDONE, timeout=LONG)
    qtbot.waitUntil(lambda: len(stacks.opened.members) == len(whole), timeout=LONG)
    assert {member.media_id for member in stacks.opened.members} == whole

    assert decide_some_stack(page, qtbot)
    assert any("Assess" in what for what, _ in entries_of(page))
    written = page._seat.session.keeping.read_audit("", 200, None).rows
    assert {"open_stack", "split_stack", "merge_stacks", "provenance"} <= {
        entry.draft.verb for entry in written
    }


def decide_some_stack(page: MediaPage, qtbot: QtBot) -> bool:
    """One decision on the first stack that leaves anything to decide; whether there was one."""
    page.stacks.step_back()
    for at in range(page.stacks.model.rowCount()):
        page.stacks.grid.choose(at)
        page.stacks.assess()
        (dialog,) = page.findChildren(StackAssessDialog)
        told = would(dialog, qtbot)
        if "would be assessed (" in told:
            decide(dialog, qtbot)
        dialog.reject()
        qtbot.waitUntil(lambda: not page.findChildren(StackAssessDialog), timeout=LONG)
        if "would be assessed (" in told:
            return True
    return False


def decide(dialog: StackAssessDialog, qtbot: QtBot) -> None:
    """Say so, and hear that it is done."""
    dialog.give()
    qtbot.waitUntil(lambda: "in the outbox" in words_on(dialog), timeout=LONG)


def would(dialog: StackAssessDialog, qtbot: QtBot) -> str:
    """What it says that a decision would come to."""
    dialog.choice.setCurrentText("National")
    qtbot.waitUntil(lambda: dialog.would() not in ("", stack_page.FORESEEING), timeout=LONG)
    return dialog.would()
