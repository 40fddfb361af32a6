"""How little of a picture leaves the child: veil, thumbnail, and the three levels of a reveal."""

from __future__ import annotations

from PIL import Image, ImageFilter

from cport_desktop.domain.media_item import Picture, RevealLevel
from cport_desktop.media.bounds import (
    THUMBNAIL_SIDE,
    VEIL_GREY,
    VEIL_HEIGHT,
    VEIL_SWING,
    VEIL_WIDTH,
)
from cport_desktop.media.child.decoded import fitted

_VEIL_PATCHES = 4
"""Patches along a side: what is left of a picture under its veil."""
_BLUR_SHARE = 40
"""A blurred reveal is blurred by this fraction of its longer side."""
_COARSER = 4


def small(sample: Image.Image) -> Image.Image:
    """In colour, as small as a thumbnail: what that, the veil and the blurred thumbnail are made of."""
    sides = fitted(*sample.size, (THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return sample.resize(sides, Image.Resampling.BILINEAR, reducing_gap=1.0)


def veil(miniature: Image.Image) -> Picture:
    """An even grey haze in the shape of the picture, from some dozen averages, around mid grey.

    Same in every theme; no line, letter or outline of the picture is in it.
    """
    patches = miniature.convert("L").resize((_VEIL_PATCHES, _VEIL_PATCHES), Image.Resampling.BOX)
    haze = patches.resize(
        fitted(*_scaled_up(miniature.size), (VEIL_WIDTH, VEIL_HEIGHT)), Image.Resampling.BILINEAR
    )
    return _as_picture(haze.point(_HAZE))


def thumbnail(miniature: Image.Image) -> Picture:
    """What is small, as it is."""
    return _as_picture(miniature)


def blurred(miniature: Image.Image) -> Picture:
    """Grey and blurred, of the same size."""
    return _as_picture(_blurred(miniature.convert("L")))


def revealed(picture: Image.Image, level: RevealLevel) -> Picture:
    """The picture at `level`: one grey channel, or three; a small one has a thumbnail's sides."""
    match level:
        case RevealLevel.FULL:
            return _as_picture(picture)
        case RevealLevel.GREY:
            return _as_picture(picture.convert("L"))
        case RevealLevel.SMALL_GREY:
            return _as_picture(small(picture.convert("L")))
        case RevealLevel.BLURRED:
            return _as_picture(_blurred(picture.convert("L")))
        case RevealLevel.BLURRED_COLOUR:
            return _as_picture(_blurred(picture))


def _blurred(picture: Image.Image) -> Image.Image:
    # What is finer than a quarter is lost in the blur anyway.
    width, height = picture.size
    radius = max(width, height) / _BLUR_SHARE / _COARSER
    coarse = picture.reduce(_COARSER).filter(ImageFilter.GaussianBlur(radius))
    part = (0, 0, width / _COARSER, height / _COARSER)
    return coarse.resize((width, height), Image.Resampling.BICUBIC, box=part)


def _hazy(grey: int) -> int:
    return VEIL_GREY + round((grey - 127.5) * VEIL_SWING / 127.5)


_HAZE = [_hazy(grey) for grey in range(256)]


def _scaled_up(sides: tuple[int, int]) -> tuple[int, int]:
    """The same shape, large enough that fitting it decides its size."""
    return sides[0] * VEIL_WIDTH, sides[1] * VEIL_WIDTH


def _as_picture(image: Image.Image) -> Picture:
    return Picture(image.width, image.height, len(image.getbands()), image.tobytes())
