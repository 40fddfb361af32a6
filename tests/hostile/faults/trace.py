"""What a process did to its files, in order, as `interposer.c` wrote it down."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

_RECORD = struct.Struct("<BBHHHQQQ")


class Deed(Enum):
    """The kinds of calls that change something, and a promise between them."""

    CREATE = ord("C")
    WRITE = ord("W")
    TRUNCATE = ord("T")
    SYNC = ord("S")
    RENAME = ord("R")
    UNLINK = ord("U")
    MKDIR = ord("D")
    RMDIR = ord("Y")
    LINK = ord("L")
    PROMISE = ord("P")
    UNKNOWN = ord("?")


@dataclass(frozen=True, slots=True)
class Event:
    """One call that succeeded. Paths are relative to the root; "" is the root itself."""

    deed: Deed
    path: str
    other: str
    inode: int
    offset: int
    content: bytes


class Untraceable(AssertionError):
    """The process changed a file in a way that cannot be replayed."""


def read_trace(file: Path) -> list[Event]:
    """Every event in order.

    Raises:
        Untraceable: a call that `disk` has no model of.
    """
    events = list(_events(file.read_bytes()))
    for event in events:
        if event.deed is Deed.UNKNOWN:
            raise Untraceable(f"{event.other} on {event.path}")
    return events


def _events(recorded: bytes) -> Iterator[Event]:
    at = 0
    while at < len(recorded):
        kind, _, first, second, _, inode, offset, length = _RECORD.unpack_from(recorded, at)
        at += _RECORD.size
        path = recorded[at : at + first].decode()
        other = recorded[at + first : at + first + second].decode()
        at += first + second
        yield Event(Deed(kind), path, other, inode, offset, recorded[at : at + length])
        at += length
