"""Verbs of one's own looking and of the unit's rules: what they take, with an example each."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from typing import Final

from cport_desktop.cli.common_options import page
from cport_desktop.cli.verb import Verb

_MOST_DAYS: Final = 3_660
_MOST_MINUTES: Final = 1_440
"""More than any list has."""


def _show(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--days", type=_days, default=14, metavar="N", help="so many days back, with today (14)"
    )


def _breaks(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--after", type=_minutes, metavar="M", help="a break after M minutes of looking"
    )
    verb.add_argument("--pause", type=_minutes, metavar="M", help="breaks of M minutes")
    verb.add_argument("--day-cap", type=_cap, metavar="M", help="M minutes a day; 0: no cap")
    verb.add_argument("--as-unit", action="store_true", help="drop your own figures first")
    verb.add_argument("--put-off", action="store_true", help="put off once what is due")


def _give(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--week", metavar="W", help="2026-W21 (the latest that is over)")
    verb.add_argument(
        "--confirm", action="store_true", help="give it; without this it is only told"
    )


def _clear(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--before", type=_date, metavar="DATE", help="days before 2026-05-17 alone")
    verb.add_argument(
        "--confirm", action="store_true", help="clear it; without this it is only told"
    )


def _weeks(verb: argparse.ArgumentParser) -> None:
    _page(verb, order="-id")


def _rules(verb: argparse.ArgumentParser) -> None:
    _page(verb, order="id")


def _set(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("rule", metavar="RULE", help="as unit rules list names it")
    verb.add_argument("value", metavar="VALUE", help="what it shall be")


GROUPS: Final[Mapping[str, str]] = {
    "exposure": "your own looking, which nobody else sees",
    "unit": "what the unit set for everybody",
    "unit rules": "its rules: formats, confinement, breaks, what is overdue, the order of work",
}

VERBS: Final = (
    Verb(
        "exposure show", "what you looked, by day and level", _show, "cport exposure show --days 30"
    ),
    Verb(
        "exposure breaks",
        "how it stands with breaks, and your own figures",
        _breaks,
        "cport exposure breaks --after 15 --pause 10",
    ),
    Verb(
        "exposure give",
        "give a week's sum to the unit, rounded and without your name",
        _give,
        "cport exposure give --week 2026-W21 --confirm",
    ),
    Verb(
        "exposure clear",
        "keep nothing of it any more",
        _clear,
        "cport exposure clear --before 2026-05-01 --confirm",
    ),
    Verb(
        "exposure unit",
        "sums of weeks to which at least five gave",
        _weeks,
        "cport exposure unit",
    ),
    Verb("unit rules list", "every rule with its value", _rules, "cport unit rules list"),
    Verb(
        "unit rules set",
        "set one (role supervisor)",
        _set,
        "cport unit rules set media.formats heic",
    ),
)


def _page(verb: argparse.ArgumentParser, *, order: str) -> None:
    """`order` is the one that holds without `--sort`."""
    page(verb)
    verb.add_argument("--sort", metavar="F", help=f"id or -id ({order})")
    verb.set_defaults(order=order)


def _minutes(text: str) -> int:
    return _within(text, 1, _MOST_MINUTES)


def _cap(text: str) -> int:
    return _within(text, 0, _MOST_MINUTES)


def _days(text: str) -> int:
    return _within(text, 1, _MOST_DAYS)


def _within(text: str, least: int, most: int) -> int:
    number = int(text)
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(f"from {least} to {most}")
    return number


def _date(text: str) -> date:
    return date.fromisoformat(text)
