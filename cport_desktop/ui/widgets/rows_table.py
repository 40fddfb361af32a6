"""A table of rows: compact, one line each, painted by hand so that a repaint stays cheap."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from PySide6.QtCore import QItemSelection, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from cport_desktop.ui.models.keyset_table import TONE_ROLE, KeysetTable
from cport_desktop.ui.theme import MONO, SANS, Theme

ROW_HEIGHT = 26
_INSET = 7
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_NARROWEST_SHARE = 68
_WIDE_SHARE = 124


def figures_font(family: str = SANS, pixels: int = 13) -> QFont:
    """A face whose digits are all of one width, so that columns of numbers line up."""
    font = QFont(family)
    font.setPixelSize(pixels)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


class RowDelegate(QStyledItemDelegate):
    """Paints a cell from its text and its tone; selection is a bar and a ground."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._sans = figures_font()
        self._mono = figures_font(MONO, 12)
        self._colours: dict[str, QColor] = {}
        self._mono_columns: frozenset[int] = frozenset()
        self._number_columns: frozenset[int] = frozenset()
        self.wear(theme)

    def wear(self, theme: Theme) -> None:
        self._colours = {
            name: QColor(colour) for name, colour in asdict(theme).items() if name != "name"
        }

    def fit(self, columns: tuple[Any, ...]) -> None:
        """Take note of which columns hold numbers and which are monospaced."""
        self._mono_columns = frozenset(at for at, c in enumerate(columns) if c.is_mono)
        self._number_columns = frozenset(at for at, c in enumerate(columns) if c.is_number)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        column = index.column()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._colours["selection"])
            if column == 0:
                painter.fillRect(rect.x(), rect.y(), 2, rect.height(), self._colours["accent"])
        tone = index.data(TONE_ROLE)
        painter.setPen(self._colours[tone or "text"])
        painter.setFont(self._mono if column in self._mono_columns else self._sans)
        inner = rect.adjusted(_INSET, 0, -_INSET, 0)
        text = painter.fontMetrics().elidedText(
            index.data(), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, _RIGHT if column in self._number_columns else _LEFT, text)


class RowsTable(QTableView):
    """A read-only table with whole-row selection.

    Signals:
        rows_chosen(): the selection changed.
        column_clicked(int): a header was clicked.
    """

    rows_chosen = Signal()
    column_clicked = Signal(int)

    def __init__(
        self, name: str, model: KeysetTable[Any], theme: Theme, *, is_multiple: bool = False
    ) -> None:
        super().__init__()
        self._rows = model
        self.setModel(model)
        self._delegate = RowDelegate(theme, self)
        self.setAccessibleName(name)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(
            QAbstractItemView.SelectionMode.ExtendedSelection
            if is_multiple
            else QAbstractItemView.SelectionMode.SingleSelection
        )
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self.column_clicked)
        header.setStretchLastSection(False)
        self._delegate.fit(model.columns)
        self._share_widths()

    def wear(self, theme: Theme) -> None:
        self._delegate.wear(theme)
        self.viewport().update()

    def chosen(self) -> list[int]:
        """Numbers of the selected rows, in order."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def choose(self, number: int) -> None:
        """Select row `number` alone and show it."""
        self.selectRow(number)
        self.scrollTo(self._rows.index(number, 0))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.rows_chosen.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_widths()

    def _share_widths(self) -> None:
        columns = self._rows.columns
        shares = sum(column.share for column in columns if column.width is None) or 1
        room = self.viewport().width()
        needed = sum(column.width or 0 for column in columns)
        has_spare = room - needed >= _WIDE_SHARE * shares
        if not has_spare:
            needed -= sum(column.width or 0 for column in columns if column.is_spare)
        share = max(_NARROWEST_SHARE, (room - needed) / shares)
        for number, column in enumerate(columns):
            width = int(share * column.share) if column.width is None else column.width
            self.setColumnWidth(number, width)
            self.setColumnHidden(number, column.is_spare and not has_spare)
