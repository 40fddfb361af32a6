"""A figure: what it says in a sentence, its picture, and its table. What is chosen in one is in the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.figure_file import FigureFormat
from cport_desktop.domain.roles import ROLE_FOR
from cport_desktop.errors import CportError
from cport_desktop.exports.figure_drawing import Names, Shown, drawn, sentences, title
from cport_desktop.ui import figures
from cport_desktop.ui.charts.chart import Chart, ChartScroll
from cport_desktop.ui.charts.figure_lines import Line, columns_of, lines_of
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.listing import Listing
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import charts as say


@dataclass(slots=True)
class _Sorting:
    column: int | None = None
    is_descending: bool = False


class FigurePanel(QWidget):
    """Shows what it is given (`show_figure`), and asks for nothing itself.

    Signals:
        row_opened(int): Enter or a double click on this row or mark, by its place in what is shown.
        save_wanted(object): it is wanted as a file, in one of these `FigureFormat`s.
    """

    row_opened = Signal(int)
    save_wanted = Signal(object)

    def __init__(self, seat: Seat, kind: type[Shown], *, empty: tuple[str, str]) -> None:
        super().__init__()
        self._seat = seat
        self._shown: Shown | None = None
        self._lines: tuple[Line, ...] = ()
        self._sorting = _Sorting()
        self._told = PlainLabel(role="muted", wraps=True)
        self._notice = Notice()
        self.chart = Chart(seat.theme)
        self._scroll = ChartScroll(self.chart)
        self.listing: Listing[Line] = Listing(say.TABLE, columns_of(kind), seat.theme, empty=empty)
        self._save_picture = button(
            say.SAVE_PICTURE, self.save_picture, kind="small", key=say.SAVE_PICTURE_KEY
        )
        self._save_table = button(
            say.SAVE_TABLE, self.save_table, kind="small", key=say.SAVE_TABLE_KEY
        )
        self._lay_out()
        self._connect()
        self.show_allowed()

    # -- what whoever has it does with it

    def wait(self) -> None:
        """Something else is on its way, and that is said; the picture stays until it comes."""
        self._notice.dismiss()
        self._told.say(say.COUNTING)

    def show_figure(self, shown: Shown) -> None:
        """This from now on."""
        self._notice.dismiss()
        names = self._names()
        self._shown, self._lines = shown, lines_of(shown, names, self._seat.taxonomy)
        told = _said(shown, names)
        self._told.say(told)
        self._scroll.setVisible(bool(self._lines))
        self.chart.show_drawing(
            lambda paper, row: drawn(shown, names, paper, chosen=row), name=title(shown), told=told
        )
        self._list()
        self.show_allowed()

    def refuse(self, error: CportError) -> None:
        """Why there is nothing new; what is shown stays, with what it says."""
        shown = self._shown
        self._told.say("" if shown is None else _said(shown, self._names()))
        self._notice.tell(error)

    def show_allowed(self) -> None:
        """Nothing that the agreement or a role keeps in is offered to leave."""
        may = ROLE_FOR["export table"] in self._seat.session.keeping.roles
        may = may and Function.TABLE_EXPORT.value not in self._seat.allowed.absent
        for each in (self._save_picture, self._save_table):
            each.setVisible(may)
            each.setEnabled(bool(self._lines))

    def told(self) -> str:
        """The sentence above the picture."""
        return self._told.text()

    def shown(self) -> Shown | None:
        return self._shown

    def wear(self, theme: Theme) -> None:
        self.chart.wear(theme)
        self.listing.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.chart, self.listing.table)

    def save_picture(self) -> None:
        """Ask for the picture as a file."""
        if self._save_picture.isEnabled() and not self._save_picture.isHidden():
            self.save_wanted.emit((FigureFormat.PNG, FigureFormat.SVG))

    def save_table(self) -> None:
        """Ask for the table as a file."""
        if self._save_table.isEnabled() and not self._save_table.isHidden():
            self.save_wanted.emit((FigureFormat.CSV,))

    def sort_by(self, column: int) -> None:
        """The table by this column; by it already: the other way round."""
        is_same = self._sorting.column == column
        self._sorting = _Sorting(column, is_same and not self._sorting.is_descending)
        header = self.listing.table.horizontalHeader()
        down = Qt.SortOrder.DescendingOrder
        header.setSortIndicator(
            column, down if self._sorting.is_descending else Qt.SortOrder.AscendingOrder
        )
        header.setSortIndicatorShown(True)
        self._list()

    def sort_by_next(self) -> None:
        """The table by its next column."""
        column = self._sorting.column
        count = len(self.listing.model.columns)
        self.sort_by(0 if column is None else (column + 1) % count)

    # -- inside

    def _names(self) -> Names:
        known = self._seat.hotlines.by_number
        return Names(self._seat.taxonomy, known, moment=figures.moment, zone=figures.zone())

    def _list(self) -> None:
        lines: Sequence[Line] = self._lines
        if (column := self._sorting.column) is not None:
            lines = sorted(
                lines, key=lambda line: line.keys[column], reverse=self._sorting.is_descending
            )
        self.listing.show_rows(lines, same=lambda one, other: one.place == other.place)

    def _mark_chosen(self) -> None:
        line = self.listing.chosen()
        place = None if line is None else line.place
        self.chart.mark(place)
        if place is not None:
            self._scroll.show_item(place)

    def _choose(self, place: int) -> None:
        row = self.listing.model.find(lambda line: line.place == place)
        if row is not None:
            self.listing.table.choose(row)

    def _step(self, by: int) -> None:
        rows = self.listing.model.rowCount()
        if rows:
            chosen = self.listing.table.chosen()
            here = chosen[0] + by if chosen else 0
            self.listing.table.choose(max(0, min(rows - 1, here)))

    def _open(self) -> None:
        line = self.listing.chosen()
        if line is not None:
            self.row_opened.emit(line.place)

    def _open_line(self, line: Line) -> None:
        self.row_opened.emit(line.place)

    def _connect(self) -> None:
        self.chart.chosen.connect(self._choose)
        self.chart.stepped.connect(self._step)
        self.chart.opened.connect(self._open)
        self.listing.chosen_changed.connect(self._mark_chosen)
        self.listing.row_opened.connect(self._open_line)
        self.listing.table.column_clicked.connect(self.sort_by)
        for key, act in (
            (say.SAVE_PICTURE_KEY, self.save_picture),
            (say.SAVE_TABLE_KEY, self.save_table),
            (say.SORT_KEY, self.sort_by_next),
        ):
            bind_key(key, self, act, everywhere=True)

    def _lay_out(self) -> None:
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self._told, 1)
        acts.addWidget(self._save_picture)
        acts.addWidget(self._save_table)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self._scroll)
        parts.addWidget(self.listing)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        parts.setSizes([360, 220])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(acts)
        column.addWidget(self._notice)
        column.addWidget(parts, 1)


def _said(shown: Shown, names: Names) -> str:
    """What a figure says, in one text."""
    return " ".join(sentences(shown, names))
