"""The page of hash lists over a desk in memory: what is here, a file tried and read in, one withdrawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.rows import Page
from cport_desktop.ui import places
from cport_desktop.ui.knowing import ReadOrder
from cport_desktop.ui.knowing_opening import knowing_of
from cport_desktop.ui.models.hash_list_columns import hash_list_columns
from cport_desktop.ui.models.keyset_table import KeysetTable
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.hash_lists_section import HashListsSection
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.usecases.list_kinds import NAMES
from cport_desktop.words import hash_lists_leaving as leaving_words
from cport_desktop.words import hash_lists_page as say
from cport_desktop.words import list_files as meanings
from cport_desktop.words import list_reading as reading
from cport_desktop.words import vault_page as vault_words
from tests import list_files
from tests.builders import a_vault
from tests.report_builders import the_taxonomy
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.synthetic_knowing import MemoryKnowing
from tests.ui.synthetic_list_leaving import nobody
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


def choice_named(name: str, dialog: AskingDialog, qtbot: QtBot) -> Choice:
    """The one that is shown, once it is; one of a file that was tried before may be on its way out."""

    def shown() -> list[Choice]:
        named = [each for each in dialog.findChildren(Choice) if each.accessibleName() == name]
        return [each for each in named if each.isVisibleTo(dialog)]

    qtbot.waitUntil(lambda: len(shown()) == 1)
    return shown()[0]


def test_what_a_table_has_is_shown_and_can_be_said_otherwise_which_tries_it_again(
    lists: HashListsSection, knowing: MemoryKnowing, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = filled(lists, tmp_path / "known.csv")
    dialog.give()
    qtbot.waitUntil(lambda: len(knowing.tried) == 1 and not dialog.is_working())
    assert knowing.tried[0].columns == ()
    qtbot.waitUntil(lambda: f"md5:{'0a' * 16} · shape-1.png" in words_on(dialog))
    assert "Read as: Table (CSV)." in dialog.told()
    second = choice_named("Column 2: Finger print", dialog, qtbot)
    assert second.currentText() == meanings.meaning("sha256")

    second.setCurrentText(meanings.meaning("pdq"))
    choice_named("Column 3: Grade", dialog, qtbot).setCurrentText(meanings.meaning("category"))
    dialog.give()
    qtbot.waitUntil(lambda: len(knowing.tried) == 2 and not dialog.is_working())
    said = (("name", "1"), ("pdq", "2"), ("category", "3"))
    assert knowing.tried[1].columns == said
    assert choice_named("Column 2: Finger print", dialog, qtbot).currentText() == meanings.meaning(
        "pdq"
    )
    dialog.give()
    qtbot.waitUntil(lambda: len(knowing.orders) == 1 and not lists.strip.is_running)
    assert knowing.orders[0].columns == said


def test_a_meaning_belongs_to_one_column_and_to_no_other_file(
    lists: HashListsSection, knowing: MemoryKnowing, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = filled(lists, tmp_path / "known.csv")
    dialog.give()
    qtbot.waitUntil(lambda: len(knowing.tried) == 1 and not dialog.is_working())
    choice_named("Column 3: Grade", dialog, qtbot).setCurrentText(meanings.meaning("sha256"))
    assert choice_named("Column 2: Finger print", dialog, qtbot).currentText() == meanings.LEFT_OUT
    qtbot.waitUntil(lambda: "shape-1.png" in words_on(dialog))
    field_named(say.FILE, dialog).setText(str(tmp_path / "other.md5"))
    assert "shape-1.png" not in words_on(dialog)
    dialog.give()
    qtbot.waitUntil(lambda: len(knowing.tried) == 2 and not dialog.is_working())
    assert knowing.tried[1].columns == ()


def test_kind_region_and_a_place_for_what_is_refused_are_said(
    lists: HashListsSection, knowing: MemoryKnowing, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = filled(lists, tmp_path / "known.md5")
    choice_named(reading.KIND, dialog, qtbot).setCurrentText(reading.KINDS["pdq"])
    field_named(reading.PROFILE, dialog).setText("Region 7")
    assert not field_named(reading.REJECTS, dialog).isVisible()
    dialog.give()
    qtbot.waitUntil(lambda: len(knowing.tried) == 1 and not dialog.is_working())
    field_named(reading.REJECTS, dialog).setText(str(tmp_path / "refused.txt"))
    dialog.give()
    qtbot.waitUntil(lambda: len(knowing.orders) == 1 and not lists.strip.is_running)
    (order,) = knowing.orders
    assert (order.kind, order.profile) == ("pdq", "Region 7")
    assert order.rejects == tmp_path / "refused.txt"


def test_every_kind_of_file_has_a_name() -> None:
    assert set(reading.KINDS) == set(NAMES)


def test_a_real_list_is_tried_and_read_in_and_what_is_refused_leaves_once(tmp_path: Path) -> None:
    path = tmp_path / "known.csv"
    files = list_files.known_files(3)
    path.write_bytes(list_files.plain_csv(files) + b"x;y;z\n")
    order = ReadOrder(path, "", "", "", False, rejects=tmp_path / "refused.txt")
    with a_vault(tmp_path / "vault") as vault:
        knowing = knowing_of(vault, nobody, the_taxonomy())
        tried = knowing.attempt(order, silent, never)
        assert not order.rejects or not order.rejects.exists()
        read = knowing.read_in(order, silent, never)
    for line in (tried, read):
        assert (line.kind, line.accepted, line.rejected) == ("csv", 3, 1)
        assert [column.meaning for column in line.columns][:3] == ["name", "sha256", "md5"]
        assert line.first[0] == (
            2,
            f"md5:{files[0].md5} · and sha256, pdq · category A · shape-0.png",
        )
        assert line.first[3] == (5, "refused: no digest where one should be")
    assert (tmp_path / "refused.txt").read_text().count("\n") == 2


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
    qtbot.waitUntil(lambda: leaving_words.ONCE_MORE in dialog.told())
    field_named(leaving_words.REASON, dialog).setText("A newer one came.")
    dialog.give()
    withdrawn = knowing.leaving.withdrawn
    qtbot.waitUntil(lambda: withdrawn == [("_0a1b2c", None, "A newer one came.")])
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
