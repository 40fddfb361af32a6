"""Transfers, links, what left and who has to be told: lists of the Exchange page, by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cport_desktop.domain.disclosure import Handling
from cport_desktop.domain.link import Link, MediaPolicy
from cport_desktop.domain.roles import EVERY_ROLE, Role
from cport_desktop.domain.rows import Page
from cport_desktop.domain.transfer import TransferState, TransferTally
from cport_desktop.errors import UnknownReference
from cport_desktop.ui import places
from cport_desktop.ui.fitting import SMALLEST
from cport_desktop.ui.models.departure_columns import affected_columns, departure_columns
from cport_desktop.ui.models.keyset_table import KeysetTable
from cport_desktop.ui.models.transfer_columns import link_columns, transfer_columns
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.exchange_page import ExchangePage
from cport_desktop.ui.views.transfers_section import TransfersSection
from cport_desktop.words import departures_page, transfers_page
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.synthetic_exchanging import (
    NOON,
    ExchangeNotes,
    MemoryExchanging,
    a_copy,
    a_departure,
    a_transfer,
)
from tests.ui.test_roles import entered
from tests.ui.test_vault_page import dialog_of, field_named
from tests.ui.test_window import main_of, press, words_on

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(opened: Shell) -> ExchangePage:
    main = main_of(opened)
    main.show_page(places.EXCHANGE)
    return main.exchanges


@pytest.fixture
def notes(vault: MemoryVault) -> ExchangeNotes:
    return vault.exchanging.notes


@pytest.fixture
def transfers(page: ExchangePage, qtbot: QtBot) -> TransfersSection:
    page.show_part(transfers_page.TRANSFERS)
    qtbot.waitUntil(lambda: not page.transfers.list.is_empty)
    return page.transfers


def choose(part: TransfersSection, state: TransferState) -> int:
    number = part.list.model.find(lambda row: row.state is state)
    assert number is not None
    part.list.table.choose(number)
    return part.list.model.row(number).media_id


def enabled(part: TransfersSection) -> set[str]:
    """The acts on one file that can be done now."""
    one = (
        transfers_page.ASK_FIRST,
        transfers_page.PAUSE,
        transfers_page.GO_ON,
        transfers_page.TRY_NOW,
        transfers_page.NOT_WANTED,
    )
    return {
        label
        for label in one
        for made in part.findChildren(QAbstractButton)
        if made.accessibleName().startswith(f"{label},") and made.isEnabled()
    }


def test_each_transfer_says_its_state_how_much_is_here_and_why_it_does_not_come(
    transfers: TransfersSection,
) -> None:
    model = transfers.list.model
    shown = [str(model.data(model.index(row, 1))) for row in range(model.rowCount())]
    assert shown == [
        "○ waiting", "→ travelling", "◆ failed so far", "○ held back", "– paused",
        "– not wanted", "✗ refused", "– not granted",
    ]  # fmt: skip
    assert str(model.data(model.index(0, 2))) == "25 %"
    assert str(model.data(model.index(2, 5))) == "cut on the way, 3 times; again in 4 min"
    assert "link in use does not carry it" in str(model.data(model.index(3, 5)))
    assert "not those announced" in str(model.data(model.index(6, 5)))
    assert "Not granted: clause 7.1 forbids it." in str(model.data(model.index(7, 5)))
    assert transfers.told() == (
        "4 still to come, 4.2 MB. 4 do not come by themselves. Not granted by the agreement: 1."
    )


def test_only_what_can_be_done_with_a_transfer_is_offered(transfers: TransfersSection) -> None:
    say, offered = transfers_page, {}
    for state in (TransferState.WAITING, TransferState.PAUSED, TransferState.FAILED):
        choose(transfers, state)
        offered[state] = enabled(transfers)
    assert offered == {
        TransferState.WAITING: {say.ASK_FIRST, say.PAUSE, say.NOT_WANTED},
        TransferState.PAUSED: {say.GO_ON, say.NOT_WANTED},
        TransferState.FAILED: {say.PAUSE, say.TRY_NOW, say.NOT_WANTED},
    }


def test_a_transfer_is_asked_first_paused_tried_again_and_not_wanted_by_key(
    opened: Shell, transfers: TransfersSection, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    for state, key, verb in (
        (TransferState.WAITING, Qt.Key.Key_A, "ask_first"),
        (TransferState.WAITING, Qt.Key.Key_P, "pause"),
        (TransferState.PAUSED, Qt.Key.Key_G, "resume"),
        (TransferState.FAILED, Qt.Key.Key_T, "retry"),
        (TransferState.ARRIVING, Qt.Key.Key_N, "cancel"),
    ):
        media = choose(transfers, state)
        press(opened, qtbot, key, ALT)
        wanted = (verb, media)
        qtbot.waitUntil(lambda said=wanted: said in notes.calls)  # type: ignore[misc]


def test_all_transfers_are_paused_by_one_key_and_the_page_says_so(
    opened: Shell, transfers: TransfersSection, vault: MemoryVault, notes: ExchangeNotes,
    qtbot: QtBot,
) -> None:  # fmt: skip
    press(opened, qtbot, Qt.Key.Key_W, ALT)
    qtbot.waitUntil(lambda: notes.of("pause") == [("pause", None)])
    vault.exchanging.tally = TransferTally(4, 4_200_000, 0, 0, 0, 0, is_paused=True)
    transfers.refresh()
    qtbot.waitUntil(lambda: transfers.told().endswith("All of them are paused."))
    press(opened, qtbot, Qt.Key.Key_E, ALT)
    qtbot.waitUntil(lambda: notes.of("resume") == [("resume", None)])


def test_a_file_that_came_meanwhile_is_refused_where_it_was_asked(
    opened: Shell, transfers: TransfersSection, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    choose(transfers, TransferState.WAITING)
    notes.error = UnknownReference(kind="transfer", reference="M-20418")
    press(opened, qtbot, Qt.Key.Key_P, ALT)
    qtbot.waitUntil(lambda: "M-20418" in transfers._notice.message())


def test_links_are_used_changed_and_removed_and_a_kept_proxy_is_never_shown(
    opened: Shell, page: ExchangePage, vault: MemoryVault, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    say = transfers_page
    vault.exchanging.links[1] = Link(
        "car", MediaPolicy.ASKED, 64_000, 5_000_000, "http://name:secret@proxy.example:3128"
    )
    page.show_part(say.LINKS)
    part = page.links
    qtbot.waitUntil(lambda: not part.list.is_empty)
    assert part.told() == "In use: office."
    model = part.list.model
    assert [str(model.data(model.index(1, at))) for at in range(6)] == [
        "car", "", "only what is asked for", "64 kB/s", "5.0 MB", "proxy.example:3128",
    ]  # fmt: skip
    part.list.table.choose(1)
    press(opened, qtbot, Qt.Key.Key_U, ALT)
    qtbot.waitUntil(lambda: part.told() == "In use: car.")
    press(opened, qtbot, Qt.Key.Key_G, ALT)
    dialog = dialog_of(page)
    assert "secret" not in words_on(dialog)
    assert field_named(say.PROXY_FIELD, dialog).text() == ""
    cap = field_named(say.CAP_FIELD, dialog)
    assert cap.text() == "64"
    cap.setText("fast")
    dialog.give()
    assert dialog.told() == say.NEEDS_NUMBER
    cap.setText("")
    policy = dialog.findChild(QComboBox)
    assert policy is not None
    policy.setCurrentText(say.POLICIES["none"])
    dialog.give()
    changed = Link("car", MediaPolicy.NONE, None, 5_000_000, vault.exchanging.links[-1].proxy)
    qtbot.waitUntil(lambda: notes.of("keep_link") == [("keep_link", changed)])
    assert changed.proxy == "http://name:secret@proxy.example:3128"
    qtbot.waitUntil(lambda: not any(map(QDialog.isVisible, page.findChildren(QDialog))))
    part._use_none.click()
    qtbot.waitUntil(lambda: part.told() == "In use: any network.")


def test_what_left_stands_there_with_whom_it_went_to_and_what_became_of_it(
    page: ExchangePage, qtbot: QtBot
) -> None:
    page.show_part(departures_page.LEFT)
    part = page.departures
    qtbot.waitUntil(lambda: not part.list.is_empty)
    model = part.list.model
    titles = [each.title for each in model.columns]
    row = {title: str(model.data(model.index(0, at))) for at, title in enumerate(titles)}
    assert row[departures_page.TO] == "Example Court"
    assert row[departures_page.WHAT] == "intelligence package"
    assert row[departures_page.FATE] == "◆ 1 to be told"


def test_whoever_has_a_copy_of_what_was_withdrawn_gets_a_notice_and_it_is_settled(
    opened: Shell, page: ExchangePage, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    say = departures_page
    page.show_part(say.TOLD)
    part = page.affected
    qtbot.waitUntil(lambda: not part.list.is_empty)
    model = part.list.model
    assert str(model.data(model.index(0, 1))) == "withdrawn: reported twice"
    press(opened, qtbot, Qt.Key.Key_N, ALT)
    dialog = dialog_of(page)
    dialog.give()
    assert dialog.told() == say.NEEDS_FILE
    field_named(say.NOTICE_FILE, dialog).setText("/media/stick/notice.eml")
    dialog.give()
    qtbot.waitUntil(lambda: "about 2 copies" in words_on(dialog))
    notice = ("notify", "Example Court", Path("/media/stick/notice.eml"))
    assert notes.of("notify") == [notice]
    dialog.reject()
    press(opened, qtbot, Qt.Key.Key_H, ALT)
    qtbot.waitUntil(lambda: part.list.model.rowCount() == 1)
    press(opened, qtbot, Qt.Key.Key_D, ALT)
    why = dialog_of(page)
    QTest.keyClicks(field_named(say.WHY, why), "the court closed the case")
    why.give()
    qtbot.waitUntil(lambda: part.list.words() == say.NOBODY)
    assert [call[2:] for call in notes.of("settle")] == [
        (Handling.HANDED_OVER, ""),
        (Handling.NOT_NEEDED, "the court closed the case"),
    ]


def test_who_is_no_exporter_sees_who_has_a_copy_and_is_offered_nothing(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = entered(shell, vault, EVERY_ROLE - {Role.EXPORTER}, qtbot)
    main.show_page(places.EXCHANGE)
    main.exchanges.show_part(departures_page.TOLD)
    part = main.exchanges.affected
    qtbot.waitUntil(lambda: not part.list.is_empty)
    assert "“exporter”" in words_on(part)
    assert not [m for m in part.findChildren(QAbstractButton) if m.isVisibleTo(part)]


def test_no_act_of_any_part_is_clipped_in_the_smallest_window(
    opened: Shell, page: ExchangePage, qtbot: QtBot
) -> None:
    opened.resize(*SMALLEST)
    for part in (each.title for each in page._sections):
        page.show_part(part)
        qtbot.wait(60)
        assert opened.width() == SMALLEST[0], part
        for made in page.section.findChildren(QAbstractButton):
            if made.isVisible():
                assert made.width() >= made.sizeHint().width(), made.text()


def test_the_lists_are_sound_models(qtmodeltester: ModelTester) -> None:
    memory = MemoryExchanging()
    travelling = KeysetTable(transfer_columns(lambda: NOON))
    links = KeysetTable(link_columns(lambda: "office"))
    left = KeysetTable(departure_columns())
    copies = KeysetTable(affected_columns())
    for model in (travelling, links, left, copies):
        qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    travelling.show_first(Page((a_transfer(1, TransferState.WAITING),), None, 0.0))
    links.show_first(Page(tuple(memory.links), None, 0.0))
    left.show_first(Page((a_departure(1),), None, 0.0))
    copies.show_first(Page((a_copy(1),), None, 0.0))
    copies.append(Page((a_copy(2),), None, 0.0))
