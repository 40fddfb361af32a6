"""Sealed files after C2SP chunked-encryption, as Cobblestone-256: AES-256-GCM and HKDF-SHA-512.

    file = salt (24) | commitment (32) | chunk 0 | chunk 1 | … | last chunk
    key (32) | base nonce (12) | commitment (32) =
        HKDF-Expand(file key, "c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM" | 0x00 | salt | context)
    chunk k = AES-256-GCM(key, base nonce XOR k, 16 KiB of plaintext), 16 bytes longer

The last chunk is always shorter than 16 KiB, and may be empty: so a file that was cut, also
at the border of a chunk, is told from a whole one. Any tool that speaks the specification
reads these files, given key and context; `cryptography.cobblestone` reads and writes them in a
stream. What is added here: reading from the middle, and sealing on after an interruption.

One rule must never be broken: a chunk number is sealed once only under one key and salt.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag

from cport_desktop.crypto.chunk_cipher import (
    CHUNK,
    HEADER,
    KEY_SIZE,
    SALT,
    SEALED_CHUNK,
    TAG,
    ChunkCipher,
    FromTheBeginning,
    FromTheMiddle,
    Sealing,
)
from cport_desktop.errors import VaultDamaged

__all__ = [
    "CHUNK",
    "HEADER",
    "KEY_SIZE",
    "SEALED_CHUNK",
    "TAG",
    "SealedReader",
    "SealedWriter",
    "Sink",
    "sealed_size",
    "whole_chunks",
]

_OPENED_AT_ONCE = 64
"""Chunks: pieces of 1 MiB."""
_IN_PIECES_OF = 16
_SEALED_AT_ONCE = 16
"""Chunks: 256 KiB. A fresh buffer of 1 MiB for each piece cost five sixths of the speed of sealing, and
half of that of opening: the system takes it back and gives it anew, page by page.
"""

Sink = Callable[[memoryview], object]
"""Takes every byte it is given before it returns, or raises; keeps no view of it."""


def sealed_size(size: int) -> int:
    """How long the sealed file of `size` bytes of plaintext is."""
    return HEADER + size + (size // CHUNK + 1) * TAG


class SealedWriter:
    """Seals what it is given, in order. After an error it takes nothing more."""

    def __init__(self, sink: Sink, sealing: Sealing, *, chunks: int) -> None:
        self._sink = sink
        self._sealing = sealing
        self._chunks = chunks
        self._pending = bytearray()
        self._buffer = memoryview(bytearray(_SEALED_AT_ONCE * SEALED_CHUNK))
        self._is_ended = False

    @classmethod
    def begin(cls, sink: Sink, key: bytes, context: bytes) -> SealedWriter:
        """A new sealed file; its header is in the sink."""
        sealing = FromTheBeginning(key, context)
        sink(memoryview(sealing.header))
        return cls(sink, sealing, chunks=0)

    @classmethod
    def go_on(
        cls, sink: Sink, key: bytes, context: bytes, *, header: bytes, chunks: int
    ) -> SealedWriter:
        """Goes on behind `chunks` whole chunks of a file that begins with `header`.

        No chunk of a higher number may ever have been sealed in that file.

        Raises:
            ValueError: the header is not one of this key and context.
        """
        cipher = ChunkCipher(key, context, header[:SALT])
        if not hmac.compare_digest(cipher.header, header):
            raise ValueError("another key or context")
        return cls(sink, FromTheMiddle(cipher, chunks), chunks=chunks)

    @property
    def length(self) -> int:
        """Bytes of plaintext taken so far, from the beginning of the file."""
        return self._chunks * CHUNK + len(self._pending)

    @property
    def pending(self) -> bytes:
        """The plaintext taken that does not fill a chunk yet; it has not been sealed."""
        return bytes(self._pending)

    def write(self, piece: bytes) -> None:
        """Every whole chunk that can be made of what was taken is in the sink."""
        self._require_open()
        self._is_ended = True  # Until the sink has taken everything.
        view = memoryview(piece)
        if self._pending:
            view = self._fill_up(view)
        whole = len(view) - len(view) % CHUNK
        for first in range(0, whole, _SEALED_AT_ONCE * CHUNK):
            self._seal(view[first : min(first + _SEALED_AT_ONCE * CHUNK, whole)])
        self._pending += view[whole:]
        self._is_ended = False

    def finish(self) -> int:
        """The file is complete; its length in plaintext."""
        self._require_open()
        self._is_ended = True
        length = self.length
        self._sink(memoryview(self._sealing.seal_last(bytes(self._pending))))
        return length

    def _fill_up(self, view: memoryview) -> memoryview:
        """What is pending grows by the beginning of `view`, and is sealed if it fills a chunk;
        the rest of `view`.
        """
        taken = min(CHUNK - len(self._pending), len(view))
        self._pending += view[:taken]
        if len(self._pending) == CHUNK:
            self._seal(memoryview(bytes(self._pending)))
            self._pending.clear()
        return view[taken:]

    def _seal(self, plain: memoryview) -> None:
        """Seal whole chunks, at most `_SEALED_AT_ONCE` of them, and hand them on in one piece."""
        count = len(plain) // CHUNK
        sealed = self._buffer[: count * SEALED_CHUNK]
        self._sealing.seal_into(plain, sealed)
        self._chunks += count
        self._sink(sealed)

    def _require_open(self) -> None:
        if self._is_ended:
            raise RuntimeError("this sealed file is finished or broken")


class SealedReader:
    """A complete sealed file, read from anywhere. Not for two threads at once.

    Opening checks the commitment and authenticates the last chunk, and so the length.
    `name` says which file it is, should it be damaged. `start`: where the sealed bytes begin, if
    something else stands before them.

    Raises:
        VaultDamaged: not sealed with this key for this context, cut, or changed.
    """

    def __init__(
        self, file: BinaryIO, key: bytes, context: bytes, *, name: str, start: int = 0
    ) -> None:
        self._file = file
        self._name = name
        self._start = start
        header = _read_at(file, start, HEADER)
        if len(header) < HEADER:
            raise VaultDamaged(where=name)
        self._cipher = ChunkCipher(key, context, header[:SALT])
        whole, rest = divmod(file.seek(0, 2) - start - HEADER, SEALED_CHUNK)
        if not hmac.compare_digest(self._cipher.header, header) or rest < TAG:
            raise VaultDamaged(where=name)
        self._size = whole * CHUNK + rest - TAG
        self._open_chunks(whole, 1)

    @property
    def size(self) -> int:
        """Of the plaintext, in bytes."""
        return self._size

    def read_at(self, offset: int, length: int) -> bytes:
        """The plaintext from `offset` on, shorter than `length` only at the end of the file.

        Raises:
            VaultDamaged: a chunk that this touches was changed.
        """
        if offset < 0 or length < 0:
            raise ValueError("neither offset nor length may be negative")
        end = min(offset + length, self._size)
        if offset >= end:
            return b""
        first, last = offset // CHUNK, (end - 1) // CHUNK
        plain = self._open_chunks(first, last - first + 1)
        return bytes(plain[offset - first * CHUNK : end - first * CHUNK])

    def __iter__(self) -> Iterator[bytes]:
        """All of the plaintext, in order, in pieces of 256 KiB at most."""
        sealed = memoryview(bytearray(_IN_PIECES_OF * SEALED_CHUNK))
        plain = memoryview(bytearray(_IN_PIECES_OF * CHUNK))
        for first in range(0, -(-self._size // CHUNK), _IN_PIECES_OF):
            length = min(len(plain), self._size - first * CHUNK)
            piece = sealed[: length + -(-length // CHUNK) * TAG]
            if _read_into(self._file, self._place(first), piece) < len(piece):
                raise VaultDamaged(where=self._name)
            self._open_into(first, piece, plain)
            yield bytes(plain[:length])

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _open_chunks(self, first: int, count: int) -> memoryview:
        sealed = _read_at(self._file, self._place(first), count * SEALED_CHUNK)
        plain = memoryview(bytearray(_opened_size(sealed)))
        self._open_into(first, memoryview(sealed), plain)
        return plain

    def _open_into(self, first: int, sealed: memoryview, plain: memoryview) -> None:
        try:
            _open_all(self._cipher, first, sealed, plain)
        except (InvalidTag, ValueError) as error:
            raise VaultDamaged(where=self._name) from error

    def _place(self, chunk: int) -> int:
        """Where a chunk begins in the file."""
        return self._start + HEADER + chunk * SEALED_CHUNK


def whole_chunks(file: BinaryIO, key: bytes, context: bytes) -> Iterator[bytes]:
    """The plaintext of a file that is not finished: every whole chunk up to the first that is
    cut or changed. Pieces are multiples of 16 KiB, 1 MiB at most; nothing at all, if the
    header is not one of this key and context.
    """
    header = _read_at(file, 0, HEADER)
    if len(header) < HEADER:
        return
    cipher = ChunkCipher(key, context, header[:SALT])
    if not hmac.compare_digest(cipher.header, header):
        return
    number = 0
    while sealed := _read_at(file, HEADER + number * SEALED_CHUNK, _OPENED_AT_ONCE * SEALED_CHUNK):
        good = _good_prefix(cipher, number, sealed)
        if good:
            yield good
        if len(good) < _OPENED_AT_ONCE * CHUNK:
            return
        number += _OPENED_AT_ONCE


def _good_prefix(cipher: ChunkCipher, first: int, sealed: bytes) -> bytes:
    """The plaintext of as many whole chunks from the left as are as they were sealed."""
    plain = bytearray()
    view, place = memoryview(sealed), memoryview(bytearray(CHUNK))
    for position in range(len(sealed) // SEALED_CHUNK):
        chunk = view[position * SEALED_CHUNK : (position + 1) * SEALED_CHUNK]
        try:
            cipher.open_into(first + position, chunk, place)
        except InvalidTag:
            break
        plain += place
    return bytes(plain)


def _open_all(cipher: ChunkCipher, first: int, sealed: memoryview, plain: memoryview) -> None:
    """Consecutive chunks, all of them whole but perhaps the last, are in the clear in `plain`.

    Raises:
        InvalidTag, ValueError: one of them was changed or cut.
    """
    for position in range(-(-len(sealed) // SEALED_CHUNK)):
        chunk = sealed[position * SEALED_CHUNK : (position + 1) * SEALED_CHUNK]
        place = plain[position * CHUNK : position * CHUNK + len(chunk) - TAG]
        cipher.open_into(first + position, chunk, place)


def _opened_size(sealed: bytes) -> int:
    """Of the plaintext of consecutive chunks."""
    return max(len(sealed) - -(-len(sealed) // SEALED_CHUNK) * TAG, 0)


def _read_into(file: BinaryIO, offset: int, buffer: memoryview) -> int:
    """As `_read_at`, into `buffer`; how many they were."""
    file.seek(offset)
    taken: int = file.readinto(buffer)  # type: ignore[attr-defined]  # every file has it
    return taken


def _read_at(file: BinaryIO, offset: int, length: int) -> bytes:
    """As many bytes as there are, `length` at most."""
    file.seek(offset)
    return file.read(length)
