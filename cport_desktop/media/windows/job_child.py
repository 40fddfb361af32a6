"""A newborn on Windows: a process in a job of its own, and our ends of two pipes.

Windows has no way to wait for an anonymous pipe: it is looked at every few milliseconds. A write is never
longer than what an empty pipe takes, since some versions take nothing of what does not fit whole.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from cport_desktop.media.newborn import Piece
from cport_desktop.media.windows.calls import Calls
from cport_desktop.media.windows.plan import Opened

PIPE_BYTES: Final = 1024 * 1024
_MOST_AT_ONCE: Final = 64 * 1024
_NAP_SECONDS: Final = 0.002
FAREWELL_MS: Final = 5_000
"""A job that was ended is gone within this, unless the machine is at its end."""


@dataclass(frozen=True, slots=True)
class JobChild:
    calls: Calls
    job: Opened
    process: Opened
    to_child: Opened
    from_child: Opened

    @property
    def has_namespaces(self) -> bool:
        """What a container hides is part of its level."""
        return False

    @property
    def is_alive(self) -> bool:
        return not self.calls.has_ended(self.process, 0)

    def send(self, parts: Sequence[Piece]) -> int:
        sent = 0
        for part in parts:
            for at in range(0, len(part), _MOST_AT_ONCE):
                piece = bytes(part[at : at + _MOST_AT_ONCE])
                taken = self.calls.write(self.to_child, piece)
                sent += taken
                if taken < len(piece):
                    return self._some(sent)
        return sent

    def receive(self, room: memoryview) -> int:
        try:
            waiting = self.calls.waiting_bytes(self.from_child)
        except BrokenPipeError:
            return 0
        if waiting == 0:
            raise BlockingIOError
        return self.calls.read(self.from_child, room[:waiting])

    def can_send(self, milliseconds: int) -> bool:
        """A pipe does not tell: it is worth another try after a nap."""
        time.sleep(min(milliseconds / 1000, _NAP_SECONDS))
        return True

    def can_receive(self, milliseconds: int) -> bool:
        return _comes_true(self._has_said_something, milliseconds / 1000)

    def computed_seconds(self) -> float:
        return 0.0 if not self.is_alive else self.calls.computed_seconds(self.process)

    def end(self) -> None:
        """The process is gone, whatever it was doing, and every handle is closed."""
        try:
            self.calls.end_job(self.job)
            self.calls.has_ended(self.process, FAREWELL_MS)
        finally:
            for handle in (self.to_child, self.from_child, self.process, self.job):
                self.calls.close(handle)

    def _has_said_something(self) -> bool:
        try:
            return self.calls.waiting_bytes(self.from_child) > 0
        except BrokenPipeError:
            return True

    @staticmethod
    def _some(sent: int) -> int:
        if sent == 0:
            raise BlockingIOError
        return sent


def _comes_true(claim: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not claim():
        left = end - time.monotonic()
        if left <= 0:
            return False
        time.sleep(min(left, _NAP_SECONDS))
    return True
