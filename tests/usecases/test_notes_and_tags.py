"""Notes, tags, flags and tasks on things: kept with all their versions, found again, gone with the thing."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.domain.about import About, AboutKind, of_case, of_domain, of_media
from cport_desktop.domain.audit import AuditAction
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftKind, DraftPlace, NoteFields, Typed
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.kept_text import LONGEST_NOTE
from cport_desktop.domain.note import NoteId
from cport_desktop.domain.task import TaskId
from cport_desktop.errors import (
    ActTooLarge,
    ItemHeld,
    KeptTextUnfit,
    NoteOfAnother,
    UnknownReference,
)
from cport_desktop.usecases.flag_things import flag, unflag
from cport_desktop.usecases.keep_drafts import drafts, keep_draft
from cport_desktop.usecases.open_case import open_case
from cport_desktop.usecases.read_notes import list_notes, note_versions
from cport_desktop.usecases.set_tasks import (
    TaskFields,
    TaskQuestion,
    change_task,
    finish_task,
    list_tasks,
    reopen_task,
    set_task,
)
from cport_desktop.usecases.tag_things import list_tags, tag, untag
from cport_desktop.usecases.work_on import more_notes, work_on
from cport_desktop.usecases.write_notes import (
    add_note,
    change_note,
    put_back_note,
    take_back_note,
)
from cport_desktop.vault.vault import Vault
from cport_desktop.words.errors import explain
from cport_desktop.words.tongue import amount
from tests.builders import ANALYST, NOON, make_vault, reopened
from tests.report_builders import a_report, new
from tests.vault.erasing import apply, content_of, erase, hold, with_media
from tests.work_builders import BERT, employ, entries, found_by, opened_by_bert, report, verbs

FILE = of_media(MediaId(5))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five reports; HL-2 and HL-3 announce one file, HL-2 another beside it."""
    directory = make_vault(tmp_path_factory.mktemp("template") / "vault")
    with reopened(directory) as vault:
        apply(
            vault,
            new(a_report(1)),
            new(with_media(2, 5, 6)),
            new(with_media(3, 6)),
            new(a_report(4)),
            new(a_report(5)),
        )
        employ(vault)
    return directory


@pytest.fixture
def directory(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "vault"))


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(NOON)


@pytest.fixture
def vault(directory: Path, clock: SteppingClock) -> Iterator[Vault]:
    with reopened(directory, clock=clock) as opened:
        yield opened


def words_on(vault: Vault, about: About) -> list[str]:
    return [note.text for note in list_notes(vault, about, limit=100, after=None)[0].rows]


def names_of(vault: Vault) -> list[tuple[str, int]]:
    return [(one.name, one.uses) for one in list_tags(vault, limit=9)[0]]


