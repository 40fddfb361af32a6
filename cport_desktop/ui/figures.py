"""Numbers, sizes and moments as people read them.

One choice for the whole window: local time with UTC on hover, or UTC everywhere (`tell_times`);
thousands separators, units.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

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
    "tell_times",
    "tells_universal",
    "universal",
    "zone",
]


class _Habit:
    """How moments are told in this process, which shows one window."""

    is_universal = False


_habit = _Habit()


def tell_times(*, in_universal: bool) -> None:
    """From now on moments are told in UTC, or in local time."""
    _habit.is_universal = in_universal


def tells_universal() -> bool:
    """Moments are told in UTC."""
    return _habit.is_universal


def zone() -> tzinfo | None:
    """The zone that moments are told in; None for that of the machine."""
    return UTC if _habit.is_universal else None


def _zoned(at: datetime) -> datetime:
    return at.astimezone(zone())


def count(number: int) -> str:
    """`1204` → `1,204`."""
    return tongue.amount(number)


def moment(at: datetime) -> str:
    """To the minute, for columns: `2026-11-21 09:06`; `2026-11-21 08:06Z` where UTC is told."""
    told = tongue.minute(_zoned(at))
    return f"{told}Z" if _habit.is_universal else told


def day(at: datetime) -> str:
    """The day for prose: `20 Nov 2026`."""
    return tongue.day_in_words(_zoned(at))


def moment_in_prose(at: datetime) -> str:
    """For prose: `20 Nov 2026 14:07`, and `UTC` behind it where that is told."""
    told = f"{day(at)} {_zoned(at):%H:%M}"
    return f"{told} UTC" if _habit.is_universal else told


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
