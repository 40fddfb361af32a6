"""The header of a vault: what it is and who may open it, as it lies on disk.

    secret of a slot -> 32 bytes -AES-256-GCM-> private half of the slot's key pair
    private half -HPKE-> master key -HKDF-> all other keys
                 -HPKE-> personal key of the slot's analyst

The master key is wrapped to the public half of every slot, so that it can be renewed while
their owners are away. A MAC under the master key covers the whole header: nobody without the
key can relabel a demo vault, add, drop or swap a slot. `generation` is one more at every
change. While the master key is being renewed a header carries both wraps and both MACs.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass, field
from typing import Annotated, Final, Literal

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cport_desktop.domain.nature import Nature
from cport_desktop.errors import VaultDamaged, VaultNewer
from cport_desktop.vault.slot_kinds import Parameters, are_acceptable

HEADER_VERSION: Final = 2
MOST_SLOTS = 32
LONGEST_HEADER = 512 * 1024
"""Bytes; 32 slots of the longest kind take half of it."""
LONGEST_NAME = 120

_NOT_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_KEY_SIZE = 32

_Identifier = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}$")]
_Count = Annotated[int, msgspec.Meta(ge=1, le=2**32)]
_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
_Moment = Annotated[str, msgspec.Meta(max_length=40)]
_Sealed = Annotated[bytes, msgspec.Meta(min_length=1, max_length=2048)]
_Mac = Annotated[bytes, msgspec.Meta(max_length=64)]


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way in. Bytes are base64.

    `private` is nonce | sealed private half; `master`, `master_before` and `personal` are
    wraps to `public`. `personal` is missing where nobody who held it made the slot.
    """

    slot: _Identifier
    name: _Name
    analyst: _Identifier
    made_at: _Moment
    parameters: Parameters
    public: _Sealed
    private: _Sealed
    master: _Sealed
    master_before: _Sealed | None = None
    personal: _Sealed | None = None


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`mac_before` and the slots' `master_before` are there in the middle of a rekey alone."""

    format: Literal["cport-vault"]
    version: Literal[2]
    generation: _Count
    vault: _Identifier
    nature: Nature
    rekeyed_at: _Moment
    slots: Annotated[tuple[Slot, ...], msgspec.Meta(min_length=1, max_length=MOST_SLOTS)]
    mac: _Mac = b""
    mac_before: _Mac | None = None

    @property
    def is_between_keys(self) -> bool:
        """The master key was being renewed when this was written."""
        return self.mac_before is not None


class _Version(msgspec.Struct):
    """What every version of the header will have."""

    format: Literal["cport-vault"]
    version: int


@dataclass(frozen=True, slots=True)
class VaultKeys:
    """The master key, and what is derived from it. `repr` shows nothing of it."""

    master: bytes = field(repr=False)
    database: bytes = field(repr=False)
    derivatives: bytes = field(repr=False)
    header_mac: bytes = field(repr=False)
    backup: bytes = field(repr=False)


def derive_keys(master: bytes, vault: str) -> VaultKeys:
    """All keys that hang on the master key of this vault."""

    def labelled(label: str) -> bytes:
        info = f"cport-vault v1 {label}".encode()
        return HKDF(SHA256(), _KEY_SIZE, salt=bytes.fromhex(vault), info=info).derive(master)

    return VaultKeys(
        master=master,
        database=labelled("database"),
        derivatives=labelled("derivatives"),
        header_mac=labelled("header mac"),
        backup=labelled("backup"),
    )


def version_of(untrusted_content: bytes) -> int:
    """The version that a header claims.

    Raises:
        VaultDamaged: it is no header at all.
        VaultNewer: a version that this program does not know.
    """
    if len(untrusted_content) > LONGEST_HEADER:
        raise VaultDamaged(where="header")
    try:
        version = msgspec.json.decode(untrusted_content, type=_Version).version
    except _NOT_JSON as error:
        raise VaultDamaged(where="header") from error
    if version > HEADER_VERSION:
        raise VaultNewer(found=version, known=HEADER_VERSION)
    return version


def parse_header(untrusted_content: bytes) -> Header:
    """The header that `print_header` wrote. Nothing vouches for it before a MAC was checked.

    Raises:
        VaultDamaged: it is none, or a slot asks for what no vault accepts.
        VaultNewer: a header of a later version.
    """
    if version_of(untrusted_content) != HEADER_VERSION:
        raise VaultDamaged(where="header")
    try:
        header = msgspec.json.decode(untrusted_content, type=Header)
    except _NOT_JSON as error:
        raise VaultDamaged(where="header") from error
    # Before any key is derived: a header may neither weaken a slot nor exhaust the machine.
    if not all(are_acceptable(slot.parameters) for slot in header.slots):
        raise VaultDamaged(where="header")
    if len({slot.slot for slot in header.slots}) != len(header.slots):
        raise VaultDamaged(where="header")
    return header


def print_header(header: Header) -> bytes:
    """JSON for the disk, indented for whoever has to look at it."""
    return msgspec.json.format(msgspec.json.encode(header), indent=2) + b"\n"


def sealed(header: Header, keys: VaultKeys, before: VaultKeys | None = None) -> Header:
    """`header` with its MAC; with the one under the key `before` as well, between two keys."""
    bare = msgspec.structs.replace(header, mac=b"", mac_before=None if before is None else b"")
    return msgspec.structs.replace(
        bare,
        mac=_mac(bare, keys),
        mac_before=None if before is None else _mac(bare, before),
    )


def is_sealed_with(header: Header, keys: VaultKeys, before: VaultKeys | None) -> bool:
    """Whether the MAC holds, and between two keys the other one as well."""
    if header.is_between_keys != (before is not None):
        return False
    expected = sealed(header, keys, before)
    return hmac.compare_digest(expected.mac, header.mac) and hmac.compare_digest(
        expected.mac_before or b"", header.mac_before or b""
    )


def canonical(facts: object) -> bytes:
    """JSON with sorted keys and no white space; bytes as base64."""
    plain = msgspec.to_builtins(facts)
    return json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()


def _mac(bare: Header, keys: VaultKeys) -> bytes:
    """HMAC-SHA256 over all of the header but the MACs themselves."""
    return hmac.digest(keys.header_mac, b"cport-vault header\n" + canonical(bare), "sha256")
