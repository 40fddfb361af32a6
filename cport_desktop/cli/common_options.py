"""What many verbs take alike: rows of a list, numbers, a query, a reference."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Final

MOST_ROWS: Final = 10_000_000


def nothing(verb: argparse.ArgumentParser) -> None:
    """No options of its own."""
    del verb


def whole(least: int, most: int) -> Callable[[str], int]:
    """Reads whole numbers from `least` to `most`."""

    def number(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"from {least} to {most}")
        return value

    return number


count: Final = whole(1, MOST_ROWS)
count_or_none: Final = whole(0, MOST_ROWS)
few: Final = whole(1, 1_000)


def page(verb: argparse.ArgumentParser) -> None:
    """Rows of a list, a page at a time."""
    verb.add_argument("--limit", type=count, default=200, metavar="N", help="rows at most (200)")
    verb.add_argument("--after", metavar="CURSOR", help="go on behind this page's `next`")


def short_page(verb: argparse.ArgumentParser) -> None:
    """Rows that take longer to make: fewer at a time."""
    verb.add_argument("--limit", type=few, default=50, metavar="N", help="rows at most (50)")
    verb.add_argument("--after", metavar="CURSOR", help="go on behind this page's `next`")


def page_in_order(verb: argparse.ArgumentParser, *, order: str) -> None:
    """Of a list that has one order."""
    page(verb)
    verb.add_argument("--sort", metavar="FIELD", help=f"the one order that there is: {order}")


def by_time(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--limit", type=count, default=200, metavar="N", help="rows at most (200)")
    verb.add_argument("--after", metavar="ID", help="go on behind this page's `next`")
    verb.add_argument("--sort", metavar="ORDER", help="at, or -at: newest first (-at)")


def query(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("query", nargs="*", metavar="QUERY", help="words and field:value")


def reference(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("reference", metavar="REF")
