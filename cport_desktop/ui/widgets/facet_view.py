"""The facets as one list: arrow keys walk, Enter or a click refines, and on a heading folds."""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cport_desktop.domain.rows import Facet
from cport_desktop.ui import figures
from cport_desktop.ui.models.facet_list import FacetLine, FacetList
from cport_desktop.ui.theme import SANS, Theme, figures_font
from cport_desktop.words import facets as words
from cport_desktop.words import window as say

_HEADING_HEIGHT = 30
_LINE_HEIGHT = 22
_INSET = 12
_GAP = 8
_FOLDED, _SHOWN = "▸", "▾"
_VCENTER = Qt.AlignmentFlag.AlignVCenter
_BOTTOM = Qt.AlignmentFlag.AlignBottom


class FacetDelegate(QStyledItemDelegate):
    """A heading in small capitals, or a value with its count at the right."""

    def __init__(self, theme: Theme, model: FacetList, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._font = figures_font()
        self._strong = figures_font()
        self._strong.setWeight(QFont.Weight.DemiBold)
        self._small = figures_font(SANS, 11)
        self._small.setWeight(QFont.Weight.Medium)
        self._colours: dict[str, QColor] = {}
        self.wear(theme)

    def wear(self, theme: Theme) -> None:
        self._colours = {
            name: QColor(colour) for name, colour in asdict(theme).items() if name != "name"
        }

    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        is_heading = self._model.line(index.row()).term is None
        return QSize(60, _HEADING_HEIGHT if is_heading else _LINE_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        line = self._model.line(index.row())
        rect: QRect = option.rect
        inner = rect.adjusted(_INSET, 0, -_INSET, 0)
        if line.term is None:
            self._heading(painter, inner, line, option.state)
            return
        self._ground(painter, rect, option.state)
        is_marked = line.is_active or line.is_kept_out
        painter.setFont(self._strong if is_marked else self._font)
        painter.setPen(self._colours["muted"])
        painter.drawText(inner, _VCENTER | Qt.AlignmentFlag.AlignRight, line.count)
        room = inner.width() - painter.fontMetrics().horizontalAdvance(line.count) - _GAP
        label = _marked(line)
        shown = painter.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, room)
        painter.setPen(self._colours["accent" if is_marked else "text"])
        painter.drawText(inner, _VCENTER | Qt.AlignmentFlag.AlignLeft, shown)

    def _heading(
        self, painter: QPainter, inner: QRect, line: FacetLine, state: QStyle.StateFlag
    ) -> None:
        is_met = state & (QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver)
        painter.setFont(self._small)
        painter.setPen(self._colours["text" if is_met else "muted"])
        ground = inner.adjusted(0, 0, 0, -4)
        count = figures.count(line.values) if line.is_folded else ""
        painter.drawText(ground, _BOTTOM | Qt.AlignmentFlag.AlignRight, count)
        metrics = painter.fontMetrics()
        room = ground.width() - (metrics.horizontalAdvance(count) + _GAP if count else 0)
        label = f"{_FOLDED if line.is_folded else _SHOWN} {line.label.upper()}"
        shown = metrics.elidedText(label, Qt.TextElideMode.ElideRight, room)
        painter.drawText(ground, _BOTTOM | Qt.AlignmentFlag.AlignLeft, shown)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._colours["accent"])
            painter.drawLine(ground.bottomLeft(), ground.bottomRight())

    def _ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect, self._colours["selection"])
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._colours["raised"])


class FacetView(QListView):
    """Facets to refine a query by.

    Signals:
        term_chosen(str): add this term to the query, or take it away.
        term_kept_out(str): ask for everything but this term, or no more.
    """

    term_chosen = Signal(str)
    term_kept_out = Signal(str)

    def __init__(self, model: FacetList, theme: Theme) -> None:
        super().__init__()
        self._facets = model
        self._delegate = FacetDelegate(theme, model, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(say.FACETS)
        self.setAccessibleDescription(f"{say.FACET_HELP}. {words.FOLDING}")
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setViewportMargins(0, 2, 0, 6)
        self.clicked.connect(self._choose)

    def wear(self, theme: Theme) -> None:
        self._delegate.wear(theme)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_kept_out = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        heading = self._heading_at(self.currentIndex())
        if heading is not None and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._fold(heading.facet, is_folded=event.key() == Qt.Key.Key_Left)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._refine(self.currentIndex(), is_kept_out=is_kept_out)
        elif event.key() in (Qt.Key.Key_Minus, Qt.Key.Key_Delete):
            self._refine(self.currentIndex(), is_kept_out=True)
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        shift = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        self._refine(index, is_kept_out=bool(shift))

    def _heading_at(self, index: QModelIndex) -> FacetLine | None:
        line = self._facets.line(index.row()) if index.isValid() else None
        return line if line is not None and line.term is None else None

    def _fold(self, facet: Facet, *, is_folded: bool) -> None:
        at = self._facets.fold(facet, is_folded=is_folded)
        self.setCurrentIndex(self._facets.index(at))

    def _refine(self, index: QModelIndex, *, is_kept_out: bool) -> None:
        heading = self._heading_at(index)
        if heading is not None:
            self._fold(heading.facet, is_folded=not heading.is_folded)
        elif index.isValid() and (term := self._facets.line(index.row()).term) is not None:
            (self.term_kept_out if is_kept_out else self.term_chosen).emit(term)


def _marked(line: FacetLine) -> str:
    if line.is_kept_out:
        return f"− {line.label}"
    return f"✓ {line.label}" if line.is_active else line.label
