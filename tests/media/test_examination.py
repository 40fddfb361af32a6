"""What a real child says of honest files of every format."""

from __future__ import annotations

from collections.abc import Iterator

import imagehash
import numpy as np
import pdqhash
import pytest
from PIL import Image, ImageDraw

from cport_desktop.domain.likeness import TURNS, Turn
from cport_desktop.domain.media_item import CannotShow, Examination, MediaKind, Picture
from cport_desktop.media.sandbox_process import ProcessSandbox
from tests.media.samples import (
    PICTURES,
    animated,
    encoded,
    jpeg,
    shapes,
    sound,
    video,
)

FILMS = [
    ("mp4", "mp4", "mpeg4"),
    ("mp4", "mp4", "libsvtav1"),
    ("mov", "mov", "libx264"),
    ("mkv", "matroska", "libx264"),
    ("webm", "webm", "libvpx-vp9"),
    ("webm", "webm", "libvpx"),
    ("avi", "avi", "mjpeg"),
    ("mpegts", "mpegts", "mpeg2video"),
]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[ProcessSandbox]:
    sandbox = ProcessSandbox()
    yield sandbox
    sandbox.close()


def look(sandbox: ProcessSandbox, whole: bytes) -> Examination:
    return sandbox.examine([whole], size=len(whole))


def as_array(picture: Picture | None) -> np.ndarray:
    assert picture is not None
    shape = (picture.height, picture.width, picture.channels)
    return np.frombuffer(picture.pixels, np.uint8).reshape(shape).astype(int)


def distance(one: str | None, other: str | None) -> int:
    """Bits in which two hashes differ."""
    assert one is not None
    assert other is not None
    return (int(one, 16) ^ int(other, 16)).bit_count()


@pytest.mark.parametrize(("name", "plugin"), PICTURES.items())
def test_a_picture_of_every_allowed_format_is_described(sandbox, name: str, plugin: str):
    seen = look(sandbox, encoded(shapes(), plugin))
    assert (seen.kind, seen.format, seen.cannot_show) == (MediaKind.IMAGE, name, None)
    assert (seen.width, seen.height, seen.duration_ms) == (400, 300, None)
    assert seen.veil is not None
    assert (seen.veil.width, seen.veil.height, seen.veil.channels) == (16, 12, 1)
    assert seen.thumbnail is not None
    assert (seen.thumbnail.width, seen.thumbnail.height) == (200, 150)
    expected = np.asarray(shapes().resize((200, 150), Image.Resampling.BILINEAR)).astype(int)
    assert np.abs(as_array(seen.thumbnail) - expected).mean() < 8


@pytest.mark.parametrize(("name", "container", "codec"), FILMS)
def test_a_film_of_every_allowed_container_is_described(sandbox, name, container, codec):
    seen = look(sandbox, video(container, codec))
    assert (seen.kind, seen.format, seen.cannot_show) == (MediaKind.VIDEO, name, None)
    assert (seen.width, seen.height) == (160, 120)
    assert seen.duration_ms is not None
    assert 2500 <= seen.duration_ms <= 3500
    assert dict(seen.facts)["frame_rate"] == "20"
    assert as_array(seen.thumbnail).mean() > 30, "a black frame says nothing"


@pytest.mark.parametrize(
    ("name", "container", "codec"),
    [("wav", "wav", "pcm_s16le"), ("mp3", "mp3", "libmp3lame"), ("ogg", "ogg", "libopus")],
)
def test_sound_is_described_and_has_nothing_to_show(sandbox, name, container, codec):
    seen = look(sandbox, sound(container, codec))
    assert (seen.kind, seen.format) == (MediaKind.AUDIO, name)
    assert seen.cannot_show is CannotShow.AUDIO_ONLY
    assert seen.duration_ms is not None
    assert 950 <= seen.duration_ms <= 1100
    assert seen.veil is None


def test_a_film_without_pictures_is_sound(sandbox):
    seen = look(sandbox, sound("ipod", "aac"))
    assert (seen.kind, seen.format) == (MediaKind.AUDIO, "mp4")
    assert seen.cannot_show is CannotShow.AUDIO_ONLY


@pytest.mark.parametrize("plugin", ["GIF", "PNG", "WEBP", "AVIF"])
def test_of_a_moving_picture_the_first_is_taken(sandbox, plugin: str):
    seen = look(sandbox, animated(plugin))
    assert seen.kind is MediaKind.IMAGE
    assert seen.pictures == 3
    expected = np.asarray(shapes(seed=0).resize((200, 150), Image.Resampling.BILINEAR)).astype(int)
    assert np.abs(as_array(seen.thumbnail) - expected).mean() < 8


