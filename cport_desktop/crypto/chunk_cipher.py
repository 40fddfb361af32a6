"""Chunks of a sealed file after C2SP chunked-encryption, by their number (see `crypto.sealing`)."""

from __future__ import annotations

from typing import Protocol

from cryptography.cobblestone import Cobblestone256Encryptor
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

KEY_SIZE = 32
CHUNK = 16 * 1024
TAG = 16
SEALED_CHUNK = CHUNK + TAG
SALT = 24
HEADER = SALT + 32

_NONCE = 12
_COMMITMENT = 32
_MOST_CHUNKS = 2**38
_INFO = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\x00"


class ChunkCipher:
    """Seals and opens chunks by their number."""

    def __init__(self, key: bytes, context: bytes, salt: bytes) -> None:
        if len(key) != KEY_SIZE or len(salt) != SALT:
            raise ValueError("a file key has 32 bytes and a salt 24")
        size = KEY_SIZE + _NONCE + _COMMITMENT
        derived = HKDFExpand(SHA512(), size, _INFO + salt + context).derive(key)
        self.header = salt + derived[KEY_SIZE + _NONCE :]
        self._cipher = AESGCM(derived[:KEY_SIZE])
        self._base_nonce = int.from_bytes(derived[KEY_SIZE : KEY_SIZE + _NONCE], "big")

    def seal_into(self, number: int, plain: memoryview, sealed: memoryview) -> None:
        self._cipher.encrypt_into(self._nonce(number), plain, None, sealed)

    def open_into(self, number: int, sealed: memoryview, plain: memoryview) -> None:
        """Raises InvalidTag if one bit differs from what was sealed under this number."""
        self._cipher.decrypt_into(self._nonce(number), sealed, None, plain)

    def _nonce(self, number: int) -> bytes:
        if number >= _MOST_CHUNKS:
            raise ValueError("a sealed file has at most 2^38 chunks")
        return (self._base_nonce ^ number).to_bytes(_NONCE, "big")


class Sealing(Protocol):
    """Seals one file's chunks, each once, in their order."""

    @property
    def header(self) -> bytes: ...

    def seal_into(self, plain: memoryview, sealed: memoryview) -> None:
        """The next whole chunks."""

    def seal_last(self, plain: bytes) -> bytes:
        """The last chunk, which is shorter."""


class FromTheBeginning:
    """A new file, sealed by the library's own stream: a third faster than chunk by chunk."""

    def __init__(self, key: bytes, context: bytes) -> None:
        self._stream = Cobblestone256Encryptor(key, context)
        self.header = self._stream.update(b"")
        if len(self.header) != HEADER:
            raise RuntimeError("the library hands out its header in another way")

    def seal_into(self, plain: memoryview, sealed: memoryview) -> None:
        if self._stream.update_into(plain, sealed) != len(sealed):
            raise RuntimeError("the library keeps chunks back")

    def seal_last(self, plain: bytes) -> bytes:
        return self._stream.update(plain) + self._stream.finalize()


class FromTheMiddle:
    """A file that was begun earlier, sealed chunk by chunk: the library knows no such thing."""

    def __init__(self, cipher: ChunkCipher, chunks: int) -> None:
        self._cipher = cipher
        self._chunks = chunks
        self.header = cipher.header

    def seal_into(self, plain: memoryview, sealed: memoryview) -> None:
        for position in range(len(plain) // CHUNK):
            self._cipher.seal_into(
                self._chunks + position,
                plain[position * CHUNK : (position + 1) * CHUNK],
                sealed[position * SEALED_CHUNK : (position + 1) * SEALED_CHUNK],
            )
        self._chunks += len(plain) // CHUNK

    def seal_last(self, plain: bytes) -> bytes:
        sealed = bytearray(len(plain) + TAG)
        self._cipher.seal_into(self._chunks, memoryview(plain), memoryview(sealed))
        return bytes(sealed)
