"""Options of the verbs by which hash lists leave, change and are taken back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from cport_desktop.cli import hash_list_options
from cport_desktop.cli.verb import Verb
from cport_desktop.exports.hash_lists.formats import FORMATS

_ID: Final = "as `hashlist list` names it"


def export(verb: argparse.ArgumentParser) -> None:
    """`hashlist export`."""
    verb.add_argument("list", metavar="ID", help=_ID)
    verb.add_argument("--format", required=True, metavar="F", help=", ".join(FORMATS))
    verb.add_argument("--out", type=Path, required=True, metavar="FILE", help="a new file")
    verb.add_argument(
        "--since", metavar="VERSION", help="only what came and what went since this version"
    )
    verb.add_argument(
        "--recipient", action="append", default=[], metavar="NAME", help="who gets it; repeat it"
    )
    signing = verb.add_mutually_exclusive_group()
    signing.add_argument(
        "--signer",
        type=Path,
        metavar="PEM",
        help="key and certificate in one PEM file (else the certificate that the portal issued)",
    )
    signing.add_argument("--unsigned", action="store_true", help="the manifest is not signed")
    verb.add_argument("--reason", metavar="R", help="why it is handed over")


def versions(verb: argparse.ArgumentParser) -> None:
    """`hashlist versions`."""
    verb.add_argument("list", metavar="ID", help=_ID)


def update(verb: argparse.ArgumentParser) -> None:
    """`hashlist update`."""
    verb.add_argument("list", metavar="ID", help="a list that was read in here")
    verb.add_argument("file", type=Path, metavar="FILE", help="its next version")
    verb.add_argument("--version", default="", metavar="V", help="which version of it this is")
    verb.add_argument("--format", default="auto", metavar="F", help="as for `hashlist import`")
    hash_list_options.understood(verb)
    hash_list_options.trusted(verb)


def make(verb: argparse.ArgumentParser) -> None:
    """`hashlist make`."""
    verb.add_argument("name", metavar="NAME", help="what the list is called")
    verb.add_argument("--query", required=True, metavar="Q", help="media that are decided")
    verb.add_argument("--version", default="1", metavar="V", help="which version of it this is")
    verb.add_argument("--source", default="", metavar="BODY", help="who answers for the list")
    verb.add_argument("--handling", metavar="TEXT", help="licence, or how it may be used")
    verb.add_argument(
        "--negative", action="store_true", help="what is on it is known to be harmless"
    )
    verb.add_argument("--reason", metavar="R", help="why")


def feedback(verb: argparse.ArgumentParser) -> None:
    """`hashlist feedback`."""
    verb.add_argument("list", metavar="ID", help=_ID)
    verb.add_argument("entry", metavar="ENTRY", help="as `media show` names it")
    word = verb.add_mutually_exclusive_group(required=True)
    word.add_argument("--confirm", action="store_true", help="it is right")
    word.add_argument("--dispute", action="store_true", help="it is not; say why with --note")
    verb.add_argument("--note", default="", metavar="TEXT", help="why")


def withdraw(verb: argparse.ArgumentParser) -> None:
    """`hashlist withdraw`."""
    verb.add_argument("list", metavar="ID", help="a list that was read in or made here")
    verb.add_argument(
        "--entries",
        type=Path,
        metavar="FILE",
        help="only these entries: one a line, by name on the list or by digest",
    )
    verb.add_argument(
        "--preview", action="store_true", help="only tell what it would change, and change nothing"
    )
    verb.add_argument("--reason", metavar="R", help="why")


VERBS: Final = (
    Verb(
        "hashlist export",
        "write a list, or what changed on it, to a file for somebody else",
        export,
        "cport hashlist export national --format stix --out national.json --recipient 'Unit Example'",
    ),
    Verb(
        "hashlist versions",
        "versions of a list, with what came and went",
        versions,
        "cport hashlist versions national",
    ),
    Verb(
        "hashlist update",
        "read the next version of a list of one’s own in",
        update,
        "cport hashlist update _1f2e3d4c5b6a known-2.md5 --version 2",
    ),
    Verb(
        "hashlist make",
        "make a list of what was decided here",
        make,
        "cport hashlist make 'Round 3' --query 'case:2026/12 class:baseline'",
    ),
    Verb(
        "hashlist feedback",
        "confirm or dispute an entry of a list",
        feedback,
        "cport hashlist feedback national 17 --dispute --note 'A test card.'",
    ),
    Verb(
        "hashlist withdraw",
        "take back a list of one’s own, or entries of it",
        withdraw,
        "cport hashlist withdraw _1f2e3d4c5b6a --entries wrong.txt --reason 'A test card.'",
    ),
)