@pytest.mark.parametrize("name", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "I", "F", "YCbCr"])
def test_pixels_of_every_kind_become_the_same_picture(sandbox, name: str):
    image = shapes()
    if name == "I;16":
        image = image.convert("L").convert("I").point(lambda value: value * 257).convert("I;16")
    elif name in {"1", "LA", "I", "F"}:
        image = image.convert("L").convert(name)
    else:
        image = image.convert(name)
    seen = look(sandbox, encoded(image, "TIFF"))
    usual = look(sandbox, encoded(shapes(), "TIFF"))
    assert seen.cannot_show is None
    assert distance(seen.perceptual_hash, usual.perceptual_hash) <= 10


def test_a_picture_is_described_upright(sandbox):
    exif = Image.Exif()
    exif[274] = 6
    seen = look(sandbox, jpeg(exif=exif))
    assert (seen.width, seen.height) == (300, 400)
    upright = shapes().transpose(Image.Transpose.ROTATE_270).resize((150, 200))
    assert np.abs(as_array(seen.thumbnail) - np.asarray(upright).astype(int)).mean() < 8


def test_a_film_is_described_upright(sandbox):
    film = bytearray(video("mp4"))
    matrix = film.index(b"tkhd") + 44
    turn = (0, 0x10000, 0, 0x1_0000_0000 - 0x10000, 0, 0, 0, 0, 0x40000000)
    film[matrix : matrix + 36] = b"".join(part.to_bytes(4, "big") for part in turn)
    turned, usual = look(sandbox, bytes(film)), look(sandbox, video("mp4"))
    assert (turned.width, turned.height) == (120, 160)
    expected = np.rot90(as_array(usual.thumbnail), -1)
    assert np.abs(as_array(turned.thumbnail) - expected).mean() < 8


def test_a_transparent_picture_lies_on_white(sandbox):
    seen = look(sandbox, encoded(Image.new("RGBA", (90, 90), (255, 0, 0, 0)), "PNG"))
    assert as_array(seen.thumbnail).min() == 255


def test_hashes_are_those_of_the_reference_libraries(sandbox):
    # Of so many pixels PDQ takes each as a sample, so that not one bit may differ.
    image = shapes().convert("L").convert("RGB").resize((64, 64))
    seen = look(sandbox, encoded(image, "PNG"))
    bits, quality = pdqhash.compute(np.asarray(image))
    assert distance(seen.perceptual_hash, np.packbits(bits.astype(np.uint8)).tobytes().hex()) <= 6
    assert abs(seen.quality - quality) <= 1
    assert distance(seen.dct_hash, str(imagehash.phash(image))) <= 2


def test_hashes_of_a_large_picture_agree_with_those_at_full_size(sandbox):
    image = shapes(2000, 1500)
    seen = look(sandbox, encoded(image, "JPEG", quality=92))
    bits, _ = pdqhash.compute(np.asarray(image))
    full_size = np.packbits(bits.astype(np.uint8)).tobytes().hex()
    assert distance(seen.perceptual_hash, full_size) <= 10
    assert distance(seen.dct_hash, str(imagehash.phash(image))) <= 6


def test_a_copy_made_smaller_is_like_its_original(sandbox):
    original = look(sandbox, encoded(shapes(1000, 750), "PNG"))
    copy = look(sandbox, encoded(shapes(1000, 750).resize((500, 375)), "JPEG", quality=70))
    assert distance(original.perceptual_hash, copy.perceptual_hash) <= 31


def test_the_digests_of_the_ways_round_are_those_of_pictures_turned_so(sandbox):
    image = shapes(470, 310)
    seen = look(sandbox, encoded(image, "PNG"))
    turns = {
        Turn.QUARTER: Image.Transpose.ROTATE_90,
        Turn.HALF: Image.Transpose.ROTATE_180,
        Turn.THREE_QUARTERS: Image.Transpose.ROTATE_270,
        Turn.FLIPPED: Image.Transpose.FLIP_TOP_BOTTOM,
        Turn.MIRRORED: Image.Transpose.FLIP_LEFT_RIGHT,
    }
    for turn, transpose in turns.items():
        turned = look(sandbox, encoded(image.transpose(transpose), "PNG"))
        told = seen.turned[TURNS.index(turn) - 1]
        assert distance(told, turned.perceptual_hash) <= 6, turn


