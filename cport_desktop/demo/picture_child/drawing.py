"""Draws an original: shapes, gradients, smooth noise, rings, test cards. Nothing else, ever."""

from __future__ import annotations

import math
from typing import Final, assert_never

from PIL import Image, ImageDraw, ImageFont

from cport_desktop.demo.dice import Dice
from cport_desktop.demo.families import Motif, PicturePlan

Colour = tuple[int, int, int]

_BARS: Final[tuple[Colour, ...]] = (
    (235, 235, 235),
    (235, 235, 16),
    (16, 235, 235),
    (16, 235, 16),
    (235, 16, 235),
    (235, 16, 16),
    (16, 16, 235),
    (16, 16, 16),
)


def draw(seed: int, original: PicturePlan) -> Image.Image:
    """The pixels of an original, RGB, with the word SYNTHETIC on all but flat ones."""
    dice = Dice(seed, "drawing", original.number)
    size = (original.width, original.height)
    match original.motif:
        case Motif.FLAT:
            return Image.new("RGB", size, _colour(dice))
        case Motif.TEST_CARD:
            picture = _test_card(size, dice)
        case Motif.NOISE:
            picture = _smooth_noise(size, dice)
        case Motif.RINGS:
            picture = _rings(size, dice)
        case Motif.GRADIENT:
            picture = _gradient(size, dice)
            _scatter(picture, dice, dice.between(1, 3))
        case Motif.SHAPES:
            picture = _gradient(size, dice)
            _scatter(picture, dice, dice.between(6, 14))
        case _:
            assert_never(original.motif)
    _label(picture, f"SYNTHETIC {original.number}")
    return picture


def _colour(dice: Dice) -> Colour:
    bits = dice.bits()
    return bits & 0xFF, bits >> 8 & 0xFF, bits >> 16 & 0xFF


def _gradient(size: tuple[int, int], dice: Dice) -> Image.Image:
    """Four corner colours, everything between them interpolated."""
    corners = Image.new("RGB", (2, 2))
    for corner in ((0, 0), (1, 0), (0, 1), (1, 1)):
        corners.putpixel(corner, _colour(dice))
    return corners.resize(size, Image.Resampling.BILINEAR, box=(0.5, 0.5, 1.5, 1.5))


def _smooth_noise(size: tuple[int, int], dice: Dice) -> Image.Image:
    """A few random cells blown up smoothly, like clouds of colour."""
    columns, rows = dice.between(5, 11), dice.between(5, 11)
    clouds = Image.new("RGB", (columns, rows))
    clouds.putdata([_colour(dice) for _ in range(columns * rows)])
    return clouds.resize(size, Image.Resampling.BICUBIC)


def _rings(size: tuple[int, int], dice: Dice) -> Image.Image:
    """Rings round two centres, in two colours each."""
    picture = _ring_layer(size, dice)
    return Image.blend(picture, _ring_layer(size, dice), 0.4)


def _ring_layer(size: tuple[int, int], dice: Dice) -> Image.Image:
    turns = dice.between(2, 9)
    wave = [int(127.5 + 127.5 * math.sin(step / 256 * turns * math.tau)) for step in range(256)]
    left, top = dice.between(0, 100), dice.between(0, 100)
    round_centre = Image.radial_gradient("L").point(wave)
    grey = round_centre.resize(
        size, Image.Resampling.BILINEAR, box=(left, top, left + 156, top + 156)
    )
    return Image.composite(
        Image.new("RGB", size, _colour(dice)), Image.new("RGB", size, _colour(dice)), grey
    )


def _test_card(size: tuple[int, int], dice: Dice) -> Image.Image:
    """Colour bars in a turned order, a grey scale, a circle and a grid."""
    width, height = size
    picture = Image.new("RGB", size)
    pen = ImageDraw.Draw(picture)
    turn = dice.below(len(_BARS))
    for at in range(8):
        left, right = width * at // 8, width * (at + 1) // 8
        grey = at * 255 // 7
        pen.rectangle((left, 0, right, height * 3 // 4), fill=_BARS[(at + turn) % 8])
        pen.rectangle((left, height * 3 // 4, right, height), fill=(grey, grey, grey))
    radius = min(size) // dice.between(3, 6)
    middle = (dice.between(radius, width - radius), dice.between(radius, height - radius))
    pen.circle(middle, radius, outline=(255, 255, 255), width=3)
    return picture


def _scatter(picture: Image.Image, dice: Dice, count: int) -> None:
    """Draw `count` filled shapes on `picture`."""
    pen = ImageDraw.Draw(picture)
    longest = max(picture.size) // 3
    for _ in range(count):
        x, y = dice.below(picture.width), dice.below(picture.height)
        reach = dice.between(longest // 6, longest)
        box = (x - reach, y - reach * dice.between(4, 10) // 10, x + reach, y + reach // 2)
        colour = _colour(dice)
        match dice.below(4):
            case 0:
                pen.ellipse(box, fill=colour)
            case 1:
                pen.rectangle(box, fill=colour)
            case 2:
                sides, turn = dice.between(3, 7), dice.below(360)
                pen.regular_polygon((x, y, max(2, reach // 2)), sides, turn, fill=colour)
            case _:
                pen.line(box, fill=colour, width=max(2, reach // 8))


def _label(picture: Image.Image, text: str) -> None:
    """Write `text` at the lower left, dark on light, so that nobody takes it for a photograph."""
    pen = ImageDraw.Draw(picture)
    letters = ImageFont.load_default(max(11, picture.width // 24))
    place = (4, picture.height - 6)
    box = pen.textbbox(place, text, font=letters, anchor="ls")
    pen.rectangle((box[0] - 3, box[1] - 3, box[2] + 3, box[3] + 3), fill=(250, 250, 250))
    pen.text(place, text, fill=(10, 10, 10), font=letters, anchor="ls")
