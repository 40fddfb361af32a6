"""Where a film stands: position, speed, a part that is repeated. Decides; measures nothing.

`now` is always seconds of a clock that nobody can set, given by the caller; positions are milliseconds
from the beginning. `length_ms` 0: the file does not tell.
"""

from __future__ import annotations

from typing import Final

SPEEDS: Final = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0)
SHORTEST_LOOP_MS: Final = 200
"""Two marks nearer to each other repeat nothing: the eye could not follow."""


class Playhead:
    """Moves while it is `is_running`, which is while somebody looks and wants it to play."""

    def __init__(self) -> None:
        self.length_ms = 0
        self.speed = 1.0
        self.begin_ms: int | None = None
        self.end_ms: int | None = None
        self.is_running = False
        self._at_ms = 0.0
        self._since = 0.0

    def aim(self, length_ms: int) -> None:
        """At the beginning of something else, which nobody marked yet."""
        self.length_ms = length_ms
        self.begin_ms = self.end_ms = None
        self.is_running = False
        self._at_ms = 0.0

    def position(self, now: float) -> int:
        """Where it stands, within the length."""
        moved = (now - self._since) * 1000 * self.speed if self.is_running else 0.0
        return self._within(self._at_ms + moved)

    def run(self, now: float) -> None:
        """It moves from here on."""
        self.seek(self.position(now), now)
        self.is_running = True

    def rest(self, now: float) -> None:
        """It stays where it is."""
        self.seek(self.position(now), now)
        self.is_running = False

    def seek(self, at_ms: float, now: float) -> None:
        """It stands here now, and goes on if it was running."""
        self._at_ms = float(self._within(at_ms))
        self._since = now

    def change_speed(self, steps: int, now: float) -> None:
        """So many steps faster (or slower) of `SPEEDS`."""
        self.seek(self.position(now), now)
        place = SPEEDS.index(self.speed) + steps
        self.speed = SPEEDS[max(0, min(place, len(SPEEDS) - 1))]

    def mark_begin(self, now: float) -> None:
        """What is repeated begins here."""
        self.begin_ms = self.position(now)
        if self.end_ms is not None and self.end_ms - self.begin_ms < SHORTEST_LOOP_MS:
            self.end_ms = None

    def mark_end(self, now: float) -> None:
        """What is repeated ends here; it begins at its mark, or at the beginning of all."""
        end = self.position(now)
        begin = self.begin_ms or 0
        self.begin_ms = begin if end - begin >= SHORTEST_LOOP_MS else None
        self.end_ms = end if end - begin >= SHORTEST_LOOP_MS else None

    def unmark(self) -> None:
        """Nothing is repeated."""
        self.begin_ms = self.end_ms = None

    @property
    def repeats(self) -> bool:
        """Both marks are set."""
        return self.begin_ms is not None and self.end_ms is not None

    def is_at_end(self, now: float) -> bool:
        """It has come to the end of the length, or of what is repeated."""
        end = self.end_ms if self.repeats else self.length_ms or None
        return end is not None and self.position(now) >= end

    def _within(self, at_ms: float) -> int:
        most = self.length_ms or at_ms
        return max(0, min(round(at_ms), round(most)))
