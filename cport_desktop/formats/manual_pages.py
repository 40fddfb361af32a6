"""The manual as the build leaves it (`packaging/manual_html.py`): an index, pages of simple HTML, pictures as pixels.

All of it is a part of this program and as trusted as its code. It is read strictly all the same, within bounds, so that a
damaged copy costs a chapter and not the window.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

INDEX: Final = "index.json"
PICTURE: Final = ".pixels"
_MAGIC: Final = b"CPORTPX1"
_COLOURS: Final = 256
_HEAD: Final = len(_MAGIC) + 4 + 3 * _COLOURS
_LONGEST_SIDE: Final = 4096
_LONGEST_FILE: Final = 4_000_000
"""Bytes of a page, an index or a picture; the longest there is has a tenth of it."""


class ManualDamaged(ValueError):
    """A file of the manual is not there, or not as the build left it. Whoever shows the manual says so; nobody
    else hears of it.
    """


class ManualChapter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`name` is that of its page; `words`: all its text, one piece a line."""

    name: str
    part: str
    title: str
    anchors: tuple[str, ...]
    words: str


class ManualIndex(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The chapters in the order of the book."""

    format: str
    title: str
    chapters: tuple[ManualChapter, ...]


@dataclass(frozen=True, slots=True)
class ManualPicture:
    """`rows`: `width` × `height` bytes, each the number of a colour; `colours`: 256 of three bytes (red, green, blue)."""

    width: int
    height: int
    colours: bytes
    rows: bytes


def read_index(folder: Path) -> ManualIndex:
    """What the manual in `folder` holds.

    Raises:
        ManualDamaged: there is none, or it is damaged.
    """
    try:
        index = msgspec.json.decode(_bytes(folder / INDEX), type=ManualIndex)
    except msgspec.MsgspecError as error:
        raise ManualDamaged(f"{INDEX}: json") from error
    if index.format != "cport-manual-1":
        raise ManualDamaged(f"{INDEX}: format")
    return index


def read_page(folder: Path, name: str) -> str:
    """The HTML of a chapter.

    Raises:
        ManualDamaged: it is not there, or damaged.
    """
    try:
        return _bytes(folder / f"{name}.html").decode("utf-8")
    except UnicodeDecodeError as error:
        raise ManualDamaged(f"{name}: utf-8") from error


def read_picture(folder: Path, file: str) -> ManualPicture:
    """The pixels of a picture; no decoder of pictures is asked.

    Raises:
        ManualDamaged: it is not there, or damaged.
    """
    whole = _bytes(folder / file)
    head, packed = whole[:_HEAD], whole[_HEAD:]
    width, height = int.from_bytes(head[8:10], "big"), int.from_bytes(head[10:12], "big")
    if not head.startswith(_MAGIC) or not 0 < width <= _LONGEST_SIDE >= height > 0:
        raise ManualDamaged(f"{file}: head")
    unpacking = zlib.decompressobj()
    try:
        rows = unpacking.decompress(packed, width * height)
    except zlib.error as error:
        raise ManualDamaged(f"{file}: deflate") from error
    if len(rows) != width * height:
        raise ManualDamaged(f"{file}: length")
    return ManualPicture(width, height, head[12:], rows)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            found = opened.read(_LONGEST_FILE + 1)
    except OSError as error:
        raise ManualDamaged(f"{path.name}: absent") from error
    if len(found) > _LONGEST_FILE:
        raise ManualDamaged(f"{path.name}: length")
    return found
