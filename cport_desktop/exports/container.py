"""The container of a package: ASiC-E (ETSI EN 319 162-1), written as a stream of pieces.

    mimetype                        first, so that `file` recognises it
    SYNTHETIC.txt                   in a demo package
    …                               the data files, by name
    manifest-sha256.txt             their digests, and that of the report
    summary.pdf                     the report
    META-INF/ASiCManifest001.xml    the digests of all of them
    META-INF/signature001.p7s       CAdES over the manifest

Nearly all digests are known before the first byte is written. What is not, the report that somebody sets and
signs meanwhile and what speaks of it, stands last: so nobody waits for it, and a stream cut short carries no
signature.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cport_desktop.errors import DigestMismatch
from cport_desktop.exports.zip_layout import (
    Placed,
    central_header,
    directory_end,
    dos_stamp,
    local_header,
)

MIMETYPE_NAME = "mimetype"
MIMETYPE = b"application/vnd.etsi.asic-e+zip"
SYNTHETIC_NAME = "SYNTHETIC.txt"
SYNTHETIC_COMMENT = b"SYNTHETIC - made by a demo vault, nothing in it is real"
META_FOLDER = "META-INF/"
CHECKSUMS_NAME = "manifest-sha256.txt"
SUMMARY_NAME = "summary.pdf"
MANIFEST_NAME = "META-INF/ASiCManifest001.xml"
SIGNATURE_NAME = "META-INF/signature001.p7s"
MOST_MEMBERS = 100_000
"""A reader holds a line for each (about half a kilobyte): 50 MB at most."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the container, its digests known beforehand.

    `read` gives exactly the bytes that the digests speak of, in bounded pieces; it may be
    called once, when the member's turn has come.
    """

    name: str
    media_type: str
    size: int
    crc32: int
    sha256: str
    read: Callable[[], Iterator[bytes]]


def rendered(name: str, media_type: str, render: Callable[[], bytes]) -> Member:
    """A member that is rendered now, for its digests, and again when it is written.

    Ten thousand reports are thus never in memory at once; `render` must answer the same twice.
    """
    content = render()

    def read() -> Iterator[bytes]:
        yield render()

    return Member(
        name=name,
        media_type=media_type,
        size=len(content),
        crc32=zlib.crc32(content),
        sha256=hashlib.sha256(content).hexdigest(),
        read=read,
    )


def streamed(name: str, media_type: str, produce: Callable[[], Iterator[bytes]]) -> Member:
    """As `rendered`, of what is too large to be held: it is produced piece by piece, now and when it
    is written.

    Its `read` raises `DigestMismatch` if the second time gives other bytes than the first.
    """
    size, crc32, sha256 = _measured(produce())

    def read() -> Iterator[bytes]:
        digest = hashlib.sha256()
        for piece in produce():
            digest.update(piece)
            yield piece
        if digest.hexdigest() != sha256:
            raise DigestMismatch(what=name)

    return Member(name, media_type, size, crc32, sha256, read)


def _measured(pieces: Iterator[bytes]) -> tuple[int, int, str]:
    """Size, CRC-32 and SHA-256 (hex) of all pieces together."""
    digest = hashlib.sha256()
    size = crc32 = 0
    for piece in pieces:
        digest.update(piece)
        crc32 = zlib.crc32(piece, crc32)
        size += len(piece)
    return size, crc32, digest.hexdigest()


def fixed(name: str, media_type: str, content: bytes) -> Member:
    """A member whose bytes are kept."""
    return rendered(name, media_type, lambda: content)


_PLACES: Final = {MIMETYPE_NAME: 0, SYNTHETIC_NAME: 1, CHECKSUMS_NAME: 3, SUMMARY_NAME: 3}
_DATA, _META = 2, 4


def writing_order(name: str) -> tuple[int, str]:
    """The place of `name` among the members: see the head of this room."""
    return _PLACES.get(name, _META if name.startswith(META_FOLDER) else _DATA), name


def as_written(members: Sequence[Member]) -> list[Member]:
    """`members` and `mimetype`, in the order in which they stand in the container."""
    return sorted(
        [*members, fixed(MIMETYPE_NAME, "", MIMETYPE)], key=lambda m: writing_order(m.name)
    )


def in_turn(members: Sequence[Member], last: Callable[[], Sequence[Member]]) -> Iterator[Member]:
    """`members` as they are written, and then those that `last` gives, which is asked when their turn has come:
    none of them stands before one of `members`.
    """
    yield from as_written(members)
    yield from sorted(last(), key=lambda member: writing_order(member.name))


def write_container(members: Iterable[Member], *, at: datetime, comment: bytes) -> Iterator[bytes]:
    """The whole container in pieces; `members` in their order (`as_written`, `in_turn`)."""
    stamp = dos_stamp(at)
    placed: list[Placed] = []
    position = 0
    for member in members:
        placed.append(Placed(member.name, member.size, member.crc32, position))
        header = local_header(member.name, member.size, member.crc32, stamp)
        yield header
        yield from member.read()
        position += len(header) + member.size
    yield from _directory(placed, stamp, position, comment)


def _directory(
    placed: Sequence[Placed], stamp: tuple[int, int], offset: int, comment: bytes
) -> Iterator[bytes]:
    size = 0
    for member in placed:
        header = central_header(member, stamp)
        size += len(header)
        yield header
    yield directory_end(len(placed), size=size, offset=offset, comment=comment)
