"""What the verbs about single domains take."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from cport_desktop.cli import operation_options
from cport_desktop.cli.common_options import few, short_page
from cport_desktop.cli.verb import Verb


def check(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("asked", metavar="DOMAIN-or-URL", help="a URL means the domain it is on")


def suffixes(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("act", nargs="?", choices=("replace",), help="put a later list in")
    verb.add_argument("file", nargs="?", metavar="FILE", help="the list as it is published")
    verb.add_argument(
        "--of",
        choices=("suffixes", "services", "criteria"),
        default="suffixes",
        help="which of the lists by which domains are judged (suffixes)",
    )


def listing(verb: argparse.ArgumentParser) -> None:
    short_page(verb)
    verb.add_argument("--sort", choices=("domain",), help="the one order that there is: domain")


def compare(verb: argparse.ArgumentParser) -> None:
    listing(verb)
    verb.add_argument(
        "--with", dest="file", type=Path, metavar="FILE", help="a received list: a domain a line"
    )


def dossier(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("domain", metavar="DOMAIN")
    verb.add_argument("--open", action="store_true", help="begin one, with the reports at hand")
    verb.add_argument("--criteria-version", metavar="V", help="which text of the criteria")
    verb.add_argument("--proportionality", metavar="TEXT", help="why the whole domain")
    verb.add_argument("--internal", metavar="TEXT", help="the reason for officers alone")
    verb.add_argument("--public", metavar="TEXT", help="the reason that may be published")
    verb.add_argument("--contact", metavar="TEXT", help="to whom those complain who are blocked")
    operation_options.criteria(verb)
    verb.add_argument(
        "--evidence", action="append", metavar="HL-…", help="a report as evidence; all for all"
    )
    verb.add_argument("--drop", action="append", metavar="HL-…", help="a report no more")
    verb.add_argument("--submit", action="store_true", help="it is whole: a second officer is next")


def confirm(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("domain", metavar="DOMAIN")
    verb.add_argument("--agency", metavar="NAME", help="the second agency that confirmed it")
    verb.add_argument("--country", metavar="CC", help="its country")
    verb.add_argument("--send", action="store_true", help="and queue the suggestion")


def one(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("domain", metavar="DOMAIN")


def recheck(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("domain", nargs="?", metavar="DOMAIN", help="without: those that are due")
    verb.add_argument("--days", metavar="N", type=_days, help="until the next look")
    verb.add_argument("--remove", metavar="REASON", help="suggest that it is taken off")
    verb.add_argument("--limit", type=few, default=50, metavar="N", help="rows at most (50)")


def enclose(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("domain", metavar="DOMAIN")
    verb.add_argument("file", nargs="?", type=Path, metavar="FILE", help="fetched elsewhere")
    verb.add_argument(
        "--kind",
        choices=("rdap", "whois", "copy"),
        required=True,
        help="a record of registration, or a picture or offline copy, of which the digest is kept",
    )
    verb.add_argument("--source", metavar="S", help="where it comes from, or is kept")
    verb.add_argument("--at", metavar="TIME", help="when it was taken (2026-05-17T09:30:00Z)")
    verb.add_argument("--sha256", metavar="D", help="of a copy, in place of the file")


def enclosed(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("domain", metavar="DOMAIN")
    verb.add_argument("sha256", metavar="SHA256", help="or its beginning")
    verb.add_argument("--take-out", action="store_true", help="a draft has it enclosed no more")


def remove(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("domain", metavar="DOMAIN")
    verb.add_argument("--reason", metavar="R", help="why it is to be taken off")


def withdraw(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("domain", metavar="DOMAIN")
    verb.add_argument("--reason", metavar="R", help="why")


def export(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, metavar="FILE", help="a new file; FILE.p7s signs it")
    verb.add_argument("--format", choices=("json", "csv", "pdf"), help="without: by the name")
    verb.add_argument(
        "--domain", action="append", metavar="DOMAIN", help="which; without: all confirmed ones"
    )
    verb.add_argument("--recipient", metavar="NAME", help="who gets it (INTERPOL)")
    verb.add_argument("--signer", type=Path, metavar="S", help="key and certificate in a PEM file")
    verb.add_argument("--reason", metavar="R", help="what for; demanded in a live vault")


def _days(text: str) -> str:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("a number of days")
    return text


VERBS: Final = (
    Verb(
        "iwol check",
        "what is known of a domain, by the criteria of the list",
        check,
        "cport iwol check https://www.name.example/page",
    ),
    Verb(
        "iwol suffixes",
        "the lists by which domains are judged, and a later one from a file",
        suffixes,
        "cport iwol suffixes replace public_suffix_list.dat",
    ),
    Verb("iwol dossiers", "dossiers of domains", listing, "cport iwol dossiers"),
    Verb(
        "iwol dossier",
        "one dossier: begin it, write in it, submit it, look at it",
        dossier,
        "cport iwol dossier name.example --open --public 'Meets the criteria.'",
    ),
    Verb(
        "iwol confirm",
        "confirm a dossier as the second officer",
        confirm,
        "cport iwol confirm name.example --agency 'Example Agency B' --country BE --send",
    ),
    Verb(
        "iwol send",
        "queue the suggestion of a confirmed dossier",
        one,
        "cport iwol send name.example",
    ),
    Verb(
        "iwol recheck",
        "what is due for another look; that one was looked at again; suggest its removal",
        recheck,
        "cport iwol recheck name.example --days 60",
    ),
    Verb(
        "iwol enclose",
        "enclose a record of registration, or a copy's digest, with a dossier",
        enclose,
        "cport iwol enclose name.example rdap.json --kind rdap --source https://rdap.example/",
    ),
    Verb(
        "iwol enclosed",
        "read what is enclosed with a dossier",
        enclosed,
        "cport iwol enclosed name.example 3f5a09",
    ),
    Verb(
        "iwol remove",
        "suggest that a listed domain is taken off",
        remove,
        "cport iwol remove name.example --reason 'The site was taken over.'",
    ),
    Verb(
        "iwol withdraw",
        "give a dossier up",
        withdraw,
        "cport iwol withdraw name.example --reason 'The site was taken over.'",
    ),
    Verb(
        "iwol compare",
        "what is known here beside what the portal decided, or beside a received list",
        compare,
        "cport iwol compare --with domains.txt",
    ),
    Verb(
        "iwol export",
        "dossiers as a signed file",
        export,
        "cport iwol export dossiers.json --domain name.example --recipient INTERPOL",
    ),
)
