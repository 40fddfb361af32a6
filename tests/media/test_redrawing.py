"""A picture is drawn anew by a confined child: what was redacted is not in the new file."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import ExifTags, Image

from cport_desktop.domain.media_item import CannotShow
from cport_desktop.domain.redaction import Rectangle
from cport_desktop.media.bounds import REDRAWN_SIDE
from cport_desktop.media.sandbox_process import ProcessSandbox
from tests.media.samples import encoded, shapes, video


@pytest.fixture(scope="module")
def sandbox() -> Iterator[ProcessSandbox]:
    sandbox = ProcessSandbox()
    yield sandbox
    sandbox.close()


def redrawn(sandbox: ProcessSandbox, whole: bytes, *rectangles: Rectangle) -> bytes | CannotShow:
    return sandbox.redraw([whole], size=len(whole), rectangles=rectangles, audit_sequence=3)


def pixels(file: bytes | CannotShow) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    assert isinstance(file, bytes)
    with Image.open(io.BytesIO(file)) as image:
        assert image.format == "PNG"
        return np.asarray(image.convert("RGB"))


def test_a_rectangle_is_black_and_every_other_pixel_as_it_was(sandbox):
    image = shapes()
    found = pixels(redrawn(sandbox, encoded(image, "PNG"), Rectangle(40, 30, 100, 50)))
    expected = np.asarray(image.convert("RGB")).copy()
    expected[30:80, 40:140] = 0
    assert np.array_equal(found, expected)


def test_a_rectangle_beyond_the_edge_ends_there(sandbox):
    found = pixels(redrawn(sandbox, encoded(shapes(), "PNG"), Rectangle(390, 290, 500, 500)))
    assert found.shape == (300, 400, 3)
    assert not found[290:, 390:].any()


def test_a_picture_that_lies_on_its_side_is_drawn_upright_and_redacted_as_it_is_shown(sandbox):
    on_its_side = Image.new("RGB", (60, 40), (255, 255, 255))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    file = io.BytesIO()
    on_its_side.save(file, "PNG", exif=exif)
    found = pixels(redrawn(sandbox, file.getvalue(), Rectangle(0, 0, 10, 10)))
    assert found.shape == (60, 40, 3)
    assert not found[:10, :10].any()
    assert found[10:, :].all()


def test_nothing_goes_on_but_pixels(sandbox):
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = "NEUTRAL-WORDS-OF-A-LABEL"
    file = io.BytesIO()
    shapes().save(
        file,
        "JPEG",
        exif=exif,
        comment=b"NEUTRAL-COMMENT",
        icc_profile=b"NEUTRAL-PROFILE" * 40,
    )
    whole = file.getvalue()
    assert b"NEUTRAL" in whole
    found = redrawn(sandbox, whole)
    assert isinstance(found, bytes)
    assert b"NEUTRAL" not in found
    with Image.open(io.BytesIO(found)) as image:
        assert not image.info
        assert not image.getexif()


def test_the_same_file_gives_the_same_bytes(sandbox):
    whole = encoded(shapes(), "JPEG")
    assert redrawn(sandbox, whole, Rectangle(1, 1, 9, 9)) == redrawn(
        sandbox, whole, Rectangle(1, 1, 9, 9)
    )


def test_a_picture_that_is_shrunk_lets_nothing_of_a_rectangle_bleed_out(sandbox):
    wide = np.full((300, REDRAWN_SIDE * 2 - 100, 3), 255, np.uint8)
    wide[100:200, 1001:1102] = (255, 0, 0)
    whole = encoded(Image.fromarray(wide), "PNG")
    found = pixels(redrawn(sandbox, whole, Rectangle(1001, 100, 101, 100)))
    assert found.shape[1] == REDRAWN_SIDE
    assert {tuple(colour) for colour in found.reshape(-1, 3)} == {(0, 0, 0), (255, 255, 255)}


def test_what_is_no_picture_is_not_drawn(sandbox):
    assert isinstance(redrawn(sandbox, video("mp4"), Rectangle(0, 0, 5, 5)), CannotShow)
    assert redrawn(sandbox, b"words " * 500) is CannotShow.NOT_MEDIA
