"""Who signs and who receives, by keyboard: what is asked for, what is said, and what is kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cport_desktop.crypto.named_recipients import only_recipient
from cport_desktop.crypto.recipients import generate_identity
from cport_desktop.domain.roles import EVERY_ROLE, Role
from cport_desktop.domain.rows import Page
from cport_desktop.errors import KeyFileMalformed, NameTaken, TokenPinWrong
from cport_desktop.ui import places
from cport_desktop.ui.certificate_standing import standing, told
from cport_desktop.ui.models.keyset_table import KeysetTable
from cport_desktop.ui.models.signer_columns import recipient_columns, signer_columns
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.signing import SignerOrder, TokenOrder
from cport_desktop.ui.views.exchange_page import ExchangePage
from cport_desktop.words import signing_page as say
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.synthetic_signing import AT, a_signer
from tests.ui.test_exchange_lists import ALT
from tests.ui.test_roles import entered
from tests.ui.test_vault_page import dialog_of, field_named
from tests.ui.test_window import main_of, press, words_on


@pytest.fixture
def page(opened: Shell) -> ExchangePage:
    main = main_of(opened)
    main.show_page(places.EXCHANGE)
    return main.exchanges


def test_a_signer_from_a_file_is_kept_and_what_was_refused_can_be_mended(
    page: ExchangePage, vault: MemoryVault, opened: Shell, qtbot: QtBot
) -> None:
    page.show_part(say.SIGNERS)
    qtbot.waitUntil(lambda: len(page.signers.list.rows()) == 2)
    press(opened, qtbot, Qt.Key.Key_A, ALT)
    dialog = dialog_of(page)
    dialog.give()
    assert dialog.told() == say.NEEDS_NAME
    field_named(say.NAME, dialog).setText("Unit seal")
    dialog.give()
    assert dialog.told() == say.NEEDS_PEM
    field_named(say.PEM_WITH_KEY, dialog).setText("/media/stick/unit.pem")
    vault.signing.error = NameTaken(name="Unit seal")
    dialog.give()
    qtbot.waitUntil(lambda: "Unit seal" in words_on(dialog))
    field_named(say.NAME, dialog).setText("Unit seal 2027")
    dialog.give()
    qtbot.waitUntil(lambda: len(page.signers.list.rows()) == 3)
    order = SignerOrder("Unit seal 2027", Path("/media/stick/unit.pem"))
    assert vault.signing.of("keep_signer")[-1] == ("keep_signer", order)


def test_a_wrong_pin_is_told_and_only_the_pin_is_typed_again(
    page: ExchangePage, vault: MemoryVault, opened: Shell, qtbot: QtBot
) -> None:
    page.show_part(say.SIGNERS)
    press(opened, qtbot, Qt.Key.Key_K, ALT)
    dialog = dialog_of(page)
    field_named(say.NAME, dialog).setText("Card 8")
    field_named(say.PEM, dialog).setText("/media/stick/card.pem")
    field_named(say.MODULE, dialog).setText("/usr/lib/card.so")
    dialog.give()
    assert dialog.told() == say.NEEDS_PIN
    assert vault.signing.of("keep_signer") == []
    field_named(say.PIN, dialog).setText("111111")
    vault.signing.error = TokenPinWrong(label="card 8", tries="")
    dialog.give()
    qtbot.waitUntil(lambda: "does not take this PIN" in words_on(dialog))
    assert field_named(say.PIN, dialog).text() == ""
    assert field_named(say.NAME, dialog).text() == "Card 8"
    field_named(say.PIN, dialog).setText("271828")
    dialog.give()
    qtbot.waitUntil(lambda: len(vault.signing.of("keep_signer")) == 2)
    order = vault.signing.of("keep_signer")[-1][1]
    assert isinstance(order, SignerOrder)
    assert order.token == TokenOrder(Path("/usr/lib/card.so"), "", "", "271828")
    assert "271828" not in repr(order)


def test_nobody_is_forgotten_without_being_asked(
    page: ExchangePage, vault: MemoryVault, opened: Shell, qtbot: QtBot
) -> None:
    page.show_part(say.SIGNERS)
    qtbot.waitUntil(lambda: not page.signers.list.is_empty)
    page.signers.list.table.choose(0)
    press(opened, qtbot, Qt.Key.Key_R, ALT)
    dialog = dialog_of(page)
    assert "“Unit seal” is forgotten" in words_on(dialog)
    assert vault.signing.of("remove_signer") == []
    dialog.give()
    qtbot.waitUntil(lambda: [row.name for row in page.signers.list.rows()] == ["Card"])


def test_a_recipient_is_kept_and_removed(
    page: ExchangePage, vault: MemoryVault, opened: Shell, qtbot: QtBot
) -> None:
    page.show_part(say.RECIPIENTS)
    qtbot.waitUntil(lambda: not page.recipients.list.is_empty)
    press(opened, qtbot, Qt.Key.Key_A, ALT)
    dialog = dialog_of(page)
    dialog.give()
    assert dialog.told() == say.NEEDS_NAME
    field_named(say.NAME, dialog).setText("Partner")
    dialog.give()
    assert dialog.told() == say.NEEDS_KEY
    field_named(say.PUBLIC_KEY, dialog).setText("age1partner")
    dialog.give()
    qtbot.waitUntil(lambda: len(page.recipients.list.rows()) == 2)
    assert vault.signing.of("keep_recipient") == [("keep_recipient", "Partner", "age1partner")]
    press(opened, qtbot, Qt.Key.Key_R, ALT)
    dialog_of(page).give()
    qtbot.waitUntil(lambda: bool(vault.signing.of("remove_recipient")))


def test_who_is_no_exporter_is_told_who_keeps_them(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = entered(shell, vault, EVERY_ROLE - {Role.EXPORTER}, qtbot)
    main.show_page(places.EXCHANGE)
    for title, part in (
        (say.SIGNERS, main.exchanges.signers),
        (say.RECIPIENTS, main.exchanges.recipients),
    ):
        main.exchanges.show_part(title)
        made = part.findChildren(QAbstractButton)
        assert not [one for one in made if one.accessibleName().startswith(say.REMOVE)]
        assert say.KEEPING in words_on(part)


def test_a_certificate_that_ends_soon_or_is_over_says_so() -> None:
    soon = a_signer("a", until=AT + timedelta(days=12))
    over = a_signer("b", until=AT - timedelta(days=1))
    assert standing(soon, AT) == "◆ ends in 12 days"
    assert standing(over, AT) == say.EXPIRED
    assert standing(a_signer("c"), AT) == say.IN_FORCE
    assert standing(a_signer("d"), AT - timedelta(days=900)) == say.NOT_YET
    assert "It ends in 12 days: ask for another." in told(soon, AT)
    assert "nothing is signed with it" in told(over, AT)


def test_the_lists_are_sound_models(qtmodeltester: ModelTester, vault: MemoryVault) -> None:
    signers = KeysetTable(signer_columns(lambda: AT))
    qtmodeltester.check(signers)  # type: ignore[no-untyped-call]
    signers.show_first(Page(tuple(vault.signing.kept), None, 0.0))
    recipients = KeysetTable(recipient_columns())
    recipients.show_first(Page(tuple(vault.signing.known), None, 0.0))
    qtmodeltester.check(recipients)  # type: ignore[no-untyped-call]


def test_a_file_with_one_key_names_a_recipient_and_one_with_several_does_not(
    tmp_path: Path,
) -> None:
    one, other = generate_identity().public, generate_identity().public
    file = tmp_path / "court.pub"
    file.write_text(f"# Example Court\n{one}\n")
    assert only_recipient(str(file)).public == one
    file.write_text(f"{one}\n{other}\n")
    with pytest.raises(KeyFileMalformed):
        only_recipient(str(file))
