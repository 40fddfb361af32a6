"""What PDQ sees of a picture: 64 by 64 averages, taken as it takes them and handed over without loss.

PDQ averages twice over a hundred-and-twenty-eighth of each side and keeps the middle of every
sixty-fourth: together a mean whose weights fall off like a tent. Where a side is no odd multiple of 64 the
library's own filter is up to half a sample aside, always towards the same end, so that a mirrored picture
is sampled elsewhere than its original. Here the mean is taken at the same places of a picture of any size,
mirrored or turned; for 64 by 64 pixels the library's filter does nothing (docs/similarity.md, ADR 32).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

SAMPLES = 64
"""A side."""

_REACH = 0.55
"""How far a tent reaches to each side, of the distance between samples: as of a picture of a thousand
pixels, whose hundred-and-twenty-eighth is rounded up."""
_POINTS = 128
"""At which a tent is measured."""
_SIZES_KEPT = 64

Greys = npt.NDArray[np.uint8]
Means = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]


def means(greys: Greys) -> Means:
    """64 by 64, from 0 to 255, of a picture of any shape (rows, columns)."""
    rows, columns = greys.shape
    taken: Means = _weights(rows) @ greys.astype(np.float32) @ _weights(columns).T
    return np.clip(taken, 0, 255)


def as_pixels(samples: Means) -> Pixels:
    """Rows, columns, three channels, with the luma that `samples` say to a tenth of a step.

    The library takes bytes, and in a smooth picture their rounding decides a digest's bits: 13 of
    another size instead of 8. It weighs three channels, though: one step of some of them is a part of a
    step of luma.
    """
    whole = np.floor(samples)
    part = ((samples - whole) * len(_STEPS)).astype(np.intp)
    pixels: Pixels = whole.astype(np.uint8)[..., None] + _STEPS[part]
    return pixels


@lru_cache(maxsize=_SIZES_KEPT)
def _weights(length: int) -> Means:
    """One row a sample, over so many pixels in a line; between their middles a picture is taken to be
    straight.
    """
    offsets = (np.arange(_POINTS) + 0.5) * 2 / _POINTS - 1
    middles = np.arange(SAMPLES)[:, None] + 0.5
    at = np.clip((middles + offsets * _REACH) * length / SAMPLES - 0.5, 0, length - 1)
    before = np.minimum(at.astype(np.intp), max(0, length - 2))
    share = at - before
    tent = np.broadcast_to((1 - np.abs(offsets)) / np.sum(1 - np.abs(offsets)), at.shape)
    weights = np.zeros((SAMPLES, length))
    rows = np.broadcast_to(np.arange(SAMPLES)[:, None], at.shape)
    np.add.at(weights, (rows, before), tent * (1 - share))
    np.add.at(weights, (rows, np.minimum(before + 1, length - 1)), tent * share)
    return weights.astype(np.float32)


def _steps() -> Pixels:
    """For each part of a step of luma, which of red, green and blue are one higher."""
    luma = np.array([0.299, 0.587, 0.114])
    higher = np.array([(red, green, blue) for red in (0, 1) for green in (0, 1) for blue in (0, 1)])
    parts = np.arange(256)[:, None] / 256
    nearest: Pixels = higher[np.argmin(np.abs(higher @ luma - parts), axis=1)].astype(np.uint8)
    return nearest


_STEPS = _steps()
