"""Drafts go to the vault as they are typed: at once, one at a time, the newest only."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from cport_desktop.domain.draft import (
    THE_PACKAGE,
    THE_WINDOW,
    DraftContent,
    DraftKind,
    DraftPlace,
    EnrolmentFields,
    NoteFields,
    PackageFields,
    Typed,
    WindowStand,
    place_named,
)
from cport_desktop.domain.ids import Actor, MediaId, ReportId
from cport_desktop.domain.preparation import Confirmation, Preparation
from cport_desktop.errors import StorageFull
from cport_desktop.formats.draft_record import parse_draft, print_draft
from cport_desktop.ui.drafting import Drafting
from cport_desktop.ui.lane import Lanes
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.compose_dialog import ComposeDialog
from tests.ui.conftest import NotedRenewal
from tests.ui.synthetic_desk import LAST_REPORT, NOON, PASSPHRASE, MemoryVault
from tests.ui.test_window import CTRL, button_named, main_of, open_report, press

ON_THE_FIRST = DraftPlace(DraftKind.FEEDBACK, report=ReportId(LAST_REPORT))


def kept(vault: MemoryVault, place: DraftPlace) -> list[object]:
    """What was written at a place, in order."""
    return [call[2] for call in vault.notes.of("keep_draft") if call[1] == place]


def text_of(content: object) -> str:
    assert isinstance(content, Typed)
    return content.text


def editor_of(shell: Shell) -> QPlainTextEdit:
    editor = main_of(shell).reports.pane.findChild(QPlainTextEdit)
    assert editor is not None
    return editor


def write(shell: Shell, text: str) -> None:
    main_of(shell).reports.pane.edit_feedback()
    QTest.keyClicks(editor_of(shell), text)


def test_what_is_typed_is_kept_without_any_further_key(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    write(opened, "Thank")
    qtbot.waitUntil(lambda: vault.notes.drafts.get(ON_THE_FIRST) == Typed("Thank", 5, 5))


def test_while_one_write_is_under_way_the_newest_waits_and_the_others_are_never_written(
    vault: MemoryVault, lanes: Lanes, qtbot: QtBot
) -> None:
    vault.notes.draft_may_be_written.clear()
    drafting = Drafting(vault.session(), lanes.keeping)
    for length in range(1, 200):
        drafting.keep(ON_THE_FIRST, Typed("x" * length))
    vault.notes.draft_may_be_written.set()
    qtbot.waitUntil(lambda: len(text_of(vault.notes.drafts.get(ON_THE_FIRST, Typed()))) == 199)
    assert len(kept(vault, ON_THE_FIRST)) <= 2


def test_each_place_has_its_own_newest(vault: MemoryVault, lanes: Lanes, qtbot: QtBot) -> None:
    vault.notes.draft_may_be_written.clear()
    drafting = Drafting(vault.session(), lanes.keeping)
    other = DraftPlace(DraftKind.FEEDBACK, report=ReportId(7))
    for text in ("a", "ab", "abc"):
        drafting.keep(ON_THE_FIRST, Typed(text))
        drafting.keep(other, Typed(text * 2))
    vault.notes.draft_may_be_written.set()
    qtbot.waitUntil(
        lambda: vault.notes.drafts == {ON_THE_FIRST: Typed("abc"), other: Typed("abcabc")}
    )


def test_what_a_full_disk_refused_is_written_at_the_lock_if_there_is_room_by_then(
    vault: MemoryVault, lanes: Lanes, qtbot: QtBot
) -> None:
    session, refusals = vault.session(), iter([StorageFull(where="the disk")])

    def keep(place: DraftPlace, content: DraftContent | None) -> None:
        if (refusal := next(refusals, None)) is not None:
            raise refusal
        session.keep_draft(place, content)

    drafting = Drafting(replace(session, keep_draft=keep), lanes.keeping)
    with qtbot.waitSignal(lanes.keeping.went_wrong):
        drafting.keep(ON_THE_FIRST, Typed("Last words"))
    assert vault.notes.drafts == {}

    drafting.finish()
    qtbot.waitUntil(lambda: vault.notes.drafts == {ON_THE_FIRST: Typed("Last words")})
    drafting.finish()
    assert len(kept(vault, ON_THE_FIRST)) == 1


def test_a_lock_waits_for_the_last_draft(
    opened: Shell, vault: MemoryVault, qtbot: QtBot, renewal: NotedRenewal
) -> None:
    vault.notes.draft_may_be_written.clear()
    write(opened, "Last words")
    opened.lock()
    assert opened.main is None
    vault.notes.draft_may_be_written.set()
    qtbot.waitUntil(lambda: bool(renewal.asked))
    assert text_of(vault.notes.drafts[ON_THE_FIRST]) == "Last words"
    verbs = [call[0] for call in vault.notes.calls]
    assert max(at for at, verb in enumerate(verbs) if verb == "keep_draft") < verbs.index("lock")


def test_after_unlocking_the_editor_is_open_with_text_and_selection(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    write(opened, "Thank you")
    cursor = editor_of(opened).textCursor()
    cursor.setPosition(2)
    cursor.setPosition(7, cursor.MoveMode.KeepAnchor)
    editor_of(opened).setTextCursor(cursor)
    opened.lock()
    qtbot.waitUntil(lambda: opened.unlock is not None and opened.unlock._field.isEnabled())
    opened.open(PASSPHRASE)
    qtbot.waitUntil(lambda: opened.main is not None and main_of(opened).reports.pane.is_writing)
    assert editor_of(opened).textCursor().selectedText() == "ank y"
    assert main_of(opened).reports.pane.report_id == LAST_REPORT


def test_a_draft_ends_when_it_was_sent(opened: Shell, vault: MemoryVault, qtbot: QtBot) -> None:
    write(opened, "Thank you")
    qtbot.waitUntil(lambda: ON_THE_FIRST in vault.notes.drafts)
    QTest.keyClick(editor_of(opened), Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(vault.notes.of("feedback")))
    qtbot.waitUntil(lambda: ON_THE_FIRST not in vault.notes.drafts)


def test_a_draft_ends_when_its_last_letter_is_taken_away(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    write(opened, "T")
    qtbot.waitUntil(lambda: ON_THE_FIRST in vault.notes.drafts)
    QTest.keyClick(editor_of(opened), Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: ON_THE_FIRST not in vault.notes.drafts)


def test_escape_and_other_reports_leave_a_draft_where_it_is(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    write(opened, "Thank you")
    press(opened, qtbot, Qt.Key.Key_Escape)
    open_report(main_of(opened), LAST_REPORT - 3, qtbot)
    main_of(opened).reports.pane.edit_feedback()
    assert editor_of(opened).toPlainText() == ""
    qtbot.wait(50)
    assert text_of(vault.notes.drafts[ON_THE_FIRST]) == "Thank you"


def test_a_package_that_was_begun_keeps_its_fields_until_it_is_discarded(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    main.compose()
    dialog = main.findChild(ComposeDialog)
    assert dialog is not None
    dialog.form.name.setText("Synthetic package 17")
    dialog.form.keys.setPlainText("age1qqq")
    dialog.reject()
    qtbot.waitUntil(lambda: main.findChild(ComposeDialog) is None)
    main.compose()
    again = main.findChild(ComposeDialog)
    assert again is not None
    assert again.form.name.text() == "Synthetic package 17"
    assert again.form.keys.toPlainText() == "age1qqq"
    button_named("Discard, Ctrl+D", again).click()
    qtbot.waitUntil(lambda: THE_PACKAGE not in vault.notes.drafts)
    qtbot.waitUntil(lambda: main.findChild(ComposeDialog) is None)


def test_the_window_remembers_where_it_stood(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    main.reports.table.verticalScrollBar().setValue(777)
    main.show_page(1)

    def is_noted() -> bool:
        stand = vault.notes.drafts.get(THE_WINDOW)
        return isinstance(stand, WindowStand) and (stand.page, stand.reports.scroll) == (1, 777)

    qtbot.waitUntil(is_noted)


@pytest.mark.parametrize(
    "place",
    [
        THE_WINDOW,
        THE_PACKAGE,
        ON_THE_FIRST,
        DraftPlace(DraftKind.NOTE, media=MediaId(20)),
        DraftPlace(DraftKind.NOTE),
        DraftPlace(DraftKind.NOTE, case=3),
    ],
)
def test_a_place_is_found_by_its_name(place: DraftPlace) -> None:
    assert place_named(place.name) == place


@pytest.mark.parametrize("name", ["", "else", "note:folder-1", "note:report-", "note:report-x"])
def test_a_place_of_a_later_version_is_none(name: str) -> None:
    assert place_named(name) is None


def test_what_is_kept_is_read_back() -> None:
    said = Confirmation(Preparation.PAPERS, NOON, Actor("A. Example"))
    fields = PackageFields((1, 2), "host:NL", True, "Title", Typed("age1", 4, 0), "/a.age")
    for kind, content in (
        (DraftKind.WINDOW, WindowStand(page=1, theme="light")),
        (DraftKind.PACKAGE, fields),
        (DraftKind.ENROLMENT, EnrolmentFields((said,), "Desk 1", goes_by_network=True)),
        (DraftKind.FEEDBACK, Typed("ä\n", 1, 0)),
        (DraftKind.NOTE, NoteFields(Typed("ä\n", 1, 0), "N-1")),
    ):
        assert parse_draft(kind, print_draft(content)) == content
    assert parse_draft(DraftKind.WINDOW, b'{"page": "three"}') is None
    assert parse_draft(DraftKind.NOTE, b"\xff") is None
