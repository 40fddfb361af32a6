"""What new contents are like among those that came before: a lot of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from cport_desktop.domain.likeness import PDQ_BYTES, TURNS, Because
from cport_desktop.domain.stacking import Likeness
from cport_desktop.matching.pdq_index import Joined, PdqIndex
from cport_desktop.matching.videos import VideoIndex

_FEW: Final = 64
"""So many pictures are looked up one by one; for more it pays to walk all drawers."""

Picture = tuple[int, bytes, bytes | None]
"""Number, PDQ, and the seven other ways round, where they are known."""


def of_pictures(index: PdqIndex, pictures: Sequence[Picture]) -> list[Likeness]:
    """For each of `pictures`, what it is like in any of the eight ways round, of the pictures in
    the index with a lower number; each pair once, the nearest way. Whether they are in the index
    themselves makes no difference.
    """
    nearest: dict[tuple[int, int], tuple[int, int]] = {}
    for number, near, bits, turn in _met(index, pictures):
        known = nearest.get((number, near))
        if known is None or (bits, turn) < known:
            nearest[number, near] = bits, turn
    return [
        Likeness(number, near, Because.PDQ_TURNED if turn else Because.PDQ, bits, TURNS[turn])
        for (number, near), (bits, turn) in nearest.items()
    ]


def of_videos(index: VideoIndex, videos: Sequence[tuple[int, bytes]]) -> list[Likeness]:
    """For each of `videos` (number, digests of its frames), what it is like of those in the index
    with a lower number.
    """
    return [
        Likeness(number, like.number, Because.VIDEO, like.distance)
        for number, frames in videos
        for like in index.like(frames)
        if like.number < number
    ]


def ways_round(pdq: bytes, turned: bytes | None) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """A picture as it is and turned, in the order of `TURNS`, as far as known."""
    return np.frombuffer(pdq + (turned or b""), np.uint8).reshape(-1, PDQ_BYTES)


def _met(index: PdqIndex, pictures: Sequence[Picture]) -> Iterator[tuple[int, int, int, int]]:
    if len(pictures) <= _FEW:
        for number, pdq, turned in pictures:
            found = index.within_any(ways_round(pdq, turned))
            older = found.keys < number
            for near, bits, turn in zip(
                found.keys[older].tolist(),
                found.distances[older].tolist(),
                found.asked[older].tolist(),
                strict=True,
            ):
                yield number, near, bits, turn
        return
    ways = [ways_round(pdq, turned) for _, pdq, turned in pictures]
    turns = np.concatenate([np.arange(len(way)) for way in ways])
    numbers = np.repeat([number for number, _, _ in pictures], [len(way) for way in ways])
    for lot in index.joined(np.concatenate(ways)):
        yield from _older(lot, numbers, turns)


def _older(
    lot: Joined,
    numbers: np.ndarray[tuple[int], np.dtype[np.int64]],
    turns: np.ndarray[tuple[int], np.dtype[np.int64]],
) -> Iterator[tuple[int, int, int, int]]:
    asking = numbers[lot.asked]
    older = lot.keys < asking
    yield from zip(
        asking[older].tolist(),
        lot.keys[older].tolist(),
        lot.distances[older].tolist(),
        turns[lot.asked[older]].tolist(),
        strict=True,
    )
