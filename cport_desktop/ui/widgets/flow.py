"""Things side by side, in as many rows as the width asks for."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Each thing at its own width, but one that may stretch; what is hidden takes no place."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        gap: int,
        between: int | None = None,
        elastic: QWidget | None = None,
    ) -> None:
        """`gap` and, between rows, `between` in pixels. `elastic` takes what its row leaves over, and is
        content with the least that it needs.
        """
        super().__init__(parent)
        self._gap = gap
        self._between = gap if between is None else between
        self._elastic = elastic
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

    def stretch(self, elastic: QWidget) -> None:
        """From now on this is the one that stretches."""
        self._elastic = elastic
        self.invalidate()

    def width_of_one_row(self, *, without: Collection[QWidget] = ()) -> int:
        """The width in which everything that is shown stands in one row, in pixels."""
        shown = (item for item in self._items if not item.isEmpty())
        widths = [self._hint(item).width() for item in shown if item.widget() not in without]
        margins = self.contentsMargins()
        return sum(widths) + self._gap * max(0, len(widths) - 1) + margins.left() + margins.right()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _lay(self, area: QRect, *, is_trial: bool) -> int:
        """The height that it takes; nothing is moved by a trial. Things of one row stand on its middle."""
        row: list[QLayoutItem] = []
        around = self.contentsMargins()
        area = area.marginsRemoved(around)
        top, at = area.y(), area.x()
        for item in self._items:
            if item.isEmpty():
                continue
            width = self._hint(item).width()
            if row and at + width > area.right() + 1:
                top += self._place(row, area, top, is_trial=is_trial) + self._between
                row, at = [], area.x()
            row.append(item)
            at += width + self._gap
        height = top + self._place(row, area, top, is_trial=is_trial) - area.y()
        return height + around.top() + around.bottom()

    def _place(self, row: Sequence[QLayoutItem], area: QRect, top: int, *, is_trial: bool) -> int:
        """The height of the row."""
        hints = [self._hint(item) for item in row]
        height = max((hint.height() for hint in hints), default=0)
        if is_trial:
            return height
        over = area.width() - sum(hint.width() + self._gap for hint in hints) + self._gap
        left = area.x()
        for item, hint in zip(row, hints, strict=True):
            if item.widget() is self._elastic:
                hint.setWidth(hint.width() + max(0, over))
            middle = top + (height - hint.height()) // 2
            item.setGeometry(QRect(QPoint(left, middle), hint))
            left += hint.width() + self._gap
        return height

    def _hint(self, item: QLayoutItem) -> QSize:
        hint = item.sizeHint()
        if self._elastic is not None and item.widget() is self._elastic:
            least = self._elastic.minimumSizeHint().width()
            hint.setWidth(max(0, least, self._elastic.minimumWidth()))
        return hint