class TestNotes:
    def test_stand_on_the_thing_newest_first_and_the_log_has_none_of_their_words(
        self, vault: Vault
    ) -> None:
        first, changes = add_note(vault, report(1), "what was seen\n\nsecond part  \n")
        add_note(vault, report(1), "later words")

        assert words_on(vault, report(1)) == ["later words", "what was seen\n\nsecond part"]
        assert (first.made_by, changes) == (ANALYST, Changes.WORK)
        written = [e for e in entries(vault, 3) if e.draft.verb == "note"]
        assert [e.draft.object_reference for e in written] == ["HL-1", "HL-1"]
        assert ("note", first.note_id) in written[-1].draft.payload
        assert "words" not in str([e.draft for e in entries(vault, 5)])

    def test_of_a_megabyte_is_refused_in_a_sentence_and_what_was_typed_stays(
        self, vault: Vault
    ) -> None:
        place = DraftPlace(DraftKind.NOTE, report=ReportId(1))
        typed = NoteFields(Typed("x" * 1_000_000, 3, 3))
        keep_draft(vault, place, typed, now=NOON)
        with pytest.raises(KeptTextUnfit) as refused:
            add_note(vault, report(1), typed.text.text, draft=place)

        told = explain(refused.value)
        assert "note" in told.message
        assert amount(LONGEST_NOTE) in told.message
        assert drafts(vault)[place] == typed
        assert words_on(vault, report(1)) == []
        add_note(vault, report(1), "x" * LONGEST_NOTE, draft=place)
        assert drafts(vault) == {}

    def test_keep_every_version(self, vault: Vault, clock: SteppingClock) -> None:
        note, _ = add_note(vault, report(1), "first")
        clock.advance(timedelta(minutes=5))
        change_note(vault, note.note_id, "second")
        same, _ = change_note(vault, note.note_id, "second")
        third, _ = change_note(vault, note.note_id, "third")

        assert (same.versions, third.versions, third.text) == (2, 3, "third")
        found, versions = note_versions(vault, note.note_id)
        assert found.made_at == note.made_at
        assert [(v.version, v.text) for v in versions] == [
            (1, "first"),
            (2, "second"),
            (3, "third"),
        ]
        assert versions[1].at - versions[0].at >= timedelta(minutes=5)
        assert entries(vault)[0].draft.action is AuditAction.CONSULTATION

    def test_are_taken_back_and_put_back_and_never_deleted(self, vault: Vault) -> None:
        note, _ = add_note(vault, report(1), "needle words")
        assert found_by(vault, "note:needle") == found_by(vault, "has:note") == [1]
        take_back_note(vault, note.note_id)
        assert words_on(vault, report(1)) == []
        assert found_by(vault, "note:needle") == found_by(vault, "has:note") == []
        kept, _ = list_notes(vault, report(1), limit=9, after=None, with_taken_back=True)
        assert [one.text for one in kept.rows] == ["needle words"]

        put_back_note(vault, note.note_id)
        assert words_on(vault, report(1)) == ["needle words"]
        assert found_by(vault, "note:NEEDLE") == [1]

    def test_are_their_writers(self, directory: Path) -> None:
        with reopened(directory) as vault:
            note, _ = add_note(vault, report(1), "mine")
        with opened_by_bert(directory) as vault:
            acts: tuple[Callable[[], object], ...] = (
                lambda: change_note(vault, note.note_id, "his"),
                lambda: take_back_note(vault, note.note_id),
                lambda: put_back_note(vault, note.note_id),
            )
            for act in acts:
                with pytest.raises(NoteOfAnother) as refused:
                    act()
                assert ANALYST in explain(refused.value).message
            add_note(vault, report(1), "his own")
            assert words_on(vault, report(1)) == ["his own", "mine"]

    def test_come_in_pages(self, vault: Vault, clock: SteppingClock) -> None:
        for number in range(25):
            clock.advance(timedelta(minutes=1))
            add_note(vault, report(1), f"note {number}")
        seen = work_on(vault, report(1))
        assert (len(seen.notes.rows), seen.notes_count) == (20, 25)
        assert seen.notes.next_cursor is not None
        rest = more_notes(vault, report(1), limit=20, after=seen.notes.next_cursor)
        texts = [note.text for note in (*seen.notes.rows, *rest.rows)]
        assert texts == [f"note {number}" for number in reversed(range(25))]
        assert rest.next_cursor is None

    def test_are_about_something_that_is_here(self, vault: Vault) -> None:
        for about in (report(99), of_case(1), About(AboutKind.HOTLINE, 99)):
            with pytest.raises(UnknownReference):
                add_note(vault, about, "words")
        with pytest.raises(UnknownReference):
            change_note(vault, NoteId("N-0"), "words")


