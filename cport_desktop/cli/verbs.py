"""Every verb of the command line: what it does, what it takes, an example."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.cli import (
    agreement_arguments,
    case_options,
    compose_options,
    courier_arguments,
    disclosure_options,
    exposure_arguments,
    figure_options,
    hash_list_options,
    import_options,
    iwol_options,
    list_leaving_options,
    notice_options,
    operation_options,
    overview_options,
    redaction_options,
    road_arguments,
    search_options,
    signer_options,
    stack_options,
    stamp_options,
    table_options,
    triage_options,
    update_options,
)
from cport_desktop.domain.rows import ReportSort

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
    "vault erasures": "what was erased, with proof",
    "vault hold": "what nobody may erase",
    "vault slots": "what opens a vault",
    "links": "networks, and what each may carry",
    "transfers": "media files that are still to come",
    "portal": "the bond with the portal",
    "courier": "the exchange by removable media",
    "report": "one report",
    "media": "media items, veiled",
    search_options.GROUP[0]: search_options.GROUP[1],
    notice_options.GROUP[0]: notice_options.GROUP[1],
    "media stack": "what belongs together",
    "takedown": "let a hotline wait with notice and takedown",
    "iwol": "the list of domains that access providers block",
    "hashlist": "hash lists",
    "case": "cases",
    "operations": "what was done towards the portal",
    "package": "intelligence packages",
    "package template": "how packages are put together again",
    "signers": "who signs packages",
    "recipients": "to whom packages are sealed",
    "disclosures": "what left, to whom, and what came of it",
    "taxonomies": "code lists",
    "audit": "the trace of every look and act",
    **case_options.GROUPS,
    **exposure_arguments.GROUPS,
    **triage_options.GROUPS,
    **redaction_options.GROUPS,
    **table_options.GROUPS,
    **figure_options.GROUPS,
    **update_options.GROUPS,
}


SLOT_KINDS = ("passphrase", "recovery", "key-file", "keyring", "token")


def _nothing(verb: argparse.ArgumentParser) -> None:
    del verb


def _completion(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("shell", choices=("bash", "zsh", "fish"), help="for which shell")


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


def _import_iccam(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="the gateway's folder"
    )
    verb.add_argument(
        "--reports",
        type=_count,
        default=500,
        metavar="N",
        help="synthetic reports of a gateway that is made now (500)",
    )
    verb.add_argument(
        "--hotline",
        type=_count,
        default=3,
        metavar="ID",
        help="who reported what does not say so (3)",
    )
    verb.add_argument("files", nargs="+", metavar="FILE", help="reports and content items as JSON")


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


def _sync(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--metadata-only", action="store_true", help="leave media files for later")
    verb.add_argument("--link", metavar="NAME", help="over this link (the one in use)")
    road_arguments.proxy(verb)
    verb.add_argument(
        "--history", action="store_true", help="no exchange: list the past ones, newest first"
    )
    _page(verb, order="-at")


def _page(verb: argparse.ArgumentParser, *, order: str) -> None:
    """Of a list that has one order."""
    verb.add_argument("--limit", type=_count, default=200, metavar="N", help="rows at most (200)")
    verb.add_argument("--after", metavar="CURSOR", help="go on behind this page's `next`")
    verb.add_argument("--sort", metavar="FIELD", help=f"the one order that there is: {order}")


def _query(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("query", nargs="*", metavar="QUERY", help="words and field:value")


def _media(verb: argparse.ArgumentParser) -> None:
    _query(verb)
    _page(verb, order="-received")


def _hotlines(verb: argparse.ArgumentParser) -> None:
    _query(verb)
    _page(verb, order="name")


def _slots(verb: argparse.ArgumentParser) -> None:
    _page(verb, order="slot")


def _analysts(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--limit", type=_count, default=200, metavar="N", help="rows at most (200)")
    verb.add_argument("--after", metavar="CURSOR", help="go on behind this page's `next`")
    verb.add_argument("--sort", metavar="FIELD", help="created (as they came), name or -name")


def _links(verb: argparse.ArgumentParser) -> None:
    _page(verb, order="name")


def _transfers(verb: argparse.ArgumentParser) -> None:
    _page(verb, order="-received")


def _reports(verb: argparse.ArgumentParser) -> None:
    _query(verb)
    verb.add_argument("--limit", type=_count, default=200, metavar="N", help="rows at most (200)")
    verb.add_argument("--after", metavar="CURSOR", help="go on behind this page's `next`")
    verb.add_argument(
        "--sort",
        metavar="FIELD",
        help=f"{', '.join(ReportSort)}; a leading - reverses (-received)",
    )
    verb.add_argument(
        "--facet",
        action="append",
        metavar="F",
        help="count by class, site, hotline, host, status, assigned, provider, kind, received (by month)",
    )
    verb.add_argument("--count", action="store_true", help="count all that the query finds")


def _rekey(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--files",
        action="store_true",
        help="seal every file anew as well, in case their keys may be known (takes long)",
    )


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
    triage_options.despite_lease(verb)


def _feedback(verb: argparse.ArgumentParser) -> None:
    _reference(verb)
    verb.add_argument("--text", dest="words", required=True, help="what to say")


def _operations(verb: argparse.ArgumentParser) -> None:
    _page(verb, order="-at")
    operation_options.states(verb)


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


def _audit_list(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--limit", type=_count, default=200, metavar="N", help="rows at most (200)")
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
    verb.add_argument("entry", type=_count, metavar="ENTRY", help="number of the entry")
    verb.add_argument("--reason", required=True, help="why (kept in the log)")


def _acknowledge(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--reason", required=True, help="what happened (kept in the log)")


def _hold_place(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("reference", metavar="REF", help="a report or a media item")
    verb.add_argument("--reason", required=True, help="why (kept for ever)")


def _hold_release(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("hold", metavar="HOLD", help="its number (vault hold list)")
    verb.add_argument("--reason", required=True, help="why (kept for ever)")


def _hold_list(verb: argparse.ArgumentParser) -> None:
    _by_time(verb)
    verb.add_argument("--released", action="store_true", help="released ones as well")


def _by_time(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--limit", type=_count, default=200, metavar="N", help="rows at most (200)")
    verb.add_argument("--after", metavar="ID", help="go on behind this page's `next`")
    verb.add_argument("--sort", metavar="ORDER", help="at, or -at: newest first (-at)")


def _certificate(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--certificate", type=Path, metavar="FILE", help="write the signed certificate there"
    )


def _retention(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--run", action="store_true", help="erase what is due")
    verb.add_argument("--count", type=_count_or_none, metavar="N", help="how many are due")
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
        "--count", type=_count_or_none, metavar="N", help="how many they are; without it only told"
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
    Verb(
        "gateway courier",
        "answer what a station has sent by stick",
        courier_arguments.answer,
        "cport gateway courier --data G /media/stick/to-portal /media/stick/from-portal",
    ),
    Verb(
        "gateway amend",
        "give its stations another version of the agreement, or end it",
        agreement_arguments.amend,
        "cport gateway amend --data GATEWAY --remove-clause 4.2 --effective-days 14",
    ),
    Verb(
        "gateway import-iccam",
        "feed the gateway with reports in the ICCAM v3 dialect",
        _import_iccam,
        "cport gateway import-iccam --data G reports.json content-71.json",
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
    Verb("vault erasures list", "what was erased", _by_time, "cport vault erasures list"),
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
    Verb("vault slots list", "every key slot", _slots, "cport vault slots list"),
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
        _rekey,
        "cport --vault VAULT vault rekey --files",
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
        _analysts,
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
        "portal request",
        "ask a portal by stick: makes keys in the vault and a signed request",
        courier_arguments.request,
        "cport portal request --out /media/stick/request --code-file code.txt --station Desk-1",
    ),
    Verb(
        "portal enrol",
        "bind this vault to a portal, by its answer on a stick or by the network",
        courier_arguments.enrol,
        "cport portal enrol --answer /media/stick/answer\n"
        "  cport portal enrol --url https://127.0.0.1:8443 --ca ca.pem --code-file code.txt",
    ),
    Verb(
        "portal address",
        "tell a vault that was enrolled by stick where its portal is",
        courier_arguments.address,
        "cport portal address https://127.0.0.1:8443",
    ),
    Verb(
        "portal agreement",
        "what the agreement allows, until when, and what waits",
        _nothing,
        "cport portal agreement",
    ),
    Verb(
        "portal agreement explain",
        "why something is allowed or not, and who can change it",
        agreement_arguments.explain,
        "cport portal agreement explain package.compose --recipient 'Example Regional Court'",
    ),
    Verb(
        "portal agreement rehearse",
        "what another agreement would change; nothing is accepted",
        agreement_arguments.rehearse,
        "cport portal agreement rehearse draft.json",
    ),
    Verb(
        "portal agreement accept",
        "work under the narrower version that waits, from now on",
        agreement_arguments.accept,
        "cport portal agreement accept --reason 'agreed on 3 May'",
    ),
    Verb(
        "portal agreement export",
        "write the agreement as the portal signed it",
        agreement_arguments.export,
        "cport portal agreement export agreement.txt",
    ),
    Verb("sync", "exchange with the portal", _sync, "cport sync --link field"),
    Verb("links list", "every link, and the one in use", _links, "cport links list"),
    Verb(
        "links set",
        "name a link, or change what it may carry",
        road_arguments.set_link,
        "cport links set field --media asked --cap 64000 --largest-file 20000000",
    ),
    Verb(
        "links use",
        "this machine is on this network now",
        road_arguments.link,
        "cport links use field",
    ),
    Verb("links remove", "forget a link", road_arguments.link, "cport links remove field"),
    Verb(
        "transfers list",
        "files that are not here, with their states",
        _transfers,
        "cport transfers list",
    ),
    Verb("transfers ask", "these first", road_arguments.items, "cport transfers ask M-17 M-23"),
    Verb(
        "transfers pause",
        "let some, or all, wait",
        road_arguments.items_or_all,
        "cport transfers pause --all",
    ),
    Verb(
        "transfers resume",
        "let them go on",
        road_arguments.items_or_all,
        "cport transfers resume --all",
    ),
    Verb(
        "transfers cancel",
        "do without these files",
        road_arguments.items,
        "cport transfers cancel M-17",
    ),
    Verb(
        "transfers retry",
        "ask again for what failed, at once",
        road_arguments.items_or_all,
        "cport transfers retry --all",
    ),
    Verb(
        "courier send",
        "write a bundle for the portal, and read it back",
        courier_arguments.send,
        "cport courier send /media/stick/to-portal --part-size 700M",
    ),
    Verb(
        "courier receive",
        "take in a bundle that came back from the portal",
        courier_arguments.receive,
        "cport courier receive /media/stick/from-portal",
    ),
    Verb(
        "courier status",
        "what was sent and answered by stick, and what waits",
        _nothing,
        "cport courier status",
    ),
    Verb(
        "reports",
        "search the reports",
        _reports,
        "cport reports 'host:NL class:baseline' --sort -received",
    ),
    Verb("report show", "everything about one report", _reference, "cport report show HL-880017"),
    Verb(
        "media list",
        "media of the reports that a query finds",
        _media,
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
    *(Verb(*row) for row in search_options.VERBS),
    *(Verb(*row) for row in stack_options.VERBS),
    *(Verb(*row) for row in overview_options.VERBS),
    *(Verb(*row) for row in triage_options.VERBS),
    Verb(
        "hotlines",
        "hotlines of the network",
        _hotlines,
        "cport hotlines country:NL reports:>100",
    ),
    Verb("assess", "assess a content item of a report", _assess, "cport assess HL-880017 national"),
    Verb(
        "feedback",
        "write to the hotline that made a report",
        _feedback,
        "cport feedback HL-880017 --text 'Handled under number 12.'",
    ),
    Verb(
        "takedown hold",
        "ask the hotline to wait with notice and takedown",
        operation_options.takedown_hold,
        "cport takedown hold HL-880017 --until 14d --reason 'Handled under number 12.'",
    ),
    Verb(
        "takedown lift",
        "tell the hotline that it need not wait any longer",
        operation_options.takedown_lift,
        "cport takedown lift HL-880017 --reason 'Number 12 is done.'",
    ),
    Verb(
        "ask",
        "ask the hotline that made a report for more",
        operation_options.ask,
        "cport ask HL-880017 --text 'Is the page archived?'",
    ),
    Verb(
        "iwol suggest",
        "suggest a domain, with how each criterion stands",
        operation_options.suggest,
        "cport iwol suggest name.example --criterion 1=met --criterion 4=undetermined",
    ),
    Verb(
        "hashlist contribute",
        "contribute digests to a shared list",
        operation_options.contribute,
        "cport hashlist contribute national --file digests.txt --reason 'round 3'",
    ),
    *(Verb(*row) for row in case_options.VERBS),
    Verb(
        "case handover",
        "hand a case over to another agency",
        operation_options.hand_over,
        "cport case handover 2026/12 --recipient 'Partner Agency Example' --report HL-880017",
    ),
    Verb(
        "false-positive",
        "tell that an entry of a list matched wrongly",
        operation_options.false_positive,
        "cport false-positive national sha256:9f86… --media M-17 --note 'A test card.'",
    ),
    Verb(
        "operations list",
        "operations with their states",
        _operations,
        "cport operations list --state needs_you --state rejected",
    ),
    Verb(
        "operations show",
        "one operation with its words and what the portal said",
        operation_options.operation,
        "cport operations show 3b9f20c1",
    ),
    Verb(
        "operations revise",
        "queue a new one in the place of one that was rejected or needs you",
        operation_options.revise,
        "cport operations revise 3b9f20c1 --until 30d",
    ),
    Verb(
        "operations set-aside",
        "let one go nowhere; it stays listed",
        operation_options.set_aside,
        "cport operations set-aside 3b9f20c1 --reason 'settled by telephone'",
    ),
    Verb(
        "operations send-anyway",
        "send one that needs you all the same",
        operation_options.operation,
        "cport operations send-anyway 3b9f20c1",
    ),
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
        compose_options.nothing,
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
    *(Verb(*row) for row in redaction_options.VERBS),
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
    Verb("audit code", "its head as a code for the diary on paper", _nothing, "cport audit code"),
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
    Verb(
        "generate",
        "a synthetic demo vault of any size",
        _generate,
        "cport generate --reports 100000 --out BIG",
    ),
    *(Verb(*row) for row in notice_options.VERBS),
    Verb(
        "disclosures list",
        "what left, newest first",
        disclosure_options.listing,
        "cport disclosures list --report HL-880017",
    ),
    Verb(
        "disclosures show",
        "one of them whole: who, what, when, why, by which clause",
        disclosure_options.one,
        "cport disclosures show D-3b9f20c1a7d4",
    ),
    Verb(
        "disclosures who",
        "who has this report, media item or file",
        disclosure_options.who,
        "cport disclosures who HL-880017",
    ),
    Verb(
        "disclosures receipt",
        "take in a recipient's signed receipt for a package",
        disclosure_options.receipt,
        "cport disclosures receipt receipt.eml --trust ca.pem",
    ),
    Verb(
        "disclosures received",
        "put on record that a recipient has it, as you were told",
        disclosure_options.received,
        "cport disclosures received D-3b9f20c1a7d4 --by 'B. Example' --on 2026-05-17",
    ),
    Verb(
        "disclosures affected",
        "copies of what was corrected or withdrawn since",
        disclosure_options.affected,
        "cport disclosures affected --recipient 'Unit A'",
    ),
    Verb(
        "disclosures notice",
        "write a signed notice about them, ready to be handed over",
        disclosure_options.notice,
        "cport disclosures notice 'Unit A' --out notice.eml",
    ),
    Verb(
        "disclosures settle",
        "put on record what became of copies",
        disclosure_options.settle,
        "cport disclosures settle A-17 --as acknowledged --reason 'letter of 3 May'",
    ),
    *(Verb(*each) for each in hash_list_options.VERBS),
    *(Verb(*each) for each in list_leaving_options.VERBS),
    *(Verb(*row) for row in iwol_options.VERBS),
    Verb(
        "iwol list",
        "decisions about domains that the portal told of",
        disclosure_options.told,
        "cport iwol list",
    ),
    Verb(
        "taxonomies list",
        "code lists that the portal told of, and which is in use",
        disclosure_options.told,
        "cport taxonomies list",
    ),
    *(Verb(*row) for row in exposure_arguments.ROWS),
    *(Verb(*row) for row in table_options.ROWS),
    *(Verb(*row) for row in figure_options.VERBS),
    *(Verb(*row) for row in update_options.VERBS),
    Verb("doctor", "what this machine has and lacks", _nothing, "cport doctor"),
    Verb(
        "completion",
        "a script that makes a shell complete this command line",
        _completion,
        'eval "$(cport completion bash)"',
    ),
)
