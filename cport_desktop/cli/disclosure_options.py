"""Options of the register of what left."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from cport_desktop.cli.common_options import page
from cport_desktop.cli.verb import Verb

"""More than any list has."""


def listing(verb: argparse.ArgumentParser) -> None:
    """`disclosures list`."""
    verb.add_argument("--recipient", metavar="NAME", help="what this recipient has")
    verb.add_argument("--report", metavar="REF", help="who has this report")
    verb.add_argument("--kind", metavar="KIND", help="package, operations, table, notice …")
    verb.add_argument(
        "--text", dest="words", metavar="T", help="part of title, reason, clause or recipient"
    )
    verb.add_argument("--media", metavar="REF", help="what held this media item: M-20417")
    verb.add_argument("--sha256", metavar="HEX", help="what held, or was, the file of this digest")
    verb.add_argument("--since", metavar="WHEN", help="left at this time (UTC) or later")
    verb.add_argument("--until", metavar="WHEN", help="left before this time (UTC)")
    _page(verb)


def one(verb: argparse.ArgumentParser) -> None:
    """`disclosures show`."""
    verb.add_argument("disclosure", metavar="ID", help="D-…")


def who(verb: argparse.ArgumentParser) -> None:
    """`disclosures who`."""
    verb.add_argument("ref", metavar="REF", help="HL-…, M-…, or an MD5, SHA-1 or SHA-256")


def receipt(verb: argparse.ArgumentParser) -> None:
    """`disclosures receipt`."""
    verb.add_argument("file", type=Path, metavar="FILE", help="a recipient's signed receipt (.eml)")
    verb.add_argument(
        "--trust",
        type=Path,
        required=True,
        metavar="CA",
        help="trust anchor of whoever signed it, from outside the receipt",
    )
    verb.add_argument("--recipient", metavar="NAME", help="of several, whom it is from")


def received(verb: argparse.ArgumentParser) -> None:
    """`disclosures received`."""
    verb.add_argument("disclosure", metavar="ID", help="D-…")
    verb.add_argument("--by", required=True, metavar="PERSON", help="who received it there")
    verb.add_argument("--on", required=True, metavar="WHEN", help="a date or a time (UTC)")
    verb.add_argument("--recipient", metavar="NAME", help="of several, who has it")


def affected(verb: argparse.ArgumentParser) -> None:
    """`disclosures affected`."""
    verb.add_argument("--recipient", metavar="NAME", help="copies that this recipient has")
    verb.add_argument("--settled", action="store_true", help="those that are settled, too")
    _page(verb)


def notice(verb: argparse.ArgumentParser) -> None:
    """`disclosures notice`."""
    verb.add_argument("recipient", metavar="RECIPIENT", help="as `disclosures affected` names them")
    verb.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help="a new file: a signed message (.eml)",
    )
    verb.add_argument(
        "--again", action="store_true", help="also of copies whose notice was lost on the way"
    )


def settle(verb: argparse.ArgumentParser) -> None:
    """`disclosures settle`."""
    verb.add_argument("copies", nargs="+", metavar="ID", help="A-…")
    verb.add_argument(
        "--as",
        dest="handling",
        required=True,
        metavar="STATE",
        help="handed-over, acknowledged, or not-needed (with a reason)",
    )
    verb.add_argument("--reason", metavar="R", help="why, or by which letter")


def told(verb: argparse.ArgumentParser) -> None:
    """Lists that the portal told of."""
    _page(verb, order="id")


def _page(verb: argparse.ArgumentParser, *, order: str = "-at") -> None:
    page(verb)
    verb.add_argument("--sort", choices=(order,), help=f"the one order that there is: {order}")


VERBS: Final = (
    Verb(
        "disclosures list",
        "what left, newest first",
        listing,
        "cport disclosures list --report HL-880017",
    ),
    Verb(
        "disclosures show",
        "one of them whole: who, what, when, why, by which clause",
        one,
        "cport disclosures show D-3b9f20c1a7d4",
    ),
    Verb(
        "disclosures who",
        "who has this report, media item or file",
        who,
        "cport disclosures who HL-880017",
    ),
    Verb(
        "disclosures receipt",
        "take in a recipient's signed receipt for a package",
        receipt,
        "cport disclosures receipt receipt.eml --trust ca.pem",
    ),
    Verb(
        "disclosures received",
        "put on record that a recipient has it, as you were told",
        received,
        "cport disclosures received D-3b9f20c1a7d4 --by 'B. Example' --on 2026-05-17",
    ),
    Verb(
        "disclosures affected",
        "copies of what was corrected or withdrawn since",
        affected,
        "cport disclosures affected --recipient 'Unit A'",
    ),
    Verb(
        "disclosures notice",
        "write a signed notice about them, ready to be handed over",
        notice,
        "cport disclosures notice 'Unit A' --out notice.eml",
    ),
    Verb(
        "disclosures settle",
        "put on record what became of copies",
        settle,
        "cport disclosures settle A-17 --as acknowledged --reason 'letter of 3 May'",
    ),
)
