"""Media items as a grid of veils, page by page, with what lists say of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.domain.badge import Badge
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.rows import Page
from cport_desktop.errors import CportError
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.models.media_grid import MediaGrid, marks_of
from cport_desktop.ui.passing_over import PassingOver
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.empty_state import ListOrWords
from cport_desktop.ui.widgets.tile_grid import TileGrid
from cport_desktop.words import window as say

PAGE_SIZE = 60
MOST_RESTORED = 2_000
"""Items that are listed at once where a window stood before."""


class ItemBrowser(QWidget):
    """Veiled, all of it.

    Signals:
        item_wanted(object): this MediaId is current, or None.
        listed(float): a page came, after so many milliseconds.
        refused(object): a CportError instead of a page.
    """

    item_wanted = Signal(object)
    listed = Signal(float)
    refused = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._text = ""
        self._wanted: MediaId | None = None
        self._size = PAGE_SIZE
        self._scroll = 0
        self._is_first_awaited = False
        self._errands: dict[str, Errand] = {}
        self.model = MediaGrid()
        self.grid = TileGrid(self.model, seat.theme)
        self.passing = PassingOver(seat, self)
        self._list = ListOrWords(self.grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)
        self.model.more_wanted.connect(self._fetch)
        self.grid.item_chosen.connect(self._choose)

    def search(self, text: str, wanted: MediaId | None, *, rows: int = 0, scroll: int = 0) -> None:
        """List what `text` finds; `wanted` becomes current. `rows` and `scroll`: where a window stood."""
        self._text, self._wanted, self._scroll = text, wanted, scroll
        self._size = max(PAGE_SIZE, min(rows, MOST_RESTORED))
        for errand in self._errands.values():
            errand.cancel()
        self._is_first_awaited = True
        self._errands["page"] = self._ask_page(None, self._show_first)

    def current(self) -> MediaId | None:
        """The item that is chosen."""
        at = self.grid.chosen()
        return None if at is None else self.model.media_id(at)

    def go_to(self, media_id: MediaId) -> bool:
        """Choose this item; whether it is listed."""
        place = self.model.find(media_id)
        if place is not None:
            self.grid.choose(place)
        return place is not None

    def pass_over_known(self) -> None:
        """What lists know of the items that are listed is left out."""
        self.passing.leave_out([self.model.item(at) for at in range(self.model.rowCount())])

    def _ask_page(self, cursor: str | None, then: Callable[[Page[MediaItem]], None]) -> Errand:
        return self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.media_page, self._text, self._size, cursor),
            then=then,
            otherwise=self._refuse,
        )

    def _show_first(self, page: Page[MediaItem]) -> None:
        self._size, self._is_first_awaited = PAGE_SIZE, False
        self.model.show_first(page)
        self.listed.emit(page.elapsed_ms)
        if not page.rows:
            self.item_wanted.emit(None)
            self._list.show_words(say.NO_MEDIA, say.NO_MEDIA_HELP)
            return
        self._list.show_list()
        self._ask_looks(page)
        # Opening an item is a look that leaves a trace: only a person does it.
        if self._wanted is None or not self.go_to(self._wanted):
            self.item_wanted.emit(self._wanted)
        if self._scroll:
            self.grid.doItemsLayout()
            self.grid.verticalScrollBar().setValue(self._scroll)

    def _append(self, page: Page[MediaItem]) -> None:
        self.model.append(page)
        self.listed.emit(page.elapsed_ms)
        self._ask_looks(page)

    def _ask_looks(self, page: Page[MediaItem]) -> None:
        ids = tuple(item.media_id for item in page.rows)
        ask, session = self._seat.lanes.reading.ask, self._seat.session
        ask(self, partial(session.veils, ids), then=self.model.lay_veils)
        ask(self, partial(session.likening.badges, ids), then=self._lay_badges)

    def _lay_badges(self, badges: Mapping[MediaId, Badge]) -> None:
        self.passing.learn(badges)
        self.model.lay_marks({media: marks_of(badge) for media, badge in badges.items()})

    def _choose(self) -> None:
        self.item_wanted.emit(self.current())

    def _fetch(self, cursor: str) -> None:
        if not self._is_first_awaited:  # Else it would come behind tiles that it does not follow.
            self._errands["more"] = self._ask_page(cursor, self._append)

    def _refuse(self, error: CportError) -> None:
        self._is_first_awaited = False
        self.model.stop_waiting()
        self.refused.emit(error)
