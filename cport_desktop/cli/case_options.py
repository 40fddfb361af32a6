"""What the verbs of cases, notes, tags, flags, tasks and of a shift take."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cport_desktop.cli.common_options import count, nothing, page
from cport_desktop.cli.verb import Verb
from cport_desktop.domain.case_list import CaseOrder

_THINGS: Final = "HL-17, M-5, C-3, hotline:12, a SHA-256, a domain"
_CASE_QUERY: Final = (
    "words of the title or summary, ref: title: summary: state: lead: by: opened: closed: active:"
    " reports: items: tasks: notes: is:open,closed,overdue,mine,unled"
)


GROUPS: Final[Mapping[str, str]] = {
    "note": "notes on reports, media, domains, cases",
    "tag": "tags on them",
    "flag": "what to come back to",
    "task": "what has to be done, by whom, by when",
    "shift": "one's own shift",
}


def _page(verb: argparse.ArgumentParser, *orders: str) -> None:
    page(verb)
    usual = orders[0]
    told = f"{usual} without it" if orders[1:] else f"the one order that there is: {usual}"
    verb.add_argument("--sort", choices=orders, help=told)


def _case(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("case", metavar="CASE", help="its number: C-3")


def create(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("title", metavar="TITLE", help="one line")
    verb.add_argument("--summary", default="", metavar="TEXT", help="what it is about")


def cases(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("query", nargs="*", metavar="QUERY", help=_CASE_QUERY)
    verb.add_argument("--state", choices=("open", "closed"), help="those in one state")
    verb.add_argument("--titled", default="", metavar="TEXT", help="with this in their title")
    _page(verb, *CaseOrder)


def show(verb: argparse.ArgumentParser) -> None:
    _case(verb)
    verb.add_argument(
        "--kind",
        choices=("report", "media", "content", "domain", "hotline"),
        help="items of one kind",
    )
    _page(verb, "-added")


def timeline(verb: argparse.ArgumentParser) -> None:
    _case(verb)
    _page(verb, "-at")


def edit(verb: argparse.ArgumentParser) -> None:
    _case(verb)
    verb.add_argument("--title", metavar="TITLE", help="another title")
    verb.add_argument("--summary", metavar="TEXT", help="another summary")
    lead = verb.add_mutually_exclusive_group()
    lead.add_argument("--lead", metavar="NAME", help="the analyst who leads it")
    lead.add_argument("--no-lead", action="store_true", help="nobody leads it")


def add(verb: argparse.ArgumentParser) -> None:
    _case(verb)
    verb.add_argument("references", nargs="*", metavar="REF", help=_THINGS)
    verb.add_argument("--query", dest="chosen", metavar="QUERY", help="all reports that it finds")
    verb.add_argument(
        "--count", type=count, metavar="N", help="how many these are; without it only told"
    )


def remove(verb: argparse.ArgumentParser) -> None:
    _case(verb)
    verb.add_argument("references", nargs="+", metavar="REF", help=_THINGS)


def reasoned(verb: argparse.ArgumentParser) -> None:
    _case(verb)
    verb.add_argument("--reason", required=True, metavar="R", help="why (kept in the audit log)")


def note_add(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("reference", metavar="REF", help=_THINGS)
    _words(verb)


def notes(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("reference", metavar="REF", help=_THINGS)
    verb.add_argument("--taken-back", action="store_true", help="those that were taken back, too")
    _page(verb, "-at")


def note_edit(verb: argparse.ArgumentParser) -> None:
    one_note(verb)
    _words(verb)


def one_note(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("note", metavar="NOTE", help="N-…")


def tagging(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("name", metavar="TAG", help="one line; its letter case does not matter")
    verb.add_argument("references", nargs="+", metavar="REF", help=_THINGS)


def tags(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "beginning", nargs="?", default="", metavar="BEGINNING", help="of their names"
    )
    _page(verb, "-uses")


def things(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("references", nargs="+", metavar="REF", help=_THINGS)


def task_add(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("reference", metavar="REF", help=_THINGS)
    verb.add_argument("title", metavar="TITLE", help="one line")
    _due(verb)
    verb.add_argument("--for", dest="assignee", metavar="NAME", help="the analyst who has to do it")


def task_edit(verb: argparse.ArgumentParser) -> None:
    one_task(verb)
    verb.add_argument("title", metavar="TITLE", help="one line")
    _due(verb)
    verb.add_argument("--for", dest="assignee", metavar="NAME", help="without it: nobody's")


def tasks(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--about", dest="reference", metavar="REF", help=_THINGS)
    verb.add_argument("--for", dest="assignee", metavar="NAME", help="of one analyst")
    verb.add_argument("--overdue", action="store_true", help="those that should be done by now")
    verb.add_argument("--done", action="store_true", help="those that are done, too")
    _page(verb, "due")


def one_task(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("task", metavar="TASK", help="T-…")


VERBS: Final = (
    Verb(
        "case create",
        "open a case",
        create,
        "cport case create 'Harbour line' --summary 'Three sites'",
    ),
    Verb("case list", "cases, the newest first", cases, "cport case list is:mine --sort title"),
    Verb("case show", "one case and what is in it", show, "cport case show C-3"),
    Verb(
        "case timeline",
        "what happened to a case and to what is in it, the newest first",
        timeline,
        "cport case timeline C-3",
    ),
    Verb(
        "case edit",
        "change its title, summary or lead",
        edit,
        "cport case edit C-3 --lead 'Ada Example'",
    ),
    Verb(
        "case add",
        "put things into it, one by one or all reports that a query finds; these are counted first",
        add,
        "cport case add C-3 --query 'domain:name.example' --count 12",
    ),
    Verb("case remove", "take things out of it", remove, "cport case remove C-3 HL-880017"),
    Verb("case close", "close it", reasoned, "cport case close C-3 --reason 'handed over'"),
    Verb("case reopen", "open it again", reasoned, "cport case reopen C-3 --reason 'new reports'"),
    Verb(
        "note add",
        "write a note on something",
        note_add,
        "cport note add HL-880017 --text 'Asked the hotline by telephone.'",
    ),
    Verb("note list", "the notes on it, newest first", notes, "cport note list HL-880017"),
    Verb("note show", "all versions of a note", one_note, "cport note show N-3b9f20c1a7d4"),
    Verb(
        "note edit",
        "change one's own note; its earlier versions stay",
        note_edit,
        "cport note edit N-3b9f20c1a7d4 --file note.txt",
    ),
    Verb(
        "note take-back",
        "take one's own note back; it keeps its words",
        one_note,
        "cport note take-back N-3b9f20c1a7d4",
    ),
    Verb("note put-back", "let it stand again", one_note, "cport note put-back N-3b9f20c1a7d4"),
    Verb("tag add", "put a tag on things", tagging, "cport tag add harbour HL-880017 M-5"),
    Verb("tag remove", "take a tag off things", tagging, "cport tag remove harbour HL-880017"),
    Verb("tag list", "the tags that there are, the most used first", tags, "cport tag list har"),
    Verb("flag add", "flag things", things, "cport flag add HL-880017"),
    Verb("flag remove", "take the flag off them", things, "cport flag remove HL-880017"),
    Verb(
        "task add",
        "set a task about something",
        task_add,
        "cport task add C-3 'Ask for the archive' --due 3d --for 'Ada Example'",
    ),
    Verb("task list", "open tasks, those due first first", tasks, "cport task list --overdue"),
    Verb(
        "task edit",
        "give a task another title, day and analyst",
        task_edit,
        "cport task edit T-3b9f20c1a7d4 'Ask again' --due 2026-12-24",
    ),
    Verb("task done", "tick a task off", one_task, "cport task done T-3b9f20c1a7d4"),
    Verb("task reopen", "it is to be done again", one_task, "cport task reopen T-3b9f20c1a7d4"),
    Verb(
        "shift summary",
        "what you leave open at the end of a shift; to be printed with lp, or read aloud",
        nothing,
        "cport shift summary",
    ),
)


def _words(verb: argparse.ArgumentParser) -> None:
    words = verb.add_mutually_exclusive_group(required=True)
    words.add_argument("--text", dest="words", metavar="TEXT", help="the words themselves")
    words.add_argument("--file", type=Path, metavar="FILE", help="read them from FILE (UTF-8)")


def _due(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--due", metavar="TIME", help="2026-12-24, 48h or 14d; without it: no day")
