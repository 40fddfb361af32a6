"""Changes of a header's slots: pure edits, and when one may be taken away.

Rules:
1. Names of slots are unique in a vault, whatever their letters' case.
2. One passphrase or recovery slot always remains: no device and no program can lock people out.
3. Without force no analyst loses their last slot.
"""

from __future__ import annotations

import unicodedata

import msgspec

from cport_desktop.domain.ids import AnalystId, SlotId
from cport_desktop.errors import (
    LastSlot,
    SecretInUse,
    SlotExists,
    SlotsFull,
    TextUnfit,
    UnknownReference,
    ValueUnknown,
)
from cport_desktop.vault.header import LONGEST_NAME, MOST_SLOTS, Header, Slot
from cport_desktop.vault.key_slots import private_half
from cport_desktop.vault.slot_kinds import KEEPS_THE_DOOR, NewSecret, kind_of
from cport_desktop.vault.slot_passphrase import NewPassphrase, Passphrase
from cport_desktop.words import slots as words


def slot_named(header: Header, name: str) -> Slot:
    """The slot that people call `name`, or whose id it is.

    Raises:
        UnknownReference: there is none.
        ValueUnknown: several are called so (only an earlier version could do that).
    """
    found = [
        slot for slot in header.slots if slot.slot == name or _alike(slot.name) == _alike(name)
    ]
    if len(found) > 1:
        accepted = ", ".join(slot.slot for slot in found)
        raise ValueUnknown(what="name of one slot", value=name, accepted=accepted)
    if not found:
        raise UnknownReference(kind="key slot", reference=name)
    return found[0]


def fitting_name(name: str) -> str:
    """`name` as a header keeps it: composed letters, single spaces, nothing that does not print.

    Raises:
        TextUnfit: it is empty, too long, or holds what cannot be printed.
    """
    fitting = " ".join(unicodedata.normalize("NFC", name).split())
    if not 1 <= len(fitting) <= LONGEST_NAME or not fitting.isprintable():
        raise TextUnfit(length=len(fitting), limit=LONGEST_NAME)
    return fitting


def with_slot(header: Header, slot: Slot) -> Header:
    """`header` with one slot more.

    Raises:
        SlotsFull: it has as many as a header may have.
        SlotExists: there is one of this name.
    """
    if len(header.slots) >= MOST_SLOTS:
        raise SlotsFull(limit=MOST_SLOTS)
    _require_free(header, slot.name)
    return msgspec.structs.replace(header, slots=(*header.slots, slot))


def with_name(header: Header, slot: SlotId, name: str) -> Header:
    """`header` with the slot called `name` from now on.

    Raises:
        SlotExists: another one is called so.
        UnknownReference: the slot is gone.
    """
    renamed = msgspec.structs.replace(slot_named(header, slot), name=name)
    _require_free(header, name, but=slot)
    return with_replaced(header, renamed)


def with_replaced(header: Header, slot: Slot) -> Header:
    """`header` with `slot` in the place of the one with its id.

    Raises:
        UnknownReference: there is none any more.
    """
    slot_named(header, slot.slot)
    slots = tuple(slot if each.slot == slot.slot else each for each in header.slots)
    return msgspec.structs.replace(header, slots=slots)


def without_slot(header: Header, slot: SlotId, *, force: bool) -> Header:
    """`header` without the slot.

    Raises:
        UnknownReference: it is gone already.
        LastSlot: a rule of this room says no.
    """
    leaving = slot_named(header, slot)
    left = tuple(each for each in header.slots if each.slot != slot)
    if not any(kind_of(each.parameters) in KEEPS_THE_DOOR for each in left):
        raise LastSlot(rule=words.LAST_DOOR)
    if not force and not any(each.analyst == leaving.analyst for each in left):
        raise LastSlot(rule=words.LAST_OF_ANALYST)
    return msgspec.structs.replace(header, slots=left)


def require_own_secret(header: Header, new: NewSecret) -> None:
    """No slot opens with it yet: else nobody could tell which of the two has opened the vault.

    Raises:
        SecretInUse: one does. (Only a passphrase can: the other kinds make theirs at random.)
    """
    if not isinstance(new, NewPassphrase):
        return
    tried = Passphrase(new.passphrase)
    if any(private_half(header, slot, tried) for slot in header.slots):
        raise SecretInUse


def opens_without_device(header: Header, analyst: AnalystId) -> bool:
    """The analyst has a passphrase or recovery slot."""
    return any(
        slot.analyst == analyst and kind_of(slot.parameters) in KEEPS_THE_DOOR
        for slot in header.slots
    )


def _require_free(header: Header, name: str, but: SlotId | None = None) -> None:
    for slot in header.slots:
        if slot.slot != but and _alike(slot.name) == _alike(name):
            raise SlotExists(name=slot.name)


def _alike(name: str) -> str:
    """Two names that people would take for one are one."""
    return unicodedata.normalize("NFKC", name).casefold()
