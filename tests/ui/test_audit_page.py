"""The audit page over a desk in memory: a purpose first, and nothing that adds up by person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.roles import Role
from cport_desktop.ui import places
from cport_desktop.ui.lane import Lanes
from cport_desktop.ui.models.list_columns import audit_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.audit_page import AuditPage
from cport_desktop.words import vault_page as say
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.synthetic_keeping import KeptNotes, MemoryKeeping, an_entry
from tests.ui.test_vault_page import dialog_of, field_named
from tests.ui.test_window import main_of, press, words_on

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def notes(vault: MemoryVault) -> KeptNotes:
    return vault.keeping.notes


def on_page(opened: Shell, qtbot: QtBot) -> AuditPage:
    main = main_of(opened)
    main.show_page(places.AUDIT)
    qtbot.wait(30)
    return main.audit


def test_nothing_of_the_log_is_read_before_a_purpose_was_stated(
    opened: Shell, notes: KeptNotes, qtbot: QtBot
) -> None:
    page = on_page(opened, qtbot)
    assert notes.of("read_audit") == []
    assert page.is_empty
    page.purpose.setText("monthly self-monitoring")
    press(opened, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.is_empty)
    assert notes.of("read_audit") == [("read_audit", "monthly self-monitoring", None)]
    assert "Read for: monthly self-monitoring" in words_on(page)


def test_the_next_page_is_read_for_the_same_purpose(
    opened: Shell, notes: KeptNotes, qtbot: QtBot
) -> None:
    page = on_page(opened, qtbot)
    page.purpose.setText("integrity")
    page.read()
    qtbot.waitUntil(lambda: page.model.rowCount() == 200)
    page.table.scrollToBottom()
    qtbot.waitUntil(lambda: page.model.rowCount() == 400)
    assert notes.of("read_audit")[-1] == ("read_audit", "integrity", "1642")


def test_whoever_comes_back_says_anew_what_for(
    opened: Shell, notes: KeptNotes, qtbot: QtBot
) -> None:
    page = on_page(opened, qtbot)
    page.purpose.setText("integrity")
    page.read()
    qtbot.waitUntil(lambda: not page.is_empty)
    press(opened, qtbot, Qt.Key.Key_1, CTRL)
    assert page.is_empty
    on_page(opened, qtbot)
    assert page.purpose.text() == ""
    assert len(notes.of("read_audit")) == 1


@pytest.fixture
def live_seat(seat: Seat) -> Seat:
    return replace(seat, session=replace(seat.session, nature=Nature.LIVE))


def test_a_live_vault_demands_a_purpose_and_a_demo_vault_does_not(
    opened: Shell, vault: MemoryVault, live_seat: Seat, notes: KeptNotes, qtbot: QtBot
) -> None:
    live = AuditPage(live_seat)
    qtbot.addWidget(live)
    live.show()
    live.purpose.setText("   ")
    live.read()
    assert say.NEEDS_PURPOSE in words_on(live)
    assert notes.of("read_audit") == []
    demo = on_page(opened, qtbot)
    demo.read()
    qtbot.waitUntil(lambda: not demo.is_empty)
    assert notes.of("read_audit") == [("read_audit", "", None)]


def test_without_the_role_there_is_no_field_but_who_could(
    seat: Seat, lanes: Lanes, qtbot: QtBot
) -> None:
    keeping = MemoryKeeping(roles=frozenset({Role.ANALYST})).intentions()
    page = AuditPage(replace(seat, session=replace(seat.session, keeping=keeping)))
    qtbot.addWidget(page)
    page.show()
    assert not page.purpose.isVisible()
    assert "“auditor”" in words_on(page)


@pytest.mark.parametrize("kind", ObjectKind)
def test_every_kind_of_object_and_act_in_the_log_has_a_word(kind: ObjectKind) -> None:
    for action in AuditAction:
        draft = AuditDraft(action, "add", kind, "x")
        entry = replace(an_entry(1), draft=draft)
        cells = [column.text(entry) for column in audit_columns()]
        assert all("_" not in cell for cell in cells)


def test_nothing_sorts_filters_or_adds_up_by_person(opened: Shell, qtbot: QtBot) -> None:
    page = on_page(opened, qtbot)
    page.read()
    qtbot.waitUntil(lambda: not page.is_empty)
    assert all(column.sort is None for column in audit_columns())
    assert not page.table.isSortingEnabled()
    before = [page.model.row(number).sequence for number in range(5)]
    page.table.column_clicked.emit(2)
    qtbot.wait(30)
    assert [page.model.row(number).sequence for number in range(5)] == before
    offered = {made.accessibleName().split(",")[0] for made in page.findChildren(QAbstractButton)}
    assert {"Verify the log", "Verify against…", "Export…", "Other purpose"} <= offered
    told = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "entries by" not in told
    assert "per person" not in told


def test_the_log_is_exported_for_somebody_and_for_the_purpose_it_is_read_for(
    opened: Shell, notes: KeptNotes, tmp_path: Path, qtbot: QtBot
) -> None:
    page = on_page(opened, qtbot)
    page.purpose.setText("complaint 7")
    page.read()
    qtbot.waitUntil(lambda: not page.is_empty)
    page.export()
    dialog = dialog_of(page)
    field_named(say.BACKUP_WHERE, dialog).setText(str(tmp_path / "log.zip"))
    field_named(say.EXPORT_FOR, dialog).setText("the authority")
    dialog.give()
    qtbot.waitUntil(lambda: "1,842 entries exported" in page.strip.words())
    assert notes.of("export") == [("export", tmp_path / "log.zip", "the authority", "complaint 7")]


# -- particulars


def reading(opened: Shell, qtbot: QtBot) -> AuditPage:
    page = on_page(opened, qtbot)
    page.purpose.setText("complaint 7")
    page.read()
    qtbot.waitUntil(lambda: not page.is_empty)
    return page


def test_the_particulars_of_an_entry_are_shown_and_go_for_a_reason_and_the_entry_stays(
    opened: Shell, notes: KeptNotes, qtbot: QtBot
) -> None:
    page = reading(opened, qtbot)
    number = page.model.find(lambda entry: entry.sequence == 1_840)
    assert number is not None
    page.table.choose(number)
    press(opened, qtbot, Qt.Key.Key_X, Qt.KeyboardModifier.AltModifier)
    dialog = dialog_of(page)
    assert "query: ref:HL-882360" in words_on(dialog)
    dialog.give()
    assert dialog.told() == say.NEEDS_REASON
    assert notes.of("erase_particulars") == []
    field_named(say.REASON, dialog).setText("request of 12 November")
    dialog.give()
    done = [("erase_particulars", 1_840, "request of 12 November")]
    qtbot.waitUntil(lambda: notes.of("erase_particulars") == done)
    qtbot.waitUntil(lambda: "the entry stays" in words_on(dialog))
    qtbot.waitUntil(lambda: page.model.row(number).erased_by == 1_843)
    page.table.choose(number)
    assert page.silence is not None
    assert not page.silence.isEnabled()


def test_an_entry_without_particulars_offers_nothing_to_erase(opened: Shell, qtbot: QtBot) -> None:
    page = reading(opened, qtbot)
    number = page.model.find(lambda entry: entry.sequence == 1_841)
    assert number is not None
    page.table.choose(number)
    assert page.silence is not None
    assert not page.silence.isEnabled()
    page.ask_silence()
    assert page.window().findChildren(AskingDialog) == []


def test_an_auditor_who_is_no_supervisor_reads_and_erases_nothing(seat: Seat, qtbot: QtBot) -> None:
    keeping = MemoryKeeping(roles=frozenset({Role.AUDITOR})).intentions()
    page = AuditPage(replace(seat, session=replace(seat.session, keeping=keeping)))
    qtbot.addWidget(page)
    page.show()
    page.read()
    qtbot.waitUntil(lambda: not page.is_empty)
    offered = {made.text() for made in page.findChildren(QAbstractButton)}
    assert not any(text.startswith("Erase particulars") for text in offered)
