"""A column that is as high as what is in it, until the window around it would be higher than its screen: then
it gives way, and scrolls. What stands beneath it (the buttons of a dialog) is always seen.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from cport_desktop.ui.fitting import FRAME

_LEAST = 60
"""Pixels in which a line can be read and another is seen to follow."""
_EDGE = 8
"""Pixels between a window and the edge of its screen."""


class YieldingColumn(QScrollArea):
    """Widgets one beneath the other. `fit_height` gives it its height."""

    def __init__(self, name: str, *, spacing: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing)
        self.setWidget(body)
        self._wanted = 0

    def add(self, part: QWidget | QLayout) -> None:
        """Put `part` beneath what is there."""
        if isinstance(part, QWidget):
            self._column.addWidget(part)
        else:
            self._column.addLayout(part)

    def height_in(self, width: int) -> int:
        """What all of it needs, in pixels."""
        self._column.invalidate()
        self._wanted = _height(self._column, width)
        return self._wanted

    def event(self, event: QEvent) -> bool:
        """What is in it grew or shrank: the window around it does the same."""
        is_asked = event.type() is QEvent.Type.LayoutRequest
        if is_asked and self._wanted != _height(self._column, self.width()):
            fit_height(self.window())
        return super().event(event)


def fit_height(frame: QWidget) -> None:
    """Give `frame`, whose width is fixed, the height that its content needs: a layout's own guess
    for text that wraps is too small. A window gets no more than its screen has; a `YieldingColumn` in it
    makes up for that. Only after the next turn of the event loop do new labels know how high they are.
    """
    # Not 0: that would be put among the layout's own posted requests, before some of them.
    QTimer.singleShot(1, frame, lambda: _fit(frame))


def grow_upwards(frame: QWidget, height: int) -> None:
    """A window that gets this height goes up where the screen has no room beneath it: what stands at its
    foot is always seen.
    """
    if not frame.isVisible():
        return
    screen = frame.screen().availableGeometry()
    lowest = screen.bottom() - _EDGE - height
    if frame.y() > lowest:
        frame.move(frame.x(), max(screen.top() + _EDGE, lowest))


def _fit(frame: QWidget) -> None:
    layout = frame.layout()
    if layout is None:
        return
    yielding = frame.findChild(YieldingColumn)
    height = _height_with(layout, frame.width(), yielding, lacking=0)
    if frame.isWindow():
        room = frame.screen().availableGeometry().height() - FRAME.height()
        if height > room:
            height = _height_with(layout, frame.width(), yielding, lacking=height - room)
    frame.setFixedHeight(height)


def _height_with(
    layout: QLayout, width: int, yielding: YieldingColumn | None, *, lacking: int
) -> int:
    """What `layout` needs in `width`, its column `lacking` so much of its own height."""
    if yielding is not None:
        around = layout.contentsMargins()
        wanted = yielding.height_in(width - around.left() - around.right())
        yielding.setFixedHeight(max(min(_LEAST, wanted), wanted - lacking))
    layout.invalidate()
    return _height(layout, width)


def _height(layout: QLayout, width: int) -> int:
    # Without text that wraps a layout knows no height for a width.
    high = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else 0
    return max(high, layout.totalMinimumSize().height())
