"""Media: veils in a grid, and one item with all that is known without looking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from cport_desktop.domain.badge import Badge
from cport_desktop.domain.draft import ListStand
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import MediaItem, Picture
from cport_desktop.domain.rows import Page
from cport_desktop.errors import CportError
from cport_desktop.ui import figures
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.models.media_grid import MediaGrid, as_image, marks_of
from cport_desktop.ui.passing_over import PassingOver, leaves_out_known, turned
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.media_pane import MediaPane
from cport_desktop.ui.views.query_line import QueryLine
from cport_desktop.ui.views.stack_browser import StackBrowser
from cport_desktop.ui.views.stack_line import StackLine
from cport_desktop.ui.widgets.empty_state import ListOrWords
from cport_desktop.ui.widgets.tile_grid import TileGrid
from cport_desktop.words import stack_page
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
        self._next: MediaId | None = None
        self._before: ListStand | None = None
        self._errands: dict[str, Errand] = {}
        self.query = QueryLine()
        self.model = MediaGrid()
        self.grid = TileGrid(self.model, seat.theme)
        self.pane = MediaPane(seat)
        self.stacks = StackBrowser(seat)
        for listing in (self.grid, self.stacks.grid, self.stacks.opened.rows):
            self.pane.panel.watch(listing)
        self._list = ListOrWords(self.grid)
        self._places = QStackedWidget()
        self.line = StackLine()
        self._passing = PassingOver(seat, self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._open_next)
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
            by_stacks=self.line.by_stacks,
        )

    def restore(self, stand: ListStand) -> None:
        """The next listing finds the page as it stood, veiled."""
        self.query.restore(stand.query)
        self._text = stand.asked
        self._show_by(stacks=stand.by_stacks)
        for sizes in stand.panes[:1]:
            self._splitter.setSizes(sizes)
        self._before = stand

    def show_item(self, media_id: MediaId, query: str) -> None:
        """List the media that `query` finds and make `media_id` current."""
        self._show_by(stacks=False)
        self.query.set_text(query)
        self._text = query
        self._wanted = media_id
        self._search()

    def veil(self) -> None:
        """Whatever is looked at is veiled at once."""
        self.pane.panel.looking.release()

    def go_to(self, media_id: MediaId) -> None:
        """Show this item, which the list may have or not."""
        place = None if self.line.by_stacks else self.model.find(media_id)
        if place is None:
            self._open(media_id)
        else:
            self.grid.choose(place)

    def wear(self, theme: Theme) -> None:
        self.grid.wear(theme)
        self.stacks.wear(theme)

    def step_back(self) -> None:
        self.veil()
        if self.line.by_stacks and self.stacks.step_back():
            return
        self.query.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_age(self, told: str) -> None:
        """How old what is listed is, and by which road it came."""
        self.line.show_age(told)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.query.field, self._shown_list(), self.pane.panel.glass)

    @property
    def is_empty(self) -> bool:
        return (self.stacks.model if self.line.by_stacks else self.model).rowCount() == 0

    def _shown_list(self) -> QWidget:
        if not self.line.by_stacks:
            return self.grid
        return self.stacks.opened.rows if self.stacks.is_open else self.stacks.grid

    def _search(self) -> None:
        for errand in self._errands.values():
            errand.cancel()
        self.line.wait()
        self._show_by(stacks=self.line.by_stacks)
        if self.line.by_stacks:
            self._before = None
            self.stacks.search(self._text)
            return
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
        self._passing.learn(badges)
        self.model.lay_marks({media: marks_of(badge) for media, badge in badges.items()})

    def _show_known(self, item: MediaItem) -> None:
        veil = self._veil_of(item.media_id)
        self.pane.show_item(item, veil)
        self._seat.drafting.moved()
        if veil is None:
            ask = partial(self._seat.session.veils, (item.media_id,))
            self._seat.lanes.reading.ask(self, ask, then=partial(self._lay_veil, item))

    def _lay_veil(self, item: MediaItem, veils: Mapping[MediaId, Picture]) -> None:
        if (veil := veils.get(item.media_id)) is not None:
            self.pane.lay_veil(item, as_image(veil))

    def _veil_of(self, media_id: MediaId) -> QImage | None:
        for model in (self.model, self.stacks.model, self.stacks.opened.model):
            if (place := model.find(media_id)) is not None:
                return model.veil(place)
        return None

    def _show_current(self) -> None:
        current = self.grid.chosen()
        self._want(None if current is None else self.model.media_id(current))

    def _want(self, media_id: MediaId | None) -> None:
        self.veil()
        self._next = media_id
        if media_id is None:
            self._settle.stop()
            self.pane.show_nothing()
        else:
            self._settle.start()

    def _open_next(self) -> None:
        if self._next is not None:
            self._open(self._next)

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
        self.line.tell("", "")
        self.model.stop_waiting()
        self.query.refuse(error)

    def _describe(self, elapsed: float) -> None:
        model = self.stacks.model if self.line.by_stacks else self.model
        number = figures.count(model.rowCount())
        whole = stack_page.found(number) if self.line.by_stacks else say.found_media(number)
        told = whole if model.is_whole else say.more_below(number)
        self.line.tell(told, f"·  {say.took(elapsed)}")

    def _describe_stacks(self, elapsed: float) -> None:
        self.query.accept()
        self._describe(elapsed)

    def _show_by(self, *, stacks: bool) -> None:
        self.line.show_by(stacks=stacks, leaves_out=leaves_out_known(self._text))
        self._places.setCurrentIndex(int(stacks))

    def _switch(self, stacks: bool) -> None:
        self._want(None)
        self._show_by(stacks=stacks)
        self._seat.drafting.moved()
        self._ask(self._text)
        self._shown_list().setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self) -> None:
        query = turned(self._text)
        if leaves_out_known(query) and not self.line.by_stacks:
            self._passing.leave_out([self.model.item(at) for at in range(self.model.rowCount())])
        self.query.set_text(query)
        self._ask(query)

    def _note_look(self) -> None:
        self._passing.looked_at(self.pane.media_id)

    def _connect(self) -> None:
        drafting = self._seat.drafting
        self.query.typed.connect(drafting.typed)
        self.grid.verticalScrollBar().valueChanged.connect(drafting.moved)
        self._splitter.splitterMoved.connect(drafting.moved)
        self.query.asked.connect(self._ask)
        self.query.left.connect(lambda: self._shown_list().setFocus())
        self.model.more_wanted.connect(self._fetch)
        self.grid.item_chosen.connect(self._show_current)
        self.line.switched.connect(self._switch)
        self.line.turned.connect(self._turn)
        self.stacks.item_wanted.connect(self._want)
        self.stacks.listed.connect(self._describe_stacks)
        self.stacks.refused.connect(self._refuse)
        self.pane.media_wanted.connect(self.go_to)
        self.pane.panel.looking.looked.connect(self._note_look)
        self.pane.looked.connect(self.looked)
        self.pane.report_wanted.connect(self.report_wanted)

    def _fetch(self, cursor: str) -> None:
        self._errands["more"] = self._ask_page(cursor, self._append)

    def _lay_out(self) -> None:
        self._places.addWidget(self._list)
        self._places.addWidget(self.stacks)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.query)
        column.addWidget(self.line)
        column.addWidget(self._places, 1)
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
