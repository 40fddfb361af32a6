"""Verbs of updates: what they take, with an example each."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final


def _file(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, metavar="FILE", help="the bundle, where it lies")


def _apply(verb: argparse.ArgumentParser) -> None:
    _file(verb)
    verb.add_argument(
        "--demo",
        action="store_true",
        help="take it although the demo's keys, which everybody has, may have signed it",
    )


def _nothing(verb: argparse.ArgumentParser) -> None:
    del verb


GROUPS: Final[Mapping[str, str]] = {"update": "updates from a file, without any network"}

VERBS: Final[tuple[tuple[str, str, Callable[[argparse.ArgumentParser], None], str], ...]] = (
    (
        "update check",
        "verify a bundle and tell what it would change",
        _file,
        "cport update check /media/stick/cport-2026-11.update",
    ),
    (
        "update apply",
        "take a bundle in; with a vault, its lists too",
        _apply,
        "cport update apply /media/stick/cport-2026-11.update",
    ),
    (
        "update rollback",
        "go back to what was in force before",
        _nothing,
        "cport update rollback",
    ),
    (
        "update status",
        "what is in force, and how old each part is",
        _nothing,
        "cport update status",
    ),
    (
        "update prove",
        "this version tries itself out, as it is asked to before it is in force",
        _nothing,
        "cport update prove",
    ),
)
