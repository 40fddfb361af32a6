"""Which pictures of lists are near these: the digests of lists in an index, asked about many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from cport_desktop.domain.likeness import PDQ_BYTES, SIMILAR_PDQ
from cport_desktop.matching.pdq_index import PdqIndex

_ONE_BY_ONE: Final = 256
"""Up to so many are asked one by one; walking the whole index costs more then."""

Near = tuple[int, int, int]
"""The place of a digest that was asked about, the number of an entry, and the bits between them."""


class KnownPictures:
    """PDQ digests of entries, under their numbers. Used by one thread at a time."""

    def __init__(self) -> None:
        self._index = PdqIndex()

    def __len__(self) -> int:
        return len(self._index)

    def add(self, entries: Sequence[int], digests: bytes) -> None:
        """These are found from now on; `digests` one after another, in the order of `entries`."""
        self._index.add(np.array(entries, np.int64), _rows(digests))

    def near(self, digests: bytes) -> list[Near]:
        """All entries near one of `digests`, each once for each of these, by its nearest digest."""
        if not digests or not len(self._index):
            return []
        asked = _rows(digests)
        nearest: dict[tuple[int, int], int] = {}
        for place, entry, apart in (
            self._one_by_one(asked) if len(asked) <= _ONE_BY_ONE else self._all_at_once(asked)
        ):
            nearest[place, entry] = min(apart, nearest.get((place, entry), apart))
        return [(place, entry, apart) for (place, entry), apart in nearest.items()]

    def _one_by_one(self, asked: npt.NDArray[np.uint8]) -> list[Near]:
        found: list[Near] = []
        for place in range(len(asked)):
            near = self._index.within(asked[place].tobytes(), SIMILAR_PDQ)
            pairs = zip(near.keys.tolist(), near.distances.tolist(), strict=True)
            found += [(place, entry, apart) for entry, apart in pairs]
        return found

    def _all_at_once(self, asked: npt.NDArray[np.uint8]) -> list[Near]:
        found: list[Near] = []
        for lot in self._index.joined(asked, SIMILAR_PDQ):
            found += zip(lot.asked.tolist(), lot.keys.tolist(), lot.distances.tolist(), strict=True)
        return found


def _rows(digests: bytes) -> npt.NDArray[np.uint8]:
    return np.frombuffer(digests, np.uint8).reshape(-1, PDQ_BYTES)
