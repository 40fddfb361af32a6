"""What the verbs of kept signers and recipients take."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

_MOST: Final = 1_000


def add_signer(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("name", metavar="NAME")
    verb.add_argument(
        "--pem",
        type=Path,
        required=True,
        metavar="FILE",
        help="certificate and those behind it; the key too, unless it is on a token",
    )
    verb.add_argument(
        "--module", type=Path, metavar="FILE", help="PKCS#11 module of the token with the key"
    )
    verb.add_argument(
        "--on-token", metavar="T", help="serial number or label, if several tokens are there"
    )
    verb.add_argument("--key", metavar="K", help="label, or id in hex, of the key on the token")
    pin(verb)


def add_recipient(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("name", metavar="NAME")
    verb.add_argument("key", metavar="KEY", help="age public key, or a file with one")


def named(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("name", metavar="NAME")


def page(verb: argparse.ArgumentParser) -> None:
    """A list that is held whole, one page at a time."""
    verb.add_argument("--limit", type=_count, default=200, metavar="N", help="rows at most (200)")
    verb.add_argument("--after", metavar="CURSOR", help="go on behind this page's `next`")
    verb.add_argument("--sort", metavar="ORDER", help="id or -id (id)")
    verb.set_defaults(order="id")


def pin(verb: argparse.ArgumentParser) -> None:
    """Where the PIN of a token is, if it is not to be typed."""
    verb.add_argument(
        "--signer-pin-file", type=Path, metavar="FILE", help="PIN of the token (else it is asked)"
    )


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _MOST:
        raise argparse.ArgumentTypeError(f"a number from 1 to {_MOST}")
    return int(text)
