"""A table as CSV: RFC 4180 with a header, UTF-8, every cell quoted.

A CSV file that was cut between two lines looks whole. So the first column says which row of how many
it is (`17 of 41233`): a last row that is not the last of all tells.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from cport_desktop.domain.table import Cell, TableHead
from cport_desktop.exports.table_cells import MARK_COLUMN, SYNTHETIC, cell_text

ROW_COLUMN: Final = "row"
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
BEGINS_WITH: Final = b'"row"'


class CsvTable:
    """Hands its bytes to `write`, a page of rows at a time."""

    sheets = 1
    shortened = 0

    def __init__(
        self, write: Callable[[bytes], object], head: TableHead, *, has_mark: bool
    ) -> None:
        self._take = write
        self._head = head
        self._has_mark = has_mark
        self._done = 0
        self._last = (SYNTHETIC,) if head.is_synthetic else ()

    def begin(self) -> None:
        """The header is written."""
        if self._has_mark:
            self._take(BYTE_ORDER_MARK)
        mark = (MARK_COLUMN,) if self._head.is_synthetic else ()
        self._write([(ROW_COLUMN, *self._head.columns, *mark)])

    def add(self, rows: Sequence[Sequence[Cell]]) -> None:
        """These rows stand behind those before."""
        total, before = self._head.rows, self._done
        self._done += len(rows)
        self._write(
            (f"{before + place} of {total}", *map(cell_text, row), *self._last)
            for place, row in enumerate(rows, 1)
        )

    def end(self) -> None:
        """All rows are there."""

    def abandon(self) -> None:
        """Nobody wants the rest."""

    def _write(self, lines: Iterable[Sequence[str]]) -> None:
        page = io.StringIO(newline="")
        csv.writer(page, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(lines)
        self._take(page.getvalue().encode("utf-8", "backslashreplace"))
