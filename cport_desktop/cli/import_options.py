"""Options of taking in colleagues' packages."""

from __future__ import annotations

import argparse
from pathlib import Path


def take_in(verb: argparse.ArgumentParser) -> None:
    """`package import`."""
    verb.add_argument("file", type=Path, metavar="FILE", help="sealed, or opened (.asice)")
    verb.add_argument("--identity", type=Path, metavar="K", help="age identity that opens it")
    verb.add_argument(
        "--trust",
        type=Path,
        required=True,
        metavar="CA",
        help="trust anchor of the signer, from outside the package",
    )
    verb.add_argument(
        "--signer", metavar="S", help="who must have signed: name, certificate file, or SHA-256"
    )
    verb.add_argument("--case", metavar="CASE", help="put its reports into this case: C-3")
    verb.add_argument(
        "--receipt", type=Path, metavar="OUT", help="write a signed receipt for the sender (.eml)"
    )
    verb.add_argument("--preview", action="store_true", help="only say what taking it in would do")


def listing(_verb: argparse.ArgumentParser) -> None:
    """`package imports`: no options of its own."""
