"""What is done about one thing that left: time stamps, receipts, and all that the register says of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox
from pytestqt.qtbot import QtBot

from cport_desktop.domain.disclosure import EnteredDisclosure, Recipient
from cport_desktop.domain.roles import EVERY_ROLE, Role
from cport_desktop.domain.rows import Page
from cport_desktop.errors import OutputExists, StampUnreachable
from cport_desktop.ui import places
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.exchange_page import ExchangePage
from cport_desktop.words import departure_papers as say
from cport_desktop.words import departures_page, imports_page
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.synthetic_exchanging import ExchangeNotes, a_departure
from tests.ui.test_exchange_lists import ALT
from tests.ui.test_roles import entered
from tests.ui.test_vault_page import dialog_of, field_named
from tests.ui.test_window import main_of, press, words_on

PACKAGE = Path("/media/stick/series.age")


@pytest.fixture
def page(opened: Shell, qtbot: QtBot) -> ExchangePage:
    main = main_of(opened)
    main.show_page(places.EXCHANGE)
    main.exchanges.show_part(departures_page.LEFT)
    qtbot.waitUntil(lambda: not main.exchanges.departures.list.is_empty)
    return main.exchanges


@pytest.fixture
def notes(vault: MemoryVault) -> ExchangeNotes:
    return vault.exchanging.notes


def choice_named(name: str, page: ExchangePage) -> QComboBox:
    found = dialog_of(page).findChildren(QComboBox)
    return next(each for each in found if each.accessibleName() == name)


def test_a_stamp_is_asked_for_by_network_and_a_road_that_is_not_there_loses_nothing(
    page: ExchangePage, vault: MemoryVault, opened: Shell, qtbot: QtBot
) -> None:
    press(opened, qtbot, Qt.Key.Key_T, ALT)
    dialog = dialog_of(page)
    dialog.give()
    assert dialog.told() == say.NEEDS_PACKAGE
    field_named(say.PACKAGE, dialog).setText(str(PACKAGE))
    dialog.give()
    assert dialog.told() == say.NEEDS_AUTHORITY
    field_named(say.AUTHORITY, dialog).setText("https://stamps.example/")
    vault.signing.error = StampUnreachable(cause="no network")
    dialog.give()
    qtbot.waitUntil(lambda: "no network" in words_on(dialog))
    assert field_named(say.PACKAGE, dialog).text() == str(PACKAGE)
    dialog.give()
    qtbot.waitUntil(lambda: "series.age.tst: Stamp Office says" in words_on(dialog))
    asked = ("stamp", PACKAGE, "https://stamps.example/")
    assert vault.signing.of("stamp") == [asked, asked]


def test_a_stamp_goes_and_comes_by_stick(
    page: ExchangePage, vault: MemoryVault, opened: Shell, qtbot: QtBot
) -> None:
    press(opened, qtbot, Qt.Key.Key_T, ALT)
    dialog = dialog_of(page)
    field_named(say.PACKAGE, dialog).setText(str(PACKAGE))
    choice_named(say.WAY, page).setCurrentIndex(1)
    assert not field_named(say.AUTHORITY, dialog).isVisibleTo(dialog)
    dialog.give()
    assert dialog.told() == say.NEEDS_QUESTION
    field_named(say.QUESTION, dialog).setText("/media/stick/q.tsq")
    dialog.give()
    qtbot.waitUntil(lambda: say.question_written("q.tsq") in words_on(dialog))
    dialog.reject()

    press(opened, qtbot, Qt.Key.Key_T, ALT)
    dialog = dialog_of(page)
    field_named(say.PACKAGE, dialog).setText(str(PACKAGE))
    choice_named(say.WAY, page).setCurrentIndex(2)
    dialog.give()
    assert dialog.told() == say.NEEDS_ANSWER
    field_named(say.ANSWER, dialog).setText("/media/stick/a.tsr")
    dialog.give()
    qtbot.waitUntil(lambda: "Stamp Office says" in words_on(dialog))
    assert [call[0] for call in vault.signing.calls] == ["write_question", "take_answer"]


def test_a_receipt_is_taken_in_from_its_file(
    page: ExchangePage, notes: ExchangeNotes, opened: Shell, qtbot: QtBot
) -> None:
    press(opened, qtbot, Qt.Key.Key_G, ALT)
    dialog = dialog_of(page)
    dialog.give()
    assert dialog.told() == say.NEEDS_RECEIPT
    field_named(say.RECEIPT_FILE, dialog).setText("/media/stick/r.eml")
    dialog.give()
    assert dialog.told() == say.NEEDS_TRUST
    field_named(say.TRUST, dialog).setText("/media/stick/ca.pem")
    dialog.give()
    qtbot.waitUntil(lambda: "B. Example received it on" in words_on(dialog))
    files = Path("/media/stick/r.eml"), Path("/media/stick/ca.pem")
    assert notes.of("take_receipt") == [("take_receipt", *files, None)]


def test_who_of_several_received_it_is_asked_and_not_guessed(
    opened: Shell, vault: MemoryVault, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    both = (Recipient("Example Court"), Recipient("Partner Agency"))
    several: EnteredDisclosure = replace(a_departure(0), recipients=both)
    main = main_of(opened)
    main.show_page(places.EXCHANGE)
    page = main.exchanges
    page.show_part(departures_page.LEFT)
    part = page.departures
    qtbot.waitUntil(lambda: not part.list.is_empty)
    part.list.model.show_first(Page((several,), None, 0.0))
    part.list.table.choose(0)
    part.ask_received()
    dialog = dialog_of(page)
    field_named(imports_page.RECEIVED_BY, dialog).setText("B. Example")
    dialog.give()
    assert dialog.told() == say.NEEDS_WHOM
    choice_named(say.FOR_WHOM, page).setCurrentIndex(2)
    dialog.give()
    qtbot.waitUntil(lambda: bool(notes.of("received")))
    assert notes.of("received")[0][2:4] == ("Partner Agency", "B. Example")


def test_enter_tells_all_of_what_is_chosen(
    page: ExchangePage, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    part = page.departures
    part.list.row_opened.emit(part.list.rows()[0])
    dialog = dialog_of(page)
    qtbot.waitUntil(lambda: "HL-884179, revision 3" in words_on(dialog))
    assert "ab" * 32 in words_on(dialog)
    assert "B. Example received it on" in words_on(dialog)
    assert len(notes.of("shown")) == 1
    dialog.reject()


def test_a_receipt_for_the_sender_is_written_once_a_package_is_taken_in(
    page: ExchangePage, notes: ExchangeNotes, opened: Shell, qtbot: QtBot
) -> None:
    page.show_part(imports_page.TITLE)
    press(opened, qtbot, Qt.Key.Key_K, ALT)
    dialog = dialog_of(page)
    field_named(imports_page.FILE, dialog).setText(str(PACKAGE))
    field_named(imports_page.AUTHORITY, dialog).setText("/media/stick/ca.pem")
    field_named(say.IMPORT_RECEIPT, dialog).setText("/media/stick/receipt.eml")
    dialog.give()
    qtbot.waitUntil(lambda: "Series of Unit B" in words_on(dialog_of(page)))
    second = dialog_of(page)
    second.give()
    qtbot.waitUntil(lambda: say.receipt_written("receipt.eml") in words_on(second))
    assert "Taken in:" in words_on(second)
    assert len(notes.of("receipt")) == 1


def test_a_receipt_that_cannot_be_written_does_not_undo_what_was_taken_in(
    page: ExchangePage, notes: ExchangeNotes, opened: Shell, qtbot: QtBot
) -> None:
    page.show_part(imports_page.TITLE)
    press(opened, qtbot, Qt.Key.Key_K, ALT)
    dialog = dialog_of(page)
    field_named(imports_page.FILE, dialog).setText(str(PACKAGE))
    field_named(imports_page.AUTHORITY, dialog).setText("/media/stick/ca.pem")
    field_named(say.IMPORT_RECEIPT, dialog).setText("/media/stick/receipt.eml")
    dialog.give()
    qtbot.waitUntil(lambda: "Series of Unit B" in words_on(dialog_of(page)))
    second = dialog_of(page)
    notes.receipt_error = OutputExists(path="/media/stick/receipt.eml")
    second.give()
    qtbot.waitUntil(lambda: "/media/stick/receipt.eml" in words_on(second))
    assert "Taken in:" in words_on(second)


def test_who_is_no_exporter_stamps_nothing_and_takes_no_receipt(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = entered(shell, vault, EVERY_ROLE - {Role.EXPORTER}, qtbot)
    main.show_page(places.EXCHANGE)
    main.exchanges.show_part(departures_page.LEFT)
    made = main.exchanges.departures.findChildren(QAbstractButton)
    names = [one.accessibleName() for one in made]
    assert not [name for name in names if name.startswith((say.STAMP, say.RECEIPT))]
