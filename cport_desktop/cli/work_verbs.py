"""Verbs of notes, tags, flags and tasks."""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from cport_desktop.cli import work_records as records
from cport_desktop.cli.answer import Answer, Json, listing
from cport_desktop.cli.operation_values import moment
from cport_desktop.cli.printing import safe, table
from cport_desktop.cli.session import Session, require_order
from cport_desktop.cli.short_lists import page_of
from cport_desktop.clock import iso_utc
from cport_desktop.domain.about import About
from cport_desktop.domain.note import Note, NoteId
from cport_desktop.domain.task import Task, TaskId
from cport_desktop.errors import ValueUnknown
from cport_desktop.usecases import (
    flag_things,
    read_notes,
    set_tasks,
    tag_things,
    write_notes,
)
from cport_desktop.usecases.set_tasks import TaskFields, TaskQuestion
from cport_desktop.words import cases as words

MOST_TAGS: Final = 100_000
"""More than anybody reads: some ten MB of them."""
LONGEST_FILE: Final = 4 * 1024 * 1024
"""Bytes of a file with a note; a longer one is refused by its length all the same."""


def add_note(session: Session) -> Answer:
    """`cport note add REF --text T | --file FILE`."""
    about, text = _thing(session), _text(session)
    with session.vault() as vault:
        note, _ = write_notes.add_note(vault, about, text)
    return _noted(note, words.note_kept(note.note_id, str(about)))


def show_notes(session: Session) -> Answer:
    """`cport note list REF [--taken-back]`."""
    options = session.options
    with session.vault() as vault:
        page, total = read_notes.list_notes(
            vault,
            _thing(session),
            limit=options.number("limit"),
            after=options.text("after"),
            with_taken_back=options.flag("taken_back"),
        )
    return listing(
        [records.note(note) for note in page.rows],
        text="\n\n".join(_told(note) for note in page.rows) or words.NO_NOTES,
        total=total,
        next_cursor=page.next_cursor,
        elapsed_ms=page.elapsed_ms,
    )


def show_note(session: Session) -> Answer:
    """`cport note show NOTE`."""
    with session.vault() as vault:
        note, versions = read_notes.note_versions(vault, _note(session))
    fields: dict[str, Json] = {
        "note": records.note(note),
        "versions": [records.version(one) for one in versions],
    }
    told = [
        f"{words.version(one.version, iso_utc(one.at), one.by)}\n{_lines(one.text)}"
        for one in versions
    ]
    return Answer(fields, "\n\n".join(told))


def edit_note(session: Session) -> Answer:
    """`cport note edit NOTE --text T | --file FILE`."""
    text = _text(session)
    with session.vault() as vault:
        note, _ = write_notes.change_note(vault, _note(session), text)
    return _noted(note, words.note_changed(note.note_id, note.versions))


def take_back_note(session: Session) -> Answer:
    """`cport note take-back NOTE`."""
    with session.vault() as vault:
        note, _ = write_notes.take_back_note(vault, _note(session))
    return _noted(note, words.note_taken_back(note.note_id))


def put_back_note(session: Session) -> Answer:
    """`cport note put-back NOTE`."""
    with session.vault() as vault:
        note, _ = write_notes.put_back_note(vault, _note(session))
    return _noted(note, words.note_put_back(note.note_id))


def add_tag(session: Session) -> Answer:
    """`cport tag add TAG REF …`."""
    things, name = _things(session), tag_things.tag_name(session.options.required("name"))
    with session.vault() as vault:
        done, _ = tag_things.tag(vault, things, name)
    already = len(set(things)) - len(done)
    return _put(done, words.tagged(name, len(done), already), tag=name, already=already)


def remove_tag(session: Session) -> Answer:
    """`cport tag remove TAG REF …`."""
    things, name = _things(session), tag_things.tag_name(session.options.required("name"))
    with session.vault() as vault:
        done, _ = tag_things.untag(vault, things, name)
    return _put(done, words.untagged(name, len(done)), tag=name)


def show_tags(session: Session) -> Answer:
    """`cport tag list [BEGINNING]`."""
    require_order(session, "-uses")
    beginning = session.options.required("beginning")
    with session.vault() as vault:
        found, total = tag_things.list_tags(vault, beginning=beginning, limit=MOST_TAGS)
    shown, following = page_of(session, [records.tag(one) for one in found])
    rows = [(str(one["name"]), str(one["uses"])) for one in shown]
    return listing(
        shown,
        text=table(("Tag", "On"), rows) if rows else words.NO_TAGS,
        total=total,
        next_cursor=following,
        elapsed_ms=session.elapsed_ms,
    )


def add_flag(session: Session) -> Answer:
    """`cport flag add REF …`."""
    with session.vault() as vault:
        done, _ = flag_things.flag(vault, _things(session))
    return _put(done, words.flagged(len(done)))


def remove_flag(session: Session) -> Answer:
    """`cport flag remove REF …`."""
    with session.vault() as vault:
        done, _ = flag_things.unflag(vault, _things(session))
    return _put(done, words.unflagged(len(done)))


