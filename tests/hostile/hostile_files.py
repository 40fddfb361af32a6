"""Hostile media, made from benign ones: every kind that is decoded, hurt in every way we know of.

Shapes and tones only. `hostile_files` is endless and the same for the same seed; each file says what was
done to it, so that one that does harm can be made again.
"""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import Image

from tests.media.heic_samples import heic
from tests.media.samples import animated, encoded, shapes, sound, video


@dataclass(frozen=True, slots=True)
class HostileFile:
    """`number` in its sequence, what it was made of, what was done to it."""

    number: int
    seed: str
    deed: str
    content: bytes


Deed = Callable[[random.Random, bytes], bytes]


def benign_files() -> dict[str, bytes]:
    """One or more of every kind that is decoded, small."""
    picture = shapes(160, 120)
    exif = Image.Exif()
    exif[0x010E], exif[0x0131] = "shapes", "synthetic"
    exif.get_ifd(0x8769)[0x9003] = "2026:01:01 00:00:00"
    return {
        "jpeg": encoded(picture, "JPEG", exif=exif),
        "jpeg_progressive": encoded(picture, "JPEG", progressive=True),
        "jpeg_cmyk": encoded(picture.convert("CMYK"), "JPEG"),
        "mpo": encoded(picture, "MPO", save_all=True, append_images=[shapes(160, 120, seed=2)]),
        "png": encoded(picture, "PNG", exif=exif),
        "png_palette": encoded(picture.convert("P"), "PNG"),
        "png_deep": encoded(picture.convert("I;16"), "PNG"),
        "apng": animated("PNG"),
        "gif": encoded(picture, "GIF"),
        "gif_animated": animated("GIF"),
        "webp": encoded(picture, "WEBP", exif=exif),
        "webp_lossless": encoded(picture, "WEBP", lossless=True),
        "webp_animated": animated("WEBP"),
        "heic": heic(shapes(96, 80), tile=64),
        "jp2": encoded(picture, "JPEG2000"),
        "avif": encoded(picture, "AVIF"),
        "avif_animated": animated("AVIF"),
        "tiff": encoded(picture, "TIFF"),
        "tiff_lzw": encoded(picture, "TIFF", compression="tiff_lzw"),
        "tiff_deflate": encoded(picture, "TIFF", compression="tiff_adobe_deflate"),
        "tiff_pages": encoded(
            picture, "TIFF", save_all=True, append_images=[shapes(160, 120, seed=3)]
        ),
        "bmp": encoded(picture, "BMP"),
        "bmp_palette": encoded(picture.convert("P"), "BMP"),
        "mp4": video("mp4", "libx264", frames=20, sound="aac"),
        "mov": video("mov", "mpeg4", frames=20),
        "webm": video("webm", "libvpx", frames=20),
        "webm_vp9": video("webm", "libvpx-vp9", frames=20),
        "mkv": video("matroska", "mpeg4", frames=20),
        "avi": video("avi", "mjpeg", frames=20),
        "mpegts": video("mpegts", "mpeg2video", frames=20),
        "mp3": sound("mp3", "libmp3lame"),
        "ogg": sound("ogg", "libopus"),
        "wav": sound("wav", "pcm_s16le"),
        "flac": sound("flac", "flac"),
        "m4a": sound("ipod", "aac"),
    }


def hostile_files(seed: int) -> Iterator[HostileFile]:
    """Without end."""
    dice = random.Random(seed)
    benign = benign_files()
    names = sorted(benign)
    number = 0
    while True:
        for name in names:
            deeds = {**_ANY, **_OF_KIND.get(name.partition("_")[0], {})}
            deed = dice.choice(sorted(deeds))
            yield HostileFile(number, name, deed, deeds[deed](dice, benign[name]))
            number += 1


# What is done to any file ------------------------------------------------------------------------


def _flip_bits(dice: random.Random, whole: bytes) -> bytes:
    hurt = bytearray(whole)
    for _ in range(dice.randrange(1, 40)):
        hurt[dice.randrange(len(hurt))] ^= 1 << dice.randrange(8)
    return bytes(hurt)


def _lie_in_the_head(dice: random.Random, whole: bytes) -> bytes:
    hurt = bytearray(whole)
    for _ in range(dice.randrange(1, 12)):
        hurt[dice.randrange(min(len(hurt), 512))] = dice.choice((0, 1, 127, 128, 255))
    return bytes(hurt)


