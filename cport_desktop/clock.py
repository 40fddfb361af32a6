"""Time as an argument.

Nobody else asks the machine for the time: a port, so that tests and rehearsals decide
what time it is. Wall time is always UTC and aware; durations use the monotonic reading,
which no change of the wall clock can bend.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Wall time, aware, UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds since an arbitrary moment; never goes back."""
        ...

    def awake_or_asleep(self) -> float:
        """As `monotonic`, the time in which the machine slept included, where it can be told."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def awake_or_asleep(self) -> float:
        if hasattr(time, "CLOCK_BOOTTIME"):
            return time.clock_gettime(time.CLOCK_BOOTTIME)
        return time.monotonic()


class SteppingClock:
    """Starts at a given moment and moves only when asked (and a little at each reading).

    The small step at each reading keeps two moments in a row distinct, as on a real machine.
    """

    def __init__(self, start: datetime, step: timedelta = timedelta(milliseconds=1)) -> None:
        self._start = start
        self._now = start
        self._step = step

    def now(self) -> datetime:
        self._now += self._step
        return self._now

    def monotonic(self) -> float:
        self._now += self._step
        return (self._now - self._start).total_seconds()

    def awake_or_asleep(self) -> float:
        return self.monotonic()

    def advance(self, by: timedelta) -> None:
        """Move the time by `by`, which may be negative: machines do that too."""
        self._now += by


def iso_utc(moment: datetime) -> str:
    """`moment` as ISO 8601 in UTC with `Z`, to the second (the command line's form)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
