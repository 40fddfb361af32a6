"""Who can open the vault with what: list, add, try, rename, change and remove key slots.

Analysts keep their own slots; those of others are an administrator's. Every change is one entry
in the log, in one transaction with the header that it makes. No data is sealed anew by any of
it. What only a rekey achieves is said by whoever asks for a removal (`words.slots`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cport_desktop.crypto.passphrase import Cost
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import Actor, AnalystId, SlotId
from cport_desktop.domain.roles import Role
from cport_desktop.errors import LastAdministrator, WrongPassphrase
from cport_desktop.usecases.permission import require
from cport_desktop.vault import analysts, slot_book, slot_keyring
from cport_desktop.vault.header import Header, Slot
from cport_desktop.vault.key_slots import (
    NewSlot,
    SlotFacts,
    facts_of,
    make_slot,
    private_half,
    resealed,
)
from cport_desktop.vault.slot_changes import (
    fitting_name,
    opens_without_device,
    require_own_secret,
    slot_named,
    with_name,
    with_replaced,
    with_slot,
    without_slot,
)
from cport_desktop.vault.slot_keyring import KeyringParameters
from cport_desktop.vault.slot_kinds import NewSecret, Secret, kind_of
from cport_desktop.vault.slot_token import TokenParameters
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One slot as people see it. `place` names the keyring or the token it depends on.

    `is_open_with`: the vault was opened with it just now.
    """

    slot: SlotId
    name: str
    kind: str
    analyst: Actor
    made_at: str
    opened_at: datetime | None
    tested_at: datetime | None
    cost: Cost | None
    place: str | None
    has_personal_key: bool
    is_open_with: bool


@dataclass(frozen=True, slots=True)
class Removed:
    """A slot that is gone. `keyring_kept`: its entry could not be taken out of the keyring."""

    facts: SlotFacts
    keyring_kept: bool


def list_slots(vault: Vault) -> tuple[SlotRow, ...]:
    """Every slot of the vault, in the order in which they were made."""
    header = vault.header.header
    with vault.reader() as reader:
        names = {each.analyst.analyst_id: each.analyst.name for each in analysts.listing(reader)}
        uses = slot_book.uses(reader)
    return tuple(
        SlotRow(
            slot=facts.slot,
            name=facts.name,
            kind=facts.kind,
            analyst=names.get(facts.analyst, Actor("–")),
            made_at=facts.made_at,
            opened_at=uses.get(facts.slot, slot_book.UNUSED).opened_at,
            tested_at=uses.get(facts.slot, slot_book.UNUSED).tested_at,
            cost=facts.cost,
            place=_place_of(slot),
            has_personal_key=facts.has_personal_key,
            is_open_with=facts.slot == vault.header.slot.slot,
        )
        for facts, slot in zip(facts_of(header), header.slots, strict=True)
    )


def add_slot(vault: Vault, new: NewSlot, *, now: datetime, analyst: str | None = None) -> SlotFacts:
    """One slot more, for the analyst of that name (None: for oneself).

    A slot for oneself carries the personal key; one that an administrator makes for somebody
    else cannot, since only its owner has it.

    Raises:
        RoleMissing: for somebody else, without being an administrator.
        UnknownReference: nobody of that name works here.
        SlotsFull, SlotExists, TextUnfit: the header takes no such slot.
        SecretInUse: the passphrase opens a slot already.
        SecretUnfit, Refused, VaultError: as the slot's kind gives reason.
    """
    owner = _owner(vault, analyst)
    fitting = NewSlot(fitting_name(new.name), new.secret)
    require_own_secret(vault.header.header, fitting.secret)
    made = make_slot(
        vault.identity,
        fitting,
        analyst=owner,
        at=now,
        master=vault.header.keys.master,
        personal=vault.personal_key if owner == vault.analyst.analyst_id else None,
    )
    try:
        _change(vault, lambda header: with_slot(header, made), "add_slot", made)
    except BaseException:
        _take_out_of_keyring(made)
        raise
    return _facts(vault, made)


def opens(vault: Vault, name: str, secret: Secret) -> bool:
    """Whether `secret` opens the slot; that it was tried is on record and remembered.

    Raises:
        UnknownReference: there is no such slot.
        RoleMissing: it is somebody else's.
        VaultError: what the slot's kind depends on is not there, or the token refuses the PIN.
    """
    slot = _slot_within_reach(vault, name)
    is_opened = private_half(vault.header.header, slot, secret) is not None
    draft = _entry(vault, "test_slot", slot, ("opened", str(is_opened)))
    with vault.transaction() as tx:
        if is_opened:
            slot_book.note_test(tx, SlotId(slot.slot))
        tx.record(draft)
    return is_opened


