"""A backup file, opened: what it says, and its parts, each from wherever they are asked for.

Opening proves the head, the length of the file, the manifest and the table; every byte of the
database and of the blobs is proved when it is read. What fails is named: which part of which
file. Memory does not grow with the file.
"""

from __future__ import annotations

import hashlib
import hmac
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self, cast

from cport_desktop.crypto.chunk_cipher import SALT, ChunkCipher
from cport_desktop.crypto.sealing import CHUNK, HEADER, SealedReader
from cport_desktop.errors import BackupDamaged, BackupUnfit, VaultDamaged
from cport_desktop.vault.backup_format import (
    ENTRY_SIZE,
    HERE,
    Entry,
    Manifest,
    Preamble,
    manifest_digest,
    read_entries,
    read_length,
    read_manifest,
    read_preamble,
)
from cport_desktop.vault.durable_files import naming_disk_faults
from cport_desktop.words import keeping as words

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PIECE = 64 * CHUNK
"""1 MiB: read, opened and handed on at once."""


class Section(io.RawIOBase):
    """A part of a file as a file of its own. Not for two threads at once."""

    def __init__(self, file: BinaryIO, start: int, length: int) -> None:
        self._file = file
        self._start = start
        self._length = length
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        origin = {0: 0, 1: self._at, 2: self._length}[whence]
        self._at = max(0, origin + offset)
        return self._at

    def read(self, size: int | None = -1, /) -> bytes:
        rest = max(0, self._length - self._at)
        wanted = rest if size is None or size < 0 else min(size, rest)
        self._file.seek(self._start + self._at)
        found = self._file.read(wanted)
        self._at += len(found)
        return found

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        return _read_into(self, buffer)


class PlainFile(io.RawIOBase):
    """What a `SealedReader` gives, as a file to read from; one page of it is kept."""

    def __init__(self, sealed: SealedReader) -> None:
        self._sealed = sealed
        self._at = 0
        self._page = b""
        self._page_start = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        origin = {0: 0, 1: self._at, 2: self._sealed.size}[whence]
        self._at = max(0, origin + offset)
        return self._at

    def read(self, size: int | None = -1, /) -> bytes:
        end = self._sealed.size if size is None or size < 0 else self._at + size
        found = bytearray()
        while self._at < end and (piece := self._on_page(end - self._at)):
            found += piece
            self._at += len(piece)
        return bytes(found)

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        return _read_into(self, buffer)

    def _on_page(self, wanted: int) -> bytes:
        inside = self._at - self._page_start
        if not 0 <= inside < len(self._page):
            start = self._at - self._at % PIECE
            try:
                self._page = self._sealed.read_at(start, PIECE)
            except VaultDamaged:
                # What was changed may lie beside what is wanted, and that has another name.
                return self._sealed.read_at(self._at, wanted)
            self._page_start = start
            inside = self._at - start
        return self._page[inside : inside + wanted]


def _read_into(file: io.RawIOBase, buffer: WriteableBuffer) -> int:
    """`readinto` by `read`: what is read here comes out of pages that are kept, and is copied once."""
    room = memoryview(buffer).cast("B")
    found = file.read(len(room)) or b""
    room[: len(found)] = found
    return len(found)


