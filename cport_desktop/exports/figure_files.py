"""A figure as the bytes of a file: its table as CSV, its picture as a drawing or as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cport_desktop.domain.bar_chart import Paper
from cport_desktop.domain.drawing import Drawing, Measure
from cport_desktop.domain.table import TableHead, TableSubject
from cport_desktop.exports import svg_picture
from cport_desktop.exports.csv_table import CsvTable
from cport_desktop.exports.figure_drawing import (
    Names,
    Shown,
    columns,
    drawn,
    rows,
    sentences,
    title,
)
from cport_desktop.exports.svg_picture import Caption
from cport_desktop.exports.table_cells import SYNTHETIC

WIDTH: Final = 960.0
HEIGHT: Final = 420.0
"""Of a picture that leaves, at 100 %; one that needs more height has it."""
_A_LETTER: Final = 0.56
"""How wide a letter of the type is at most on average, by its size: nobody measured it."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """What leaves. `is_synthetic`: nothing in it is real, which it says."""

    shown: Shown
    names: Names
    is_synthetic: bool


def csv(leaving: Leaving, made_at: datetime) -> bytes:
    """The table, as `docs/formats/tables.md` says."""
    lines = rows(leaving.shown, leaving.names)
    head = TableHead(
        subject=TableSubject.REPORTS,
        columns=columns(leaving.shown),
        rows=len(lines),
        asked="",
        made_at=made_at,
        agreement=None,
        is_synthetic=leaving.is_synthetic,
    )
    parts: list[bytes] = []
    table = CsvTable(parts.append, head, has_mark=False)
    table.begin()
    table.add(lines)
    table.end()
    return b"".join(parts)


def picture(leaving: Leaving, measure: Measure) -> tuple[Drawing, Caption]:
    """The picture and what stands around it."""
    told = sentences(leaving.shown, leaving.names)
    caption = Caption(
        title(leaving.shown), " ".join(told), SYNTHETIC if leaving.is_synthetic else ""
    )
    return drawn(leaving.shown, leaving.names, Paper(WIDTH, HEIGHT, measure)), caption


def svg(leaving: Leaving, measure: Measure) -> bytes:
    """The picture as SVG."""
    return svg_picture.svg(*picture(leaving, measure))


def guessed(text: str, size: float) -> float:
    """How wide a text is where nothing can measure it (`domain.drawing.Measure`)."""
    return len(text) * size * _A_LETTER
