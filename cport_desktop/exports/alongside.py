"""Work on pieces in a thread beside the one that makes or takes them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from queue import Empty, Queue
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


class Ahead:
    """Asks for pieces (`make`) in a thread of its own before they are wanted. Used as a block.

    What goes wrong there comes out of the `take` whose turn it would have been. After the block, however
    it is left, nothing is asked for any more.
    """

    def __init__(
        self, make: Callable[[], bytes], *, name: str, most_waiting: int = MOST_WAITING
    ) -> None:
        self._make = make
        self._ready: Queue[bytes] = Queue(most_waiting)
        self._trouble: BaseException | None = None
        self._has_ended = self._is_left = False
        self._worker = Thread(target=self._work, name=name)

    def take(self) -> bytes:
        """The next piece; nothing (`b""`) at the end, as `make` says, and behind it."""
        if self._has_ended:
            return b""
        piece = self._ready.get()
        self._has_ended = not piece
        if self._has_ended and self._trouble is not None:
            raise self._trouble
        return piece

    def __enter__(self) -> Self:
        self._worker.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._is_left = True
        while self._worker.is_alive():
            with suppress(Empty):  # It may be waiting for a place.
                self._ready.get(timeout=0.01)

    def _work(self) -> None:
        piece = b"x"
        while piece and not self._is_left:
            try:
                piece = self._make()
            except BaseException as error:  # noqa: BLE001 - raised where it is waited for
                self._trouble, piece = error, b""
            self._ready.put(piece)
