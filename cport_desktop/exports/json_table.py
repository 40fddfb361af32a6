"""A table as JSON: one object that says what it is, with one line for each row.

    {"format": "cport-table", "version": 1, "subject": "reports", "synthetic": true,
     "made_at": "2026-05-17T12:00:00Z", "agreement": "AGR-1", "query": "host:NL",
     "columns": ["id", "received_at"], "rows": 2, "items": [
    {"id": "R-1", "received_at": "2026-05-16T08:00:00Z"},
    {"id": "R-2", "received_at": "2026-05-15T08:00:00Z"}
    ]}

Cells hold what is stored, to the character: JSON is for programs. A file that was cut does not parse.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from cport_desktop.clock import iso_utc
from cport_desktop.domain.table import Cell, TableHead

BEGINS_WITH: Final = b'{"format": "cport-table"'
_VERSION: Final = 1


class JsonTable:
    """Hands its bytes to `write`, a page of rows at a time."""

    sheets = 1
    shortened = 0

    def __init__(self, write: Callable[[bytes], object], head: TableHead) -> None:
        self._take = write
        self._head = head
        self._is_first = True

    def begin(self) -> None:
        """What the table says of itself is written."""
        head = self._head
        told = {
            "format": "cport-table",
            "version": _VERSION,
            "subject": head.subject.value,
            "synthetic": head.is_synthetic,
            "made_at": iso_utc(head.made_at),
            "agreement": head.agreement,
            "query": head.asked,
            "columns": list(head.columns),
            "rows": head.rows,
        }
        self._take(json.dumps(told).removesuffix("}").encode("ascii") + b', "items": [')

    def add(self, rows: Sequence[Sequence[Cell]]) -> None:
        """These rows stand behind those before."""
        names = self._head.columns
        lines: list[str] = []
        for row in rows:
            record = dict(zip(names, map(_json, row), strict=True))
            lines.append(("\n" if self._is_first else ",\n") + json.dumps(record))
            self._is_first = False
        # ASCII alone: nothing in it can steer the direction of text, or be half a character.
        self._take("".join(lines).encode("ascii"))

    def end(self) -> None:
        """All rows are there, and the object is closed."""
        self._take(b"\n]}\n")

    def abandon(self) -> None:
        """Nobody wants the rest."""


def _json(cell: Cell) -> str | int | bool | list[str] | None:
    match cell:
        case datetime():
            return iso_utc(cell)
        case tuple():
            return list(cell)
        case _:
            return cell
