"""What long work tells while it goes on, and how it is told to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    CONNECTING = "connecting"
    CHANGES = "changes"
    MEDIA = "media"
    OPERATIONS = "operations"
    COMPOSING = "composing"
    EXPORTING = "exporting"
    """Rows of a table."""
    SEALING = "sealing"
    CHECKING = "checking"
    GENERATING = "generating"
    COPYING = "copying"
    """Pages of the database, into a file that takes its place when it is sound."""
    RESEALING = "resealing"
    """Files, each under a new key and a new name."""
    BACKING_UP = "backing_up"
    RESTORING = "restoring"
    EXAMINING = "examining"
    """One long file, in thousandths, by a confined child."""
    REBUILDING = "rebuilding"
    """Veils and thumbnails, from the originals."""
    IMPORTING = "importing"
    """A file of digests: its bytes once as they are read, once as they are sorted."""
    MATCHING = "matching"
    """Contents against hash lists; the total is not known."""
    STACKING = "stacking"
    """What came is compared with what was here."""
    DECIDING = "deciding"
    """Items of one act, in pieces."""
    TURNING = "turning"
    """Items of one act that is undone or done again, in pieces."""


@dataclass(frozen=True, slots=True)
class Progress:
    """`total` is None where it is not known; `done` never exceeds it."""

    phase: Phase
    done: int
    total: int | None


Announce = Callable[[Progress], None]
"""Called often, from the thread that works; must return at once."""

IsCancelled = Callable[[], bool]
"""Asked between steps; when it says so, work stops at the next safe point (`Cancelled`)."""


def silent(progress: Progress) -> None:
    """Announce to nobody."""


def never() -> bool:
    """Never cancelled."""
    return False
