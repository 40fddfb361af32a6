"""Media items, or stacks of them, as a grid of veils with captions and marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cport_desktop.ui.models.tile_list import Mark, TileList
from cport_desktop.ui.theme import Theme, figures_font
from cport_desktop.ui.widgets.chosen_rows import chosen_rows
from cport_desktop.ui.widgets.glass import paint_veil
from cport_desktop.words import window as say

_NARROWEST = 168
_VEIL_SHAPE = 0.66
_CAPTIONS = 50
_GAP = 10
_MARK = 18
"""Height of a mark."""


class TileDelegate(QStyledItemDelegate):
    """A card: the veil, two words beneath it, one line under them."""

    def __init__(self, theme: Theme, model: TileList[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._size = QSize(_NARROWEST, _NARROWEST)
        self._strong = figures_font()
        self._strong.setWeight(QFont.Weight.Medium)
        self._plain = figures_font(pixels=12)
        self._small = figures_font(pixels=11)
        self._colours: dict[str, QColor] = {}
        self.wear(theme)

    def wear(self, theme: Theme) -> None:
        self._colours = {
            name: QColor(colour) for name, colour in asdict(theme).items() if name != "name"
        }

    def fit(self, size: QSize) -> None:
        """Every card takes this much room, its gap included."""
        self._size = size

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return self._size

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        card: QRect = option.rect.adjusted(0, 0, -_GAP, -_GAP)
        tile = self._model.tile(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._frame(painter, card, option.state)
        veil = QRect(card.x() + 8, card.y() + 8, card.width() - 16, card.height() - _CAPTIONS - 8)
        paint_veil(painter, veil, self._model.veil(index.row()) if tile.has_picture else None)
        self._wear_marks(painter, veil, self._model.marks(index.row()))
        words = QRect(veil.x() + 1, veil.bottom() + 5, veil.width() - 2, 18)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(self._colours["muted"])
        painter.setFont(self._plain)
        painter.drawText(words, right, tile.right)
        lower = words.translated(0, 18)
        shown = painter.fontMetrics().elidedText(
            tile.beneath, Qt.TextElideMode.ElideRight, lower.width()
        )
        painter.setPen(self._colours["grave" if tile.has_fault else "muted"])
        painter.drawText(lower, left, shown)
        painter.setPen(self._colours["text"])
        painter.setFont(self._strong)
        painter.drawText(words, left, tile.left)
        painter.restore()

    def _wear_marks(self, painter: QPainter, veil: QRect, marks: Sequence[Mark]) -> None:
        """One beneath the other at the top of the veil, each on a ground of its own."""
        painter.setFont(self._small)
        top = veil.y() + 4
        for mark in marks:
            width = painter.fontMetrics().horizontalAdvance(mark.shown) + 12
            ground = QRect(veil.x() + 4, top, min(width, veil.width() - 8), _MARK)
            painter.setPen(self._colours["line"])
            painter.setBrush(self._colours["panel"])
            painter.drawRoundedRect(ground, 4, 4)
            painter.setPen(self._colours[mark.tone])
            painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, mark.shown)
            top += _MARK + 3

    def _frame(self, painter: QPainter, card: QRect, state: QStyle.StateFlag) -> None:
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        edge = self._colours["accent" if is_selected else "line"]
        painter.setPen(QPen(edge, 2 if is_selected else 1))
        painter.setBrush(self._colours["raised" if is_selected else "panel"])
        painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), 8, 8)


class TileGrid(QListView):
    """Arrow keys walk; the cards share the width.

    Signals:
        item_chosen(): another item is current.
    """

    item_chosen = Signal()

    def __init__(self, model: TileList[Any], theme: Theme, *, name: str = say.GRID) -> None:
        super().__init__()
        self._delegate = TileDelegate(theme, model, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setDragEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setViewportMargins(8, 8, 0, 0)

    def wear(self, theme: Theme) -> None:
        self._delegate.wear(theme)
        self.viewport().update()

    def chosen(self) -> int | None:
        """Number of the current item."""
        selection = self.selectionModel().selection()
        return selection.at(0).top() if selection.count() else None

    def all_chosen(self) -> list[int]:
        """Numbers of all items that are chosen, in their order."""
        return chosen_rows(self.selectionModel().selection())

    def choose(self, number: int) -> None:
        index = self.model().index(number, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.item_chosen.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.viewport().width() - 1
        across = max(1, room // (_NARROWEST + _GAP))
        width = room // across
        size = QSize(width, round((width - _GAP) * _VEIL_SHAPE) + _CAPTIONS + _GAP)
        self._delegate.fit(size)
        self.setGridSize(size)
