"""The Vault page over a desk in memory: each part as a person uses it, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cport_desktop.domain.roles import Role
from cport_desktop.ui import places
from cport_desktop.ui.fitting import SMALLEST
from cport_desktop.ui.keeping_lines import DrillOrder, EraseOrder, FindingLine
from cport_desktop.ui.keys import Key, KeyKind, NewKey
from cport_desktop.ui.lane import Lanes
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.seat import HotlineNames, Seat
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.theme import CONTRAST, DARK, LIGHT, Theme
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.vault_page import VaultPage
from cport_desktop.ui.widgets.new_key import NewKeyFields
from cport_desktop.words import list_orders as orders
from cport_desktop.words import vault_page as say
from cport_desktop.words.exposure_page import OWN, UNIT
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.synthetic_keeping import CODE, SECRET, KeptNotes, MemoryKeeping
from tests.ui.test_window import main_of, press, words_on

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
LONG = "five words drawn by dice"


@pytest.fixture
def page(opened: Shell, qtbot: QtBot) -> VaultPage:
    """The Vault page of an open window."""
    main = main_of(opened)
    main.show_page(places.VAULT)
    qtbot.waitUntil(lambda: not main.vault.health.list.is_empty)
    return main.vault


@pytest.fixture
def notes(vault: MemoryVault) -> KeptNotes:
    return vault.keeping.notes


def on(page: VaultPage, part: str, qtbot: QtBot) -> None:
    """Show a part and let it load."""
    page.show_part(part)
    qtbot.wait(80)


def dialog_of(page: QWidget) -> AskingDialog:
    """The one dialog that is open."""
    (found,) = [each for each in page.window().findChildren(AskingDialog) if each.isVisible()]
    return found


def field_named(name: str, inside: QWidget) -> QLineEdit:
    return next(each for each in inside.findChildren(QLineEdit) if each.accessibleName() == name)


def buttons_that_say(words: str, inside: QWidget) -> list[QAbstractButton]:
    return [
        each
        for each in inside.findChildren(QAbstractButton)
        if each.accessibleName().startswith(words) and each.isVisibleTo(inside)
    ]


def button_that_says(words: str, inside: QWidget) -> QAbstractButton:
    return buttons_that_say(words, inside)[0]


def choose(page: VaultPage, part: str, is_it: Callable[[object], bool], qtbot: QtBot) -> None:
    """Choose the first row of the part's list that `is_it` holds for."""
    listing = next(
        each
        for each in (page.slots, page.analysts, page.holds, page.erasures)
        if each.title == part
    ).list
    number = listing.model.find(is_it)
    assert number is not None
    listing.table.choose(number)


# -- going round


def test_every_part_is_reached_by_keyboard_and_the_focus_is_in_it(
    opened: Shell, page: VaultPage, qtbot: QtBot
) -> None:
    seen = []
    for _ in range(11):
        press(opened, qtbot, Qt.Key.Key_PageDown, CTRL)
        seen.append(page.section.title)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert page.section.isAncestorOf(focus)
    assert set(seen) == {
        say.HEALTH, say.SLOTS, say.BACKUPS, say.CHECK, say.ANALYSTS,
        say.RETENTION, say.HOLDS, say.ERASURES, say.ANCHORS, UNIT, OWN,
    }  # fmt: skip


def test_the_status_line_warns_and_its_key_leads_to_where_it_is_dealt_with(
    opened: Shell, qtbot: QtBot
) -> None:
    main = main_of(opened)
    qtbot.waitUntil(lambda: main.status.concerns() != "")
    assert main.status.concerns() == "◆ No verified backup · 1 more"
    press(opened, qtbot, Qt.Key.Key_J, CTRL)
    assert main.page == places.VAULT
    assert main.vault.section.title == say.BACKUPS


def test_findings_that_need_something_come_first_and_lead_on(
    opened: Shell, page: VaultPage, qtbot: QtBot
) -> None:
    lines = page.health.list.rows()
    assert [line.verdict for line in lines] == ["missing", "warning", "ok"]
    assert page.health.told() == "2 findings need something."
    page.health.list.table.choose(1)
    press(opened, qtbot, Qt.Key.Key_G, ALT)
    assert page.section.title == say.BACKUPS


