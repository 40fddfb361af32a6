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
"""Pixels a side of what is hashed. Measured against hashes at full size over noisy JPEGs of five
shapes: on average 8 bits of PDQ away, as with 512, for half the time (a quarter of 1600 by 1200
is decoded without its finest detail); with 256 it is 20 bits."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """`perceptual_hash` has 64 hex digits, `dct_hash` 16; `turned` are seven like the first."""

    quality: int
    perceptual_hash: str | None
    dct_hash: str | None
    turned: tuple[str, ...] = ()


def likeness(sample: Image.Image) -> Likeness:
    """Of an RGB picture of at most `SAMPLE_SIDE` pixels a side."""
    ways_round, quality = pdqhash.compute_dihedral(np.asarray(sample))
    if quality < COMPARABLE_QUALITY:
        return Likeness(int(quality), None, None)
    perceptual, *turned = (_hex(bits) for bits in ways_round[: len(TURNS)])
    return Likeness(int(quality), perceptual, str(imagehash.phash(sample)), tuple(turned))


def _hex(bits: object) -> str:
    return np.packbits(np.asarray(bits, dtype=np.uint8)).tobytes().hex()
