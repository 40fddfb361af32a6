"""By what pictures are compared: PDQ with its quality, and pHash.

A picture that is too plain has a quality and no hash: it would match anything
(domain.md 4.4: quality 49 and below is not comparable).
"""

from __future__ import annotations

from dataclasses import dataclass

import imagehash
import numpy as np
import pdqhash
from PIL import Image

from cport_desktop.media.bounds import COMPARABLE_QUALITY

SAMPLE_SIDE = 512
"""Pixels; PDQ itself shrinks to 64, and from here on costs a sixteenth of full size."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """`perceptual_hash` has 64 hex digits, `dct_hash` 16."""

    quality: int
    perceptual_hash: str | None
    dct_hash: str | None


def likeness(sample: Image.Image) -> Likeness:
    """Of an RGB picture of at most `SAMPLE_SIDE` pixels a side."""
    bits, quality = pdqhash.compute(np.asarray(sample))
    if quality < COMPARABLE_QUALITY:
        return Likeness(int(quality), None, None)
    perceptual = np.packbits(np.asarray(bits, dtype=np.uint8)).tobytes().hex()
    return Likeness(int(quality), perceptual, str(imagehash.phash(sample)))
