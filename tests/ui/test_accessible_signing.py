"""The dialogs of signers, recipients, stamps and receipts, and the composer with a token: each control has a
name, and Tab goes through them as they are read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.domain.disclosure import Recipient
from cport_desktop.domain.rows import Page
from cport_desktop.ui import places
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.exchange_page import ExchangePage
from cport_desktop.words import departures_page, imports_page, signing_page
from tests.ui.accessible_walk import faults_of, faults_of_tab
from tests.ui.synthetic_exchanging import a_departure
from tests.ui.test_vault_page import dialog_of
from tests.ui.test_window import main_of, words_on


@pytest.fixture
def page(opened: Shell, qtbot: QtBot) -> ExchangePage:
    main = main_of(opened)
    main.show_page(places.EXCHANGE)
    main.exchanges.show_part(departures_page.LEFT)
    qtbot.waitUntil(lambda: not main.exchanges.departures.list.is_empty)
    return main.exchanges


def faults_in(dialog: QWidget) -> list[str]:
    return faults_of(dialog) + faults_of_tab(dialog)


@pytest.mark.parametrize(
    ("part", "ask"),
    [
        (signing_page.SIGNERS, lambda page: page.signers.ask_file()),
        (signing_page.SIGNERS, lambda page: page.signers.ask_token()),
        (signing_page.SIGNERS, lambda page: page.signers.ask_remove()),
        (signing_page.RECIPIENTS, lambda page: page.recipients.ask_recipient()),
        (departures_page.LEFT, lambda page: page.departures.papers.ask_stamp()),
        (departures_page.LEFT, lambda page: page.departures.papers.ask_receipt()),
        (imports_page.TITLE, lambda page: page.imports.ask_package()),
    ],
)
def test_a_dialog_can_be_heard_and_walked(
    page: ExchangePage, part: str, ask: Callable[[ExchangePage], None], qtbot: QtBot
) -> None:
    page.show_part(part)
    if part == signing_page.SIGNERS:
        qtbot.waitUntil(lambda: not page.signers.list.is_empty)
    ask(page)
    assert faults_in(dialog_of(page)) == []


def test_all_that_is_known_of_one_departure(page: ExchangePage, qtbot: QtBot) -> None:
    page.departures.papers.show(page.departures.list.rows()[0])
    dialog = dialog_of(page)
    qtbot.waitUntil(lambda: "HL-884179, revision 3" in words_on(dialog))
    assert faults_in(dialog) == []


def test_who_of_several_received_it(page: ExchangePage) -> None:
    both = (Recipient("Example Court"), Recipient("Partner Agency"))
    part = page.departures
    part.list.model.show_first(Page((replace(a_departure(0), recipients=both),), None, 0.0))
    part.list.table.choose(0)
    part.ask_received()
    assert faults_in(dialog_of(page)) == []


@pytest.mark.parametrize("signer", [0, 2, 3])
def test_the_composer_with_every_kind_of_signer(opened: Shell, signer: int, qtbot: QtBot) -> None:
    main = main_of(opened)
    main.compose()
    dialog = main.leaving.composer
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.form.signer.choice.count() == 4)
    dialog.form.signer.choice.setCurrentIndex(signer)
    assert faults_in(dialog) == []
    dialog.discard()