class BackupReader:
    """An open backup. Not for two threads at once. Ends with `close` (or the `with` block).

    Raises:
        BackupDamaged: not under this key, cut, or changed where opening reads it.
    """

    def __init__(self, file: BinaryIO, preamble: Preamble, root: bytes, *, name: str) -> None:
        self._file = file
        self._name = name
        self.preamble = preamble
        start = len(preamble.clear)
        section = cast("BinaryIO", Section(file, start, max(0, file.seek(0, 2) - start)))
        key = preamble.stream_key(root)
        with self._blaming("head"):
            is_ours = _is_sealed_with(section, key, preamble.context)
        if not is_ours:
            raise BackupDamaged(file=name, where="head")
        with self._blaming("end"):
            self._sealed = SealedReader(section, key, preamble.context, name=name)
        self._plain = PlainFile(self._sealed)
        with self._blaming("manifest"):
            length = read_length(self._sealed.read_at(0, 4), name=name)
            content = self._sealed.read_at(4, length)
        self.manifest: Manifest = read_manifest(content, name=name)
        self.digest = manifest_digest(content)
        self._table = 4 + length
        self._database = self._table + self.manifest.blobs * ENTRY_SIZE
        self._blobs = self._database + self.manifest.database_size
        self.bytes_here = self._measured()

    @property
    def name(self) -> str:
        return self._name

    def entries(self) -> Iterator[Entry]:
        """Every sealed blob of the vault, in the order of their names.

        Raises:
            BackupDamaged.
        """
        pieces = self._pieces("table", self._table, self._database - self._table)
        return read_entries(pieces, chain=len(self.manifest.chain), name=self._name)

    def database(self) -> Iterator[bytes]:
        """The database file, in pieces; its digest is compared behind the last one.

        Raises:
            BackupDamaged.
        """
        digest = hashlib.sha256()
        for piece in self._pieces("database", self._database, self.manifest.database_size):
            digest.update(piece)
            yield piece
        if digest.hexdigest() != self.manifest.database_sha256:
            raise BackupDamaged(file=self._name, where="database")

    def blobs_here(self) -> Iterator[tuple[Entry, int]]:
        """The blobs that lie in this file, each with the offset of its bytes."""
        offset = self._blobs
        for entry in self.entries():
            if entry.place == HERE:
                yield entry, offset
                offset += entry.size

    def blob(self, entry: Entry, offset: int) -> Iterator[bytes]:
        """The bytes of one sealed blob.

        Raises:
            BackupDamaged.
        """
        return self._pieces(f"blob {entry.blob}", offset, entry.size)

    def blob_file(self, entry: Entry, offset: int) -> BinaryIO:
        """One sealed blob as a file; reading it raises `VaultDamaged` where it was changed."""
        return cast("BinaryIO", Section(cast("BinaryIO", self._plain), offset, entry.size))

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

    def _measured(self) -> int:
        """Bytes of blobs in this file, once table and length of the stream agree."""
        digest = hashlib.sha256()
        for piece in self._pieces("table", self._table, self._database - self._table):
            digest.update(piece)
        if digest.hexdigest() != self.manifest.table_sha256:
            raise BackupDamaged(file=self._name, where="table")
        here = sum(entry.size for entry in self.entries() if entry.place == HERE)
        if self._blobs + here != self._sealed.size:
            raise BackupDamaged(file=self._name, where="length")
        return here

    def _pieces(self, where: str, offset: int, length: int) -> Iterator[bytes]:
        end = offset + length
        while offset < end:
            with self._blaming(where):
                self._plain.seek(offset)
                piece = self._plain.read(min(PIECE, end - offset))
            if not piece:
                raise BackupDamaged(file=self._name, where=where)
            offset += len(piece)
            yield piece

    @contextmanager
    def _blaming(self, where: str) -> Iterator[None]:
        try:
            with naming_disk_faults(self._name):
                yield
        except VaultDamaged as error:
            raise BackupDamaged(file=self._name, where=where) from error


def _is_sealed_with(file: BinaryIO, key: bytes, context: bytes) -> bool:
    """Whether the stream commits itself to this key and context."""
    file.seek(0)
    header = file.read(HEADER)
    if len(header) < HEADER:
        return False
    expected = ChunkCipher(key, context, header[:SALT]).header
    return hmac.compare_digest(expected, header)


def open_backup(path: Path, root: bytes) -> BackupReader:
    """The backup at `path`, under the key for backups of the vault key of its time.

    Raises:
        BackupDamaged: it is none, is cut or was changed, or the key is another.
        BackupUnfit: there is no such file, or it may not be read.
        VaultNewer: made by a later version.
    """
    name = path.name
    file = _opened(path)
    try:
        preamble = read_preamble(file, name=name)
        return BackupReader(file, preamble, root, name=name)
    except BaseException:
        file.close()
        raise


def look_at(path: Path) -> Preamble:
    """What a backup file says to anybody; nothing vouches for it yet. Raises as `open_backup`."""
    with _opened(path) as file:
        return read_preamble(file, name=path.name)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        cause = words.not_readable(error.strerror or "")
        raise BackupUnfit(file=path.name, cause=cause) from error
