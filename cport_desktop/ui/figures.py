"""Numbers, sizes and moments as people read them.

One choice for the whole window: local time with UTC on hover, thousands separators, units.
"""

from __future__ import annotations

from datetime import UTC, datetime

from cport_desktop.words import tongue
from cport_desktop.words.measures import size

__all__ = [
    "clock_length",
    "count",
    "day",
    "moment",
    "moment_in_prose",
    "seconds_left",
    "size",
    "universal",
]


def count(number: int) -> str:
    """`1204` → `1,204`."""
    return tongue.amount(number)


def moment(at: datetime) -> str:
    """Local time to the minute, for columns: `2026-11-21 09:06`."""
    return tongue.minute(at.astimezone())


def day(at: datetime) -> str:
    """Local day for prose: `20 Nov 2026`."""
    return tongue.day_in_words(at.astimezone())


def moment_in_prose(at: datetime) -> str:
    """Local time for prose: `20 Nov 2026 14:07`."""
    return f"{day(at)} {at.astimezone():%H:%M}"


def universal(at: datetime) -> str:
    """For a hover: `2026-11-21 08:06:12 UTC`."""
    utc = at.astimezone(UTC)
    return f"{tongue.day(utc)} {utc:%H:%M:%S} UTC"


def clock_length(seconds: float) -> str:
    """`42.3` → `0:42`; `3600` → `60:00`."""
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02}"


def seconds_left(done: int, total: int, elapsed: float) -> float | None:
    """How long the rest takes at the pace so far; None until there is a pace. Never negative."""
    if done <= 0 or total <= 0 or elapsed <= 0:
        return None
    return max(0.0, elapsed / done * (total - done))
