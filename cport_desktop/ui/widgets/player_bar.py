"""Where a film stands: a line with a knob and two marks. It says position and length, and no more."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cport_desktop.ui.figures import clock_length
from cport_desktop.words import playing as say

_HEIGHT = 20
_KNOB = 6.0
_STEP_MS = 1_000
_STEPS = {Qt.Key.Key_Left: -_STEP_MS, Qt.Key.Key_Right: _STEP_MS}


class PlayerBar(QWidget):
    """Dragged with the mouse, or with the arrows. A click leaves the focus where it is, so that a look
    that is held goes on.

    Signals:
        dragged(int): somebody is on the way to this moment.
        let_go(int): and stays there.
    """

    dragged = Signal(int)
    let_go = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._at_ms = self._length_ms = 0
        self._marks: tuple[int | None, int | None] = (None, None)
        self._is_dragged = False
        self._spoken = -1
        self.setAccessibleName(say.POSITION)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def stand(self, at_ms: int, length_ms: int, marks: tuple[int | None, int | None]) -> None:
        """The film stands here."""
        self._at_ms, self._length_ms, self._marks = at_ms, length_ms, marks
        if (second := at_ms // 1000) != self._spoken:
            self._spoken = second
            length = clock_length(length_ms / 1000) if length_ms else ""
            self.setAccessibleDescription(say.place_of(clock_length(second), length))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._length_ms:
            self._is_dragged = True
            self.dragged.emit(self._moment(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_dragged:
            self.dragged.emit(self._moment(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_dragged and event.button() is Qt.MouseButton.LeftButton:
            self._is_dragged = False
            self.let_go.emit(self._moment(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.let_go.emit(max(0, min(self._at_ms + step, self._length_ms)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colours = self.palette()
        line = self._line()
        resting = QColor(colours.placeholderText().color())
        resting.setAlphaF(0.35)
        self._paint_line(painter, line, resting)
        played = QRectF(line)
        played.setRight(self._place(self._at_ms))
        accent = colours.link().color()
        self._paint_line(painter, played, accent)
        self._paint_repeated(painter, line, accent)
        painter.setBrush(accent)
        painter.drawEllipse(QPointF(self._place(self._at_ms), line.center().y()), _KNOB, _KNOB)
        if self.hasFocus():
            painter.setPen(accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _paint_repeated(self, painter: QPainter, line: QRectF, accent: QColor) -> None:
        """Marks stand up from the line, and what lies between them is thicker."""
        begin, end = self._marks
        if begin is not None and end is not None:
            part = QRectF(line)
            part.setLeft(self._place(begin))
            part.setRight(self._place(end))
            haze = QColor(accent)
            haze.setAlphaF(0.25)
            painter.setBrush(haze)
            painter.drawRect(part.adjusted(0, -5, 0, 5))
        painter.setBrush(accent)
        for mark in self._marks:
            if mark is not None:
                painter.drawRect(QRectF(self._place(mark) - 1, line.center().y() - 8, 2, 16))

    def _paint_line(self, painter: QPainter, part: QRectF, colour: QColor) -> None:
        painter.setBrush(colour)
        painter.drawRoundedRect(part, 2, 2)

    def _line(self) -> QRectF:
        middle = self.height() / 2
        return QRectF(_KNOB + 1, middle - 2, self.width() - 2 * (_KNOB + 1), 4)

    def _place(self, at_ms: int) -> float:
        line = self._line()
        share = at_ms / self._length_ms if self._length_ms else 0.0
        return line.left() + line.width() * max(0.0, min(1.0, share))

    def _moment(self, spot: QPointF) -> int:
        line = self._line()
        share = (spot.x() - line.left()) / max(1.0, line.width())
        return round(max(0.0, min(1.0, share)) * self._length_ms)