def test_no_act_of_any_part_is_clipped_in_the_smallest_window(
    opened: Shell, page: VaultPage, qtbot: QtBot
) -> None:
    opened.resize(*SMALLEST)
    for part in (each.title for each in page._sections):
        on(page, part, qtbot)
        assert opened.width() == SMALLEST[0], part
        for made in page.section.findChildren(QAbstractButton):
            if made.isVisible():
                assert made.width() >= made.sizeHint().width(), made.text()


# -- key slots


def test_a_passphrase_slot_is_added_and_its_fields_are_empty_at_once(
    page: VaultPage, notes: KeptNotes, qtbot: QtBot
) -> None:
    on(page, say.SLOTS, qtbot)
    page.slots.add()
    dialog = dialog_of(page)
    qtbot.waitUntil(dialog.isVisible)
    field_named(say.SLOT_NAME, dialog).setText("colleague")
    fields = dialog.findChild(NewKeyFields)
    assert fields is not None
    fields.passphrase.first.setText(LONG)
    fields.passphrase.second.setText(LONG)
    dialog.give()
    assert fields.passphrase.first.text() == fields.passphrase.second.text() == ""
    qtbot.waitUntil(lambda: "opens the vault from now on" in words_on(dialog))
    assert notes.of("add_slot") == [("add_slot", NewKey("colleague", KeyKind.PASSPHRASE, LONG))]
    qtbot.waitUntil(lambda: len(page.slots.list.rows()) == 6)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("", "", "Type it twice"),
        ("short", "short", "short enough to be guessed"),
        (LONG, "another one", "differ"),
    ],
)
def test_a_passphrase_that_will_not_do_is_not_taken(
    page: VaultPage, notes: KeptNotes, first: str, second: str, told: str, qtbot: QtBot
) -> None:
    on(page, say.SLOTS, qtbot)
    page.slots.add()
    dialog = dialog_of(page)
    field_named(say.SLOT_NAME, dialog).setText("x")
    fields = dialog.findChild(NewKeyFields)
    assert fields is not None
    fields.passphrase.first.setText(first)
    fields.passphrase.second.setText(second)
    dialog.give()
    assert told in dialog.told()
    assert notes.of("add_slot") == []


def test_a_recovery_code_is_never_on_the_screen_while_it_is_typed_back(
    page: VaultPage, notes: KeptNotes, qtbot: QtBot
) -> None:
    on(page, say.SLOTS, qtbot)
    page.slots.add()
    dialog = dialog_of(page)
    field_named(say.SLOT_NAME, dialog).setText("safe")
    fields = dialog.findChild(NewKeyFields)
    assert fields is not None
    fields.choose(KeyKind.RECOVERY)
    groups = CODE.split("-")
    assert all(group in words_on(dialog) for group in groups)
    dialog.give()
    assert "Write the code down" in dialog.told()
    fields.sheet.confirm.click()
    assert not any(group in words_on(dialog) for group in groups)
    dialog.give()
    assert "not the groups" in dialog.told()
    assert notes.of("add_slot") == []
    for field in fields.sheet.back.fields:
        number = int(field.accessibleName().split()[-1])
        field.setText(f" {groups[number - 1].lower()} ")
    dialog.give()
    qtbot.waitUntil(lambda: bool(notes.of("add_slot")))
    assert notes.of("add_slot")[0][1] == NewKey("safe", KeyKind.RECOVERY, CODE)


def test_a_sheet_is_saved_only_where_somebody_says(
    page: VaultPage, notes: KeptNotes, tmp_path: Path, qtbot: QtBot
) -> None:
    on(page, say.SLOTS, qtbot)
    page.slots.add()
    dialog = dialog_of(page)
    fields = dialog.findChild(NewKeyFields)
    assert fields is not None
    fields.choose(KeyKind.RECOVERY)
    assert "in the clear" in words_on(dialog)
    save = button_that_says("Save sheet", dialog)
    save.click()
    assert notes.of("sheet") == []
    fields.sheet.path.field.setText(str(tmp_path / "sheet.txt"))
    save.click()
    qtbot.waitUntil(lambda: notes.of("sheet") == [("sheet", tmp_path / "sheet.txt", CODE)])


