"""From a file's plan to its bytes: originals, variants, broken and false files."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageEnhance

from cport_desktop.demo.dice import Dice
from cport_desktop.demo.families import Family, PicturePlan, plan
from cport_desktop.demo.picture_child.drawing import draw
from cport_desktop.demo.picture_child.filming import film

_TEXT_LINES: Final = 40


def file_bytes(seed: int, number: int) -> bytes:
    """The bytes of file `number` of the scenario with `seed`."""
    return bytes_of(seed, plan(seed, number))


def bytes_of(seed: int, wanted: PicturePlan) -> bytes:
    """The bytes of a file that is as `wanted` says."""
    dice = Dice(seed, "making", wanted.number)
    if wanted.family is Family.TEXT:
        return _text(wanted.number, dice)
    if wanted.family in (Family.VIDEO, Family.CUT_VIDEO):
        whole = film(wanted, wanted, dice)
    elif wanted.family is Family.REENCODED_VIDEO:
        whole = film(wanted, plan(seed, wanted.base), Dice(seed, "making", wanted.base))
    elif wanted.family in _FROM_PIXELS:
        whole = _encoded(_variant(seed, wanted, dice), wanted, dice, is_first=False)
    else:
        whole = _original_bytes(seed, wanted.base)
    if wanted.family in (Family.CUT, Family.CUT_VIDEO):
        return _cut(whole, dice)
    return _flipped(whole, dice) if wanted.family is Family.FLIPPED else whole


_FROM_PIXELS: Final = (
    Family.RESIZED,
    Family.RECOMPRESSED,
    Family.CROPPED,
    Family.MIRRORED,
    Family.TURNED,
    Family.BRIGHTENED,
    Family.BARRED,
)


def _original_bytes(seed: int, number: int) -> bytes:
    original = plan(seed, number)
    return _encoded(draw(seed, original), original, Dice(seed, "encoding", number), is_first=True)


def _variant(  # noqa: PLR0911 - one case for each family
    seed: int, wanted: PicturePlan, dice: Dice
) -> Image.Image:
    # As somebody would who has the original's file, with what its own format did to it.
    picture = Image.open(BytesIO(_original_bytes(seed, wanted.base))).convert("RGB")
    match wanted.family:
        case Family.RESIZED:
            return picture.resize((wanted.width, wanted.height), Image.Resampling.BILINEAR)
        case Family.CROPPED:
            left = dice.between(0, picture.width - wanted.width)
            top = dice.between(0, picture.height - wanted.height)
            return picture.crop((left, top, left + wanted.width, top + wanted.height))
        case Family.MIRRORED:
            return picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        case Family.TURNED:
            return picture.transpose(
                dice.of((Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270))
            )
        case Family.BRIGHTENED:
            factor = dice.of((70, 80, 120, 130)) / 100
            return ImageEnhance.Brightness(picture).enhance(factor)
        case Family.BARRED:
            return _barred(picture, dice)
        case _:
            return picture


def _barred(picture: Image.Image, dice: Dice) -> Image.Image:
    """With an even bar, a twentieth of the height, somewhere in its lower half."""
    top = picture.height * dice.between(50, 90) // 100
    grey = dice.between(180, 240)
    box = (0, top, picture.width, top + max(1, picture.height // 20))
    ImageDraw.Draw(picture).rectangle(box, fill=(grey, grey, grey))
    return picture


def _encoded(picture: Image.Image, wanted: PicturePlan, dice: Dice, *, is_first: bool) -> bytes:
    out = BytesIO()
    match wanted.format:
        case "JPEG" if is_first:
            exif = _camera_facts(wanted, dice)
            progressive = dice.happens(0.2)
            picture.save(
                out, "JPEG", quality=dice.between(78, 90), progressive=progressive, exif=exif
            )
        case "JPEG":
            picture.save(out, "JPEG", quality=dice.between(40, 70))
        case "WEBP":
            picture.save(out, "WEBP", quality=dice.between(50, 85), method=0)
        case "PNG":
            picture.save(out, "PNG", compress_level=1)
        case "TIFF":
            picture.save(out, "TIFF", compression="tiff_lzw")
        case "GIF":
            _save_gif(picture, out, dice)
        case _:
            picture.save(out, wanted.format)
    return out.getvalue()


def _save_gif(picture: Image.Image, out: BytesIO, dice: Dice) -> None:
    """A palette picture; one in three moves."""
    still = picture.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    if not dice.happens(0.33):
        still.save(out, "GIF")
        return
    turned = still.transpose(Image.Transpose.ROTATE_180)
    still.save(out, "GIF", save_all=True, append_images=[turned, still], duration=400, loop=0)


def _camera_facts(wanted: PicturePlan, dice: Dice) -> bytes:
    """EXIF of an invented camera for one picture in five, else nothing."""
    if not dice.happens(0.2):
        return b""
    exif = Image.Exif()
    exif[0x010E] = f"SYNTHETIC picture {wanted.number}"
    exif[0x010F] = "Synthetic Camera Works"
    exif[0x0110] = f"Model {dice.between(1, 30)}"
    exif[0x0131] = "SYNTHETIC"
    exif[0x0132] = f"2026:{dice.between(1, 12):02}:{dice.between(1, 28):02} 12:00:00"
    if dice.happens(0.3):
        exif[0x0112] = dice.between(1, 8)
    return exif.tobytes()


def _cut(whole: bytes, dice: Dice) -> bytes:
    """`whole`, ended after three tenths to nine tenths of its length."""
    return whole[: len(whole) * dice.between(30, 90) // 100]


def _flipped(whole: bytes, dice: Dice) -> bytes:
    """`whole` with up to twelve bytes turned over, mostly behind its header."""
    broken = bytearray(whole)
    first = 0 if dice.happens(0.25) else min(len(broken) // 10, 700)
    for _ in range(dice.between(1, 12)):
        broken[dice.between(first, len(broken) - 1)] ^= 0xFF
    return bytes(broken)


def _text(number: int, dice: Dice) -> bytes:
    """Lines that say what they are: a file that is no medium."""
    lines = (
        f"synthetic text {number}, line {line}, {dice.bits():016x}"
        for line in range(dice.between(1, _TEXT_LINES))
    )
    return "\n".join(lines).encode() + b"\n"
