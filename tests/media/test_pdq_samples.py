"""What PDQ is given of a picture: the same samples whatever its size and whichever way round it is."""

from __future__ import annotations

import numpy as np
import pdqhash
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cport_desktop.media.child.pdq_samples import SAMPLES, as_pixels, means
from tests.media.samples import shapes

LUMA = np.array([0.299, 0.587, 0.114])


def greys(width: int, height: int, *, seed: int = 1) -> np.ndarray:
    return np.asarray(shapes(width, height, seed=seed).convert("L"))


def smooth(seed: int) -> Image.Image:
    """What has little but slow changes, so that single steps of grey decide."""
    coarse = np.random.default_rng(seed).integers(0, 256, (7, 9), dtype=np.uint8)
    return Image.fromarray(coarse).resize((1200, 900), Image.Resampling.BICUBIC)


def digest(pixels: np.ndarray) -> np.ndarray:
    return np.asarray(pdqhash.compute(pixels)[0])


@pytest.mark.parametrize("sides", [(400, 300), (300, 400), (64, 64), (65, 63), (7, 400), (1, 1)])
def test_an_even_picture_has_even_samples_of_its_own_grey(sides: tuple[int, int]) -> None:
    samples = means(np.full(sides, 137, np.uint8))
    assert samples.shape == (SAMPLES, SAMPLES)
    assert np.abs(samples - 137).max() < 0.01


@pytest.mark.parametrize("sides", [(400, 300), (267, 400), (90, 70), (41, 53)])
def test_a_picture_turned_or_mirrored_has_its_samples_turned_or_mirrored(
    sides: tuple[int, int],
) -> None:
    picture = greys(*sides)
    samples = means(picture)
    assert np.abs(means(picture[:, ::-1]) - samples[:, ::-1]).max() < 0.01
    assert np.abs(means(picture[::-1]) - samples[::-1]).max() < 0.01
    assert np.abs(means(np.ascontiguousarray(picture.T)) - samples.T).max() < 0.01


def test_each_sample_is_taken_around_its_own_place_alone() -> None:
    picture = np.zeros((320, 320), np.uint8)
    picture[5 * 20 : 5 * 21, 5 * 40 : 5 * 41] = 255
    samples = means(picture)
    assert samples.argmax() == 20 * SAMPLES + 40
    samples[19:22, 39:42] = 0
    assert samples.max() < 1e-3


@given(st.lists(st.floats(0, 255, width=32), min_size=1, max_size=60))
def test_three_channels_say_a_sample_to_a_tenth_of_a_step(said: list[float]) -> None:
    samples = np.array([said], np.float32)
    pixels = as_pixels(samples)
    assert pixels.dtype == np.uint8
    assert np.abs(pixels @ LUMA - samples).max() < 0.1


def test_the_digest_is_nearly_that_of_the_library_over_the_whole_picture() -> None:
    for seed in range(8):
        whole = np.asarray(shapes(1600, 1200, seed=seed).convert("RGB"))
        assert (digest(as_pixels(means(greys(1600, 1200, seed=seed)))) != digest(whole)).sum() <= 6


def test_of_a_smooth_picture_another_size_keeps_more_bits_than_rounded_samples_do() -> None:
    lost = {"as they are": 0, "rounded": 0}
    for seed in range(12):
        sizes = [np.asarray(smooth(seed).resize(sides)) for sides in ((400, 300), (331, 248))]
        exact = [digest(as_pixels(means(size))) for size in sizes]
        rounded = [
            digest(np.repeat(np.rint(means(s)).astype(np.uint8)[..., None], 3, 2)) for s in sizes
        ]
        lost["as they are"] += int((exact[0] != exact[1]).sum())
        lost["rounded"] += int((rounded[0] != rounded[1]).sum())
    assert 4 * lost["as they are"] < 3 * lost["rounded"]
