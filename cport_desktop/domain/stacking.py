"""Which contents form a stack, given what is like what and what a person said.

The rule, and the same result in whatever order things are found:

1. Contents of which nobody said anything form groups by connected likeness. Of all likenesses
   those are kept that connect a group at the least distances (a minimal spanning tree), since they
   are shown as the reason.
2. Contents with the same mark are one stack; contents with different marks never come into one.
   Those of one mark that are like each other are connected as a group is, for the same reason: a
   person's word says that they belong together, and not that they look alike.
3. A group goes, as a whole, to the mark with which it has the nearest likeness; if there is none it
   is a stack by itself.
4. A stack is named by its lowest number.

What was kept and what is found later give together what all of it would give at once: a least tree
of a least tree and more is a least tree of all, and the nearest of the nearest is the nearest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cport_desktop.domain.likeness import TURNS, Because, Turn

_SURENESS = {because: place for place, because in enumerate(Because)}


@dataclass(frozen=True, slots=True)
class Likeness:
    """`content` was found to be like `near`, which has the lower number."""

    content: int
    near: int
    because: Because
    distance: int
    turn: Turn = Turn.UPRIGHT

    @property
    def order(self) -> tuple[int, int, int, int, int]:
        """Nearest first; no two likenesses are equal in it."""
        sureness = _SURENESS[self.because]
        return self.distance, sureness, self.near, self.content, TURNS.index(self.turn)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`stack_of`: the name of each content's stack. `kept`: the likenesses that hold them together."""

    stack_of: Mapping[int, int]
    kept: tuple[Likeness, ...]


def arranged(marks: Mapping[int, str | None], likenesses: Iterable[Likeness]) -> Arrangement:
    """The stacks of these contents. `marks`: what a person said of each, None: nothing.

    Likenesses with a content that is not among them count for nothing.
    """
    groups = _Groups(marks)
    for content, mark in marks.items():
        if mark is not None:
            groups.join_marked(content, mark)
    known = {one for one in likenesses if one.content in marks and one.near in marks}
    nearest_first = sorted(known, key=lambda likeness: likeness.order)
    alike = _Groups(marks)
    kept = [
        one
        for one in nearest_first
        if marks[one.content] == marks[one.near] and alike.join(one.content, one.near)
    ]
    for one in kept:
        groups.join(one.content, one.near)
    to_marks: dict[int, Likeness] = {}
    for one in nearest_first:
        if (marks[one.content] is None) != (marks[one.near] is None):
            free = one.content if marks[one.content] is None else one.near
            to_marks.setdefault(groups.root(free), one)
    for one in to_marks.values():
        groups.join(one.content, one.near)
    return Arrangement(groups.names(), (*kept, *to_marks.values()))


class _Groups:
    """Disjoint sets of contents."""

    def __init__(self, contents: Iterable[int]) -> None:
        self._parent = {content: content for content in contents}
        self._of_mark: dict[str, int] = {}

    def root(self, content: int) -> int:
        parent = self._parent
        while parent[content] != content:
            parent[content] = parent[parent[content]]
            content = parent[content]
        return content

    def join(self, one: int, other: int) -> bool:
        """Whether they were apart. The lower number names the set."""
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first
        return first != second

    def join_marked(self, content: int, mark: str) -> None:
        self.join(content, self._of_mark.setdefault(mark, content))

    def names(self) -> dict[int, int]:
        return {content: self.root(content) for content in self._parent}
