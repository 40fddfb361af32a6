"""Sentences of the page of cases, and of what stands on a report's page about the work on it."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tongue import amount, tr, tr_in, tr_many

TITLE: Final = tr("Cases")
KEY: Final = "Ctrl+0"
PARTS: Final = tr("Parts of the page of cases")

# -- the list

CASES: Final = tr("Cases")
CASES_INTRO: Final = tr(
    "What belongs to one investigation: reports, media, domains, with notes, tasks and a timeline."
)
NO_CASES: Final = tr("No case is open here.")
NO_CASES_HELP: Final = tr(
    "Open one with Alt+O. Reports are put into it from their page (Alt+C), or by a query in the case."
)
NONE_FOUND: Final = tr("No case matches the line")
NONE_FOUND_HELP: Final = tr("Empty the line (Escape), or choose another state.")
LINE: Final = tr("Query over cases")
LINE_PLACEHOLDER: Final = tr("words, lead:Ada, is:mine, is:overdue, opened:<30d")
NEW_CASE: Final = tr("Open a case…")
SEARCH_TITLE: Final = tr("Title")
SEARCH_PLACEHOLDER: Final = tr("letters of the title")
STATE: Final = tr("State")
STATES_SHOWN: Final = (
    tr_in("which cases are shown", "Open"),
    tr_in("which cases are shown", "Closed"),
    tr_in("which cases are shown", "All"),
)
CASE, CASE_TITLE, ITEMS = tr("Case"), tr("Title"), tr("Items")
TASKS_DUE, LAST_ACTIVITY, LEAD = tr("Tasks"), tr("Last activity"), tr_in("who leads a case", "Lead")
STATE_OPEN: Final = tr_in("state of a case", "● open")
STATE_CLOSED: Final = tr_in("state of a case", "– closed")
STATE_OPEN_SPOKEN: Final = tr_in("state of a case", "open")
STATE_CLOSED_SPOKEN: Final = tr_in("state of a case", "closed")

# -- one case

BACK: Final = tr("All cases")
EDIT: Final = tr("Change…")
CLOSE: Final = tr_in("a case", "Close it…")
REOPEN: Final = tr_in("a case", "Open again…")
PUT_BY_QUERY: Final = tr("Put in by a query…")
TAKE_OUT: Final = tr("Take out")
SHOW_REPORTS: Final = tr("Its reports")
NO_ITEMS: Final = tr("Nothing is in this case.")
NO_ITEMS_HELP: Final = tr(
    "Put reports into it from their page with Alt+C, or all that a query finds with Alt+P."
)
TIMELINE: Final = tr("Timeline")
NO_MOMENTS: Final = tr("Nothing has happened yet.")
NO_MOMENTS_HELP: Final = tr("What happens to the case and to what is in it comes here by itself.")
ITEM, DOMAIN, CLASS, ADDED, RECEIVED = (
    tr("Item"),
    tr("Domain"),
    tr("Class"),
    tr_in("when", "Added"),
    tr_in("when", "Received"),
)
WHEN, WHAT, WORDS, BY = tr("When"), tr("What"), tr("Words"), tr_in("a person", "By")
SUMMARY: Final = tr("What it is about")
TITLE_PLACEHOLDER: Final = tr("one line, as colleagues will look for it")
NOBODY: Final = tr("Nobody")
NEW_TITLE: Final = tr("Open a case")
NEW_INTRO: Final = tr("It gets the next number. Everybody who works in this vault sees it.")
NEW_ACT: Final = tr_in("a case", "Open it")
NEEDS_TITLE: Final = tr("What is it called?")
EDIT_TITLE: Final = tr("Change the case")
EDIT_ACT: Final = tr_in("a case", "Change it")
CLOSE_TITLE: Final = tr("Close the case")
CLOSE_INTRO: Final = tr(
    "Nothing is put into a closed case or taken out of it. It can be opened again, with a reason."
)
CLOSE_ACT: Final = tr_in("a case", "Close it")
REOPEN_TITLE: Final = tr("Open the case again")
REOPEN_ACT: Final = tr_in("a case", "Open it again")
REASON: Final = tr("Reason")
REASON_PLACEHOLDER: Final = tr("it stays in the audit log")
NEEDS_REASON: Final = tr("Why?")
QUERY: Final = tr("Query")
QUERY_PLACEHOLDER: Final = "domain:name.example received:<30d"
QUERY_TITLE: Final = tr("Put in what a query finds")
QUERY_INTRO: Final = tr(
    "The reports are counted first; nothing is put in before the count was told."
)
QUERY_ACT: Final = tr("Count, then put in")
NEEDS_QUERY: Final = tr("Which reports?")


def case_head(reference: str, title: str) -> str:
    """The first line of a case."""
    return f"{reference}  {title}"


def led_by(name: str | None) -> str:
    return tr("Nobody leads it") if name is None else tr("Led by {name}", name=name)


def opened_by(name: str, at: str) -> str:
    return tr("Opened by {name}, {at}", name=name, at=at)


def closed_because(name: str, at: str, why: str) -> str:
    return tr("Closed by {name}, {at}: {why}", name=name, at=at, why=why)


def items_named(count: int) -> str:
    """The heading of what is in it."""
    return tr("In this case: {count}", count=amount(count))


def tasks_of(open_tasks: int, overdue: int) -> str:
    """A cell: how many are open, and how many of these are late."""
    if not open_tasks:
        return ""
    if not overdue:
        return amount(open_tasks)
    return tr_many(
        "{open_tasks}, {count} overdue",
        "{open_tasks}, {count} overdue",
        overdue,
        open_tasks=amount(open_tasks),
    )


def found(count: int) -> str:
    return tr_many(
        "It finds {count} report. Once more, and it is in the case.",
        "It finds {count} reports. Once more, and they are in the case.",
        count,
    )


def put(added: int, already: int, reference: str) -> str:
    """What an addition came to."""
    if not added:
        return tr("Already in {reference}.", reference=reference)
    if not already:
        return tr("Put into {reference}: {added}.", reference=reference, added=amount(added))
    return tr_many(
        "Put into {reference}: {added}; {count} was in it already.",
        "Put into {reference}: {added}; {count} were in it already.",
        already,
        reference=reference,
        added=amount(added),
    )


# -- work on one thing

WORK: Final = tr("Your unit’s work")
FLAG: Final = tr_in("an act", "Flag")
UNFLAG: Final = tr("Take the flag off")
TAG: Final = tr("Tag…")
NOTE: Final = tr("Note…")
TASK: Final = tr("Task…")
PUT_INTO_CASE: Final = tr("Into a case…")
NEW_TAG: Final = tr("New tag")
TAG_PLACEHOLDER: Final = tr("a word, then Enter; Esc leaves")
NO_WORK: Final = tr("No tag, note or task yet, and in no case.")
TASKS: Final = tr("Tasks")
TASK_DONE: Final = tr_in("a task", "Done")
CHANGE: Final = tr_in("an act", "Change")
TAKE_BACK: Final = tr("Take back")
PUT_BACK: Final = tr("Put it back")
VERSIONS: Final = tr("Versions")
MORE_NOTES: Final = tr("Older notes")
NOTE_TITLE: Final = tr("A note")
NOTE_PLACEHOLDER: Final = tr("What colleagues should know. It stays in this vault.")
NOTE_KEEP: Final = tr_in("a note", "Keep it")
NOTE_NEEDED: Final = tr("Write something first, or leave with Esc.")
VERSIONS_TITLE: Final = tr("Versions of a note")
VERSIONS_INTRO: Final = tr("All that it has said; the last one stands.")
TAKEN_BACK: Final = tr("The note is taken back; it keeps its words.")
CHOOSE_CASE: Final = tr("Which case?")
CHOOSE_CASE_INTRO: Final = tr("The newest open cases. Type letters of another one’s title.")
CHOOSE_CASE_ACT: Final = tr_in("into a case", "Put it in")
OR_NEW: Final = tr("Or the title of a new case")
NEEDS_CASE: Final = tr("Choose a case, or type the title of a new one.")
NEW_TASK_TITLE: Final = tr("A task")
NEW_TASK_INTRO: Final = tr("It stands with what it is about, and in the list of tasks.")
NEW_TASK_ACT: Final = tr_in("a task", "Set it")
TASK_WHAT: Final = tr("What is to be done")
TASK_PLACEHOLDER: Final = tr("one line")
TASK_FOR: Final = tr("By whom")
WHOEVER: Final = tr("Whoever comes to it")
HAS_DAY: Final = tr("By a day")
TASK_DUE: Final = tr("By when")
NEEDS_TASK: Final = tr("What is to be done?")


def flagged_by(name: str, at: str) -> str:
    return tr("★ Flagged by {name}, {at}", name=name, at=at)


def tag_off(name: str) -> str:
    """What the button of a tag does, read aloud."""
    return tr("Take off the tag {name}", name=name)


def case_chip(reference: str, title: str) -> str:
    return f"{reference} {title}"


def open_case(reference: str, title: str) -> str:
    """What the button of a case does, read aloud."""
    return tr("Open the case {reference} {title}", reference=reference, title=title)


def note_head(by: str, at: str, versions: int) -> str:
    return tr_many("{by}, {at}", "{by}, {at}, version {count}", versions, by=by, at=at)


def tasks_named(count: int) -> str:
    return tr("Open tasks: {count}", count=amount(count)) if count else tr("Tasks")


def too_long(length: int, limit: int) -> str:
    """Said while it is typed."""
    return tr(
        "{length} characters; a note has at most {limit}. Shorten it, or keep it in two notes. Nothing of it is lost.",
        length=amount(length),
        limit=amount(limit),
    )


def paste_too_long(length: int, limit: int) -> str:
    """Said instead of pasting."""
    return tr(
        "What you paste has {length} characters; a note has at most {limit}, with what stands here already. It was not put in; the clipboard still has it.",
        length=amount(length),
        limit=amount(limit),
    )


def line_too_long(limit: int) -> str:
    """Said instead of pasting."""
    return tr(
        "What you paste has a line of more than {limit} characters. Put line ends into it first; the clipboard still has it.",
        limit=amount(limit),
    )


def task_line(title: str, about: str | None, assignee: str | None, due: str | None) -> str:
    """One task in a line."""
    task = title if about is None else f"{about}: {title}"
    if assignee is not None and due is not None:
        return tr("{task} – {assignee}, by {due}", task=task, assignee=assignee, due=due)
    if assignee is not None:
        return f"{task} – {assignee}"
    return task if due is None else tr("{task} – by {due}", task=task, due=due)


def overdue_line(line: str) -> str:
    return tr("Overdue: {task}", task=line)


def done_named(title: str) -> str:
    """What the button of a task does, read aloud."""
    return tr("Done: {task}", task=title)


# -- tasks

TASKS_INTRO: Final = tr(
    "What has to be done, the earliest due first. Enter opens what a task is about."
)
NO_OPEN_TASKS: Final = tr("No task is open.")
NO_OPEN_TASKS_HELP: Final = tr("A task is set on the page of a report or of a case, with Alt+K.")
ONLY_MINE: Final = tr("Only mine")
WITH_DONE: Final = tr("Done ones, too")
TICK: Final = tr_in("a task", "Done")
UNTICK: Final = tr("To be done again")
ABOUT, DUE, ASSIGNEE, SET_BY = (
    tr_in("a task", "About"),
    tr_in("a task", "Due"),
    tr_in("a person", "For"),
    tr_in("a task", "Set by"),
)
TASK_STATE: Final = tr("State")
IS_OPEN, IS_LATE, IS_DONE = (
    tr_in("state of a task", "○ open"),
    tr_in("state of a task", "▲ overdue"),
    tr_in("state of a task", "✓ done"),
)
IS_OPEN_SPOKEN, IS_LATE_SPOKEN, IS_DONE_SPOKEN = (
    tr_in("state of a task", "open"),
    tr_in("state of a task", "overdue"),
    tr_in("state of a task", "done"),
)

# -- end of shift

PRINT_COPY: Final = tr("Copy as text")
COPIED: Final = tr("Copied. It is plain text; paste it where you print.")
AGAIN: Final = tr("Look again")
KEYS: Final[tuple[tuple[str, str, str], ...]] = (
    (KEY, tr("Cases, tasks and the end of a shift"), "analyst"),
    (
        "Alt+F, Alt+T",
        tr("On a report or case: flag it, or take the flag off; tag it"),
        "analyst",
    ),
    (
        "Alt+N, Alt+K, Alt+C",
        tr("On a report: write a note, set a task, put it into a case"),
        "analyst",
    ),
)
"""For the key list."""
