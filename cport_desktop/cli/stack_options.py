"""What the verbs of likeness and stacks take, and what they are called."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Final

MOST_ROWS: Final = 10_000_000

Add = Callable[[argparse.ArgumentParser], None]


def _page(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--limit", type=_count, default=200, metavar="N", help="rows at most (200)")
    verb.add_argument("--after", metavar="CURSOR", help="go on behind this page's `next`")


def similar(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("reference", metavar="ID", help="a media item")
    _page(verb)
    verb.add_argument("--sort", metavar="FIELD", help="distance: the surest and nearest first")


def stacks(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("query", nargs="*", metavar="QUERY", help="words and field:value")
    _page(verb)
    verb.add_argument("--sort", metavar="FIELD", help="-received: the newest report first")
    verb.add_argument(
        "--rebuild",
        action="store_true",
        help="compare everything anew first; words of persons stay",
    )


def show(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("reference", metavar="ID", help="any media item of the stack")
    _page(verb)
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
        type=_count_or_none,
        metavar="N",
        help="how many reports they are; without it only told",
    )
    verb.add_argument("--reason", help="what for (kept in the audit log)")


VERBS: Final[tuple[tuple[str, str, Add, str], ...]] = (
    (
        "media similar",
        "what is like one item: same bytes, looks, frames, with reason and distance",
        similar,
        "cport media similar M-17",
    ),
    (
        "media stacks",
        "items that are alike, together: a decision on one serves all",
        stacks,
        "cport media stacks class:undecided",
    ),
    (
        "media stack show",
        "every content of a stack, and why it is in it",
        show,
        "cport media stack show M-17",
    ),
    (
        "media stack split",
        "take some contents out of a stack, for good",
        split,
        "cport media stack split M-17 M-23",
    ),
    (
        "media stack merge",
        "put two stacks together, for good",
        merge,
        "cport media stack merge M-17 M-40",
    ),
    (
        "media stack assess",
        "assess every undecided report that has an item of a stack; told first what it comes to",
        assess,
        "cport media stack assess M-17 not-illegal --count 12",
    ),
)


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= MOST_ROWS:
        raise argparse.ArgumentTypeError(f"from 1 to {MOST_ROWS}")
    return number


def _count_or_none(text: str) -> int:
    number = int(text)
    if not 0 <= number <= MOST_ROWS:
        raise argparse.ArgumentTypeError(f"from 0 to {MOST_ROWS}")
    return number
