"""How the cells of a table of rows are painted: all that a page shows in one go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from cport_desktop.ui.models.keyset_table import KeysetTable
from cport_desktop.ui.theme import MONO, Theme, figures_font

_INSET = 7
_BAR = 2
"""Width of what marks a chosen row at its left."""
_MOST_CUT = 4_096
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Strip:
    """One column as it is painted: where it begins and how wide it is, in pixels."""

    column: int
    x: int
    width: int


class RowCells:
    """Paints cells from their texts and their tones; a chosen row has a ground and a bar."""

    def __init__(self, rows: KeysetTable[Any], theme: Theme) -> None:
        self._rows = rows
        self._sans = figures_font()
        self._mono = figures_font(MONO, 12)
        self._metrics = (QFontMetrics(self._sans), QFontMetrics(self._mono))
        self._cut: dict[tuple[str, int, bool], str] = {}
        self._colours: dict[str, QColor] = {}
        self._mono_columns = frozenset(at for at, c in enumerate(rows.columns) if c.is_mono)
        self._number_columns = frozenset(at for at, c in enumerate(rows.columns) if c.is_number)
        self.wear(theme)

    def wear(self, theme: Theme) -> None:
        self._colours = {
            name: QColor(colour) for name, colour in asdict(theme).items() if name != "name"
        }

    def paint(
        self,
        painter: QPainter,
        rows: Iterable[tuple[int, int, bool]],
        strips: Iterable[Strip],
        height: int,
    ) -> None:
        """`rows`: the number of each, where it begins, and whether it is chosen. `strips` from left
        to right; the first wears the bar of what is chosen.
        """
        across = tuple(strips)
        if not across:
            return
        first, last = across[0], across[-1]
        for row, y, is_chosen in rows:
            if is_chosen:
                reach = last.x + last.width - first.x
                painter.fillRect(first.x, y, reach, height, self._colours["selection"])
                painter.fillRect(first.x, y, _BAR, height, self._colours["accent"])
            for strip in across:
                self._paint_cell(painter, row, y, height, strip)

    def _paint_cell(self, painter: QPainter, row: int, y: int, height: int, strip: Strip) -> None:
        column = strip.column
        width, is_mono = strip.width - 2 * _INSET, column in self._mono_columns
        text = self._fitted(self._rows.text(row, column), width, is_mono)
        if text:
            painter.setPen(self._colours[self._rows.tone(row, column) or "text"])
            painter.setFont(self._mono if is_mono else self._sans)
            where = QRect(strip.x + _INSET, y, width, height)
            painter.drawText(where, _RIGHT if column in self._number_columns else _LEFT, text)

    def _fitted(self, text: str, width: int, is_mono: bool) -> str:
        """As much of `text` as there is room for; remembered, since a page is painted again and again."""
        wanted = (text, width, is_mono)
        found = self._cut.get(wanted)
        if found is None:
            if len(self._cut) >= _MOST_CUT:
                self._cut.clear()
            metrics = self._metrics[is_mono]
            found = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._cut[wanted] = found
        return found