class TestTags:
    def test_are_one_word_whatever_its_letter_case(self, vault: Vault) -> None:
        done, changes = tag(vault, [report(1), report(2)], " Harbour \n Line ")
        again, _ = tag(vault, [report(2), report(3), FILE], "harbour line")

        assert (done, changes) == ((report(1), report(2)), Changes.WORK)
        assert set(again) == {report(3), FILE}
        assert {reference for _, reference in verbs(vault, 2)} == {"HL-3", "M-5"}
        assert names_of(vault) == [("Harbour Line", 4)]
        assert found_by(vault, 'tag:"harbour line"') == [1, 2, 3]
        assert found_by(vault, '-tag:"HARBOUR LINE"') == [4, 5]

    def test_are_taken_off_and_a_word_that_nothing_has_is_gone(self, vault: Vault) -> None:
        tag(vault, [report(1), report(2)], "harbour")
        gone, _ = untag(vault, [report(1), report(4)], "HARBOUR")
        assert gone == (report(1),)
        assert verbs(vault) == [("untag", "HL-1")]
        assert names_of(vault) == [("harbour", 1)]
        untag(vault, [report(2)], "harbour")
        assert names_of(vault) == []
        assert untag(vault, [report(2)], "never there")[0] == ()

    def test_are_named_in_the_log_by_a_number_that_is_never_used_again(self, vault: Vault) -> None:
        def number_of_last() -> str:
            return dict(entries(vault)[0].draft.payload)["tag"]

        tag(vault, [report(1)], "harbour")
        first = number_of_last()
        untag(vault, [report(1)], "harbour")
        assert number_of_last() == first
        tag(vault, [report(1)], "bridge")
        assert number_of_last() != first
        assert "harbour" not in str([e.draft for e in entries(vault, 3)])

    def test_complete_by_their_beginning_the_most_used_first(self, vault: Vault) -> None:
        tag(vault, [report(1)], "harbour")
        tag(vault, [report(1), report(2)], "harvest")
        tag(vault, [report(1)], "bridge")
        found, total = list_tags(vault, beginning="HAR", limit=9)
        assert [one.name for one in found] == ["harvest", "harbour"]
        assert total == 2

    @pytest.mark.parametrize("name", ["", " \n", "x" * 61])
    def test_have_a_name_that_fits(self, vault: Vault, name: str) -> None:
        with pytest.raises(KeptTextUnfit):
            tag(vault, [report(1)], name)
        with pytest.raises(ActTooLarge):
            tag(vault, [], "harbour")

    def test_go_on_ten_thousand_things_at_once_or_on_none(self, vault: Vault) -> None:
        many = [of_domain(f"n{n}.example") for n in range(10_000)]
        assert len(tag(vault, many, "harbour")[0]) == 10_000
        with pytest.raises(ActTooLarge):
            tag(vault, [*many, report(1)], "bridge")
        with pytest.raises(UnknownReference):
            tag(vault, [report(1), report(99)], "bridge")
        assert names_of(vault) == [("harbour", 10_000)]


class TestFlags:
    def test_go_on_and_off_and_are_found(self, vault: Vault) -> None:
        done, changes = flag(vault, [report(1), report(2), FILE])
        again, _ = flag(vault, [report(2)])
        assert (len(done), again, changes) == (3, (), Changes.WORK)
        assert found_by(vault, "is:flagged") == [1, 2]
        seen = work_on(vault, report(1)).flag
        assert seen is not None
        assert seen.by == ANALYST

        assert unflag(vault, [report(1), report(5)])[0] == (report(1),)
        assert verbs(vault) == [("unflag", "HL-1")]
        assert found_by(vault, "is:flagged") == [2]
        assert work_on(vault, report(1)).flag is None


