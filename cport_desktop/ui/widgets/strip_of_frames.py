"""Keyframes of a film beside each other: haze, and while somebody looks the pictures of that look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cport_desktop.ui.playing_strip import STRIP, StripPicture
from cport_desktop.ui.widgets.glass import paint_veil
from cport_desktop.words import playing as say

_HEIGHT = 40
_GAP = 4
_ROUND = 4


class StripOfFrames(QWidget):
    """Keeps no picture longer than it is lent. A click goes to the moment of a cell, and leaves the
    focus where it is.

    Signals:
        chosen(int): the film is wanted at this moment.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._veil: QImage | None = None
        self._pictures: Sequence[StripPicture] = ()
        self._at_ms = self._length_ms = 0
        self.setAccessibleName(say.STRIP)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)

    def show_veil(self, veil: QImage | None) -> None:
        self._veil = veil
        self.update()

    def lend(self, pictures: Sequence[StripPicture]) -> None:
        """These may be seen from now on; none: all of it is haze again, at once."""
        self._pictures = pictures
        if pictures:
            self.update()
        else:
            self.repaint()

    def stand(self, at_ms: int, length_ms: int) -> None:
        """The film stands here."""
        before = self._current()
        self._at_ms, self._length_ms = at_ms, length_ms
        if self._current() != before:
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        for cell in range(STRIP):
            if self._area(cell).contains(spot):
                self.chosen.emit(self._moment(cell))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        current = self._current()
        for cell in range(STRIP):
            area = self._area(cell)
            if cell < len(self._pictures):
                _paint_picture(painter, area, self._pictures[cell].image)
            else:
                paint_veil(painter, area, self._veil)
            if cell == current:
                foot = QRect(area.left(), area.bottom() - 1, area.width(), 2)
                painter.fillRect(foot, self.palette().link())

    def _area(self, cell: int) -> QRect:
        width = (self.width() - (STRIP - 1) * _GAP) / STRIP
        left = round(cell * (width + _GAP))
        return QRect(left, 0, round(width), self.height())

    def _moment(self, cell: int) -> int:
        if cell < len(self._pictures):
            return self._pictures[cell].at_ms
        return cell * self._length_ms // STRIP

    def _current(self) -> int:
        """The cell in which the film stands."""
        moments = [self._moment(cell) for cell in range(STRIP)]
        passed = [cell for cell, moment in enumerate(moments) if moment <= self._at_ms]
        return passed[-1] if passed and self._length_ms else 0


def _paint_picture(painter: QPainter, area: QRect, image: QImage) -> None:
    """Filling the cell; what stands out of it is cut off."""
    scaled = image.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    place = QRect(0, 0, scaled.width(), scaled.height())
    place.moveCenter(area.center())
    edge = QPainterPath()
    edge.addRoundedRect(area, _ROUND, _ROUND)
    painter.save()
    painter.setClipPath(edge)
    painter.drawImage(place, image)
    painter.restore()
