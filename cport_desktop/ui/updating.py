"""What the window may ask about updates from a file.

Every callable may be called from any thread and raises errors of the family `CportError` and nothing else
on purpose. What it answers is told in sentences already.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.progress import Announce, IsCancelled


@dataclass(frozen=True, slots=True)
class PartLine:
    """What a part is called, its version, and how old it is."""

    name: str
    told: str
    is_old: bool


@dataclass(frozen=True, slots=True)
class UpdateStand:
    """`before`: which version going back would bring; None where there is nothing to go back to."""

    lines: tuple[PartLine, ...]
    before: str | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UpdateForecast:
    """What a bundle would change. `warnings`: what is to be known before it is applied."""

    lines: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def changes_anything(self) -> bool:
        return bool(self.lines)


@dataclass(frozen=True, slots=True)
class UpdateDone:
    lines: tuple[str, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class Updating:
    standing: Callable[[], UpdateStand]
    look: Callable[[Path, Announce, IsCancelled], UpdateForecast]
    apply: Callable[[Path, Announce, IsCancelled], UpdateDone]
    back: Callable[[], UpdateDone]