@pytest.mark.parametrize(("typed", "told"), [(SECRET, "✓ It opens"), ("no", "✗ It does not")])
def test_a_slot_is_tried_and_says_whether_it_opens(
    page: VaultPage, notes: KeptNotes, typed: str, told: str, qtbot: QtBot
) -> None:
    on(page, say.SLOTS, qtbot)
    page.slots.list.table.choose(0)
    page.slots.test()
    dialog = dialog_of(page)
    field = next(each for each in dialog.findChildren(QLineEdit) if each.isVisible())
    field.setText(typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == ""
    qtbot.waitUntil(lambda: told in dialog.told())
    assert notes.of("test_slot") == [
        ("test_slot", Key(KeyKind.PASSPHRASE, typed, None, "passphrase"))
    ]


def test_the_last_door_stays_and_another_slot_goes_with_what_is_to_be_known(
    page: VaultPage, notes: KeptNotes, qtbot: QtBot
) -> None:
    on(page, say.SLOTS, qtbot)
    page.slots.list.table.choose(0)
    page.slots.remove()
    first = dialog_of(page)
    first.give()
    qtbot.waitUntil(lambda: "one always remains" in words_on(first))
    first.reject()
    page.slots.list.table.choose(2)
    page.slots.remove()
    dialog = dialog_of(page)
    dialog.give()
    qtbot.waitUntil(lambda: "Copies and backups made before still open" in words_on(dialog))
    assert [line.name for line in page.slots.list.rows()].count("stick of the shift") == 0


def test_a_wrong_old_secret_is_refused_where_it_was_asked(
    page: VaultPage, notes: KeptNotes, qtbot: QtBot
) -> None:
    on(page, say.SLOTS, qtbot)
    page.slots.list.table.choose(0)
    page.slots.change()
    dialog = dialog_of(page)
    fields = dialog.findChild(NewKeyFields)
    assert fields is not None
    field_named("Passphrase", dialog).setText("not it")
    fields.passphrase.first.setText(LONG)
    fields.passphrase.second.setText(LONG)
    dialog.give()
    qtbot.waitUntil(lambda: "vault.wrong_passphrase" in words_on(dialog))
    assert dialog.isVisible()
    assert not dialog.is_working()


def test_a_new_master_key_is_made_behind_the_door(
    opened: Shell, page: VaultPage, vault: MemoryVault, qtbot: QtBot
) -> None:
    on(page, say.SLOTS, qtbot)
    page.slots.rekey()
    dialog = dialog_of(page)
    field = next(each for each in dialog.findChildren(QLineEdit) if each.isVisible())
    field.setText("mistyped")
    dialog.give()
    qtbot.waitUntil(lambda: "does not open" in dialog.told())
    assert main_of(opened).vault is page
    field.setText(SECRET)
    dialog.give()
    qtbot.waitUntil(lambda: bool(vault.notes.of("rekey")))
    assert opened.main is None
    verbs = [call[0] for call in vault.notes.calls]
    assert verbs.index("lock") < verbs.index("rekey")
    assert vault.notes.of("rekey") == [
        ("rekey", Key(KeyKind.PASSPHRASE, SECRET, None, "passphrase"))
    ]
    qtbot.waitUntil(lambda: opened.unlock is not None and opened.unlock._choice.isEnabled())


# -- backups and checks


def test_a_backup_is_made_while_the_window_is_free_and_can_be_stopped(
    page: VaultPage, notes: KeptNotes, tmp_path: Path, qtbot: QtBot
) -> None:
    on(page, say.BACKUPS, qtbot)
    assert page.backups.list.words() == "No backup yet"
    notes.work_may_end.clear()
    page.backups.ask_backup()
    field_named(say.BACKUP_WHERE, dialog_of(page)).setText(str(tmp_path / "a.backup"))
    dialog_of(page).give()
    qtbot.waitUntil(lambda: "417 of 1,000" in page.backups.strip.words())
    page.show_part(say.HOLDS)
    qtbot.waitUntil(lambda: not page.holds.list.is_empty)
    page.show_part(say.BACKUPS)
    button_that_says("Stop", page.backups).click()
    qtbot.waitUntil(lambda: page.backups.strip.words().startswith("Stopped."))
    notes.work_may_end.set()
    page.backups.ask_backup()
    field_named(say.BACKUP_WHERE, dialog_of(page)).setText(str(tmp_path / "a.backup"))
    dialog_of(page).give()
    qtbot.waitUntil(lambda: "Written and read back: 4.2 GB" in page.backups.strip.words())
    assert "ab" * 32 in page.backups.strip.words()
    qtbot.waitUntil(lambda: not page.backups.list.is_empty)


def test_a_backup_that_would_overwrite_says_so(
    page: VaultPage, tmp_path: Path, qtbot: QtBot
) -> None:
    on(page, say.BACKUPS, qtbot)
    page.backups.ask_backup()
    field_named(say.BACKUP_WHERE, dialog_of(page)).setText(str(tmp_path / "there.backup"))
    dialog_of(page).give()
    qtbot.waitUntil(lambda: "refused.output_exists" in words_on(page.backups))


def test_a_drill_says_what_it_proved(
    page: VaultPage, notes: KeptNotes, tmp_path: Path, qtbot: QtBot
) -> None:
    on(page, say.BACKUPS, qtbot)
    page.backups.ask_drill()
    field_named(say.DRILL_FILE, dialog_of(page)).setText(str(tmp_path / "a.backup"))
    dialog_of(page).give()
    qtbot.waitUntil(lambda: "came back whole" in page.backups.strip.words())
    assert "All 5,021 files came back." in page.backups.strip.words()
    assert notes.of("drill") == [("drill", DrillOrder(tmp_path / "a.backup", (), None))]


def test_a_check_names_what_is_wrong_and_where(
    page: VaultPage, notes: KeptNotes, qtbot: QtBot
) -> None:
    on(page, say.CHECK, qtbot)
    assert page.check.told() == "Never checked so far."
    page.check.check(deep=False)
    qtbot.waitUntil(lambda: page.check.list.words() == "✓ No fault found")
    notes.findings = (FindingLine("blob 0a1b", "The sealed file is missing."),)
    page.check.check(deep=True, restart=True)
    qtbot.waitUntil(lambda: not page.check.list.is_empty)
    assert page.check.list.rows() == notes.findings
    assert "1 finding" in page.check.strip.words()
    assert notes.of("check") == [("check", False, False), ("check", True, True)]


def test_pictures_are_made_again_and_those_that_give_none_are_named(
    page: VaultPage, qtbot: QtBot
) -> None:
    on(page, say.CHECK, qtbot)
    page.check.rebuild()
    qtbot.waitUntil(lambda: "41 pictures were made anew" in page.check.strip.words())
    assert "M-7" in page.check.strip.words()


# -- people


def test_an_analyst_is_added_with_roles_and_a_passphrase_of_their_own(
    page: VaultPage, notes: KeptNotes, qtbot: QtBot
) -> None:
    on(page, say.ANALYSTS, qtbot)
    page.analysts.add()
    dialog = dialog_of(page)
    field_named(say.NAME, dialog).setText("D. Example")
    for box in dialog.findChildren(QCheckBox):
        box.setChecked(box.text().startswith(("Analyst", "Auditor")))
    field_named("New passphrase", dialog).setText(LONG)
    field_named("The same once more", dialog).setText(LONG)
    dialog.give()
    qtbot.waitUntil(lambda: len(page.analysts.list.rows()) == 4)
    given = NewKey("D. Example", KeyKind.PASSPHRASE, LONG)
    roles = frozenset({Role.ANALYST, Role.AUDITOR})
    assert notes.of("add_analyst") == [("add_analyst", "D. Example", roles, given)]


def test_analysts_stand_as_they_came_or_by_name(page: VaultPage, qtbot: QtBot) -> None:
    on(page, say.ANALYSTS, qtbot)
    section = page.analysts
    as_they_came = [line.name for line in section.list.rows()]
    assert section.order.currentText() == orders.ANALYSTS["created"]
    section.list.table.column_clicked.emit(0)
    assert [line.name for line in section.list.rows()] == sorted(as_they_came)
    section.list.table.column_clicked.emit(1)
    section.order.setFocus()
    QTest.keyClick(section.order, Qt.Key.Key_End)
    assert [line.name for line in section.list.rows()] == sorted(as_they_came, reverse=True)
    page.analysts.refresh()
    qtbot.wait(1)
    assert section.order.currentText() == orders.ANALYSTS["-name"]


def test_who_is_retired_is_listed_and_nothing_more_can_be_done_to_them(
    page: VaultPage, qtbot: QtBot
) -> None:
    on(page, say.ANALYSTS, qtbot)
    page.analysts.list.table.choose(2)
    assert not button_that_says("Roles…", page.analysts).isEnabled()
    assert not button_that_says("Retire…", page.analysts).isEnabled()


# -- retention, holds, erasures


def test_what_is_due_is_erased_only_by_its_count(
    page: VaultPage, notes: KeptNotes, qtbot: QtBot
) -> None:
    on(page, say.RETENTION, qtbot)
    assert page.retention.told() == "2 reports are due. 1 other is past its time and kept."
    assert "archived (§ 9)" in words_on(page.retention)
    page.retention.erase()
    dialog = dialog_of(page)
    typed = field_named("Type 2 to erase these reports", dialog)
    dialog.give()
    assert notes.of("erase_due") == []
    typed.setText("3")
    dialog.give()
    qtbot.waitUntil(lambda: "refused.count" in words_on(dialog))
    typed.setText("2")
    dialog.give()
    qtbot.waitUntil(lambda: "The certificate stands under Erasures" in words_on(dialog))
    assert notes.of("erase_due") == [("erase_due", 3, None), ("erase_due", 2, None)]


def test_a_doubted_clock_asks_for_a_date_that_was_read_elsewhere(
    page: VaultPage, notes: KeptNotes, qtbot: QtBot
) -> None:
    notes.doubt = "the vault’s own log has a later entry, so the clock went back."
    on(page, say.RETENTION, qtbot)
    page.retention.erase()
    dialog = dialog_of(page)
    field_named("Type 2 to erase these reports", dialog).setText("2")
    dialog.give()
    assert "YYYY-MM-DD" in dialog.told()
    field_named(say.DATE_READ, dialog).setText("2026-11-21")
    dialog.give()
    qtbot.waitUntil(lambda: bool(notes.of("erase_due")))
    (order,) = notes.of("erase_due")
    assert str(order[2]) == "2026-11-21"


def test_a_hold_is_placed_for_a_reason_and_released_for_another(
    page: VaultPage, notes: KeptNotes, qtbot: QtBot
) -> None:
    on(page, say.HOLDS, qtbot)
    page.holds.place()
    dialog = dialog_of(page)
    field_named(say.HOLD_REFERENCE, dialog).setText("M-20417")
    dialog.give()
    assert dialog.told() == say.NEEDS_REASON
    field_named(say.REASON, dialog).setText("proceeding 12/26")
    dialog.give()
    qtbot.waitUntil(lambda: "M-20417 is held" in words_on(dialog))
    dialog.reject()
    qtbot.waitUntil(lambda: len(page.holds.list.rows()) == 2)
    page.holds.list.table.choose(1)
    page.holds.release()
    release = dialog_of(page)
    assert "proceeding 4711/26" in words_on(release)
    field_named(say.REASON, release).setText("closed")
    release.give()
    qtbot.waitUntil(lambda: "is released" in words_on(release))
    assert notes.of("release_hold") == [("release_hold", "H-0a1b2c3d4e5f", "closed")]


def test_a_certificate_is_saved_where_somebody_says(
    page: VaultPage, vault: MemoryVault, notes: KeptNotes, tmp_path: Path, qtbot: QtBot
) -> None:
    vault.keeping.intentions().erase_due(2, None)
    on(page, say.ERASURES, qtbot)
    qtbot.waitUntil(lambda: not page.erasures.list.is_empty)
    page.erasures.save()
    field_named(say.BACKUP_WHERE, dialog_of(page)).setText(str(tmp_path / "c.txt"))
    dialog_of(page).give()
    qtbot.waitUntil(lambda: bool(notes.of("certificate")))
    assert notes.of("certificate")[0][2] == tmp_path / "c.txt"


def test_the_register_of_erasures_is_saved_where_somebody_says(
    page: VaultPage, notes: KeptNotes, tmp_path: Path, qtbot: QtBot
) -> None:
    on(page, say.ERASURES, qtbot)
    page.erasures.save_register()
    field_named(say.BACKUP_WHERE, dialog_of(page)).setText(str(tmp_path / "register"))
    dialog_of(page).give()
    qtbot.waitUntil(lambda: bool(notes.of("saved_register")))
    assert notes.of("saved_register")[0][1] == tmp_path / "register"


# -- anchors


def test_a_code_for_the_diary_stands_there_until_escape(
    opened: Shell, page: VaultPage, qtbot: QtBot
) -> None:
    on(page, say.ANCHORS, qtbot)
    page.anchors.take_code()
    qtbot.waitUntil(lambda: page.anchors.code() == "7K2M-Q0XH-W7TR-4M0Z")
    assert "first 1,842 entries" in words_on(page.anchors)
    press(opened, qtbot, Qt.Key.Key_Escape)
    assert page.anchors.code() == ""


def test_the_log_is_verified_against_what_was_kept(
    page: VaultPage, notes: KeptNotes, qtbot: QtBot
) -> None:
    on(page, say.ANCHORS, qtbot)
    page.anchors.verifying.verify()
    qtbot.waitUntil(lambda: "1,842 entries are as they were" in page.anchors.verifying.words())
    notes.fault = "Entry 17 was altered."
    page.anchors.verifying.ask_against()
    field_named(say.AGAINST, dialog_of(page)).setText("7K2M-Q0XH-W7TR-4M0Z")
    dialog_of(page).give()
    qtbot.waitUntil(lambda: "Entry 17 was altered." in page.anchors.verifying.words())
    assert notes.of("verify")[-1] == ("verify", "7K2M-Q0XH-W7TR-4M0Z")


# -- the pane of a report


def test_a_report_is_held_and_erased_from_its_own_pane(
    opened: Shell, notes: KeptNotes, qtbot: QtBot
) -> None:
    main = main_of(opened)
    report = main.reports.pane.report_id
    assert report is not None
    press(opened, qtbot, Qt.Key.Key_H, CTRL)
    dialog = dialog_of(main)
    assert field_named(say.HOLD_REFERENCE, dialog).text() == f"HL-{report}"
    field_named(say.REASON, dialog).setText("proceeding 12/26")
    dialog.give()
    qtbot.waitUntil(lambda: "is held" in words_on(dialog))
    dialog.reject()
    qtbot.waitUntil(lambda: "Legal hold, A. Example" in words_on(main.reports.pane))
    qtbot.waitUntil(lambda: bool(buttons_that_say(say.PANE_ERASE, main.reports.pane)))
    button_that_says(say.PANE_ERASE, main.reports.pane).click()
    refused = dialog_of(main)
    qtbot.waitUntil(lambda: "under a legal hold" in words_on(refused))
    refused.give()
    assert notes.of("erase") == []


def test_an_erasure_by_order_offers_what_else_speaks_of_the_report(
    opened: Shell, notes: KeptNotes, qtbot: QtBot
) -> None:
    main = main_of(opened)
    report = main.reports.pane.report_id
    assert report is not None
    qtbot.waitUntil(lambda: bool(buttons_that_say(say.PANE_ERASE, main.reports.pane)))
    button_that_says(say.PANE_ERASE, main.reports.pane).click()
    dialog = dialog_of(main)
    qtbot.waitUntil(lambda: "1 report and 6 media items (4.2 MB)" in words_on(dialog))
    boxes = dialog.findChildren(QCheckBox)
    said = [" ".join(box.text().split()[:4]) for box in boxes]
    assert said == ["Take back 1 operation", "Erase 2 search texts", "Erase 1 kept search"]
    boxes[1].setChecked(True)
    boxes[2].setChecked(True)
    field_named(say.REASON, dialog).setText("order 7")
    field_named("Type 1 to erase this report", dialog).setText("1")
    dialog.give()
    qtbot.waitUntil(lambda: bool(notes.of("erase")))
    expected = EraseOrder(
        (report,), 1, "order 7", is_forced=False, with_searches=True, with_kept_searches=True
    )
    assert notes.of("erase") == [("erase", expected)]


# -- roles


def seated(roles: frozenset[Role], lanes: Lanes, seat: Seat) -> VaultPage:
    vault = MemoryVault()
    vault.keeping = MemoryKeeping(roles=roles)
    return VaultPage(
        Seat(
            vault.session(),
            lanes,
            vault.clock,
            seat.taxonomy,
            HotlineNames(),
            DARK,
            seat.drafting,
        )
    )


def test_what_a_role_does_not_allow_is_absent_and_says_who_could(
    seat: Seat, lanes: Lanes, qtbot: QtBot
) -> None:
    page = seated(frozenset({Role.ANALYST}), lanes, seat)
    qtbot.addWidget(page)
    offered = [made.accessibleName() for made in page.findChildren(QAbstractButton)]
    for act in (
        say.BACK_UP,
        say.DRILL,
        say.REKEY,
        say.ADD_ANALYST + ", Alt+R",
        say.CHANGE_ROLES,
        say.RETIRE,
        say.ERASE_DUE,
        say.PLACE_HOLD,
        say.RELEASE_HOLD,
        say.SAVE_CERTIFICATE,
    ):
        assert not [name for name in offered if name.startswith(act)], act
    told = [label.text() for label in page.findChildren(QLabel)]
    assert sum("“administrator”" in text for text in told) == 3
    assert sum("“supervisor”" in text for text in told) == 4
    # One's own slots, checking and anchoring need no role.
    assert [name for name in offered if name.startswith(say.TEST_SLOT)]
    assert [name for name in offered if name.startswith(say.CHECK_DEEP)]
    assert [name for name in offered if name.startswith(say.DIARY)]


def test_the_slots_of_others_are_out_of_reach_without_the_role(
    seat: Seat, lanes: Lanes, qtbot: QtBot
) -> None:
    page = seated(frozenset({Role.ANALYST}), lanes, seat)
    qtbot.addWidget(page)
    page.slots.refresh()
    qtbot.waitUntil(lambda: not page.slots.list.is_empty)
    page.slots.list.table.choose(0)
    assert button_that_says(say.REMOVE_SLOT, page.slots).isEnabled()
    page.slots.list.table.choose(4)
    assert not button_that_says(say.REMOVE_SLOT, page.slots).isEnabled()


# -- looks and manners


@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: theme.name)
def test_no_part_is_clipped_in_the_smallest_usual_window(
    opened: Shell, page: VaultPage, theme: Theme, qtbot: QtBot
) -> None:
    opened.resize(1366, 768)
    opened.wear(theme)
    qtbot.wait(30)
    for part in (
        say.HEALTH,
        say.SLOTS,
        say.BACKUPS,
        say.CHECK,
        say.ANALYSTS,
        say.RETENTION,
        say.HOLDS,
        say.ERASURES,
        say.ANCHORS,
    ):
        on(page, part, qtbot)
        assert page.minimumSizeHint().width() <= page.width()
        for made in page.section.findChildren(QAbstractButton):
            if made.isVisibleTo(page.section):
                assert made.width() >= made.sizeHint().width(), (part, made.text())
        for label in page.section.findChildren(QLabel):
            if label.isVisibleTo(page.section) and label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width()), (part, label.text())


