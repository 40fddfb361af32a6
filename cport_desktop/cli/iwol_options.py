"""What the listing verbs of the “Worst of” list take."""

from __future__ import annotations

import argparse
from typing import Final

from cport_desktop.cli import iwol_dossier_options
from cport_desktop.domain.worst_of import CandidateSort

_ORDERS: Final = tuple(f"{sign}{sort.value}" for sort in CandidateSort for sign in ("", "-"))


def candidates(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("query", nargs="*", metavar="QUERY", help="words and field:value")
    _page(verb)
    verb.add_argument("--sort", choices=_ORDERS, default="-reports", help="-reports without it")


def suggestions(verb: argparse.ArgumentParser) -> None:
    _page(verb)
    verb.add_argument("--sort", choices=("-at",), help="the one order that there is: -at")


def _page(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--limit", type=_count, default=50, metavar="N", help="rows at most (50)")
    verb.add_argument("--after", metavar="CURSOR", help="go on behind this page's `next`")


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 1_000:
        raise argparse.ArgumentTypeError("1 to 1000")
    return number


VERBS: Final = (
    *iwol_dossier_options.VERBS,
    (
        "iwol candidates",
        "domains that reports are about, with what is known of them",
        candidates,
        "cport iwol candidates 'reports:>10' -is:suggested --sort -seen",
    ),
    (
        "iwol suggestions",
        "what was suggested from here, and what became of it",
        suggestions,
        "cport iwol suggestions",
    ),
)
