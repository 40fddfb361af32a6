"""Between pieces that are made one after another and ends that want files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Protocol, Self

from cport_desktop.exports.alongside import Alongside

_REST = 1024 * 1024


class Sink(Protocol):
    """Takes bytes in order."""

    def write(self, piece: bytes, /) -> int | None: ...


class Source(Protocol):
    """Gives its bytes in order; none only at the end."""

    def read(self, size: int = -1, /) -> bytes: ...


_GATHERED = 64 * 1024
"""Bytes of a piece that is worth handing on: sealing goes by as much."""


def gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of a useful size, where they are made line by line."""
    buffer = bytearray()
    for piece in pieces:
        buffer += piece
        if len(buffer) >= _GATHERED:
            yield bytes(buffer)
            buffer.clear()
    if buffer:
        yield bytes(buffer)


class PieceReader:
    """An iterator of pieces, read like a file. Closing it closes the iterator."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._piece = b""
        self._position = 0

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, possibly fewer; none only at the end."""
        while self._position == len(self._piece):
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._piece, self._position = piece, 0
        end = len(self._piece) if size < 0 else self._position + size
        taken = self._piece[self._position : end]
        self._position += len(taken)
        return taken

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        close = getattr(self._pieces, "close", None)
        if close is not None:
            close()


class Prefixed:
    """`head`, which was read already, and then the rest of `source`."""

    def __init__(self, head: bytes, source: Source) -> None:
        self._head = head
        self._source = source

    def read(self, size: int = -1) -> bytes:
        if not self._head:
            return self._source.read(size)
        taken, self._head = self._cut(size)
        return taken

    def _cut(self, size: int) -> tuple[bytes, bytes]:
        return (self._head, b"") if size < 0 else (self._head[:size], self._head[size:])


class DigestedSource:
    """Reads `source`, and knows the SHA-256 of all of it."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(size)
        self._digest.update(piece)
        return piece

    def sha256(self) -> bytes:
        """Of everything; what was not read yet is read now."""
        while self.read(_REST):
            pass
        return self._digest.digest()


class SinkAlongside:
    """Passes on all that is written. Used as a block: a thread of its own writes, while whoever makes the
    pieces makes the next ones; at the block's end all is written.

    What goes wrong there comes out of the next `write`, or of the block.
    """

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._writing = Alongside(self._pass_on, name="writing")

    def __enter__(self) -> Self:
        self._writing.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writing.__exit__(kind, error, trace)

    def write(self, piece: bytes) -> int:
        """All of `piece` will be written, however little the sink takes at a time."""
        self._writing.put(piece)
        return len(piece)

    def _pass_on(self, piece: bytes) -> None:
        view = memoryview(piece)
        while view:
            taken = self._sink.write(bytes(view) if len(view) < len(piece) else piece)
            view = view[len(view) if taken is None else taken :]
