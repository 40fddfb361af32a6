"""Verbs of the signers and recipients of packages that are kept in the vault."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cport_desktop.cli.answer import Answer, Json, Record
from cport_desktop.cli.key_files import read_key_file
from cport_desktop.cli.printing import facts, table
from cport_desktop.cli.session import Session
from cport_desktop.cli.short_lists import short_list
from cport_desktop.cli.signer_choice import asked_pin
from cport_desktop.clock import iso_utc
from cport_desktop.domain.kept_signer import KeptRecipient
from cport_desktop.usecases import package_recipients, package_signers
from cport_desktop.usecases.package_signers import SignerShown
from cport_desktop.vault.token_signer import SigningToken


def show_signers(session: Session) -> Answer:
    """`cport signers list`."""
    with session.vault() as vault:
        found = package_signers.list_signers(vault)
    return short_list(session, [_signer(each) for each in found], _signers_told)


def add_signer(session: Session) -> Answer:
    """`cport signers add NAME --pem FILE [--module FILE [--on-token T] [--key K]]`."""
    options = session.options
    pem, module = read_key_file(options.needed_path("pem")), options.path("module")
    with session.vault() as vault:
        if module is None:
            kept = package_signers.add_signer(vault, options.required("name"), pem)
        else:
            token = SigningToken(
                pin=asked_pin(session, options.text("on_token") or module.name),
                module=module,
                token=options.text("on_token"),
                key=options.text("key"),
            )
            kept = package_signers.add_token_signer(vault, options.required("name"), pem, token)
    fields = _signer(kept)
    return Answer(fields, facts(list(fields.items())))


def remove_signer(session: Session) -> Answer:
    """`cport signers remove NAME`."""
    name = session.options.required("name")
    with session.vault() as vault:
        package_signers.remove_signer(vault, name)
    return Answer({"removed": name}, facts([("removed", name)]))


def show_recipients(session: Session) -> Answer:
    """`cport recipients list`."""
    with session.vault() as vault:
        found = package_recipients.list_recipients(vault)
    return short_list(session, [_recipient(each) for each in found], _recipients_told)


def add_recipient(session: Session) -> Answer:
    """`cport recipients add NAME KEY`."""
    options = session.options
    key = options.required("key")
    if Path(key).is_file():
        key = read_key_file(Path(key)).decode("utf-8", errors="replace")
    with session.vault() as vault:
        kept = package_recipients.add_recipient(vault, options.required("name"), key)
    fields = _recipient(kept)
    return Answer(fields, facts(list(fields.items())))


def remove_recipient(session: Session) -> Answer:
    """`cport recipients remove NAME`."""
    name = session.options.required("name")
    with session.vault() as vault:
        package_recipients.remove_recipient(vault, name)
    return Answer({"removed": name}, facts([("removed", name)]))


def _signer(kept: SignerShown) -> dict[str, Json]:
    return {
        "id": kept.name,
        "subject": kept.subject,
        "issuer": kept.issuer,
        "valid_from": iso_utc(kept.valid_from),
        "valid_until": iso_utc(kept.valid_until),
        "token": kept.token,
        "added_by": kept.added_by,
        "added_at": iso_utc(kept.added_at),
    }


def _recipient(kept: KeptRecipient) -> dict[str, Json]:
    return {
        "id": kept.name,
        "key": kept.public,
        "added_by": kept.added_by,
        "added_at": iso_utc(kept.added_at),
    }


def _signers_told(rows: Sequence[Record]) -> str:
    keys = ("id", "subject", "valid_until", "token")
    return table(
        ("name", "certificate", "valid until", "token"),
        [[str(row[key] or "–") for key in keys] for row in rows],
    )


def _recipients_told(rows: Sequence[Record]) -> str:
    return table(("name", "key"), [(str(row["id"]), str(row["key"])) for row in rows])
