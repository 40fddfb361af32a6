"""Updates as a window is told of them, without any shelf behind."""

from __future__ import annotations

from pathlib import Path

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.ui.updating import (
    PartLine,
    UpdateDone,
    UpdateForecast,
    UpdateStand,
    Updating,
)
from cport_desktop.words import updates as words


def updates_here() -> Updating:
    """A version with lists, one of them old; something to go back to."""
    return Updating(_standing, _look, _apply, lambda: UpdateDone((words.BACK,), Changes.NOTHING))


def _standing() -> UpdateStand:
    lines = (
        PartLine(words.name_of("application", ""), "0.2 · 3 days old", is_old=False),
        PartLine(words.name_of("criteria", ""), "2026-11-01 · 23 days old", is_old=False),
        PartLine(words.name_of("hash-list", "Shapes of a region"), "7 · 400 days old", is_old=True),
    )
    return UpdateStand(lines, "0.1", (words.DEMO_KEYS, words.CLOCK_BEHIND))


def _look(path: Path, announce: Announce, is_cancelled: IsCancelled) -> UpdateForecast:
    del path, announce, is_cancelled
    return UpdateForecast((words.changed(words.name_of("application", ""), "0.3", "0.2"),), ())


def _apply(path: Path, announce: Announce, is_cancelled: IsCancelled) -> UpdateDone:
    del path, announce, is_cancelled
    return UpdateDone((words.NEXT_START,), Changes.NOTHING)
