"""The two pipes that a confined process has, and nothing else: whole reads, whole writes.

Standard input, output and error lead to nowhere: what a library prints goes into no answer.
"""

from __future__ import annotations

import contextlib
import fcntl
import os

from cport_desktop.media.pixel_protocol import frame

_PIPE_BYTES = 1024 * 1024
"""Pipe size asked for: a picture passes in one or two turns (64 KiB by default)."""


class Pipes:
    """Reads requests and files from one pipe, writes answers to the other."""

    def __init__(self, incoming: int, outgoing: int) -> None:
        self._incoming, self._outgoing = incoming, outgoing
        for pipe in (incoming, outgoing):
            # A machine whose pipes are limited is slower, and no less right.
            with contextlib.suppress(OSError):
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)

    def read_into(self, view: memoryview) -> None:
        """`view` is full.

        Raises:
            EOFError: if the other side went away.
        """
        filled = 0
        while filled < len(view):
            count = os.readv(self._incoming, [view[filled:]])
            if count == 0:
                raise EOFError
            filled += count

    def write(self, body: bytes) -> None:
        """`body` was written, as one frame."""
        rest = memoryview(frame(body))
        while rest:
            rest = rest[os.write(self._outgoing, rest) :]


def lead_nowhere() -> None:
    """Standard input, output and error are no way in or out any more."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
