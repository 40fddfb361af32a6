"""Pictures, by Pillow: one decode, no larger than needed, upright, opaque, RGB.

The first picture of a file is taken where it has several.
"""

from __future__ import annotations

from dataclasses import replace
from typing import BinaryIO

import numpy as np
from PIL import ExifTags, Image, ImageFile

from cport_desktop.domain.media_item import CannotShow, MediaKind
from cport_desktop.media.child.decoded import MOST_PIXELS, Decoded, Facts, fitted
from cport_desktop.media.child.labels import labels_of_picture
from cport_desktop.media.child.progress import Tell

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SWAPS_SIDES = frozenset({5, 6, 7, 8})
_MOST_STATED = 1_000_000
_BLOCK = 256 * 1024
"""Bytes that a decoder is given at a time: whatever it leaves of them is copied before the next."""
_PAPER = (255, 255, 255)
"""What lies under a transparent picture: what most viewers show."""


def decode_still(
    untrusted: BinaryIO, plugin: str, box: tuple[int, int], tell: Tell | None = None
) -> Decoded:
    """The picture in `untrusted`, shrunk into `box`; with `tell`, how many there are too.

    Raises:
        Exception: whatever Pillow raises over a file that it cannot decode.
    """
    with Image.open(untrusted, formats=(plugin,)) as image:
        orientation, facts = _labels(image)
        width, height = image.size
        if orientation in _SWAPS_SIDES:
            width, height, box = height, width, (box[1], box[0])
        if width * height > MOST_PIXELS:
            return _described(None, width, height, facts, CannotShow.TOO_LARGE)
        shrunk = _shrunk(image, box)
        pictures = None if tell is None else _pictures(image)
    upright = shrunk.transpose(_UPRIGHT[orientation]) if orientation in _UPRIGHT else shrunk
    return replace(_described(upright, width, height, facts, None), pictures=pictures)


def _described(
    image: Image.Image | None, width: int, height: int, facts: Facts, cause: CannotShow | None
) -> Decoded:
    return Decoded(MediaKind.IMAGE, image, width, height, None, facts, cause)


def _labels(image: ImageFile.ImageFile) -> tuple[int, Facts]:
    """Orientation (1 to 8) and facts; neither is worth losing a picture over."""
    try:
        exif = image.getexif()
        facts = labels_of_picture(exif, dict(image.info))
        orientation = exif.get(ExifTags.Base.Orientation, 1)
    except Exception:  # noqa: BLE001 - a torn label may raise anything, and is only a label
        return 1, ()
    return orientation if orientation in _UPRIGHT else 1, facts


def _pictures(image: ImageFile.ImageFile) -> int | None:
    """Pages, frames or views, where there are several; what is torn behind the first counts not."""
    try:
        count = int(getattr(image, "n_frames", 1))
    except Exception:  # noqa: BLE001 - a torn file may raise anything, and its first picture is here
        return None
    return count if 2 <= count < _MOST_STATED else None


def shrunk_picture(image: Image.Image, box: tuple[int, int]) -> Image.Image:
    """A decoded picture, opaque, RGB, within `box`."""
    sides = fitted(*image.size, box)
    small = _resizable(image).resize(sides, Image.Resampling.BILINEAR, reducing_gap=2.0)
    return _opaque(_spread(small) if small.mode == "F" else small)


def _shrunk(image: ImageFile.ImageFile, box: tuple[int, int]) -> Image.Image:
    sides = fitted(*image.size, box)
    # A JPEG decoder skips most of its work when it is told early that less is wanted.
    image.draft(None, sides)
    image.decodermaxblock = _BLOCK
    image.load()
    return shrunk_picture(image, sides)


def _resizable(image: Image.Image) -> Image.Image:
    """In a mode whose values can be averaged: L, RGB, RGBA, or F for more than eight bits."""
    if image.mode in {"L", "RGB", "RGBA", "F"}:
        return image
    if image.mode.startswith("I"):
        return image.convert("F")
    if image.mode == "LAB":
        return image.getchannel("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _spread(image: Image.Image) -> Image.Image:
    """More than eight bits, brought into eight: from the darkest value to the lightest."""
    values = np.nan_to_num(np.asarray(image, dtype=np.float64), posinf=0.0, neginf=0.0)
    darkest, lightest = float(values.min()), float(values.max())
    span = max(lightest - darkest, 1.0)
    return Image.fromarray(((values - darkest) * (255.0 / span)).astype(np.uint8))


def _opaque(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image if image.mode == "RGB" else image.convert("RGB")
    paper = Image.new("RGB", image.size, _PAPER)
    paper.paste(image, mask=image)
    return paper
