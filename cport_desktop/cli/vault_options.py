"""Verbs of a vault: making, looking after, keeping and erasing."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from cport_desktop.cli.common_options import (
    by_time,
    count_or_none,
    nothing,
)
from cport_desktop.cli.verb import Verb


def _create(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--demo", action="store_true", help="a demo vault: synthetic material only, for ever"
    )
    verb.add_argument(
        "--analyst",
        default="Analyst A. Example",
        metavar="NAME",
        help="who the first key slot belongs to",
    )
    recovery = verb.add_mutually_exclusive_group()
    recovery.add_argument(
        "--recovery-out",
        type=Path,
        metavar="FILE",
        help="write the recovery sheet to FILE (else the code is shown and typed back)",
    )
    recovery.add_argument(
        "--no-recovery", action="store_true", help="no recovery code: who forgets is locked out"
    )


def _check(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--deep", action="store_true", help="read every blob and compare its digest")
    verb.add_argument(
        "--part", metavar="N/M", help="the N-th of M parts of the blobs, deep (one a day, say)"
    )
    verb.add_argument(
        "--restart", action="store_true", help="from the beginning, not where it was interrupted"
    )


def _backup(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, metavar="FILE", help="a new file; nothing is overwritten")
    verb.add_argument(
        "--since", type=Path, metavar="BASE", help="leave out the blobs that this backup has"
    )


def _restore(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, metavar="FILE")
    verb.add_argument("directory", type=Path, metavar="DIR", help="an empty folder, or a new one")
    _bases(verb)
    verb.add_argument(
        "--erasures",
        action="append",
        metavar="FILE",
        help="register of what was erased since (may be repeated)",
    )


def _drill(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, nargs="?", metavar="FILE", help="(the last backup)")
    _bases(verb)


def _bases(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--base", action="append", metavar="FILE", help="what it builds on (may be repeated)"
    )


def _rekey(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--files",
        action="store_true",
        help="seal every file anew as well, in case their keys may be known (takes long)",
    )


def _hold_place(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("reference", metavar="REF", help="a report or a media item")
    verb.add_argument("--reason", required=True, help="why (kept for ever)")


def _hold_release(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("hold", metavar="HOLD", help="its number (vault hold list)")
    verb.add_argument("--reason", required=True, help="why (kept for ever)")


def _hold_list(verb: argparse.ArgumentParser) -> None:
    by_time(verb)
    verb.add_argument("--released", action="store_true", help="released ones as well")


def _certificate(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--certificate", type=Path, metavar="FILE", help="write the signed certificate there"
    )


def _retention(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--run", action="store_true", help="erase what is due")
    verb.add_argument("--count", type=count_or_none, metavar="N", help="how many are due")
    verb.add_argument(
        "--date", metavar="DATE", help="today's date, read elsewhere, where the clock is in doubt"
    )
    _certificate(verb)


def _erase(verb: argparse.ArgumentParser) -> None:
    choice = verb.add_mutually_exclusive_group(required=True)
    choice.add_argument(
        "--report", action="append", metavar="REF", help="a report (may be repeated)"
    )
    choice.add_argument(
        "--query", dest="chosen", metavar="Q", help="every report that a query finds"
    )
    verb.add_argument("--reason", help="why (kept for ever)")
    verb.add_argument(
        "--count", type=count_or_none, metavar="N", help="how many they are; without it only told"
    )
    verb.add_argument(
        "--force", action="store_true", help="take back operations that wait for the portal"
    )
    verb.add_argument(
        "--search-texts", action="store_true", help="texts of searches that name them as well"
    )
    verb.add_argument(
        "--kept-searches", action="store_true", help="kept searches that name them as well"
    )
    verb.add_argument(
        "--kept-aside", action="store_true", help="every message that was kept aside as well"
    )
    _certificate(verb)


def _erasure_show(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("erasure", metavar="ERASURE", help="its number (vault erasures list)")
    _certificate(verb)


def _register_file(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, metavar="FILE", help="the register of erasures")


VERBS: Final = (
    Verb("vault create", "make a new vault", _create, "cport --vault VAULT vault create --demo"),
    Verb(
        "vault status", "what it is and what it holds", nothing, "cport --vault VAULT vault status"
    ),
    Verb(
        "vault check",
        "check pages, references, log and blobs",
        _check,
        "cport --vault VAULT vault check --deep",
    ),
    Verb(
        "vault backup",
        "write the whole vault into one sealed file, and read it back",
        _backup,
        "cport --vault VAULT vault backup /media/stick/vault-2026-05.cport --since older.cport",
    ),
    Verb(
        "vault restore",
        "lay a backup out as a vault again, check it, and put it on record",
        _restore,
        "cport vault restore vault-2026-05.cport NEW --base older.cport",
    ),
    Verb(
        "vault drill",
        "really restore a backup into a scratch folder, look it over, remove it",
        _drill,
        "cport --vault VAULT vault drill",
    ),
    Verb(
        "vault rebuild",
        "make missing veils and thumbnails again from the originals",
        nothing,
        "cport --vault VAULT vault rebuild",
    ),
    Verb(
        "vault digest",
        "one value over replica and operations",
        nothing,
        "cport --vault VAULT vault digest",
    ),
    Verb(
        "vault hold place",
        "let nothing take a report or media item away",
        _hold_place,
        "cport vault hold place HL-880017 --reason 'court order 12'",
    ),
    Verb(
        "vault hold release",
        "end a hold",
        _hold_release,
        "cport vault hold release H-3b9f20c1a7d4 --reason 'case closed'",
    ),
    Verb("vault hold list", "holds in force", _hold_list, "cport vault hold list --released"),
    Verb(
        "vault retention",
        "what the agreement's periods make due, and why; erase it",
        _retention,
        "cport vault retention --run --count 17",
    ),
    Verb(
        "vault erase",
        "tell what erasing reports would come to, or do it",
        _erase,
        "cport vault erase --report HL-880017 --reason 'request 12' --count 1",
    ),
    Verb("vault erasures list", "what was erased", by_time, "cport vault erasures list"),
    Verb(
        "vault erasures show",
        "one erasure and its certificate",
        _erasure_show,
        "cport vault erasures show E-3b9f20c1a7d4 --certificate erasure.txt",
    ),
    Verb(
        "vault erasures export",
        "the register of all erasures, to keep with the backups",
        _register_file,
        "cport vault erasures export erasures.txt",
    ),
    Verb(
        "vault erasures apply",
        "erase again what a register names",
        _register_file,
        "cport vault erasures apply erasures.txt",
    ),
    Verb(
        "vault rekey",
        "renew the master key; every slot opens as before",
        _rekey,
        "cport --vault VAULT vault rekey --files",
    ),
)
