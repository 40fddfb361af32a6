"""The two pipes of a confined child on Windows, where they come as handles that were inherited."""

from __future__ import annotations

import io
import os
import sys

from cport_desktop.media.pixel_protocol import frame


class HandlePipes:
    """As `talk.Talk`. Both handles are this object's from now on."""

    def __init__(self, incoming: int, outgoing: int) -> None:
        self._incoming = io.FileIO(_descriptor(incoming, os.O_RDONLY), "rb")
        self._outgoing = io.FileIO(_descriptor(outgoing, os.O_WRONLY), "wb")

    def read_into(self, view: memoryview) -> None:
        filled = 0
        while filled < len(view):
            count = self._incoming.readinto(view[filled:])
            if not count:
                raise EOFError
            filled += count

    def write(self, body: bytes) -> None:
        self.say(frame(body))

    def say(self, raw: bytes) -> None:
        """The bytes as they are."""
        rest = memoryview(raw)
        while rest:
            rest = rest[self._outgoing.write(rest) or 0 :]


def _descriptor(handle: int, direction: int) -> int:
    """On Windows a descriptor that stands for the handle; elsewhere they are the same."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - there is none elsewhere

        return msvcrt.open_osfhandle(handle, direction | os.O_BINARY)
    return handle
