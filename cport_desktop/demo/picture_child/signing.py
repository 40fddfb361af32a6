"""Tells how pictures look, by which lists of known material name them: PDQ, with its quality.

In: file numbers, four bytes each, big-endian, until the input ends. Out, for each: the quality (one
byte) and the digest (32 bytes); both zero for what is no still picture. The seed of the scenario is
the one argument.
"""

from __future__ import annotations

import io
import sys
import warnings

import numpy as np
import pdqhash
from PIL import Image, UnidentifiedImageError

from cport_desktop.demo.picture_child.making import file_bytes

_SIDE = 512
"""Pixels to which a picture is reduced first, as whoever compares digests does."""
_NOTHING = bytes(33)


def main() -> int:
    seed = int(sys.argv[1])
    while len(question := sys.stdin.buffer.read(4)) == 4:
        sys.stdout.buffer.write(sign(file_bytes(seed, int.from_bytes(question, "big"))))
    return 0


def sign(content: bytes) -> bytes:
    """Quality and digest of a picture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content)) as picture:
                if getattr(picture, "n_frames", 1) > 1:
                    return _NOTHING
                plain = picture.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return _NOTHING
    side = max(plain.size)
    if side > _SIDE:
        plain = plain.resize(
            (max(1, plain.width * _SIDE // side), max(1, plain.height * _SIDE // side))
        )
    bits, quality = pdqhash.compute(np.asarray(plain))
    return bytes([int(quality)]) + np.packbits(bits).tobytes()


if __name__ == "__main__":
    sys.exit(main())
