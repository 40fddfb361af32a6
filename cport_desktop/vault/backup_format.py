r"""The backup file: what stands before its seal, and what the sealed stream begins with.

    "cport-backup 1\n" | length of head (4) | head (JSON) | one Cobblestone-256 stream

    stream = length of manifest (4) | manifest (JSON) | table (32 each) | database | blobs

The head is clear: it holds the vault's header of that time, so that the slots of that time open
the backup. It is bound to the stream: the seal's context carries the SHA-256 of every byte before
the seal. All of it is bounded and strict, because it is read before anything is authenticated.
Numbers are big-endian. Described for other programs in `docs/formats/backup.md`.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, BinaryIO

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cport_desktop.domain.ids import BlobId
from cport_desktop.domain.nature import Nature
from cport_desktop.errors import BackupDamaged, VaultNewer
from cport_desktop.vault.header import LONGEST_HEADER

VERSION = 1
MAGIC = b"cport-backup 1\n"
SALT_SIZE = 32
KEY_SIZE = 32
LONGEST_HEAD = 2 * LONGEST_HEADER + 4096
"""Bytes; as a JSON string a header grows by its quotes and line ends, never to twice its length."""
LONGEST_MANIFEST = 64 * 1024
LONGEST_CHAIN = 100
"""Backups that one may build on: each of them is needed to restore."""
HERE = 0
NOWHERE = 0xFFFF
"""The vault itself did not have this file (any more) when the backup was made."""

_NAME = re.compile(rb"cport-backup ([1-9][0-9]{0,3})\n")
_LONGEST_NAME = 32
_LENGTH = struct.Struct(">I")
_ENTRY = struct.Struct(">16sQH6x")
ENTRY_SIZE = _ENTRY.size
_LARGEST_BLOB = 2**50

_Identifier = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}$")]
_Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
_Size = Annotated[int, msgspec.Meta(ge=0, le=2**60)]
_Moment = Annotated[
    str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$")
]


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What anybody can read. Nothing vouches for it before the stream was opened."""

    backup: _Identifier
    vault: _Identifier
    nature: Nature
    made_at: _Moment
    salt: _Digest
    header: Annotated[str, msgspec.Meta(min_length=2, max_length=LONGEST_HEADER)]
    """The vault's header of that time, as it stood in its file."""


class Base(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A backup that this one builds on. `digest`: SHA-256 of its manifest's bytes."""

    backup: _Identifier
    made_at: _Moment
    digest: _Digest


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the sealed stream holds. `state` is the vault's state digest; `log_root` in hex.

    `chain`: the backups that are needed beside this one, the nearest first.
    """

    schema: Annotated[int, msgspec.Meta(ge=1, le=100_000)]
    database_size: _Size
    database_sha256: _Digest
    log_size: _Size
    log_root: _Digest
    state: _Digest
    blobs: Annotated[int, msgspec.Meta(ge=0, le=2**40)]
    table_sha256: _Digest
    chain: Annotated[tuple[Base, ...], msgspec.Meta(max_length=LONGEST_CHAIN)]


@dataclass(frozen=True, slots=True)
class Entry:
    """One sealed blob of the vault. `place`: 0 in this file, n in the n-th of the chain."""

    blob: BlobId
    size: int
    place: int


@dataclass(frozen=True, slots=True)
class Preamble:
    """All that stands before the seal: parsed, and as it stands there."""

    head: Head
    clear: bytes

    @property
    def context(self) -> bytes:
        """What the stream is bound to."""
        digest = hashlib.sha256(self.clear).hexdigest()
        return f"cport-backup|{VERSION}|{self.head.vault}|{self.head.backup}|{digest}".encode()

    def stream_key(self, root: bytes) -> bytes:
        """The key of this one stream, from what the vault key gives for backups."""
        salt = bytes.fromhex(self.head.salt)
        return HKDF(SHA256(), KEY_SIZE, salt=salt, info=b"cport-backup 1 stream").derive(root)


def print_preamble(head: Head) -> Preamble:
    """What the file of this head begins with."""
    content = msgspec.json.encode(head)
    return Preamble(head, MAGIC + _LENGTH.pack(len(content)) + content)


def read_preamble(file: BinaryIO, *, name: str) -> Preamble:
    """The preamble of a backup file; `file` stands behind it. Nothing in it is proved yet.

    Raises:
        BackupDamaged: it is none; `name` says which file.
        VaultNewer: made by a later version.
    """
    magic = file.readline(_LONGEST_NAME)
    found = _NAME.fullmatch(magic)
    if found is None:
        raise BackupDamaged(file=name, where="magic")
    if int(found[1]) > VERSION:
        raise VaultNewer(found=int(found[1]), known=VERSION)
    prefix = file.read(_LENGTH.size)
    length = _LENGTH.unpack(prefix)[0] if len(prefix) == _LENGTH.size else LONGEST_HEAD + 1
    content = file.read(length) if length <= LONGEST_HEAD else b""
    if not content or len(content) != length:
        raise BackupDamaged(file=name, where="head")
    try:
        head = msgspec.json.decode(content, type=Head)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BackupDamaged(file=name, where="head") from error
    return Preamble(head, magic + prefix + content)


def print_manifest(manifest: Manifest) -> bytes:
    """As it stands in the stream, behind its length."""
    content = msgspec.json.encode(manifest)
    return _LENGTH.pack(len(content)) + content


def read_length(untrusted: bytes, *, name: str) -> int:
    """How long the manifest is.

    Raises:
        BackupDamaged: longer than any.
    """
    if len(untrusted) == _LENGTH.size:
        (length,) = _LENGTH.unpack(untrusted)
        if 0 < length <= LONGEST_MANIFEST:
            return int(length)
    raise BackupDamaged(file=name, where="manifest")


def read_manifest(untrusted: bytes, *, name: str) -> Manifest:
    """The manifest, without its length.

    Raises:
        BackupDamaged: it is none.
    """
    try:
        return msgspec.json.decode(untrusted, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BackupDamaged(file=name, where="manifest") from error


def print_entry(entry: Entry) -> bytes:
    return _ENTRY.pack(bytes.fromhex(entry.blob), entry.size, entry.place)


def read_entries(untrusted: Iterable[bytes], *, chain: int, name: str) -> Iterator[Entry]:
    """The table, whose pieces hold whole entries: in order, each blob once, no place unknown.

    Raises:
        BackupDamaged: otherwise.
    """
    last = b""
    for piece in untrusted:
        for raw in range(0, len(piece), ENTRY_SIZE):
            one = piece[raw : raw + ENTRY_SIZE]
            blob, size, place = _ENTRY.unpack(one)
            is_known = place <= chain or place == NOWHERE
            if blob <= last or size > _LARGEST_BLOB or not is_known or any(one[-6:]):
                raise BackupDamaged(file=name, where="table")
            last = blob
            yield Entry(BlobId(blob.hex()), size, place)


def manifest_digest(content: bytes) -> str:
    """What a later backup names this one by: SHA-256 of the manifest without its length."""
    return hashlib.sha256(content).hexdigest()
