"""What the verbs of memory, queue and overview take, and what they are called."""

from __future__ import annotations

import argparse
from typing import Final

from cport_desktop.cli.common_options import page
from cport_desktop.cli.verb import Verb


def memory(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("reference", metavar="REF", help="a report")
    _page(verb)
    verb.add_argument("--sort", metavar="FIELD", help="telling: the most telling reason first")


def queue(verb: argparse.ArgumentParser) -> None:
    _page(verb)
    verb.add_argument("--sort", metavar="FIELD", help="-points: the first in the queue first")


def overview(verb: argparse.ArgumentParser) -> None:
    del verb


VERBS: Final = (
    Verb(
        "report memory",
        "what other reports have in common with one, and what came of them",
        memory,
        "cport report memory HL-880017",
    ),
    Verb(
        "queue",
        "which undecided reports come first, by the rules of the unit, and why",
        queue,
        "cport queue --limit 20",
    ),
    Verb(
        "overview",
        "what is new, urgent and overdue, what ends soon and what waits for you",
        overview,
        "cport overview",
    ),
)


def _page(verb: argparse.ArgumentParser) -> None:
    page(verb)
