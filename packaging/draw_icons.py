"""The icons of the program and of its files, drawn here: `packaging/icons/SIZExSIZE/NAME.png`.

    python packaging/draw_icons.py [FOLDER]      (again when a drawing changes; half a minute)

Only PNG is made: other formats would need a plug-in in a process that holds keys. Every shape is a
function of a point to a distance in units of the picture's edge, so that each size is drawn for itself and
none is scaled. Nothing but plain arithmetic is used: the same pixels come out on every machine.

`cport-desktop`: a picture behind its veil, and the seal of what leaves. The others are sheets of paper,
marked for what they carry: a sealed package, a bundle on its way, a vault's backup, an update.
"""

from __future__ import annotations

import struct
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import Final

SIZES: Final = (16, 22, 24, 32, 48, 64, 128, 256)
"""The sizes of the hicolor theme (freedesktop.org, Icon Theme Specification) that desktops ask for."""

FOLDER: Final = Path(__file__).resolve().parent / "icons"
_SAMPLES: Final = 4
"""Points in each direction that are looked at for one pixel."""

Distance = Callable[[float, float], float]
"""From a point of the unit square to how far it lies outside a shape; below zero inside."""

NIGHT, SLATE, PAPER, VEIL = (24, 33, 48), (58, 74, 99), (240, 242, 245), (152, 162, 177)
SKY, SEAL, AMBER, CLEAR = (124, 176, 255), (63, 143, 97), (200, 146, 48), (255, 255, 255)
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Layer:
    """A shape filled with one colour, above those before it."""

    shape: Distance
    colour: Colour


def box(left: float, top: float, right: float, bottom: float, radius: float = 0.0) -> Distance:
    """A rectangle with round corners."""
    x0, y0 = (left + right) / 2, (top + bottom) / 2
    half_x, half_y = (right - left) / 2 - radius, (bottom - top) / 2 - radius

    def distance(x: float, y: float) -> float:
        over_x, over_y = abs(x - x0) - half_x, abs(y - y0) - half_y
        outside = hypot(max(over_x, 0.0), max(over_y, 0.0))
        return outside + min(max(over_x, over_y), 0.0) - radius

    return distance


def disc(x0: float, y0: float, radius: float) -> Distance:
    return lambda x, y: hypot(x - x0, y - y0) - radius


def ring(x0: float, y0: float, radius: float, width: float) -> Distance:
    return lambda x, y: abs(hypot(x - x0, y - y0) - radius) - width / 2


def stroke(points: Sequence[tuple[float, float]], width: float) -> Distance:
    """A line through `points`, round at its ends and corners."""
    pairs = tuple(pairwise(points))

    def distance(x: float, y: float) -> float:
        return min(_to_segment((x, y), a, b) for a, b in pairs) - width / 2

    return distance


def hill(x0: float, y0: float, slope: float) -> Distance:
    """Everything below a peak, down to where the slopes lead."""
    return lambda x, y: y0 + slope * abs(x - x0) - y


def both(one: Distance, other: Distance) -> Distance:
    """What lies in each of two shapes."""
    return lambda x, y: max(one(x, y), other(x, y))


Point = tuple[float, float]


def _to_segment(point: Point, start: Point, end: Point) -> float:
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    from_x, from_y = point[0] - start[0], point[1] - start[1]
    part = (from_x * along_x + from_y * along_y) / (along_x * along_x + along_y * along_y)
    part = min(max(part, 0.0), 1.0)
    return hypot(from_x - part * along_x, from_y - part * along_y)


def program(size: int) -> list[Layer]:
    """Small sizes go without what would be less than a pixel."""
    picture = box(0.15, 0.19, 0.85, 0.72, 0.06)
    layers = [
        Layer(box(0.02, 0.02, 0.98, 0.98, 0.2), NIGHT),
        Layer(picture, SLATE),
        Layer(both(disc(0.67, 0.34, 0.075), picture), AMBER),
        Layer(both(hill(0.37, 0.35, 1.25), picture), SKY),
    ]
    slats = (0.36, 0.56) if size < 32 else (0.31, 0.45, 0.59)
    width = 0.11 if size < 32 else 0.075
    layers += [Layer(both(box(0.0, y, 1.0, y + width), picture), VEIL) for y in slats]
    return [*layers, *_seal(0.73, 0.72, 0.21, NIGHT)]


def _seal(x: float, y: float, radius: float, edge: Colour) -> list[Layer]:
    check = ((x - 0.5 * radius, y + 0.02), (x - 0.1 * radius, y + 0.42 * radius))
    end = (x + 0.52 * radius, y - 0.36 * radius)
    return [
        Layer(disc(x, y, radius + 0.035), edge),
        Layer(disc(x, y, radius), SEAL),
        Layer(stroke((*check, end), 0.3 * radius), CLEAR),
    ]