def _cut(dice: random.Random, whole: bytes) -> bytes:
    return whole[: dice.randrange(len(whole))]


def _repeat_a_part(dice: random.Random, whole: bytes) -> bytes:
    at = dice.randrange(len(whole))
    part = whole[at : at + dice.randrange(1, 4000)]
    return whole[:at] + part * dice.randrange(1, 20) + whole[at:]


def _tear_out_a_part(dice: random.Random, whole: bytes) -> bytes:
    at = dice.randrange(len(whole))
    return whole[:at] + whole[at + dice.randrange(1, 2000) :]


def _write_a_number(dice: random.Random, whole: bytes) -> bytes:
    """A length, count or offset becomes one that does not fit."""
    hurt = bytearray(whole)
    for _ in range(dice.randrange(1, 6)):
        at = dice.randrange(max(1, len(hurt) - 8))
        value = dice.choice((0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF))
        form = dice.choice(("<I", ">I", "<H", ">H"))
        hurt[at : at + struct.calcsize(form)] = struct.pack(
            form, value & (0xFFFF if form[1] == "H" else 0xFFFFFFFF)
        )
    return bytes(hurt)


def _append_much(dice: random.Random, whole: bytes) -> bytes:
    return whole + dice.randbytes(1000) * dice.randrange(1, 500)


_ANY: dict[str, Deed] = {
    "bits flipped": _flip_bits,
    "lies in the head": _lie_in_the_head,
    "cut": _cut,
    "a part repeated": _repeat_a_part,
    "a part torn out": _tear_out_a_part,
    "numbers that do not fit": _write_a_number,
    "much behind the end": _append_much,
}


# What is done to one kind ------------------------------------------------------------------------

_SIDES = (0, 1, 2**15, 2**16 - 1, 2**20, 2**31 - 1)
_WORDS = (
    b"\xe2\x80\xae\xe2\x81\xa6",  # reading direction turned
    b"\x1b[2J\x1b]0;x\x07",
    b"\x00" * 50,
    b"<b>&amp;</b>" * 40,
    b"\xff\xfe" * 100,
    b"A" * 60_000,
)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


_PNG_HEAD = 8 + 12 + 13


def _png_sides(dice: random.Random, whole: bytes) -> bytes:
    sides = struct.pack(">II", dice.choice(_SIDES), dice.choice(_SIDES))
    return whole[:8] + _chunk(b"IHDR", sides + whole[24:29]) + whole[_PNG_HEAD:]


def _png_bomb(dice: random.Random, whole: bytes) -> bytes:
    """A text, a colour profile or a picture that is ten thousand times its size when unpacked."""
    packed = zlib.compress(bytes(dice.randrange(1, 60) * 1_000_000), 9)
    bomb = dice.choice(
        (
            _chunk(b"zTXt", b"Comment\0\0" + packed),
            _chunk(b"iTXt", b"Comment\0\1\0\0\0" + packed),
            _chunk(b"iCCP", b"profile\0\0" + packed),
            _chunk(b"IDAT", packed),
        )
    )
    return whole[:_PNG_HEAD] + bomb + whole[_PNG_HEAD:]


def _png_texts(dice: random.Random, whole: bytes) -> bytes:
    texts = b"".join(
        _chunk(b"tEXt", b"Software\0" + dice.choice(_WORDS)) for _ in range(dice.randrange(1, 500))
    )
    return whole[:_PNG_HEAD] + texts + whole[_PNG_HEAD:]


def _png_frames(dice: random.Random, whole: bytes) -> bytes:
    """It claims to be an animation of very many pictures."""
    claim = _chunk(b"acTL", struct.pack(">II", dice.choice((2, 10**6, 2**31 - 1)), 0))
    control = struct.pack(">IIIIIHHBB", 0, *_some_sides(dice), 0, 0, 1, 0, 0, 0)
    return whole[:_PNG_HEAD] + claim + _chunk(b"fcTL", control) * 3 + whole[_PNG_HEAD:]


def _some_sides(dice: random.Random) -> tuple[int, int]:
    return dice.choice(_SIDES), dice.choice(_SIDES)


def _gif_frames(dice: random.Random, _whole: bytes) -> bytes:
    """Thousands of pictures of one pixel, some of them elsewhere."""
    side = dice.choice((1, 100, 65535))
    head = b"GIF89a" + struct.pack("<HH", side, side) + b"\x80\0\0" + b"\0\0\0\xff\xff\xff"
    place = struct.pack("<HHHH", 0, 0, 1, 1) if dice.random() < 0.8 else b"\xff" * 8
    frame = b"\x21\xf9\x04\0\0\0\0\0" + b"\x2c" + place + b"\0" + b"\x02\x02\x44\x01\0"
    return head + frame * dice.choice((2_000, 5_000, 12_000)) + b";"


