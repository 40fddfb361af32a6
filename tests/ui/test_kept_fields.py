"""What is typed in the dialogs of cases and tasks, through a lock: over a real vault."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.domain.about import of_report
from cport_desktop.domain.draft import AskedFields, DraftKind, DraftPlace, Typed
from cport_desktop.domain.ids import ReportId
from cport_desktop.formats.draft_record import parse_draft, print_draft
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.case_dialogs import Ask, Told, ask_edit, ask_new, ask_query, ask_turn
from cport_desktop.ui.views.choose_case import ask_case
from cport_desktop.ui.views.task_dialog import ask_task
from cport_desktop.ui.widgets.moment_field import MomentField
from cport_desktop.ui.widgets.person_choice import PersonChoice
from cport_desktop.usecases.keep_drafts import drafts
from cport_desktop.usecases.open_case import CaseChange, change_case, close_case, open_case
from cport_desktop.words import cases_page as say
from cport_desktop.words import kept_fields as words
from tests.builders import ANALYST, NOON, make_vault, reopened
from tests.report_builders import a_report, new
from tests.ui.real_seat import seated_at
from tests.ui.test_vault_page import field_named
from tests.ui.test_window import words_on
from tests.vault.erasing import apply

REPORT = of_report(ReportId(1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A vault with a report and a case."""
    made = make_vault(tmp_path / "vault")
    with reopened(made) as vault:
        apply(vault, new(a_report(1)))
        open_case(vault, title="Harbour", summary="Three sites")
    return made


@pytest.fixture
def over(qtbot: QtBot) -> QWidget:
    """What dialogs stand over."""
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def asking(over: QWidget, seat: Seat) -> Ask:
    return partial(AskingDialog, over, synthetic=seat.session.nature.is_synthetic)


def nobody_told() -> Told:
    return Told(lambda _number, _changes: None)


def left(folder: Path) -> set[str]:
    """The places where something lies in the vault."""
    with reopened(folder) as vault:
        return {place.name for place in drafts(vault) if place.kind is not DraftKind.WINDOW}


def test_a_new_case_that_was_begun_is_there_again_after_a_lock_and_ends_as_a_case(
    tmp_path: Path, folder: Path, over: QWidget, qtbot: QtBot
) -> None:
    with seated_at(tmp_path, folder) as seat:
        dialog = ask_new(asking(over, seat), seat, nobody_told())
        field_named(say.CASE_TITLE, dialog).setText("Lighthouse")
        (summary,) = dialog.findChildren(QPlainTextEdit)
        summary.setPlainText("Two sites, so far")
    assert left(folder) == {"new-case"}

    told: list[int] = []
    with seated_at(tmp_path, folder) as seat:
        again = ask_new(
            asking(over, seat), seat, Told(lambda number, _changes: told.append(number))
        )
        assert words.BEGUN_BEFORE in words_on(again)
        assert field_named(say.CASE_TITLE, again).text() == "Lighthouse"
        again.give()
        qtbot.waitUntil(lambda: told == [2])
        row = seat.session.working.cases.show(2)
        assert (row.case.title, row.case.summary) == ("Lighthouse", "Two sites, so far")
    assert left(folder) == set()


def test_only_what_was_changed_of_a_case_is_kept(
    tmp_path: Path, folder: Path, over: QWidget, qtbot: QtBot
) -> None:
    with seated_at(tmp_path, folder) as seat:
        case = seat.session.working.cases.show(1).case
        dialog = ask_edit(asking(over, seat), seat, case, nobody_told())
        field_named(say.CASE_TITLE, dialog).setText("Harbour walls")
        (lead,) = dialog.findChildren(PersonChoice)
        qtbot.waitUntil(lambda: lead.count() == 2)
        lead.lay(ANALYST)
    with reopened(folder) as vault:
        change_case(vault, 1, CaseChange(summary="Four sites"))
    with seated_at(tmp_path, folder) as seat:
        case = seat.session.working.cases.show(1).case
        again = ask_edit(asking(over, seat), seat, case, nobody_told())
        (summary,) = again.findChildren(QPlainTextEdit)
        (lead,) = again.findChildren(PersonChoice)
        assert field_named(say.CASE_TITLE, again).text() == "Harbour walls"
        assert summary.toPlainText() == "Four sites", (
            "a colleague’s words are not undone by a draft"
        )
        assert lead.name() == ANALYST


def test_reasons_queries_tasks_and_titles_of_cases_are_there_again(
    tmp_path: Path, folder: Path, over: QWidget, qtbot: QtBot
) -> None:
    def lock() -> None:
        """Nobody asks for it here."""

    def dialogs(seat: Seat) -> tuple[AskingDialog, ...]:
        case, ask = seat.session.working.cases.show(1).case, asking(over, seat)
        return (
            ask_turn(ask, seat, case, nobody_told()),
            ask_query(ask, seat, case, nobody_told()),
            ask_task(over, seat, REPORT, lambda _changes: None, lock),
            ask_case(over, seat, (REPORT,), lambda _changes: None, lock),
        )

    names = (say.REASON, say.QUERY, say.TASK_WHAT, say.OR_NEW)
    with seated_at(tmp_path, folder) as seat:
        made = dialogs(seat)
        for name, dialog in zip(names, made, strict=True):
            field_named(name, dialog).setText(f"typed as {name}")
        made[2].findChildren(QCheckBox)[0].setChecked(True)
        made[2].findChildren(MomentField)[0].lay(NOON)
    assert left(folder) == {
        "case-close:case-1", "case-query:case-1", "task:report-1", "new-case:report-1"
    }  # fmt: skip
    with seated_at(tmp_path, folder) as seat:
        made = dialogs(seat)
        for name, dialog in zip(names, made, strict=True):
            assert field_named(name, dialog).text() == f"typed as {name}"
        assert made[2].findChildren(QCheckBox)[0].isChecked()
        assert made[2].findChildren(MomentField)[0].moment() == NOON
        for name, dialog in zip(names, made, strict=True):
            field_named(name, dialog).clear()
        made[2].findChildren(QCheckBox)[0].setChecked(False)
    assert left(folder) == set(), "what was emptied is kept nowhere"


def test_a_reason_to_close_is_none_to_open_again(
    tmp_path: Path, folder: Path, over: QWidget
) -> None:
    with seated_at(tmp_path, folder) as seat:
        case = seat.session.working.cases.show(1).case
        dialog = ask_turn(asking(over, seat), seat, case, nobody_told())
        field_named(say.REASON, dialog).setText("handed over")
    with reopened(folder) as vault:
        close_case(vault, 1, reason="somebody else did")
    with seated_at(tmp_path, folder) as seat:
        case = seat.session.working.cases.show(1).case
        again = ask_turn(asking(over, seat), seat, case, nobody_told())
        assert field_named(say.REASON, again).text() == ""


def test_a_person_who_is_not_here_any_more_is_still_the_one_that_was_chosen(qtbot: QtBot) -> None:
    choice = PersonChoice(say.LEAD, nobody=say.NOBODY)
    qtbot.addWidget(choice)
    choice.lay("Somebody Example")
    choice.offer(("A. Example", "Somebody Example"))
    assert (choice.name(), choice.count()) == ("Somebody Example", 3)


def test_fields_survive_being_written_and_read() -> None:
    content = AskedFields((None, Typed("words", 2, 5)), "", NOON)
    place = DraftPlace(DraftKind.TASK, report=ReportId(1))
    assert parse_draft(place.kind, print_draft(content)) == content
    assert content.is_blank is False
    assert AskedFields((None, None)).is_blank
