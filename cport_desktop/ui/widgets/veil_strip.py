"""The media of one report as small veils, to walk through with the arrow keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import MediaItem, Picture
from cport_desktop.ui.models.media_grid import Tile, as_image, tile_of
from cport_desktop.ui.models.tile_list import Mark
from cport_desktop.ui.theme import figures_font
from cport_desktop.ui.widgets.glass import paint_veil, paint_words
from cport_desktop.words import window as say

_ACROSS = 3
_GAP = 8
_HEIGHT = 70
_MOST = 12
"""Veils shown in the pane; the media page shows them all."""
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_ACROSS,
    Qt.Key.Key_Down: _ACROSS,
}


class VeilStrip(QWidget):
    """One focus stop; a frame shows which item is current.

    Signals:
        chosen(int): the item at this place is current now.
    """

    chosen = Signal(int)

    def __init__(self, items: Sequence[MediaItem]) -> None:
        super().__init__()
        self._tiles: tuple[Tile, ...] = tuple(map(tile_of, items[:_MOST]))
        self._ids = tuple(item.media_id for item in items[:_MOST])
        self._more = len(items) - len(self._tiles)
        self._veils: dict[MediaId, QImage] = {}
        self._marks: dict[MediaId, tuple[Mark, ...]] = {}
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        rows = -(-len(self._tiles) // _ACROSS)
        self.setFixedHeight(max(0, rows * (_HEIGHT + _GAP) - _GAP))
        self._speak()

    def lay_veils(self, veils: Mapping[MediaId, Picture]) -> None:
        for media_id, picture in veils.items():
            self._veils[media_id] = as_image(picture)
        self.update()

    def lay_marks(self, marks: Mapping[MediaId, tuple[Mark, ...]]) -> None:
        """What lists say of them, and how large their stacks are."""
        self._marks.update(marks)
        self._speak()
        self.update()

    def veil(self, place: int) -> QImage | None:
        return self._veils.get(self._ids[place])

    def ids(self) -> tuple[MediaId, ...]:
        return self._ids

    def choose(self, place: int) -> None:
        """Make the item at `place` current."""
        self._current = max(0, min(place, len(self._tiles) - 1))
        self._speak()
        self.update()
        self.chosen.emit(self._current)

    def sizeHint(self) -> QSize:
        return QSize(320, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not 0 <= self._current + step < len(self._tiles):
            super().keyPressEvent(event)
            return
        self.choose(self._current + step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        spot = event.position().toPoint()
        for place in range(len(self._tiles)):
            if self._area(place).contains(spot):
                self.choose(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(figures_font(pixels=11))
        for place, tile in enumerate(self._tiles):
            area = self._area(place)
            paint_veil(painter, area, self.veil(place))
            paint_words(painter, area, self._words(place, tile))
            if place == self._current:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(self.palette().link().color(), 2 if self.hasFocus() else 1))
                painter.drawRoundedRect(area, 6, 6)

    def _words(self, place: int, tile: Tile) -> str:
        if self._more and place == len(self._tiles) - 1:
            return f"+{self._more}"
        marks = self._marks.get(self._ids[place], ())
        return marks[0].shown if marks else tile.short

    def _area(self, place: int) -> QRect:
        width = (self.width() - _GAP * (_ACROSS - 1)) // _ACROSS
        left = (place % _ACROSS) * (width + _GAP)
        top = (place // _ACROSS) * (_HEIGHT + _GAP)
        return QRect(left, top, width, _HEIGHT).adjusted(1, 1, -1, -1)

    def _speak(self) -> None:
        if self._tiles:
            marks = self._marks.get(self._ids[self._current], ())
            told = (self._tiles[self._current].spoken, *(mark.spoken for mark in marks))
            self.setAccessibleName(f"{say.STRIP}: {', '.join(told)}")
