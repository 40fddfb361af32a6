"""The small parts that messages are made of: bytes, choices, texts, pictures.

Whatever is taken from a `Cursor` was there and lay within its bounds, or a `MalformedMessage`
says where it did not.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import TypeVar

from cport_desktop.domain.media_item import CannotShow, MediaKind, Picture
from cport_desktop.errors import MalformedMessage

_SHORT = struct.Struct(">H")
_PICTURE = struct.Struct(">HHB")
_NONE, _SOME = 0, 1

_Choice = TypeVar("_Choice")

KINDS = (MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO, MediaKind.OTHER)
CAUSES = (
    None,
    CannotShow.NOT_MEDIA,
    CannotShow.FORMAT_REFUSED,
    CannotShow.CORRUPT,
    CannotShow.TRUNCATED,
    CannotShow.TOO_LARGE,
    CannotShow.AUDIO_ONLY,
)
"""What a child may say of a file; that the child itself failed is for the parent to say."""


class Cursor:
    """Goes through a body once; every step checks that the bytes are there."""

    def __init__(self, untrusted: bytes) -> None:
        self._untrusted = untrusted
        self._at = 0

    def piece(self, count: int) -> bytes:
        piece = self._untrusted[self._at : self._at + count]
        if len(piece) != count:
            raise breach("message", "ends too early")
        self._at += count
        return piece

    def take(self, shape: struct.Struct) -> tuple[int, ...]:
        return shape.unpack(self.piece(shape.size))

    def byte(self) -> int:
        return self.piece(1)[0]

    def has_some(self) -> bool:
        mark = self.byte()
        if mark not in {_NONE, _SOME}:
            raise breach("message", "neither there nor absent")
        return mark == _SOME

    def end(self) -> None:
        if self._at != len(self._untrusted):
            raise breach("message", "goes on behind its end")


def chosen(choices: Sequence[_Choice], untrusted: int, where: str) -> _Choice:
    if untrusted >= len(choices):
        raise breach(where, "unknown")
    return choices[untrusted]


def maybe(printed: bytes | None) -> bytes:
    return bytes([_NONE]) if printed is None else bytes([_SOME]) + printed


def print_byte(value: int) -> bytes:
    return bytes([value])


def print_text(text: str) -> bytes:
    encoded = text.encode()
    return _SHORT.pack(len(encoded)) + encoded


def parse_text(cursor: Cursor, limit: int) -> str:
    (length,) = cursor.take(_SHORT)
    if length > 4 * limit:
        raise breach("answer.text", "too long")
    try:
        return cursor.piece(length).decode()
    except UnicodeDecodeError as error:
        raise breach("answer.text", "not UTF-8") from error


def print_picture(picture: Picture | None) -> bytes:
    if picture is None:
        return maybe(None)
    head = _PICTURE.pack(picture.width, picture.height, picture.channels)
    return maybe(head + picture.pixels)


def parse_picture(
    cursor: Cursor, widest: int, highest: int, channels_allowed: tuple[int, ...]
) -> Picture | None:
    if not cursor.has_some():
        return None
    width, height, channels = cursor.take(_PICTURE)
    if not (1 <= width <= widest and 1 <= height <= highest and channels in channels_allowed):
        raise breach("answer.picture", "out of bounds")
    return Picture(width, height, channels, cursor.piece(width * height * channels))


def breach(where: str, cause: str) -> MalformedMessage:
    return MalformedMessage(where=where, cause=cause)
