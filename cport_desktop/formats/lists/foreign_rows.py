"""What the process that reads foreign databases says, in frames: four bytes of length, JSON.

    child     Opened: which list it is and how many rows there may be; then Rows, again and again; then Ended
    child     Failed, in the place of any of these

Nothing of it is trusted: the process read a foreign file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from cport_desktop.errors import MalformedMessage

PREFIX: Final = 4
"""Bytes of a frame's length."""
LARGEST_FRAME: Final = 1 << 22
"""Bytes: so many rows with the longest names."""
ROWS_TOGETHER: Final = 500
LONGEST_CELL: Final = 4_096
"""Characters of a cell; more of it is cut off by whoever reads it."""

DatabaseList = Literal["nsrl-rds3", "kdb"]
Cell = Annotated[str, Meta(max_length=LONGEST_CELL)]
ForeignRow = tuple[Cell | None, Cell | None, Cell | None, Cell | None]
"""MD5, SHA-1, SHA-256 in hexadecimal, and a name."""
Failure = Literal["damaged", "replaced", "endless", "other_tables", "not_confined"]


class Opened(msgspec.Struct, tag=True):
    kind: DatabaseList
    rows: Annotated[int, Meta(ge=0)]


class Rows(msgspec.Struct, tag=True):
    rows: Annotated[list[ForeignRow], Meta(max_length=ROWS_TOGETHER)]


class Ended(msgspec.Struct, tag=True):
    pass


class Failed(msgspec.Struct, tag=True):
    why: Failure


Said = Opened | Rows | Ended | Failed
_DECODER: Final[msgspec.json.Decoder[Said]] = msgspec.json.Decoder(Said)


def framed(said: Said) -> bytes:
    """A frame."""
    body = msgspec.json.encode(said)
    return len(body).to_bytes(PREFIX, "big") + body


def frame_length(prefix: bytes) -> int:
    """How long the body of a frame is.

    Raises:
        MalformedMessage: longer than any frame.
    """
    length = int.from_bytes(prefix, "big")
    if length > LARGEST_FRAME:
        raise MalformedMessage(where="frame", cause="too long")
    return length


def parse_frame(body: bytes) -> Said:
    """What a frame says.

    Raises:
        MalformedMessage: it is none.
    """
    try:
        return _DECODER.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MalformedMessage(where="frame", cause="not of its shape") from error


def pieces(rows: list[ForeignRow]) -> Iterator[bytes]:
    """Frames for rows that were read together; of rows with long names several."""
    frame = framed(Rows(rows))
    if len(frame) <= LARGEST_FRAME or len(rows) == 1:
        yield frame
        return
    middle = len(rows) // 2
    yield from pieces(rows[:middle])
    yield from pieces(rows[middle:])
