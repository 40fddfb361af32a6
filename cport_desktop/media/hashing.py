"""All digests of a stream of bytes in one pass, while it goes wherever it goes."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator

from cport_desktop.domain.digest import Digests


class DigestingStream:
    """Hands on the pieces of another stream, unchanged, and takes their digests on the way.

    Can be gone through once. `digests` answers when it was gone through to its end.

    >>> stream = DigestingStream([b"a", b"bc"])
    >>> list(stream)
    [b'a', b'bc']
    >>> stream.digests().md5
    '900150983cd24fb0d6963f7d28e17f72'
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._flow = self._digesting(pieces)
        self._digests: Digests | None = None

    def __iter__(self) -> Iterator[bytes]:
        return self._flow

    def digests(self) -> Digests:
        """Digests of all bytes that went through.

        Raises:
            ValueError: if the stream was not gone through to its end (a mistake of the caller).
        """
        if self._digests is None:
            raise ValueError("the stream has not come to its end")
        return self._digests

    def _digesting(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        # MD5 and SHA-1 name files in hash lists; nothing here trusts them.
        md5 = hashlib.md5(usedforsecurity=False)
        sha1 = hashlib.sha1(usedforsecurity=False)
        sha256 = hashlib.sha256()
        size, crc32 = 0, 0
        for piece in pieces:
            size += len(piece)
            crc32 = zlib.crc32(piece, crc32)
            for digest in (md5, sha1, sha256):
                digest.update(piece)
            yield piece
        self._digests = Digests(size, md5.hexdigest(), sha1.hexdigest(), sha256.hexdigest(), crc32)
