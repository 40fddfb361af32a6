"""Every verb of the command line: what it does, what it takes, an example."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

Add = Callable[[argparse.ArgumentParser], None]


@dataclass(frozen=True, slots=True)
class Verb:
    """`name` is one word, or a group and its verb. `add` adds its own options to a parser."""

    name: str
    help: str
    add: Add
    example: str


GROUPS: Mapping[str, str] = {
    "gateway": "the reference gateway (synthetic portal)",
    "vault": "create, look after and check a vault",
    "vault analysts": "who works here, and with which roles",
    "vault slots": "what opens a vault",
    "portal": "the bond with the portal",
    "report": "one report",
    "media": "media items, veiled",
    "operations": "what was done towards the portal",
    "package": "intelligence packages",
    "audit": "the trace of every look and act",
}


SLOT_KINDS = ("passphrase", "recovery", "key-file", "keyring", "token")


def _nothing(verb: argparse.ArgumentParser) -> None:
    del verb


def _demo(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--reports", type=_count, default=500, metavar="N", help="how many synthetic reports (500)"
    )
    verb.add_argument(
        "--headless", action="store_true", help="without a window, to a verified package"
    )
    verb.add_argument("--keep", type=Path, metavar="DIR", help="keep everything in DIR")


def _window(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--lock-after",
        type=_seconds_open,
        default=240,
        metavar="SECONDS",
        help="lock when nobody used the window for so long (240)",
    )


def _serve(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="its authority, keys and scenario"
    )
    verb.add_argument(
        "--port", type=int, default=8443, metavar="P", help="0 takes a free one (8443)"
    )
    verb.add_argument(
        "--reports", type=_count, default=500, metavar="N", help="how many synthetic reports (500)"
    )
    verb.add_argument(
        "--faults",
        default="",
        metavar="SPEC",
        help="e.g. latency=50ms,cut=100000,5xx=0.1,wrong-length,stale-cursor,replay",
    )
    verb.add_argument("--until-eof", action="store_true", help="stop when standard input closes")


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


def _slot(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("name", metavar="NAME")


def _add_slot(verb: argparse.ArgumentParser) -> None:
    _slot(verb)
    verb.add_argument("--kind", type=_kind, choices=SLOT_KINDS, required=True)
    verb.add_argument("--analyst", metavar="NAME", help="whose it shall be (yours)")
    _new_secret(verb)
    verb.add_argument(
        "--token-label", metavar="T", help="the token, by label or serial number (the only one)"
    )
    verb.add_argument(
        "--token-key", metavar="K", help="a key on it, by label or hex id (a new one is made)"
    )


def _kind(text: str) -> str:
    return text.replace("_", "-")


def _change_slot(verb: argparse.ArgumentParser) -> None:
    _slot(verb)
    _old_secret(verb)
    _new_secret(verb)


def _test_slot(verb: argparse.ArgumentParser) -> None:
    _slot(verb)
    _old_secret(verb)


def _rename_slot(verb: argparse.ArgumentParser) -> None:
    _slot(verb)
    verb.add_argument("new_name", metavar="NEW")


def _remove_slot(verb: argparse.ArgumentParser) -> None:
    _slot(verb)
    verb.add_argument(
        "--force", action="store_true", help="even if its analyst is locked out (administrator)"
    )


def _old_secret(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--secret-file",
        type=Path,
        metavar="FILE",
        help="what opens it now: a file with its passphrase, code or PIN, or its key file",
    )
    verb.add_argument("--secret-fd", type=int, metavar="N", help="the same from a descriptor")


def _new_secret(verb: argparse.ArgumentParser) -> None:
    for what in ("passphrase", "pin"):
        verb.add_argument(
            f"--new-{what}-file", type=Path, metavar="FILE", help=f"read the new {what} from FILE"
        )
        verb.add_argument(
            f"--new-{what}-fd", type=int, metavar="N", help=f"read the new {what} from descriptor N"
        )
    verb.add_argument(
        "--new-key-file", type=Path, metavar="FILE", help="write a new key file to FILE"
    )
    verb.add_argument(
        "--recovery-out", type=Path, metavar="FILE", help="write the recovery sheet to FILE"
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


def _drill(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, nargs="?", metavar="FILE", help="(the last backup)")
    _bases(verb)


def _bases(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--base", action="append", metavar="FILE", help="what it builds on (may be repeated)"
    )


def _add_analyst(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("name", metavar="NAME", help="as the audit log shall know them")
    _roles(verb, "--roles", "what they may do: analyst, exporter, supervisor …", is_needed=True)
    verb.add_argument(
        "--new-passphrase-file", type=Path, metavar="FILE", help="read their passphrase from FILE"
    )
    verb.add_argument(
        "--new-passphrase-fd", type=int, metavar="N", help="read it from file descriptor N"
    )
    verb.add_argument(
        "--slot-name", metavar="NAME", help="what their first slot is called (after them)"
    )


def _analyst(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("name", metavar="NAME")


def _role(verb: argparse.ArgumentParser) -> None:
    _analyst(verb)
    _roles(verb, "--add", "roles to give", is_needed=False)
    _roles(verb, "--remove", "roles to take", is_needed=False)


def _roles(verb: argparse.ArgumentParser, name: str, told: str, *, is_needed: bool) -> None:
    verb.add_argument(
        name, action="append", required=is_needed, metavar="ROLE", help=f"{told} (may be repeated)"
    )


def _enrol(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--url", required=True, help="https address of the portal")
    verb.add_argument(
        "--ca",
        type=Path,
        required=True,
        metavar="PEM",
        help="the portal's TLS authority, pinned from now on",
    )
    code = verb.add_mutually_exclusive_group(required=True)
    code.add_argument("--code-file", type=Path, metavar="FILE", help="file with the enrolment code")
    code.add_argument("--code", help="the enrolment code")
    verb.add_argument("--station", default="Station 1", help="how this station calls itself")
    verb.add_argument("--agency", default="Example Agency", help="name of the agency")


def _sync(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--metadata-only", action="store_true", help="leave media files for later")


def _page(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--limit", type=_count, default=200, metavar="N", help="rows at most (200)")
    verb.add_argument("--after", metavar="CURSOR", help="go on behind this page's `next`")
    verb.add_argument("--sort", metavar="FIELD", help="a leading - reverses")


def _page_of_query(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("query", nargs="*", metavar="QUERY", help="words and field:value")
    _page(verb)


def _reports(verb: argparse.ArgumentParser) -> None:
    _page_of_query(verb)
    verb.add_argument(
        "--facet", action="append", metavar="F", help="count by class, site, hotline, host, status"
    )
    verb.add_argument("--count", action="store_true", help="count all that the query finds")


def _reference(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("reference", metavar="REF")


def _veil(verb: argparse.ArgumentParser) -> None:
    _reference(verb)
    verb.add_argument("--out", type=Path, required=True, metavar="PNG")


def _assess(verb: argparse.ArgumentParser) -> None:
    _reference(verb)
    verb.add_argument(
        "classification", help="a code of the classification list: baseline, national, not-illegal"
    )
    verb.add_argument(
        "--content", type=int, metavar="ID", help="which content item (the reported page)"
    )


def _feedback(verb: argparse.ArgumentParser) -> None:
    _reference(verb)
    verb.add_argument("--text", dest="words", required=True, help="what to say")


def _package(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--query", required=True, metavar="Q", help="the reports that go into it")
    verb.add_argument(
        "--recipient",
        action="append",
        required=True,
        metavar="R",
        help="age public key, or a file with some",
    )
    verb.add_argument(
        "--signer",
        type=Path,
        metavar="PEM",
        help="key and certificate in one PEM file (else the certificate that the portal issued)",
    )
    verb.add_argument("--out", type=Path, required=True, metavar="FILE")
    verb.add_argument("--title", default="Intelligence package")
    verb.add_argument("--reason", help="why it is handed over (kept in the audit log)")
    verb.add_argument("--no-media", action="store_true", help="reports and digests only")


def _verify(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, metavar="FILE")
    verb.add_argument("--identity", type=Path, metavar="K", help="age identity of a recipient")
    verb.add_argument(
        "--trust",
        type=Path,
        metavar="CA",
        help="trust anchor of the signer, from outside the package",
    )


def _open(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, metavar="FILE")
    verb.add_argument("--identity", type=Path, required=True, metavar="K")
    verb.add_argument("--out", type=Path, required=True, metavar="DIR")


def _generate(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--reports", type=_count, required=True, metavar="N")
    verb.add_argument("--out", type=Path, required=True, metavar="DIR")
    verb.add_argument(
        "--media-per-report",
        type=_count_or_none,
        default=None,
        metavar="M",
        help="media of each report (default: as in the scenario, about two)",
    )
    verb.add_argument(
        "--pictures",
        type=_count_or_none,
        default=10_000,
        metavar="N",
        help="for how many media files pixels are made (10000)",
    )


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 10_000_000:
        raise argparse.ArgumentTypeError("from 1 to 10000000")
    return number


def _seconds_open(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 3_600:
        raise argparse.ArgumentTypeError("from 1 to 3600")
    return number


def _count_or_none(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 10_000_000:
        raise argparse.ArgumentTypeError("from 0 to 10000000")
    return number


VERBS = (
    Verb("demo", "run the whole product on synthetic data", _demo, "cport demo --headless"),
    Verb("window", "open the window", _window, "cport --vault VAULT window"),
    Verb(
        "gateway serve",
        "serve the reference gateway on loopback until stopped",
        _serve,
        "cport gateway serve --data G --port 8443",
    ),
    Verb("vault create", "make a new vault", _create, "cport --vault VAULT vault create --demo"),
    Verb(
        "vault status", "what it is and what it holds", _nothing, "cport --vault VAULT vault status"
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
        _nothing,
        "cport --vault VAULT vault rebuild",
    ),
    Verb(
        "vault digest",
        "one value over replica and operations",
        _nothing,
        "cport --vault VAULT vault digest",
    ),
    Verb(
        "vault analysts add",
        "let somebody work here, with a passphrase of their own",
        _add_analyst,
        "cport vault analysts add 'B. Example' --roles analyst,exporter",
    ),
    Verb(
        "vault analysts list",
        "who works or worked here, with roles and slots",
        _nothing,
        "cport vault analysts list",
    ),
    Verb(
        "vault analysts role",
        "give and take roles",
        _role,
        "cport vault analysts role 'B. Example' --add auditor --remove exporter",
    ),
    Verb(
        "vault analysts retire",
        "somebody has left: their slots are removed",
        _analyst,
        "cport vault analysts retire 'B. Example'",
    ),
    Verb(
        "portal enrol",
        "bind this vault to a portal",
        _enrol,
        "cport portal enrol --url https://127.0.0.1:8443 --ca ca.pem --code-file code.txt",
    ),
    Verb("portal agreement", "what the agreement allows", _nothing, "cport portal agreement"),
    Verb("sync", "exchange with the portal", _sync, "cport sync"),
    Verb(
        "reports",
        "search the reports",
        _reports,
        "cport reports 'host:NL class:baseline' --sort -received",
    ),
    Verb("report show", "everything about one report", _reference, "cport report show HL-880017"),
    Verb("vault slots list", "every key slot", _nothing, "cport vault slots list"),
    Verb(
        "vault slots add",
        "one more way in",
        _add_slot,
        "cport vault slots add stick --kind key-file --new-key-file /media/stick/vault.key",
    ),
    Verb(
        "vault slots test",
        "whether a secret opens a slot (exit 7 if not)",
        _test_slot,
        "cport vault slots test stick --secret-file /media/stick/vault.key",
    ),
    Verb(
        "vault slots rename",
        "call a slot something else",
        _rename_slot,
        "cport vault slots rename stick 'stick in the safe'",
    ),
    Verb(
        "vault slots change",
        "give a slot another secret: a new passphrase, code, key file or PIN",
        _change_slot,
        "cport vault slots change passphrase --new-passphrase-file new.txt",
    ),
    Verb(
        "vault slots remove",
        "let a slot open the vault no more",
        _remove_slot,
        "cport vault slots remove stick",
    ),
    Verb(
        "vault rekey",
        "renew the master key; every slot opens as before",
        _nothing,
        "cport --vault VAULT vault rekey",
    ),
    Verb(
        "media list",
        "media of the reports that a query finds",
        _page_of_query,
        "cport media list has:video",
    ),
    Verb(
        "media show",
        "what is known of one item without looking",
        _reference,
        "cport media show M-17",
    ),
    Verb(
        "media veil",
        "write the veil of one item as PNG",
        _veil,
        "cport media veil M-17 --out veil.png",
    ),
    Verb("hotlines", "hotlines of the network", _page_of_query, "cport hotlines NL"),
    Verb("assess", "assess a content item of a report", _assess, "cport assess HL-880017 national"),
    Verb(
        "feedback",
        "write to the hotline that made a report",
        _feedback,
        "cport feedback HL-880017 --text 'Handled under number 12.'",
    ),
    Verb("operations list", "operations with their states", _page, "cport operations list"),
    Verb(
        "package create",
        "compose, sign and seal one",
        _package,
        "cport package create --query host:NL --recipient age1… --out case.age",
    ),
    Verb(
        "package verify",
        "check one, step by step",
        _verify,
        "cport package verify case.age --identity key.txt --trust ca.pem",
    ),
    Verb(
        "package open",
        "unseal one into a folder",
        _open,
        "cport package open case.age --identity key.txt --out folder",
    ),
    Verb("audit list", "its entries, newest first", _page, "cport audit list --limit 50"),
    Verb("audit verify", "check that nothing in it was altered", _nothing, "cport audit verify"),
    Verb(
        "generate",
        "a synthetic demo vault of any size",
        _generate,
        "cport generate --reports 100000 --out BIG",
    ),
    Verb("doctor", "what this machine has and lacks", _nothing, "cport doctor"),
)
