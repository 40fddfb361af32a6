"""Long files, brought to their medium while they grow."""

from __future__ import annotations

import os
from types import TracebackType
from typing import Final, Self

from cport_desktop.exports.alongside import Alongside

FLUSHED_AT_ONCE: Final = 64 * 1024 * 1024
_bring_to_medium = getattr(os, "fdatasync", os.fsync)


class SteadyFile:
    """What is written goes to `descriptor`. Used as a block; `settle`, or the block's good end, has all of
    it on the medium.

    A thread brings each 64 MiB there while the next ones come. So a medium that is slow slows the progress
    that is told, instead of standing still at its end; one that fails is found out within as much; and
    what waits in the machine's memory is bounded.
    """

    def __init__(self, descriptor: int, *, at_once: int = FLUSHED_AT_ONCE) -> None:
        self._descriptor, self._at_once = descriptor, at_once
        self._flushing = Alongside(self._flush, name="flushing", most_waiting=1)
        self._unflushed = 0
        self._is_settled = False
        self.size = 0

    def write(self, piece: bytes | memoryview, /) -> int:
        rest = memoryview(piece)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        self.size += len(piece)
        self._unflushed += len(piece)
        if self._unflushed >= self._at_once:
            self._flushing.put(b"")
            self._unflushed = 0
        return len(piece)

    def settle(self) -> None:
        """Everything is on the medium; nothing is written any more."""
        if not self._is_settled:
            self._is_settled = True
            self._flushing.__exit__(None, None, None)
            os.fsync(self._descriptor)

    def __enter__(self) -> Self:
        self._flushing.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.settle()
        elif not self._is_settled:
            self._is_settled = True
            self._flushing.__exit__(kind, error, trace)

    def _flush(self, _: bytes) -> None:
        _bring_to_medium(self._descriptor)
