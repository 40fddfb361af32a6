"""A foreign file on its way from a pipe into memory, bounded, with random access once it is there."""

from __future__ import annotations

from collections.abc import Callable

from cport_desktop.media.bounds import LONGEST_PIECE
from cport_desktop.media.child.progress import ToldFile
from cport_desktop.media.pixel_protocol import FRAME_PREFIX, frame_length

ReadInto = Callable[[memoryview], None]
"""Fills the whole view from the pipe, or raises `EOFError`."""


def receive(read_into: ReadInto, room: memoryview, *, limit: int) -> ToldFile:
    """The pieces of a file up to its end mark, as one file in memory, at its beginning. Each passes
    through `room`, which holds `LONGEST_PIECE` bytes and may be used again.

    Raises:
        MalformedMessage: if a piece or the whole is longer than allowed.
        EOFError: if the other side went away.
    """
    file = ToldFile()
    prefix = memoryview(bytearray(FRAME_PREFIX))
    while True:
        read_into(prefix)
        longest = min(LONGEST_PIECE, limit - file.tell())
        length = frame_length(bytes(prefix), limit=longest)
        if length == 0:
            file.seek(0)
            return file
        read_into(room[:length])
        file.write(room[:length])
