"""What the verbs of the agreement take."""

from __future__ import annotations

import argparse
from pathlib import Path

from cport_desktop.domain.agreement import Function


def explain(verb: argparse.ArgumentParser) -> None:
    """`cport portal agreement explain`."""
    accepted = ", ".join(function.value for function in Function)
    verb.add_argument("action", metavar="ACTION", help=f"one of: {accepted}")
    verb.add_argument(
        "--recipient", metavar="NAME", help="who would get it: a name or a public key"
    )
    verb.add_argument("--key", metavar="KEY", help="the public key, where the name is given too")
    verb.add_argument("--fields", metavar="F,…", help="fields of reports that are to go along")
    verb.add_argument(
        "--level",
        metavar="L",
        help="blurred, grey, full (reveal); none, veiled, original (packages)",
    )
    verb.add_argument("--kinds", metavar="K,…", help="kinds of media: image, video, audio, other")
    verb.add_argument(
        "--originators", metavar="C,…", help="countries of the hotlines that made the reports"
    )


def rehearse(verb: argparse.ArgumentParser) -> None:
    """`cport portal agreement rehearse`."""
    which = verb.add_mutually_exclusive_group()
    which.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="a signed agreement, or a draft as JSON"
    )
    which.add_argument(
        "--pending", action="store_true", help="the version that waits (without FILE, too)"
    )


def accept(verb: argparse.ArgumentParser) -> None:
    """`cport portal agreement accept`."""
    verb.add_argument("--reason", required=True, metavar="WORDS", help="why; it goes on record")


def export(verb: argparse.ArgumentParser) -> None:
    """`cport portal agreement export`."""
    verb.add_argument("file", type=Path, metavar="FILE", help="a new file")
    verb.add_argument(
        "--revision", type=int, metavar="N", help="an older or a waiting version instead"
    )


def amend(verb: argparse.ArgumentParser) -> None:
    """`cport gateway amend`."""
    verb.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="the gateway's folder"
    )
    verb.add_argument("--station", metavar="ID", help="this station alone (all of them)")
    verb.add_argument("--draft", type=Path, metavar="FILE", help="the new version as JSON")
    verb.add_argument(
        "--remove-clause", action="append", metavar="NUMBER", help="leave this clause out"
    )
    verb.add_argument(
        "--withhold", action="append", metavar="FIELD", help="a new clause withholds this field"
    )
    verb.add_argument(
        "--refuse-recipient",
        action="append",
        metavar="NAME",
        help="a new clause lets nothing go to this recipient (class:NAME for a class)",
    )
    verb.add_argument(
        "--valid-days", type=int, metavar="N", help="it ends so many days from now (may be past)"
    )
    verb.add_argument(
        "--effective-days", type=int, default=0, metavar="N", help="it counts in so many days (0)"
    )
    verb.add_argument("--end", metavar="REASON", help="end the agreement, for this reason")
    verb.add_argument(
        "--only-write", type=Path, metavar="FILE", help="write the draft and hand nothing out"
    )
