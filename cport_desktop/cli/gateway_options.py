"""Verbs of the synthetic side: the demo, the reference gateway, and data for trials."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from cport_desktop.cli import agreement_arguments, courier_arguments
from cport_desktop.cli.common_options import count, count_or_none
from cport_desktop.cli.verb import Verb


def _demo(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--reports", type=count, default=500, metavar="N", help="how many synthetic reports (500)"
    )
    verb.add_argument(
        "--headless", action="store_true", help="without a window, to a verified package"
    )
    verb.add_argument("--keep", type=Path, metavar="DIR", help="keep everything in DIR")


def _serve(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="its authority, keys and scenario"
    )
    verb.add_argument(
        "--port", type=int, default=8443, metavar="P", help="0 takes a free one (8443)"
    )
    verb.add_argument(
        "--reports", type=count, default=500, metavar="N", help="how many synthetic reports (500)"
    )
    verb.add_argument(
        "--faults",
        default="",
        metavar="SPEC",
        help="e.g. latency=50ms,cut=100000,5xx=0.1,wrong-length,stale-cursor,replay",
    )
    verb.add_argument("--until-eof", action="store_true", help="stop when standard input closes")


def _import_iccam(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="the gateway's folder"
    )
    verb.add_argument(
        "--reports",
        type=count,
        default=500,
        metavar="N",
        help="synthetic reports of a gateway that is made now (500)",
    )
    verb.add_argument(
        "--hotline",
        type=count,
        default=3,
        metavar="ID",
        help="who reported what does not say so (3)",
    )
    verb.add_argument("files", nargs="+", metavar="FILE", help="reports and content items as JSON")


def _generate(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--reports", type=count, required=True, metavar="N")
    verb.add_argument("--out", type=Path, required=True, metavar="DIR")
    verb.add_argument(
        "--media-per-report",
        type=count_or_none,
        default=None,
        metavar="M",
        help="media of each report (default: as in the scenario, about two)",
    )
    verb.add_argument(
        "--pictures",
        type=count_or_none,
        default=10_000,
        metavar="N",
        help="for how many media files pixels are made (10000)",
    )


VERBS: Final = (
    Verb("demo", "run the whole product on synthetic data", _demo, "cport demo --headless"),
    Verb(
        "gateway serve",
        "serve the reference gateway on loopback until stopped",
        _serve,
        "cport gateway serve --data G --port 8443",
    ),
    Verb(
        "gateway courier",
        "answer what a station has sent by stick",
        courier_arguments.answer,
        "cport gateway courier --data G /media/stick/to-portal /media/stick/from-portal",
    ),
    Verb(
        "gateway amend",
        "give its stations another version of the agreement, or end it",
        agreement_arguments.amend,
        "cport gateway amend --data GATEWAY --remove-clause 4.2 --effective-days 14",
    ),
    Verb(
        "gateway import-iccam",
        "feed the gateway with reports in the ICCAM v3 dialect",
        _import_iccam,
        "cport gateway import-iccam --data G reports.json content-71.json",
    ),
    Verb(
        "generate",
        "a synthetic demo vault of any size",
        _generate,
        "cport generate --reports 100000 --out BIG",
    ),
)
