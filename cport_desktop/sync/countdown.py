"""How long to wait for a portal: a limit on the whole, and a least speed.

A limit for each read alone lets a portal keep us for hours with one byte a second. So the
time spent waiting is counted down, and bytes that arrive earn some of it back:

    left ← min(left − waited + bytes / slowest, grace)        given up at 0

A slow honest line goes on for as long as it takes; a trickle below the least speed ends
after the grace. Only time spent waiting counts, so that a slow disk costs nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Limits in seconds; `slowest` in bytes a second.

    `connect`: until TCP, and then TLS, stands. `silence`: between two pieces. `whole`: for one
    message from the first byte sent to the last received (media have no such limit, they may
    be long). `slowest`: a modem line of 1995 reaches three times that.
    """

    connect: float = 10.0
    silence: float = 30.0
    whole: float = 600.0
    grace: float = 45.0
    slowest: float = 1024.0


class Countdown:
    """The time that one request may still wait."""

    def __init__(self, patience: Patience, *, is_whole_limited: bool) -> None:
        self._patience = patience
        self._left = patience.grace
        self._whole_left = patience.whole if is_whole_limited else float("inf")

    @property
    def left(self) -> float:
        """Seconds; 0 or less when it is over."""
        return min(self._left, self._whole_left)

    def spend(self, waited: float, moved: int) -> None:
        """`waited` seconds have gone by, and `moved` bytes went either way in them."""
        earned = moved / self._patience.slowest
        self._left = min(self._left - waited + earned, self._patience.grace)
        self._whole_left -= waited
