"""Verbs of what is done towards the portal."""

from __future__ import annotations

import argparse
from typing import Final

from cport_desktop.cli import operation_options, triage_options
from cport_desktop.cli.common_options import page_in_order, query, reference
from cport_desktop.cli.verb import Verb


def _hotlines(verb: argparse.ArgumentParser) -> None:
    query(verb)
    page_in_order(verb, order="name")


def _assess(verb: argparse.ArgumentParser) -> None:
    reference(verb)
    verb.add_argument(
        "classification", help="a code of the classification list: baseline, national, not-illegal"
    )
    verb.add_argument(
        "--content", type=int, metavar="ID", help="which content item (the reported page)"
    )
    triage_options.despite_lease(verb)


def _feedback(verb: argparse.ArgumentParser) -> None:
    reference(verb)
    verb.add_argument("--text", dest="words", required=True, help="what to say")


def _operations(verb: argparse.ArgumentParser) -> None:
    page_in_order(verb, order="-at")
    operation_options.states(verb)


VERBS: Final = (
    Verb(
        "hotlines",
        "hotlines of the network",
        _hotlines,
        "cport hotlines country:NL reports:>100",
    ),
    Verb("assess", "assess a content item of a report", _assess, "cport assess HL-880017 national"),
    Verb(
        "feedback",
        "write to the hotline that made a report",
        _feedback,
        "cport feedback HL-880017 --text 'Handled under number 12.'",
    ),
    Verb(
        "takedown hold",
        "ask the hotline to wait with notice and takedown",
        operation_options.takedown_hold,
        "cport takedown hold HL-880017 --until 14d --reason 'Handled under number 12.'",
    ),
    Verb(
        "takedown lift",
        "tell the hotline that it need not wait any longer",
        operation_options.takedown_lift,
        "cport takedown lift HL-880017 --reason 'Number 12 is done.'",
    ),
    Verb(
        "ask",
        "ask the hotline that made a report for more",
        operation_options.ask,
        "cport ask HL-880017 --text 'Is the page archived?'",
    ),
    Verb(
        "iwol suggest",
        "suggest a domain, with how each criterion stands",
        operation_options.suggest,
        "cport iwol suggest name.example --criterion 1=met --criterion 4=undetermined",
    ),
    Verb(
        "hashlist contribute",
        "contribute digests to a shared list",
        operation_options.contribute,
        "cport hashlist contribute national --file digests.txt --reason 'round 3'",
    ),
    Verb(
        "case handover",
        "hand a case over to another agency",
        operation_options.hand_over,
        "cport case handover 2026/12 --recipient 'Partner Agency Example' --report HL-880017",
    ),
    Verb(
        "false-positive",
        "tell that an entry of a list matched wrongly",
        operation_options.false_positive,
        "cport false-positive national sha256:9f86… --media M-17 --note 'A test card.'",
    ),
    Verb(
        "operations list",
        "operations with their states",
        _operations,
        "cport operations list --state needs_you --state rejected",
    ),
    Verb(
        "operations show",
        "one operation with its words and what the portal said",
        operation_options.operation,
        "cport operations show 3b9f20c1",
    ),
    Verb(
        "operations revise",
        "queue a new one in the place of one that was rejected or needs you",
        operation_options.revise,
        "cport operations revise 3b9f20c1 --until 30d",
    ),
    Verb(
        "operations set-aside",
        "let one go nowhere; it stays listed",
        operation_options.set_aside,
        "cport operations set-aside 3b9f20c1 --reason 'settled by telephone'",
    ),
    Verb(
        "operations send-anyway",
        "send one that needs you all the same",
        operation_options.operation,
        "cport operations send-anyway 3b9f20c1",
    ),
)
