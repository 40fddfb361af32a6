"""What the page of cases and the work on a report ask for, over a real vault."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from cport_desktop.bootstrap import Workstation, furnish
from cport_desktop.clock import SteppingClock
from cport_desktop.domain.about import of_case
from cport_desktop.domain.case import CaseState, MomentKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import AskedFields, DraftKind, DraftPlace, NoteFields, Typed
from cport_desktop.domain.ids import ReportId
from cport_desktop.errors import CaseUnfit, UnknownReference
from cport_desktop.settings import Settings
from cport_desktop.ui.working import CaseLine, CasesWanted, TaskLine, TasksWanted
from cport_desktop.ui.working_opening import working_of
from cport_desktop.usecases.keep_drafts import drafts, keep_draft
from cport_desktop.usecases.turn_deeds import Means, undo
from tests.builders import ANALYST, NOON, a_vault
from tests.report_builders import a_report, new
from tests.vault.erasing import apply
from tests.work_builders import BERT, employ, report


@pytest.fixture
def workstation(tmp_path: Path) -> Workstation:
    made = furnish(Settings(marks=tmp_path / "marks"))
    return replace(made, clock=SteppingClock(NOON))


def test_everything_that_the_window_offers_about_a_case_is_done_in_the_vault(
    tmp_path: Path, workstation: Workstation
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        apply(vault, *(new(a_report(number)) for number in (1, 2, 3)))
        employ(vault)
        cases = working_of(workstation, vault).cases
        case, changes = cases.begin("Harbour", "Three sites")
        assert (case.number, changes) == (1, Changes.WORK)
        line, _ = cases.put(1, [report(1), report(2)])
        assert (line.added, line.already) == (2, 0)
        count = cases.count_found("ref:HL-2 OR ref:HL-3")
        line, _ = cases.put_found(1, "ref:HL-2 OR ref:HL-3", count, None)
        assert (line.added, line.already) == (1, 1)
        cases.take_out(1, [report(1)])
        assert {str(item.about) for item in cases.items(1, 9, None).rows} == {"HL-2", "HL-3"}
        with pytest.raises(UnknownReference):
            cases.change(1, CaseLine("Lost", "Lost", "Nobody Example", leads=True))
        assert cases.show(1).case.title == "Harbour", "all of it, or nothing"
        cases.change(1, CaseLine("Harbour line", "Two sites", BERT, leads=True))
        shown = cases.show(1).case
        assert (shown.title, shown.summary) == ("Harbour line", "Two sites")
        assert shown.lead is not None
        cases.close(1, "handed over", None)
        with pytest.raises(CaseUnfit):
            cases.put(1, [report(1)])
        assert cases.page(CasesWanted(CaseState.OPEN), 9, None).rows == []
        assert len(cases.page(CasesWanted(CaseState.CLOSED, "line"), 9, None).rows) == 1
        assert len(cases.page(CasesWanted(text="is:closed lead:nobody"), 9, None).rows) == 0
        assert len(cases.page(CasesWanted(text="is:closed items:2"), 9, None).rows) == 1
        cases.reopen(1, "new reports", None)
        kinds = {moment.kind for moment in cases.timeline(1, 100, None).rows}
        assert {MomentKind.CLOSED, MomentKind.REOPENED, MomentKind.RECEIVED} <= kinds


def test_a_case_is_begun_with_what_goes_into_it_or_not_at_all(
    tmp_path: Path, workstation: Workstation
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        apply(vault, *(new(a_report(number)) for number in (1, 2)))
        cases = working_of(workstation, vault).cases
        place = DraftPlace(DraftKind.NEW_CASE, report=ReportId(1))
        keep_draft(vault, place, AskedFields((Typed("Harbour"),)), now=NOON)
        with pytest.raises(UnknownReference):
            cases.put_into_new("Harbour", [report(1), report(99)], place)
        assert cases.page(CasesWanted(), 9, None).rows == []
        assert place in drafts(vault), "what was refused is not lost"
        line, changes = cases.put_into_new("Harbour", [report(1), report(2)], place)
        assert (line.case.reference, line.added, changes) == ("C-1", 2, Changes.WORK)
        turned, _ = undo(vault, Means(uuid4))
        assert turned.deed.items == 2
        assert cases.show(1).items == 0


def test_what_was_typed_in_a_dialog_ends_with_the_act_that_it_became(
    tmp_path: Path, workstation: Workstation
) -> None:
    def typed(kind: DraftKind, **about: int) -> DraftPlace:
        place = DraftPlace(kind, **about)  # type: ignore[arg-type]
        keep_draft(vault, place, AskedFields((Typed("words"),)), now=NOON)
        return place

    with a_vault(tmp_path / "vault") as vault:
        apply(vault, new(a_report(1)))
        working = working_of(workstation, vault)
        cases = working.cases
        acts = (
            lambda: cases.begin("Harbour", "", typed(DraftKind.NEW_CASE)),
            lambda: cases.change(
                1, CaseLine("Harbour line", draft=typed(DraftKind.CASE_CHANGE, case=1))
            ),
            lambda: cases.put_found(1, "ref:HL-1", 1, typed(DraftKind.CASE_QUERY, case=1)),
            lambda: cases.close(1, "handed over", typed(DraftKind.CASE_CLOSE, case=1)),
            lambda: cases.reopen(1, "new reports", typed(DraftKind.CASE_REOPEN, case=1)),
            lambda: working.tasks.set(
                report(1), TaskLine("call", draft=typed(DraftKind.TASK, report=1))
            ),
        )
        for act in acts:
            act()
            assert drafts(vault) == {}


def test_a_note_ends_its_draft_and_marks_and_tasks_go_on_and_off(
    tmp_path: Path, workstation: Workstation
) -> None:
    place = DraftPlace(DraftKind.NOTE, report=ReportId(1))
    with a_vault(tmp_path / "vault") as vault:
        apply(vault, new(a_report(1)))
        working = working_of(workstation, vault)
        keep_draft(vault, place, NoteFields(Typed("words")), now=NOON)
        note, _ = working.notes.add(report(1), "words", place)
        assert drafts(vault) == {}
        working.notes.change(note.note_id, "other words", None)
        assert [one.text for one in working.notes.versions(note.note_id)] == [
            "words",
            "other words",
        ]
        working.notes.take_back(note.note_id)
        assert working.on(report(1)).notes_count == 0
        working.notes.put_back(note.note_id)

        working.marks.tag([report(1)], "harbour")
        working.marks.flag([report(1)])
        assert working.marks.names("HAR", 3) == ("harbour",)
        task, _ = working.tasks.set(report(1), TaskLine("call", ANALYST, NOON - timedelta(days=1)))
        seen = working.on(report(1))
        assert [tag.name for tag in seen.tags] == ["harbour"]
        assert seen.flag is not None
        assert (seen.notes_count, seen.tasks) == (1, (task,))
        assert working.shift().overdue_count == 1
        assert working.tasks.page(TasksWanted(only_mine=True), 9, None).rows == [task]
        working.tasks.finish(task.task_id)
        working.marks.untag([report(1)], "harbour")
        working.marks.unflag([report(1)])
        bare = working.on(report(1))
        assert (bare.tags, bare.flag, bare.tasks) == ((), None, ())
        working.tasks.reopen(task.task_id)
        assert working.on(report(1)).tasks_count == 1
        assert working.colleagues() == (ANALYST,)
        assert working.on(of_case(1)).cases == ()