def _gif_sides(dice: random.Random, whole: bytes) -> bytes:
    return whole[:6] + struct.pack("<HH", dice.choice((0, 65535)), 65535) + whole[10:]


def _jpeg_sides(dice: random.Random, whole: bytes) -> bytes:
    for mark in (b"\xff\xc0", b"\xff\xc2"):
        at = whole.find(mark)
        if at > 0:
            sides = struct.pack(">HH", dice.choice((0, 1, 65535)), dice.choice((0, 65535)))
            return whole[: at + 5] + sides + whole[at + 9 :]
    return _cut(dice, whole)


def _jpeg_scans(dice: random.Random, whole: bytes) -> bytes:
    """The same scan again and again: work without end for few bytes."""
    at = whole.find(b"\xff\xda")
    return whole[:at] + whole[at:-2] * dice.choice((5, 60, 200)) + b"\xff\xd9"


def _jpeg_comments(dice: random.Random, whole: bytes) -> bytes:
    words = dice.choice(_WORDS)[:60_000]
    comment = b"\xff\xfe" + struct.pack(">H", len(words) + 2) + words
    return whole[:2] + comment * dice.randrange(1, 40) + whole[2:]


def _jpeg_labels(dice: random.Random, whole: bytes) -> bytes:
    labels = b"Exif\0\0" + _looping_directory(dice)
    return whole[:2] + b"\xff\xe1" + struct.pack(">H", len(labels) + 2) + labels + whole[2:]


def _looping_directory(dice: random.Random) -> bytes:
    """A TIFF directory that leads to itself, with entries that claim gigabytes."""
    entries = [
        struct.pack("<HHII", tag, dice.randrange(0, 14), dice.choice((1, 2**16, 2**32 - 1)), 8)
        for tag in (0x010F, 0x0110, 0x0112, 0x8769, 0x8825, 0xA005, 0x014A)
    ]
    body = struct.pack("<H", len(entries)) + b"".join(entries) + struct.pack("<I", 8)
    return b"II*\0" + struct.pack("<I", 8) + body


def _tiff_loop(dice: random.Random, whole: bytes) -> bytes:
    """Its pages follow each other in a circle."""
    (first,) = struct.unpack("<I", whole[4:8])
    (count,) = struct.unpack("<H", whole[first : first + 2])
    at = first + 2 + 12 * count
    return whole[:at] + struct.pack("<I", dice.choice((first, 8, at))) + whole[at + 4 :]


def _tiff_directory(dice: random.Random, _whole: bytes) -> bytes:
    return _looping_directory(dice)


def _tiff_entries(dice: random.Random, whole: bytes) -> bytes:
    hurt = bytearray(whole)
    (first,) = struct.unpack("<I", whole[4:8])
    (count,) = struct.unpack("<H", whole[first : first + 2])
    for _ in range(dice.randrange(1, 4)):
        at = first + 2 + 12 * dice.randrange(max(1, count)) + 4
        value = dice.choice((0, 1, 2**16, 2**31, 2**32 - 1))
        struct.pack_into("<I", hurt, min(at, len(hurt) - 8) + 4 * dice.randrange(2), value)
    return bytes(hurt)


def _bmp_sides(dice: random.Random, whole: bytes) -> bytes:
    sides = struct.pack("<ii", dice.choice((0, -1, -(2**31), 2**31 - 1, 65536)), 65536)
    return whole[:18] + sides + whole[26:]


def _bmp_packing(dice: random.Random, whole: bytes) -> bytes:
    return whole[:30] + struct.pack("<I", dice.randrange(0, 8)) + whole[34:]


def _webp_canvas(dice: random.Random, whole: bytes) -> bytes:
    side = struct.pack("<I", dice.choice((0, 16383, 2**24 - 1)))[:3]
    body = b"VP8X" + struct.pack("<I", 10) + bytes([dice.randrange(256), 0, 0, 0]) + side * 2
    return whole[:4] + struct.pack("<I", len(whole) + len(body) - 8) + b"WEBP" + body + whole[12:]


