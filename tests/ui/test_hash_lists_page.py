"""The page of hash lists over a desk in memory: what is here, a file tried and read in, one withdrawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cport_desktop.domain.rows import Page
from cport_desktop.ui import places
from cport_desktop.ui.knowing import ReadOrder
from cport_desktop.ui.models.hash_list_columns import hash_list_columns
from cport_desktop.ui.models.keyset_table import KeysetTable
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.hash_lists_section import HashListsSection
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.words import hash_lists_page as say
from cport_desktop.words import vault_page as vault_words
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.synthetic_knowing import MemoryKnowing
from tests.ui.test_vault_page import dialog_of, field_named
from tests.ui.test_window import button_named, main_of, words_on


@pytest.fixture
def lists(opened: Shell, qtbot: QtBot) -> HashListsSection:
    """The page of an open window, with its rows."""
    main = main_of(opened)
    main.show_page(places.HASH_LISTS)
    qtbot.waitUntil(lambda: not main.hash_lists.lists.list.is_empty)
    return main.hash_lists.lists


@pytest.fixture
def knowing(vault: MemoryVault) -> MemoryKnowing:
    return vault.knowing


def rows(lists: HashListsSection) -> list[list[str]]:
    model = lists.list.model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def choose(lists: HashListsSection, row: int) -> None:
    lists.list.table.selectRow(row)


def filled(lists: HashListsSection, path: Path) -> AskingDialog:
    lists.read_in()
    dialog = dialog_of(lists)
    field_named(say.FILE, dialog).setText(str(path))
    field_named(say.NAME, dialog).setText("Shapes")
    field_named(say.BODY, dialog).setText("Unit Example")
    (harmless,) = dialog.findChildren(QCheckBox)
    harmless.setChecked(True)
    return dialog


def test_each_list_says_what_it_means_who_answers_for_it_and_what_it_found(
    lists: HashListsSection,
) -> None:
    positive, negative, _ = rows(lists)
    assert positive[:6] == [say.KNOWN, "Synthetic list 1", "1", "Example Body A", "1,000", "1"]
    assert positive[6].endswith("from the portal")
    assert negative[0] == say.HARMLESS


def test_a_file_is_tried_first_and_read_in_when_it_is_given_again(
    lists: HashListsSection, knowing: MemoryKnowing, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = filled(lists, tmp_path / "known.md5")
    order = ReadOrder(tmp_path / "known.md5", "Shapes", "Unit Example", "", True)
    dialog.give()
    qtbot.waitUntil(lambda: knowing.tried == [order] and not dialog.is_working())
    assert "Would be taken: 40. Refused: 2. There twice: 1." in dialog.told()
    assert "line 17: no digest where one should be" in dialog.told()
    assert knowing.orders == []

    field_named(say.NAME, dialog).setText("Other shapes")
    dialog.give()
    qtbot.waitUntil(lambda: len(knowing.tried) == 2 and not dialog.is_working())
    assert knowing.orders == []
    dialog.give()
    assert dialog.isHidden()
    qtbot.waitUntil(lambda: len(knowing.orders) == 1 and not lists.strip.is_running)
    assert knowing.orders[0].name == "Other shapes"
    told = "✓ Other shapes: 40 taken, 2 refused, 1 there twice. 3 files were found on lists."
    qtbot.waitUntil(lambda: lists.told() == told)
    qtbot.waitUntil(lambda: len(rows(lists)) == 4)


def test_a_file_that_is_no_list_is_refused_where_it_was_named(
    lists: HashListsSection, knowing: MemoryKnowing, qtbot: QtBot, tmp_path: Path
) -> None:
    knowing.is_readable = False
    dialog = filled(lists, tmp_path / "prose.txt")
    dialog.give()
    qtbot.waitUntil(lambda: "nothing that reads as a digest" in words_on(dialog))
    field_named(say.FILE, dialog).setText("")
    dialog.give()
    assert dialog.told() == say.NEEDS_FILE
    assert knowing.tried == []


def test_a_list_of_ones_own_is_withdrawn_with_a_reason_and_one_of_the_portal_is_not(
    lists: HashListsSection, knowing: MemoryKnowing, qtbot: QtBot
) -> None:
    choose(lists, 0)
    assert not lists._withdraw.isEnabled()
    lists.withdraw()
    assert lists.findChildren(AskingDialog) == []

    choose(lists, 2)
    assert lists._withdraw.isEnabled()
    lists.withdraw()
    dialog = dialog_of(lists)
    field_named(say.REASON, dialog).setText("A newer one came.")
    dialog.give()
    qtbot.waitUntil(lambda: knowing.withdrawn == [("_0a1b2c", "A newer one came.")])
    qtbot.waitUntil(lambda: "3 hits stand no more" in words_on(dialog))
    qtbot.waitUntil(lambda: rows(lists)[2][0] == say.WITHDRAWN)


def test_matching_on_request_says_what_it_found(
    lists: HashListsSection, knowing: MemoryKnowing, qtbot: QtBot
) -> None:
    QTest.keyClick(lists.list.table, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: lists.told() == "2 files were found on lists.")
    assert knowing.matched == 1


def test_reading_in_shows_how_far_it_is_and_can_be_stopped(
    lists: HashListsSection, knowing: MemoryKnowing, qtbot: QtBot, tmp_path: Path
) -> None:
    knowing.is_slow = True
    dialog = filled(lists, tmp_path / "known.md5")
    dialog.give()
    qtbot.waitUntil(lambda: bool(knowing.tried) and not dialog.is_working())
    dialog.give()
    qtbot.waitUntil(lambda: "Reading the list" in lists.strip.words())
    second = filled(lists, tmp_path / "other.md5")
    second.give()
    assert second.told() == say.BUSY
    lists.strip.stop()
    qtbot.waitUntil(lambda: not lists.strip.is_running)
    assert knowing.orders == []
    assert len(rows(lists)) == 3


def test_trying_a_file_shows_how_far_it_is_and_can_be_stopped_and_begun_again(
    lists: HashListsSection, knowing: MemoryKnowing, qtbot: QtBot, tmp_path: Path
) -> None:
    knowing.tries_slowly = True
    dialog = filled(lists, tmp_path / "known.md5")
    (strip,) = dialog.findChildren(WorkStrip)
    assert strip.isHidden()
    dialog.give()
    qtbot.waitUntil(lambda: "Reading the list: 1 of 4" in strip.words())
    assert not field_named(say.FILE, dialog).isEnabled()
    dialog.reject()
    assert dialog.isVisible()
    stop = button_named(vault_words.STOP, dialog)
    assert stop.isEnabled()
    stop.click()
    qtbot.waitUntil(lambda: not dialog.is_working())
    assert dialog.told() == say.TRYING_STOPPED
    assert strip.isHidden()
    assert knowing.tried == []

    knowing.tries_slowly = False
    dialog.give()
    qtbot.waitUntil(lambda: len(knowing.tried) == 1 and not dialog.is_working())
    assert "Would be taken: 40." in dialog.told()
    assert knowing.orders == []


def test_a_vault_without_lists_says_how_they_get_here(
    vault: MemoryVault, opened: Shell, qtbot: QtBot
) -> None:
    vault.knowing.lists = []
    main = main_of(opened)
    main.show_page(places.HASH_LISTS)
    section = main.hash_lists.lists
    qtbot.waitUntil(lambda: section.list.words() == say.NO_LISTS)
    assert say.NO_LISTS_HELP in words_on(section)


def test_the_model_keeps_to_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    model = KeysetTable(hash_list_columns())
    model.show_first(Page(tuple(MemoryKnowing().lists), None, 0.1))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
