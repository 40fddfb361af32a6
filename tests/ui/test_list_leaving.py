"""What can be done with a list on its page: exported, its versions shown, an entry spoken of, withdrawn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QCheckBox
from pytestqt.qtbot import QtBot

from cport_desktop.domain.roles import EVERY_ROLE, Role
from cport_desktop.exports.hash_lists.formats import FORMATS
from cport_desktop.ui import places
from cport_desktop.ui.list_leaving import ListWish, MakeWish, UpdateWish
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.hash_lists_section import HashListsSection
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.words import hash_lists_leaving as say
from cport_desktop.words import hash_lists_page as page_words
from cport_desktop.words import known_acts, list_reading
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.synthetic_list_leaving import COPY, MemoryListLeaving
from tests.ui.test_roles import entered
from tests.ui.test_vault_page import dialog_of, field_named
from tests.ui.test_window import main_of, words_on


@pytest.fixture
def lists(opened: Shell, qtbot: QtBot) -> HashListsSection:
    """The page of an open window, with its rows."""
    main = main_of(opened)
    main.show_page(places.HASH_LISTS)
    qtbot.waitUntil(lambda: not main.hash_lists.lists.list.is_empty)
    return main.hash_lists.lists


@pytest.fixture
def leaving(vault: MemoryVault) -> MemoryListLeaving:
    return vault.knowing.leaving


def act(lists: HashListsSection, label: str) -> QAbstractButton:
    """The button that begins with this label, before its key."""
    buttons = lists.findChildren(QAbstractButton)
    return next(each for each in buttons if each.text().startswith(label))


def chosen(lists: HashListsSection, row: int, label: str) -> AskingDialog:
    """The dialog of an act on this row."""
    lists.list.table.selectRow(row)
    act(lists, label).click()
    return dialog_of(lists)


def choice(dialog: AskingDialog, name: str) -> Choice:
    (found,) = (each for each in dialog.findChildren(Choice) if each.accessibleName() == name)
    return found


def test_every_format_that_leaves_is_offered() -> None:
    assert list(say.FORMATS) == list(FORMATS)


def test_of_a_withdrawn_list_nothing_but_its_versions_is_offered(
    vault: MemoryVault, lists: HashListsSection, qtbot: QtBot
) -> None:
    vault.knowing.lists = [
        replace(known, withdrawn_at=known.arrived_at) for known in vault.knowing.lists
    ]
    lists.refresh()
    qtbot.waitUntil(lambda: not act(lists, say.EXPORT).isEnabled())
    assert not act(lists, say.SAY).isEnabled()
    assert act(lists, say.VERSIONS).isEnabled()


def test_a_list_is_exported_and_what_is_lost_is_told(
    lists: HashListsSection, leaving: MemoryListLeaving, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = chosen(lists, 0, say.EXPORT)
    dialog.give()
    assert dialog.told() == say.NEEDS_FILE
    field_named(say.FILE, dialog).setText(str(tmp_path / "out.json"))
    field_named(say.RECIPIENTS, dialog).setText("Partner Agency Example, Example Regional Court,")
    field_named(say.REASON, dialog).setText("asked for")
    choice(dialog, say.FORMAT).setCurrentIndex(list(say.FORMATS).index("stix"))
    extent = choice(dialog, say.EXTENT)
    qtbot.waitUntil(lambda: extent.count() == 3)
    extent.setCurrentIndex(2)
    dialog.give()
    qtbot.waitUntil(lambda: known_acts.allowed_by("5.1, 7") in dialog.told())
    field_named(say.REASON, dialog).setText("asked for in writing")
    dialog.give()  # It is another wish: looked at anew.
    qtbot.waitUntil(lambda: len(leaving.looked_at) == 2 and not dialog.is_working())
    assert leaving.wishes == []
    dialog.give()
    qtbot.waitUntil(lambda: "996 entries are in the file." in words_on(dialog))

    assert leaving.wishes == [
        ListWish(
            list_id="list-1",
            form="stix",
            path=tmp_path / "out.json",
            since="2026-10",
            recipients=("Partner Agency Example", "Example Regional Court"),
            is_signed=True,
            reason="asked for in writing",
        )
    ]
    assert "quality of digests: 1,000 entries" in words_on(dialog)
    assert "The manifest is not signed" not in words_on(dialog)


def test_a_manifest_without_a_signature_is_told(
    lists: HashListsSection, leaving: MemoryListLeaving, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = chosen(lists, 0, say.EXPORT)
    field_named(say.FILE, dialog).setText(str(tmp_path / "out.md5"))
    (signed,) = dialog.findChildren(QCheckBox)
    signed.setChecked(False)
    dialog.give()
    qtbot.waitUntil(lambda: known_acts.ONCE_MORE in dialog.told())
    dialog.give()
    qtbot.waitUntil(lambda: "The manifest is not signed" in words_on(dialog))
    assert (leaving.wishes[0].form, leaving.wishes[0].since) == ("md5sum", "")


def test_versions_tell_what_came_and_went(lists: HashListsSection, qtbot: QtBot) -> None:
    dialog = chosen(lists, 0, say.VERSIONS)
    qtbot.waitUntil(lambda: "12 added, 3 removed" in words_on(dialog))
    assert "2026-10, came" in words_on(dialog)


def test_what_a_withdrawal_changes_is_told_first_and_anew_for_another_file(
    lists: HashListsSection, leaving: MemoryListLeaving, qtbot: QtBot, tmp_path: Path
) -> None:
    lists.list.table.selectRow(2)
    lists.withdraw()
    dialog = dialog_of(lists)
    qtbot.waitUntil(lambda: say.ONCE_MORE in dialog.told())
    told = dialog.told()
    assert "3,000 entries stand no more." in told
    assert "2 of them are on no other list, and are known no more." in told
    assert COPY[2] in told
    assert "give notice of a false positive" in told

    field_named(say.ENTRIES, dialog).setText(str(tmp_path / "wrong.txt"))
    dialog.give()
    qtbot.waitUntil(lambda: "1 line names no entry that stands." in dialog.told())
    assert leaving.withdrawn == []
    dialog.give()
    qtbot.waitUntil(lambda: "3 hits stand no more" in words_on(dialog))
    assert leaving.withdrawn == [("_0a1b2c", tmp_path / "wrong.txt", "")]
    assert leaving.foreseen == [("_0a1b2c", None), ("_0a1b2c", tmp_path / "wrong.txt")]


def test_something_is_said_of_an_entry(
    lists: HashListsSection, leaving: MemoryListLeaving, qtbot: QtBot
) -> None:
    dialog = chosen(lists, 0, say.SAY)
    dialog.give()
    assert dialog.told() == say.NEEDS_ENTRY
    field_named(say.ENTRY, dialog).setText("17")
    choice(dialog, say.WORD).setCurrentIndex(1)
    field_named(say.NOTE, dialog).setText("A test card.")
    dialog.give()
    qtbot.waitUntil(lambda: "Confirmed here by 1, disputed by 2." in words_on(dialog))
    assert leaving.said == [("list-1", "17", False, "A test card.")]


def test_the_next_version_is_read_in_and_what_it_brought_is_told(
    lists: HashListsSection, leaving: MemoryListLeaving, qtbot: QtBot, tmp_path: Path
) -> None:
    lists.list.table.selectRow(0)
    assert not act(lists, say.UPDATE).isEnabled()
    dialog = chosen(lists, 2, say.UPDATE)
    dialog.give()
    assert dialog.told() == say.UPDATE_NEEDS_FILE
    field_named(say.UPDATE_FILE, dialog).setText(str(tmp_path / "two.md5"))
    field_named(say.UPDATE_VERSION, dialog).setText("2")
    choice(dialog, list_reading.KIND).setCurrentText(list_reading.KINDS["csv"])
    dialog.give()
    qtbot.waitUntil(lambda: "12 added, 3 removed" in words_on(dialog))
    assert leaving.updates == [UpdateWish("_0a1b2c", tmp_path / "two.md5", "2", "csv")]
    assert "Hits: 4 new, 5 ended." in words_on(dialog)
    assert "1 copy of an earlier version is abroad" in words_on(dialog)


def test_a_list_is_made_of_what_is_decided(
    lists: HashListsSection, leaving: MemoryListLeaving, qtbot: QtBot
) -> None:
    dialog = chosen(lists, 0, say.MAKE)
    dialog.give()
    assert dialog.told() == say.MAKE_NEEDS_NAME
    field_named(say.MAKE_NAME, dialog).setText("Round 3")
    dialog.give()
    assert dialog.told() == say.MAKE_NEEDS_QUERY
    field_named(say.MAKE_QUERY, dialog).setText("class:baseline")
    field_named(page_words.EDITION, dialog).setText("2")
    field_named(page_words.BODY, dialog).setText("Unit Example")
    field_named(known_acts.HANDLING, dialog).setText("for this unit alone")
    (harmless,) = dialog.findChildren(QCheckBox)
    harmless.setChecked(True)
    field_named(say.REASON, dialog).setText("asked for")
    dialog.give()
    qtbot.waitUntil(lambda: "Round 3 is made, with 7 entries." in words_on(dialog))
    assert leaving.made == [
        MakeWish(
            name="Round 3",
            query="class:baseline",
            version="2",
            source="Unit Example",
            handling="for this unit alone",
            is_negative=True,
            reason="asked for",
        )
    ]
    assert "2 files were left out, since nobody decided them." in words_on(dialog)
    assert "3 files were left out, since they were not decided as the list means them." in words_on(
        dialog
    )


def test_who_is_no_exporter_is_offered_no_export_and_told_who_could(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = entered(shell, vault, EVERY_ROLE - {Role.EXPORTER}, qtbot)
    main.show_page(places.HASH_LISTS)
    lists = main.hash_lists.lists
    qtbot.waitUntil(lambda: not lists.list.is_empty)
    lists.list.table.selectRow(0)
    made = lists.findChildren(QAbstractButton)
    assert not [one for one in made if one.accessibleName().startswith(say.EXPORT)]
    assert known_acts.EXPORTING in words_on(lists)


def test_a_dialog_that_grows_low_on_the_screen_is_seen_to_its_foot(
    lists: HashListsSection, qtbot: QtBot
) -> None:
    lists.list.table.selectRow(2)
    lists.withdraw()
    dialog = dialog_of(lists)
    qtbot.waitUntil(lambda: say.ONCE_MORE in dialog.told())
    screen = dialog.screen().availableGeometry()
    dialog.move(0, screen.bottom() - dialog.height())
    before = dialog.height()
    dialog.tell("\n".join(["one line more"] * 12))
    qtbot.waitUntil(lambda: dialog.height() > before)
    qtbot.waitUntil(lambda: screen.contains(dialog.geometry()))
