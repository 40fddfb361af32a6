"""Verbs of reports and media items."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from cport_desktop.cli.common_options import count, page_in_order, query, reference
from cport_desktop.cli.verb import Verb
from cport_desktop.domain.rows import ReportSort


def _media(verb: argparse.ArgumentParser) -> None:
    query(verb)
    page_in_order(verb, order="-received")


def _reports(verb: argparse.ArgumentParser) -> None:
    query(verb)
    verb.add_argument("--limit", type=count, default=200, metavar="N", help="rows at most (200)")
    verb.add_argument("--after", metavar="CURSOR", help="go on behind this page's `next`")
    verb.add_argument(
        "--sort",
        metavar="FIELD",
        help=f"{', '.join(ReportSort)}; a leading - reverses (-received)",
    )
    verb.add_argument(
        "--facet",
        action="append",
        metavar="F",
        help="count by class, site, hotline, host, status, assigned, provider, kind, received (by month)",
    )
    verb.add_argument("--count", action="store_true", help="count all that the query finds")


def _veil(verb: argparse.ArgumentParser) -> None:
    reference(verb)
    verb.add_argument("--out", type=Path, required=True, metavar="PNG")


VERBS: Final = (
    Verb(
        "reports",
        "search the reports",
        _reports,
        "cport reports 'host:NL class:baseline' --sort -received",
    ),
    Verb("report show", "everything about one report", reference, "cport report show HL-880017"),
    Verb(
        "media list",
        "media of the reports that a query finds",
        _media,
        "cport media list has:video",
    ),
    Verb(
        "media show",
        "what is known of one item without looking",
        reference,
        "cport media show M-17",
    ),
    Verb(
        "media veil",
        "write the veil of one item as PNG",
        _veil,
        "cport media veil M-17 --out veil.png",
    ),
)
