"""What the verbs of figures take, and what they are called."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cport_desktop.cli.verb import Verb
from cport_desktop.domain.figure import MOST_BARS, FigureKind, Step

GROUPS: Final[Mapping[str, str]] = {"figures": "counts to be looked at: charts and their tables"}
SAVED_AS: Final = ("csv", "svg")
"""Forms that this face writes; the window paints PNG, too."""


def reports(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("query", nargs="*", metavar="QUERY", help="what it finds; none: all")
    verb.add_argument(
        "--by",
        choices=[kind.value for kind in FigureKind],
        default=FigureKind.RECEIVED.value,
        help="over time, by country, kind of site or hotline, or the time until removal",
    )
    verb.add_argument(
        "--step",
        choices=[step.value for step in Step],
        default=Step.MONTH.value,
        help="over time: how long a time a line stands for (UTC; weeks from Monday)",
    )
    _common(verb)


def of_case(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("case", metavar="CASE", help="e.g. C-3")
    _common(verb)


def _common(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--limit", type=_count, default=MOST_BARS, metavar="N", help=f"rows at most ({MOST_BARS})"
    )
    verb.add_argument("--after", metavar="CURSOR", help="go on behind this page's `next`")
    verb.add_argument(
        "--sort", metavar="FIELD", help="a column, e.g. reports; with - the other way round"
    )
    verb.add_argument("--out", type=Path, metavar="FILE", help="save it as a new file, on record")
    verb.add_argument(
        "--format", choices=SAVED_AS, help="what the file is (default: by the end of its name)"
    )
    verb.add_argument("--recipient", metavar="NAME", help="for whom the file is, by name")
    verb.add_argument("--reason", metavar="R", help="what for")


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("1 or more")
    return number


VERBS: Final = (
    Verb(
        "figures reports",
        "count the reports that a query finds, over time or by what they are",
        reports,
        "cport figures reports host:NL --by received --step week",
    ),
    Verb(
        "figures timeline",
        "a case along time, as its picture has it",
        of_case,
        "cport figures timeline C-3 --out case.svg",
    ),
    Verb(
        "figures links",
        "what the reports of a case share with each other, and with how many others",
        of_case,
        "cport figures links C-3",
    ),
)
