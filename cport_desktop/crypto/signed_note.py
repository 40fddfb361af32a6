"""Signed notes: a text that people can read, and the signatures of any number of keys.

After the public specification C2SP signed-note 1.0 (c2sp.org/signed-note), with the signature
types 0x01 (Ed25519) and 0x04 (Ed25519 with a time, c2sp.org/tlog-cosignature):

    cport.vault/5f…/1
    12
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
                                                  <- the last empty line ends the text
    — cport.vault/5f…/1 Az3grlgtzPICa5OS8npVmf1M…

A key is told by its name and four bytes of a digest. Signatures of unknown keys are kept and
passed over; one that claims to be of a known key and does not hold spoils the whole note.
The text means nothing until a signature on it was verified.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final

from cport_desktop.crypto import message_keys
from cport_desktop.crypto.message_keys import Sign
from cport_desktop.errors import CheckpointMalformed, SignatureInvalid

LONGEST_NOTE: Final = 64 * 1024
"""Bytes; a checkpoint with one signature has about 250."""

MOST_SIGNATURES: Final = 64
"""The specification asks for 16 at least."""

_LONGEST_NAME: Final = 1024
"""Characters of a key's name; the specification sets no bound."""

_KEY_ID_SIZE: Final = 4
_TIME_SIZE: Final = 8
_LATEST_TIME: Final = 2**63 - 1
_DASH: Final = "\u2014 "
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f]")


class SignatureType(IntEnum):
    """Which kind of signature a key makes; a part of its id."""

    ED25519 = 0x01
    COSIGNATURE = 0x04


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with its name and use; `str` gives the form in which it is handed on:
    `name+hash+base64`.
    """

    name: str
    kind: SignatureType
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name | 0x0A | kind | key)."""
        named = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(named).digest()[:_KEY_ID_SIZE]

    def __str__(self) -> str:
        encoded = base64.b64encode(bytes([self.kind]) + self.public).decode("ascii")
        return f"{self.name}+{self.key_id.hex()}+{encoded}"


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One line below the text. `content` is what stands behind the key's id, as it came."""

    name: str
    key_id: bytes
    content: bytes


@dataclass(frozen=True, slots=True)
class SignedNote:
    """`text` ends with a line feed. Nothing is verified by being here."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def with_signature(self, signature: NoteSignature) -> SignedNote:
        """The same text with one signature more; one of the same key is replaced."""
        kept = [s for s in self.signatures if (s.name, s.key_id) != _named(signature)]
        return replace(self, signatures=(*kept, signature))


@dataclass(frozen=True, slots=True)
class Verified:
    """A signature that holds. `at` is the cosigner's time in seconds since 1970, if it gave one."""

    at: int | None


def parse_verifier(text: str) -> VerifierKey:
    """The key that `name+hash+base64` stands for.

    Raises:
        CheckpointMalformed: it is none, its hash is of another, or its kind is not known.
    """
    name, _, rest = text.strip().partition("+")
    stated_id, _, encoded = rest.partition("+")
    content = _decoded(encoded, "verifier key")
    if len(content) != 1 + message_keys.PUBLIC_KEY_SIZE or content[0] not in set(SignatureType):
        raise CheckpointMalformed(cause="verifier key")
    key = VerifierKey(_sound_name(name), SignatureType(content[0]), content[1:])
    if stated_id != key.key_id.hex():
        raise CheckpointMalformed(cause="verifier key")
    return key


def sign_note(text: str, key: VerifierKey, sign: Sign) -> NoteSignature:
    """The line of an Ed25519 key under `text`. `sign` holds the private half of `key`."""
    return NoteSignature(key.name, key.key_id, sign(text.encode()))


def cosign_note(text: str, key: VerifierKey, sign: Sign, *, at: int) -> NoteSignature:
    """The line of a witness: it says that it knew no longer history at this time."""
    content = at.to_bytes(_TIME_SIZE, "big") + sign(_cosigned(text, at))
    return NoteSignature(key.name, key.key_id, content)


