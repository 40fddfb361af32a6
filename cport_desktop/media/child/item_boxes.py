"""What a HEIC file says of its items: which one is the picture, of which tiles it is put together, and how
it was held.

After ISO/IEC 14496-12 (boxes) and 23008-12 (items, grids, `irot`, `imir`). FFmpeg decodes the tiles, one stream
an item; PyAV does not hand on how they belong together, and the usual library for such files starts threads,
which a confined child must not. So these few boxes are read here: every length is checked, nothing is
followed twice, and what does not fit is `ValueError`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_MOST_ITEMS: Final = 4_096
_MOST_BOXES: Final = 20_000
_LONGEST_LABELS: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Grid:
    """`tiles` row by row; `width` and `height` of the whole, which cuts the last ones."""

    rows: int
    columns: int
    width: int
    height: int
    tiles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """`picture`: the item that is the picture; its tiles if it has any. `quarter_turns` against the clock,
    then mirrored left to right (`mirrored` 1) or top to bottom (0). `labels`: a TIFF directory.
    """

    picture: int
    grid: Grid | None
    quarter_turns: int
    mirrored: int | None
    labels: bytes | None


@dataclass(slots=True)
class _Read:
    primary: int | None = None
    types: dict[int, bytes] = field(default_factory=dict)
    tiles: dict[int, tuple[int, ...]] = field(default_factory=dict)
    places: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    properties: list[tuple[bytes, memoryview]] = field(default_factory=list)
    owned: dict[int, tuple[int, ...]] = field(default_factory=dict)
    within: memoryview = field(default_factory=lambda: memoryview(b""))


def read_items(untrusted: memoryview) -> Held:
    """The picture that the file is about.

    Raises:
        ValueError: its boxes say nothing that can be followed.
    """
    try:
        return _held(untrusted, _read(untrusted))
    except (struct.error, IndexError) as error:
        raise ValueError("a box ends too early") from error


def _read(untrusted: memoryview) -> _Read:
    meta = next((body for name, body in _boxes(untrusted) if name == b"meta"), None)
    if meta is None:
        raise ValueError("no box of items")
    read = _Read()
    for name, body in _boxes(meta[4:]):
        match name:
            case b"pitm":
                (read.primary,) = struct.unpack_from(">I" if body[0] else ">H", body, 4)
            case b"iinf":
                read.types = _types(body)
            case b"iref":
                read.tiles = _references(body)
            case b"iloc":
                read.places = _places(body)
            case b"iprp":
                _take_properties(read, body)
            case b"idat":
                read.within = body
    return read


def _held(untrusted: memoryview, read: _Read) -> Held:
    if read.primary is None:
        raise ValueError("no item is the picture")
    turns, mirrored = 0, None
    for place in read.owned.get(read.primary, ()):
        name, body = read.properties[place - 1] if place else (b"", memoryview(b""))
        if name == b"irot":
            turns = body[0] & 3
        elif name == b"imir":
            mirrored = body[0] & 1
    grid = _grid(untrusted, read) if read.types.get(read.primary) == b"grid" else None
    return Held(read.primary, grid, turns, mirrored, _labels(untrusted, read))


def _grid(untrusted: memoryview, read: _Read) -> Grid:
    assert read.primary is not None
    body = _content(untrusted, read, read.primary)
    rows, columns = body[2] + 1, body[3] + 1
    width, height = struct.unpack_from(">II" if body[1] & 1 else ">HH", body, 4)
    tiles = read.tiles.get(read.primary, ())
    if len(tiles) != rows * columns or not width or not height:
        raise ValueError("a grid that is not filled")
    return Grid(rows, columns, width, height, tiles)


def _labels(untrusted: memoryview, read: _Read) -> bytes | None:
    item = next((number for number, name in read.types.items() if name == b"Exif"), None)
    if item is None or item not in read.places:
        return None
    body = _content(untrusted, read, item)
    (skipped,) = struct.unpack_from(">I", body)
    return bytes(body[4 + skipped : 4 + skipped + _LONGEST_LABELS]) if skipped < len(body) else None


def _content(untrusted: memoryview, read: _Read, item: int) -> memoryview:
    method, at, length = read.places.get(item, (0, 0, 0))
    whole = {0: untrusted, 1: read.within}.get(method, memoryview(b""))
    if not 0 < length <= len(whole) - at:
        raise ValueError("an item that is not there")
    return whole[at : at + length]


def _boxes(untrusted: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    at = 0
    for _ in range(_MOST_BOXES):
        if at + 8 > len(untrusted):
            return
        size, name = struct.unpack_from(">I4s", untrusted, at)
        head = 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", untrusted, at + 8)
            head = 16
        if size == 0:
            size = len(untrusted) - at
        if size < head or at + size > len(untrusted):
            return
        yield name, untrusted[at + head : at + size]
        at += size


def _types(body: memoryview) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    for name, entry in _boxes(body[6 if body[0] == 0 else 8 :]):
        if name == b"infe" and entry[0] in {2, 3} and len(found) < _MOST_ITEMS:
            shape = ">HH4s" if entry[0] == 2 else ">IH4s"
            item, _, kind = struct.unpack_from(shape, entry, 4)
            found[item] = kind
    return found


def _references(body: memoryview) -> dict[int, tuple[int, ...]]:
    """Of which items others are put together."""
    form, width = ("I", 4) if body[0] else ("H", 2)
    found: dict[int, tuple[int, ...]] = {}
    for name, entry in _boxes(body[4:]):
        if name == b"dimg":
            item, count = struct.unpack_from(f">{form}H", entry)
            if count > _MOST_ITEMS:
                raise ValueError("too many tiles")
            found[item] = struct.unpack_from(f">{count}{form}", entry, width + 2)
    return found


def _places(body: memoryview) -> dict[int, tuple[int, int, int]]:
    """Method, offset and length of each item that lies in one piece."""
    version, sizes = body[0], struct.unpack_from(">BB", body, 4)
    offset, length = sizes[0] >> 4, sizes[0] & 15
    base, index = sizes[1] >> 4, sizes[1] & 15 if version else 0
    at = 6
    count, at = _number(body, at, 4 if version == 2 else 2)
    found: dict[int, tuple[int, int, int]] = {}
    for _ in range(min(count, _MOST_ITEMS)):
        item, at = _number(body, at, 4 if version == 2 else 2)
        method = 0
        if version:
            method, at = _number(body, at, 2)
        _, at = _number(body, at, 2)
        start, at = _number(body, at, base)
        extents, at = _number(body, at, 2)
        for _ in range(extents):
            at += index
            more, at = _number(body, at, offset)
            size, at = _number(body, at, length)
            if extents == 1:
                found[item] = (method & 15, start + more, size)
    return found


def _number(body: memoryview, at: int, width: int) -> tuple[int, int]:
    if width not in {0, 2, 4, 8} or at + width > len(body):
        raise ValueError("a number that is not there")
    return int.from_bytes(body[at : at + width], "big"), at + width


def _take_properties(read: _Read, body: memoryview) -> None:
    for name, entry in _boxes(body):
        if name == b"ipco":
            read.properties = list(_boxes(entry))
        elif name == b"ipma":
            read.owned |= _owned(entry)


def _owned(body: memoryview) -> dict[int, tuple[int, ...]]:
    """The places of each item's properties, from 1."""
    wide_items, wide_places = body[0] >= 1, bool(body[3] & 1)
    count, at = _number(body, 4, 4)
    found: dict[int, tuple[int, ...]] = {}
    for _ in range(min(count, _MOST_ITEMS)):
        item, at = _number(body, at, 4 if wide_items else 2)
        owned, at = int(body[at]), at + 1
        places = []
        for _ in range(owned):
            if wide_places:
                place, at = _number(body, at, 2)
                places.append(place & 0x7FFF)
            else:
                places.append(body[at] & 0x7F)
                at += 1
        found[item] = tuple(places)
    return found
