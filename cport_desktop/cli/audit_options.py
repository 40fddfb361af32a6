"""Verbs of the log."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from cport_desktop.cli.common_options import count, nothing
from cport_desktop.cli.verb import Verb


def _audit_list(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--limit", type=count, default=200, metavar="N", help="rows at most (200)")
    verb.add_argument("--after", metavar="CURSOR", help="go on behind this page's `next`")
    verb.add_argument("--sort", metavar="ORDER", help="entry, or -entry: newest first (-entry)")
    _purpose(verb)


def _purpose(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--purpose", "--reason", dest="purpose", metavar="P", help="what for (kept in the log)"
    )


def _audit_verify(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--against", type=Path, metavar="FILE", help="a checkpoint that was kept elsewhere"
    )
    verb.add_argument("--against-code", metavar="CODE", help="a code from the diary on paper")


def _new_file(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, metavar="FILE", help="a new file")


def _audit_export(verb: argparse.ArgumentParser) -> None:
    _new_file(verb)
    _purpose(verb)
    verb.add_argument("--recipient", metavar="R", help="who gets it (kept in the log)")


def _audit_erase(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("entry", type=count, metavar="ENTRY", help="number of the entry")
    verb.add_argument("--reason", required=True, help="why (kept in the log)")


def _acknowledge(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--reason", required=True, help="what happened (kept in the log)")


VERBS: Final = (
    Verb(
        "audit list",
        "its entries in their order, for a stated purpose",
        _audit_list,
        "cport audit list --purpose 'complaint 12' --limit 50",
    ),
    Verb(
        "audit verify",
        "check that nothing in it was altered",
        _audit_verify,
        "cport audit verify --against checkpoint.txt",
    ),
    Verb(
        "audit checkpoint",
        "write its signed head into a small file to keep elsewhere",
        _new_file,
        "cport audit checkpoint /media/stick/checkpoint.txt",
    ),
    Verb("audit code", "its head as a code for the diary on paper", nothing, "cport audit code"),
    Verb(
        "audit export",
        "write all of it for an authority, readable without this product",
        _audit_export,
        "cport audit export log.zip --purpose 'request 7' --recipient 'Authority'",
    ),
    Verb(
        "audit erase",
        "erase the personal particulars of one entry",
        _audit_erase,
        "cport audit erase 117 --reason 'request 9'",
    ),
    Verb(
        "audit acknowledge-rollback",
        "open a vault that was put back, and put the gap on record",
        _acknowledge,
        "cport audit acknowledge-rollback --reason 'disk restored from 1 May'",
    ),
)
