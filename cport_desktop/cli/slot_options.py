"""Verbs of what opens a vault."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from cport_desktop.cli.common_options import page_in_order
from cport_desktop.cli.verb import Verb

SLOT_KINDS: Final = ("passphrase", "recovery", "key-file", "keyring", "token")


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


def _slots(verb: argparse.ArgumentParser) -> None:
    page_in_order(verb, order="slot")


VERBS: Final = (
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
)
