"""A short list that is held whole: a table, or words in its place while it is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.domain.rows import Page
from cport_desktop.ui.models.keyset_table import Column, KeysetTable
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.widgets.empty_state import ListOrWords
from cport_desktop.ui.widgets.rows_table import RowsTable

Row = TypeVar("Row")


class Listing(QWidget, Generic[Row]):
    """Rows with one that is chosen.

    Signals:
        chosen_changed(): another row is chosen, or none.
        row_opened(object): Enter or a double click on this row.
    """

    chosen_changed = Signal()
    row_opened = Signal(object)

    def __init__(
        self, name: str, columns: Sequence[Column[Row]], theme: Theme, *, empty: tuple[str, str]
    ) -> None:
        super().__init__()
        self._empty = empty
        self.model: KeysetTable[Row] = KeysetTable(columns, self)
        self.table = RowsTable(name, self.model, theme)
        self._list = ListOrWords(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)
        self.table.rows_chosen.connect(self.chosen_changed)
        self.table.activated.connect(self._open)
        self._list.show_words(*empty)

    def show_rows(
        self,
        rows: Sequence[Row],
        *,
        empty: tuple[str, str] | None = None,
        same: Callable[[Row, Row], bool] | None = None,
    ) -> None:
        """Exactly these rows; the one that is the `same` as was chosen before is chosen again."""
        self.show_page(Page(tuple(rows), None, 0.0), empty=empty, same=same)

    def show_page(
        self,
        page: Page[Row],
        *,
        empty: tuple[str, str] | None = None,
        same: Callable[[Row, Row], bool] | None = None,
        chooses_another: bool = True,
    ) -> None:
        """The rows of this page instead of all that was shown. Where the one that was chosen is gone, the
        first is chosen, or none (`chooses_another`).
        """
        before = self.chosen()
        self.model.show_first(page)
        if not page.rows:
            self._list.show_words(*(empty or self._empty))
        else:
            self._list.show_list()
            found = None if before is None or same is None else self._find(before, same)
            if found is not None or chooses_another:
                self.table.choose(found or 0)
        self.chosen_changed.emit()

    def chosen(self) -> Row | None:
        """The row that is chosen."""
        numbers = self.table.chosen()
        return self.model.row(numbers[0]) if numbers else None

    def rows(self) -> tuple[Row, ...]:
        """All that is shown."""
        return tuple(map(self.model.row, range(self.model.rowCount())))

    def words(self) -> str:
        """The title in the list's place; empty while the list is shown."""
        return self._list.words()

    def wear(self, theme: Theme) -> None:
        self.table.wear(theme)

    @property
    def is_empty(self) -> bool:
        return self.model.rowCount() == 0

    def _find(self, before: Row, same: Callable[[Row, Row], bool]) -> int | None:
        return self.model.find(lambda row: same(row, before))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_opened.emit(self.model.row(index.row()))
