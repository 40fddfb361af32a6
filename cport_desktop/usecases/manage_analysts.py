"""Who works on this workstation: add an analyst, give and take roles, retire one.

Rules:
1. At least one administrator always remains who can get in with a passphrase or a recovery code.
2. Every change is on record, in one transaction with what it changes.
3. Who is retired has no slot any more, and their name is never given to anybody else.
4. A role that is given or taken counts from the next opening on: an open vault keeps the roles
   that it was opened with.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import Actor, AnalystId
from cport_desktop.domain.roles import Analyst, Role, print_roles
from cport_desktop.errors import AnalystExists, LastAdministrator, SlotsFull, TextUnfit
from cport_desktop.usecases.permission import require
from cport_desktop.vault import analysts, exposure_book
from cport_desktop.vault.header import LONGEST_NAME, MOST_SLOTS, Header
from cport_desktop.vault.key_slots import KEY_SIZE, NewSlot, SlotFacts, make_slot
from cport_desktop.vault.slot_changes import require_own_secret, with_slot
from cport_desktop.vault.slot_kinds import KEEPS_THE_DOOR
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class AnalystRow:
    """One analyst with the slots that are theirs. `is_present`: opened the vault just now."""

    analyst: Analyst
    created_at: datetime
    retired_at: datetime | None
    slots: tuple[SlotFacts, ...]
    is_present: bool


def list_analysts(vault: Vault) -> tuple[AnalystRow, ...]:
    """Everybody who works or worked here: whoever is refused something can see whom to ask."""
    with vault.reader() as reader:
        records = analysts.listing(reader)
    return tuple(
        AnalystRow(
            record.analyst,
            record.created_at,
            record.retired_at,
            _slots_of(vault, record.analyst),
            record.analyst.analyst_id == vault.analyst.analyst_id,
        )
        for record in records
    )


def add_analyst(
    vault: Vault, name: str, roles: Iterable[Role], slot: NewSlot, *, now: datetime
) -> Analyst:
    """A new analyst is known and can open the vault with `slot`, which carries a personal key
    that nothing else opens.

    Raises:
        RoleMissing: only an administrator adds analysts.
        TextUnfit: no name that fits.
        AnalystExists: somebody of that name is or was here.
        SlotsFull: a vault holds no more slots.
        SlotExists: a slot is called so already.
        SecretInUse: the passphrase opens somebody else's slot already.
        ValueError, VaultError: as the slot's kind gives reason.
    """
    require(vault, Role.ADMINISTRATOR)
    with vault.reader() as reader:
        known = analysts.listing(reader)
    new = Analyst(AnalystId(secrets.token_hex(16)), _fitting(name), frozenset(roles))
    if any(_alike(record.analyst.name) == _alike(new.name) for record in known):
        raise AnalystExists(name=new.name)
    if len(vault.header.slots) >= MOST_SLOTS:
        raise SlotsFull(limit=MOST_SLOTS)
    require_own_secret(vault.header.header, slot.secret)

    def with_theirs(header: Header) -> Header:
        made = make_slot(
            vault.identity,
            slot,
            analyst=new.analyst_id,
            at=now,
            master=vault.header.keys.master,
            personal=secrets.token_bytes(KEY_SIZE),
        )
        return with_slot(header, made)

    draft = _entry("add_analyst", new, ("roles", print_roles(new.roles)), ("slot", slot.name))
    vault.change_header(with_theirs, draft, alongside=lambda tx: analysts.insert(tx, new))
    return new


def change_roles(
    vault: Vault, name: str, *, add: Iterable[Role] = (), remove: Iterable[Role] = ()
) -> Analyst:
    """The analyst has the roles in `add` and none of those in `remove`, from their next opening.

    Raises:
        RoleMissing: only an administrator gives and takes roles.
        UnknownReference: nobody of that name works here.
        LastAdministrator: nobody would be left who can.
    """
    require(vault, Role.ADMINISTRATOR)
    with vault.transaction() as tx:
        before = analysts.named(tx, name)
        after = replace(before, roles=(before.roles | frozenset(add)) - frozenset(remove))
        if Role.ADMINISTRATOR in before.roles - after.roles:
            _require_another_administrator(vault, tx, before)
        analysts.give_roles(tx, after)
        tx.record(
            _entry(
                "change_roles",
                after,
                ("before", print_roles(before.roles)),
                ("after", print_roles(after.roles)),
            )
        )
    return after


def retire_analyst(vault: Vault, name: str) -> Analyst:
    """The analyst has no slot and no role here any more; what they did stays on record, and what they
    kept of their own looking goes with them.

    Backups made earlier still open with the slots they had then.

    Raises:
        RoleMissing: only an administrator retires analysts.
        UnknownReference: nobody of that name works here.
        LastAdministrator: nobody would be left who can.
    """
    require(vault, Role.ADMINISTRATOR)
    with vault.reader() as reader:
        leaving = analysts.named(reader, name)
    slots = ", ".join(slot.name for slot in _slots_of(vault, leaving))

    def leave(tx: Transaction) -> None:
        _require_another_administrator(vault, tx, leaving)
        analysts.retire(tx, leaving.analyst_id)
        exposure_book.forget_analyst(tx.connection, leaving.analyst_id)

    def without_slots(header: Header) -> Header:
        kept = tuple(slot for slot in header.slots if slot.analyst != leaving.analyst_id)
        return msgspec.structs.replace(header, slots=kept)

    draft = _entry("retire_analyst", leaving, ("slots_removed", slots))
    vault.change_header(without_slots, draft, alongside=leave)
    return leaving


def _require_another_administrator(vault: Vault, tx: Transaction, leaving: Analyst) -> None:
    """Somebody else is an administrator and needs no device to get in."""
    for other in analysts.with_role(tx, Role.ADMINISTRATOR):
        kinds = {slot.kind for slot in _slots_of(vault, other)}
        if other.analyst_id != leaving.analyst_id and kinds & set(KEEPS_THE_DOOR):
            return
    raise LastAdministrator(name=leaving.name)


def _slots_of(vault: Vault, analyst: Analyst) -> tuple[SlotFacts, ...]:
    return tuple(slot for slot in vault.header.slots if slot.analyst == analyst.analyst_id)


def _fitting(name: str) -> Actor:
    fitting = " ".join(unicodedata.normalize("NFC", name).split())
    if not 1 <= len(fitting) <= LONGEST_NAME or not fitting.isprintable():
        raise TextUnfit(length=len(fitting), limit=LONGEST_NAME)
    return Actor(fitting)


def _alike(name: str) -> str:
    """Two names that people would take for one are one."""
    return unicodedata.normalize("NFKC", name).casefold()


def _entry(verb: str, analyst: Analyst, *payload: tuple[str, str]) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.ALTERATION,
        verb=verb,
        object_kind=ObjectKind.ANALYST,
        object_reference=analyst.name,
        payload=payload,
    )