def verified(note: SignedNote, key: VerifierKey) -> Verified | None:
    """What `key` says of the note; None if it says nothing.

    Raises:
        SignatureInvalid: a signature claims to be of this key and does not hold.
    """
    found = None
    for signature in note.signatures:
        if _named(signature) == (key.name, key.key_id):
            found = _holding(note.text, signature, key)
    return found


def parse_note(untrusted: bytes, *, limit: int = LONGEST_NOTE) -> SignedNote:
    """The note as it came, not verified. `print_note` gives the same bytes again.

    Raises:
        CheckpointMalformed: it is none, is too long or has too many signatures.
    """
    if len(untrusted) > limit:
        raise CheckpointMalformed(cause="too long")
    try:
        whole = untrusted.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CheckpointMalformed(cause="not UTF-8") from error
    text, blank, below = whole.rpartition("\n\n")
    if not blank or not text or _CONTROL.search(whole):
        raise CheckpointMalformed(cause="not a signed note")
    if not below.endswith("\n") or below.count("\n") > MOST_SIGNATURES:
        raise CheckpointMalformed(cause="signatures")
    lines = below.removesuffix("\n").split("\n")
    return SignedNote(text + "\n", tuple(_parse_signature(line) for line in lines))


def print_note(note: SignedNote) -> bytes:
    """The note in the form of the specification."""
    return f"{note.text}\n{''.join(map(print_signature, note.signatures))}".encode()


def print_signature(signature: NoteSignature) -> str:
    """One line, with its line feed."""
    encoded = base64.b64encode(signature.key_id + signature.content).decode("ascii")
    return f"{_DASH}{signature.name} {encoded}\n"


def parse_signature(untrusted: str) -> NoteSignature:
    """One line, with its line feed, as a witness answers it.

    Raises:
        CheckpointMalformed: it is none.
    """
    line = untrusted.removesuffix("\n")
    if line == untrusted or len(untrusted) > LONGEST_NOTE or _CONTROL.search(line) or "\n" in line:
        raise CheckpointMalformed(cause="signatures")
    return _parse_signature(line)


def _parse_signature(line: str) -> NoteSignature:
    parts: Sequence[str] = line.removeprefix(_DASH).split(" ")
    if not line.startswith(_DASH) or len(parts) != 2:
        raise CheckpointMalformed(cause="signatures")
    content = _decoded(parts[1], "signatures")
    if len(content) <= _KEY_ID_SIZE:
        raise CheckpointMalformed(cause="signatures")
    return NoteSignature(_sound_name(parts[0]), content[:_KEY_ID_SIZE], content[_KEY_ID_SIZE:])


def _holding(text: str, signature: NoteSignature, key: VerifierKey) -> Verified:
    content, at = signature.content, None
    signed = text.encode()
    if key.kind is SignatureType.COSIGNATURE:
        at, content = int.from_bytes(content[:_TIME_SIZE], "big"), content[_TIME_SIZE:]
        signed = _cosigned(text, at)
    is_late = at is not None and at > _LATEST_TIME
    if is_late or not message_keys.verify(key.public, signed, content):
        raise SignatureInvalid(what="checkpoint")
    return Verified(at)


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _named(signature: NoteSignature) -> tuple[str, bytes]:
    return signature.name, signature.key_id


def _sound_name(name: str) -> str:
    if not 0 < len(name) <= _LONGEST_NAME or "+" in name or any(map(str.isspace, name)):
        raise CheckpointMalformed(cause="name of a key")
    return name


def _decoded(text: str, what: str) -> bytes:
    """Base64 in its one canonical spelling."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise CheckpointMalformed(cause=what) from error
    if base64.b64encode(content).decode("ascii") != text:
        raise CheckpointMalformed(cause=what)
    return content
