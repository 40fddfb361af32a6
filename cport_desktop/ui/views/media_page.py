"""Media: veils in a grid, and one item with all that is known without looking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from cport_desktop.domain.badge import Badge
from cport_desktop.domain.draft import ListStand
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import MediaItem, Picture
from cport_desktop.domain.rows import Page
from cport_desktop.errors import CportError
from cport_desktop.ui import figures
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.models.media_grid import MediaGrid, marks_of
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.media_pane import MediaPane
from cport_desktop.ui.views.query_line import QueryLine
from cport_desktop.ui.widgets.empty_state import ListOrWords
from cport_desktop.ui.widgets.plain_label import ElidedLabel, PlainLabel
from cport_desktop.ui.widgets.tile_grid import TileGrid
from cport_desktop.words import window as say

PAGE_SIZE = 60
MOST_RESTORED = 2_000
"""Items that are listed at once where a window stood before."""
_SETTLE_MS = 140
"""How long an item must stay current before it is opened (and that is recorded)."""


class MediaPage(QWidget):
    """Veiled, all of it.

    Signals:
        looked(object): an item was looked at; a `domain.exposure.Look`.
        report_wanted(object): show this ReportId on the reports page.
    """

    looked = Signal(object)
    report_wanted = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._text = ""
        self._wanted: MediaId | None = None
        self._before: ListStand | None = None
        self._errands: dict[str, Errand] = {}
        self.query = QueryLine()
        self.model = MediaGrid()
        self.grid = TileGrid(self.model, seat.theme)
        self.pane = MediaPane(seat)
        self.pane.panel.watch(self.grid)
        self._list = ListOrWords(self.grid)
        self._result = PlainLabel(role="strong")
        self._detail = PlainLabel(role="muted")
        self._age = ElidedLabel(is_muted=True)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._open_current)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """List again; the current item stays current."""
        current = self.grid.chosen()
        self._wanted = None if current is None else self.model.item(current).media_id
        if self._before is not None and self._before.item is not None:
            self._wanted = MediaId(self._before.item)
        self._search()

    def stand(self) -> ListStand:
        """Where the page stands."""
        return ListStand(
            query=self.query.stand(),
            asked=self._text,
            rows=self.model.rowCount(),
            scroll=self.grid.verticalScrollBar().value(),
            item=self.pane.media_id,
            panes=(tuple(self._splitter.sizes()),),
        )

    def restore(self, stand: ListStand) -> None:
        """The next listing finds the page as it stood, veiled."""
        self.query.restore(stand.query)
        self._text = stand.asked
        for sizes in stand.panes[:1]:
            self._splitter.setSizes(sizes)
        self._before = stand

    def show_item(self, media_id: MediaId, query: str) -> None:
        """List the media that `query` finds and make `media_id` current."""
        self.query.set_text(query)
        self._text = query
        self._wanted = media_id
        self._search()

    def veil(self) -> None:
        """Whatever is looked at is veiled at once."""
        self.pane.panel.looking.release()

    def wear(self, theme: Theme) -> None:
        self.grid.wear(theme)

    def step_back(self) -> None:
        self.veil()
        self.query.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_age(self, told: str) -> None:
        """How old what is listed is, and by which road it came."""
        self._age.say(say.beside(told))

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.query.field, self.grid, self.pane.panel.glass)

    @property
    def is_empty(self) -> bool:
        return self.model.rowCount() == 0

    def _search(self) -> None:
        for errand in self._errands.values():
            errand.cancel()
        self._detail.say(say.SEARCHING)
        self._errands["page"] = self._ask_page(None, self._show_first)

    def _ask_page(self, cursor: str | None, then: Callable[[Page[MediaItem]], None]) -> Errand:
        loaded = 0 if self._before is None else min(self._before.rows, MOST_RESTORED)
        size = max(PAGE_SIZE, loaded)
        return self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.media_page, self._text, size, cursor),
            then=then,
            otherwise=self._refuse,
        )

    def _ask(self, text: str) -> None:
        self._text = text
        self._wanted = None
        self._search()

    def _show_first(self, page: Page[MediaItem]) -> None:
        before, self._before = self._before, None
        if before is None:
            self.query.accept()
        self.model.show_first(page)
        self._describe(page.elapsed_ms)
        if not page.rows:
            self.pane.show_nothing()
            self._list.show_words(say.NO_MEDIA, say.NO_MEDIA_HELP)
            return
        self._list.show_list()
        self._ask_veils(page)
        wanted = self._wanted
        place = None if wanted is None else self.model.find(wanted)
        if place is not None:
            self.grid.choose(place)
        elif wanted is not None:
            self._settle.stop()
            self._open(wanted)
        else:
            # Opening an item is a look that leaves a trace: only a person does it.
            self.pane.show_nothing()
        if before is not None:
            self.grid.doItemsLayout()
            self.grid.verticalScrollBar().setValue(before.scroll)

    def _append(self, page: Page[MediaItem]) -> None:
        self.model.append(page)
        self._describe(page.elapsed_ms)
        self._ask_veils(page)

    def _ask_veils(self, page: Page[MediaItem]) -> None:
        ids = tuple(item.media_id for item in page.rows)
        ask, session = self._seat.lanes.reading.ask, self._seat.session
        ask(self, partial(session.veils, ids), then=self._lay_veils)
        ask(self, partial(session.likening.badges, ids), then=self._lay_badges)

    def _lay_veils(self, veils: Mapping[MediaId, Picture]) -> None:
        self.model.lay_veils(veils)
        current = self.grid.chosen()
        if current is not None and self.pane.media_id == self.model.item(current).media_id:
            self.pane.lay_veil(self.model.item(current), self.model.veil(current))

    def _lay_badges(self, badges: Mapping[MediaId, Badge]) -> None:
        self.model.lay_marks({media: marks_of(badge) for media, badge in badges.items()})

    def _show_known(self, item: MediaItem) -> None:
        place = self.model.find(item.media_id)
        self.pane.show_item(item, None if place is None else self.model.veil(place))
        self._seat.drafting.moved()

    def _show_current(self) -> None:
        self.veil()
        current = self.grid.chosen()
        if current is None:
            self.pane.show_nothing()
            return
        self._settle.start()

    def _open_current(self) -> None:
        current = self.grid.chosen()
        if current is not None:
            self._open(self.model.item(current).media_id)

    def _open(self, media_id: MediaId) -> None:
        if (errand := self._errands.get("item")) is not None:
            errand.cancel()
        self._errands["item"] = self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.media_item, media_id),
            then=self._show_known,
            otherwise=self._refuse,
        )

    def _refuse(self, error: CportError) -> None:
        self._detail.say("")
        self.model.stop_waiting()
        self.query.refuse(error)

    def _describe(self, elapsed: float) -> None:
        number = figures.count(self.model.rowCount())
        told = say.found_media(number) if self.model.is_whole else say.more_below(number)
        self._result.say(told)
        self._detail.say(f"·  {say.took(elapsed)}")

    def _connect(self) -> None:
        drafting = self._seat.drafting
        self.query.typed.connect(drafting.typed)
        self.grid.verticalScrollBar().valueChanged.connect(drafting.moved)
        self._splitter.splitterMoved.connect(drafting.moved)
        self.query.asked.connect(self._ask)
        self.query.left.connect(self.grid.setFocus)
        self.model.more_wanted.connect(self._fetch)
        self.grid.item_chosen.connect(self._show_current)
        self.pane.looked.connect(self.looked)
        self.pane.report_wanted.connect(self.report_wanted)

    def _fetch(self, cursor: str) -> None:
        self._errands["more"] = self._ask_page(cursor, self._append)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._result)
        line.addWidget(self._detail)
        line.addWidget(self._age, 1)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.query)
        column.addLayout(line)
        column.addWidget(self._list, 1)
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.setHandleWidth(8)
        whole.setChildrenCollapsible(False)
        whole.addWidget(middle)
        whole.addWidget(self.pane)
        whole.setStretchFactor(0, 1)
        whole.setSizes([760, 400])
        self._splitter = whole
        self.pane.setMinimumWidth(360)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 12, 12, 12)
        row.addWidget(whole)
