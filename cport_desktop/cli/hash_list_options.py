"""Options of the verbs about hash lists."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from cport_desktop.cli import disclosure_options
from cport_desktop.cli.verb import Verb
from cport_desktop.formats.lists.columns import Meaning
from cport_desktop.usecases.list_kinds import AUTO, NAMES

HITS_SHOWN = 50


def listing(verb: argparse.ArgumentParser) -> None:
    """`hashlist list`."""
    verb.add_argument("query", nargs="*", metavar="QUERY", help="words and field:value")
    disclosure_options.told(verb)


def import_file(verb: argparse.ArgumentParser) -> None:
    """`hashlist import`."""
    verb.add_argument("file", type=Path, metavar="FILE", help="a file of digests")
    verb.add_argument(
        "--format",
        default=AUTO,
        metavar="F",
        help=f"{AUTO}, {', '.join(NAMES)} (default: {AUTO})",
    )
    understood(verb)
    verb.add_argument("--name", metavar="NAME", help="what the list is called (default: the file)")
    verb.add_argument("--source", default="", metavar="BODY", help="who answers for the list")
    verb.add_argument("--version", default="", metavar="V", help="which version of it this is")
    verb.add_argument("--handling", metavar="TEXT", help="licence, or how it may be used")
    verb.add_argument(
        "--negative", action="store_true", help="what is on it is known to be harmless"
    )
    trusted(verb)
    verb.add_argument("--dry-run", action="store_true", help="read and count, and keep nothing")
    verb.add_argument(
        "--rejects", type=Path, metavar="OUT", help="a new file for what was refused, with why"
    )


def understood(verb: argparse.ArgumentParser) -> None:
    """What a person says of what is in the file."""
    verb.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="WHAT=COLUMN",
        help=f"a column of a table, by its heading or its number: {', '.join(Meaning)}",
    )
    verb.add_argument(
        "--profile", metavar="P", help="of which region the categories are (default: as it says)"
    )


def trusted(verb: argparse.ArgumentParser) -> None:
    """Who must have signed what stands beside the file."""
    verb.add_argument(
        "--trust",
        type=Path,
        metavar="CA",
        help="authority under which FILE.manifest.json must be signed (PEM, from outside)",
    )


def one(verb: argparse.ArgumentParser) -> None:
    """`hashlist show`."""
    verb.add_argument("list", metavar="ID", help="as `hashlist list` names it")
    _hits(verb)


def match(verb: argparse.ArgumentParser) -> None:
    """`hashlist match`."""
    verb.add_argument(
        "about", nargs="?", metavar="ID", help="then tell the hits of this list, or of M-…"
    )
    _hits(verb)


def _hits(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--limit",
        type=int,
        default=HITS_SHOWN,
        metavar="N",
        help=f"hits that are shown ({HITS_SHOWN})",
    )


VERBS: Final = (
    Verb(
        "hashlist list",
        "hash lists, with their age and what is on them",
        listing,
        "cport hashlist list -is:withdrawn hits:>0",
    ),
    Verb(
        "hashlist show", "one hash list and its hits", one, "cport hashlist show synthetic-pictures"
    ),
    Verb(
        "hashlist import",
        "read a list of digests in from a file",
        import_file,
        "cport hashlist import known.md5 --source 'Example Body A' --rejects rejects.txt",
    ),
    Verb(
        "hashlist match",
        "match what is due against all lists",
        match,
        "cport hashlist match M-1200",
    ),
)
