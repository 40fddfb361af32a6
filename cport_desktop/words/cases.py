"""Sentences about cases, notes, tags, flags and tasks, for window and command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import amount, tr, tr_in, tr_many

# -- what is said to be what, in «The … has 0 characters»

A_NOTE: Final = tr("note")
A_TITLE: Final = tr("title")
A_SUMMARY: Final = tr("summary")
A_TAG: Final = tr("tag")
A_TASK: Final = tr("title of the task")
CLOSING: Final = tr("Closing a case")
REOPENING: Final = tr("Opening a case again")

# -- rules

IS_CLOSED: Final = tr("it is closed; open it again first.")
IS_OPEN: Final = tr("it is open already.")
NO_CASE_IN_A_CASE: Final = tr("a case is no part of a case.")


def is_full(count: int, limit: int) -> str:
    return tr(
        "it would have {count} items; a case holds at most {limit}.",
        count=amount(count),
        limit=amount(limit),
    )


# -- the timeline

_MOMENTS: Final[Mapping[str, str]] = {
    "opened": tr("Case opened"),
    "retitled": tr("Title or summary changed"),
    "led": tr("Lead given"),
    "closed": tr("Case closed"),
    "reopened": tr("Case opened again"),
    "received": tr("Received by a hotline"),
    "withdrawn": tr("Withdrawn by the hotline"),
    "assessed": tr("Assessed"),
    "acted": tr("Action"),
    "done": tr("Done by us"),
    "noted": tr("Note"),
    "note_taken_back": tr("Note taken back"),
    "task_set": tr("Task"),
    "task_done": tr("Task done"),
}


def moment(kind: str, count: int = 1) -> str:
    """What happened, in a word or two."""
    if kind == "added":
        return tr_many("Added to the case", "{count} items added to the case", count)
    if kind == "removed":
        return tr_many("Removed from the case", "{count} items removed from the case", count)
    return _MOMENTS.get(kind, kind)


STATES: Final[Mapping[str, str]] = {
    "open": tr_in("state of a case", "Open"),
    "closed": tr_in("state of a case", "Closed"),
}

# -- empty lists

NO_CASES: Final = tr("There is no such case.")
NO_ITEMS: Final = tr("Nothing is in it.")
NO_NOTES: Final = tr("No note is on it.")
NO_TAGS: Final = tr("There is no such tag.")
NO_TASKS: Final = tr("There is no such task.")


def note_head(note: str, at: str, by: str, versions: int, *, is_standing: bool) -> str:
    """The line above a note."""
    if not is_standing:
        return tr("{note}, {at}, {by}, taken back:", note=note, at=at, by=by)
    return tr_many(
        "{note}, {at}, {by}:",
        "{note}, {at}, {by}, version {count}:",
        versions,
        note=note,
        at=at,
        by=by,
    )


def version(number: int, at: str, by: str) -> str:
    """The line above one version of a note."""
    return tr("Version {number}, {at}, {by}:", number=number, at=at, by=by)


def task_state(*, is_done: bool, is_overdue: bool) -> str:
    if is_done:
        return tr_in("state of a task", "done")
    if is_overdue:
        return tr_in("state of a task", "overdue")
    return tr_in("state of a task", "open")


def would_add(count: int, reference: str) -> str:
    """What an addition by a query comes to, before it is done."""
    return tr_many(
        "It finds {count} report. To put it into case {reference}, say the count: --count {typed}.",
        "It finds {count} reports. To put them into case {reference}, say the count: --count {typed}.",
        count,
        reference=reference,
        typed=count,
    )


# -- what was done

NOTHING_CHANGED: Final = tr("Nothing changed: it was so already.")


def case_opened(reference: str, title: str) -> str:
    return tr("Case {reference} is open: {title}", reference=reference, title=title)


def case_changed(reference: str) -> str:
    return tr("Case {reference} is changed.", reference=reference)


def case_closed(reference: str) -> str:
    return tr("Case {reference} is closed.", reference=reference)


def case_reopened(reference: str) -> str:
    return tr("Case {reference} is open again.", reference=reference)


def added(count: int, already: int, reference: str) -> str:
    if not count:
        return tr_many(
            "Nothing added: {count} was in case {reference} already.",
            "Nothing added: all {count} were in case {reference} already.",
            already,
            reference=reference,
        )
    if not already:
        return tr("Added to case {reference}: {count}.", reference=reference, count=amount(count))
    return tr_many(
        "Added to case {reference}: {added}; {count} was in it already.",
        "Added to case {reference}: {added}; {count} were in it already.",
        already,
        reference=reference,
        added=amount(count),
    )


def removed(count: int, reference: str) -> str:
    return tr("Removed from case {reference}: {count}.", reference=reference, count=amount(count))


def note_kept(note: str, about: str) -> str:
    return tr("Note {note} is kept on {about}.", note=note, about=about)


def note_changed(note: str, version: int) -> str:
    return tr("Note {note} is changed; this is its version {version}.", note=note, version=version)


def note_taken_back(note: str) -> str:
    return tr("Note {note} is taken back. It keeps its words and can be put back.", note=note)


def note_put_back(note: str) -> str:
    return tr("Note {note} stands again.", note=note)


def tagged(name: str, count: int, already: int) -> str:
    if not already:
        return tr("Tagged “{name}”: {count}.", name=name, count=amount(count))
    return tr_many(
        "Tagged “{name}”: {tagged}; {count} had the tag already.",
        "Tagged “{name}”: {tagged}; {count} had the tag already.",
        already,
        name=name,
        tagged=amount(count),
    )


def untagged(name: str, count: int) -> str:
    return tr("Tag “{name}” taken off: {count}.", name=name, count=amount(count))


def flagged(count: int) -> str:
    return tr("Flagged: {count}.", count=amount(count))


def unflagged(count: int) -> str:
    return tr("Flag taken off: {count}.", count=amount(count))


def task_set(task: str, about: str) -> str:
    return tr("Task {task} is set about {about}.", task=task, about=about)


def task_done(task: str) -> str:
    return tr("Task {task} is done.", task=task)


def task_undone(task: str) -> str:
    return tr("Task {task} is to be done again.", task=task)


def task_changed(task: str) -> str:
    return tr("Task {task} is changed.", task=task)


def tagged_by(name: str, by: str, at: str) -> str:
    """Who put a tag there, on hover."""
    return f"{name}: {by}, {at}"