class TestTasks:
    def test_have_a_day_and_somebody_and_are_ticked_off(self, vault: Vault) -> None:
        open_case(vault, title="Harbour")
        due = NOON + timedelta(days=2)
        task, changes = set_task(vault, of_case(1), TaskFields("call\nthem", BERT, due))
        assert (task.title, task.assignee, task.due_at, changes) == (
            "call them", BERT, due, Changes.WORK,
        )  # fmt: skip
        assert not task.is_overdue(NOON)
        assert task.is_overdue(NOON + timedelta(days=3))

        done, _ = finish_task(vault, task.task_id)
        assert (done.is_done, done.done_by) == (True, ANALYST)
        assert not done.is_overdue(NOON + timedelta(days=3))
        again, _ = reopen_task(vault, task.task_id)
        assert not again.is_done
        assert verbs(vault, 3) == [
            ("reopen_task", "C-1"), ("finish_task", "C-1"), ("set_task", "C-1"),
        ]  # fmt: skip

    def test_can_be_given_another_day_and_somebody_else(self, vault: Vault) -> None:
        task, _ = set_task(vault, report(1), TaskFields("look", ANALYST, NOON))
        changed, _ = change_task(vault, task.task_id, TaskFields("look again"))
        assert (changed.title, changed.assignee, changed.due_at) == ("look again", None, None)
        for fields in (TaskFields(""), TaskFields("x" * 201)):
            with pytest.raises(KeptTextUnfit):
                change_task(vault, task.task_id, fields)
        with pytest.raises(UnknownReference):
            change_task(vault, task.task_id, TaskFields("look", "Nobody Example"))
        with pytest.raises(UnknownReference):
            finish_task(vault, TaskId("T-0"))

    def test_are_listed_by_their_day_those_without_one_last(self, vault: Vault) -> None:
        for name, days in (("c", 3), ("a", -1), ("b", 1), ("z", None)):
            due = None if days is None else NOON + timedelta(days=days)
            set_task(vault, report(1), TaskFields(name, ANALYST if name in "ab" else None, due))
        set_task(vault, report(2), TaskFields("other", BERT, NOON + timedelta(days=9)))

        def titles(question: TaskQuestion, limit: int = 9) -> list[str]:
            found, after = [], None
            while True:
                page, _ = list_tasks(vault, question, now=NOON, limit=limit, after=after)
                found += [task.title for task in page.rows]
                after = page.next_cursor
                if after is None:
                    return found

        assert titles(TaskQuestion(report(1)), limit=1) == ["a", "b", "c", "z"]
        assert titles(TaskQuestion()) == ["a", "b", "c", "other", "z"]
        assert titles(TaskQuestion(assignee=ANALYST)) == ["a", "b"]
        assert titles(TaskQuestion(only_overdue=True)) == ["a"]
        first = list_tasks(vault, TaskQuestion(), now=NOON, limit=1, after=None)
        finish_task(vault, first[0].rows[0].task_id)
        assert titles(TaskQuestion(report(1))) == ["b", "c", "z"]
        assert len(titles(TaskQuestion(report(1), with_done=True))) == 4


class TestErasure:
    def test_takes_all_that_was_put_on_a_report_and_on_what_only_it_had(
        self, vault: Vault, directory: Path
    ) -> None:
        only_its = of_domain("files-2.example")
        content = About(AboutKind.CONTENT, _digest(5))
        shared = About(AboutKind.CONTENT, _digest(6))
        things = [report(2), FILE, only_its, content, shared, report(1)]
        for about in things:
            note, _ = add_note(vault, about, "secret words one")
            change_note(vault, note.note_id, "secret words two")
            set_task(vault, about, TaskFields("secret title"))
        tag(vault, things, "kept tag")
        tag(vault, [report(2), content], "lonely tag")
        flag(vault, things)
        place = DraftPlace(DraftKind.NOTE, report=ReportId(2))
        keep_draft(vault, place, NoteFields(Typed("secret draft")), now=NOON)

        erase(vault, 2)

        for gone in (report(2), FILE, only_its, content):
            seen = work_on(vault, gone)
            assert (seen.tags, seen.flag, seen.notes.rows, seen.tasks) == ((), None, [], ())
        for kept in (shared, report(1)):
            seen = work_on(vault, kept)
            assert [one.name for one in seen.tags] == ["kept tag"]
            assert seen.flag is not None
            assert len(seen.notes.rows) == len(seen.tasks) == 1
        assert names_of(vault) == [("kept tag", 2)]
        assert drafts(vault) == {}
        with vault.reader() as reader:
            left = reader.connection.execute("SELECT count(*) FROM note_before").fetchone()
        assert left == (2,)

    def test_is_kept_off_by_a_hold_and_takes_nothing_then(self, vault: Vault) -> None:
        add_note(vault, report(2), "words")
        hold(vault, 2)
        with pytest.raises(ItemHeld):
            erase(vault, 2)
        assert words_on(vault, report(2)) == ["words"]


def _digest(media: int) -> str:
    return hashlib.sha256(content_of(media)).hexdigest()
