"""Work on pieces in a thread beside the one that makes them."""

from __future__ import annotations

from collections.abc import Callable
from queue import Queue
from threading import Thread
from types import TracebackType
from typing import Self

MOST_WAITING = 8
"""Pieces, mostly of a quarter of a megabyte, that wait for a thread."""


class Alongside:
    """Does the same (`act`) with each piece, in their order, in a thread of its own. Used as a block, at
    whose end all is done.

    What goes wrong there comes out of the next `put`, or of the block. A block that is left by an error
    waits for the piece at hand alone.
    """

    def __init__(
        self, act: Callable[[bytes], object], *, name: str, most_waiting: int = MOST_WAITING
    ) -> None:
        self._act = act
        self._waiting: Queue[bytes | None] = Queue(most_waiting)
        self._trouble: BaseException | None = None
        self._is_left = False
        self._worker = Thread(target=self._work, name=name)

    def put(self, piece: bytes) -> None:
        """Waits as long as there are many before it."""
        if self._trouble is not None:
            raise self._trouble
        self._waiting.put(piece)

    def __enter__(self) -> Self:
        self._worker.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._is_left = error is not None
        self._waiting.put(None)
        self._worker.join()
        if error is None and self._trouble is not None:
            raise self._trouble

    def _work(self) -> None:
        while (piece := self._waiting.get()) is not None:
            if self._trouble is not None or self._is_left:
                continue  # Whoever puts must not wait for a place in the queue.
            try:
                self._act(piece)
            except BaseException as error:  # noqa: BLE001 - raised where it is waited for
                self._trouble = error
