"""A part that is one long list: it loads page by page, and looks again when it is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

from cport_desktop.domain.rows import Page
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.page_section import PageSection
from cport_desktop.ui.widgets.paged_listing import PagedListing

Row = TypeVar("Row")


class PagedSection(PageSection, Generic[Row]):
    """Whoever makes one says what the list shows (`list_pages`), beneath its acts."""

    list: PagedListing[Row]

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
        self.list = PagedListing[Row](self.title, columns, self._seat.theme, empty=empty)
        self.list.feed(self._seat.lanes.reading, load, same=same, otherwise=self.refuse)
        self._column.addWidget(self.list, 1)

    def refresh(self) -> None:
        self.list.refresh()

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.list.table,)
