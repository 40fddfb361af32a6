"""What the verbs of kept redactions take."""

from __future__ import annotations

import argparse
from typing import Final

from cport_desktop.cli import signer_options
from cport_desktop.cli.verb import Verb

GROUPS = {"redactions": "what is destroyed in copies of files whenever they leave"}


def listing(verb: argparse.ArgumentParser) -> None:
    signer_options.page(verb)


def keep(verb: argparse.ArgumentParser) -> None:
    _media(verb)
    way = verb.add_mutually_exclusive_group(required=True)
    way.add_argument(
        "--rectangle",
        action="append",
        metavar="L,T,WxH[=WHY]",
        help="pixels of the upright picture that are painted black, and why; repeat it",
    )
    way.add_argument(
        "--labels",
        action="store_true",
        help="everything in the file but its pixels",
    )
    way.add_argument("--leave-out", action="store_true", help="the whole file stays here")
    verb.add_argument(
        "--reason", metavar="WHY", help="of what has no reason of its own; it travels in the list"
    )


def remove(verb: argparse.ArgumentParser) -> None:
    _media(verb)
    verb.add_argument(
        "--reason", required=True, metavar="WHY", help="why it may go again (in the audit log)"
    )


def _media(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("id", metavar="ID", help="of a media item: M-17")


VERBS: Final = (
    Verb(
        "redactions list",
        "those that are kept",
        listing,
        "cport redactions list",
    ),
    Verb(
        "redactions set",
        "keep one, in the place of what was kept",
        keep,
        "cport redactions set M-17 --rectangle '40,30,100x50=a bystander'",
    ),
    Verb(
        "redactions remove",
        "keep one no longer",
        remove,
        "cport redactions remove M-17 --reason 'agreed with the court'",
    ),
)
