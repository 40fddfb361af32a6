"""What the verbs that act towards the portal take."""

from __future__ import annotations

import argparse
from pathlib import Path

from cport_desktop.domain.operation import OperationState

STATES = tuple(state.value for state in OperationState)


def reference(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("reference", metavar="REF", help="the report")


def takedown_hold(verb: argparse.ArgumentParser) -> None:
    reference(verb)
    until(verb, is_needed=True)
    verb.add_argument("--reason", dest="words", required=True, help="why (the hotline reads it)")


def until(verb: argparse.ArgumentParser, *, is_needed: bool) -> None:
    verb.add_argument(
        "--until",
        required=is_needed,
        metavar="TIME",
        help="2026-12-24, 2026-12-24T12:00:00Z, or from now: 48h, 14d",
    )


def takedown_lift(verb: argparse.ArgumentParser) -> None:
    reference(verb)
    verb.add_argument("--reason", dest="words", required=True, help="why (the hotline reads it)")


def ask(verb: argparse.ArgumentParser) -> None:
    reference(verb)
    verb.add_argument("--text", dest="words", required=True, help="the question")


def suggest(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("domain", metavar="DOMAIN")
    criteria(verb)
    verb.add_argument(
        "--criteria-version", default="current", metavar="V", help="which text of them (current)"
    )
    verb.add_argument("--note", dest="words", default="", help="what else should be known")


def criteria(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--criterion",
        action="append",
        metavar="CODE=STATE[:NOTE]",
        help="met, not_met or undetermined (may be repeated)",
    )


def contribute(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("list", metavar="LIST", help="name of the list")
    verb.add_argument(
        "entries", nargs="*", metavar="ENTRY", help="a digest, or algorithm:digest (md5 … pdq)"
    )
    verb.add_argument("--file", type=Path, metavar="FILE", help="entries, one a line")
    verb.add_argument("--from-list", metavar="ID", help="all digests of a list that is here")
    verb.add_argument("--note", dest="words", default="")
    purpose(verb)


def hand_over(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("case", metavar="CASE", help="its reference")
    verb.add_argument("--recipient", required=True, metavar="AGENCY", help="who takes it")
    verb.add_argument(
        "--report", action="append", metavar="REF", help="a report of it (may be repeated)"
    )
    verb.add_argument("--note", dest="words", default="")
    purpose(verb)


def purpose(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--reason", help="what for (kept in the audit log)")


def false_positive(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("list", metavar="LIST", help="name of the list")
    verb.add_argument("entry", metavar="ENTRY", help="a digest, or algorithm:digest")
    verb.add_argument("--media", metavar="ID", help="what it matched wrongly")
    verb.add_argument("--note", dest="words", required=True, help="why it is wrong")


def operation(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("operation", metavar="ID", help="its id, or how it begins")


def revise(verb: argparse.ArgumentParser) -> None:
    operation(verb)
    verb.add_argument("--text", dest="words", help="other words (text, reason or note)")
    verb.add_argument("--classification", help="another code of the classification list")
    until(verb, is_needed=False)
    criteria(verb)
    verb.add_argument("--recipient", metavar="AGENCY", help="another recipient of the case")
    purpose(verb)


def set_aside(verb: argparse.ArgumentParser) -> None:
    operation(verb)
    verb.add_argument("--reason", required=True, help="why (kept for ever)")


def states(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--state",
        action="append",
        type=_state,
        choices=STATES,
        metavar="S",
        help=f"only these: {', '.join(STATES)} (may be repeated)",
    )


def _state(text: str) -> str:
    return text.replace("-", "_")
