"""A foreign file on its way from a pipe into memory, bounded, with random access once it is there."""

from __future__ import annotations

from collections.abc import Callable

from cport_desktop.media.bounds import LONGEST_PIECE
from cport_desktop.media.child.progress import ToldFile
from cport_desktop.media.pixel_protocol import FRAME_PREFIX, frame_length

ReadInto = Callable[[memoryview], None]
"""Fills the whole view from the pipe, or raises `EOFError`."""


def receive(read_into: ReadInto, *, most: int) -> ToldFile:
    """The pieces of a file up to its end mark, `most` bytes of it at most, as one file in memory, at
    its beginning. They come to lie where they are read from: nothing is copied.

    Raises:
        MalformedMessage: if a piece or the whole is longer than allowed.
        EOFError: if the other side went away.
    """
    file = ToldFile(bytes(most))
    prefix = memoryview(bytearray(FRAME_PREFIX))
    filled = 0
    with file.getbuffer() as room:
        while True:
            read_into(prefix)
            length = frame_length(bytes(prefix), limit=min(LONGEST_PIECE, most - filled))
            if length == 0:
                break
            read_into(room[filled : filled + length])
            filled += length
    file.truncate(filled)
    return file
