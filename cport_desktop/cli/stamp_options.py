"""What `package timestamp` takes."""

from __future__ import annotations

import argparse
from pathlib import Path


def options(verb: argparse.ArgumentParser) -> None:
    """What it takes."""
    verb.add_argument("file", type=Path, metavar="FILE", help="the sealed package")
    road = verb.add_mutually_exclusive_group(required=True)
    road.add_argument("--url", metavar="URL", help="ask this authority (RFC 3161 over HTTP)")
    road.add_argument(
        "--request", type=Path, metavar="TSQ", help="write the question, to be carried there"
    )
    road.add_argument(
        "--answer", type=Path, metavar="TSR", help="take the answer that was carried back"
    )
