"""Writes the age format (age-encryption.org/v1, C2SP): X25519 recipients, a payload in chunks of 64 KiB.

Writing is a quarter of the format and here rests on primitives of `cryptography`, which seal four times as
fast as the library that opens (`recipients`, ADR 51). Names and constants are the specification's.
"""

from __future__ import annotations

import base64
import hmac
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CHUNK: Final = 64 * 1024
TAG: Final = 16
_AT_ONCE: Final = 4
"""Chunks that are handed on together."""
_INTRODUCTION: Final = b"age-encryption.org/v1\n"
_KEY: Final = 32
_FILE_KEY: Final = 16
_LAST: Final = b"\x01"
_MORE: Final = b"\x00"
_LETTERS: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
"""Bech32 (BIP 173)."""
_CHECKSUM: Final = 6


class Source(Protocol):
    """Gives its bytes in order: `read(n)` answers at most n, and none only at the end."""

    def read(self, size: int = -1, /) -> bytes: ...


class Sink(Protocol):
    """Takes bytes in order."""

    def write(self, piece: bytes, /) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Written:
    """What a sealed file begins with, how long it is, and what opens it: for `age_rereading`, in the hands
    of whoever has just sealed it, and nowhere else.
    """

    head: bytes
    size: int
    payload: ChaCha20Poly1305 = field(repr=False)


def point_of(public: str) -> bytes:
    """The 32 bytes of a recipient `age1…` whose checksum was looked at."""
    letters = public.lower().rpartition("1")[2][:-_CHECKSUM]
    number = 0
    for letter in letters:
        number = number << 5 | _LETTERS.index(letter)
    return (number >> (5 * len(letters) - 8 * _KEY)).to_bytes(_KEY, "big")


@dataclass(frozen=True, slots=True)
class Stanzas:
    """The key of one file, and who can take it out of the file's head."""

    file_key: bytes = field(repr=False)
    lines: bytes


def stanzas(points: Sequence[bytes]) -> Stanzas:
    """A new key for each of `points` (32 bytes each).

    Raises:
        ValueError: a point is none that a secret can be agreed on with.
    """
    file_key = os.urandom(_FILE_KEY)
    return Stanzas(file_key, b"".join(_stanza(file_key, point) for point in points))


def write(reader: Source, writer: Sink, to: Stanzas) -> Written:
    """All of `reader` is in `writer`, sealed. If either end raises, what was written lacks its end."""
    head = _INTRODUCTION + to.lines + b"---"
    mac = hmac.digest(_derived(to.file_key, b"", b"header"), head, "sha256")
    nonce = os.urandom(16)
    head += b" " + _base64(mac) + b"\n" + nonce
    writer.write(head)
    size = len(head)
    payload = ChaCha20Poly1305(_derived(to.file_key, nonce, b"payload"))
    for piece in _sealed(reader, payload):
        writer.write(piece)
        size += len(piece)
    return Written(head, size, payload)


def _stanza(file_key: bytes, point: bytes) -> bytes:
    """The file key for one recipient, under a secret that is made for this file alone."""
    made = X25519PrivateKey.generate()
    share = made.public_key().public_bytes_raw()
    secret = made.exchange(X25519PublicKey.from_public_bytes(point))
    key = _derived(secret, share + point, b"age-encryption.org/v1/X25519")
    wrapped = ChaCha20Poly1305(key).encrypt(bytes(12), file_key, None)
    return b"-> X25519 " + _base64(share) + b"\n" + _base64(wrapped) + b"\n"


def _sealed(reader: Source, payload: ChaCha20Poly1305) -> Iterator[bytes]:
    """The payload: chunks of 64 KiB, each with its number, the last one marked as such. It is empty only
    if there is nothing at all.
    """
    waiting, number = bytearray(), 0
    while piece := reader.read(_AT_ONCE * CHUNK):
        waiting += piece
        # What may be the last chunk waits for the end.
        whole = (len(waiting) - 1) // CHUNK
        if whole < _AT_ONCE:
            continue
        yield _chunks(payload, waiting, number, whole)
        del waiting[: whole * CHUNK]
        number += whole
    whole = max(0, len(waiting) - 1) // CHUNK
    last = nonce_of(number + whole, is_last=True)
    rest = payload.encrypt(last, bytes(waiting[whole * CHUNK :]), None)
    yield _chunks(payload, waiting, number, whole) + rest


def _chunks(payload: ChaCha20Poly1305, waiting: bytearray, number: int, count: int) -> bytes:
    """The first `count` chunks of `waiting`, of which the first has this number."""
    sealed = bytearray(count * (CHUNK + TAG))
    with memoryview(waiting) as plain, memoryview(sealed) as out:
        for at in range(count):
            nonce = nonce_of(number + at, is_last=False)
            place = slice(at * (CHUNK + TAG), (at + 1) * (CHUNK + TAG))
            payload.encrypt_into(nonce, plain[at * CHUNK : (at + 1) * CHUNK], None, out[place])
    return bytes(sealed)


def nonce_of(number: int, *, is_last: bool) -> bytes:
    """Of the chunk with this number, from 0: eleven bytes of it, and one that tells the last."""
    return number.to_bytes(11, "big") + (_LAST if is_last else _MORE)


def _derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), _KEY, salt, info).derive(secret)


def _base64(value: bytes) -> bytes:
    return base64.b64encode(value).rstrip(b"=")
