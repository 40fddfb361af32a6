"""What has all the room that there is, and never less than it needs: where there is less, it scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStyle, QWidget

_LEAST = QSize(240, 110)
"""Pixels in which something can still be read and scrolled."""


class Roomy(QScrollArea):
    """One widget. The area of the toolkit would give it the height that it would like; a table likes more
    than it needs, and would scroll in an area that scrolls.
    """

    def __init__(self, inside: QWidget, *, least: QSize = _LEAST) -> None:
        """`least`: how small it may be made itself."""
        super().__init__()
        self._least = least
        self._inside = inside
        self.setAccessibleName(inside.accessibleName())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(inside)
        self.setWidget(inside)

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint().expandedTo(self._least)

    def minimumSizeHint(self) -> QSize:
        return self._least.boundedTo(self._inside.minimumSizeHint())

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.StyleChange):
            self._fit()
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        """Without a bar if that can be; else beside the bars that are needed."""
        room = self.maximumViewportSize()
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        needed = self._needed(room.width())
        if needed.height() > room.height():
            room.setWidth(room.width() - bar)
            needed = self._needed(room.width())
        if needed.width() > room.width():
            room.setHeight(room.height() - bar)
        self._inside.resize(needed.expandedTo(room))

    def _needed(self, width: int) -> QSize:
        inside = self._inside
        least = inside.minimumSizeHint().expandedTo(inside.minimumSize())
        layout = inside.layout()
        if layout is not None and layout.hasHeightForWidth():
            wide = max(width, least.width())
            least.setHeight(max(least.height(), layout.totalMinimumHeightForWidth(wide)))
        return least
