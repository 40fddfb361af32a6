"""Sentences about cases, notes, tags, flags and tasks, for window and command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# -- what is said to be what, in «The … has 0 characters»

A_NOTE: Final = "note"
A_TITLE: Final = "title"
A_SUMMARY: Final = "summary"
A_TAG: Final = "tag"
A_TASK: Final = "title of the task"
CLOSING: Final = "closing a case"
REOPENING: Final = "opening a case again"

# -- rules

IS_CLOSED: Final = "it is closed; open it again first."
IS_OPEN: Final = "it is open already."
NO_CASE_IN_A_CASE: Final = "a case is no part of a case."


def is_full(count: int, limit: int) -> str:
    return f"it would have {count:,} items; a case holds at most {limit:,}."


# -- the timeline

_MOMENTS: Final[Mapping[str, str]] = {
    "opened": "Case opened",
    "retitled": "Title or summary changed",
    "led": "Lead given",
    "closed": "Case closed",
    "reopened": "Case opened again",
    "received": "Received by a hotline",
    "withdrawn": "Withdrawn by the hotline",
    "assessed": "Assessed",
    "acted": "Action",
    "done": "Done by us",
    "noted": "Note",
    "note_taken_back": "Note taken back",
    "task_set": "Task",
    "task_done": "Task done",
}


def moment(kind: str, count: int = 1) -> str:
    """What happened, in a word or two."""
    if kind == "added":
        return "Added to the case" if count == 1 else f"{count:,} items added to the case"
    if kind == "removed":
        return "Removed from the case" if count == 1 else f"{count:,} items removed from the case"
    return _MOMENTS.get(kind, kind)


STATES: Final[Mapping[str, str]] = {"open": "Open", "closed": "Closed"}

# -- empty lists

NO_CASES: Final = "There is no such case."
NO_ITEMS: Final = "Nothing is in it."
NO_NOTES: Final = "No note is on it."
NO_TAGS: Final = "There is no such tag."
NO_TASKS: Final = "There is no such task."


def note_head(note: str, at: str, by: str, versions: int, *, is_standing: bool) -> str:
    """The line above a note."""
    if not is_standing:
        return f"{note}, {at}, {by}, taken back:"
    return f"{note}, {at}, {by}:" if versions == 1 else f"{note}, {at}, {by}, version {versions}:"


def version(number: int, at: str, by: str) -> str:
    """The line above one version of a note."""
    return f"Version {number}, {at}, {by}:"


def task_state(*, is_done: bool, is_overdue: bool) -> str:
    if is_done:
        return "done"
    return "overdue" if is_overdue else "open"


def would_add(count: int, reference: str) -> str:
    """What an addition by a query comes to, before it is done."""
    reports = "1 report" if count == 1 else f"{count:,} reports"
    return f"It finds {reports}. To put them into case {reference}, say the count: --count {count}."


# -- what was done

NOTHING_CHANGED: Final = "Nothing changed: it was so already."


def case_opened(reference: str, title: str) -> str:
    return f"Case {reference} is open: {title}"


def case_changed(reference: str) -> str:
    return f"Case {reference} is changed."


def case_closed(reference: str) -> str:
    return f"Case {reference} is closed."


def case_reopened(reference: str) -> str:
    return f"Case {reference} is open again."


def added(count: int, already: int, reference: str) -> str:
    if not count:
        return f"Nothing added: all {already:,} were in case {reference} already."
    if not already:
        return f"Added to case {reference}: {count:,}."
    return f"Added to case {reference}: {count:,}; {already:,} were in it already."


def removed(count: int, reference: str) -> str:
    return f"Removed from case {reference}: {count:,}."


def note_kept(note: str, about: str) -> str:
    return f"Note {note} is kept on {about}."


def note_changed(note: str, version: int) -> str:
    return f"Note {note} is changed; this is its version {version}."


def note_taken_back(note: str) -> str:
    return f"Note {note} is taken back. It keeps its words and can be put back."


def note_put_back(note: str) -> str:
    return f"Note {note} stands again."


def tagged(name: str, count: int, already: int) -> str:
    if not already:
        return f"Tagged “{name}”: {count:,}."
    return f"Tagged “{name}”: {count:,}; {already:,} had the tag already."


def untagged(name: str, count: int) -> str:
    return f"Tag “{name}” taken off: {count:,}."


def flagged(count: int) -> str:
    return f"Flagged: {count:,}."


def unflagged(count: int) -> str:
    return f"Flag taken off: {count:,}."


def task_set(task: str, about: str) -> str:
    return f"Task {task} is set about {about}."


def task_done(task: str) -> str:
    return f"Task {task} is done."


def task_undone(task: str) -> str:
    return f"Task {task} is to be done again."


def task_changed(task: str) -> str:
    return f"Task {task} is changed."


def tagged_by(name: str, by: str, at: str) -> str:
    """Who put a tag there, on hover."""
    return f"{name}: {by}, {at}"
