"""Plain text that wraps between words where it can, and within one where it must, so that none of it is
cut off: a label breaks no word, however long a stranger made it.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QFont,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy

from cport_desktop.ui.widgets.plain_label import PlainLabel

WRAPPED_TOP = 2
"""Pixels above the first line."""
_NARROWEST, _LOWEST = 120, 18


class WrappedText(PlainLabel):
    """A label that paints its text itself. Ctrl+C copies it whole."""

    def __init__(
        self,
        text: str,
        *,
        wrap: QTextOption.WrapMode = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere,
        direction: Qt.LayoutDirection = Qt.LayoutDirection.LayoutDirectionAuto,
    ) -> None:
        super().__init__(text)
        self._wrap = wrap
        self._direction = direction
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, _LOWEST)

    def sizeHint(self) -> QSize:
        return QSize(_NARROWEST, self._height_at(max(_NARROWEST, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self._height_at(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        # The application's palette: a style sheet makes a widget's own placeholder half clear.
        palette = QGuiApplication.palette()
        painter.setPen(self.pen_colour(palette).color())
        layout = self._laid_out(self.width(), self.formats(palette))
        layout.draw(painter, QPointF(0, WRAPPED_TOP))
        if self.hasFocus():
            painter.setPen(palette.link().color())
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)

    # -- what a kind of text looks like

    def face(self) -> QFont:
        """The typeface it is written in."""
        return self.font()

    def pen_colour(self, palette: QPalette) -> QBrush:
        """What most of it is painted with."""
        return palette.windowText()

    def formats(self, palette: QPalette) -> list[QTextLayout.FormatRange]:
        """What of it looks different."""
        del palette
        return []

    # -- laying out

    def _height_at(self, width: int) -> int:
        return max(
            _LOWEST, round(self._laid_out(width, []).boundingRect().height()) + 2 * WRAPPED_TOP
        )

    def _laid_out(self, width: int, formats: list[QTextLayout.FormatRange]) -> QTextLayout:
        layout = QTextLayout(self.text(), self.face())
        options = QTextOption()
        options.setWrapMode(self._wrap)
        options.setTextDirection(self._direction)
        layout.setTextOption(options)
        layout.setFormats(formats)
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout
