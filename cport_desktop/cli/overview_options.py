"""What the verbs of memory, queue and overview take, and what they are called."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Final

Add = Callable[[argparse.ArgumentParser], None]

MOST_ROWS: Final = 10_000_000


def memory(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("reference", metavar="REF", help="a report")
    _page(verb)
    verb.add_argument("--sort", metavar="FIELD", help="telling: the most telling reason first")


def queue(verb: argparse.ArgumentParser) -> None:
    _page(verb)
    verb.add_argument("--sort", metavar="FIELD", help="-points: the first in the queue first")


def overview(verb: argparse.ArgumentParser) -> None:
    del verb


VERBS: Final[tuple[tuple[str, str, Add, str], ...]] = (
    (
        "report memory",
        "what other reports have in common with one, and what came of them",
        memory,
        "cport report memory HL-880017",
    ),
    (
        "queue",
        "which undecided reports come first, by the rules of the unit, and why",
        queue,
        "cport queue --limit 20",
    ),
    (
        "overview",
        "what is new, urgent and overdue, what ends soon and what waits for you",
        overview,
        "cport overview",
    ),
)


def _page(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--limit", type=_count, default=200, metavar="N", help="rows at most (200)")
    verb.add_argument("--after", metavar="CURSOR", help="go on behind this page's `next`")


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= MOST_ROWS:
        raise argparse.ArgumentTypeError(f"from 1 to {MOST_ROWS}")
    return number
