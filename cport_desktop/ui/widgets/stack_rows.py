"""The contents of a stack in rows: a veil, and beside it why it belongs there."""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtCore import (
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cport_desktop.ui.models.stack_tiles import MemberList
from cport_desktop.ui.theme import Theme, figures_font
from cport_desktop.ui.widgets.chosen_rows import chosen_rows
from cport_desktop.ui.widgets.glass import paint_veil
from cport_desktop.words import stack_page as say

ROW_HEIGHT = 64
_VEIL_WIDTH = 72
_INSET = 8


class MemberDelegate(QStyledItemDelegate):
    """Two lines beside a veil; what is chosen has a bar and a ground."""

    def __init__(self, theme: Theme, model: MemberList, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._strong = figures_font()
        self._strong.setWeight(QFont.Weight.Medium)
        self._plain = figures_font(pixels=12)
        self._colours: dict[str, QColor] = {}
        self.wear(theme)

    def wear(self, theme: Theme) -> None:
        self._colours = {
            name: QColor(colour) for name, colour in asdict(theme).items() if name != "name"
        }

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, ROW_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: QRect = option.rect
        tile = self._model.tile(index.row())
        painter.save()
        self._ground(painter, row, option.state)
        veil = QRect(row.x() + _INSET, row.y() + 5, _VEIL_WIDTH, row.height() - 10)
        paint_veil(painter, veil, self._model.veil(index.row()))
        left = veil.right() + 12
        upper = QRect(left, row.y() + 10, row.right() - _INSET - left, 20)
        shown = tuple(mark.shown for mark in self._model.marks(index.row()))
        self._write(painter, upper, " · ".join(filter(None, (tile.left, tile.right, *shown))))
        painter.setPen(self._colours["muted"])
        painter.setFont(self._plain)
        lower = upper.translated(0, 22)
        painter.drawText(lower, _LEFT, _fitting(painter, tile.beneath, lower))
        painter.restore()

    def _write(self, painter: QPainter, area: QRect, words: str) -> None:
        painter.setPen(self._colours["text"])
        painter.setFont(self._strong)
        painter.drawText(area, _LEFT, _fitting(painter, words, area))

    def _ground(self, painter: QPainter, row: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, self._colours["selection"])
            painter.fillRect(row.x(), row.y(), 2, row.height(), self._colours["accent"])
        painter.fillRect(row.x(), row.bottom(), row.width(), 1, self._colours["line"])


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def _fitting(painter: QPainter, words: str, area: QRect) -> str:
    return painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())


class MemberRows(QListView):
    """Arrow keys walk; Shift and Ctrl choose several.

    Signals:
        members_chosen(): others are chosen.
    """

    members_chosen = Signal()

    def __init__(self, model: MemberList, theme: Theme) -> None:
        super().__init__()
        self._delegate = MemberDelegate(theme, model, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(say.MEMBERS)
        self.setUniformItemSizes(True)
        self.setDragEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def wear(self, theme: Theme) -> None:
        self._delegate.wear(theme)
        self.viewport().update()

    def chosen(self) -> list[int]:
        """Numbers of the rows that are chosen, in their order."""
        return chosen_rows(self.selectionModel().selection())

    def choose(self, number: int) -> None:
        """Exactly this row."""
        self.setCurrentIndex(self.model().index(number, 0))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.members_chosen.emit()
