"""The Exchange page over a desk in memory: what was exchanged and how each exchange ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.rows import Page
from cport_desktop.errors import NameNotFound
from cport_desktop.ui import places
from cport_desktop.ui.desk import Freshness
from cport_desktop.ui.models.exchange_columns import exchange_columns
from cport_desktop.ui.models.keyset_table import KeysetTable
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.exchange_page import ExchangePage
from cport_desktop.words import exchange_page as say
from cport_desktop.words.window import NEVER_SYNCED
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.synthetic_exchanging import NOON, MemoryExchanging, an_exchange
from tests.ui.test_window import main_of, press

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(opened: Shell, qtbot: QtBot) -> ExchangePage:
    """The Exchange page of an open window."""
    main = main_of(opened)
    main.show_page(places.EXCHANGE)
    qtbot.waitUntil(lambda: not main.exchanges.history.list.is_empty)
    return main.exchanges


def column(page: ExchangePage, title: str) -> list[str]:
    """What the history shows under this title."""
    model = page.history.list.model
    at = [each.title for each in model.columns].index(title)
    return [str(model.data(model.index(row, at))) for row in range(model.rowCount())]


def test_each_exchange_says_its_road_what_it_brought_and_how_it_ended(page: ExchangePage) -> None:
    assert column(page, say.ROAD) == [
        "network", "network", "stick no. 118, read in", "network", "network", "network",
    ]  # fmt: skip
    assert column(page, say.OUTCOME) == [
        "→ under way", "✗ name not found", "✓ done", "◆ cut off", "◆ stopped", "✓ done",
    ]  # fmt: skip
    assert column(page, say.BROUGHT)[2:4] == ["41 new reports", "1,204 new reports, 64 media files"]
    assert column(page, say.TOOK)[:2] == ["–", "42 s"]


@pytest.mark.parametrize(
    ("direction", "outcome", "facts", "told"),
    [
        ("both", None, {}, say.NOT_YET),
        ("both", "done", {"reports_new": 0, "operations_sent": 0}, say.NOTHING_NEW),
        ("both", "done", {"reports_new": 0, "records_changed": 2}, "2 other records"),
        ("both", "road.unreachable", {}, say.NOTHING),
        ("out", "done", {"operations_sent": 0, "media_pending": 0}, say.ONLY_RECEIPTS),
        (
            "out",
            "done",
            {"operations_sent": 0, "media_pending": 64},
            "no operation; receipts, and a request for 64 media files",
        ),
        ("out", "done", {"operations_sent": 2, "media_pending": 64}, "2 operations sent"),
        ("in", "done", {"reports_new": 0, "already_applied": False}, say.NOTHING_NEW_IN),
        ("in", "done", {"reports_new": 0, "already_applied": True}, say.KNOWN_BEFORE),
    ],
)
def test_an_exchange_without_anything_to_count_says_what_it_was(
    direction: str, outcome: str | None, facts: dict[str, int], told: str
) -> None:
    assert say.did(direction, outcome, facts) == told


def test_no_exchange_is_told_by_a_dash_alone(page: ExchangePage) -> None:
    assert column(page, say.BROUGHT)[:2] == [say.NOT_YET, say.NOTHING]


def test_the_chosen_exchange_is_told_in_whole_sentences(page: ExchangePage) -> None:
    for row, told in (
        (0, "It is under way"),
        (1, "has no address on this network"),
        (2, "In all: 41 new reports"),
        (3, "The program or the power ended while it was under way"),
        (4, "A person stopped it"),
    ):
        page.history.list.table.choose(row)
        assert told in page.history.told_whole()


def test_a_failed_exchange_names_its_cure_and_one_that_was_done_needs_none(
    page: ExchangePage,
) -> None:
    page.history.list.table.choose(1)
    assert "go by stick" in page.history.told_whole()
    page.history.list.table.choose(5)
    assert page.history._cure.isHidden()


@pytest.mark.parametrize(
    ("code", "cure"),
    [
        ("road.access_revoked", "trying again will not help"),
        ("road.session_expired", "signs in anew"),
        ("road.clock_skew", "Set the clock"),
        ("untrusted.signature", "Report it to the portal"),
        ("untrusted.never_heard_of", "Report it to the portal"),
        ("refused.agreement_lapsed", "Speak to your national hotline"),
        ("vault.storage_full", "Vault page"),
    ],
)
def test_every_ending_has_a_cure_that_helps(code: str, cure: str) -> None:
    assert cure in say.ended(code).cure
    assert "Try again" not in say.ended(code).cure
    assert say.short_of(code) != code


def test_an_exchange_is_begun_from_the_page_once_however_often_it_is_asked_for(
    opened: Shell, page: ExchangePage, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.notes.sync_may_end.clear()
    for _ in range(3):
        press(opened, qtbot, Qt.Key.Key_S, ALT)
    press(opened, qtbot, Qt.Key.Key_M, ALT)
    press(opened, qtbot, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: bool(vault.notes.of("synchronise")))
    vault.notes.sync_may_end.set()
    qtbot.waitUntil(lambda: not main_of(opened).exchange.is_running)
    qtbot.wait(50)
    assert vault.notes.of("synchronise") == [("synchronise", False)]


def test_an_exchange_without_media_is_asked_for_as_such(
    opened: Shell, page: ExchangePage, vault: MemoryVault, qtbot: QtBot
) -> None:
    press(opened, qtbot, Qt.Key.Key_M, ALT)
    qtbot.waitUntil(lambda: vault.notes.of("synchronise") == [("synchronise", True)])
    qtbot.waitUntil(lambda: not main_of(opened).exchange.is_running)


def test_the_history_looks_again_when_an_exchange_ends(
    opened: Shell, page: ExchangePage, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.exchanging.past.insert(0, an_exchange(7, "https", "done", {"reports_new": 5}))
    press(opened, qtbot, Qt.Key.Key_S, ALT)
    qtbot.waitUntil(lambda: column(page, say.BROUGHT)[0] == "5 new reports")


def test_without_any_exchange_the_page_says_what_would_be_here_and_how_it_comes(
    opened: Shell, page: ExchangePage, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.exchanging.past.clear()
    page.refresh()
    qtbot.waitUntil(lambda: page.history.list.words() == say.NO_HISTORY)


def test_a_history_that_cannot_be_read_says_so_where_it_would_stand(
    page: ExchangePage, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.exchanging.notes.error = NameNotFound(host="portal.example")
    page.refresh()
    qtbot.waitUntil(lambda: "portal.example" in page.history._notice.message())


def test_how_fresh_the_vault_is_stands_in_the_status_line_and_leads_to_the_page(
    opened: Shell, qtbot: QtBot
) -> None:
    main = main_of(opened)
    qtbot.waitUntil(lambda: main.status.freshness() == "Synced 3 h ago by HTTPS")
    main.status._freshness.click()
    assert main.page == places.EXCHANGE


def test_a_courier_is_named_by_its_number_in_the_status_line_and_on_the_lists(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    vault.heard = Freshness(NOON - timedelta(hours=3), "courier", bundle=118)
    main.apply(Changes.REPORTS)
    qtbot.waitUntil(lambda: main.status.freshness() == "Synced 3 h ago by courier no. 118")
    assert main.status._freshness.property("kind") == "status"
    assert main.reports.head.age.text().endswith("3 h ago, by courier no. 118")
    assert main.hotlines._age.text() == "3 h ago, by courier no. 118"


def test_what_is_old_looks_like_a_concern_and_says_what_that_implies(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    vault.heard = Freshness(
        NOON - timedelta(days=41), "courier", 118, "old", "Hotlines may have corrected reports."
    )
    main.apply(Changes.REPORTS)
    qtbot.waitUntil(lambda: main.status.freshness() == "◆ Synced 41 days ago by courier no. 118")
    assert main.status._freshness.property("kind") == "concern"
    assert "Hotlines may have corrected reports." in main.status._freshness.toolTip()


def test_a_vault_that_never_heard_says_so(opened: Shell, vault: MemoryVault, qtbot: QtBot) -> None:
    main = main_of(opened)
    vault.heard = None
    main.apply(Changes.REPORTS)
    qtbot.waitUntil(lambda: main.status.freshness() == NEVER_SYNCED)


def test_the_history_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    model = KeysetTable(exchange_columns())
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    made = MemoryExchanging().intentions().history
    model.show_first(made(3, None))
    model.append(made(3, "3"))
    model.show_first(Page((), None, 0.0))
