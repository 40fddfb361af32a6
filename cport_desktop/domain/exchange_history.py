"""What is remembered of every exchange with a portal, by whichever road it went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from cport_desktop.domain.ids import Actor

ExchangeFact = int | str | bool | None
"""A count, a name of a file or a number of a bundle: nothing of what a report says."""

DONE: Final = "done"
"""How an exchange ended that said and heard all it had to."""

CUT_OFF: Final = "cut off"
"""How one ended of which nobody could say any more how: the process died, or the power failed."""


class Direction(StrEnum):
    BOTH = "both"
    """The portal was asked and answered."""
    OUT = "out"
    """Something was written for the portal."""
    IN = "in"
    """Something that the portal had written was read."""


@dataclass(frozen=True, slots=True)
class PastExchange:
    """One exchange. `number` rises from 1 in the order in which they began.

    `road`: https, courier. `outcome`: `DONE`, `CUT_OFF`, the code of the error that ended it
    (`road.cancelled` where a person did), or None while it is under way. `ended_at` is None too
    where it was cut off. `facts` are counts under the names that the command line gives them.
    """

    number: int
    road: str
    direction: Direction
    started_at: datetime
    ended_at: datetime | None
    actor: Actor
    outcome: str | None
    facts: Mapping[str, ExchangeFact] = field(default_factory=dict)

    @property
    def is_under_way(self) -> bool:
        return self.outcome is None

    @property
    def is_done(self) -> bool:
        return self.outcome == DONE
