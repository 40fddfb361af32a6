"""What the verbs of triage take: deciding, undoing, giving to a colleague, having in hand."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Final

from cport_desktop.cli.common_options import count, page
from cport_desktop.cli.verb import Verb

GROUPS: Final[Mapping[str, str]] = {
    "triage": "decide one report after the other, or many at once",
    "lease": "who has a report in hand",
    "second": "what waits for a second reader",
}


def undo(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "number", nargs="?", type=count, metavar="NUMBER", help="of a deed (the newest)"
    )


def redo(verb: argparse.ArgumentParser) -> None:
    del verb


def deeds(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--limit", type=count, default=50, metavar="N", help="rows at most (50)")
    verb.add_argument("--after", metavar="CURSOR", help="go on behind this page's `next`")
    verb.add_argument("--sort", metavar="FIELD", help="-at: the newest first")


def _chosen(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("references", nargs="*", metavar="REF", help="reports")
    verb.add_argument("--query", metavar="Q", help="all reports that this finds")
    verb.add_argument(
        "--count", type=count, metavar="N", help="how many they are (needed for more than a few)"
    )


def assign(verb: argparse.ArgumentParser) -> None:
    _chosen(verb)
    whom = verb.add_mutually_exclusive_group(required=True)
    whom.add_argument("--to", metavar="NAME", help="an analyst here")
    whom.add_argument("--to-nobody", action="store_true", help="take them back")


def assess(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "classification", help="a code of the classification list: baseline, national, not-illegal"
    )
    _chosen(verb)
    verb.add_argument("--dry-run", action="store_true", help="only tell what it would come to")
    verb.add_argument("--reason", help="what for (kept in the audit log)")
    despite_lease(verb)


def despite_lease(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--despite-lease", action="store_true", help="also what a colleague has in hand"
    )


def following(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("query", nargs="*", metavar="QUERY", help="words and field:value")
    verb.add_argument("--sort", metavar="FIELD", help="as for reports (-received)")
    verb.add_argument(
        "--skip", action="append", metavar="REF", help="not this one (may be repeated)"
    )
    verb.add_argument("--take", action="store_true", help="take it in hand")


def lease(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("reference", metavar="REF", help="the report")


def leases(verb: argparse.ArgumentParser) -> None:
    page(verb)
    verb.add_argument("--sort", metavar="F", help="id or -id (id)")
    verb.set_defaults(order="id")


def readings(verb: argparse.ArgumentParser) -> None:
    page(verb)
    verb.add_argument("--sort", metavar="FIELD", help="asked_at: the oldest first")


def give_back(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("reference", nargs="?", metavar="REF", help="the report (all of one's own)")


def reading(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("operation", metavar="ID", help="its id, or how it begins")
    verb.add_argument(
        "classification", help="what you say yourself: baseline, national, not-illegal"
    )
    verb.add_argument("--reason", help="why (the first analyst reads it)")


VERBS: Final = (
    Verb("undo", "take back what you did last, or a deed by its number", undo, "cport undo"),
    Verb("redo", "do again what was undone last", redo, "cport redo"),
    Verb("deeds", "what you did, newest first, and whether it was undone", deeds, "cport deeds"),
    Verb(
        "assign",
        "give reports to a colleague, or take them back",
        assign,
        "cport assign HL-880017 HL-880018 --to 'Berta Example'",
    ),
    Verb(
        "triage assess",
        "assess the reported page of many reports by one act",
        assess,
        "cport triage assess not-illegal --query 'domain:files.example is:undecided' --count 12",
    ),
    Verb(
        "triage next",
        "the next undecided report that nobody else has in hand",
        following,
        "cport triage next host:NL --take",
    ),
    Verb("lease list", "every report that somebody has in hand", leases, "cport lease list"),
    Verb("lease take", "have a report in hand for a while", lease, "cport lease take HL-880017"),
    Verb(
        "lease give-back", "have it in hand no more", give_back, "cport lease give-back HL-880017"
    ),
    Verb(
        "second list",
        "assessments that another analyst must confirm",
        readings,
        "cport second list",
    ),
    Verb(
        "second confirm",
        "say what you find; it is confirmed if the first reader found the same",
        reading,
        "cport second confirm 3b9f national",
    ),
    Verb(
        "second contradict",
        "say what you find; the first reader is told that you find something else",
        reading,
        "cport second contradict 3b9f not-illegal --reason 'the page shows a test card'",
    ),
)
