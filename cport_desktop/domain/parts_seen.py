"""Which parts of something that plays were seen, as few numbers as tell it."""

from __future__ import annotations

from typing import Final

JOINED_MS: Final = 1_000
"""Parts so near each other are one: who skips less than a second has hardly skipped."""
MOST_PARTS: Final = 12
"""Beyond that the two that are nearest each other become one: never less is told than was seen."""


class PartsSeen:
    """Milliseconds from the beginning. From one thread at a time."""

    def __init__(self) -> None:
        self._parts: list[tuple[int, int]] = []

    @property
    def parts(self) -> tuple[tuple[int, int], ...]:
        """From where to where, in order."""
        return tuple(self._parts)

    def add(self, start: int, end: int) -> None:
        """This was seen too."""
        near = [part for part in self._parts if _are_near(part, (start, end))]
        start = min([start, *(part[0] for part in near)])
        end = max([end, *(part[1] for part in near)])
        others = [part for part in self._parts if part not in near]
        self._parts = sorted([*others, (start, end)])
        if len(self._parts) > MOST_PARTS:
            self._join_nearest()

    def _join_nearest(self) -> None:
        gaps = [
            after[0] - before[1]
            for before, after in zip(self._parts, self._parts[1:], strict=False)
        ]
        place = gaps.index(min(gaps))
        joined = (self._parts[place][0], self._parts[place + 1][1])
        self._parts[place : place + 2] = [joined]


def _are_near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] - JOINED_MS <= other[1] and other[0] - JOINED_MS <= one[1]
