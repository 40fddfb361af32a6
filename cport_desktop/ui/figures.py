"""Numbers, sizes and moments as people read them.

One choice for the whole window: local time with UTC on hover, thousands separators, units.
"""

from __future__ import annotations

from datetime import UTC, datetime

_STEP = 1000
_UNITS = ("B", "kB", "MB", "GB", "TB")


def count(number: int) -> str:
    """`1204` → `1,204`."""
    return f"{number:,}"


def size(octets: int) -> str:
    """`1536000` → `1.5 MB` (powers of ten, as disks are sold)."""
    amount = float(octets)
    for unit in _UNITS[:-1]:
        if amount < _STEP:
            return f"{amount:.0f} {unit}" if unit == "B" or amount >= 10 else f"{amount:.1f} {unit}"
        amount /= _STEP
    return f"{amount:.1f} {_UNITS[-1]}"


def moment(at: datetime) -> str:
    """Local time to the minute, sortable by eye: `2026-11-21 09:06`."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def day(at: datetime) -> str:
    """Local day for prose: `20 Nov 2026`."""
    local = at.astimezone()
    return f"{local.day} {local:%b %Y}"


def moment_in_prose(at: datetime) -> str:
    """Local time for prose: `20 Nov 2026 14:07`."""
    return f"{day(at)} {at.astimezone():%H:%M}"


def universal(at: datetime) -> str:
    """For a hover: `2026-11-21 08:06:12 UTC`."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def clock_length(seconds: float) -> str:
    """`42.3` → `0:42`; `3600` → `60:00`."""
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02}"


def seconds_left(done: int, total: int, elapsed: float) -> float | None:
    """How long the rest takes at the pace so far; None until there is a pace. Never negative."""
    if done <= 0 or total <= 0 or elapsed <= 0:
        return None
    return max(0.0, elapsed / done * (total - done))
