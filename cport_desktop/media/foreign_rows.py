"""The rows of a foreign database, read by a process of its own that can do nothing else.

A clean interpreter gets the file as its standard input, opened to be read only, and answers through a pipe.
What it says is checked as anything foreign is. It is gone when the rows are closed, whatever it does; and
it is ended when it says nothing for a while.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from typing import Final

from cport_desktop.errors import HashListUnreadable, MalformedMessage
from cport_desktop.formats.lists.foreign_rows import (
    PREFIX,
    DatabaseList,
    Ended,
    Failed,
    Failure,
    ForeignRow,
    Opened,
    Rows,
    Said,
    frame_length,
    parse_frame,
)
from cport_desktop.words import list_files as words

MAGIC: Final = b"SQLite format 3\0"
_SILENT_MS: Final = 120_000
"""A process that says nothing for so long says nothing more; ours gives up long before."""
_ENVIRONMENT: Final = {"LANG": "C.UTF-8"}
_FAREWELL_SECONDS: Final = 10.0
_CAUSES: Final[dict[Failure, str]] = {
    "damaged": words.DATABASE_DAMAGED,
    "replaced": words.DATABASE_REPLACED,
    "endless": words.DATABASE_ENDLESS,
    "other_tables": words.NO_LIST_INSIDE,
    "not_confined": words.NOT_CONFINED,
}


class ForeignRows:
    """`kind`: which list it is; `count`: how many rows there may be, 0 if nobody knows."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        opened = self._hear()
        if not isinstance(opened, Opened):
            raise HashListUnreadable(cause=words.DATABASE_SILENT)
        self.kind: DatabaseList = opened.kind
        self.count = opened.rows

    def __iter__(self) -> Iterator[ForeignRow]:
        while isinstance(said := self._hear(), Rows):
            yield from said.rows
        if not isinstance(said, Ended):
            raise HashListUnreadable(cause=words.DATABASE_SILENT)

    def _hear(self) -> Said:
        try:
            said = parse_frame(self._read(frame_length(self._read(PREFIX))))
        except MalformedMessage as error:
            raise HashListUnreadable(cause=words.DATABASE_SILENT) from error
        if isinstance(said, Failed):
            raise HashListUnreadable(cause=_CAUSES[said.why])
        return said

    def _read(self, count: int) -> bytes:
        poll = select.poll()
        poll.register(self._descriptor, select.POLLIN)
        read = bytearray()
        while len(read) < count:
            is_there = poll.poll(_SILENT_MS)
            piece = os.read(self._descriptor, count - len(read)) if is_there else b""
            if not piece:
                raise HashListUnreadable(cause=words.DATABASE_SILENT)
            read += piece
        return bytes(read)


@contextmanager
def foreign_rows(file: BufferedReader) -> Iterator[ForeignRows]:
    """The rows of the database that is open as `file`, while the block lasts. The place in it does not matter, and
    stays.

    Raises:
        HashListUnreadable: no list, or one that cannot be read; or nothing here can confine its reader.
    """
    if sys.platform != "linux":
        raise HashListUnreadable(cause=words.NOT_CONFINED)
    try:
        child = subprocess.Popen(
            (sys.executable, "-I", "-m", "cport_desktop.media.rows_child"),
            stdin=file.fileno(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            close_fds=True,
            cwd="/",
            env=_ENVIRONMENT,
            start_new_session=True,
        )
    except OSError as error:
        raise HashListUnreadable(cause=words.NOT_CONFINED) from error
    with child:
        try:
            if child.stdout is None:
                raise HashListUnreadable(cause=words.DATABASE_SILENT)
            yield ForeignRows(child.stdout.fileno())
        finally:
            child.kill()
            child.wait(_FAREWELL_SECONDS)
