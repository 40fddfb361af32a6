"""What `package create` takes, and what it is called."""

from __future__ import annotations

import argparse
from pathlib import Path

from cport_desktop.cli import signer_options
from cport_desktop.cli.courier_arguments import byte_count


def create(verb: argparse.ArgumentParser) -> None:
    choice = verb.add_mutually_exclusive_group(required=True)
    choice.add_argument("--query", metavar="Q", help="the reports that go into it")
    choice.add_argument("--case", metavar="CASE", help="the reports of this case: C-3")
    choice.add_argument("--stack", metavar="ID", help="the reports of this stack: M-17")
    choice.add_argument("--report", action="append", metavar="ID", help="one report; repeat it")
    verb.add_argument("--template", metavar="NAME", help="recipients and all else as it was kept")
    _recipient(verb, is_required=False)
    verb.add_argument(
        "--signer",
        type=Path,
        metavar="S",
        help="name in the vault, or key and certificate in one PEM file (else the certificate that"
        " the portal issued)",
    )
    signer_options.pin(verb)
    verb.add_argument(
        "--signer-module", type=Path, metavar="FILE", help="PKCS#11 module, if it lies elsewhere"
    )
    verb.add_argument(
        "--tsa", metavar="URL", help="have the signature stamped by this authority (RFC 3161)"
    )
    verb.add_argument("--out", type=Path, required=True, metavar="FILE")
    _what_is_said(verb)
    _what_they_get(verb)
    verb.add_argument(
        "--redact",
        type=Path,
        metavar="FILE",
        help="redactions as JSON: rectangles, fields, whole items, each with a reason",
    )
    verb.add_argument(
        "--unredacted",
        action="append",
        metavar="ID",
        help="an item that goes as it is although a redaction of it is kept (needs --reason)",
    )
    verb.add_argument(
        "--region-profile",
        type=Path,
        metavar="FILE",
        help="the unit's table of categories for vics.json (else this machine's, or none)",
    )
    _part_size(verb)
    verb.add_argument(
        "--resume",
        action="store_true",
        help="go on where an order was cut off: packages that stand there whole stay",
    )
    verb.add_argument(
        "--preview",
        action="store_true",
        help="only say who would get what, by which clause of the agreement, and how much",
    )


def _what_they_get(verb: argparse.ArgumentParser) -> None:
    level = verb.add_mutually_exclusive_group()
    level.add_argument(
        "--level", metavar="L", help="media for everybody: none, veiled or original (original)"
    )
    level.add_argument("--no-media", action="store_true", help="the same as --level none")
    verb.add_argument(
        "--level-for",
        action="append",
        metavar="NAME=L",
        help="media for one recipient; who gets other things gets a package of their own",
    )
    verb.add_argument(
        "--without",
        action="append",
        metavar="FIELD",
        help="a field of reports that stays out for everybody: memo, fileName …",
    )
    verb.add_argument(
        "--without-for",
        action="append",
        metavar="NAME=FIELD",
        help="a field that stays out for one recipient",
    )


def save(verb: argparse.ArgumentParser) -> None:
    named(verb)
    _recipient(verb, is_required=True)
    _what_is_said(verb)
    _what_they_get(verb)
    _part_size(verb)
    _replace(verb)


def named(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("name", metavar="NAME", help="of a template")


def give(verb: argparse.ArgumentParser) -> None:
    named(verb)
    verb.add_argument("--out", type=Path, required=True, metavar="FILE")


def take(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, metavar="FILE")
    _replace(verb)


def _replace(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--replace", action="store_true", help="in the place of one of this name")


def _recipient(verb: argparse.ArgumentParser, *, is_required: bool) -> None:
    verb.add_argument(
        "--recipient",
        action="append",
        required=is_required,
        metavar="R",
        help="age public key, NAME=KEY, a file with some keys, or a name in the vault",
    )


def _what_is_said(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--title", help="of the package (Intelligence package)")
    verb.add_argument("--reason", help="why it is handed over (kept in the audit log)")


def _part_size(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--part-size",
        type=byte_count,
        metavar="SIZE",
        help="split into FILE.001, FILE.002 … of this many bytes at most, such as 4000M",
    )
