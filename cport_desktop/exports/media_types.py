"""The Internet media types of packed files, by the end of their name, which the composing gave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_TYPES: Final[Mapping[str, str]] = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "bmp": "image/bmp",
    "mp4": "video/mp4",
    "webm": "video/webm",
}
_UNKNOWN: Final = "application/octet-stream"


def media_type_of(name: str) -> str:
    """The type of the file that the member of this name holds."""
    return _TYPES.get(name.rpartition(".")[2], _UNKNOWN)
