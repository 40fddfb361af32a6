"""Redacting at the real window over a real vault: a lock loses nothing, what is kept is burned in."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cport_desktop.bootstrap import furnish
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.kept_redaction import Burned, RedactionWay
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.redaction import Rectangle
from cport_desktop.errors import VaultHeld
from cport_desktop.media.sandbox_process import ProcessSandbox
from cport_desktop.settings import Settings
from cport_desktop.ui import places
from cport_desktop.ui.opening import make_desk
from cport_desktop.ui.shell import Frame, Shell
from cport_desktop.ui.theme import DARK
from cport_desktop.ui.views.redact_dialog import RedactDialog
from cport_desktop.ui.views.redaction_card import RedactionCard
from cport_desktop.usecases import keep_redactions
from cport_desktop.vault.vault import Vault
from cport_desktop.words import redaction_page as say
from tests.builders import PASSPHRASE, a_vault, reopened
from tests.ui.conftest import NotedRenewal, destroy_what_is_dropped
from tests.ui.looking_session import LONG, fill
from tests.ui.synthetic_desk import RESOURCES
from tests.ui.test_window import words_on

HERE = Rectangle(30, 40, 50, 60)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A vault with two cards and the first of them once more, closed."""
    sandbox = ProcessSandbox(children=1)
    try:
        with a_vault(tmp_path / "vault") as vault:
            fill(vault, sandbox, 3)
    finally:
        sandbox.close()
    return tmp_path / "vault"


@pytest.fixture
def shell(directory: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Shell]:
    workstation = furnish(Settings(marks=tmp_path / "marks", reveal_seconds=20.0))
    desk = make_desk(workstation, directory, Nature.DEMO)
    made = Shell(desk, Frame(DARK, RESOURCES / "styles", NotedRenewal()))
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible(), timeout=LONG)
    qtbot.waitUntil(lambda: threading.active_count() == 1, timeout=LONG)
    made.deleteLater()
    destroy_what_is_dropped()


def card_of(shell: Shell, qtbot: QtBot, told: str) -> RedactionCard:
    """The card of the first medium, once the vault is open and it says `told`. Whatever arrives in the
    first moments lists again, with another card.
    """
    shell.open(PASSPHRASE.decode())
    qtbot.waitUntil(lambda: shell.main is not None, timeout=LONG)
    main = shell.main
    assert main is not None
    main.show_page(places.MEDIA)
    qtbot.waitUntil(lambda: not main.media.is_empty, timeout=LONG)
    main.media.grid.choose(0)

    def says_so() -> bool:
        card = main.media.pane.redaction
        return card is not None and told in words_on(card)

    qtbot.waitUntil(says_so, timeout=LONG)
    card = main.media.pane.redaction
    assert card is not None
    return card


def opened_from(card: RedactionCard) -> RedactDialog:
    card.redact.click()
    assert card.dialog is not None
    return card.dialog


def test_a_lock_in_the_middle_loses_nothing_and_what_is_kept_is_there_for_all(
    shell: Shell, directory: Path, qtbot: QtBot
) -> None:
    card = card_of(shell, qtbot, say.NOTHING)
    dialog = opened_from(card)
    dialog.places.add(HERE)
    dialog.fields.reason.setText("a bystander")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=LONG)
    QTest.keyClick(dialog, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shell.main is None, timeout=LONG)

    card = card_of(shell, qtbot, say.BEGUN)
    dialog = opened_from(card)
    assert dialog.told() == say.AGAIN
    assert dialog.places.all == (Burned(HERE, "a bystander"),)
    media = dialog._item.media_id
    with qtbot.waitSignal(dialog.ended, timeout=LONG):
        dialog.give()
    pane = shell.main.media.pane if shell.main is not None else None
    assert pane is not None
    qtbot.waitUntil(
        lambda: pane.redaction is not None and "1 place burned in" in words_on(pane.redaction),
        timeout=LONG,
    )
    shell.lock()
    qtbot.waitUntil(lambda: shell.main is None, timeout=LONG)
    opened: list[Vault] = []

    def is_let_go() -> bool:
        with suppress(VaultHeld):
            opened.append(reopened(directory))
        return bool(opened)

    qtbot.waitUntil(is_let_go, timeout=LONG)
    with opened[0] as vault:
        (kept,) = keep_redactions.list_redactions(vault)
        assert kept.redaction.way is RedactionWay.PIXELS
        assert kept.redaction.burned == (Burned(HERE, "a bystander"),)
        assert MediaId(media) in kept.media
        assert not [place for place in vault.drafts.load() if place.startswith("redaction")]