def test_every_control_has_a_name_that_can_be_read_aloud(
    opened: Shell, page: VaultPage, qtbot: QtBot
) -> None:
    page.slots.add()
    page.analysts.add()
    controls = [
        each
        for kind in (QAbstractButton, QLineEdit)
        for each in page.window().findChildren(kind)
        if each.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]
    assert len(controls) > 60
    assert [each for each in controls if not each.accessibleName().strip()] == []


def test_the_lists_of_the_page_are_sound_models(
    page: VaultPage, qtmodeltester: ModelTester, qtbot: QtBot
) -> None:
    for part in (say.SLOTS, say.ANALYSTS, say.RETENTION, say.HOLDS, say.ANCHORS):
        on(page, part, qtbot)
    for section in (
        page.health,
        page.slots,
        page.analysts,
        page.retention,
        page.holds,
        page.anchors,
    ):
        assert section.list.rows()
        qtmodeltester.check(section.list.model)  # type: ignore[no-untyped-call]


def test_a_lock_takes_every_dialog_with_it_and_leaves_no_secret_in_a_field(
    opened: Shell, page: VaultPage, vault: MemoryVault, qtbot: QtBot
) -> None:
    on(page, say.SLOTS, qtbot)
    page.slots.add()
    dialog = dialog_of(page)
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    QTest.keyClick(dialog, Qt.Key.Key_L, CTRL)
    assert opened.main is None
    assert not [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, QDialog) and each.isVisible()
    ]
    qtbot.waitUntil(lambda: bool(vault.notes.of("lock")))


