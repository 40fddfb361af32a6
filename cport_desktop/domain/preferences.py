"""How one analyst wants to work: kept with their drafts, sealed with their own key, for every window that
they open on this vault.

What a machine is set to bounds it: a window never stands open longer, and a look never lasts longer, than
the machine allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SHORTEST_OPEN: Final = 30
"""Seconds; a window that locks sooner locks while somebody reads."""
SHORTEST_LOOK: Final = 1
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """`is_universal`: times in UTC. `is_compact`: rows are closer in every table that was not told
    otherwise. `lock_after`, `look_for`: seconds; None: as long as the machine allows. `begins_in_triage`:
    single keys decide as soon as the reports are shown.
    """

    is_universal: bool = False
    is_compact: bool = False
    lock_after: int | None = None
    look_for: int | None = None
    begins_in_triage: bool = False


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the machine allows, in seconds: a window stands open, a look lasts, no longer."""

    lock_after: float
    look_for: float


USUAL: Final = Preferences()


def lock_after(wanted: Preferences, bounds: Bounds) -> float:
    """Seconds after which a window that nobody uses locks."""
    own = bounds.lock_after if wanted.lock_after is None else max(SHORTEST_OPEN, wanted.lock_after)
    return min(own, bounds.lock_after)


def look_for(wanted: Preferences, bounds: Bounds) -> float:
    """Seconds after which a look ends by itself."""
    own = bounds.look_for if wanted.look_for is None else max(SHORTEST_LOOK, wanted.look_for)
    return min(own, bounds.look_for)
