"""Write a grey picture as PNG, from pixels: no decoder or encoder library is needed for that."""

from __future__ import annotations

import struct
import zlib

from cport_desktop.domain.media_item import Picture


def grey_png(picture: Picture, *, comment: str = "") -> bytes:
    """`picture` (one channel) as a PNG file (ISO/IEC 15948), 8 bits grey, no filter.

    `comment` (Latin-1) stands in the file for programs that show it.
    """
    if picture.channels != 1:
        raise ValueError("a veil has one channel")
    header = struct.pack(">IIBBBBB", picture.width, picture.height, 8, 0, 0, 0, 0)
    rows = b"".join(
        b"\x00" + picture.pixels[start : start + picture.width]
        for start in range(0, len(picture.pixels), picture.width)
    )
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", header),
            _chunk(b"tEXt", b"Comment\x00" + comment.encode("latin-1")) if comment else b"",
            _chunk(b"IDAT", zlib.compress(rows, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
