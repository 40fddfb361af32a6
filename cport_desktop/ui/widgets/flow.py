"""Things side by side, in as many rows as the width asks for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Each thing at its own width; what is hidden takes no place."""

    def __init__(self, parent: QWidget, *, gap: int) -> None:
        super().__init__(parent)
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, place: int) -> QLayoutItem | None:
        return self._items[place] if 0 <= place < len(self._items) else None

    def takeAt(self, place: int) -> QLayoutItem | None:
        return self._items.pop(place) if 0 <= place < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), is_trial=True)

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._lay(area, is_trial=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, area: QRect, *, is_trial: bool) -> int:
        """The height that it takes; nothing is moved by a trial. Things of one row stand on its middle."""
        row: list[QLayoutItem] = []
        top, at = area.y(), area.x()
        for item in self._items:
            if item.isEmpty():
                continue
            width = item.sizeHint().width()
            if row and at + width > area.right() + 1:
                top += self._place(row, area.x(), top, is_trial=is_trial) + self._gap
                row, at = [], area.x()
            row.append(item)
            at += width + self._gap
        return top + self._place(row, area.x(), top, is_trial=is_trial) - area.y()

    def _place(self, row: Sequence[QLayoutItem], left: int, top: int, *, is_trial: bool) -> int:
        """The height of the row."""
        hints = [item.sizeHint() for item in row]
        height = max((hint.height() for hint in hints), default=0)
        for item, hint in zip(row, hints, strict=True):
            if not is_trial:
                middle = top + (height - hint.height()) // 2
                item.setGeometry(QRect(QPoint(left, middle), hint))
            left += hint.width() + self._gap
        return height
