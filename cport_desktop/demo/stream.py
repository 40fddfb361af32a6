"""The order in which a year's changes come out of the portal, computable from a position.

Positions go in blocks of twenty: seventeen new reports and three later changes, each of which
goes back to a report of an earlier block:

    an addition      an assessment or an action was added; soon after the report
    a correction     hosting, site type or memo was put right; later
    an outcome       more actions, another correction, or the withdrawal; last

Which report of its block a later change concerns follows from the seed, so both directions
need no state: what comes at a position, and what will have happened to a report by then.
Positions at which nothing happens (at the beginning, and behind the last report) are skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from cport_desktop.demo.dice import Dice


class Event(Enum):
    """What happens at a position."""

    NEW = "new"
    ADDITION = "addition"
    CORRECTION = "correction"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Step:
    """At `position`, `event` happens to report `number`."""

    position: int
    event: Event
    number: int


NEW_PER_BLOCK: Final = 17
BLOCK: Final = 20
_LATER: Final = (Event.ADDITION, Event.CORRECTION, Event.OUTCOME)
_LATER_OFFSETS: Final = (6, 13, 19)
_NEW_OFFSETS: Final = tuple(at for at in range(BLOCK) if at not in _LATER_OFFSETS)
_DELAY_SHARES: Final = (0.01, 0.06, 0.25)
"""After which part of the year a later change comes, one for each kind."""


@dataclass(frozen=True, slots=True)
class Stream:
    seed: int
    reports: int

    @property
    def end(self) -> int:
        """The position behind the last change."""
        if self.reports == 0:
            return 0
        last = self.reports - 1
        return self._block_start(last) + _NEW_OFFSETS[last % NEW_PER_BLOCK] + 1

    def steps(self, start: int) -> Iterator[Step]:
        """All that happens from position `start` on, in order."""
        for position in range(start, self.end):
            step = self.step(position)
            if step is not None:
                yield step

    def step(self, position: int) -> Step | None:
        """What happens at `position`, if anything does."""
        block, offset = divmod(position, BLOCK)
        if offset in _LATER_OFFSETS:
            return self._later_step(position, block, _LATER_OFFSETS.index(offset))
        number = block * NEW_PER_BLOCK + _NEW_OFFSETS.index(offset)
        return Step(position, Event.NEW, number) if number < self.reports else None

    def history(self, number: int) -> tuple[Step, ...]:
        """All that happens to report `number` in its life, in order; the first is NEW."""
        block, place = divmod(number, NEW_PER_BLOCK)
        steps = [Step(block * BLOCK + _NEW_OFFSETS[place], Event.NEW, number)]
        for kind, event in enumerate(_LATER):
            position = (block + self._delay(kind)) * BLOCK + _LATER_OFFSETS[kind]
            if position < self.end and self._place(block, kind) == place:
                steps.append(Step(position, event, number))
        return tuple(steps)

    def _later_step(self, position: int, block: int, kind: int) -> Step | None:
        target = block - self._delay(kind)
        if target < 0:
            return None
        number = target * NEW_PER_BLOCK + self._place(target, kind)
        return Step(position, _LATER[kind], number)

    def _place(self, block: int, kind: int) -> int:
        return Dice(self.seed, "later", block, kind).below(NEW_PER_BLOCK)

    def _delay(self, kind: int) -> int:
        """In blocks; each kind comes after the one before it."""
        blocks = self.reports // NEW_PER_BLOCK
        return kind + 1 + int(blocks * _DELAY_SHARES[kind])

    def _block_start(self, number: int) -> int:
        return number // NEW_PER_BLOCK * BLOCK
