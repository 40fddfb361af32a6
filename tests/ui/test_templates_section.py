"""Templates of packages where they are kept: looked at, given to another vault, taken in, removed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox
from pytestqt.qtbot import QtBot

from cport_desktop.domain.package_template import PackageTemplate, TemplateShare
from cport_desktop.domain.roles import EVERY_ROLE, Role
from cport_desktop.ui import places
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.exchange_page import ExchangePage
from cport_desktop.words import templates_page as say
from tests.ui.accessible_walk import faults_of, faults_of_tab
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.test_exchange_lists import ALT
from tests.ui.test_roles import entered
from tests.ui.test_vault_page import dialog_of, field_named
from tests.ui.test_window import main_of, press, words_on

SHARES = (TemplateShare("Example Court", "age1court"), TemplateShare("age1partner", "age1partner"))


@pytest.fixture
def page(opened: Shell, vault: MemoryVault, qtbot: QtBot) -> ExchangePage:
    kept = PackageTemplate("To the court", "Case file", SHARES, "by order", 4_000_000_000)
    vault.notes.templates = [kept]
    main = main_of(opened)
    main.show_page(places.EXCHANGE)
    main.exchanges.show_part(say.TEMPLATES)
    qtbot.waitUntil(lambda: not main.exchanges.templates.list.is_empty)
    return main.exchanges


def test_each_recipient_is_shown_with_the_key(page: ExchangePage) -> None:
    model = page.templates.list.model
    row = [model.index(0, column).data() for column in range(model.columnCount())]
    assert row[:3] == ["To the court", "Case file", "Example Court (age1court), age1partner"]


def test_one_is_written_to_a_file_and_one_is_taken_in(
    page: ExchangePage, vault: MemoryVault, opened: Shell, qtbot: QtBot
) -> None:
    press(opened, qtbot, Qt.Key.Key_K, ALT)
    dialog = dialog_of(page)
    assert faults_of(dialog) + faults_of_tab(dialog) == []
    dialog.give()
    assert dialog.told() == say.NEEDS_NEW_FILE
    field_named(say.NEW_FILE, dialog).setText("/media/stick/t.json")
    dialog.give()
    qtbot.waitUntil(lambda: say.given("/media/stick/t.json") in words_on(dialog))
    asked = ("give_template", "To the court", Path("/media/stick/t.json"))
    assert vault.notes.of("give_template") == [asked]
    dialog.reject()

    vault.notes.templates.append(PackageTemplate("From elsewhere", "Old", ()))
    press(opened, qtbot, Qt.Key.Key_A, ALT)
    dialog = dialog_of(page)
    assert faults_of(dialog) + faults_of_tab(dialog) == []
    dialog.give()
    assert dialog.told() == say.NEEDS_FILE
    field_named(say.FILE, dialog).setText("/media/stick/u.json")
    dialog.give()
    qtbot.waitUntil(lambda: "From elsewhere" in words_on(dialog))
    (box,) = dialog.findChildren(QCheckBox)
    box.setChecked(True)
    dialog.give()
    qtbot.waitUntil(lambda: len(page.templates.list.rows()) == 2)
    assert [row.title for row in page.templates.list.rows()] == ["Case file", "Title"]


def test_none_is_removed_without_being_asked(
    page: ExchangePage, opened: Shell, qtbot: QtBot
) -> None:
    press(opened, qtbot, Qt.Key.Key_R, ALT)
    dialog = dialog_of(page)
    assert say.remove("To the court") in words_on(dialog)
    assert not page.templates.list.is_empty
    dialog.give()
    qtbot.waitUntil(lambda: page.templates.list.words() == say.NONE)


def test_who_is_no_exporter_is_told_who_keeps_them(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = entered(shell, vault, EVERY_ROLE - {Role.EXPORTER}, qtbot)
    main.show_page(places.EXCHANGE)
    main.exchanges.show_part(say.TEMPLATES)
    made = main.exchanges.templates.findChildren(QAbstractButton)
    assert not [one for one in made if one.accessibleName().startswith(say.REMOVE)]
    assert say.KEEPING in words_on(main.exchanges.templates)
