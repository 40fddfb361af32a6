"""Verbs of packages, and of those who sign and receive them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from cport_desktop.cli import compose_options, import_options, signer_options, stamp_options
from cport_desktop.cli.common_options import nothing
from cport_desktop.cli.verb import Verb


def _verify(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, metavar="FILE")
    verb.add_argument("--identity", type=Path, metavar="K", help="age identity of a recipient")
    verb.add_argument(
        "--trust",
        type=Path,
        metavar="CA",
        help="trust anchor of the signer, from outside the package",
    )
    verb.add_argument(
        "--signer", metavar="S", help="who must have signed: name, certificate file, or SHA-256"
    )
    verb.add_argument(
        "--timestamp",
        type=Path,
        metavar="TST",
        help="time stamp over FILE (else FILE.tst, if it is there)",
    )


def _open(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, metavar="FILE")
    verb.add_argument("--identity", type=Path, required=True, metavar="K")
    verb.add_argument("--out", type=Path, required=True, metavar="DIR")


VERBS: Final = (
    Verb(
        "package create",
        "compose, sign and seal one",
        compose_options.create,
        "cport package create --query host:NL --recipient age1… --out case.age",
    ),
    Verb(
        "package template save",
        "keep for whom and how much under a name",
        compose_options.save,
        "cport package template save court --recipient age1… --level veiled",
    ),
    Verb(
        "package template list",
        "templates that are kept",
        nothing,
        "cport package template list",
    ),
    Verb(
        "package template remove",
        "keep one no longer",
        compose_options.named,
        "cport package template remove court",
    ),
    Verb(
        "package template export",
        "give one to another vault",
        compose_options.give,
        "cport package template export court --out court.json",
    ),
    Verb(
        "package template import",
        "take one from another vault",
        compose_options.take,
        "cport package template import court.json",
    ),
    Verb(
        "package verify",
        "check one, step by step",
        _verify,
        "cport package verify case.age --identity key.txt --trust ca.pem",
    ),
    Verb(
        "signers list",
        "who can sign packages from here",
        signer_options.page,
        "cport signers list",
    ),
    Verb(
        "signers add",
        "keep a certificate and its key, or where on a token the key is",
        signer_options.add_signer,
        "cport signers add unit-7 --pem unit-7.pem",
    ),
    Verb(
        "signers remove",
        "keep one no longer",
        signer_options.named,
        "cport signers remove unit-7",
    ),
    Verb(
        "recipients list",
        "to whom packages can be sealed by name",
        signer_options.page,
        "cport recipients list",
    ),
    Verb(
        "recipients add",
        "keep the key of a recipient under a name",
        signer_options.add_recipient,
        "cport recipients add court age1…",
    ),
    Verb(
        "recipients remove",
        "keep one no longer",
        signer_options.named,
        "cport recipients remove court",
    ),
    Verb(
        "package timestamp",
        "have an authority say when a written package existed",
        stamp_options.options,
        "cport package timestamp case.age --url http://tsa.example",
    ),
    Verb(
        "package open",
        "unseal one into a folder",
        _open,
        "cport package open case.age --identity key.txt --out folder",
    ),
    Verb(
        "package import",
        "take in one that a colleague composed, after every check",
        import_options.take_in,
        "cport package import case.age --identity key.txt --trust ca.pem --case C-3",
    ),
    Verb(
        "package imports",
        "packages that were taken in, newest first",
        import_options.listing,
        "cport package imports",
    ),
)
