"""A picture of the screen of a running Xvfb, and whether there is something on it.

    python packaging/screen_picture.py FOLDER/Xvfb_screen0 PICTURE.png

`Xvfb -fbdir FOLDER` keeps its screen in that file, in the form of xwd (X11/XWDFile.h): a header of
big-endian numbers, the colour map, rows of pixels. Read for 24 bits of colour in 32, as Xvfb has them
(`-screen 0 …x24`); anything else is refused. Ends with 1 where the screen has fewer than `FEWEST` colours:
there is no window on it.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path
from typing import Final

from draw_icons import png_rows

FEWEST: Final = 24
"""Colours: an empty screen has one, a frame around nothing a few, smooth letters many."""

_HEADER: Final = struct.Struct(">25I")
_WIDTH, _HEIGHT, _BITS, _ROW, _COLOURS = 4, 5, 11, 12, 19
_COLOUR_SIZE: Final = 12


class NotAScreen(Exception):
    """The file has another form."""


def picture(screen: bytes) -> tuple[bytes, int, int]:
    """Rows of red, green and blue, a byte each; how wide, how high.

    Raises:
        NotAScreen: see there.
    """
    head = _HEADER.unpack_from(screen)
    width, height, row = head[_WIDTH], head[_HEIGHT], head[_ROW]
    start = head[0] + head[_COLOURS] * _COLOUR_SIZE
    if head[1] != 7 or head[_BITS] != 32 or len(screen) < start + row * height:
        raise NotAScreen(f"version {head[1]}, {head[_BITS]} bits a pixel, {len(screen)} bytes")
    rows = bytearray()
    for top in range(start, start + row * height, row):
        line = screen[top : top + 4 * width]
        pixels = bytearray(3 * width)
        pixels[0::3], pixels[1::3], pixels[2::3] = line[2::4], line[1::4], line[0::4]
        rows += pixels
    return bytes(rows), width, height


def main() -> int:
    rows, width, height = picture(Path(sys.argv[1]).read_bytes())
    Path(sys.argv[2]).write_bytes(png_rows(rows, width, height))
    colours = len({rows[at : at + 3] for at in range(0, len(rows), 3)})
    print(f"{sys.argv[2]}: {width} by {height}, {colours} colours")
    return 0 if colours >= FEWEST else 1


if __name__ == "__main__":
    sys.exit(main())
