"""A list of any length, loaded page by page while it is scrolled, with one row that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from cport_desktop.domain.rows import Page
from cport_desktop.errors import CportError
from cport_desktop.ui.lane import Errand, Lane
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.widgets.listing import Listing

Row = TypeVar("Row")
PAGE_SIZE = 200


class PagedListing(Listing[Row]):
    """Whoever has one says what a page is (`feed`) and asks for the first one (`refresh`)."""

    def __init__(
        self, name: str, columns: Sequence[Column[Row]], theme: Theme, *, empty: tuple[str, str]
    ) -> None:
        super().__init__(name, columns, theme, empty=empty)
        self._lane: Lane | None = None
        self._load: Callable[[int, str | None], Page[Row]] | None = None
        self._otherwise: Callable[[CportError], None] | None = None
        self._same: Callable[[Row, Row], bool] | None = None
        self._words: tuple[str, str] | None = None
        self._errand: Errand | None = None
        self._is_first_awaited = False
        self._chooses_another = True
        self.model.more_wanted.connect(self._fetch)

    def feed(
        self,
        lane: Lane,
        load: Callable[[int, str | None], Page[Row]],
        *,
        same: Callable[[Row, Row], bool],
        otherwise: Callable[[CportError], None],
    ) -> None:
        """Pages come from `load` (limit, cursor), asked on `lane`; rows that are the `same` stay
        chosen.
        """
        self._lane, self._load, self._same, self._otherwise = lane, load, same, otherwise

    def say_if_empty(self, words: tuple[str, str]) -> None:
        """What stands in the list's place from now on while it is empty."""
        self._words = words

    def is_at_top(self) -> bool:
        """Nobody has scrolled away from the first rows."""
        return self.table.verticalScrollBar().value() == 0

    def look_again(self) -> None:
        """The first page again, though nobody asked for it: if what is chosen is gone, nothing is, so that no
        key that is being pressed acts on another row.
        """
        self.refresh()
        self._chooses_another = False

    def refresh(self) -> None:
        """The first page again; an older answer never comes over this one."""
        self._chooses_another = True
        if self._errand is not None:
            self._errand.cancel()
        self._is_first_awaited = True
        self._ask(None, self._show_first)

    def _fetch(self, cursor: str) -> None:
        if not self._is_first_awaited:  # Else it would come behind rows that it does not follow.
            self._ask(cursor, self.model.append)

    def _ask(self, cursor: str | None, then: Callable[[Page[Row]], None]) -> None:
        if self._lane is not None and self._load is not None:
            work = partial(self._load, PAGE_SIZE, cursor)
            self._errand = self._lane.ask(self, work, then=then, otherwise=self._refuse)

    def _show_first(self, page: Page[Row]) -> None:
        self._is_first_awaited = False
        self.show_page(
            page,
            empty=self._words,
            same=self._same,
            chooses_another=self._chooses_another or self.is_empty,
        )

    def _refuse(self, error: CportError) -> None:
        self._is_first_awaited = False
        self.model.stop_waiting()
        if self._otherwise is not None:
            self._otherwise(error)
