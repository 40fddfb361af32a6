"""Options of the verbs that write tables, and the verbs themselves."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cport_desktop.cli.verb import Verb
from cport_desktop.domain.table import TableFormat

GROUPS: Final[Mapping[str, str]] = {"export": "tables, in the clear, as files"}


def _reports(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("query", nargs="*", metavar="QUERY", help="all that it finds; none: all")
    verb.add_argument("--sort", metavar="FIELD", help="as for `reports`, e.g. -received")
    verb.add_argument(
        "--without", action="append", metavar="REF", help="leave this report out; may be repeated"
    )
    _common(verb)
    verb.add_argument(
        "--exact", action="store_true", help="URLs and host names as they are, not defanged"
    )


def _media(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("query", nargs="*", metavar="QUERY", help="media of what it finds; none: all")
    _common(verb)


def _listed(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("query", nargs="*", metavar="QUERY", help="those it asks for; none: all")
    _common(verb)


def _common(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--format",
        choices=[form.value for form in TableFormat],
        help="what the file is (default: by the end of its name)",
    )
    verb.add_argument("--out", type=Path, metavar="FILE", help="a new file")
    verb.add_argument(
        "--columns", metavar="A,B,…", help="these, in this order; `--preview` names all of them"
    )
    verb.add_argument(
        "--bom", action="store_true", help="CSV: begin with a mark that some spreadsheets need"
    )
    verb.add_argument("--recipient", metavar="NAME", help="for whom it is, by name")
    verb.add_argument("--reason", metavar="R", help="what for")
    verb.add_argument(
        "--preview",
        action="store_true",
        help="say what would leave, by which clause; write nothing",
    )


VERBS: Final = (
    Verb(
        "export reports",
        "write a table of reports",
        _reports,
        "cport export reports host:NL 'received:<30d' --format xlsx --out month.xlsx",
    ),
    Verb(
        "export media",
        "write a table of media items: digests and words, no pictures",
        _media,
        "cport export media is:known --format csv --out known.csv",
    ),
    Verb(
        "export hotlines",
        "write a table of the network's hotlines",
        _listed,
        "cport export hotlines country:NL --format csv --out hotlines.csv",
    ),
    Verb(
        "export operations",
        "write a table of what was done towards the portal",
        _common,
        "cport export operations --format json --out done.json",
    ),
    Verb(
        "export cases",
        "write a table of the cases, with their counts",
        _listed,
        "cport export cases is:open --format xlsx --out cases.xlsx",
    ),
)
