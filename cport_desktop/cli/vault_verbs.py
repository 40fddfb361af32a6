"""Verbs about the vault itself: create, status, check, digest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from enum import Enum
from pathlib import Path

from cport_desktop.cli.answer import Answer, Json
from cport_desktop.cli.freshness import freshness_record, limits_of, table_line, table_record
from cport_desktop.cli.passphrase import ask_new_passphrase
from cport_desktop.cli.place_warning import warn_of_place
from cport_desktop.cli.printing import facts
from cport_desktop.cli.session import Session
from cport_desktop.cli.slot_delivery import new_recovery_code
from cport_desktop.cli.slot_secrets import has_terminal
from cport_desktop.cli.slot_verbs import sheet_facts
from cport_desktop.clock import iso_utc
from cport_desktop.crypto.passphrase import encode_passphrase
from cport_desktop.domain.ids import Actor
from cport_desktop.domain.nature import Nature
from cport_desktop.usecases import inspect_vault
from cport_desktop.usecases.freshness import survey_freshness
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.slot_passphrase import NewPassphrase
from cport_desktop.vault.vault import create_vault
from cport_desktop.words import slots as words


def create(session: Session) -> Answer:
    """`cport vault create [--demo]`: at a terminal a recovery code is made with it, unless expressly
    not; without one it is made where `--recovery-out` says, and else the answer warns.
    """
    options = session.options
    directory = session.vault_directory()
    nature = Nature.DEMO if options.flag("demo") else Nature.LIVE
    passphrase = encode_passphrase(ask_new_passphrase(options))
    first = NewSlot(
        words.FIRST_SLOT, NewPassphrase(passphrase, session.workstation.key_cost(nature))
    )
    warn_of_place(directory, options)
    with _recovery_slots(session, directory, nature) as recovery:
        identity = create_vault(
            directory,
            nature=nature,
            analyst=Actor(options.required("analyst")),
            slots=[first, *recovery],
            clock=session.workstation.clock,
        )
    fields: dict[str, Json] = {
        "vault": str(directory.absolute()),
        "id": identity,
        "nature": nature.value,
        "analyst": options.required("analyst"),
        "slots": [first.name, *(slot.name for slot in recovery)],
    }
    made = f"Vault made in {directory} ({nature.value})."
    if not recovery and not nature.is_synthetic:
        made = f"{made}\n{words.NO_RECOVERY}"
    return Answer(fields, made)


@contextmanager
def _recovery_slots(
    session: Session, directory: Path, nature: Nature
) -> Iterator[tuple[NewSlot, ...]]:
    """The recovery slot of a vault at birth, where a sheet was asked for or somebody sits at a
    terminal to whom a code can be shown. A demo vault gets one only if it is asked for.
    """
    options = session.options
    can_be_shown = has_terminal() and not nature.is_synthetic
    is_wanted = options.path("recovery_out") is not None or can_be_shown
    if options.flag("no_recovery") or not is_wanted:
        yield ()
        return
    facts = sheet_facts(session, words.RECOVERY_SLOT, options.required("analyst"))
    with new_recovery_code(options, directory, facts) as secret:
        yield (NewSlot(words.RECOVERY_SLOT, secret),)


def status(session: Session) -> Answer:
    """`cport vault status`."""
    with session.vault() as vault:
        found = inspect_vault.status_of(vault)
        survey = survey_freshness(vault, found, limits=limits_of(session))
    fields = {name: _json(value) for name, value in asdict(found).items()}
    lines: list[tuple[str, object]] = [
        (name.replace("_", " "), value) for name, value in fields.items() if name != "slots"
    ]
    lines += [(f"{slot.kind} slot", slot.name) for slot in found.slots]
    fields["freshness"] = freshness_record(survey.whole)
    fields["tables"] = [table_record(one) for one in survey.tables]
    text = "\n".join([facts(lines), "", *(table_line(one) for one in survey.tables)])
    return Answer(fields, text)


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
