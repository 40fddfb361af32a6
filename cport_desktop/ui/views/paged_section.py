"""A part that is one long list: it loads page by page, and looks again when it is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cport_desktop.domain.rows import Page
from cport_desktop.errors import CportError, QueryError
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.page_section import PageSection
from cport_desktop.ui.views.rows_line import RowsLine
from cport_desktop.ui.widgets.paged_listing import PagedListing

Row = TypeVar("Row")


class PagedSection(PageSection, Generic[Row]):
    """Whoever makes one says what the list shows (`list_pages`), beneath its acts."""

    list: PagedListing[Row]
    line: RowsLine | None = None
    _empty = ("", "")
    _none_found = ("", "")

    def list_pages(
        self,
        columns: Sequence[Column[Row]],
        load: Callable[[int, str | None], Page[Row]],
        *,
        same: Callable[[Row, Row], bool],
        empty: tuple[str, str],
    ) -> None:
        """The list, with pages from `load` (limit, cursor); rows that are the `same` stay chosen, and
        `empty` stands in its place while there is none.
        """
        self._empty = empty
        self.list = PagedListing[Row](self.title, columns, self._seat.theme, empty=empty)
        self.list.feed(self._seat.lanes.reading, load, same=same, otherwise=self.refuse)
        self._column.addWidget(self.list, 1)

    def ask_by(self, line: RowsLine, *, none_found: tuple[str, str]) -> None:
        """`line`, which the part has put somewhere, says which rows are listed; `none_found` stands in
        their place where it asks for none that there is.
        """
        self.line = line
        self._none_found = none_found
        line.asked.connect(self._ask_anew)
        line.left.connect(self._go_to_list)

    def refresh(self) -> None:
        if self.line is not None:
            is_whole = not self.line.asked_for
            self.list.say_if_empty(self._empty if is_whole else self._none_found)
        self.list.refresh()

    def refuse(self, error: CportError) -> None:
        if self.line is not None and isinstance(error, QueryError):
            self.line.refuse(error)
        else:
            super().refuse(error)

    def step_back(self) -> None:
        if self.line is not None:
            self.line.accept()
        super().step_back()

    def take_focus(self) -> None:
        if self.list.isVisible() and not self.list.is_empty:
            self._go_to_list()
        else:
            super().take_focus()

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.list.table,) if self.line is None else (self.line, self.list.table)

    def _ask_anew(self, _text: str) -> None:
        if self.line is not None:
            self.line.accept()
        self.refresh()

    def _go_to_list(self) -> None:
        self.list.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
