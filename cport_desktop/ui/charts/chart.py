"""A chart: a drawing made for the room that there is, in which things can be chosen by mouse and keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from cport_desktop.domain.bar_chart import Paper
from cport_desktop.domain.drawing import Box, Disc, Drawing
from cport_desktop.ui.charts.painting import inks_of, measure, paint
from cport_desktop.ui.theme import Theme
from cport_desktop.words import charts as say

_MARGIN = 10
_LEAST_WIDTH = 320
_LEAST_HEIGHT = 170
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}
Draw = Callable[[Paper, int | None], Drawing]
"""The drawing for some paper, with the chosen row marked."""


class Chart(QWidget):
    """One picture. Arrows go from one thing in it to the next, Enter opens what is chosen.

    Signals:
        chosen(int): this item of the drawing was chosen, by its number.
        stepped(int): the row before (-1) or behind (1) is wanted.
        opened(): what is chosen is wanted.
    """

    chosen = Signal(int)
    stepped = Signal(int)
    opened = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._draw: Draw | None = None
        self._row: int | None = None
        self._drawing = Drawing(0, 0, ())
        self._room = QSize()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.setAccessibleName(say.PICTURE)

    def show_drawing(self, draw: Draw, *, name: str, told: str) -> None:
        """This from now on; `told` is what it says, for somebody who does not see it."""
        self._draw, self._row = draw, None
        self.setAccessibleName(name)
        self.setAccessibleDescription(told)
        self._lay()

    def mark(self, row: int | None) -> None:
        """This row is marked in it."""
        if row != self._row:
            self._row = row
            self._lay()

    def fit_into(self, room: QSize) -> None:
        """So much of it can be seen at once."""
        self._room = room
        self._lay()

    def drawing(self) -> Drawing:
        """What is painted."""
        return self._drawing

    def wear(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    # -- Qt

    def paintEvent(self, _event: QPaintEvent) -> None:
        # On the ground of what it lies in, whose corners are round.
        painter = QPainter(self)
        painter.translate(_MARGIN, _MARGIN)
        paint(painter, self._drawing, inks_of(self._theme))
        if self.hasFocus():
            painter.resetTransform()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.accent), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = event.position()
        found = _item_at(self._drawing, spot.x() - _MARGIN, spot.y() - _MARGIN)
        if found is not None:
            self.chosen.emit(found)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)
        self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def _lay(self) -> None:
        if self._draw is None:
            return
        wide = max(_LEAST_WIDTH, self.width()) - 2 * _MARGIN
        high = max(_LEAST_HEIGHT, self._room.height()) - 2 * _MARGIN
        self._drawing = self._draw(Paper(wide, high, measure), self._row)
        self.setMinimumHeight(round(self._drawing.height) + 2 * _MARGIN)
        self.update()


class ChartScroll(QScrollArea):
    """As much of a chart as there is room for; it scrolls down only."""

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self.setWidget(chart)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.setProperty("panel", "true")
        self._chart = chart

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._chart.fit_into(self.viewport().size())

    def show_item(self, item: int) -> None:
        """Scroll to where it is."""
        for part in self._chart.drawing().parts:
            if isinstance(part, Box) and part.item == item:
                middle = round(part.y + part.height / 2) + _MARGIN
                self.ensureVisible(0, middle, 0, round(part.height) + _MARGIN)
                return

    def seen(self) -> QRect:
        """What can be seen of the chart now."""
        return self._chart.visibleRegion().boundingRect()


def _item_at(drawing: Drawing, x: float, y: float) -> int | None:
    """What lies on top there."""
    for part in reversed(drawing.parts):
        match part:
            case Box(left, top, width, height, item=int(item)):
                if left <= x < left + width and top <= y < top + height:
                    return item
            case Disc(middle, centre, radius, item=int(item)):
                if (x - middle) ** 2 + (y - centre) ** 2 <= (radius + 2) ** 2:
                    return item
            case _:
                continue
    return None
