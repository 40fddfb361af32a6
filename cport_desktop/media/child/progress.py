"""How far the work on a file has come, told while it goes on: a child that stands still is given up."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

Tell = Callable[[int], None]
"""Takes thousandths. May be called with the same or less than before: then nothing is said."""

WHOLE = 1000
_SECONDS_BETWEEN = 0.05
"""Each word wakes the program; a picture that is done sooner is not worth one."""


class Teller:
    """Says each thousandth once, and never goes back."""

    def __init__(self, say: Tell) -> None:
        self._say = say
        self._last = -1

    def __call__(self, permille: int) -> None:
        if self._last < permille <= WHOLE:
            self._last = permille
            self._say(permille)


class ToldFile(io.BytesIO):
    """A file in memory that tells how much of it a decoder has read."""

    _tell: Tell | None = None
    _size = 1
    _told_at = 0.0

    def tell_reads(self, tell: Tell | None) -> None:
        """From now on `tell` hears of it; None: nobody."""
        self._tell = tell
        self._size = max(1, self.getbuffer().nbytes)
        self._told_at = time.monotonic()

    def read(self, count: int | None = -1, /) -> bytes:
        piece = super().read(count)
        self._say()
        return piece

    def _say(self) -> None:
        if self._tell is not None and time.monotonic() - self._told_at >= _SECONDS_BETWEEN:
            self._told_at = time.monotonic()
            self._tell(self.tell() * WHOLE // self._size)