def rename_slot(vault: Vault, name: str, new_name: str) -> SlotFacts:
    """The slot is called `new_name`.

    Raises:
        UnknownReference, RoleMissing: as `opens`.
        SlotExists, TextUnfit: it cannot be called so.
    """
    slot = _slot_within_reach(vault, name)
    fitting = fitting_name(new_name)
    identity = SlotId(slot.slot)
    edit: Callable[[Header], Header] = lambda header: with_name(header, identity, fitting)  # noqa: E731
    _change(vault, edit, "rename_slot", slot, ("name", fitting))
    return _facts(vault, slot)


def change_secret(vault: Vault, name: str, secret: Secret, new: NewSecret) -> SlotFacts:
    """The slot opens with `new` from now on and with `secret`, which it took until now, no more.

    Raises:
        UnknownReference, RoleMissing: as `opens`.
        WrongPassphrase: `secret` does not open it.
        SecretInUse, SecretUnfit, Refused, VaultError: as the slot's kind gives reason.
    """
    slot = _slot_within_reach(vault, name)
    header = vault.header.header
    half = private_half(header, slot, secret)
    if half is None:
        raise WrongPassphrase
    require_own_secret(header, new)
    changed = resealed(header, slot, new, half=half, master=vault.header.keys.master)
    try:
        _change(vault, lambda header: with_replaced(header, changed), "change_slot", changed)
    except BaseException:
        _take_out_of_keyring(changed)
        raise
    _take_out_of_keyring(slot)
    return _facts(vault, changed)


def remove_slot(vault: Vault, name: str, *, force: bool = False) -> Removed:
    """The slot opens this vault no more. Copies made before still open with it (`vault rekey`).

    Raises:
        UnknownReference, RoleMissing: as `opens`; `force` is an administrator's.
        LastSlot: a passphrase or recovery slot always remains, and without `force` one for its
            analyst.
        LastAdministrator: no administrator would be left with such a slot.
    """
    if force:
        require(vault, Role.ADMINISTRATOR)
    slot = _slot_within_reach(vault, name)
    facts = _facts(vault, slot)
    identity = SlotId(slot.slot)
    remaining: list[Header] = []

    def edit(header: Header) -> Header:
        remaining.append(without_slot(header, identity, force=force))
        return remaining[-1]

    def settle(tx: Transaction) -> None:
        _require_administrator(tx, remaining[-1], slot)
        slot_book.forget(tx, identity)

    forced = (("force", "True"),) if force else ()
    _change(vault, edit, "remove_slot", slot, *forced, alongside=settle)
    is_keyring = isinstance(slot.parameters, KeyringParameters)
    return Removed(facts, keyring_kept=is_keyring and not _take_out_of_keyring(slot))


def _change(
    vault: Vault,
    edit: Callable[[Header], Header],
    verb: str,
    slot: Slot,
    *payload: tuple[str, str],
    alongside: Callable[[Transaction], None] | None = None,
) -> None:
    vault.change_header(edit, _entry(vault, verb, slot, *payload), alongside=alongside)


def _owner(vault: Vault, analyst: str | None) -> AnalystId:
    if analyst is None or analyst == vault.analyst.name:
        return vault.analyst.analyst_id
    require(vault, Role.ADMINISTRATOR)
    with vault.reader() as reader:
        return analysts.named(reader, analyst).analyst_id


def _slot_within_reach(vault: Vault, name: str) -> Slot:
    """The slot, if it is one's own or one is an administrator."""
    slot = slot_named(vault.header.header, name)
    if slot.analyst != vault.analyst.analyst_id:
        require(vault, Role.ADMINISTRATOR)
    return slot


def _require_administrator(tx: Transaction, remaining: Header, leaving: Slot) -> None:
    """An administrator can still get in without any device."""
    administrators = analysts.with_role(tx, Role.ADMINISTRATOR)
    if not any(opens_without_device(remaining, each.analyst_id) for each in administrators):
        raise LastAdministrator(name=analysts.find(tx.connection, AnalystId(leaving.analyst)).name)


def _take_out_of_keyring(slot: Slot) -> bool:
    """Whether the keyring had the slot's secret and has it no more."""
    if not isinstance(slot.parameters, KeyringParameters):
        return False
    return slot_keyring.forget(slot.parameters)


def _place_of(slot: Slot) -> str | None:
    match slot.parameters:
        case KeyringParameters(backend=backend):
            return backend
        case TokenParameters(label=label, serial=serial):
            return f"{label} ({serial})"
        case _:
            return None


def _facts(vault: Vault, slot: Slot) -> SlotFacts:
    """The slot as it is now."""
    return next(facts for facts in vault.header.slots if facts.slot == slot.slot)


def _entry(vault: Vault, verb: str, slot: Slot, *payload: tuple[str, str]) -> AuditDraft:
    with vault.reader() as reader:
        owner = analysts.find(reader.connection, AnalystId(slot.analyst)).name
    facts = (("slot", slot.name), ("kind", kind_of(slot.parameters)), ("analyst", owner))
    return AuditDraft(
        action=AuditAction.ALTERATION,
        verb=verb,
        object_kind=ObjectKind.KEY_SLOT,
        object_reference=slot.slot,
        payload=(*facts, *payload),
    )