def test_a_dialog_is_not_left_in_the_middle_of_an_act(
    opened: Shell, page: VaultPage, qtbot: QtBot
) -> None:
    """Escape would hide what came of it; the lock alone may."""
    main: MainWindow = main_of(opened)
    on(page, say.HOLDS, qtbot)
    page.holds.place()
    dialog = dialog_of(page)
    field_named(say.HOLD_REFERENCE, dialog).setText("M-1")
    field_named(say.REASON, dialog).setText("x")
    dialog.give()
    assert dialog.is_working()
    dialog.reject()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: not dialog.is_working())
    dialog.reject()
    assert not [each for each in main.findChildren(AskingDialog) if each.isVisible()]


# -- files sealed anew, erasures of another copy


def test_files_are_sealed_anew_with_progress_a_stop_and_the_damaged_ones_named(
    opened: Shell, page: VaultPage, notes: KeptNotes, qtbot: QtBot
) -> None:
    on(page, say.SLOTS, qtbot)
    notes.work_may_end.clear()
    notes.damaged = ("3f" * 16, "7a" * 16)
    press(opened, qtbot, Qt.Key.Key_F, ALT)
    dialog = dialog_of(page)
    assert "takes long" in words_on(dialog)
    assert notes.of("reseal") == []
    dialog.give()
    qtbot.waitUntil(lambda: "Sealing files anew" in page.slots.strip.words())
    page.slots.strip.stop()
    qtbot.waitUntil(lambda: page.slots.strip.words() == say.STOPPED)
    notes.work_may_end.set()
    page.slots.ask_reseal()
    dialog_of(page).give()
    qtbot.waitUntil(lambda: "5,021 files have a key" in page.slots.strip.words())
    assert "3f" * 16 in page.slots.strip.words()
    assert "7a" * 16 in page.slots.strip.words()
    assert len(notes.of("reseal")) == 2


