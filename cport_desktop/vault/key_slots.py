"""Key slots: made, opened, sealed anew. Pure: bytes in, bytes out; no file is touched.

What seals a slot's private half is bound to the vault and to all of the slot that its owner
relies on (kind and parameters, analyst, public half). Its name is not: it can be renamed
without its secret, and the header's MAC vouches for it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cport_desktop.clock import iso_utc
from cport_desktop.crypto.key_wrapping import PRIVATE_SIZE, generate_pair, unwrap, wrap
from cport_desktop.crypto.passphrase import Cost
from cport_desktop.domain.ids import AnalystId, SlotId, VaultId
from cport_desktop.domain.nature import Nature
from cport_desktop.errors import (
    KeyringMissing,
    TokenAbsent,
    TokenKeyMissing,
    TokenModuleMissing,
    VaultDamaged,
    VaultError,
    WrongPassphrase,
)
from cport_desktop.vault.header import (
    HEADER_VERSION,
    LONGEST_NAME,
    Header,
    Slot,
    VaultKeys,
    canonical,
    derive_keys,
    is_sealed_with,
    parse_header,
    sealed,
)
from cport_desktop.vault.slot_kinds import NewSecret, Secret, cost_of, derive, enrol, kind_of

KEY_SIZE = 32
_NONCE_SIZE = 12
_MASTER, _MASTER_BEFORE, _PERSONAL = "master", "master before", "personal"


@dataclass(frozen=True, slots=True)
class NewSlot:
    """A slot to be made: what people call it, and what is to open it."""

    name: str
    secret: NewSecret


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """A slot as people may see it. `cost` is that of a passphrase or PIN."""

    slot: SlotId
    name: str
    kind: str
    analyst: AnalystId
    made_at: str
    cost: Cost | None
    has_personal_key: bool


@dataclass(frozen=True, slots=True)
class OpenedHeader:
    """What one slot gave access to. `before` is there in the middle of a rekey alone."""

    header: Header
    slot: SlotFacts
    keys: VaultKeys
    before: VaultKeys | None
    personal: bytes | None = field(repr=False)

    @property
    def vault(self) -> VaultId:
        return VaultId(self.header.vault)

    @property
    def nature(self) -> Nature:
        return self.header.nature

    @property
    def generation(self) -> int:
        return self.header.generation

    @property
    def slots(self) -> tuple[SlotFacts, ...]:
        return facts_of(self.header)


@dataclass(frozen=True, slots=True)
class PublicFacts:
    """What a header says to anybody. Nothing vouches for it before a key checked the MAC."""

    vault: VaultId
    nature: Nature
    slots: tuple[SlotFacts, ...]


def public_facts(untrusted_content: bytes) -> PublicFacts:
    """What can be read without a key.

    Raises:
        VaultNewer, VaultDamaged: as `parse_header`.
    """
    header = parse_header(untrusted_content)
    return PublicFacts(VaultId(header.vault), header.nature, facts_of(header))


def facts_of(header: Header) -> tuple[SlotFacts, ...]:
    """Every slot as people may see it, in the order of the header."""
    return tuple(_facts(slot) for slot in header.slots)


def new_header(
    *,
    nature: Nature,
    analyst: AnalystId,
    slots: tuple[NewSlot, ...],
    at: datetime,
    vault: VaultId | None = None,
    master: bytes | None = None,
) -> OpenedHeader:
    """The header of a new vault, as its first analyst opens it. `slots` are all that analyst's.

    `vault` and `master` are those of a vault whose header is made anew, and random otherwise.

    Raises:
        ValueError: no slot at all, a name or a secret that no vault accepts.
    """
    identity = vault or VaultId(secrets.token_hex(16))
    keys = derive_keys(master or secrets.token_bytes(KEY_SIZE), identity)
    personal = secrets.token_bytes(KEY_SIZE)
    made = tuple(
        make_slot(identity, new, analyst=analyst, at=at, master=keys.master, personal=personal)
        for new in slots
    )
    if not made:
        raise ValueError("a vault needs a key slot")
    header = Header("cport-vault", HEADER_VERSION, 1, identity, nature, iso_utc(at), made)
    return OpenedHeader(sealed(header, keys), _facts(made[0]), keys, None, personal)


def make_slot(
    vault: VaultId,
    new: NewSlot,
    *,
    analyst: AnalystId,
    at: datetime,
    master: bytes,
    personal: bytes | None,
) -> Slot:
    """A slot that opens with `new.secret` and gives `master`, and `personal` if it is known.

    Raises:
        ValueError: a name that is empty or too long, a secret that the kind does not accept.
        VaultError: what the kind depends on is not there.
    """
    if not 1 <= len(new.name) <= LONGEST_NAME or not new.name.isprintable():
        raise ValueError("the slot's name is empty, too long or not printable")
    identity, made_at = SlotId(secrets.token_hex(16)), iso_utc(at)
    return _made(vault, identity, new, analyst, made_at, master=master, personal=personal)


def resealed(header: Header, slot: Slot, secret: NewSecret, *, half: bytes, master: bytes) -> Slot:
    """The same slot, opened by another secret from now on. `half` is its private half until now.

    It gets another key pair as well: an old copy of the header gives the old private half to
    whoever knows the old secret, and a new master key would be wrapped to it too.

    Raises: as `make_slot`.
    """
    personal = _opened_with(half, header.vault, slot.slot, slot.personal, _PERSONAL)
    new, analyst = NewSlot(slot.name, secret), AnalystId(slot.analyst)
    vault, identity = VaultId(header.vault), SlotId(slot.slot)
    return _made(vault, identity, new, analyst, slot.made_at, master=master, personal=personal)


def _made(
    vault: VaultId,
    identity: SlotId,
    new: NewSlot,
    analyst: AnalystId,
    made_at: str,
    *,
    master: bytes,
    personal: bytes | None,
) -> Slot:
    parameters, key = enrol(new.secret)
    pair = generate_pair()
    slot = Slot(
        slot=identity,
        name=new.name,
        analyst=analyst,
        made_at=made_at,
        parameters=parameters,
        public=pair.public,
        private=b"-",
        master=wrap(pair.public, master, purpose=_purpose(vault, identity, _MASTER)),
        personal=None
        if personal is None
        else wrap(pair.public, personal, purpose=_purpose(vault, identity, _PERSONAL)),
    )
    return msgspec.structs.replace(slot, private=_seal_private(vault, slot, key, pair.private))


def private_half(header: Header, slot: Slot, secret: Secret) -> bytes | None:
    """The private half of the slot's key pair, or None if `secret` does not open it.

    Raises:
        VaultError: what the slot's kind depends on is not there.
    """
    key = derive(slot.parameters, secret)
    if key is None:
        return None
    nonce, sealed_half = slot.private[:_NONCE_SIZE], slot.private[_NONCE_SIZE:]
    try:
        half = AESGCM(key).decrypt(nonce, sealed_half, _slot_bytes(header.vault, slot))
    except (InvalidTag, ValueError):  # ValueError: a nonce of a length that AES-GCM refuses
        return None
    return half if len(half) == PRIVATE_SIZE else None


def open_header(header: Header, secret: Secret, *, slot_name: str | None = None) -> OpenedHeader:
    """What the slot that `secret` opens gives access to.

    Every slot of the secret's kind is tried in full (or the one that is named), so that a
    refusal takes the same time whatever was wrong.

    Raises:
        WrongPassphrase: no slot opens.
        VaultDamaged: a slot opens and the header's MAC fails.
        VaultError: what the kind depends on is not there, and no other slot opens.
    """
    opened = list(_opening(header, secret, slot_name))
    if not opened:
        raise WrongPassphrase
    slot, half = opened[0]
    found = _unwrapped(header, slot, half)
    if found is None or not is_sealed_with(header, found.keys, found.before):
        raise VaultDamaged(where="header")
    return found


def rewrapped(opened: OpenedHeader, master: bytes, *, at: datetime) -> tuple[Header, Header]:
    """The header between the two keys, and the one of the new `master` key alone.

    Every slot gets the new key by its public half: nobody's secret is needed.
    """
    old, keys = opened.header, derive_keys(master, opened.vault)
    both = tuple(_with_master(old.vault, slot, master, opened.keys.master) for slot in old.slots)
    alone = tuple(msgspec.structs.replace(slot, master_before=None) for slot in both)
    between = msgspec.structs.replace(old, generation=old.generation + 1, slots=both)
    final = msgspec.structs.replace(
        old, generation=old.generation + 2, slots=alone, rekeyed_at=iso_utc(at)
    )
    return sealed(between, keys, opened.keys), sealed(final, keys)


def _with_master(vault: str, slot: Slot, master: bytes, before: bytes) -> Slot:
    purpose, purpose_before = (
        _purpose(vault, slot.slot, _MASTER),
        _purpose(vault, slot.slot, _MASTER_BEFORE),
    )
    return msgspec.structs.replace(
        slot,
        master=wrap(slot.public, master, purpose=purpose),
        master_before=wrap(slot.public, before, purpose=purpose_before),
    )


def _opening(header: Header, secret: Secret, slot_name: str | None) -> Iterator[tuple[Slot, bytes]]:
    missing: VaultError | None = None
    is_open = False
    for slot in header.slots:
        if slot_name is None or slot.name == slot_name:
            try:
                half = private_half(header, slot, secret)
            except (KeyringMissing, TokenAbsent, TokenKeyMissing, TokenModuleMissing) as error:
                missing = missing or error  # another slot of the kind may be the one that is meant
                continue
            if half is not None:
                is_open = True
                yield slot, half
    if missing is not None and not is_open:
        raise missing


def _unwrapped(header: Header, slot: Slot, half: bytes) -> OpenedHeader | None:
    def opened(wrapped: bytes | None, what: str) -> bytes | None:
        return _opened_with(half, header.vault, slot.slot, wrapped, what)

    master = opened(slot.master, _MASTER)
    if master is None:
        return None
    before = opened(slot.master_before, _MASTER_BEFORE)
    return OpenedHeader(
        header=header,
        slot=_facts(slot),
        keys=derive_keys(master, header.vault),
        before=None if before is None else derive_keys(before, header.vault),
        personal=opened(slot.personal, _PERSONAL),
    )


def _opened_with(
    half: bytes, vault: str, slot: str, wrapped: bytes | None, what: str
) -> bytes | None:
    if wrapped is None:
        return None
    return unwrap(half, wrapped, purpose=_purpose(vault, slot, what))


def _seal_private(vault: str, slot: Slot, key: bytes, private: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE_SIZE)
    return nonce + AESGCM(key).encrypt(nonce, private, _slot_bytes(vault, slot))


def _slot_bytes(vault: str, slot: Slot) -> bytes:
    """All of a slot that its owner relies on, and whose it is."""
    facts = {
        "vault": vault,
        "slot": slot.slot,
        "analyst": slot.analyst,
        "parameters": msgspec.to_builtins(slot.parameters),
        "public": msgspec.to_builtins(slot.public),
    }
    return b"cport-vault slot\n" + canonical(facts)


def _purpose(vault: str, slot: str, what: str) -> bytes:
    return f"cport-vault wrap\n{vault}\n{slot}\n{what}".encode()


def _facts(slot: Slot) -> SlotFacts:
    parameters = slot.parameters
    return SlotFacts(
        slot=SlotId(slot.slot),
        name=slot.name,
        kind=kind_of(parameters),
        analyst=AnalystId(slot.analyst),
        made_at=slot.made_at,
        cost=cost_of(parameters),
        has_personal_key=slot.personal is not None,
    )
