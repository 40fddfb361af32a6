"""The file of an update: signed metadata, then the files that it names, one after another.

No file has a name in it and nothing is unpacked by one: which bytes are which is said by the signed
metadata alone, which the files follow in the order of their targets' names. Every length is bounded
before anything is read.
"""

from __future__ import annotations

import hashlib
import os
import stat
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Final, NoReturn

from cport_desktop.errors import InputUnreadable, UpdateUntrusted
from cport_desktop.words import updates as words

MAGIC: Final = b"cport-update-v1\n"
_FAMILY: Final = b"cport-update-v"
MOST_ROOTS: Final = 256
LONGEST_METADATA: Final = 1024 * 1024
"""Bytes of one file of metadata; an honest one has a few thousand."""
_PIECE: Final = 1 << 20
_NUMBER: Final = struct.Struct(">I")

Take = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Metadata:
    """Unverified, as it stands in the file. `roots` in the order in which they follow each other."""

    roots: tuple[bytes, ...]
    timestamp: bytes
    snapshot: bytes
    targets: bytes


class Bundle:
    """An open bundle, read once from its beginning to its end."""

    def __init__(self, file: BufferedReader, path: Path) -> None:
        """Raises:
        UpdateUntrusted: it is no such file, or one that is cut within its metadata.
        InputUnreadable: the medium gives nothing.
        """
        self._file, self._path = file, path
        self.metadata = self._metadata()

    def copy_next(self, size: int, sha256: str, take: Take) -> None:
        """The next `size` bytes go to `take`, piece by piece; what was taken counts only if this ends well.

        Raises:
            UpdateUntrusted: the file ends before, or these are other bytes.
            InputUnreadable: the medium gives nothing more.
        """
        digest, left = hashlib.sha256(), size
        while left:
            piece = self._read(min(_PIECE, left))
            digest.update(piece)
            take(piece)
            left -= len(piece)
        if digest.hexdigest() != sha256:
            _refuse("digest")

    def require_end(self) -> None:
        """Raises:
        UpdateUntrusted: something follows that the metadata does not name.
        """
        if self._plain_read(1):
            _refuse("extra")

    def _metadata(self) -> Metadata:
        begun = self._plain_read(len(MAGIC))
        if begun != MAGIC:
            is_later = begun.startswith(_FAMILY) and begun.endswith(b"\n")
            _refuse("newer_format" if is_later else "format")
        roots = self._number(MOST_ROOTS)
        chain = tuple(self._block() for _ in range(roots))
        return Metadata(chain, self._block(), self._block(), self._block())

    def _block(self) -> bytes:
        left, pieces = self._number(LONGEST_METADATA), []
        while left:
            pieces.append(self._read(left))
            left -= len(pieces[-1])
        return b"".join(pieces)

    def _number(self, limit: int) -> int:
        raw = self._plain_read(_NUMBER.size)
        if len(raw) != _NUMBER.size:
            _refuse("cut")
        (number,) = _NUMBER.unpack(raw)
        if number > limit:
            _refuse("endless")
        return int(number)

    def _read(self, most: int) -> bytes:
        piece = self._plain_read(most)
        if not piece:
            _refuse("cut")
        return piece

    def _plain_read(self, most: int) -> bytes:
        with _naming(self._path):
            return self._file.read(most)


@contextmanager
def open_bundle(path: Path) -> Iterator[Bundle]:
    """The bundle in the file at `path`, closed afterwards.

    Raises:
        InputUnreadable: there is no such file, it may not be read, or it is none (a pipe, a folder).
        UpdateUntrusted: it is no bundle.
    """
    with _naming(path):
        # A pipe would make the opening itself wait.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise InputUnreadable(path=str(path), cause=words.NO_FILE)
    with os.fdopen(descriptor, "rb") as file:
        yield Bundle(file, path)


_BINARY: Final = getattr(os, "O_BINARY", 0)


def print_head(metadata: Metadata) -> bytes:
    """What stands before the files, as `Bundle` reads it."""
    blocks = (*metadata.roots, metadata.timestamp, metadata.snapshot, metadata.targets)
    told = b"".join(_NUMBER.pack(len(block)) + block for block in blocks)
    return MAGIC + _NUMBER.pack(len(metadata.roots)) + told


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputUnreadable(path=str(path), cause=error.strerror or "unknown") from error


def _refuse(what: str) -> NoReturn:
    raise UpdateUntrusted(what=what, cause=words.UNTRUSTED[what])
