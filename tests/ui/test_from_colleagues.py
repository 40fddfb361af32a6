"""Packages from colleagues, the search of the register and who has what, by keyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cport_desktop.domain.disclosure import Recipient
from cport_desktop.domain.roles import EVERY_ROLE, Role
from cport_desktop.domain.rows import Page
from cport_desktop.ui import places
from cport_desktop.ui.exchanging_colleagues import ColleaguesPackage
from cport_desktop.ui.models.import_columns import import_columns
from cport_desktop.ui.models.keyset_table import KeysetTable
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.exchange_page import ExchangePage
from cport_desktop.ui.views.report_copies import ReportCopies
from cport_desktop.usecases.notify_provider import NoticeOrder
from cport_desktop.words import departures_page, imports_page, provider_notices
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.synthetic_exchanging import ExchangeNotes, a_departure, an_import
from tests.ui.test_exchange_lists import ALT
from tests.ui.test_roles import entered
from tests.ui.test_vault_page import dialog_of, field_named
from tests.ui.test_window import main_of, press, words_on


@pytest.fixture
def page(opened: Shell) -> ExchangePage:
    main = main_of(opened)
    main.show_page(places.EXCHANGE)
    return main.exchanges


@pytest.fixture
def notes(vault: MemoryVault) -> ExchangeNotes:
    return vault.exchanging.notes


def test_a_package_is_looked_at_before_it_is_taken_in(
    page: ExchangePage, notes: ExchangeNotes, opened: Shell, qtbot: QtBot
) -> None:
    say = imports_page
    page.show_part(say.TITLE)
    qtbot.waitUntil(lambda: page.imports.list.words() == say.NONE)
    press(opened, qtbot, Qt.Key.Key_K, ALT)
    dialog = dialog_of(page)
    dialog.give()
    assert dialog.told() == say.NEEDS_FILE
    field_named(say.FILE, dialog).setText("/media/stick/series.age")
    dialog.give()
    assert dialog.told() == say.NEEDS_AUTHORITY
    field_named(say.IDENTITY, dialog).setText("/media/stick/key.txt")
    field_named(say.AUTHORITY, dialog).setText("/media/stick/ca.pem")
    field_named(say.CASE, dialog).setText("not a case")
    dialog.give()
    assert dialog.told() == say.NEEDS_CASE
    field_named(say.CASE, dialog).setText("C-3")
    dialog.give()

    qtbot.waitUntil(lambda: "Series of Unit B" in words_on(dialog_of(page)))
    second = dialog_of(page)
    assert "Signed by Unit B signing" in words_on(second)
    assert "HL-700002: revision 1 in the package, 4 here; that stays." in words_on(second)
    ((_, looked),) = notes.of("look")
    assert isinstance(looked, ColleaguesPackage)
    assert (looked.file, looked.case) == (Path("/media/stick/series.age"), 3)
    assert notes.of("take_in") == []

    second.give()
    qtbot.waitUntil(lambda: "Taken in: 1 report and 2 media files." in words_on(second))
    assert notes.of("take_in") == [("take_in", looked)]
    qtbot.waitUntil(lambda: not page.imports.list.is_empty)


def test_the_register_is_searched_by_what_is_typed(
    page: ExchangePage, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    page.show_part(departures_page.LEFT)
    part = page.departures
    qtbot.waitUntil(lambda: not part.list.is_empty)
    part.search.setText("nothing")
    QTest.keyClick(part.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: part.list.words() == imports_page.NONE_FOUND)
    assert notes.of("sought")[-1] == ("sought", "nothing")
    part.step_back()
    qtbot.waitUntil(lambda: not part.list.is_empty)
    assert part.search.text() == ""


def test_who_has_an_item_is_told(page: ExchangePage, opened: Shell, qtbot: QtBot) -> None:
    page.show_part(departures_page.LEFT)
    press(opened, qtbot, Qt.Key.Key_W, ALT)
    dialog = dialog_of(page)
    field_named(imports_page.WHO_FIELD, dialog).setText("HL-884179")
    dialog.give()
    qtbot.waitUntil(lambda: "1 recipient has it:" in words_on(dialog))
    assert "Example Court: intelligence package “Synthetic package”" in words_on(dialog)
    assert "received by B. Example" in words_on(dialog)


def test_that_nobody_has_an_item_is_told(page: ExchangePage, opened: Shell, qtbot: QtBot) -> None:
    page.show_part(departures_page.LEFT)
    press(opened, qtbot, Qt.Key.Key_W, ALT)
    dialog = dialog_of(page)
    dialog.give()
    assert dialog.told() == imports_page.NEEDS_ITEM
    field_named(imports_page.WHO_FIELD, dialog).setText("HL-1")
    dialog.give()
    qtbot.waitUntil(lambda: imports_page.NOBODY in words_on(dialog))


def test_what_one_was_told_of_a_receipt_is_put_on_record(
    page: ExchangePage, notes: ExchangeNotes, opened: Shell, qtbot: QtBot
) -> None:
    page.show_part(departures_page.LEFT)
    qtbot.waitUntil(lambda: not page.departures.list.is_empty)
    page.departures.list.table.choose(0)
    press(opened, qtbot, Qt.Key.Key_R, ALT)
    dialog = dialog_of(page)
    dialog.give()
    assert dialog.told() == imports_page.NEEDS_PERSON
    field_named(imports_page.RECEIVED_BY, dialog).setText("B. Example")
    dialog.give()
    qtbot.waitUntil(lambda: len(notes.of("received")) == 1)
    assert notes.of("received")[0][2:4] == ("Example Court", "B. Example")


def test_who_is_no_exporter_is_offered_no_receipt(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = entered(shell, vault, EVERY_ROLE - {Role.EXPORTER}, qtbot)
    main.show_page(places.EXCHANGE)
    main.exchanges.show_part(departures_page.LEFT)
    made = main.exchanges.departures.findChildren(QAbstractButton)
    assert not [one for one in made if one.accessibleName().startswith(imports_page.RECEIVED)]


def test_the_list_of_what_came_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    model = KeysetTable(import_columns())
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.show_first(Page((an_import(),), None, 0.0))


def test_a_notice_to_the_provider_is_drafted_from_the_report(
    opened: Shell, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    main = main_of(opened)
    main.show_page(places.REPORTS)
    qtbot.waitUntil(lambda: bool(opened.findChildren(ReportCopies)))
    copies = opened.findChildren(ReportCopies)[-1]
    qtbot.waitUntil(lambda: "Example Court: intelligence package" in words_on(copies))
    copies.ask_notice()
    dialog = dialog_of(copies._over)
    dialog.give()
    assert dialog.told() == provider_notices.NEEDS_FILE
    field_named(provider_notices.FILE, dialog).setText("/media/stick/notice.json")
    dialog.give()
    assert dialog.told() == provider_notices.NEEDS_CONTACT
    field_named(provider_notices.CONTACT, dialog).setText("unit@agency.example")
    dialog.give()
    qtbot.waitUntil(lambda: provider_notices.DRAFT in words_on(dialog))
    ((_, order),) = notes.of("draft")
    assert isinstance(order, NoticeOrder)
    assert (order.contact, order.classification) == ("unit@agency.example", None)


def test_a_copy_at_a_public_key_makes_the_page_of_its_report_no_wider(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    key = "age1" + "q" * 58
    vault.exchanging.copy_of_every_report = replace(
        a_departure(0), recipients=(Recipient(key, key),)
    )
    main = main_of(opened)
    main.show_page(places.REPORTS)
    main.reports.table.choose(1)

    def is_told() -> bool:
        return any("age1q" in words_on(each) for each in opened.findChildren(ReportCopies))

    qtbot.waitUntil(is_told)
    copies = opened.findChildren(ReportCopies)[-1]
    assert copies.minimumSizeHint().width() <= main.reports.pane.width()
