"""Verbs about the vault itself: create, status, check, digest."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from enum import Enum

from cport_desktop.cli.answer import CHECK_FAILED, Answer, Json
from cport_desktop.cli.passphrase import ask_new_passphrase
from cport_desktop.cli.printing import facts, table
from cport_desktop.cli.session import Session
from cport_desktop.clock import iso_utc
from cport_desktop.crypto.passphrase import encode_passphrase
from cport_desktop.domain.ids import Actor
from cport_desktop.domain.nature import Nature
from cport_desktop.usecases import inspect_vault
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.slot_passphrase import NewPassphrase
from cport_desktop.vault.vault import create_vault


def create(session: Session) -> Answer:
    """`cport vault create [--demo]`."""
    options = session.options
    directory = session.vault_directory()
    nature = Nature.DEMO if options.flag("demo") else Nature.LIVE
    passphrase = encode_passphrase(ask_new_passphrase(options))
    identity = create_vault(
        directory,
        nature=nature,
        analyst=Actor(options.required("analyst")),
        slots=[
            NewSlot("passphrase", NewPassphrase(passphrase, session.workstation.key_cost(nature)))
        ],
        clock=session.workstation.clock,
    )
    fields: dict[str, Json] = {
        "vault": str(directory.absolute()),
        "id": identity,
        "nature": nature.value,
        "analyst": options.required("analyst"),
    }
    return Answer(fields, f"Vault made in {directory} ({nature.value}).")


def status(session: Session) -> Answer:
    """`cport vault status`."""
    with session.vault() as vault:
        found = inspect_vault.status_of(vault)
    fields = {name: _json(value) for name, value in asdict(found).items()}
    lines: list[tuple[str, object]] = [
        (name.replace("_", " "), value) for name, value in fields.items() if name != "slots"
    ]
    lines += [(f"{slot.kind} slot", slot.name) for slot in found.slots]
    return Answer(fields, facts(lines))


def check(session: Session) -> Answer:
    """`cport vault check [--deep]`: exit 7 if anything is wrong."""
    with session.vault() as vault, session.progress() as announce:
        findings = inspect_vault.check_vault(
            vault,
            deep=session.options.flag("deep"),
            announce=announce,
            is_cancelled=session.is_cancelled,
        )
    fields: dict[str, Json] = {
        "ok": not findings,
        "findings": [{"where": found.where, "what": found.what} for found in findings],
    }
    if not findings:
        return Answer(fields, "No fault found.")
    text = table(("Where", "What"), [(found.where, found.what) for found in findings])
    return Answer(fields, text, CHECK_FAILED)


def digest(session: Session) -> Answer:
    """`cport vault digest`: two vaults in the same state print the same."""
    with session.vault() as vault:
        value = inspect_vault.digest_of(vault)
    return Answer({"digest": value}, value)


def _json(value: object) -> Json:
    if isinstance(value, datetime):
        return iso_utc(value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, list | tuple):
        return [_json(part) for part in value]
    if isinstance(value, dict):
        return {str(name): _json(part) for name, part in value.items()}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)
