"""The header of a vault: who may open it, and what it is.

    passphrase -Argon2id-> key-encryption key -AES-256-GCM-> vault key -HKDF-> all other keys

Each slot wraps the same random vault key; what is authenticated with it is the vault's id
and every parameter of the slot. A MAC under the vault key covers the whole header, nature
and all slots, so that nobody without the key can relabel a demo vault or drop a slot. The
header carries a version and a generation (one more at every change of it).
"""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cport_desktop.crypto import passphrase as passphrases
from cport_desktop.crypto.passphrase import Cost
from cport_desktop.domain.ids import Actor, VaultId
from cport_desktop.domain.nature import Nature
from cport_desktop.errors import VaultDamaged, VaultNewer, WrongPassphrase

HEADER_VERSION = 1
LONGEST_HEADER = 64 * 1024
"""Bytes; 32 slots take less than a quarter of it."""
LONGEST_NAME = 120

_KEY_SIZE = 32
_NONCE_SIZE = 12

_Hex = Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{2}){1,128}$")]
_Identifier = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}$")]
_Count = Annotated[int, msgspec.Meta(ge=1, le=2**32)]


class _Derivation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    algorithm: Literal["argon2id"]
    memory_kib: _Count
    passes: _Count
    lanes: _Count
    salt: _Hex


class _Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    slot: _Identifier
    kind: Literal["passphrase"]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
    derivation: _Derivation
    nonce: _Hex
    wrapped: _Hex


class _Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal["cport-vault"]
    version: int
    generation: _Count
    vault: _Identifier
    nature: Nature
    slots: Annotated[tuple[_Slot, ...], msgspec.Meta(min_length=1, max_length=32)]
    mac: _Hex


class _Version(msgspec.Struct):
    """What every version of the header will have."""

    format: Literal["cport-vault"]
    version: int


@dataclass(frozen=True, slots=True)
class VaultKeys:
    """What the vault key is for. `repr` shows nothing of it."""

    database: bytes
    derivatives: bytes
    header_mac: bytes

    def __repr__(self) -> str:
        return "VaultKeys(…)"


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """A slot as people may see it."""

    name: str
    kind: str
    cost: Cost


@dataclass(frozen=True, slots=True)
class OpenedHeader:
    vault: VaultId
    nature: Nature
    generation: int
    actor: Actor
    keys: VaultKeys
    slots: tuple[SlotFacts, ...]


@dataclass(frozen=True, slots=True)
class NewHeader:
    """A header to be written (`content`), and what it opens."""

    content: bytes
    opened: OpenedHeader


def new_header(*, nature: Nature, analyst: str, passphrase: bytes, cost: Cost) -> NewHeader:
    """The header of a new vault with one slot, named after the analyst.

    Raises:
        ValueError: a cost that no vault accepts, or a name that is empty or too long.
    """
    if not cost.is_acceptable:
        raise ValueError("the cost lies outside what a vault accepts")
    if not 1 <= len(analyst) <= LONGEST_NAME:
        raise ValueError("the analyst's name is empty or too long")
    vault, vault_key = secrets.token_hex(16), secrets.token_bytes(_KEY_SIZE)
    slot = _sealed_slot(vault, vault_key, name=analyst, passphrase=passphrase, cost=cost)
    keys = _derive_keys(vault_key, vault)
    header = _Header("cport-vault", HEADER_VERSION, 1, vault, nature, (slot,), mac="00")
    header = msgspec.structs.replace(header, mac=_mac(header, keys.header_mac).hex())
    content = msgspec.json.format(msgspec.json.encode(header), indent=2) + b"\n"
    return NewHeader(content, _opened(header, slot, keys))


def open_header(untrusted_content: bytes, *, passphrase: bytes) -> OpenedHeader:
    """What the slot that `passphrase` opens gives access to.

    Every slot is tried in full, so that a refusal takes the same time whatever was wrong.

    Raises:
        WrongPassphrase: no slot opens.
        VaultNewer: a header of a later version.
        VaultDamaged: not a header, a slot with a cost out of bounds, or a MAC that fails.
    """
    header = _parse(untrusted_content)
    opened = [(slot, key) for slot in header.slots if (key := _unwrapped(header, slot, passphrase))]
    if not opened:
        raise WrongPassphrase
    slot, vault_key = opened[0]
    keys = _derive_keys(vault_key, header.vault)
    if not hmac.compare_digest(_mac(header, keys.header_mac).hex(), header.mac):
        raise VaultDamaged(where="header")
    return _opened(header, slot, keys)


