"""What the verbs of the removable-media road take."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from cport_desktop.cli.road_arguments import proxy
from cport_desktop.domain.preparation import Preparation

_UNITS: Final = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
"""Decimal, as drives are sold: a part never turns out larger than was meant."""


def byte_count(text: str) -> int:
    """`700M` and the like, in bytes."""
    unit = text[-1:] if text[-1:] in _UNITS else ""
    number = text[: len(text) - len(unit)]
    if not (number.isascii() and number.isdigit() and len(number) <= 15):
        raise argparse.ArgumentTypeError("a number of bytes, such as 65536, 700M or 4G")
    return int(number) * _UNITS[unit]


def media_limit(text: str) -> int:
    """`all` (−1), `none` (0), or bytes."""
    if text == "all":
        return -1
    return 0 if text == "none" else byte_count(text)


def send(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, metavar="FILE", help="the bundle to write")
    _part_size(verb)
    _media(verb, "media files that the portal may send along: all, none, or bytes (all)")


def receive(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="the bundle; its parts, in any order; or FILE where FILE.001 … lie",
    )


def answer(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="the gateway's folder"
    )
    verb.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="IN",
        help="what was carried here: an enrolment request, or a bundle (its parts)",
    )
    verb.add_argument("out", type=Path, metavar="OUT", help="the answer to write")
    verb.add_argument(
        "--reports",
        type=int,
        default=500,
        metavar="N",
        help="synthetic reports of a gateway that is made now (500)",
    )
    _part_size(verb)
    _media(verb, "media files to send along at most: all, none, or bytes (all)")


def request(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="the request to write"
    )
    _code(verb, is_needed=True)
    _names(verb)
    verb.add_argument(
        "--replace",
        action="store_true",
        help="make new keys although an earlier request waits for its answer",
    )
    _renew(verb)
    _confirm(verb)


def enrol(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--answer", type=Path, metavar="FILE", help="the portal's answer, carried here"
    )
    verb.add_argument("--url", help="https address of the portal")
    verb.add_argument(
        "--ca", type=Path, metavar="PEM", help="the portal's TLS authority, pinned from now on"
    )
    verb.add_argument(
        "--cert",
        type=Path,
        metavar="PEM",
        help="certificate to show to a portal that wants one at the first contact",
    )
    verb.add_argument("--key", type=Path, metavar="PEM", help="its key, if it is not in that file")
    _code(verb, is_needed=False)
    _names(verb)
    _renew(verb)
    _confirm(verb)
    proxy(verb)


def address(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("url", metavar="URL", help="https address of the portal")
    verb.add_argument(
        "--ca",
        type=Path,
        metavar="PEM",
        help="its TLS authority (else the one that the enrolment brought)",
    )


def _code(verb: argparse.ArgumentParser, *, is_needed: bool) -> None:
    code = verb.add_mutually_exclusive_group(required=is_needed)
    code.add_argument("--code-file", type=Path, metavar="FILE", help="file with the enrolment code")
    code.add_argument("--code", help="the enrolment code")


def _names(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--station", default="Station 1", help="how this station calls itself")
    verb.add_argument("--agency", default="Example Agency", help="name of the agency")


def _renew(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--renew",
        action="store_true",
        help="renew a bond with the same portal: certificates and agreement",
    )


def _confirm(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--confirm",
        action="append",
        choices=tuple(each.value for each in Preparation),
        metavar="STEP",
        help="this has happened between people: meeting (the demo meeting), papers (they are"
        " signed), consent (of the national hotline) or code (handed over on paper); once for"
        " each, and it goes into the audit log with your name and the time",
    )


def _part_size(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--part-size",
        type=byte_count,
        metavar="SIZE",
        help="split into FILE.001, FILE.002 … of this many bytes at most, such as 700M",
    )


def _media(verb: argparse.ArgumentParser, words: str) -> None:
    verb.add_argument("--media", type=media_limit, default=-1, metavar="LIMIT", help=words)
