"""Which file a number stands for: originals, their variants, videos, broken and false ones.

Numbers go in blocks of thirty-two with fixed roles, so that everything follows from a number
alone. A variant names the original it was made from, in its own block or an earlier one:

    original            a generated picture
    exact duplicate     the same bytes under another number
    resized, recompressed, cropped, mirrored,
    turned, brightened, barred                    made from the original's pixels
    video               two to four seconds, MP4 or WebM, 160 by 120
    re-encoded video    the film of the same block again, larger and in the other format
    cut, flipped        an original's bytes, ended early or with bytes turned over
    cut video           likewise of a video
    text                no medium at all
    false name          an original whose name claims another format

Nothing here draws: pixels are made by `demo.picture_child`, in a process of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cport_desktop.demo.dice import Dice, Table, weighted


class Family(StrEnum):
    ORIGINAL = "original"
    EXACT_DUPLICATE = "exact_duplicate"
    RESIZED = "resized"
    RECOMPRESSED = "recompressed"
    CROPPED = "cropped"
    MIRRORED = "mirrored"
    TURNED = "turned"
    """By a quarter, to the left or to the right."""
    BRIGHTENED = "brightened"
    """Or darkened."""
    BARRED = "barred"
    """With an even bar over it, as a line of text would leave."""
    VIDEO = "video"
    REENCODED_VIDEO = "reencoded_video"
    CUT = "cut"
    FLIPPED = "flipped"
    CUT_VIDEO = "cut_video"
    TEXT = "text"
    FALSE_NAME = "false_name"


class Motif(StrEnum):
    SHAPES = "shapes"
    GRADIENT = "gradient"
    NOISE = "noise"
    RINGS = "rings"
    TEST_CARD = "test_card"
    FLAT = "flat"


@dataclass(frozen=True, slots=True)
class PicturePlan:
    """What file `number` is. `base` is the original it comes from: itself, if it is none's
    variant. `format` is a name of Pillow's, or `mp4`, `webm`, `txt`; `extension` is what its
    name claims.
    """

    number: int
    family: Family
    base: int
    motif: Motif
    format: str
    width: int
    height: int
    extension: str
    declared_type: str


BLOCK: Final = 32
_ORIGINALS: Final = 17
"""Roles 0 to 16 of each block are originals."""

_VARIANT_ROLES: Final = (
    Family.EXACT_DUPLICATE,
    Family.EXACT_DUPLICATE,
    Family.RESIZED,
    Family.RESIZED,
    Family.RECOMPRESSED,
    Family.RECOMPRESSED,
    Family.CROPPED,
    Family.CROPPED,
    Family.MIRRORED,
    Family.MIRRORED,
    Family.VIDEO,
    Family.CUT,
    Family.FALSE_NAME,
)
_IN_TURN: Final = (
    (Family.FLIPPED, Family.TEXT, Family.CUT_VIDEO, Family.FLIPPED),
    (Family.TURNED, Family.BRIGHTENED, Family.BARRED, Family.REENCODED_VIDEO),
)
"""The last two roles of a block: one family after the other, block by block."""
_FILM_ROLE: Final = _ORIGINALS + _VARIANT_ROLES.index(Family.VIDEO)

_MOTIFS: Final[Table[Motif]] = weighted(
    [
        (Motif.SHAPES, 44),
        (Motif.NOISE, 18),
        (Motif.RINGS, 16),
        (Motif.GRADIENT, 12),
        (Motif.TEST_CARD, 8),
        (Motif.FLAT, 2),
    ]
)

_FORMATS: Final[Table[str]] = weighted(
    [("JPEG", 74), ("PNG", 11), ("WEBP", 7), ("GIF", 4), ("BMP", 2), ("TIFF", 2)]
)

_SIZES: Final[Table[tuple[int, int]]] = weighted(
    [
        ((320, 240), 26),
        ((240, 320), 14),
        ((400, 300), 14),
        ((160, 160), 9),
        ((480, 360), 12),
        ((360, 480), 8),
        ((640, 480), 9),
        ((480, 640), 4),
        ((800, 600), 2),
        ((1024, 768), 2),
    ]
)

_NAMES: Final = {
    "JPEG": (".jpg", "image/jpeg"),
    "PNG": (".png", "image/png"),
    "WEBP": (".webp", "image/webp"),
    "GIF": (".gif", "image/gif"),
    "BMP": (".bmp", "image/bmp"),
    "TIFF": (".tif", "image/tiff"),
    "mp4": (".mp4", "video/mp4"),
    "webm": (".webm", "video/webm"),
    "txt": (".txt", "text/plain"),
}

VIDEO_SIZE: Final = (160, 120)
LARGER_VIDEO: Final = (208, 156)
_KEEP_THEIR_FORMAT: Final = (
    Family.EXACT_DUPLICATE,
    Family.MIRRORED,
    Family.CUT,
    Family.FLIPPED,
    Family.FALSE_NAME,
)


def plan(seed: int, number: int) -> PicturePlan:
    """What file `number` of the scenario with `seed` is."""
    role = number % BLOCK
    dice = Dice(seed, "file", number)
    if role < _ORIGINALS:
        return _original(seed, number)
    family = _family(role, number // BLOCK)
    if family in (Family.VIDEO, Family.CUT_VIDEO):
        return _named(number, family, number, dice.of(("mp4", "mp4", "webm")), VIDEO_SIZE)
    if family is Family.REENCODED_VIDEO:
        film = plan(seed, number - role + _FILM_ROLE)
        other = "webm" if film.format == "mp4" else "mp4"
        return _named(number, family, film.number, other, LARGER_VIDEO)
    if family is Family.TEXT:
        return _named(number, family, number, "txt", (0, 0))
    return variant(family, _original(seed, _original_number(dice, number)), number, dice)


def _family(role: int, block: int) -> Family:
    at = role - _ORIGINALS
    if at < len(_VARIANT_ROLES):
        return _VARIANT_ROLES[at]
    in_turn = _IN_TURN[at - len(_VARIANT_ROLES)]
    return in_turn[block % len(in_turn)]


def _original_number(dice: Dice, number: int) -> int:
    """An original at or before the block of `number`, mostly a recent one."""
    block = number // BLOCK
    back = int(min(block + 1, 40) * dice.fraction() ** 2)
    return (block - back) * BLOCK + dice.below(_ORIGINALS)


def _original(seed: int, number: int) -> PicturePlan:
    dice = Dice(seed, "original", number)
    motif = dice.pick(_MOTIFS)
    width, height = dice.pick(_SIZES)
    format_ = dice.pick(_FORMATS)
    if format_ in ("PNG", "BMP", "TIFF", "GIF"):
        width, height = min(width, 400), min(height, 400)
    return _named(number, Family.ORIGINAL, number, format_, (width, height), motif=motif)


def variant(family: Family, base: PicturePlan, number: int, dice: Dice) -> PicturePlan:
    """File `number` as a variant of `base`, of a family that is made from an original's pixels."""
    width, height, format_ = base.width, base.height, base.format
    if family is Family.RESIZED:
        percent = dice.of((50, 62, 75, 85, 140))
        width, height = width * percent // 100, height * percent // 100
    if family is Family.CROPPED:
        # Few enough points that a perceptual digest still can tell where it came from.
        width, height = width * 93 // 100, height * 93 // 100
    if family is Family.TURNED:
        width, height = height, width
    if family not in _KEEP_THEIR_FORMAT:
        format_ = dice.of(("JPEG", "JPEG", "WEBP"))
    made = _named(number, family, base.number, format_, (width, height), motif=base.motif)
    if family is not Family.FALSE_NAME:
        return made
    extension, declared = dice.of(
        [names for name, names in sorted(_NAMES.items()) if name != format_]
    )
    return PicturePlan(
        number, family, base.number, base.motif, format_, width, height, extension, declared
    )


def _named(
    number: int,
    family: Family,
    base: int,
    format_: str,
    size: tuple[int, int],
    *,
    motif: Motif = Motif.SHAPES,
) -> PicturePlan:
    return PicturePlan(number, family, base, motif, format_, *size, *_NAMES[format_])
