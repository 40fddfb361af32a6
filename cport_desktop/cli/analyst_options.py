"""Verbs of who works in a vault, and with which roles."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from cport_desktop.cli.common_options import count
from cport_desktop.cli.verb import Verb


def _add_analyst(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("name", metavar="NAME", help="as the audit log shall know them")
    _roles(verb, "--roles", "what they may do: analyst, exporter, supervisor …", is_needed=True)
    verb.add_argument(
        "--new-passphrase-file", type=Path, metavar="FILE", help="read their passphrase from FILE"
    )
    verb.add_argument(
        "--new-passphrase-fd", type=int, metavar="N", help="read it from file descriptor N"
    )
    verb.add_argument(
        "--slot-name", metavar="NAME", help="what their first slot is called (after them)"
    )


def _analyst(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("name", metavar="NAME")


def _role(verb: argparse.ArgumentParser) -> None:
    _analyst(verb)
    _roles(verb, "--add", "roles to give", is_needed=False)
    _roles(verb, "--remove", "roles to take", is_needed=False)


def _roles(verb: argparse.ArgumentParser, name: str, told: str, *, is_needed: bool) -> None:
    verb.add_argument(
        name, action="append", required=is_needed, metavar="ROLE", help=f"{told} (may be repeated)"
    )


def _analysts(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--limit", type=count, default=200, metavar="N", help="rows at most (200)")
    verb.add_argument("--after", metavar="CURSOR", help="go on behind this page's `next`")
    verb.add_argument("--sort", metavar="FIELD", help="created (as they came), name or -name")


VERBS: Final = (
    Verb(
        "vault analysts add",
        "let somebody work here, with a passphrase of their own",
        _add_analyst,
        "cport vault analysts add 'B. Example' --roles analyst,exporter",
    ),
    Verb(
        "vault analysts list",
        "who works or worked here, with roles and slots",
        _analysts,
        "cport vault analysts list",
    ),
    Verb(
        "vault analysts role",
        "give and take roles",
        _role,
        "cport vault analysts role 'B. Example' --add auditor --remove exporter",
    ),
    Verb(
        "vault analysts retire",
        "somebody has left: their slots are removed",
        _analyst,
        "cport vault analysts retire 'B. Example'",
    ),
)
