"""A reveal is the picture itself, at the level that was granted and no more."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import Picture, RevealGrant, RevealLevel
from cport_desktop.media.sandbox_process import ProcessSandbox
from tests.media.samples import encoded, shapes, sound, video


@pytest.fixture(scope="module")
def sandbox() -> Iterator[ProcessSandbox]:
    sandbox = ProcessSandbox()
    yield sandbox
    sandbox.close()


def reveal(sandbox: ProcessSandbox, whole: bytes, level: RevealLevel) -> Picture | None:
    grant = RevealGrant(MediaId(1), level, seconds=5.0, audit_sequence=9)
    return sandbox.reveal([whole], size=len(whole), grant=grant)


def test_in_full_it_is_the_picture(sandbox):
    image = shapes()
    assert reveal(sandbox, encoded(image, "PNG"), RevealLevel.FULL) == Picture(
        400, 300, 3, image.tobytes()
    )


def test_in_grey_it_is_the_picture_without_its_colours(sandbox):
    image = shapes()
    assert reveal(sandbox, encoded(image, "PNG"), RevealLevel.GREY) == Picture(
        400, 300, 1, image.convert("L").tobytes()
    )


def test_blurred_it_has_no_sharp_line_left(sandbox):
    stripes = np.zeros((300, 400, 3), np.uint8)
    stripes[:, 200:] = 255
    seen = reveal(sandbox, encoded(Image.fromarray(stripes), "PNG"), RevealLevel.BLURRED)
    assert seen is not None
    assert seen.channels == 1
    steps = np.diff(np.frombuffer(seen.pixels, np.uint8).reshape(300, 400).astype(int), axis=1)
    assert np.abs(steps).max() < 16


@pytest.mark.parametrize(
    ("sides", "shown"),
    [((3200, 2400), (1600, 1200)), ((1500, 3000), (600, 1200)), ((90, 70), (90, 70))],
)
def test_it_is_never_larger_than_a_screen_and_never_made_larger(sandbox, sides, shown):
    seen = reveal(
        sandbox, encoded(shapes(*sides), "JPEG", quality=95, subsampling=0), RevealLevel.FULL
    )
    assert seen is not None
    assert (seen.width, seen.height) == shown
    expected = np.asarray(shapes(*sides).resize(shown)).astype(int)
    pixels = np.frombuffer(seen.pixels, np.uint8).reshape(expected.shape).astype(int)
    assert np.abs(pixels - expected).mean() < 8


def test_of_a_film_it_is_the_frame_of_the_thumbnail(sandbox):
    film = video("mp4", width=320, height=240)
    seen = reveal(sandbox, film, RevealLevel.FULL)
    thumbnail = sandbox.examine([film], size=len(film)).thumbnail
    assert seen is not None
    assert thumbnail is not None
    assert (seen.width, seen.height) == (320, 240)
    shrunk = Image.frombytes("RGB", (320, 240), seen.pixels).resize((200, 150))
    expected = np.frombuffer(thumbnail.pixels, np.uint8).reshape(150, 200, 3).astype(int)
    assert np.abs(np.asarray(shrunk).astype(int) - expected).mean() < 6


def test_what_cannot_be_shown_is_not_revealed(sandbox):
    for whole in (b"", b"no media", sound("wav", "pcm_s16le"), encoded(shapes(), "PNG")[:900]):
        assert reveal(sandbox, whole, RevealLevel.FULL) is None
