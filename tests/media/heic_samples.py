"""HEIC pictures as phones make them: tiles of HEVC that a grid puts together, turned as they were held.

Written by hand after ISO/IEC 14496-12 and 23008-12, since no library at hand writes a grid.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import av
import numpy as np
from PIL import Image


@dataclass(frozen=True, slots=True)
class Tiles:
    """Encoded pictures of one size, and what their decoder has to know."""

    samples: tuple[bytes, ...]
    configuration: bytes


def heic(
    picture: Image.Image,
    *,
    tile: int = 128,
    quarter_turns: int = 0,
    labels: bytes | None = None,
    rows_stated: int | None = None,
) -> bytes:
    """`picture` as a grid of square tiles. `quarter_turns` (against the clock) are stated, not done.
    `labels`: a TIFF directory (EXIF). `rows_stated`: a lie about the grid.
    """
    columns, rows = -(-picture.width // tile), -(-picture.height // tile)
    padded = Image.new("RGB", (columns * tile, rows * tile))
    padded.paste(picture, (0, 0))
    parts = [
        padded.crop((x * tile, y * tile, (x + 1) * tile, (y + 1) * tile))
        for y in range(rows)
        for x in range(columns)
    ]
    tiles = _encoded(parts)
    grid = struct.pack(
        ">BBBBHH", 0, 0, (rows_stated or rows) - 1, columns - 1, picture.width, picture.height
    )
    return _collection(tiles, grid, picture.size, tile, quarter_turns, labels)


def _encoded(parts: Sequence[Image.Image]) -> Tiles:
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as out:
        stream: Any = out.add_stream("libx265", rate=1)
        stream.width, stream.height, stream.pix_fmt = *parts[0].size, "yuv420p"
        stream.options = {"x265-params": "keyint=1:log-level=none:pools=none:frame-threads=1"}
        stream.codec_context.gop_size = 1
        for part in parts:
            out.mux(stream.encode(av.VideoFrame.from_ndarray(np.asarray(part), format="rgb24")))
        out.mux(stream.encode(None))
    file.seek(0)
    with av.open(file, "r") as back:
        samples = tuple(bytes(packet) for packet in back.demux(video=0) if packet.size)
        extra = back.streams.video[0].codec_context.extradata
    assert extra is not None
    return Tiles(samples, extra)


def _collection(
    tiles: Tiles,
    grid: bytes,
    sides: tuple[int, int],
    tile: int,
    quarter_turns: int,
    labels: bytes | None,
) -> bytes:
    count = len(tiles.samples)
    whole, exif = count + 1, count + 2
    types = [b"hvc1"] * count + [b"grid"] + ([b"Exif"] if labels is not None else [])
    properties = [
        _box(b"hvcC", tiles.configuration),
        _full(b"ispe", struct.pack(">II", tile, tile)),
        _full(b"ispe", struct.pack(">II", *sides)),
        _box(b"irot", bytes([quarter_turns & 3])),
    ]
    owned = dict.fromkeys(range(1, count + 1), (0x81, 2)) | {whole: (3, 0x84)}
    contents = list(tiles.samples)
    if labels is not None:
        contents.append(struct.pack(">I", 6) + b"Exif\0\0" + labels)
    items = [*range(1, count + 1), *([exif] if labels is not None else [])]

    def laid_out(data_at: int) -> bytes:
        places, at = [], data_at
        for content in contents:
            places.append((at, len(content)))
            at += len(content)
        meta = [
            _full(b"hdlr", bytes(4) + b"pict" + bytes(13)),
            _full(b"pitm", struct.pack(">H", whole)),
            _item_types(types),
            _full(b"iref", _box(b"dimg", struct.pack(">HH", whole, count) + _numbers(count))),
            _box(b"iprp", _box(b"ipco", b"".join(properties)) + _owned_properties(owned)),
            _box(b"idat", grid),
            _places(items, places, whole, len(grid)),
        ]
        head = _box(b"ftyp", b"heic" + bytes(4) + b"mif1heic")
        return (
            head
            + _full(b"meta", b"".join(meta))
            + struct.pack(">I4s", 8 + sum(map(len, contents)), b"mdat")
        )

    head = laid_out(len(laid_out(0)))
    return head + b"".join(contents)


def _box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, name) + body


def _full(name: bytes, body: bytes, version: int = 0) -> bytes:
    return _box(name, bytes([version, 0, 0, 0]) + body)


def _numbers(count: int) -> bytes:
    return b"".join(struct.pack(">H", item) for item in range(1, count + 1))


def _item_types(types: Sequence[bytes]) -> bytes:
    entries = [
        _full(b"infe", struct.pack(">HH4sB", number, 0, name, 0), version=2)
        for number, name in enumerate(types, start=1)
    ]
    return _full(b"iinf", struct.pack(">H", len(entries)) + b"".join(entries))


def _owned_properties(owned: Mapping[int, tuple[int, ...]]) -> bytes:
    entries = b"".join(
        struct.pack(">HB", item, len(places)) + bytes(places) for item, places in owned.items()
    )
    return _full(b"ipma", struct.pack(">I", len(owned)) + entries)


def _places(
    items: Sequence[int], places: Sequence[tuple[int, int]], grid: int, grid_length: int
) -> bytes:
    entries = [
        struct.pack(">HHHHII", item, 0, 0, 1, *place)
        for item, place in zip(items, places, strict=True)
    ]
    entries.append(struct.pack(">HHHHII", grid, 1, 0, 1, 0, grid_length))
    return _full(b"iloc", struct.pack(">BBH", 0x44, 0, len(entries)) + b"".join(entries), 1)
