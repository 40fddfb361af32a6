"""Verbs of updates: what they take, with an example each."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cport_desktop.cli.common_options import nothing
from cport_desktop.cli.verb import Verb


def _file(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, metavar="FILE", help="the bundle, where it lies")


def _apply(verb: argparse.ArgumentParser) -> None:
    _file(verb)
    verb.add_argument(
        "--demo",
        action="store_true",
        help="take it although the demo's keys, which everybody has, may have signed it",
    )


GROUPS: Final[Mapping[str, str]] = {"update": "updates from a file, without any network"}

VERBS: Final = (
    Verb(
        "update check",
        "verify a bundle and tell what it would change",
        _file,
        "cport update check /media/stick/cport-2026-11.update",
    ),
    Verb(
        "update apply",
        "take a bundle in; with a vault, its lists too",
        _apply,
        "cport update apply /media/stick/cport-2026-11.update",
    ),
    Verb(
        "update rollback",
        "go back to what was in force before",
        nothing,
        "cport update rollback",
    ),
    Verb(
        "update status",
        "what is in force, and how old each part is",
        nothing,
        "cport update status",
    ),
    Verb(
        "update prove",
        "this version tries itself out, as it is asked to before it is in force",
        nothing,
        "cport update prove",
    ),
)
