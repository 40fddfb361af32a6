"""The records of a table that is text, each with the number of its last line; one may run over lines.

A mark of quotation that nobody ends would swallow the rows behind it. So a record of several lines counts
only if it is written as such records are (RFC 4180); else its lines are read each by itself, and the one
that is none is told. A record has a bound, however many cells it has.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from io import BufferedReader
from typing import Final

from cport_desktop.formats.hash_list_file import (
    LONGEST_LINE,
    Refusal,
    Refused,
    bounded_lines,
    shown,
)
from cport_desktop.formats.lists.columns import is_digest

LONGEST_RECORD: Final = 1 << 17
"""Characters of one record."""

Record = tuple[int, list[str]]


def records(file: BufferedReader, *, delimiter: str, width: int) -> Iterator[Record | Refused]:
    """The records of a table of `width` columns, and lines that are none."""
    lines = _Lines(file)
    while not lines.is_over:
        try:
            for cells in csv.reader(lines, delimiter=delimiter):
                yield from lines.refused()
                held = lines.taken()
                if len(held) > 1 and not _is_one(held, cells, delimiter, width):
                    yield from _apart(lines.number, held, delimiter)
                else:
                    yield lines.number, cells
        except csv.Error:
            yield from lines.refused()
            yield from _apart(lines.number, lines.taken(), delimiter)
    yield from lines.refused()


def _is_one(held: Sequence[str], cells: Sequence[str], delimiter: str, width: int) -> bool:
    """Whether these lines are one record, and no rows of their own behind a stray mark of quotation."""
    if _strictly(held, delimiter) is None:
        return False
    return len(cells) == width or not any(
        is_digest(cell) for line in held[1:] for cell in _strictly([line], delimiter) or ()
    )


def _strictly(held: Sequence[str], delimiter: str) -> list[str] | None:
    """The one record that these lines are; None if they are none, or several."""
    found: list[list[str]] = []
    with suppress(csv.Error):
        found = list(csv.reader(held, delimiter=delimiter, strict=True))
    return found[0] if len(found) == 1 else None


def _apart(last: int, held: Sequence[str], delimiter: str) -> Iterator[Record | Refused]:
    """Each of these lines by itself. `last`: the number of the last."""
    for number, line in enumerate(held, last - len(held) + 1):
        cells = _strictly([line], delimiter)
        if cells is not None:
            yield number, cells
        elif line.strip():
            yield Refused(number, Refusal.MALFORMED, shown(line.encode()))


class _Lines:
    """The lines of a file as text; those that are too long are left out and told of later."""

    def __init__(self, file: BufferedReader) -> None:
        self.number = 0
        self.is_over = False
        self._lines = bounded_lines(file)
        self._refused: list[Refused] = []
        self._held: list[str] = []
        self._size = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.number += 1
            if len(line) > LONGEST_LINE:
                self._refused.append(Refused(self.number, Refusal.TOO_LONG, shown(line)))
                # A record is read next, so that no more than these wait to be told.
                told = "\n"
            else:
                told = line.decode("utf-8", "backslashreplace")
            self._held.append(told)
            self._size += len(told)
            if self._size > LONGEST_RECORD:
                raise csv.Error
            yield told
        self.is_over = True

    def refused(self) -> Iterable[Refused]:
        told, self._refused = self._refused, []
        return told

    def taken(self) -> list[str]:
        """The lines since this was asked last."""
        told, self._held = self._held, []
        self._size = 0
        return told
