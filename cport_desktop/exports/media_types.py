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
    "avif": "image/avif",
    "tiff": "image/tiff",
    "bmp": "image/bmp",
    "heic": "image/heic",
    "jp2": "image/jp2",
    "jxl": "image/jxl",
    "mov": "video/quicktime",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mkv": "video/matroska",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "flac": "audio/flac",
    "wav": "audio/vnd.wave",
    "pdf": "application/pdf",
}
"""Names of formats as `media.child.recognition` has them, where IANA registered a type for them."""
_UNKNOWN: Final = "application/octet-stream"


def media_type_of(name: str) -> str:
    """The type of the file that the member of this name holds."""
    return _TYPES.get(name.rpartition(".")[2], _UNKNOWN)
