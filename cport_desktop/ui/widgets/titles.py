"""The heads of a table's columns."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QSinglePointEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionHeader

_MOVES: Final = (QEvent.Type.MouseMove, QEvent.Type.HoverMove, QEvent.Type.HoverEnter)


class Titles(QHeaderView):
    """Paints each title by itself. Qt's own asks of the columns beside it whether all their rows are
    chosen, and for that goes through every row of the table: ten thousand chosen rows took 130 ms each
    time that the choice changed.
    """

    beneath = -1
    """The column beneath the pointer."""

    def viewportEvent(self, event: QEvent) -> bool:
        """Where the pointer is, as events tell it: asking the system where it is ends the process on some."""
        if isinstance(event, QSinglePointEvent) and event.type() in _MOVES:
            self._go_to(self.logicalIndexAt(event.position().toPoint()))
        elif event.type() in (QEvent.Type.Leave, QEvent.Type.HoverLeave):
            self._go_to(-1)
        return super().viewportEvent(event)

    def _go_to(self, column: int) -> None:
        if column != self.beneath:
            self.beneath = column
            self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if not rect.isValid():
            return
        option = QStyleOptionHeader()
        self.initStyleOption(option)
        option.rect = rect
        option.section = logicalIndex
        option.position = QStyleOptionHeader.SectionPosition.Middle
        model, across = self.model(), self.orientation()
        option.textAlignment = model.headerData(
            logicalIndex, across, Qt.ItemDataRole.TextAlignmentRole
        )
        option.text = model.headerData(logicalIndex, across, Qt.ItemDataRole.DisplayRole)
        if self.isEnabled() and logicalIndex == self.beneath:
            option.state |= QStyle.StateFlag.State_MouseOver
        self.style().drawControl(QStyle.ControlElement.CE_Header, option, painter, self)
