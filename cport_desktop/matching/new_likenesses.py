"""What new contents are like among those that came before: a lot of them at once.

However many pictures are like however many, what is held in memory is a few lots of pairs, and what is
handed on is no more than there are contents (`likeness_trees`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from cport_desktop.domain.likeness import PDQ_BYTES, TURNS, Because
from cport_desktop.domain.stacking import Likeness
from cport_desktop.matching.likeness_trees import LikenessTrees, Pairs
from cport_desktop.matching.pdq_index import PdqIndex
from cport_desktop.matching.videos import VideoIndex

_FEW: Final = 64
"""So many pictures are looked up one by one; for more it pays to walk all drawers."""
_SAMPLE: Final = 64
"""One picture of so many is walked first: how many are like these tells how many the others can be
asked about at once."""
_PIECES_WALKED: Final = 16
"""A walk goes through the drawers of one piece after another, and brings pairs that are nearly the same
by each."""
_MOST_PAIRS: Final = 1 << 19
"""Pairs that come of one walk through the drawers, about: an eighth of a gigabyte if all come at once."""

Picture = tuple[int, bytes, bytes | None]
"""Number, PDQ, and the seven other ways round, where they are known."""


def of_pictures(index: PdqIndex, pictures: Sequence[Picture]) -> list[Likeness]:
    """For each of `pictures`, what it is like in any of the eight ways round, of the pictures in
    the index with a lower number; each pair once, the nearest way. Whether they are in the index
    themselves makes no difference.
    """
    nearest: dict[tuple[int, int], tuple[int, int]] = {}
    for pairs in pairs_of_pictures(index, pictures):
        for number, near, bits, turn in _rows(pairs):
            known = nearest.get((number, near))
            if known is None or (bits, turn) < known:
                nearest[number, near] = bits, turn
    return [_by_pdq(number, near, bits, turn) for (number, near), (bits, turn) in nearest.items()]


def enough_of_pictures(
    index: PdqIndex,
    pictures: Sequence[Picture],
    marks: Mapping[int, str],
    gone: Collection[int] = (),
) -> list[Likeness]:
    """Those of `of_pictures` on which stacks depend, where persons said this of contents, and those that
    are `gone` connect nothing.
    """
    kept = _enough(pairs_of_pictures(index, pictures), marks, gone)
    return [_by_pdq(*row) for row in _rows(kept)]


def enough_of_videos(
    index: VideoIndex,
    videos: Sequence[tuple[int, bytes]],
    marks: Mapping[int, str],
    gone: Collection[int] = (),
) -> list[Likeness]:
    """For each of `videos` (number, digests of its frames), what it is like of those in the index
    with a lower number, as far as stacks depend on it.
    """
    kept = _enough((_older_videos(index, *video) for video in videos), marks, gone)
    return [Likeness(number, near, Because.VIDEO, bits) for number, near, bits, _ in _rows(kept)]


def pairs_of_pictures(index: PdqIndex, pictures: Sequence[Picture]) -> Iterator[Pairs]:
    """As `of_pictures`, but a pair may come more than once, and in more than one way round."""
    if len(pictures) <= _FEW:
        for number, pdq, turned in pictures:
            found = index.within_any(ways_round(pdq, turned))
            yield _older(np.full(len(found.keys), number), found.keys, found.distances, found.asked)
        return
    first, rest = pictures[::_SAMPLE], [p for at, p in enumerate(pictures) if at % _SAMPLE]
    met = 0
    for pairs, count in _walked(index, first):
        met += count
        yield pairs
    at_once = max(_FEW, _MOST_PAIRS * _PIECES_WALKED * len(first) // max(met, 1))
    for at in range(0, len(rest), at_once):
        for pairs, _ in _walked(index, rest[at : at + at_once]):
            yield pairs


def ways_round(pdq: bytes, turned: bytes | None) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """A picture as it is and turned, in the order of `TURNS`, as far as known."""
    return np.frombuffer(pdq + (turned or b""), np.uint8).reshape(-1, PDQ_BYTES)


def _walked(index: PdqIndex, pictures: Sequence[Picture]) -> Iterator[tuple[Pairs, int]]:
    """What they are like, in lots; and how many pairs each lot had, both ways."""
    ways = [ways_round(pdq, turned) for _, pdq, turned in pictures]
    turns = np.concatenate([np.arange(len(way)) for way in ways])
    numbers = np.repeat([number for number, _, _ in pictures], [len(way) for way in ways])
    for lot in index.joined(np.concatenate(ways)):
        asking, turn = numbers[lot.asked], turns[lot.asked]
        yield _older(asking, lot.keys, lot.distances, turn), len(asking)


def _older(
    numbers: np.ndarray[tuple[int], np.dtype[np.int64]],
    near: np.ndarray[tuple[int], np.dtype[np.int64]],
    bits: np.ndarray[tuple[int], np.dtype[np.uint8]],
    turns: np.ndarray[tuple[int], np.dtype[np.int64]],
) -> Pairs:
    older = near < numbers
    return Pairs(numbers[older], near[older], bits[older].astype(np.int64), turns[older])


def _older_videos(index: VideoIndex, number: int, frames: bytes) -> Pairs:
    like = [(one.number, one.distance) for one in index.like(frames) if one.number < number]
    near = np.array([other for other, _ in like], np.int64)
    bits = np.array([distance for _, distance in like], np.int64)
    return Pairs(np.full(len(like), number), near, bits, np.zeros(len(like), np.int64))


def _enough(found: Iterable[Pairs], marks: Mapping[int, str], gone: Collection[int]) -> Pairs:
    trees = LikenessTrees(marks)
    absent = np.array(sorted(gone), np.int64)
    for pairs in found:
        trees.add(_without(pairs, absent) if len(absent) else pairs)
    return trees.kept()


def _without(pairs: Pairs, absent: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Pairs:
    return pairs.at(~(np.isin(pairs.near, absent) | np.isin(pairs.content, absent)))


def _rows(pairs: Pairs) -> Iterator[tuple[int, int, int, int]]:
    return zip(
        pairs.content.tolist(),
        pairs.near.tolist(),
        pairs.distance.tolist(),
        pairs.turn.tolist(),
        strict=True,
    )


def _by_pdq(number: int, near: int, bits: int, turn: int) -> Likeness:
    return Likeness(number, near, Because.PDQ_TURNED if turn else Because.PDQ, bits, TURNS[turn])
