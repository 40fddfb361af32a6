"""Where the pixels of a picture lie on a glass, and the other way round: numbers only, no pixels.

A picture of `sides` pixels, upright, is laid into an area; `zoom` times as large, it reaches beyond it.
Each axis has its own scale, as where the picture is drawn anew: the whole picture is shown, whatever box it
was shrunk into on its way, so that a place means the same pixels in both.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from cport_desktop.domain.redaction import Rectangle

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PictureFrame:
    """`left`, `top`, `width`, `height` of the whole picture, in points of the glass."""

    sides: tuple[int, int]
    left: float
    top: float
    width: float
    height: float

    def place(self, rectangle: Rectangle) -> tuple[float, float, float, float]:
        """Left, top, width and height of pixels of the picture, in points of the glass."""
        across, down = self.width / self.sides[0], self.height / self.sides[1]
        return (
            self.left + rectangle.left * across,
            self.top + rectangle.top * down,
            rectangle.width * across,
            rectangle.height * down,
        )

    def pixel(self, point: Point) -> tuple[int, int]:
        """The pixel beneath a point; of a point beside the picture the nearest one."""
        x = math.floor((point[0] - self.left) * self.sides[0] / self.width)
        y = math.floor((point[1] - self.top) * self.sides[1] / self.height)
        return _within(x, self.sides[0] - 1), _within(y, self.sides[1] - 1)

    def has(self, point: Point) -> bool:
        """The point lies over the picture."""
        return (
            self.left <= point[0] < self.left + self.width
            and self.top <= point[1] < self.top + self.height
        )


def laid_into(
    sides: tuple[int, int], area: tuple[float, float, float, float], *, zoom: float, centre: Point
) -> PictureFrame:
    """The picture as large as `area` (left, top, width, height) takes it, times `zoom`; in the middle, or
    with `centre` (shares of the picture, 0 to 1) as near to the middle as leaves no side of the area empty
    that the picture could fill.
    """
    left, top, width, height = area
    share = min(width / sides[0], height / sides[1]) * zoom
    wide, high = sides[0] * share, sides[1] * share
    return PictureFrame(
        sides,
        left + _begin(width, wide, centre[0]),
        top + _begin(height, high, centre[1]),
        wide,
        high,
    )


def spanned(first: tuple[int, int], last: tuple[int, int]) -> Rectangle:
    """The rectangle with both pixels in it, and all between them."""
    left, right = sorted((first[0], last[0]))
    top, bottom = sorted((first[1], last[1]))
    return Rectangle(left, top, right - left + 1, bottom - top + 1)


def moved(rectangle: Rectangle, by: tuple[int, int], sides: tuple[int, int]) -> Rectangle:
    """Of the same size, so many pixels to the right and down, inside the picture."""
    width, height = min(rectangle.width, sides[0]), min(rectangle.height, sides[1])
    return Rectangle(
        _within(rectangle.left + by[0], sides[0] - width),
        _within(rectangle.top + by[1], sides[1] - height),
        width,
        height,
    )


def stretched(rectangle: Rectangle, by: tuple[int, int], sides: tuple[int, int]) -> Rectangle:
    """Its right and lower side moved so many pixels; one pixel stays, and it ends with the picture."""
    return Rectangle(
        rectangle.left,
        rectangle.top,
        max(1, min(rectangle.width + by[0], sides[0] - rectangle.left)),
        max(1, min(rectangle.height + by[1], sides[1] - rectangle.top)),
    )


def corners(rectangle: Rectangle) -> tuple[tuple[int, int], ...]:
    """Its corner pixels: upper left, upper right, lower right, lower left."""
    right, bottom = rectangle.left + rectangle.width - 1, rectangle.top + rectangle.height - 1
    return (
        (rectangle.left, rectangle.top),
        (right, rectangle.top),
        (right, bottom),
        (rectangle.left, bottom),
    )


def _begin(room: float, needed: float, centre: float) -> float:
    if needed <= room:
        return (room - needed) / 2
    return min(0.0, max(room - needed, room / 2 - centre * needed))


def _within(value: int, most: int) -> int:
    return max(0, min(value, most))