def _parse(untrusted_content: bytes) -> _Header:
    if len(untrusted_content) > LONGEST_HEADER:
        raise VaultDamaged(where="header")
    try:
        version = msgspec.json.decode(untrusted_content, type=_Version).version
        if version > HEADER_VERSION:
            raise VaultNewer(found=version, known=HEADER_VERSION)
        header = msgspec.json.decode(untrusted_content, type=_Header)
    except (msgspec.DecodeError, RecursionError) as error:
        raise VaultDamaged(where="header") from error
    # Before any key is derived: a header may neither weaken a slot nor exhaust the machine.
    if version != HEADER_VERSION or not all(_cost(slot).is_acceptable for slot in header.slots):
        raise VaultDamaged(where="header")
    return header


def _opened(header: _Header, slot: _Slot, keys: VaultKeys) -> OpenedHeader:
    return OpenedHeader(
        vault=VaultId(header.vault),
        nature=header.nature,
        generation=header.generation,
        actor=Actor(slot.name),
        keys=keys,
        slots=tuple(SlotFacts(each.name, each.kind, _cost(each)) for each in header.slots),
    )


def _cost(slot: _Slot) -> Cost:
    asked = slot.derivation
    return Cost(memory_kib=asked.memory_kib, passes=asked.passes, lanes=asked.lanes)


def _sealed_slot(
    vault: str, vault_key: bytes, *, name: str, passphrase: bytes, cost: Cost
) -> _Slot:
    salt = secrets.token_bytes(passphrases.SALT_SIZE)
    nonce = secrets.token_bytes(_NONCE_SIZE)
    derivation = _Derivation("argon2id", cost.memory_kib, cost.passes, cost.lanes, salt.hex())
    slot = _Slot(secrets.token_hex(16), "passphrase", name, derivation, nonce.hex(), "00")
    key = passphrases.derive(passphrase, salt, cost)
    wrapped = AESGCM(key).encrypt(nonce, vault_key, _slot_bytes(vault, slot))
    return msgspec.structs.replace(slot, wrapped=wrapped.hex())


def _unwrapped(header: _Header, slot: _Slot, passphrase: bytes) -> bytes | None:
    """The vault key, or None if the passphrase is not this slot's (or the slot was changed)."""
    key = passphrases.derive(passphrase, bytes.fromhex(slot.derivation.salt), _cost(slot))
    nonce, wrapped = bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped)
    try:
        return AESGCM(key).decrypt(nonce, wrapped, _slot_bytes(header.vault, slot))
    except (InvalidTag, ValueError):  # ValueError: a nonce of a length that AES-GCM refuses
        return None


def _slot_bytes(vault: str, slot: _Slot) -> bytes:
    """All of a slot but what it wraps, and whose it is."""
    facts = msgspec.to_builtins(slot)
    del facts["wrapped"]
    return b"cport-vault slot\n" + _canonical({"vault": vault, "slot": facts})


def _mac(header: _Header, key: bytes) -> bytes:
    """HMAC-SHA256 over all of the header but the MAC itself."""
    facts = msgspec.to_builtins(header)
    del facts["mac"]
    return hmac.digest(key, b"cport-vault header\n" + _canonical(facts), "sha256")


def _canonical(facts: object) -> bytes:
    return json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()


def _derive_keys(vault_key: bytes, vault: str) -> VaultKeys:
    def labelled(label: str) -> bytes:
        info = f"cport-vault v1 {label}".encode()
        return HKDF(SHA256(), _KEY_SIZE, salt=bytes.fromhex(vault), info=info).derive(vault_key)

    return VaultKeys(
        database=labelled("database"),
        derivatives=labelled("derivatives"),
        header_mac=labelled("header mac"),
    )


@dataclass(frozen=True, slots=True)
class PublicFacts:
    """What a header says to anybody. Nothing vouches for it before a key checked the MAC."""

    vault: VaultId
    nature: Nature
    slots: tuple[SlotFacts, ...]


def public_facts(untrusted_content: bytes) -> PublicFacts:
    """What can be read without a key.

    Raises:
        VaultNewer, VaultDamaged: as `open_header`.
    """
    header = _parse(untrusted_content)
    slots = tuple(SlotFacts(each.name, each.kind, _cost(each)) for each in header.slots)
    return PublicFacts(VaultId(header.vault), header.nature, slots)
