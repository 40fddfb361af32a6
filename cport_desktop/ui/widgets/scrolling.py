"""A column that scrolls when it must, and the line that parts its sections."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

_STEP = 24
"""Pixels that an arrow key scrolls."""
_SCROLLING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


def scroll_by_key(area: QScrollArea, key: int) -> bool:
    """`area` is scrolled, if `key` is an arrow or a page key; whether it was one."""
    if key not in _SCROLLING:
        return False
    bar = area.verticalScrollBar()
    step = bar.pageStep() if key in _SCROLLING[2:] else _STEP
    is_up = key in (Qt.Key.Key_Up, Qt.Key.Key_PageUp)
    bar.setValue(bar.value() + (-step if is_up else step))
    return True


class _Unsqueezed(QVBoxLayout):
    """A column that is never laid out in less room than it needs.

    What grows inside is laid out at once, in the room that the page had before; the scroll area
    gives it more only at a later turn of the event loop. A frame painted in between would show
    words over what stands above them.
    """

    def __init__(self, body: QWidget, area: QScrollArea) -> None:
        super().__init__(body)
        self._body = body
        self._area = area
        self._is_growing = False

    def setGeometry(self, place: QRect) -> None:
        if not self._is_growing and place.height() < self._needed(place.width()):
            self._is_growing = True
            # What the area would hear later: it gives its page the room that it needs now.
            QCoreApplication.sendEvent(self._area, QEvent(QEvent.Type.LayoutRequest))
            self._is_growing = False
            place = self._body.contentsRect()
        super().setGeometry(place)

    def _needed(self, width: int) -> int:
        if self.hasHeightForWidth():
            return self.heightForWidth(width)
        return self.minimumSize().height()


class ScrollColumn(QScrollArea):
    """Widgets one beneath the other; never scrolls sideways."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QWidget()
        self._column = _Unsqueezed(self._body, self)
        self._column.setContentsMargins(14, 12, 14, 12)
        self._column.setSpacing(6)
        self._column.addStretch()
        self.setWidget(self._body)

    def add(self, widget: QWidget, *, space_before: int = 0) -> None:
        """Put `widget` beneath what is there."""
        if space_before:
            self._column.insertSpacing(self._column.count() - 1, space_before)
        self._column.insertWidget(self._column.count() - 1, widget)
