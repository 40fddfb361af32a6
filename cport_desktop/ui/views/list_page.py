"""A page that is one list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.domain.rows import Page
from cport_desktop.errors import CportError, QueryError
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.models.keyset_table import Column, KeysetTable
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.rows_line import RowsLine
from cport_desktop.ui.widgets.empty_state import ListOrWords
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.rows_table import RowsTable

Row = TypeVar("Row")
PAGE_SIZE = 200


class ListPage(QWidget, Generic[Row]):
    """Loads page by page while it is scrolled; a line above says which rows.

    Signals:
        row_opened(object): Enter or a double click on this row.
    """

    row_opened = Signal(object)

    def __init__(
        self,
        seat: Seat,
        *,
        title: str,
        intro: str,
        empty: tuple[str, str],
        none_found: tuple[str, str],
        line: RowsLine,
        columns: tuple[Column[Row], ...],
        load: Callable[[str, int, str | None], Page[Row]],
    ) -> None:
        """`load`: a page of what a text asks for (text, limit, cursor)."""
        super().__init__()
        self._seat = seat
        self._empty = empty
        self._none_found = none_found
        self.line = line
        self._load = load
        self._errand: Errand | None = None
        self._is_first_awaited = False
        self.model: KeysetTable[Row] = KeysetTable(columns, self)
        self.table = RowsTable(title, self.model, seat.theme)
        self._list = ListOrWords(self.table)
        self._notice = Notice()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 12, 12)
        column.setSpacing(8)
        self._age = PlainLabel(role="caption")
        head = QHBoxLayout()
        head.addWidget(PlainLabel(title, role="title"))
        head.addStretch()
        head.addWidget(self._age)
        column.addLayout(head)
        column.addWidget(PlainLabel(intro, role="muted", wraps=True))
        column.addWidget(self.line)
        column.addWidget(self._notice)
        column.addWidget(self._list, 1)
        self.model.more_wanted.connect(self._fetch)
        self.table.activated.connect(self._open)
        self.line.asked.connect(self._ask_anew)
        self.line.left.connect(self._go_to_table)

    def refresh(self) -> None:
        """Load from the beginning."""
        if self._errand is not None:
            self._errand.cancel()
        self._is_first_awaited = True
        self._errand = self._ask(None, self._show_first)

    def veil(self) -> None:
        """Nothing is ever looked at on this page."""

    def wear(self, theme: Theme) -> None:
        self.table.wear(theme)

    def step_back(self) -> None:
        self.line.accept()
        self.table.clearSelection()

    def show_age(self, told: str) -> None:
        """How old what is listed is, and by which road it came."""
        self._age.say(told)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.line, self.table)

    @property
    def is_empty(self) -> bool:
        return self.model.rowCount() == 0

    def _ask(self, cursor: str | None, then: Callable[[Page[Row]], None]) -> Errand:
        work = partial(self._load, self.line.asked_for, PAGE_SIZE, cursor)
        return self._seat.lanes.reading.ask(self, work, then=then, otherwise=self._refuse)

    def _fetch(self, cursor: str) -> None:
        if not self._is_first_awaited:  # Else it would come behind rows that it does not follow.
            self._errand = self._ask(cursor, self.model.append)

    def _show_first(self, page: Page[Row]) -> None:
        self._is_first_awaited = False
        self._notice.dismiss()
        self.model.show_first(page)
        if page.rows:
            self._list.show_list()
            self.table.setCurrentIndex(self.model.index(0, 0))
        else:
            self._list.show_words(*(self._none_found if self.line.asked_for else self._empty))

    def _refuse(self, error: CportError) -> None:
        self._is_first_awaited = False
        self.model.stop_waiting()
        if isinstance(error, QueryError):
            self.line.refuse(error)
        else:
            self._notice.tell(error)

    def _ask_anew(self, _text: str) -> None:
        self.line.accept()
        self.refresh()

    def _go_to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_opened.emit(self.model.row(index.row()))
