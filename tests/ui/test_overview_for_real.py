"""The overview and what a report recalls, in the window of a real vault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cport_desktop.bootstrap import furnish
from cport_desktop.clock import SystemClock
from cport_desktop.domain.nature import Nature
from cport_desktop.settings import Settings
from cport_desktop.ui import places
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.opening import make_desk
from tests.builders import make_vault, reopened
from tests.report_builders import a_notice, a_report, an_action, an_assessment, an_item, new
from tests.ui.conftest import LONG, opened_on
from tests.ui.test_overview_page import made, press, recalled
from tests.ui.test_window import words_on
from tests.vault.erasing import apply

LATE = datetime.now(UTC) - timedelta(days=40)


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """Three reports: one decided and acted upon, one overdue with the same file, one of its own."""
    folder = make_vault(tmp_path / "vault", clock=SystemClock())
    decided = an_item(
        10,
        "https://a.one.example/",
        media=(a_notice(1, b"same"),),
        assessments=(an_assessment(2),),
        actions=(an_action(3, day=5),),
    )
    overdue = an_item(20, "https://b.two.example/", media=(a_notice(2, b"same"),), assigned_at=LATE)
    with reopened(folder, clock=SystemClock()) as vault:
        apply(
            vault,
            new(a_report(1, contents=(decided,))),
            new(a_report(2, contents=(overdue,))),
            new(a_report(3, contents=(an_item(30, "https://c.three.example/"),))),
        )
    desk = make_desk(furnish(Settings(marks=tmp_path / "marks")), folder, Nature.DEMO)
    with opened_on(desk, qtbot) as opened:
        yield opened


def test_from_the_overview_to_the_first_report_and_to_the_one_that_it_recalls(
    window: MainWindow, qtbot: QtBot
) -> None:
    press(window, "Alt+Home")
    qtbot.waitUntil(
        lambda: "a file of it is in HL-1, which is Baseline" in words_on(window.overview),
        timeout=LONG,
    )
    qtbot.waitUntil(lambda: "Nothing was exchanged yet" in words_on(window.overview), timeout=LONG)
    assert "days ago" in words_on(window.overview)

    press(window, "Ctrl+Return")
    pane = window.reports.pane
    qtbot.waitUntil(lambda: pane.report_id == 2, timeout=LONG)
    qtbot.waitUntil(lambda: "byte for byte" in recalled(window), timeout=LONG)
    assert "National, Removed on 6 Mar 2026" in recalled(window)

    press(window, "Alt+M")
    assert pane.memory is not None
    pane.memory.others[0].click()
    qtbot.waitUntil(lambda: pane.report_id == 1, timeout=LONG)

    press(window, "Alt+Home")
    qtbot.waitUntil(lambda: window.page == places.OVERVIEW)
    made(window.overview, "Undecided: 2.").click()
    qtbot.waitUntil(lambda: window.reports.model.rowCount() == 2, timeout=LONG)
