"""What stands in the cells of a table that people open in a spreadsheet.

Times in ISO 8601 and UTC, yes and no, several things with `; ` between them; what is not known is an
empty cell. Characters that do not show or that steer the direction of text are written out
(`<U+202E>`), so that a cell reads as it is stored, and nothing begins a formula.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cport_desktop.clock import iso_utc
from cport_desktop.domain.hosts import visible
from cport_desktop.domain.spreadsheet import neutral
from cport_desktop.domain.table import Cell

SYNTHETIC: Final = "SYNTHETIC"
MARK_COLUMN: Final = "nature"
"""The last column of a table in which nothing is real: it goes wherever a row is copied to."""


def cell_text(cell: Cell) -> str:
    """`cell` as one line of text, harmless in a spreadsheet."""
    match cell:
        case str():
            return neutral(_shown(cell))
        case bool():
            return "yes" if cell else "no"
        case int():
            return str(cell)
        case datetime():
            return iso_utc(cell)
        case tuple():
            return neutral("; ".join(map(_shown, cell)))
        case None:
            return ""


def _shown(text: str) -> str:
    return text if text.isascii() and text.isprintable() else visible(text)
