"""Files as they lie on their medium, and not as the machine's memory remembers them."""

from __future__ import annotations

import mmap
import os
from io import FileIO, RawIOBase
from pathlib import Path
from typing import Final

_ROOM: Final = 1024 * 1024
_UNIT: Final = 4096
"""Bytes. What is read past the memory begins and ends at multiples of it, but for the end of the file."""
_PAST_MEMORY: Final = getattr(os, "O_DIRECT", 0)


class UncachedFile(RawIOBase):
    """A file to be read once from front to end, past the memory of the machine where its system can do
    that (`O_DIRECT`); elsewhere memory is asked to forget it first. Otherwise the answer would come from
    there, and a bad stick is not found out; and to fill memory with a long file costs more than reading it.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._room = mmap.mmap(-1, _ROOM)
        self._ahead = memoryview(b"")
        self._position = 0
        self._is_direct = False
        self._file = self._opened()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # any buffer
        if not self._ahead:
            self._ahead = memoryview(self._room)[: self._filled()]
        taken = min(len(buffer), len(self._ahead))
        buffer[:taken] = self._ahead[:taken]
        self._ahead = self._ahead[taken:]
        return taken

    def close(self) -> None:
        if not self.closed:
            self._file.close()
            self._ahead = memoryview(b"")
        super().close()

    def _opened(self) -> FileIO:
        if _PAST_MEMORY:
            try:
                file = FileIO(os.open(self._path, os.O_RDONLY | _PAST_MEMORY))
            except OSError:
                return (
                    self._opened_plainly()
                )  # Not every file system can; who may not read is told there.
            self._is_direct = True
            return file
        return self._opened_plainly()

    def _opened_plainly(self) -> FileIO:
        self._is_direct = False
        file = FileIO(self._path)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        file.seek(self._position)
        return file

    def _filled(self) -> int:
        """How many bytes of the room hold what comes next."""
        try:
            count = self._file.readinto(self._room) or 0
        except OSError:
            if not self._is_direct:
                raise
            count = 0
        self._position += count
        if self._is_direct and count % _UNIT:
            self._go_on_plainly()  # Where it is not at a multiple it would be refused.
        elif self._is_direct and not count:
            self._go_on_plainly()
            return self._filled()
        return count

    def _go_on_plainly(self) -> None:
        self._file.close()
        self._file = self._opened_plainly()
