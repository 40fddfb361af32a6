"""Corrupt, cut, swollen and lying files, and what becomes of the next one."""

from __future__ import annotations

import random
import struct
import zlib
from collections import Counter
from collections.abc import Iterator

import pytest
from PIL import Image

from cport_desktop.domain.media_item import CannotShow, Examination, MediaKind
from cport_desktop.media.sandbox_process import ProcessSandbox
from tests.media.samples import PICTURES, encoded, jpeg, shapes, sound, video


@pytest.fixture(scope="module")
def sandbox() -> Iterator[ProcessSandbox]:
    sandbox = ProcessSandbox()
    yield sandbox
    sandbox.close()


def look(sandbox: ProcessSandbox, whole: bytes) -> Examination:
    return sandbox.examine([whole], size=len(whole))


@pytest.mark.parametrize("plugin", PICTURES.values())
def test_a_picture_cut_in_the_middle_is_called_truncated(sandbox, plugin: str):
    whole = encoded(shapes(), plugin)
    seen = look(sandbox, whole[: len(whole) // 2])
    assert seen.cannot_show is CannotShow.TRUNCATED
    assert seen.kind is MediaKind.IMAGE
    assert seen.veil is None
    assert seen.perceptual_hash is None


def test_a_film_cut_before_its_index_is_called_truncated(sandbox):
    whole = video("mp4")
    seen = look(sandbox, whole[: whole.index(b"moov")])
    assert (seen.kind, seen.cannot_show) == (MediaKind.VIDEO, CannotShow.TRUNCATED)


def test_a_cut_film_whose_beginning_can_be_seen_is_shown(sandbox):
    whole = video("matroska", "libx264")
    assert look(sandbox, whole[: len(whole) // 2]).cannot_show is None


def test_a_picture_with_a_hole_is_called_corrupt(sandbox):
    whole = bytearray(encoded(shapes(), "GIF"))
    whole[len(whole) // 3 : len(whole) // 3 + 60] = bytes(range(60))
    assert look(sandbox, bytes(whole)).cannot_show is CannotShow.CORRUPT


@pytest.mark.parametrize(
    ("untrusted", "name", "kind"),
    [
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "svg", "image"),
        (b"%PDF-1.7\n", "pdf", "other"),
        (b"8BPS\0\1" + bytes(30), "psd", "image"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "eps", "image"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic", "image"),
        (b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(30), "jp2", "image"),
        (b"FLV\x01\x05" + bytes(30), "flv", "video"),
    ],
)
def test_a_format_that_is_not_allowed_is_named_and_refused(sandbox, untrusted, name, kind):
    seen = look(sandbox, untrusted)
    assert (seen.format, seen.kind.value) == (name, kind)
    assert seen.cannot_show is CannotShow.FORMAT_REFUSED


@pytest.mark.parametrize("untrusted", [b"", b"\0", b"plain text\n" * 500, b"PK\3\4" + bytes(500)])
def test_what_is_no_media_is_called_so(sandbox, untrusted: bytes):
    seen = look(sandbox, untrusted)
    assert (seen.kind, seen.format) == (MediaKind.OTHER, None)
    assert seen.cannot_show is CannotShow.NOT_MEDIA


def png(width: int, height: int, rows: bytes) -> bytes:
    """A PNG of one bit a pixel, by hand."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def test_a_bomb_is_refused_by_its_stated_size(sandbox):
    seen = look(sandbox, png(20_000, 20_000, bytes(2501 * 20_000)))
    assert seen.cannot_show is CannotShow.TOO_LARGE
    assert (seen.width, seen.height) == (20_000, 20_000)
    assert look(sandbox, png(2**30, 2**30, b"")).cannot_show is CannotShow.TOO_LARGE
    assert look(sandbox, jpeg()).cannot_show is None


def test_a_small_file_of_many_pixels_within_the_budget_is_shown(sandbox):
    whole = png(9_000, 9_000, bytes(1126 * 9_000))
    assert len(whole) < 60_000
    seen = look(sandbox, whole)
    assert (seen.cannot_show, seen.width, seen.height) == (None, 9_000, 9_000)


def test_a_list_of_other_files_is_no_media(sandbox):
    for untrusted in (
        b"#EXTM3U\n#EXTINF:1,\n/etc/hostname\n",
        b"ffconcat version 1.0\nfile 'a.mp4'\n",
    ):
        assert look(sandbox, untrusted).cannot_show is CannotShow.NOT_MEDIA


def test_a_film_in_a_codec_that_is_not_allowed_is_described_and_refused(sandbox):
    seen = look(sandbox, video("avi", "flv", width=160, height=120))
    assert (seen.kind, seen.format) == (MediaKind.VIDEO, "avi")
    assert seen.cannot_show is CannotShow.FORMAT_REFUSED


def test_a_film_in_an_unknown_codec_is_a_film_all_the_same(sandbox):
    film = video("mp4", "libx264", sound="aac").replace(b"avc1", b"zzzz")
    seen = look(sandbox, film)
    assert seen.kind is MediaKind.VIDEO
    assert seen.cannot_show is CannotShow.FORMAT_REFUSED


def test_a_polyglot_is_what_its_first_bytes_say(sandbox):
    whole = jpeg() + b"%PDF-1.7\n<svg></svg>" + bytes(5000)
    assert look(sandbox, whole).format == "jpeg"


def mutated(dice: random.Random, whole: bytes) -> bytes:
    hurt = bytearray(whole)
    match dice.randrange(4):
        case 0:
            for _ in range(dice.randrange(1, 30)):
                hurt[dice.randrange(len(hurt))] = dice.randrange(256)
        case 1:
            for _ in range(dice.randrange(1, 12)):
                hurt[dice.randrange(min(len(hurt), 512))] = dice.choice((0, 127, 128, 255))
        case 2:
            del hurt[dice.randrange(len(hurt)) :]
        case _:
            at = dice.randrange(len(hurt))
            hurt[at:at] = hurt[at : at + dice.randrange(1, 4000)]
    return bytes(hurt)


def test_mutated_files_cost_at_most_themselves(sandbox):
    seeds = [encoded(shapes(200, 150), plugin) for plugin in PICTURES.values()]
    seeds += [encoded(shapes(200, 150), "JPEG", progressive=True)]
    seeds += [video("mp4", "libx264", frames=20), video("webm", "libvpx", frames=20)]
    seeds += [video("avi", frames=20), video("mpegts", "mpeg2video", frames=20)]
    seeds += [sound("mp3", "libmp3lame"), sound("ogg", "libopus")]
    dice = random.Random(20260101)
    causes = Counter(
        look(sandbox, mutated(dice, dice.choice(seeds))).cannot_show for _ in range(600)
    )
    assert not {CannotShow.CHILD_BREACH, CannotShow.CHILD_HUNG} & set(causes)
    assert causes[None] > 100
    assert causes[CannotShow.CORRUPT] + causes[CannotShow.TRUNCATED] > 100
    assert look(sandbox, jpeg()).cannot_show is None


def test_every_cut_of_a_small_picture_is_answered(sandbox):
    whole = encoded(Image.new("RGB", (8, 8), (1, 2, 3)), "PNG")
    for length in range(len(whole)):
        seen = look(sandbox, whole[:length])
        assert seen.cannot_show in {
            None,
            CannotShow.NOT_MEDIA,
            CannotShow.TRUNCATED,
            CannotShow.CORRUPT,
        }
