"""A package that was written is read back from its medium before anybody says that it is done.

    medium → digest of each file and of all → seal opened, chunk by chunk → container read → each file's digest

The bytes that lie there must be those that were sealed, the container must be whole, and each file in it
must have the digest that stands in the signed manifest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cport_desktop.crypto.age_rereading import reread
from cport_desktop.crypto.age_writing import Written
from cport_desktop.domain.package import ComposedPackage
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.errors import Cancelled, DigestMismatch
from cport_desktop.exports.alongside import Ahead, Alongside
from cport_desktop.exports.container_reader import (
    ContainerReader,
    Fault,
    SeenContainer,
    SeenMember,
)
from cport_desktop.exports.piece_stream import PieceReader
from cport_desktop.exports.uncached_file import UncachedFile

_PIECE: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Sealed:
    """A package that was written and that nobody has read back yet. `members` in their order."""

    seal: Written
    members: tuple[SeenMember, ...]
    items: int
    media: int
    recipients: tuple[str, ...]
    signer: str

    @property
    def size(self) -> int:
        """Of the sealed file, in bytes."""
        return self.seal.size

    def as_found(self, found: Found) -> ComposedPackage:
        """What is told of it."""
        return ComposedPackage(
            sha256=found.sha256,
            size=self.size,
            items=self.items,
            media=self.media,
            recipients=self.recipients,
            signer=self.signer,
        )


@dataclass(frozen=True, slots=True)
class Found:
    """What lies on the medium: SHA-256 of all of it, and of each file, in lower-case hex."""

    sha256: str
    files: tuple[str, ...]


def read_back(
    paths: Sequence[Path],
    sealed: Sealed,
    *,
    name: str,
    announce: Announce,
    is_cancelled: IsCancelled,
) -> Found:
    """The files at `paths` are, one behind the other, the package that was sealed.

    Raises:
        DigestMismatch: they are not (`name`), or a member is not (its own name): do not hand them on.
        Cancelled: somebody stopped it.
    """
    digests, reader, done = _Digests(len(paths)), ContainerReader(), 0
    announce(Progress(Phase.CHECKING, 0, sealed.size))
    with (
        Alongside(digests.take, name="digesting") as digesting,
        Alongside(reader.write, name="reading") as reading,
        closing(_Medium(paths, digesting.put)) as medium,
        Ahead(medium.piece, name="medium") as ahead,
    ):
        source = PieceReader(iter(ahead.take, b""))
        for piece in reread(source, sealed.seal, name=name):
            if is_cancelled():
                raise Cancelled
            reading.put(piece)
            done += len(piece)
            announce(Progress(Phase.CHECKING, done, sealed.size))
    _require_same(reader.finish(), sealed.members, name)
    return digests.found()


def _require_same(seen: SeenContainer | Fault, expected: tuple[SeenMember, ...], name: str) -> None:
    if isinstance(seen, Fault):
        raise DigestMismatch(what=name)
    for member, sealed in zip(seen.members, expected, strict=False):
        if member != sealed:
            raise DigestMismatch(what=sealed.name)
    if len(seen.members) != len(expected):
        raise DigestMismatch(what=name)


class _Digests:
    """Of each of so many files and of all together; an empty piece says that one has ended."""

    def __init__(self, files: int) -> None:
        self._all = None if files == 1 else hashlib.sha256()
        self._one = hashlib.sha256()
        self._ended: list[str] = []

    def take(self, piece: bytes) -> None:
        if not piece:
            self._ended.append(self._one.hexdigest())
            self._one = hashlib.sha256()
            return
        self._one.update(piece)
        if self._all is not None:
            self._all.update(piece)

    def found(self) -> Found:
        whole = self._ended[0] if self._all is None else self._all.hexdigest()
        return Found(whole, tuple(self._ended))


class _Medium:
    """Files one behind the other, as they are on their medium; `hear` gets all that is read, and nothing
    (`b""`) where a file ends.
    """

    def __init__(self, paths: Sequence[Path], hear: Callable[[bytes], None]) -> None:
        self._left = list(paths)
        self._hear = hear
        self._file: UncachedFile | None = None

    def piece(self) -> bytes:
        """What comes next; nothing only at the end of them all."""
        while self._file is not None or self._left:
            if self._file is None:
                self._file = UncachedFile(self._left.pop(0))
            piece = self._file.read(_PIECE) or b""
            self._hear(piece)
            if piece:
                return piece
            self.close()
        return b""

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
