"""What the verbs of likeness and stacks take, and what they are called."""

from __future__ import annotations

import argparse
from typing import Final

from cport_desktop.cli.common_options import count_or_none, page
from cport_desktop.cli.verb import Verb


def similar(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("reference", metavar="ID", help="a media item")
    page(verb)
    verb.add_argument("--sort", metavar="FIELD", help="distance: the surest and nearest first")


def stacks(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("query", nargs="*", metavar="QUERY", help="words and field:value")
    page(verb)
    verb.add_argument("--sort", metavar="FIELD", help="-received: the newest report first")
    verb.add_argument(
        "--rebuild",
        action="store_true",
        help="compare everything anew first; words of persons stay",
    )


def show(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("reference", metavar="ID", help="any media item of the stack")
    page(verb)
    verb.add_argument("--sort", metavar="FIELD", help="place: as they came into the stack")


def split(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("references", nargs="+", metavar="ID", help="media items to take out of it")


def merge(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("reference", metavar="ID", help="any media item of the one stack")
    verb.add_argument("other", metavar="OTHER", help="any media item of the other")


def assess(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("reference", metavar="ID", help="any media item of the stack")
    verb.add_argument(
        "classification", help="a code of the classification list: baseline, national, not-illegal"
    )
    verb.add_argument(
        "--count",
        type=count_or_none,
        metavar="N",
        help="how many reports they are; without it only told",
    )
    verb.add_argument("--reason", help="what for (kept in the audit log)")


VERBS: Final = (
    Verb(
        "media similar",
        "what is like one item: same bytes, looks, frames, with reason and distance",
        similar,
        "cport media similar M-17",
    ),
    Verb(
        "media stacks",
        "items that are alike, together: a decision on one serves all",
        stacks,
        "cport media stacks class:undecided",
    ),
    Verb(
        "media stack show",
        "every content of a stack, and why it is in it",
        show,
        "cport media stack show M-17",
    ),
    Verb(
        "media stack split",
        "take some contents out of a stack, for good",
        split,
        "cport media stack split M-17 M-23",
    ),
    Verb(
        "media stack merge",
        "put two stacks together, for good",
        merge,
        "cport media stack merge M-17 M-40",
    ),
    Verb(
        "media stack assess",
        "assess every undecided report that has an item of a stack; told first what it comes to",
        assess,
        "cport media stack assess M-17 not-illegal --count 12",
    ),
)
