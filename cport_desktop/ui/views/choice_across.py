"""Choosing across pages: all that a query finds, though a few hundred rows of it are loaded.

Rules:
1. When all rows that are loaded are chosen and there are more, a line offers to choose them all; the key
   that chose the rows does, pressed once more.
2. Then every row that is loaded later is chosen, too. A row that is taken out with Ctrl stays out; the
   line says how many.
3. Choosing one row by itself, another search, or Escape ends it. The same search again does not: what
   was chosen is chosen still (`chose`, `choose_again`), as far as it is found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cport_desktop.domain.chosen import AllFound, Chosen
from cport_desktop.domain.ids import ReportId
from cport_desktop.ui import figures
from cport_desktop.ui.models.keyset_table import KeysetTable
from cport_desktop.ui.widgets.chosen_rows import chosen_rows
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.plain_label import ElidedLabel
from cport_desktop.ui.widgets.rows_table import RowsTable
from cport_desktop.words import table_page as say
from cport_desktop.words.window import DASH

_SELECT_ROWS = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


@dataclass(frozen=True, slots=True)
class Chose:
    """What is chosen: these reports, or (`is_all`) all that is found but those that were `left_out`."""

    reports: frozenset[ReportId]
    is_all: bool
    left_out: frozenset[ReportId]


class ChoiceAcross(QWidget):
    """The line above a table of reports that says what is chosen beyond the rows that are loaded.

    Signals:
        changed(): other reports are chosen than before.
    """

    changed = Signal()

    def __init__(
        self, table: RowsTable, model: KeysetTable[Any], number: Callable[[int], ReportId]
    ) -> None:
        """`number`: of the report in a row."""
        super().__init__()
        self._table = table
        self._model = model
        self._number = number
        self._found: int | None = None
        self.is_all = False
        self._told = ElidedLabel()
        self._all = button("", self.choose_all, kind="small", key=say.CHOOSE_ALL_KEY)
        self._none = button(say.UNCHOOSE, table.clearSelection, kind="small", key=say.UNCHOOSE_KEY)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._told, 1)
        row.addWidget(self._all)
        row.addWidget(self._none)
        table.selectionModel().selectionChanged.connect(self._selection_changed)
        model.rowsInserted.connect(self._rows_came)
        model.modelAboutToBeReset.connect(self.forget)
        bind_key(say.CHOOSE_ALL_KEY, table, self._choose_more)
        self.hide()

    def learn_found(self, found: int | None) -> None:
        """So many reports the query finds; None: it is being counted."""
        self._found = found
        self._show()

    def forget(self) -> None:
        """Nothing beyond what is loaded is chosen any more."""
        self.is_all = False
        self._show()

    def choose_all(self) -> None:
        """Everything that the query finds is chosen."""
        self.is_all = True
        self._table.selectAll()
        self._show()
        self.changed.emit()

    def chose(self) -> Chose:
        """What is chosen now, to be chosen again when the same search is done again."""
        reports = frozenset(self._number(row) for row in self._table.chosen())
        return Chose(reports, self.is_all, self._left_out() if self.is_all else frozenset())

    def choose_again(self, chose: Chose, current: int) -> None:
        """Those that were chosen are, as far as they are here; the keys are at `current`. All that is found
        is chosen only where everything that was left out of it is here, to be left out again.
        """
        here = {self._number(row): row for row in range(self._model.rowCount())}
        is_all = chose.is_all and chose.left_out <= here.keys()
        if is_all:
            rows = [row for report_id, row in here.items() if report_id not in chose.left_out]
        else:
            rows = [row for report_id, row in here.items() if report_id in chose.reports]
        if chose.is_all is not is_all or current not in rows:
            rows = [current]
        self._table.choose_many(rows, current)
        self.is_all = is_all and len(rows) > 1
        self._show()
        self.changed.emit()

    def words(self) -> str:
        """What it says; nothing while it is not there."""
        return "" if self.isHidden() else self._told.text()

    def chosen(self, text: str) -> Chosen:
        """What is chosen, where `text` is the query that is shown."""
        if self.is_all:
            return AllFound(text, self._left_out())
        return tuple(self._number(row) for row in self._table.chosen())

    def count(self) -> int:
        """How many reports are chosen."""
        if self.is_all and self._found is not None:
            return max(0, self._found - len(self._left_out()))
        return len(self._table.chosen())

    def _left_out(self) -> frozenset[ReportId]:
        chosen = set(self._table.chosen())
        return frozenset(
            self._number(row) for row in range(self._model.rowCount()) if row not in chosen
        )

    def _choose_more(self) -> None:
        loaded = self._model.rowCount()
        if loaded and len(self._table.chosen()) == loaded and not self._model.is_whole:
            self.choose_all()
        else:
            self._table.selectAll()

    def _selection_changed(self, came: QItemSelection, went: QItemSelection) -> None:
        taken_out, added = len(chosen_rows(went)), len(chosen_rows(came))
        if self.is_all and taken_out and (added or taken_out > 1):
            self.is_all = False  # Another choice took its place.
        elif taken_out and not self._table.chosen():
            self.is_all = False  # Nothing that one sees is chosen.
        self._show()

    def _rows_came(self, _parent: QModelIndex, first: int, last: int) -> None:
        if self.is_all:
            rows = QItemSelection(self._model.index(first, 0), self._model.index(last, 0))
            self._table.selectionModel().select(rows, _SELECT_ROWS)
        else:
            self._show()

    def _show(self) -> None:
        loaded, chosen = self._model.rowCount(), len(self._table.chosen())
        is_offered = bool(loaded) and chosen == loaded and not self._model.is_whole
        found = figures.count(self._found) if self._found is not None else ""
        if self.is_all:
            out = loaded - chosen
            without = figures.count(out) if out else None
            told = DASH if self._found is None else figures.count(self.count())
            self._told.say(say.all_found_chosen(told, without))
        elif is_offered:
            self._told.say(say.all_loaded_chosen(figures.count(chosen)))
            self._all.setText(f"{say.choose_all(found)}  {say.CHOOSE_ALL_KEY}")
            self._all.setAccessibleName(say.choose_all(found))
        self._all.setVisible(is_offered and not self.is_all)
        self._none.setVisible(self.is_all)
        self.setVisible(self.is_all or is_offered)
