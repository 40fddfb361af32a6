"""Tags, flags, notes and what is in a case go back as they were, and come again."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from cport_desktop.domain.about import About, of_report
from cport_desktop.domain.case import MomentKind
from cport_desktop.domain.deed import DeedKind
from cport_desktop.domain.ids import ReportId
from cport_desktop.errors import DeedStays, UnknownReference
from cport_desktop.usecases.flag_things import flag, unflag
from cport_desktop.usecases.gather_case import add_to_case, remove_from_case
from cport_desktop.usecases.open_case import close_case, open_case, retitle_case
from cport_desktop.usecases.read_cases import timeline
from cport_desktop.usecases.set_tasks import (
    TaskFields,
    TaskQuestion,
    change_task,
    finish_task,
    list_tasks,
    reopen_task,
    set_task,
)
from cport_desktop.usecases.tag_things import tag, untag
from cport_desktop.usecases.turn_deeds import Means, redo, undo
from cport_desktop.usecases.work_on import work_on
from cport_desktop.usecases.write_notes import add_note, change_note, take_back_note
from cport_desktop.vault import notes as note_rows
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry, make_vault, reopened
from tests.report_builders import a_report, new
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply

ONE, OTHER = of_report(ReportId(1)), of_report(ReportId(2))


@pytest.fixture(scope="module")
def newborn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_vault(tmp_path_factory.mktemp("newborn") / "vault")


@pytest.fixture
def vault(newborn: Path, tmp_path: Path) -> Iterator[Vault]:
    with reopened(Path(shutil.copytree(newborn, tmp_path / "vault"))) as opened:
        bind(opened)
        apply(opened, new(a_report(1)), new(a_report(2)))
        yield opened


@pytest.fixture
def means() -> Means:
    counted = itertools.count(1)
    return Means(lambda: UUID(int=next(counted)))


def tags(vault: Vault, about: About) -> list[str]:
    return [each.name for each in work_on(vault, about).tags]


def notes(vault: Vault) -> list[tuple[str, bool, int]]:
    return [(n.text, n.is_standing, n.versions) for n in work_on(vault, ONE).notes.rows]


def test_tags_on_several_are_one_deed(vault: Vault, means: Means) -> None:
    tag(vault, [ONE], "to ask")
    tag(vault, [ONE, OTHER], "to ask")
    turned, _ = undo(vault, means)
    assert (turned.steps, turned.deed.detail, turned.deed.first) == (1, "to ask", OTHER)
    assert (tags(vault, ONE), tags(vault, OTHER)) == (["to ask"], [])
    redo(vault, means)
    untag(vault, [ONE, OTHER], "to ask")
    undo(vault, means)
    assert (tags(vault, ONE), tags(vault, OTHER)) == (["to ask"], ["to ask"])


def test_a_flag_comes_back_with_who_put_it_there(vault: Vault, means: Means) -> None:
    flag(vault, [ONE])
    put = work_on(vault, ONE).flag
    unflag(vault, [ONE])
    undo(vault, means)
    assert work_on(vault, ONE).flag == put
    undo(vault, means)
    assert work_on(vault, ONE).flag is None


def test_a_note_goes_back_version_by_version(vault: Vault, means: Means) -> None:
    note, _ = add_note(vault, ONE, "first words")
    change_note(vault, note.note_id, "other words")
    take_back_note(vault, note.note_id)
    undo(vault, means)
    assert [(text, stands) for text, stands, _ in notes(vault)] == [("other words", True)]
    undo(vault, means)
    assert [(text, stands) for text, stands, _ in notes(vault)] == [("first words", True)]
    undo(vault, means)
    # Nothing that was written is dropped: it is taken back.
    assert notes(vault) == []
    with vault.reader() as reader:
        kept = note_rows.find(reader, note.note_id)
    assert (kept.text, kept.is_standing) == ("first words", False)
    for _ in range(2):
        redo(vault, means)
    assert [text for text, *_ in notes(vault)] == ["other words"]


def test_what_is_in_a_case_goes_out_again_unless_the_case_was_closed(
    vault: Vault, means: Means
) -> None:
    case = open_case(vault, title="synthetic case")[0].number
    add_to_case(vault, case, [ONE, OTHER])
    remove_from_case(vault, case, [OTHER])
    undo(vault, means)
    assert [each.number for each in work_on(vault, OTHER).cases] == [case]
    undo(vault, means)
    assert work_on(vault, OTHER).cases == ()
    redo(vault, means)
    close_case(vault, case, reason="done")
    with pytest.raises(DeedStays):
        undo(vault, means)
    assert [each.number for each in work_on(vault, ONE).cases] == [case]


def titles(vault: Vault, *, with_done: bool = False) -> list[tuple[str, bool]]:
    page, count = list_tasks(
        vault, TaskQuestion(with_done=with_done), now=vault.now(), limit=9, after=None
    )
    assert count == len(page.rows)
    return [(each.title, each.is_done) for each in page.rows]


def test_a_task_goes_back_act_by_act_and_nothing_that_was_written_is_dropped(
    vault: Vault, means: Means
) -> None:
    task, _ = set_task(vault, ONE, TaskFields("ask the hotline"))
    change_task(vault, task.task_id, TaskFields("ask the hotline again"))
    finish_task(vault, task.task_id)
    reopen_task(vault, task.task_id)
    undo(vault, means)
    assert titles(vault, with_done=True) == [("ask the hotline again", True)]
    undo(vault, means)
    assert titles(vault) == [("ask the hotline again", False)]
    turned, _ = undo(vault, means)
    assert (turned.deed.kind, turned.deed.detail) == (DeedKind.TASK_CHANGED, "ask the hotline")
    assert titles(vault) == [("ask the hotline", False)]
    undo(vault, means)
    assert titles(vault, with_done=True) == []
    with pytest.raises(UnknownReference):
        finish_task(vault, task.task_id)
    with vault.reader() as reader:
        kept = reader.connection.execute("SELECT title, taken_back_by FROM task").fetchall()
    assert kept == [("ask the hotline", vault.actor)]
    for _ in range(3):
        redo(vault, means)
    assert titles(vault, with_done=True) == [("ask the hotline again", True)]


def test_a_task_that_a_colleague_ticked_off_is_not_undone_with_its_change(
    vault: Vault, means: Means
) -> None:
    task, _ = set_task(vault, ONE, TaskFields("ask the hotline"))
    with vault.transaction() as tx:
        tx.connection.execute("UPDATE task SET done_by = 'Berta', done_at = 1")
        tx.record(an_entry())
    with pytest.raises(DeedStays):
        undo(vault, means)
    assert titles(vault, with_done=True) == [(task.title, True)]


def test_a_case_says_nothing_of_a_removal_that_was_undone(vault: Vault, means: Means) -> None:
    case = open_case(vault, title="synthetic case")[0].number
    add_to_case(vault, case, [ONE, OTHER])
    remove_from_case(vault, case, [ONE, OTHER])

    def told() -> list[MomentKind]:
        page = timeline(vault, case, limit=20, after=None)
        return [each.kind for each in page.rows if each.kind is not MomentKind.RECEIVED]

    assert told() == [MomentKind.REMOVED, MomentKind.OPENED]
    undo(vault, means)
    assert told() == [MomentKind.ADDED, MomentKind.OPENED]
    redo(vault, means)
    assert told() == [MomentKind.REMOVED, MomentKind.OPENED]


def test_what_a_colleague_said_of_the_case_meanwhile_does_not_keep_a_removal_from_coming_again(
    vault: Vault, means: Means
) -> None:
    case = open_case(vault, title="synthetic case")[0].number
    add_to_case(vault, case, [ONE])
    remove_from_case(vault, case, [ONE])
    undo(vault, means)
    retitle_case(vault, case, title="another title", summary="")
    redo(vault, means)
    assert work_on(vault, ONE).cases == ()
