"""Which videos are like this one: by their frames, with the rule of vPDQ (domain.md 4.4).

Frame by frame, PDQ within 31 bits; alike are two videos if 80 percent of the comparable frames of
one are in the other. So an excerpt is like the whole, and the whole like the excerpt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cport_desktop.domain.likeness import PDQ_BYTES, SIMILAR_FRAMES, SIMILAR_PDQ
from cport_desktop.matching.pdq_index import Joined, PdqIndex

_FEW_FRAMES = 64
"""So many are looked up one by one; more are joined."""


@dataclass(frozen=True, slots=True)
class LikeVideo:
    """`share`: percent of frames, of the one of the two that has more of its own in the other;
    `distance`: mean bits between frames that are near.
    """

    number: int
    share: int
    distance: int


class VideoIndex:
    """Frames of videos. Used by one thread at a time."""

    def __init__(self) -> None:
        self._frames = PdqIndex()
        self._starts: list[int] = [0]
        self._numbers: list[int] = []

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, videos: Iterable[tuple[int, bytes]]) -> None:
        """Number, and the PDQ digests of its frames one behind the other."""
        parts = []
        for number, frames in videos:
            if frames:
                parts.append(frames)
                self._numbers.append(number)
                self._starts.append(self._starts[-1] + len(frames) // PDQ_BYTES)
        digests = np.frombuffer(b"".join(parts), np.uint8).reshape(-1, PDQ_BYTES)
        first = self._starts[-1] - len(digests)
        self._frames.add(np.arange(first, self._starts[-1]), digests)

    def like(self, frames: bytes) -> Iterator[LikeVideo]:
        """All that are like a video with these frames, itself included if it is here."""
        digests = np.frombuffer(frames, np.uint8).reshape(-1, PDQ_BYTES)
        if not len(digests) or not self._numbers:
            return
        asked, found, bits = self._met(digests)
        which = np.searchsorted(np.array(self._starts), found, side="right") - 1
        for place in np.unique(which).tolist():
            of_this = which == place
            of_mine = len(np.unique(asked[of_this])) * 100 // len(digests)
            length = self._starts[place + 1] - self._starts[place]
            of_theirs = len(np.unique(found[of_this])) * 100 // length
            share = max(of_mine, of_theirs)
            if share >= SIMILAR_FRAMES:
                mean = int(bits[of_this].mean().round())
                yield LikeVideo(self._numbers[place], share, mean)

    def _met(
        self, digests: npt.NDArray[np.uint8]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
        if len(digests) > _FEW_FRAMES:
            lots = list(self._frames.joined(digests, SIMILAR_PDQ))
        else:
            lots = []
            for place in range(len(digests)):
                near = self._frames.within_any(digests[place : place + 1])
                asked = np.full(len(near.keys), place)
                lots.append(Joined(asked, near.keys, near.distances))
        asked = np.concatenate([np.empty(0, np.int64), *(lot.asked for lot in lots)])
        found = np.concatenate([np.empty(0, np.int64), *(lot.keys for lot in lots)])
        bits = np.concatenate([np.empty(0, np.uint8), *(lot.distances for lot in lots)])
        return asked, found, bits
