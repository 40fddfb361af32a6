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

SAMPLE_SIDE = 400
"""Pixels a side at most of what is made into digests: a quarter of 1600 by 1200 is decoded without
its finest detail, which costs half the time of 512 and no bit that counts."""
HASHED_SIDE = 320
"""Pixels a side of the square that PDQ sees, whatever the picture's own shape. PDQ takes 64 by 64
samples: of five pixels a side each has a middle one and is averaged over three, both odd, so that
a mirrored or turned picture is sampled at the same places (of six or eight it is half a sample
aside, up to 60 bits), and so is the same picture in another size. Measured in docs/similarity.md."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """`perceptual_hash` has 64 hex digits, `dct_hash` 16; `turned` are seven like the first."""

    quality: int
    perceptual_hash: str | None
    dct_hash: str | None
    turned: tuple[str, ...] = ()


def likeness(sample: Image.Image) -> Likeness:
    """Of an RGB picture of at most `SAMPLE_SIDE` pixels a side."""
    # Both compare greys alone: one channel is shrunk instead of three.
    square = sample.convert("L").resize((HASHED_SIDE, HASHED_SIDE), Image.Resampling.BICUBIC)
    greys = np.asarray(Image.merge("RGB", (square, square, square)))
    ways_round, quality = pdqhash.compute_dihedral(greys)
    if quality < COMPARABLE_QUALITY:
        return Likeness(int(quality), None, None)
    perceptual, *turned = (_hex(bits) for bits in ways_round[: len(TURNS)])
    return Likeness(int(quality), perceptual, str(imagehash.phash(square)), tuple(turned))


def _hex(bits: object) -> str:
    return np.packbits(np.asarray(bits, dtype=np.uint8)).tobytes().hex()
