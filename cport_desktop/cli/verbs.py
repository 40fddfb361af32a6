"""Every verb of the command line: what it does, what it takes, an example."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Final

from cport_desktop.cli import (
    act_options,
    analyst_options,
    audit_options,
    case_options,
    disclosure_options,
    exchange_options,
    exposure_options,
    figure_options,
    gateway_options,
    hash_list_options,
    iwol_options,
    list_leaving_options,
    notice_options,
    overview_options,
    package_options,
    redaction_options,
    report_options,
    search_options,
    slot_options,
    stack_options,
    table_options,
    triage_options,
    update_options,
    vault_options,
)
from cport_desktop.cli.common_options import nothing, whole
from cport_desktop.cli.verb import Verb

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
    **exposure_options.GROUPS,
    **triage_options.GROUPS,
    **redaction_options.GROUPS,
    **table_options.GROUPS,
    **figure_options.GROUPS,
    **update_options.GROUPS,
}


def _completion(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("shell", choices=("bash", "zsh", "fish"), help="for which shell")


def _window(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--lock-after",
        type=whole(1, 3_600),
        default=240,
        metavar="SECONDS",
        help="lock when nobody used the window for so long (240)",
    )


VERBS: Final[tuple[Verb, ...]] = (
    Verb("window", "open the window", _window, "cport --vault VAULT window"),
    *gateway_options.VERBS,
    *vault_options.VERBS,
    *slot_options.VERBS,
    *analyst_options.VERBS,
    *exchange_options.VERBS,
    *report_options.VERBS,
    *search_options.VERBS,
    *stack_options.VERBS,
    *overview_options.VERBS,
    *triage_options.VERBS,
    *act_options.VERBS,
    *case_options.VERBS,
    *package_options.VERBS,
    *redaction_options.VERBS,
    *audit_options.VERBS,
    *notice_options.VERBS,
    *disclosure_options.VERBS,
    *hash_list_options.VERBS,
    *list_leaving_options.VERBS,
    *iwol_options.VERBS,
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
    *exposure_options.VERBS,
    *table_options.VERBS,
    *figure_options.VERBS,
    *update_options.VERBS,
    Verb("doctor", "what this machine has and lacks", nothing, "cport doctor"),
    Verb(
        "completion",
        "a script that makes a shell complete this command line",
        _completion,
        'eval "$(cport completion bash)"',
    ),
)