def _sheet(size: int) -> list[Layer]:
    edge = 0.035 if size >= 32 else 0.05
    return [
        Layer(box(0.14, 0.03, 0.86, 0.97, 0.07), NIGHT),
        Layer(box(0.14 + edge, 0.03 + edge, 0.86 - edge, 0.97 - edge, 0.05), PAPER),
    ]


def package(size: int) -> list[Layer]:
    lines = [Layer(box(0.27, y, 0.73, y + 0.055, 0.02), VEIL) for y in (0.19, 0.32)]
    return [*_sheet(size), *(lines if size >= 22 else []), *_seal(0.5, 0.64, 0.2, PAPER)]


def bundle(size: int) -> list[Layer]:
    """An arrow out and an arrow back: one half of an exchange."""
    width = 0.075
    out = stroke(((0.3, 0.36), (0.7, 0.36), (0.58, 0.24)), width)
    back = stroke(((0.7, 0.64), (0.3, 0.64), (0.42, 0.76)), width)
    heads = [stroke(((0.7, 0.36), (0.58, 0.48)), width), stroke(((0.3, 0.64), (0.42, 0.52)), width)]
    shapes = ((out, SLATE), (heads[0], SLATE), (back, SEAL), (heads[1], SEAL))
    return [*_sheet(size), *(Layer(shape, colour) for shape, colour in shapes)]


def backup(size: int) -> list[Layer]:
    """A lock."""
    return [
        *_sheet(size),
        Layer(both(ring(0.5, 0.44, 0.14, 0.075), box(0.0, 0.0, 1.0, 0.46)), SLATE),
        Layer(box(0.29, 0.44, 0.71, 0.76, 0.05), SLATE),
        Layer(disc(0.5, 0.57, 0.05), PAPER),
        Layer(box(0.475, 0.57, 0.525, 0.68, 0.02), PAPER),
    ]


def update(size: int) -> list[Layer]:
    """An arrow down onto a shelf."""
    return [
        *_sheet(size),
        Layer(stroke(((0.5, 0.22), (0.5, 0.6)), 0.085), SEAL),
        Layer(stroke(((0.34, 0.46), (0.5, 0.62), (0.66, 0.46)), 0.085), SEAL),
        Layer(box(0.28, 0.74, 0.72, 0.82, 0.03), SLATE),
    ]


ICONS: Final[dict[str, Callable[[int], list[Layer]]]] = {
    "apps/cport-desktop": program,
    "mimetypes/application-x-age-encryption": package,
    "mimetypes/application-x-cport-courier-bundle": bundle,
    "mimetypes/application-x-cport-vault-backup": backup,
    "mimetypes/application-x-cport-update-bundle": update,
}
"""What is drawn, by its place in the theme."""


def pixels(layers: Sequence[Layer], size: int) -> bytes:
    """`size` rows of `size` pixels: red, green, blue, opacity, a byte each."""
    return bytes(value for row in range(size) for value in _row(layers, row, size))


def _row(layers: Sequence[Layer], row: int, size: int) -> Iterator[int]:
    steps = [(step + 0.5) / _SAMPLES for step in range(_SAMPLES)]
    for column in range(size):
        points = [((column + dx) / size, (row + dy) / size) for dy in steps for dx in steps]
        found = [_colour(layers, x, y) for x, y in points]
        seen = [colour for colour in found if colour is not None]
        for channel in range(3):
            whole = sum(colour[channel] for colour in seen)
            yield (whole + len(seen) // 2) // len(seen) if seen else 0
        yield (len(seen) * 255) // len(points)


def _colour(layers: Sequence[Layer], x: float, y: float) -> Colour | None:
    return next((each.colour for each in reversed(layers) if each.shape(x, y) <= 0), None)


def png(rgba: bytes, size: int) -> bytes:
    """A square with opacity as a PNG file."""
    return png_rows(rgba, size, size, has_opacity=True)


def png_rows(pixels: bytes, width: int, height: int, *, has_opacity: bool = False) -> bytes:
    """A PNG file (W3C, third edition) of 8 bits a colour, its rows unfiltered."""
    length = len(pixels) // height
    rows = b"".join(
        b"\0" + pixels[start : start + length] for start in range(0, len(pixels), length)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 6 if has_opacity else 2, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for name, draw in ICONS.items():
        for size in SIZES:
            file = folder / f"{size}x{size}" / f"{name}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(png(pixels(draw(size), size), size))
    return 0


if __name__ == "__main__":
    sys.exit(main())
