"""A picture with less in it: without colours, or with a few averages instead of its parts.

Plain sums over pixels that are here already; nothing is decoded.
"""

from __future__ import annotations

from typing import Final

from cport_desktop.domain.media_item import Picture

PATCHES: Final = 20
"""Averages along the longer side of a picture that is blurred: drawn smoothly over the glass, they
come to a blur of about a fortieth of that side, as the confined child blurs."""

_RED, _GREEN, _BLUE = 299, 587, 114
"""Thousandths of a colour in its grey (ITU-R BT.601)."""


def in_grey(picture: Picture) -> Picture:
    """The same in one grey channel."""
    if picture.channels == 1:
        return picture
    colours = (picture.pixels[channel::3] for channel in range(3))
    grey = bytes(
        (_RED * red + _GREEN * green + _BLUE * blue + 500) // 1000
        for red, green, blue in zip(*colours, strict=True)
    )
    return Picture(picture.width, picture.height, 1, grey)


def blurred(picture: Picture) -> Picture:
    """At most `PATCHES` averages a side, in its own channels."""
    longer = max(picture.width, picture.height)
    across = max(1, round(PATCHES * picture.width / longer))
    down = max(1, round(PATCHES * picture.height / longer))
    across, down = min(across, picture.width), min(down, picture.height)
    patches = bytes(
        average
        for row in range(down)
        for column in range(across)
        for average in _averages(
            picture,
            _share(column, across, picture.width),
            _share(row, down, picture.height),
        )
    )
    return Picture(across, down, picture.channels, patches)


def _share(place: int, places: int, length: int) -> range:
    return range(place * length // places, (place + 1) * length // places)


def _averages(picture: Picture, columns: range, rows: range) -> tuple[int, ...]:
    """Of one patch, for each channel."""
    stride, step = picture.width * picture.channels, picture.channels
    parts = [
        picture.pixels[row * stride + columns.start * step : row * stride + columns.stop * step]
        for row in rows
    ]
    number = len(columns) * len(rows)
    return tuple(
        sum(sum(part[channel::step]) for part in parts) // number for channel in range(step)
    )
