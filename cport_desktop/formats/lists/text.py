"""Text in other encodings is read as UTF-8, piece by piece; what is packed is told from what is not.

UTF-16 is known by its byte order mark, or by the zeros that every second byte of plain letters has. Lines
that end in CR alone, as old tools write them, are read as lines.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from cport_desktop.errors import HashListUnreadable
from cport_desktop.words import list_files as words

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BOM: Final = codecs.BOM_UTF8
_PIECE: Final = 1 << 16
_PACKED: Final[Mapping[bytes, str]] = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "ZIP",
    b"PK\x05\x06": "ZIP",
    b"7z\xbc\xaf\x27\x1c": "7-Zip",
    b"\xfd7zXZ\0": "xz",
    b"\x28\xb5\x2f\xfd": "Zstandard",
    b"BZh": "bzip2",
    b"Rar!": "RAR",
}
_LEAST: Final = 4
"""Bytes by which UTF-16 without a mark is told."""


def require_unpacked(beginning: bytes) -> None:
    """Nothing, if a file is not packed.

    Raises:
        HashListUnreadable: it is, and by what.
    """
    for mark, name in _PACKED.items():
        if beginning.startswith(mark):
            raise HashListUnreadable(cause=words.packed(name))


def encoding_of(beginning: bytes) -> str | None:
    """The encoding that is not UTF-8; None if it is, or no text."""
    if beginning.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    first = beginning[:64]
    first = first[: len(first) // 2 * 2]
    if len(first) < _LEAST:
        return None
    low, high = first[::2], first[1::2]
    if not any(high) and all(low):
        return "utf-16-le"
    if not any(low) and all(high):
        return "utf-16-be"
    return None


def as_utf8(beginning: bytes, encoding: str | None) -> bytes:
    """A beginning as it is in UTF-8, without a byte order mark; a letter that is cut off is left out."""
    if encoding is None:
        return beginning.removeprefix(_BOM)
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    return decoder.decode(beginning).encode().removeprefix(_BOM)


def ends_in_cr(beginning: bytes) -> bool:
    """Whether the lines of a text, as UTF-8, end in CR and nothing else."""
    return b"\r" in beginning and b"\n" not in beginning


def with_lf(beginning: bytes) -> bytes:
    """The same text with lines that end in LF."""
    return beginning.replace(b"\r", b"\n")


def utf8_file(
    file: io.BufferedReader, encoding: str | None, *, has_cr: bool = False
) -> io.BufferedReader:
    """A file from its beginning, as UTF-8 without a byte order mark; with `has_cr`, `with_lf`. It is never
    closed by this.
    """
    if encoding is None and not has_cr:
        file.seek(len(_BOM) if file.read(len(_BOM)) == _BOM else 0)
        return file
    file.seek(0)
    return io.BufferedReader(_Recoded(file, encoding, has_cr=has_cr), _PIECE)


class _Recoded(io.RawIOBase):
    """What is read of it is UTF-8; letters that are none are shown as such."""

    def __init__(self, file: io.BufferedReader, encoding: str | None, *, has_cr: bool) -> None:
        super().__init__()
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)("replace") if encoding else None
        self._has_cr = has_cr
        self._ready = b""
        self._is_first = True

    def readable(self) -> bool:
        return True

    def readinto(self, room: WriteableBuffer, /) -> int:
        space = memoryview(room).cast("B")
        while not self._ready:
            piece = self._file.read(_PIECE)
            told = self._decoder.decode(piece, final=not piece).encode() if self._decoder else piece
            if self._is_first and told:
                told, self._is_first = told.removeprefix(_BOM), False
            self._ready = with_lf(told) if self._has_cr else told
            if not piece:
                break
        given, self._ready = self._ready[: len(space)], self._ready[len(space) :]
        space[: len(given)] = given
        return len(given)
