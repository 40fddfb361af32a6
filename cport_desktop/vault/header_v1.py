"""The first form of the header, read so that old vaults open; it is never written again.

    passphrase -Argon2id-> key-encryption key -AES-256-GCM-> master key

One file, slots of one kind, named after their analysts.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import Annotated, Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cport_desktop.crypto import passphrase as passphrases
from cport_desktop.crypto.passphrase import Cost
from cport_desktop.domain.ids import AnalystId, SlotId, VaultId
from cport_desktop.domain.nature import Nature
from cport_desktop.errors import VaultDamaged, WrongPassphrase
from cport_desktop.vault.header import LONGEST_NAME, canonical, derive_keys
from cport_desktop.vault.key_slots import PublicFacts, SlotFacts

VERSION = 1

_Hex = Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{2}){1,128}$")]
_Identifier = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}$")]
_Count = Annotated[int, msgspec.Meta(ge=1, le=2**32)]


class _Derivation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    algorithm: Literal["argon2id"]
    memory_kib: _Count
    passes: _Count
    lanes: _Count
    salt: _Hex

    @property
    def cost(self) -> Cost:
        return Cost(memory_kib=self.memory_kib, passes=self.passes, lanes=self.lanes)


class _Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    slot: _Identifier
    kind: Literal["passphrase"]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
    derivation: _Derivation
    nonce: _Hex
    wrapped: _Hex


class _Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal["cport-vault"]
    version: Literal[1]
    generation: _Count
    vault: _Identifier
    nature: Nature
    slots: Annotated[tuple[_Slot, ...], msgspec.Meta(min_length=1, max_length=32)]
    mac: _Hex


@dataclass(frozen=True, slots=True)
class OpenedV1:
    """What an old header gave: all that a new one is made of."""

    vault: VaultId
    nature: Nature
    generation: int
    analyst: str
    cost: Cost
    master: bytes = field(repr=False)


def open_header_v1(untrusted_content: bytes, passphrase: bytes) -> OpenedV1:
    """What the slot that `passphrase` opens gives access to.

    Raises:
        WrongPassphrase: no slot opens.
        VaultDamaged: not such a header, a cost out of bounds, or a MAC that fails.
    """
    header = _parse(untrusted_content)
    opened = [(slot, key) for slot in header.slots if (key := _unwrapped(header, slot, passphrase))]
    if not opened:
        raise WrongPassphrase
    slot, master = opened[0]
    if not hmac.compare_digest(
        _mac(header, derive_keys(master, header.vault).header_mac), header.mac
    ):
        raise VaultDamaged(where="header")
    return OpenedV1(
        vault=VaultId(header.vault),
        nature=header.nature,
        generation=header.generation,
        analyst=slot.name,
        cost=slot.derivation.cost,
        master=master,
    )


def public_facts_v1(untrusted_content: bytes) -> PublicFacts:
    """What can be read without a key. Raises as `open_header_v1`."""
    header = _parse(untrusted_content)
    slots = tuple(
        SlotFacts(
            slot=SlotId(slot.slot),
            name=slot.name,
            kind=slot.kind,
            analyst=AnalystId(slot.slot),
            made_at="",
            cost=slot.derivation.cost,
            has_personal_key=False,
        )
        for slot in header.slots
    )
    return PublicFacts(VaultId(header.vault), header.nature, slots)


def _parse(untrusted_content: bytes) -> _Header:
    try:
        header = msgspec.json.decode(untrusted_content, type=_Header)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise VaultDamaged(where="header") from error
    if not all(slot.derivation.cost.is_acceptable for slot in header.slots):
        raise VaultDamaged(where="header")
    return header


def _unwrapped(header: _Header, slot: _Slot, passphrase: bytes) -> bytes | None:
    derivation = slot.derivation
    key = passphrases.derive(passphrase, bytes.fromhex(derivation.salt), derivation.cost)
    nonce, wrapped = bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped)
    try:
        return AESGCM(key).decrypt(nonce, wrapped, _slot_bytes(header.vault, slot))
    except (InvalidTag, ValueError):  # ValueError: a nonce of a length that AES-GCM refuses
        return None


def _slot_bytes(vault: str, slot: _Slot) -> bytes:
    """All of a slot but what it wraps, and whose it is."""
    facts = msgspec.to_builtins(slot)
    del facts["wrapped"]
    return b"cport-vault slot\n" + canonical({"vault": vault, "slot": facts})


def _mac(header: _Header, key: bytes) -> str:
    """HMAC-SHA256 over all of the header but the MAC itself, in hex."""
    facts = msgspec.to_builtins(header)
    del facts["mac"]
    return hmac.digest(key, b"cport-vault header\n" + canonical(facts), "sha256").hex()
