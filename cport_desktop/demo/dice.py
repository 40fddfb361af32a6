"""Repeatable chance: a stream of numbers that follows from a label alone.

The same label gives the same throws on every machine and in every version of Python, which
`random` does not promise for its derived methods. Splitmix64 (Steele, Lea, Flood 2014): quick,
well spread, and of no use for secrets, of which a scenario has none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeVar

Face = TypeVar("Face")

_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15


def _mixed(value: int) -> int:
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _MASK
    return value ^ (value >> 31)


@dataclass(frozen=True, slots=True)
class Table(Generic[Face]):
    """Faces with weights; `limits` are the running sums, scaled to 32 bits."""

    faces: tuple[Face, ...]
    limits: tuple[int, ...]


def weighted(faces: Sequence[tuple[Face, float]]) -> Table[Face]:
    """A table in which each face comes up as often as its weight says, in relation to all."""
    total = sum(weight for _, weight in faces)
    sums = accumulate(weight for _, weight in faces)
    return Table(
        tuple(face for face, _ in faces), tuple(int(part / total * (1 << 32)) for part in sums)
    )


class Dice:
    """Throws for one labelled thing: `Dice(seed, "report", 17)`."""

    __slots__ = ("_state",)

    def __init__(self, *label: int | str) -> None:
        state = 0
        for part in label:
            number = part if isinstance(part, int) else int.from_bytes(part.encode(), "big")
            while True:
                state = _mixed((state + _GOLDEN + (number & _MASK)) & _MASK)
                number >>= 64
                if number in (0, -1):
                    break
        self._state = state

    def bits(self) -> int:
        """The next 64 bits."""
        # `_mixed`, written out: a report takes some two hundred throws.
        self._state = value = (self._state + _GOLDEN) & _MASK
        value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _MASK
        return value ^ (value >> 31)

    def below(self, limit: int) -> int:
        """A number from 0 to `limit` - 1."""
        return self.bits() % limit

    def between(self, low: int, high: int) -> int:
        """A number from `low` to `high`, both included."""
        return low + self.bits() % (high - low + 1)

    def fraction(self) -> float:
        """A number from 0 up to but without 1."""
        return (self.bits() >> 11) / (1 << 53)

    def happens(self, probability: float) -> bool:
        """True about as often as `probability` says."""
        return (self.bits() >> 11) < probability * (1 << 53)

    def of(self, faces: Sequence[Face]) -> Face:
        """One of `faces`, all alike."""
        return faces[self.bits() % len(faces)]

    def pick(self, table: Table[Face]) -> Face:
        """One face of `table`, by its weight."""
        at = bisect_right(table.limits, self.bits() >> 32)
        return table.faces[min(at, len(table.faces) - 1)]