def add_task(session: Session) -> Answer:
    """`cport task add REF TITLE [--due TIME] [--for NAME]`."""
    about, fields = _thing(session), _fields(session)
    with session.vault() as vault:
        task, _ = set_tasks.set_task(vault, about, fields)
    return _tasked(session, task, words.task_set(task.task_id, str(about)))


def edit_task(session: Session) -> Answer:
    """`cport task edit TASK TITLE [--due TIME] [--for NAME]`."""
    fields = _fields(session)
    with session.vault() as vault:
        task, _ = set_tasks.change_task(vault, _task(session), fields)
    return _tasked(session, task, words.task_changed(task.task_id))


def finish_task(session: Session) -> Answer:
    """`cport task done TASK`."""
    with session.vault() as vault:
        task, _ = set_tasks.finish_task(vault, _task(session))
    return _tasked(session, task, words.task_done(task.task_id))


def reopen_task(session: Session) -> Answer:
    """`cport task reopen TASK`."""
    with session.vault() as vault:
        task, _ = set_tasks.reopen_task(vault, _task(session))
    return _tasked(session, task, words.task_undone(task.task_id))


def show_tasks(session: Session) -> Answer:
    """`cport task list [--about REF] [--for NAME] [--overdue] [--done]`."""
    options, now = session.options, session.workstation.clock.now()
    question = TaskQuestion(
        about=None if options.text("reference") is None else _thing(session),
        assignee=options.text("assignee"),
        only_overdue=options.flag("overdue"),
        with_done=options.flag("done"),
    )
    with session.vault() as vault:
        page, total = set_tasks.list_tasks(
            vault,
            question,
            now=now,
            limit=options.number("limit"),
            after=options.text("after"),
        )
    rows = [
        (
            task.task_id,
            str(task.about),
            task.title,
            task.assignee or "",
            "" if task.due_at is None else iso_utc(task.due_at),
            words.task_state(is_done=task.is_done, is_overdue=task.is_overdue(now)),
        )
        for task in page.rows
    ]
    heads = ("Task", "About", "Title", "For", "Due", "State")
    return listing(
        [records.task(task, now) for task in page.rows],
        text=table(heads, rows) if rows else words.NO_TASKS,
        total=total,
        next_cursor=page.next_cursor,
        elapsed_ms=page.elapsed_ms,
    )


VERBS: Final[Mapping[str, Callable[[Session], Answer]]] = {
    "note add": add_note,
    "note list": show_notes,
    "note show": show_note,
    "note edit": edit_note,
    "note take-back": take_back_note,
    "note put-back": put_back_note,
    "tag add": add_tag,
    "tag remove": remove_tag,
    "tag list": show_tags,
    "flag add": add_flag,
    "flag remove": remove_flag,
    "task add": add_task,
    "task list": show_tasks,
    "task edit": edit_task,
    "task done": finish_task,
    "task reopen": reopen_task,
}


def _thing(session: Session) -> About:
    return records.thing(session.options.required("reference"))


def _things(session: Session) -> list[About]:
    return [records.thing(text) for text in session.options.texts("references")]


def _note(session: Session) -> NoteId:
    return NoteId(session.options.required("note"))


def _task(session: Session) -> TaskId:
    return TaskId(session.options.required("task"))


def _fields(session: Session) -> TaskFields:
    options, due = session.options, session.options.text("due")
    return TaskFields(
        options.required("title"),
        options.text("assignee"),
        None if due is None else moment(due, now=session.workstation.clock.now()),
    )


def _text(session: Session) -> str:
    """The words of a note, as they were typed or as they stand in a file.

    Raises:
        ValueUnknown: the file cannot be read, or is no text.
    """
    path = session.options.path("file")
    if path is None:
        return session.options.required("words")
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST_FILE)
        # One that is cut may be cut within a letter, and is refused by its length.
        return getincrementaldecoder("utf-8")().decode(content, len(content) < LONGEST_FILE)
    except (OSError, UnicodeDecodeError) as error:
        raise ValueUnknown(
            what="file with a note", value=str(path), accepted="a text file in UTF-8"
        ) from error


def _noted(note: Note, text: str) -> Answer:
    return Answer({"note": records.note(note)}, text)


def _told(note: Note) -> str:
    head = words.note_head(
        note.note_id,
        iso_utc(note.made_at),
        note.made_by,
        note.versions,
        is_standing=note.is_standing,
    )
    return f"{safe(head)}\n{_lines(note.text)}"


def _lines(text: str) -> str:
    return "\n".join(safe(line) for line in text.split("\n"))


def _put(done: Sequence[About], text: str, **more: Json) -> Answer:
    fields: dict[str, Json] = {"changed": [str(about) for about in done], **more}
    return Answer(fields, text if done else words.NOTHING_CHANGED)


def _tasked(session: Session, task: Task, text: str) -> Answer:
    now = session.workstation.clock.now()
    return Answer({"task": records.task(task, now)}, text)
