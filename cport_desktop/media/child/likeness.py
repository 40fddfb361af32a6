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

from cport_desktop.domain.likeness import COMPARABLE_QUALITY, TURNS
from cport_desktop.media.child.pdq_samples import as_pixels, means

SAMPLE_SIDE = 400
"""Pixels a side at most of what is made into digests: a quarter of 1600 by 1200 is decoded without
its finest detail, which costs half the time of 512 and no bit that counts."""
_DCT_SIDE = 32
"""Samples a side of which ImageHash takes the cosine transform for 64 bits."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """`perceptual_hash` has 64 hex digits, `dct_hash` 16; `turned` are seven like the first."""

    quality: int
    perceptual_hash: str | None
    dct_hash: str | None
    turned: tuple[str, ...] = ()


def likeness(sample: Image.Image) -> Likeness:
    """Of an RGB picture of at most `SAMPLE_SIDE` pixels a side."""
    greys = sample.convert("L")
    ways_round, quality = pdqhash.compute_dihedral(as_pixels(means(np.asarray(greys))))
    if quality < COMPARABLE_QUALITY:
        return Likeness(int(quality), None, None)
    perceptual, *turned = (_hex(bits) for bits in ways_round[: len(TURNS)])
    return Likeness(int(quality), perceptual, str(imagehash.phash(_few(greys))), tuple(turned))


def _few(greys: Image.Image) -> Image.Image:
    """The samples that pHash takes: as ImageHash would take them, which averages every pixel by a longer
    road (docs/similarity.md has by how many bits that differs).
    """
    sides = (_DCT_SIDE, _DCT_SIDE)
    return greys.resize(sides, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _hex(bits: object) -> str:
    return np.packbits(np.asarray(bits, dtype=np.uint8)).tobytes().hex()
