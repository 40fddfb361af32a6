"""Sentences of the page of cases, and of what stands on a report's page about the work on it."""

from __future__ import annotations

from typing import Final

TITLE: Final = "Cases"
KEY: Final = "Ctrl+0"
PARTS: Final = "Parts of the page of cases"

# -- the list

CASES: Final = "Cases"
CASES_INTRO: Final = (
    "What belongs to one investigation: reports, media, domains, with notes, tasks and a timeline."
)
NO_CASES: Final = "No case is open here."
NO_CASES_HELP: Final = "Open one with Alt+O. Reports are put into it from their page (Alt+C), or by a query in the case."
NONE_TITLED: Final = "No case has this in its title."
NONE_TITLED_HELP: Final = "Empty the field, or choose another state."
NEW_CASE: Final = "Open a case…"
SEARCH_TITLE: Final = "Title"
SEARCH_PLACEHOLDER: Final = "letters of the title"
STATE: Final = "State"
STATES_SHOWN: Final = ("Open", "Closed", "All")
CASE, CASE_TITLE, ITEMS = "Case", "Title", "Items"
TASKS_DUE, LAST_ACTIVITY, LEAD = "Tasks", "Last activity", "Lead"
STATE_OPEN: Final = "● open"
STATE_CLOSED: Final = "– closed"
STATE_OPEN_SPOKEN: Final = "open"
STATE_CLOSED_SPOKEN: Final = "closed"

# -- one case

BACK: Final = "All cases"
EDIT: Final = "Change…"
CLOSE: Final = "Close it…"
REOPEN: Final = "Open again…"
PUT_BY_QUERY: Final = "Put in by a query…"
TAKE_OUT: Final = "Take out"
SHOW_REPORTS: Final = "Its reports"
NO_ITEMS: Final = "Nothing is in this case."
NO_ITEMS_HELP: Final = (
    "Put reports into it from their page with Alt+C, or all that a query finds with Alt+P."
)
TIMELINE: Final = "Timeline"
NO_MOMENTS: Final = "Nothing has happened yet."
NO_MOMENTS_HELP: Final = "What happens to the case and to what is in it comes here by itself."
ITEM, DOMAIN, CLASS, ADDED, RECEIVED = "Item", "Domain", "Class", "Added", "Received"
WHEN, WHAT, WORDS, BY = "When", "What", "Words", "By"
SUMMARY: Final = "What it is about"
TITLE_PLACEHOLDER: Final = "one line, as colleagues will look for it"
NOBODY: Final = "Nobody"
NEW_TITLE: Final = "Open a case"
NEW_INTRO: Final = "It gets the next number. Everybody who works in this vault sees it."
NEW_ACT: Final = "Open it"
NEEDS_TITLE: Final = "What is it called?"
EDIT_TITLE: Final = "Change the case"
EDIT_ACT: Final = "Change it"
CLOSE_TITLE: Final = "Close the case"
CLOSE_INTRO: Final = (
    "Nothing is put into a closed case or taken out of it. It can be opened again, with a reason."
)
CLOSE_ACT: Final = "Close it"
REOPEN_TITLE: Final = "Open the case again"
REOPEN_ACT: Final = "Open it again"
REASON: Final = "Reason"
REASON_PLACEHOLDER: Final = "it stays in the audit log"
NEEDS_REASON: Final = "Why?"
QUERY: Final = "Query"
QUERY_PLACEHOLDER: Final = "domain:name.example received:<30d"
QUERY_TITLE: Final = "Put in what a query finds"
QUERY_INTRO: Final = "The reports are counted first; nothing is put in before the count was told."
QUERY_ACT: Final = "Count, then put in"
NEEDS_QUERY: Final = "Which reports?"


def case_head(reference: str, title: str) -> str:
    """The first line of a case."""
    return f"{reference}  {title}"


def led_by(name: str | None) -> str:
    return "Nobody leads it" if name is None else f"Led by {name}"


def opened_by(name: str, at: str) -> str:
    return f"Opened by {name}, {at}"


def closed_because(name: str, at: str, why: str) -> str:
    return f"Closed by {name}, {at}: {why}"


def items_named(count: int) -> str:
    """The heading of what is in it."""
    return f"In this case: {count:,}"


def tasks_of(open_tasks: int, overdue: int) -> str:
    """A cell: how many are open, and how many of these are late."""
    if not open_tasks:
        return ""
    return f"{open_tasks:,}, {overdue:,} overdue" if overdue else f"{open_tasks:,}"


def found(count: int) -> str:
    reports = "1 report" if count == 1 else f"{count:,} reports"
    return f"It finds {reports}. Once more, and they are in the case."


def put(added: int, already: int, reference: str) -> str:
    """What an addition came to."""
    if not added:
        return f"Already in {reference}."
    if not already:
        return f"Put into {reference}: {added:,}."
    return f"Put into {reference}: {added:,}; {already:,} were in it already."


def taken_out(count: int) -> str:
    return "Taken out: 1 item." if count == 1 else f"Taken out: {count:,} items."


# -- work on one thing

