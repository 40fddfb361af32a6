"""Media files on their way into a package, digested once more while they go."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from cport_desktop.domain.ids import media_reference
from cport_desktop.domain.package import PackagedMedia
from cport_desktop.errors import DigestMismatch
from cport_desktop.exports.alongside import Alongside

_SMALL: Final = 1024 * 1024
"""Bytes. For a file that is no longer a thread of its own costs more than it saves."""


def checked(packed: PackagedMedia) -> Iterator[bytes]:
    """The bytes of a media file, as long as they can still be those of its digests.

    Raises:
        DigestMismatch: they are not, and whoever takes them has not got the end of anything yet.
    """
    seen, size = _Seen(), 0
    with _taken_by(seen, packed.digests.size) as take:
        for piece in packed.read():
            size += len(piece)
            if size > packed.digests.size:
                break
            take(piece)
            yield piece
    expected = (packed.digests.size, packed.digests.sha256, packed.digests.crc32)
    if (size, seen.digest.hexdigest(), seen.crc32) != expected:
        raise DigestMismatch(what=media_reference(packed.media_id))


class _Seen:
    """What is digested so far."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()
        self.crc32 = 0

    def take(self, piece: bytes) -> None:
        self.digest.update(piece)
        self.crc32 = zlib.crc32(piece, self.crc32)


@contextmanager
def _taken_by(seen: _Seen, size: int) -> Iterator[Callable[[bytes], None]]:
    """`seen` has taken all pieces when the block ends; a long file's in a thread of their own."""
    if size <= _SMALL:
        yield seen.take
        return
    with Alongside(seen.take, name="digesting") as digesting:
        yield digesting.put