def test_a_register_of_erasures_is_applied_and_what_a_hold_keeps_is_named(
    page: VaultPage, notes: KeptNotes, qtbot: QtBot
) -> None:
    on(page, say.ERASURES, qtbot)
    page.erasures.ask_register()
    dialog = dialog_of(page)
    dialog.give()
    assert dialog.told() == say.NEEDS_REGISTER
    field_named(say.REGISTER_FILE, dialog).setText("/media/stick/holiday.txt")
    dialog.give()
    qtbot.waitUntil(lambda: "untrusted.checkpoint" in words_on(dialog))
    field_named(say.REGISTER_FILE, dialog).setText("/media/stick/register")
    dialog.give()
    qtbot.waitUntil(lambda: "2 reports were erased again; 3 others" in words_on(dialog))
    assert "A legal hold keeps HL-884190" in words_on(dialog)
    qtbot.waitUntil(lambda: len(page.erasures.list.rows()) == 1)


def test_neither_is_offered_without_the_role(seat: Seat, lanes: Lanes, qtbot: QtBot) -> None:
    keeping = MemoryKeeping(roles=frozenset({Role.ANALYST})).intentions()
    bare = VaultPage(replace(seat, session=replace(seat.session, keeping=keeping)))
    qtbot.addWidget(bare)
    offered = {made.accessibleName() for made in bare.findChildren(QAbstractButton)}
    for words in (say.RESEAL, say.REGISTER):
        assert not any(name.startswith(words) for name in offered)