WORK: Final = "Your unit's work"
FLAG: Final = "Flag"
UNFLAG: Final = "Take the flag off"
TAG: Final = "Tag…"
NOTE: Final = "Note…"
TASK: Final = "Task…"
PUT_INTO_CASE: Final = "Into a case…"
NEW_TAG: Final = "New tag"
TAG_PLACEHOLDER: Final = "a word, then Enter; Esc leaves"
NO_WORK: Final = "No tag, note or task yet, and in no case."
NOTES: Final = "Notes"
TASKS: Final = "Tasks"
NO_NOTES: Final = "No note yet."
NO_TASKS: Final = "No task is open."
TASK_DONE: Final = "Done"
CHANGE: Final = "Change"
TAKE_BACK: Final = "Take back"
PUT_BACK: Final = "Put it back"
VERSIONS: Final = "Versions"
MORE_NOTES: Final = "Older notes"
NOTE_TITLE: Final = "A note"
NOTE_PLACEHOLDER: Final = "What colleagues should know. It stays in this vault."
NOTE_KEEP: Final = "Keep it"
NOTE_NEEDED: Final = "Write something first, or leave with Esc."
NOTE_CHANGED_TITLE: Final = "Change the note"
VERSIONS_TITLE: Final = "Versions of a note"
VERSIONS_INTRO: Final = "All that it has said; the last one stands."
TAKEN_BACK: Final = "The note is taken back; it keeps its words."
CHOOSE_CASE: Final = "Which case?"
CHOOSE_CASE_INTRO: Final = "The newest open cases. Type letters of another one's title."
CHOOSE_CASE_ACT: Final = "Put it in"
OR_NEW: Final = "Or the title of a new case"
NEEDS_CASE: Final = "Choose a case, or type the title of a new one."
NEW_TASK_TITLE: Final = "A task"
NEW_TASK_INTRO: Final = "It stands with what it is about, and in the list of tasks."
NEW_TASK_ACT: Final = "Set it"
TASK_WHAT: Final = "What is to be done"
TASK_PLACEHOLDER: Final = "one line"
TASK_FOR: Final = "By whom"
WHOEVER: Final = "Whoever comes to it"
HAS_DAY: Final = "By a day"
TASK_DUE: Final = "By when"
NEEDS_TASK: Final = "What is to be done?"


def flagged_by(name: str, at: str) -> str:
    return f"⚑ Flagged by {name}, {at}"


def tag_off(name: str) -> str:
    """What the button of a tag does, read aloud."""
    return f"Take off the tag {name}"


def case_chip(reference: str, title: str) -> str:
    return f"{reference} {title}"


def open_case(reference: str, title: str) -> str:
    """What the button of a case does, read aloud."""
    return f"Open the case {reference} {title}"


def note_head(by: str, at: str, versions: int) -> str:
    return f"{by}, {at}" if versions == 1 else f"{by}, {at}, version {versions}"


def notes_named(count: int) -> str:
    return f"Notes: {count:,}" if count else "Notes"


def tasks_named(count: int) -> str:
    return f"Open tasks: {count:,}" if count else "Tasks"


def too_long(length: int, limit: int) -> str:
    """Said while it is typed."""
    return (
        f"{length:,} characters; a note has at most {limit:,}. Shorten it, or keep it in two notes."
        " Nothing of it is lost."
    )


def paste_too_long(length: int, limit: int) -> str:
    """Said instead of pasting."""
    return (
        f"What you paste has {length:,} characters; a note has at most {limit:,}, with what stands here"
        " already. It was not put in; the clipboard still has it."
    )


def line_too_long(limit: int) -> str:
    """Said instead of pasting."""
    return (
        f"What you paste has a line of more than {limit:,} characters. Put line ends into it first; the"
        " clipboard still has it."
    )


def task_line(title: str, about: str | None, assignee: str | None, due: str | None) -> str:
    """One task in a line."""
    told = title if about is None else f"{about}: {title}"
    if assignee is not None and due is not None:
        return f"{told} – {assignee}, by {due}"
    if assignee is not None:
        return f"{told} – {assignee}"
    return told if due is None else f"{told} – by {due}"


def overdue_line(line: str) -> str:
    return f"Overdue: {line}"


def done_named(title: str) -> str:
    """What the button of a task does, read aloud."""
    return f"Done: {title}"


# -- tasks

TASKS_INTRO: Final = "What has to be done, those due first first. Enter opens what a task is about."
NO_OPEN_TASKS: Final = "No task is open."
NO_OPEN_TASKS_HELP: Final = "A task is set on the page of a report or of a case, with Alt+K."
ONLY_MINE: Final = "Only mine"
WITH_DONE: Final = "Done ones, too"
TICK: Final = "Done"
UNTICK: Final = "To be done again"
ABOUT, DUE, ASSIGNEE, SET_BY = "About", "Due", "For", "Set by"
TASK_STATE: Final = "State"
IS_OPEN, IS_LATE, IS_DONE = "○ open", "▲ overdue", "✓ done"
IS_OPEN_SPOKEN, IS_LATE_SPOKEN, IS_DONE_SPOKEN = "open", "overdue", "done"

# -- end of shift

PRINT_COPY: Final = "Copy as text"
COPIED: Final = "Copied. It is plain text; paste it where you print."
AGAIN: Final = "Look again"
KEYS: Final[tuple[tuple[str, str, str], ...]] = (
    (KEY, "Cases, tasks and the end of a shift", "analyst"),
    ("Alt+F, Alt+T", "On a report or case: flag it, or take the flag off; tag it", "analyst"),
    ("Alt+N, Alt+K, Alt+C", "On a report: write a note, set a task, put it into a case", "analyst"),
)
"""For the key list."""
