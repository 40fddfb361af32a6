"""Of likenesses that come by the million, those on which stacks can depend: no more than there are
contents.

Contents that are nearly the same are all like each other: five thousand of them are twelve million
pairs. By the rule of `domain.stacking` a stack needs a least tree of them, and what a person marked
aside the nearest mark of each. So what comes is held against the trees that are there: two contents
that a tree connects by nearer likenesses need no other one. Whatever is left out would be left out of
a tree of all as well, in whatever order and in however many lots it comes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from cport_desktop.domain.likeness import SIMILAR_PDQ

_MOST_WAITING: Final = 1 << 18
"""Pairs that are gathered before trees are grown: a quarter of a second's work."""
_LEVELS: Final = SIMILAR_PDQ + 1

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Likenesses as columns, as `domain.stacking.Likeness` has them; `turn`: its place in `TURNS`."""

    content: Rows
    near: Rows
    distance: Rows
    turn: Rows

    def __len__(self) -> int:
        return len(self.content)

    def at(self, which: npt.NDArray[np.int64] | npt.NDArray[np.bool_]) -> Pairs:
        """Those of these pairs."""
        return Pairs(self.content[which], self.near[which], self.distance[which], self.turn[which])

    @property
    def first(self) -> Rows:
        """With `second`, the order of `domain.stacking.Likeness.order`: below 2^38."""
        rank: Rows = ((self.distance << 1 | (self.turn > 0)) << 32) | self.near
        return rank

    @property
    def second(self) -> Rows:
        rank: Rows = self.content << 3 | self.turn
        return rank

    def in_order(self) -> Pairs:
        """The nearest first."""
        return self.at(np.lexsort((self.second, self.first)))


def joined(parts: Sequence[Pairs]) -> Pairs:
    """All of these pairs."""
    none = np.empty(0, np.int64)
    return Pairs(
        np.concatenate([none, *(part.content for part in parts)]),
        np.concatenate([none, *(part.near for part in parts)]),
        np.concatenate([none, *(part.distance for part in parts)]),
        np.concatenate([none, *(part.turn for part in parts)]),
    )


class LikenessTrees:
    """Takes pairs and keeps those that count. `marks`: what persons said of contents; of one that is
    not among them nobody said anything.
    """

    def __init__(self, marks: Mapping[int, str]) -> None:
        names = {name: place for place, name in enumerate(sorted(set(marks.values())), start=1)}
        self._marked = np.array(sorted(marks), np.int64)
        self._marks = np.array([names[marks[one]] for one in sorted(marks)], np.int64)
        self._forest = _Forest()
        self._nearest = _NearestMarks()

    def add(self, pairs: Pairs) -> None:
        """These were found; a pair may come more than once."""
        mine, other = self._marks_of(pairs.content), self._marks_of(pairs.near)
        self._forest.add(pairs.at(mine == other))
        to_mark = np.flatnonzero((mine == 0) != (other == 0))
        reached = pairs.at(to_mark)
        self._nearest.add(reached, np.where(mine[to_mark] == 0, reached.content, reached.near))

    def kept(self) -> Pairs:
        """Those that count, of all that were added."""
        return joined([self._forest.grown(), self._nearest.found()])

    def _marks_of(self, contents: Rows) -> Rows:
        """0 where nobody said anything."""
        if not len(self._marked):
            return np.zeros(len(contents), np.int64)
        places = np.minimum(np.searchsorted(self._marked, contents), len(self._marked) - 1)
        return np.where(self._marked[places] == contents, self._marks[places], 0)


class _Forest:
    """A least spanning tree of whatever is connected."""

    def __init__(self) -> None:
        self._tree = joined([])
        self._waiting: list[Pairs] = []
        self._count = 0
        self._levels = _Levels(self._tree)

    def add(self, pairs: Pairs) -> None:
        fresh = pairs.at(~self._levels.connect(pairs))
        if len(fresh):
            self._waiting.append(fresh)
            self._count += len(fresh)
        if self._count > _MOST_WAITING:
            self.grown()

    def grown(self) -> Pairs:
        if self._waiting:
            self._tree = _least_tree(joined([self._tree, *self._waiting]).in_order())
            self._levels = _Levels(self._tree)
            self._waiting, self._count = [], 0
        return self._tree


class _Levels:
    """Who is connected with whom in a least tree by likenesses of so many bits at most, for each
    number of bits, and which is the last of the likenesses that it takes.
    """

    def __init__(self, tree: Pairs) -> None:
        self._contents = np.unique(np.concatenate([tree.content, tree.near]))
        self._names = np.empty((_LEVELS, len(self._contents)), np.int64)
        self._last = np.full((_LEVELS, len(self._contents)), -1, np.int64)
        names = np.arange(len(self._contents))
        ends = np.searchsorted(self._contents, np.stack([tree.content, tree.near]))
        for bits in range(_LEVELS):
            names = _connected(names, ends[:, tree.distance == bits])
            self._names[bits] = names
            upto = tree.distance <= bits
            np.maximum.at(self._last[bits], names[ends[0, upto]], tree.first[upto])

    def connect(self, pairs: Pairs) -> npt.NDArray[np.bool_]:
        """Which of these pairs are connected by nearer ones, so that they add nothing."""
        if not len(self._contents):
            return np.zeros(len(pairs), np.bool_)
        last = len(self._contents) - 1
        one = np.minimum(np.searchsorted(self._contents, pairs.content), last)
        other = np.minimum(np.searchsorted(self._contents, pairs.near), last)
        are_here = self._contents[one] == pairs.content
        are_here &= self._contents[other] == pairs.near
        name = self._names[pairs.distance, one]
        connected: npt.NDArray[np.bool_] = are_here & (name == self._names[pairs.distance, other])
        connected &= pairs.first > self._last[pairs.distance, name]
        return connected


class _NearestMarks:
    """For each content of which nobody said anything, the nearest one of which somebody did."""

    def __init__(self) -> None:
        self._pairs, self._free = [joined([])], [np.empty(0, np.int64)]
        self._count = 0

    def add(self, pairs: Pairs, free: Rows) -> None:
        """`free`: which of the two it is of which nobody said anything."""
        if len(pairs):
            self._pairs.append(pairs)
            self._free.append(free)
            self._count += len(pairs)
        if self._count > _MOST_WAITING:
            self.found()

    def found(self) -> Pairs:
        pairs, free = joined(self._pairs), np.concatenate(self._free)
        order = np.lexsort((pairs.second, pairs.first, free))
        pairs, free = pairs.at(order), free[order]
        nearest = np.flatnonzero(np.concatenate([[True], free[1:] != free[:-1]])[: len(free)])
        self._pairs, self._free, self._count = [pairs.at(nearest)], [free[nearest]], 0
        return self._pairs[0]


def _least_tree(in_order: Pairs) -> Pairs:
    """Those pairs that connect what the ones before them do not. Every part that is connected takes the
    first pair that leads out of it, all at once, until none does (Borůvka).
    """
    contents, ends = np.unique(
        np.concatenate([in_order.content, in_order.near]), return_inverse=True
    )
    count = len(in_order)
    ends = ends.reshape(2, count)
    names, out = np.arange(len(contents)), np.arange(count)
    kept = [np.empty(0, np.int64)]
    while len(out := out[names[ends[0, out]] != names[ends[1, out]]]):
        first = np.full(len(contents), count)
        for side in ends:
            leads = np.full(len(contents), count)
            leads[names[side[out[::-1]]]] = out[::-1]  # Of several the last to be written stays.
            first = np.minimum(first, leads)
        taken = np.unique(first[first < count])
        names = _connected(names, ends[:, taken])
        kept.append(taken)
    return in_order.at(np.sort(np.concatenate(kept)))


def _connected(names: Rows, ends: Rows) -> Rows:
    """`names` of what was connected before, once these pairs of places are connected, too: the
    lowest place in each connected part.
    """
    while True:
        one, other = names[ends[0]], names[ends[1]]
        if (one == other).all():
            return names
        lower = names.copy()
        low = np.minimum(one, other)
        np.minimum.at(lower, one, low)
        np.minimum.at(lower, other, low)
        while True:
            further = lower[lower]
            if (further == lower).all():
                break
            lower = further
        names = lower[names]
