"""One picture against all of a segment, one by one: no index is built for a single question."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cport_desktop.domain.likeness import SIMILAR_DCT, SIMILAR_PDQ
from cport_desktop.matching.pdq_index import as_words
from cport_desktop.matching.segments import Segment


@dataclass(frozen=True, slots=True)
class Near:
    """`number`: of the content; `turn`: place in `TURNS`; bits. `is_dct`: by pHash alone."""

    number: int
    distance: int
    turn: int
    is_dct: bool


def near_in(segment: Segment, ways: npt.NDArray[np.uint8], dct: bytes | None) -> list[Near]:
    """What in the segment is near the picture with these ways round (32 bytes a row, upright
    first), by the nearest of them; and what is near by its pHash only.
    """
    words = as_words(segment.digests)
    best = np.full(len(words), SIMILAR_PDQ + 1, np.uint16)
    turns = np.zeros(len(words), np.uint8)
    for turn, way in enumerate(as_words(ways)):
        apart = np.bitwise_count(words ^ way).sum(axis=1, dtype=np.uint16)
        nearer = apart < best
        best[nearer], turns[nearer] = apart[nearer], turn
    places = np.flatnonzero(best <= SIMILAR_PDQ)
    found = [
        Near(int(segment.numbers[place]), int(best[place]), int(turns[place]), is_dct=False)
        for place in places
    ]
    if dct is None:
        return found
    bits = np.bitwise_count(segment.dcts ^ np.frombuffer(dct, np.uint64)[0])
    by_dct = np.flatnonzero((bits <= SIMILAR_DCT) & (best > SIMILAR_PDQ))
    return found + [
        Near(int(segment.numbers[place]), int(bits[place]), 0, is_dct=True) for place in by_dct
    ]