def _box_sizes(dice: random.Random, whole: bytes) -> bytes:
    """Boxes of an ISO base media file that are longer than it is, or without end, or within themselves."""
    hurt = bytearray(whole)
    for name in dice.sample(_BOXES, 4):
        at = whole.find(name)
        if at >= 4:
            struct.pack_into(">I", hurt, at - 4, dice.choice((0, 1, 7, 8, 2**31, 2**32 - 1)))
    return bytes(hurt)


_BOXES = (
    b"moov",
    b"trak",
    b"mdia",
    b"stbl",
    b"stts",
    b"stsz",
    b"stco",
    b"meta",
    b"iprp",
    b"ipco",
    b"iloc",
    b"iref",
    b"ipma",
    b"idat",
    b"mdat",
    b"udta",
)


def _box_counts(dice: random.Random, whole: bytes) -> bytes:
    """Tables of a film that claim billions of rows; a clock of no ticks a second; sides of any size."""
    hurt = bytearray(whole)
    for name in (b"stts", b"stsz", b"stco", b"ctts", b"stsc", b"mvhd", b"mdhd", b"tkhd", b"ispe"):
        at = whole.find(name)
        if at > 0 and dice.random() < 0.6:
            where = min(at + 4 + 4 * dice.randrange(1, 6), len(hurt) - 4)
            struct.pack_into(">I", hurt, where, dice.choice((0, 1, 2**24, 2**31, 2**32 - 1)))
    return bytes(hurt)


def _box_nested(dice: random.Random, whole: bytes) -> bytes:
    """Boxes in boxes in boxes."""
    depth, inner = dice.choice((50, 2_000)), b""
    for _ in range(depth):
        inner = struct.pack(">I", len(inner) + 8) + b"moov" + inner
    at = whole.find(b"ftyp") - 4
    (length,) = struct.unpack(">I", whole[at : at + 4])
    return whole[: at + length] + inner + whole[at + length :]


def _element_sizes(dice: random.Random, whole: bytes) -> bytes:
    """Elements of a Matroska file whose length is unknown, or very long."""
    hurt = bytearray(whole)
    for name in (
        b"\x18\x53\x80\x67",
        b"\x16\x54\xae\x6b",
        b"\x1f\x43\xb6\x75",
        b"\x1c\x53\xbb\x6b",
    ):
        at = whole.find(name)
        if at > 0 and dice.random() < 0.7:
            size = dice.choice((b"\x01" + b"\xff" * 7, b"\x01" + bytes(7), b"\x08\xff\xff\xff\xff"))
            hurt[at + 4 : at + 4 + len(size)] = size
    return bytes(hurt)


def _riff_sizes(dice: random.Random, whole: bytes) -> bytes:
    hurt = bytearray(whole)
    for name in (b"RIFF", b"LIST", b"strh", b"strf", b"idx1", b"fmt ", b"data", b"movi", b"avih"):
        at = whole.find(name)
        if at >= 0 and dice.random() < 0.6:
            where = min(at + 4 * dice.randrange(1, 8), len(hurt) - 4)
            struct.pack_into("<I", hurt, where, dice.choice((0, 1, 2**31, 2**32 - 1)))
    return bytes(hurt)


_JPEG: dict[str, Deed] = {
    "sides": _jpeg_sides,
    "scans": _jpeg_scans,
    "comments": _jpeg_comments,
    "looping labels": _jpeg_labels,
}
_PNG: dict[str, Deed] = {
    "sides": _png_sides,
    "bomb": _png_bomb,
    "hostile texts": _png_texts,
    "frames": _png_frames,
}
_FILM: dict[str, Deed] = {
    "box sizes": _box_sizes,
    "box counts": _box_counts,
    "nested boxes": _box_nested,
}
_OF_KIND: dict[str, dict[str, Deed]] = {
    "jpeg": _JPEG,
    "mpo": _JPEG,
    "png": _PNG,
    "apng": _PNG,
    "gif": {"frames": _gif_frames, "sides": _gif_sides},
    "webp": {"canvas": _webp_canvas},
    "avif": _FILM,
    "heic": _FILM,
    "tiff": {"loop": _tiff_loop, "directory": _tiff_directory, "entries": _tiff_entries},
    "bmp": {"sides": _bmp_sides, "packing": _bmp_packing},
    "mp4": _FILM,
    "mov": _FILM,
    "m4a": _FILM,
    "webm": {"element sizes": _element_sizes},
    "mkv": {"element sizes": _element_sizes},
    "avi": {"sizes": _riff_sizes},
    "wav": {"sizes": _riff_sizes},
}
