"""Opens an age file again whose writing has just ended, with what sealed it (`age_writing.Written`).

Not for files of others: nothing of the head is interpreted here, it must be the one that was written, to
the byte. Each chunk is authenticated under its number, so that what was lost, doubled or changed on the
way to the medium and back is found out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cryptography.exceptions import InvalidTag

from cport_desktop.crypto.age_writing import CHUNK, TAG, Source, Written, nonce_of
from cport_desktop.errors import DigestMismatch

_SEALED: Final = CHUNK + TAG
_AT_ONCE: Final = 4
"""Chunks that are opened together."""


def reread(source: Source, written: Written, *, name: str) -> Iterator[bytes]:
    """What was sealed, in pieces of 256 KiB at most; `source` is read to its end.

    Raises:
        DigestMismatch: these are not the bytes that were written; `name` says which file it is.
    """
    if _exactly(source, len(written.head), name) != written.head:
        raise DigestMismatch(what=name)
    left, number = written.size - len(written.head), 0
    plain = memoryview(bytearray(_AT_ONCE * CHUNK))
    while left:
        sealed = memoryview(_exactly(source, min(left, _AT_ONCE * _SEALED), name))
        left -= len(sealed)
        try:
            length = _opened(written, sealed, plain, number, is_end=not left)
        except (InvalidTag, ValueError) as error:
            raise DigestMismatch(what=name) from error
        number += _AT_ONCE
        yield bytes(plain[:length])
    if source.read(1):
        raise DigestMismatch(what=name)


def _opened(
    written: Written, sealed: memoryview, plain: memoryview, number: int, *, is_end: bool
) -> int:
    """Chunks from `number` on are in the clear in `plain`; how many bytes."""
    length = 0
    for start in range(0, len(sealed), _SEALED):
        chunk = sealed[start : start + _SEALED]
        is_last = is_end and start + _SEALED >= len(sealed)
        nonce = nonce_of(number + start // _SEALED, is_last=is_last)
        place = plain[length : length + len(chunk) - TAG]
        length += written.payload.decrypt_into(nonce, chunk, None, place)
    return length


def _exactly(source: Source, size: int, name: str) -> bytes:
    """So many bytes.

    Raises:
        DigestMismatch: there are fewer.
    """
    piece = source.read(size)
    if len(piece) == size:
        return piece
    pieces = bytearray(piece)
    while len(pieces) < size:
        piece = source.read(size - len(pieces))
        if not piece:
            raise DigestMismatch(what=name)
        pieces += piece
    return bytes(pieces)
