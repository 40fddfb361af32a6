"""What the listing verbs of the “Worst of” list take."""

from __future__ import annotations

import argparse
from typing import Final

from cport_desktop.cli import iwol_dossier_options
from cport_desktop.cli.common_options import short_page
from cport_desktop.cli.verb import Verb
from cport_desktop.domain.worst_of import CandidateSort

_ORDERS: Final = tuple(f"{sign}{sort.value}" for sort in CandidateSort for sign in ("", "-"))


def candidates(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("query", nargs="*", metavar="QUERY", help="words and field:value")
    short_page(verb)
    verb.add_argument("--sort", choices=_ORDERS, default="-reports", help="-reports without it")


def suggestions(verb: argparse.ArgumentParser) -> None:
    short_page(verb)
    verb.add_argument("--sort", choices=("-at",), help="the one order that there is: -at")


VERBS: Final = (
    *iwol_dossier_options.VERBS,
    Verb(
        "iwol candidates",
        "domains that reports are about, with what is known of them",
        candidates,
        "cport iwol candidates 'reports:>10' -is:suggested --sort -seen",
    ),
    Verb(
        "iwol suggestions",
        "what was suggested from here, and what became of it",
        suggestions,
        "cport iwol suggestions",
    ),
)