def test_a_plain_picture_has_a_quality_and_is_not_comparable(sandbox):
    seen = look(sandbox, encoded(Image.new("RGB", (300, 200), (90, 120, 30)), "PNG"))
    assert seen.quality == 0
    assert seen.perceptual_hash is None
    assert seen.dct_hash is None
    assert seen.veil is not None


@pytest.mark.parametrize("sides", [(1, 1), (1, 3000), (3000, 1), (7, 5)])
def test_the_smallest_and_the_thinnest_pictures_have_a_veil(sandbox, sides: tuple[int, int]):
    seen = look(sandbox, encoded(Image.new("RGB", sides, (9, 99, 199)), "PNG"))
    assert (seen.width, seen.height) == sides
    assert seen.veil is not None


def with_text(text: str) -> bytes:
    image = Image.new("RGB", (600, 400), (200, 200, 200))
    draw = ImageDraw.Draw(image)
    for row in range(8):
        draw.text((20, 15 + 48 * row), text, fill=(0, 0, 0), font_size=40)
    return encoded(image, "PNG")


def test_a_veil_does_not_tell_one_text_from_another(sandbox):
    one = as_array(look(sandbox, with_text("SYNTHETIC PICTURE ONE")).veil)
    other = as_array(look(sandbox, with_text("BENIGN TEST CARD TWO")).veil)
    assert np.abs(one - other).max() <= 1


GENTLE = 9
"""Greys between two samples of a veil: from the lightest to the darkest in no less than three."""


def test_a_veil_has_no_edges_even_where_the_picture_has_nothing_else(sandbox):
    stripes = np.zeros((480, 480, 3), np.uint8)
    stripes[:, ::2] = 255
    halves = np.zeros((480, 480, 3), np.uint8)
    halves[:, 240:] = 255
    for pixels in (stripes, halves):
        haze = as_array(look(sandbox, encoded(Image.fromarray(pixels), "PNG")).veil)[:, :, 0]
        assert np.abs(np.diff(haze, axis=0)).max() <= GENTLE
        assert np.abs(np.diff(haze, axis=1)).max() <= GENTLE
        assert haze.min() >= 114
        assert haze.max() <= 142


def test_labels_come_as_short_plain_text(sandbox):
    exif = Image.Exif()
    exif[271] = "Synthetic Optics"
    exif[272] = "Model\x07 7\n" + "x" * 5000
    exif[305] = "test suite"
    exif.get_ifd(0x8769)[36867] = "2026:02:03 04:05:06"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 30.0, 0.0), 3: "W", 4: (4.0, 15.0, 36.0)})
    facts = dict(look(sandbox, jpeg(exif=exif)).facts)
    assert facts["camera_make"] == "Synthetic Optics"
    assert facts["camera_model"].startswith("Model\ufffd 7 xxx")
    assert len(facts["camera_model"]) <= 200
    assert facts["captured_at"] == "2026:02:03 04:05:06"
    assert facts["gps_position"] == "52.50000 -4.26000"


def test_a_torn_label_costs_no_picture(sandbox):
    exif = Image.Exif()
    exif[271] = "Synthetic Optics"
    whole = jpeg(exif=exif)
    at = whole.index(b"Exif\0\0") + 8
    seen = look(sandbox, whole[:at] + b"\xff" * 20 + whole[at + 20 :])
    assert seen.cannot_show is None
    assert seen.thumbnail is not None


def test_a_position_that_is_none_is_left_out(sandbox):
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (952.0, 0.0, 0.0), 3: "W", 4: (4.0, 15.0, 36.0)})
    seen = look(sandbox, jpeg(exif=exif))
    assert seen.cannot_show is None
    assert "gps_position" not in dict(seen.facts)


def test_a_picture_with_a_second_view_is_a_jpeg(sandbox):
    whole = encoded(shapes(), "MPO", save_all=True, append_images=[shapes(seed=2)])
    seen = look(sandbox, whole)
    assert (seen.format, seen.cannot_show) == ("jpeg", None)
    assert seen.pictures == 2


def test_labels_of_a_film_come_as_short_plain_text(sandbox):
    labels = {"title": "synthetic\u202e film", "comment": "y" * 900}
    facts = dict(look(sandbox, video("mp4", "libx264", sound="aac", metadata=labels)).facts)
    assert facts["title"] == "synthetic\ufffd film"
    assert facts["comment"] == "y" * 200
    assert facts["codec"] == "h264"
    assert facts["audio_codec"] == "aac"
