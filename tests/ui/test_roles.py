"""What the window offers to whom: pages, keys and acts of roles that are missing are not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from cport_desktop.bootstrap import furnish
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.roles import EVERY_ROLE, Role
from cport_desktop.settings import Settings
from cport_desktop.ui import places
from cport_desktop.ui.keys import Key, KeyKind, NewKey
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.opening import make_desk
from cport_desktop.ui.page_entry import by_place
from cport_desktop.ui.page_table import PAGES, pages_for
from cport_desktop.ui.shell import Frame, Shell
from cport_desktop.ui.theme import DARK
from cport_desktop.ui.views.keys_dialog import KeysDialog
from cport_desktop.words import vault_page as say
from tests.builders import PASSPHRASE, make_vault
from tests.ui.conftest import NotedRenewal, destroy_what_is_dropped
from tests.ui.synthetic_desk import PASSPHRASE as DESK_PASSPHRASE
from tests.ui.synthetic_desk import RESOURCES, MemoryVault
from tests.ui.synthetic_keeping import MemoryKeeping
from tests.ui.test_keeping_for_real import opened_by
from tests.ui.test_window import main_of, press, words_on

CTRL = Qt.KeyboardModifier.ControlModifier
OTHER = "five words drawn by dice"
ANYBODY = (places.VAULT, places.AGREEMENT)
LAST = (places.SETTINGS,)
TITLES = [entry.title for entry in by_place(PAGES)]
WORK = (places.REPORTS, places.MEDIA, places.HOTLINES, places.OUTBOX, places.EXCHANGE)


def entered(shell: Shell, vault: MemoryVault, roles: frozenset[Role], qtbot: QtBot) -> MainWindow:
    vault.keeping = MemoryKeeping(roles=roles)
    shell.open(DESK_PASSPHRASE)
    qtbot.waitUntil(lambda: shell.main is not None)
    qtbot.wait(80)
    return main_of(shell)


def shown_pages(main: MainWindow) -> list[str]:
    return [
        made.text()
        for made in main.rail.findChildren(QAbstractButton)
        if made.text() in TITLES and made.isVisibleTo(main)
    ]


def test_each_role_has_its_pages_and_everybody_the_vault_and_the_agreement() -> None:
    assert pages_for(EVERY_ROLE) == tuple(range(len(PAGES)))
    of_analysts = (
        places.HASH_LISTS,
        places.OVERVIEW,
        places.CASES,
        places.FIGURES,
        places.WORST_OF,
    )
    assert pages_for(frozenset({Role.ANALYST})) == (*WORK, *ANYBODY, *of_analysts, *LAST)
    assert pages_for(frozenset({Role.AUDITOR})) == (places.AUDIT, *ANYBODY, *LAST)
    for role in (Role.ADMINISTRATOR, Role.SUPERVISOR, Role.EXPORTER):
        assert pages_for(frozenset({role})) == (*ANYBODY, *LAST)


@pytest.mark.parametrize(
    ("role", "first"), [(Role.AUDITOR, places.AUDIT), (Role.ADMINISTRATOR, places.VAULT)]
)
def test_the_window_opens_on_the_first_page_that_a_role_has_and_no_key_leads_elsewhere(
    shell: Shell, vault: MemoryVault, role: Role, first: int, qtbot: QtBot
) -> None:
    main = entered(shell, vault, frozenset({role}), qtbot)
    assert main.page == first
    theirs = pages_for(frozenset({role}))
    assert shown_pages(main) == [entry.title for entry in PAGES if entry.place in theirs]
    assert not main.exchange.isVisibleTo(main)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_F, Qt.Key.Key_E):
        press(shell, qtbot, key, CTRL)
        assert main.page == first
    press(shell, qtbot, Qt.Key.Key_F5)
    assert not main.exchange.is_running
    press(shell, qtbot, Qt.Key.Key_7, CTRL)
    assert main.page == places.VAULT


def test_nothing_of_reports_is_asked_for_without_the_role(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    entered(shell, vault, frozenset({Role.AUDITOR}), qtbot)
    assert vault.notes.of("search") == []
    assert vault.notes.of("hotlines") == []


def test_an_analyst_who_is_no_exporter_is_offered_no_package(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = entered(shell, vault, frozenset({Role.ANALYST}), qtbot)
    assert main.page == places.REPORTS
    offered = {made.accessibleName() for made in main.reports.findChildren(QAbstractButton)}
    assert not any(name.startswith("Package") for name in offered)
    assert any(name.startswith("Feedback") for name in offered)


def test_the_key_list_names_no_key_that_does_nothing(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = entered(shell, vault, frozenset({Role.AUDITOR}), qtbot)
    main._show_keys()
    dialog = main.findChild(KeysDialog)
    assert dialog is not None
    told = words_on(dialog)
    assert "Ctrl+6 … Ctrl+8\nAudit, Vault, Agreement" in told
    assert "F5" not in told.split("\n")
    assert "Ctrl+L" in told
    dialog.reject()


def test_what_is_due_is_not_asked_for_without_the_role_and_words_say_whose_it_is(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = entered(shell, vault, frozenset({Role.ADMINISTRATOR}), qtbot)
    main.vault.show_part(say.RETENTION)
    qtbot.wait(60)
    assert main.vault.retention.list.is_empty
    assert "“supervisor”" in words_on(main.vault.retention)
    assert vault.keeping.notes.of("due") == []


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Path]:
    """A real vault in which B. Example is an auditor and nothing else."""
    folder = make_vault(tmp_path / "vault", nature=Nature.LIVE)
    desk = make_desk(furnish(Settings(marks=tmp_path / "marks")), folder, Nature.LIVE)
    session = opened_by(desk, Key(KeyKind.PASSPHRASE, PASSPHRASE.decode()))
    new = NewKey("B. Example", KeyKind.PASSPHRASE, OTHER)
    session.keeping.add_analyst("B. Example", frozenset({Role.AUDITOR}), new)
    session.lock()
    yield folder
    destroy_what_is_dropped()


def test_an_auditor_alone_opens_a_real_vault_reads_its_log_and_meets_no_refusal(
    station: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = make_desk(furnish(Settings(marks=tmp_path / "marks")), station, Nature.LIVE)
    shell = Shell(desk, Frame(DARK, RESOURCES / "styles", NotedRenewal()))
    shell.show()
    shell.open(OTHER)
    qtbot.waitUntil(lambda: shell.main is not None, timeout=20_000)
    main = main_of(shell)
    assert main.page == places.AUDIT
    for part in (say.HEALTH, say.SLOTS, say.BACKUPS, say.RETENTION, say.HOLDS, say.ERASURES):
        main.show_page(places.VAULT)
        main.vault.show_part(part)
        qtbot.wait(60)
        assert main.vault.section._notice.message() == "", part
    main.show_page(places.AUDIT)
    main.audit.purpose.setText("monthly self-monitoring")
    main.audit.read()
    qtbot.waitUntil(lambda: not main.audit.is_empty, timeout=20_000)
    assert main.notice.message() == ""
    shell.close()
    qtbot.waitUntil(lambda: not shell.isVisible(), timeout=20_000)
    shell.deleteLater()
