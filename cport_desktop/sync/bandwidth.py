"""A cap on how fast bytes come in: a bucket of tokens that fills by itself.

    tokens ← min(tokens + seconds gone by · rate, burst)
    a piece of n bytes takes n tokens; the bucket may go below zero, and then it is waited

So a piece is never cut up, and over any stretch of time no more than rate · time + burst comes.
What is read slowly here is held back by TCP at the other end.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

BURST_SECONDS = 0.25
"""How much of the rate may come at once: as long as nobody notices."""


class Bandwidth:
    """Shared by all that read over one link. Usable from any thread."""

    def __init__(self, bytes_per_second: int, monotonic: Callable[[], float]) -> None:
        self._rate = float(bytes_per_second)
        self._burst = self._rate * BURST_SECONDS
        self._monotonic = monotonic
        self._tokens = self._burst
        self._at = monotonic()
        self._lock = threading.Lock()

    def take(self, size: int) -> float:
        """`size` bytes have come; the seconds to wait before more is read."""
        with self._lock:
            now = self._monotonic()
            filled = self._tokens + (now - self._at) * self._rate
            self._tokens = min(filled, self._burst) - size
            self._at = now
            return max(0.0, -self._tokens / self._rate)
