"""A table of rows: compact, one line each, painted by hand so that a repaint stays cheap.

Which columns it shows, in which order, how wide and how close the rows are, whoever works with it
chooses (`TableLayout`): by the header's menu, by dragging in the header, or by keys (`ColumnsDialog`).
Until somebody does it shows the usual columns, which share its width.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
)

from cport_desktop.domain.draft import ColumnStand, TableLayout
from cport_desktop.ui.models.keyset_table import Column, KeysetTable
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.widgets.chosen_rows import chosen_rows
from cport_desktop.ui.widgets.row_cells import RowCells, Strip
from cport_desktop.ui.widgets.titles import Titles

ROW_HEIGHT = 26
COMPACT_HEIGHT = 22
NARROWEST = 40
WIDEST = 1_200
_ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_NARROWEST_SHARE = 68
_WIDE_SHARE = 124


def _seen(stand: ColumnStand) -> ColumnStand:
    """As wide as it was remembered, within what a screen shows."""
    if stand.width is None:
        return stand
    return replace(stand, width=min(max(stand.width, NARROWEST), WIDEST))


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of `numbers`, which ascend."""
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        each = [number for _, number in run]
        yield each[0], each[-1]


class RowsTable(QTableView):
    """A read-only table with whole-row selection.

    Signals:
        rows_chosen(): the selection changed.
        column_clicked(int): a header was clicked.
        layout_changed(): whoever works with it wants its columns or rows otherwise.
    """

    rows_chosen = Signal()
    column_clicked = Signal(int)
    layout_changed = Signal()

    def __init__(
        self, name: str, model: KeysetTable[Any], theme: Theme, *, is_multiple: bool = False
    ) -> None:
        super().__init__()
        self._rows = model
        self._layout = TableLayout()
        self._is_laying = False
        self.kept_as = ""
        """The name under which its layout is remembered; none, and it is not."""
        self._is_usually_compact = False
        self.setModel(model)
        self._cells = RowCells(model, theme)
        self._leftmost = 0
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(
            QAbstractItemView.SelectionMode.ExtendedSelection
            if is_multiple
            else QAbstractItemView.SelectionMode.SingleSelection
        )
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(COMPACT_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = Titles(Qt.Orientation.Horizontal, self)
        self.setHorizontalHeader(header)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(NARROWEST)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self.column_clicked)
        header.setStretchLastSection(False)
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(True)
        header.sectionMoved.connect(self._header_moved)
        header.sectionResized.connect(self._header_resized)
        self._share_widths()

    def wear(self, theme: Theme) -> None:
        self._cells.wear(theme)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """All cells in one go. Qt's own asks for each cell anew whether Python is free, and beside a
        thread that works without pause every time is a wait.
        """
        painter = QPainter(self.viewport())
        self._cells.paint(painter, self._rows_in(event.rect()), self._strips(), self._height())
        painter.end()

    def _rows_in(self, area: QRect) -> Iterator[tuple[int, int, bool]]:
        """Of each row within `area`: its number, where it begins, and whether it is chosen."""
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        if first < 0:
            return
        if last < 0:
            last = self._rows.rowCount() - 1
        choice, height, y = self.selectionModel(), self._height(), self.rowViewportPosition(first)
        for row in range(first, last + 1):
            yield row, y, choice.isSelected(self._rows.index(row, self._leftmost))
            y += height

    def _strips(self) -> tuple[Strip, ...]:
        return tuple(
            Strip(at, self.columnViewportPosition(at), self.columnWidth(at))
            for at in self.shown_columns()
        )

    def _height(self) -> int:
        return self.verticalHeader().defaultSectionSize()

    def chosen(self) -> list[int]:
        """Numbers of the selected rows, in order."""
        return chosen_rows(self.selectionModel().selection())

    def choose(self, number: int) -> None:
        """Select row `number` alone, whatever keys are held, and show it."""
        index = self._rows.index(number, self._leftmost)
        self.selectionModel().setCurrentIndex(index, _ALONE)
        self.scrollTo(index)

    def choose_many(self, numbers: Sequence[int], current: int) -> None:
        """Select exactly these rows; the keys are at `current`."""
        rows, last = QItemSelection(), len(self._rows.columns) - 1
        for first, end in _runs(numbers):
            rows.append(
                QItemSelectionRange(self._rows.index(first, 0), self._rows.index(end, last))
            )
        index = self._rows.index(current, self._leftmost)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().select(rows, _ALONE)

    # -- how it is laid out

    def table_layout(self) -> TableLayout:
        """What was chosen; no columns: the usual ones."""
        return self._layout

    def lay(self, layout: TableLayout) -> None:
        """Look like this from now on. Columns that there are no more are left out, and none is
        narrower or wider than somebody could draw it; with none that is known the usual ones are shown.
        """
        known = {column.known_as for column in self._rows.columns}
        kept = tuple(_seen(each) for each in layout.columns if each.name in known)
        self._layout = replace(layout, columns=kept)
        self._close_rows()
        self._share_widths()

    @property
    def is_compact(self) -> bool:
        """Rows are closer, as was chosen for this table, or for all."""
        chosen = self._layout.is_compact
        return self._is_usually_compact if chosen is None else chosen

    def be_usually(self, *, compact: bool) -> None:
        """So rows stand while nothing else was chosen for this table."""
        self._is_usually_compact = compact
        self._close_rows()

    def _close_rows(self) -> None:
        height = COMPACT_HEIGHT if self.is_compact else ROW_HEIGHT
        self.verticalHeader().setDefaultSectionSize(height)

    def choose_layout(self, layout: TableLayout) -> None:
        """As `lay`, by somebody who works with it."""
        self.lay(layout)
        self.layout_changed.emit()

    def shown_columns(self) -> tuple[int, ...]:
        """The columns that are shown, from left to right."""
        header = self.horizontalHeader()
        places = (header.logicalIndex(place) for place in range(header.count()))
        return tuple(at for at in places if not header.isSectionHidden(at))

    def stands(self) -> tuple[ColumnStand, ...]:
        """The columns that are shown, from left to right, each as somebody chose it."""
        if self._layout.columns:
            return self._layout.columns
        columns = self._rows.columns
        return tuple(ColumnStand(columns[at].known_as) for at in self.shown_columns())

    def columns(self) -> tuple[Column[Any], ...]:
        """All that it could show."""
        return self._rows.columns

    def width_of(self, name: str) -> int:
        """How wide a column is; 0 if it is not shown."""
        for at, column in enumerate(self._rows.columns):
            if column.known_as == name:
                return self.columnWidth(at)
        return 0

    def _header_moved(self, _column: int, _before: int, _after: int) -> None:
        if not self._is_laying:
            widths = {each.name: each.width for each in self.stands()}
            names = [self._rows.columns[at].known_as for at in self.shown_columns()]
            stands = tuple(ColumnStand(name, widths.get(name)) for name in names)
            self.choose_layout(replace(self._layout, columns=stands))

    def _header_resized(self, column: int, _before: int, width: int) -> None:
        if self._is_laying or not width:
            return
        name = self._rows.columns[column].known_as
        stands = tuple(
            ColumnStand(name, width) if each.name == name else each for each in self.stands()
        )
        # The others stay as they are while somebody draws at one.
        self._layout = replace(self._layout, columns=stands)
        self.layout_changed.emit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.rows_chosen.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now do titles have the face in which they are shown."""
        super().showEvent(event)
        self._share_widths()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_widths()

    def _share_widths(self) -> None:
        if self._is_laying:
            return
        self._is_laying = True
        room = -1
        # A scroll bar that comes or goes with the columns leaves them other room, once.
        for _ in range(2):
            if room != self.viewport().width():
                room = self.viewport().width()
                widths = self._chosen_widths() if self._layout.columns else self._usual_widths()
                self._show_columns(widths)
        self._is_laying = False

    def _chosen_widths(self) -> dict[int, int]:
        """Of the columns that somebody chose, from left to right: what has no width shares the rest."""
        places = {column.known_as: at for at, column in enumerate(self._rows.columns)}
        stands = [(places[each.name], each.width) for each in self._layout.columns]
        columns = self._rows.columns
        fixed = {at: width or columns[at].width for at, width in stands}
        shares = sum(columns[at].share for at, width in fixed.items() if width is None) or 1
        room = self.viewport().width() - sum(width or 0 for width in fixed.values())
        share = max(_NARROWEST_SHARE, room / shares)
        return {
            at: int(share * columns[at].share) if width is None else width
            for at, width in fixed.items()
        }

    def _usual_widths(self) -> dict[int, int]:
        """Of the usual columns, from left to right. One that its title makes wider than its share takes that
        from the others that share.
        """
        columns = {
            at: column for at, column in enumerate(self._rows.columns) if not column.is_extra
        }
        room = self.viewport().width()
        fixed = {at: self._beneath_its_title(at, c.width) for at, c in columns.items() if c.width}
        shares = sum(column.share for column in columns.values() if column.width is None) or 1
        if room - sum(fixed.values()) < _WIDE_SHARE * shares:
            columns = {at: column for at, column in columns.items() if not column.is_spare}
        taken = {at: width for at, width in fixed.items() if at in columns}
        while sharing := {at: c.share for at, c in columns.items() if at not in taken}:
            part = (room - sum(taken.values())) / sum(sharing.values())
            widths = {at: int(max(_NARROWEST_SHARE, part) * share) for at, share in sharing.items()}
            wider = {at: self._beneath_its_title(at, width) for at, width in widths.items()}
            taken |= {at: width for at, width in wider.items() if width > widths[at]} or widths
        return {at: taken[at] for at in columns}

    def _beneath_its_title(self, at: int, width: int) -> int:
        """A column is as wide as what stands above it, in whichever language."""
        return max(width, self.horizontalHeader().sectionSizeHint(at))

    def _show_columns(self, widths: dict[int, int]) -> None:
        """These columns in this order, and no others."""
        header = self.horizontalHeader()
        order = [*widths, *(at for at in range(header.count()) if at not in widths)]
        for place, at in enumerate(order):
            if header.visualIndex(at) != place:
                header.moveSection(header.visualIndex(at), place)
            is_hidden = at not in widths
            if header.isSectionHidden(at) != is_hidden:
                header.setSectionHidden(at, is_hidden)
            if not is_hidden and header.sectionSize(at) != widths[at]:
                header.resizeSection(at, widths[at])
        self._leftmost = next(iter(widths), 0)
        self._rows.expect(frozenset(widths))
