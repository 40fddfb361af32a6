"""A newborn on Linux: a descriptor of its process, and our ends of its two pipes, which never block."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cport_desktop.media.newborn import Piece

FAREWELL_SECONDS: Final = 5.0
"""A killed process is gone within this, unless the machine is at its end."""


@dataclass(frozen=True, slots=True)
class PipedChild:
    """`pid`: its number as this process sees it."""

    pid: int
    process: int
    to_child: int
    from_child: int
    has_namespaces: bool = False

    @property
    def is_alive(self) -> bool:
        return not _is_ready(self.process, select.POLLIN, 0)

    def send(self, parts: Sequence[Piece]) -> int:
        return os.writev(self.to_child, parts)

    def receive(self, room: memoryview) -> int:
        return os.readv(self.from_child, [room])

    def can_send(self, milliseconds: int) -> bool:
        return _is_ready(self.to_child, select.POLLOUT, milliseconds)

    def can_receive(self, milliseconds: int) -> bool:
        return _is_ready(self.from_child, select.POLLIN, milliseconds)

    def computed_seconds(self) -> float:
        """As the port says. The clock's number is made as the kernel makes it
        (clock_getcpuclockid(3)): it needs no file, so that a hidden /proc does not matter.
        """
        try:
            return time.clock_gettime(~self.pid << 3 | 2)
        except OSError:
            return 0.0

    def end(self) -> None:
        """The process is gone and the descriptors are closed."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.process, signal.SIGKILL)
        _is_ready(self.process, select.POLLIN, round(FAREWELL_SECONDS * 1000))
        for descriptor in (self.to_child, self.from_child, self.process):
            os.close(descriptor)


def _is_ready(descriptor: int, event: int, milliseconds: int) -> bool:
    poll = select.poll()
    poll.register(descriptor, event)
    return bool(poll.poll(milliseconds))
