"""Options of drafting notices."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from cport_desktop.cli.verb import Verb

GROUP = ("notice", "drafts of notices, for another channel to carry")


def provider(verb: argparse.ArgumentParser) -> None:
    """`notice provider`."""
    verb.add_argument("ref", metavar="REF", help="the report: HL-…")
    verb.add_argument("--content", type=int, metavar="N", help="one content item (the page)")
    verb.add_argument("--out", type=Path, required=True, metavar="FILE", help="a new file (.json)")
    verb.add_argument("--contact", required=True, metavar="MAIL", help="whom the provider answers")
    verb.add_argument("--to", dest="recipient", metavar="NAME", help="the provider, if another")
    verb.add_argument(
        "--classification", metavar="CODE", help="where the table says nothing: A1, A2, B1, B2 …"
    )
    verb.add_argument("--codes", type=Path, metavar="FILE", help="a table of the unit's own")
    verb.add_argument("--reason", metavar="R", help="why (kept in the audit log)")


VERBS: Final = (
    Verb(
        "notice provider",
        "draft one to the provider that hosts it, as XARF",
        provider,
        "cport notice provider HL-880017 --contact unit@agency.example --out notice.json",
    ),
)
