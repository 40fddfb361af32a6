"""An index of pictures as it is kept between two runs: packed, versioned, checksummed.

A segment covers the contents of one range of numbers, as far as `upto`:

    "CPSG" 01 · upto 8 · count 4 · numbers 4 each · PDQ 32 each · pHash 8 each · SHA-256 of all that

Big endian. Whatever is not exactly a segment is None and is made again from the tables.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from cport_desktop.domain.likeness import PDQ_BYTES, SEGMENT

RANGE: Final = SEGMENT
"""Numbers that one segment covers: 2.9 MB where all are pictures. The last one is written again when
something came."""

_MAGIC, _DCT_BYTES, _CHECK = b"CPSG\x01", 8, 32
_HEAD = struct.Struct(">5sQI")
_RECORD = 4 + PDQ_BYTES + _DCT_BYTES


@dataclass(frozen=True, slots=True)
class Segment:
    """Pictures of one range, in the order of their numbers, complete as far as `upto`."""

    upto: int
    numbers: npt.NDArray[np.int64]
    digests: npt.NDArray[np.uint8]
    """32 bytes a row."""
    dcts: npt.NDArray[np.uint64]

    def with_more(self, rows: Sequence[tuple[int, bytes, bytes]], *, upto: int) -> Segment:
        """With number, PDQ and pHash of those that were added since."""
        more = made(rows, upto=upto)
        return Segment(
            upto,
            np.concatenate([self.numbers, more.numbers]),
            np.concatenate([self.digests, more.digests]),
            np.concatenate([self.dcts, more.dcts]),
        )


def made(rows: Sequence[tuple[int, bytes, bytes]], *, upto: int) -> Segment:
    """The segment of these pictures."""
    pdqs = b"".join(pdq for _, pdq, _ in rows)
    dcts = b"".join(dct for _, _, dct in rows)
    return Segment(
        upto,
        np.array([number for number, _, _ in rows], np.int64),
        np.frombuffer(pdqs, np.uint8).reshape(-1, PDQ_BYTES),
        np.frombuffer(dcts, np.uint64),
    )


def packed(segment: Segment) -> bytes:
    """The bytes of a segment."""
    head = _HEAD.pack(_MAGIC, segment.upto, len(segment.numbers))
    numbers = segment.numbers.astype(">u4").tobytes()
    body = b"".join((head, numbers, segment.digests.tobytes(), segment.dcts.tobytes()))
    return body + hashlib.sha256(body).digest()


def unpacked(untrusted: bytes | None) -> Segment | None:
    """The segment that these bytes are; None if they are none."""
    if untrusted is None or len(untrusted) < _HEAD.size + _CHECK:
        return None
    body, check = untrusted[:-_CHECK], untrusted[-_CHECK:]
    magic, upto, count = _HEAD.unpack_from(body)
    if (
        magic != _MAGIC
        or len(body) != _HEAD.size + count * _RECORD
        or hashlib.sha256(body).digest() != check
    ):
        return None
    at = _HEAD.size
    numbers = np.frombuffer(body, ">u4", count, at).astype(np.int64)
    digests = np.frombuffer(body, np.uint8, count * PDQ_BYTES, at + 4 * count)
    dcts = np.frombuffer(body, np.uint64, count, at + (4 + PDQ_BYTES) * count)
    return Segment(upto, numbers, digests.reshape(-1, PDQ_BYTES), dcts)
