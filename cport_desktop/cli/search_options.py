"""What the verbs of saved searches and content items take, and what they are called."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from cport_desktop.cli.common_options import page
from cport_desktop.cli.verb import Verb
from cport_desktop.domain.saved_search import MOST_KEPT, SearchSubject

GROUP: Final = ("searches", "searches that are kept")


def _name(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("name", metavar="NAME", help="its name or id")


def _units(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--unit", action="store_true", help="for the whole unit (a supervisor's matter)"
    )


def listing(verb: argparse.ArgumentParser) -> None:
    page(verb)
    verb.add_argument("--sort", metavar="FIELD", help="place: pinned ones first, then by name")
    verb.add_argument(
        "--new",
        action="store_true",
        help="count what is new since you looked (takes a search each)",
    )


def save(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("name", metavar="NAME", help="what it is called")
    verb.add_argument("query", nargs="*", metavar="QUERY", help="words and field:value")
    verb.add_argument(
        "--subject",
        choices=[subject.value for subject in SearchSubject],
        default=SearchSubject.REPORTS.value,
        help="what is searched (reports)",
    )
    verb.add_argument("--sort", metavar="FIELD", help="a leading - reverses (-received)")
    verb.add_argument("--replace", action="store_true", help="in the place of one of this name")
    _units(verb)


def run(verb: argparse.ArgumentParser) -> None:
    _name(verb)
    page(verb)
    verb.add_argument("--sort", metavar="FIELD", help="another order than the one that is kept")
    verb.add_argument("--facet", action="append", metavar="F", help="count by this (reports)")
    verb.add_argument("--count", action="store_true", help="count all that it finds (reports)")


def rename(verb: argparse.ArgumentParser) -> None:
    _name(verb)
    verb.add_argument("new_name", metavar="NEW")


def pin(verb: argparse.ArgumentParser) -> None:
    _name(verb)
    verb.add_argument(
        "--place", type=_place, default=MOST_KEPT, metavar="N", help="from 1 on (the last)"
    )


def export(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, metavar="FILE", help="a new file")
    verb.add_argument("names", nargs="*", metavar="NAME", help="these alone (all)")


def import_(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, metavar="FILE", help="as cport searches export wrote it")
    _units(verb)


def contents(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("query", nargs="*", metavar="QUERY", help="words and field:value")
    page(verb)
    verb.add_argument("--sort", metavar="FIELD", help="-received: the newest report first")


VERBS: Final = (
    Verb(
        "contents",
        "content items: the URLs within reports",
        contents,
        "cport contents domain:name.example received:<30d",
    ),
    Verb(
        "searches list",
        "your own searches and the unit's",
        listing,
        "cport searches list --new",
    ),
    Verb(
        "searches save",
        "keep a search",
        save,
        "cport searches save 'New in NL' host:NL is:new",
    ),
    Verb(
        "searches run",
        "search by one that is kept; what it finds counts as looked at",
        run,
        "cport searches run 'New in NL'",
    ),
    Verb(
        "searches rename",
        "call one otherwise",
        rename,
        "cport searches rename 'New in NL' 'Netherlands, new'",
    ),
    Verb("searches remove", "keep one no more", _name, "cport searches remove 'New in NL'"),
    Verb(
        "searches pin",
        "put one on the window's rail",
        pin,
        "cport searches pin 'New in NL' --place 1",
    ),
    Verb("searches unpin", "take one off the rail", _name, "cport searches unpin 'New in NL'"),
    Verb(
        "searches export",
        "write searches into a file that another vault can read",
        export,
        "cport searches export searches.json 'New in NL'",
    ),
    Verb(
        "searches import",
        "keep the searches of such a file",
        import_,
        "cport searches import searches.json --unit",
    ),
)


def _place(text: str) -> int:
    number = int(text)
    if not 1 <= number <= MOST_KEPT:
        raise argparse.ArgumentTypeError(f"from 1 to {MOST_KEPT}")
    return number
