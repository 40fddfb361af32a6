"""Media: veils in a grid, by items or by stacks, and one item with all that is known without looking."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cport_desktop.domain.draft import ListStand
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import MediaItem, Picture
from cport_desktop.domain.saved_search import SearchSubject
from cport_desktop.errors import CportError
from cport_desktop.ui.burst import Burst
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.models.media_grid import as_image
from cport_desktop.ui.passing_over import leaves_out_known, turned
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.item_browser import ItemBrowser
from cport_desktop.ui.views.media_pane import MediaPane
from cport_desktop.ui.views.query_line import QueryLine
from cport_desktop.ui.views.stack_browser import StackBrowser
from cport_desktop.ui.views.stack_line import StackLine
from cport_desktop.ui.widgets.panes import FoldingPanes, lay_usually
from cport_desktop.words import stack_page
from cport_desktop.words import window as say

MOST_AGAIN = 300
"""Items that are listed at once, with their veils, where the same is asked for again in the middle of work."""
_LIST_HEIGHT, _PANE_HEIGHT = 260, 320
"""Pixels, at least, where the grid and the medium stand beneath each other."""


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
        self._next: MediaId | None = None
        self._before: ListStand | None = None
        self._errand: Errand | None = None
        self.query = QueryLine(seat, SearchSubject.MEDIA)
        self.line = StackLine()
        self.items = ItemBrowser(seat)
        self.stacks = StackBrowser(seat)
        self.model, self.grid = self.items.model, self.items.grid
        self.pane = MediaPane(seat)
        for listing in (self.grid, self.stacks.grid, self.stacks.opened.rows):
            self.pane.panel.watch(listing)
        self._places = QStackedWidget()
        self._burst = Burst(self._open_next, self)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """List again; the current item stays current, and the grid where it is scrolled."""
        before, self._before = self._before, None
        if before is None:
            rows = min(self.model.rowCount(), MOST_AGAIN)
            scroll = self.grid.verticalScrollBar().value()
            self._search(self.items.current(), rows=rows, scroll=scroll)
        else:
            item = None if before.item is None else MediaId(before.item)
            self._search(item, rows=before.rows, scroll=before.scroll)

    @property
    def query_text(self) -> str:
        """The query that is shown."""
        return self._text

    @property
    def stack_in_hand(self) -> MediaId | None:
        """The stack that is open or current, where stacks are listed."""
        stack = self.stacks.in_hand if self.line.by_stacks else None
        return None if stack is None else stack.stack_id

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
        self._before = None
        self._text = query
        self._search(media_id)

    def veil(self) -> None:
        """Whatever is looked at is veiled at once."""
        self.pane.panel.looking.release()

    def go_to(self, media_id: MediaId) -> None:
        """Show this item, which the list may have or not."""
        if self.line.by_stacks or not self.items.go_to(media_id):
            self.pane.panel.rest()
            self._open(media_id)

    def open_stack(self, media_id: MediaId) -> None:
        """List by stacks, and open the one that this item is in."""
        self._switch(True)
        self.stacks.open_stack(media_id)

    def wear(self, theme: Theme) -> None:
        self.grid.wear(theme)
        self.stacks.wear(theme)
        self.query.wear(theme)

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

    def _search(self, wanted: MediaId | None, *, rows: int = 0, scroll: int = 0) -> None:
        self.line.wait()
        self._show_by(stacks=self.line.by_stacks)
        if self.line.by_stacks:
            self.stacks.search(self._text)
        else:
            self.items.search(self._text, wanted, rows=rows, scroll=scroll)

    def _ask(self, text: str) -> None:
        self._text = text
        self._search(None)

    def _show_known(self, item: MediaItem) -> None:
        veil = self._veil_of(item.media_id)
        self.pane.show_item(item, veil)
        if not self.line.by_stacks:
            self.pane.offer_stack(self.items.passing.stack_items(item.media_id))
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

    def _want(self, media_id: MediaId | None) -> None:
        self._next = media_id
        if media_id is None:
            self._burst.stop()
            self.pane.show_nothing()
        else:
            self.pane.panel.rest()
            self._burst.choose()

    def _open_next(self) -> None:
        if self._next is not None:
            self._open(self._next)

    def _open(self, media_id: MediaId) -> None:
        if self._errand is not None:
            self._errand.cancel()
        self._errand = self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.media_item, media_id),
            then=self._show_known,
            otherwise=self._refuse_item,
        )

    def _refuse_item(self, error: CportError) -> None:
        self.pane.show_nothing()  # The former item is not the one that is chosen.
        self._refuse(error)

    def _refuse(self, error: CportError) -> None:
        self.line.tell("", "")
        self.query.refuse(error)

    def _describe(self, elapsed: float) -> None:
        if self.query.text().strip() == self._text:
            self.query.accept()
        model = self.stacks.model if self.line.by_stacks else self.model
        number = model.rowCount()
        whole = stack_page.found(number) if self.line.by_stacks else say.found_media(number)
        told = whole if model.is_whole else say.more_below(whole)
        self.line.tell(told, f"·  {say.took(elapsed)}")

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
        query = turned(self._text, self._seat.taxonomy)
        if leaves_out_known(query) and not self.line.by_stacks:
            self.items.pass_over_known()
        self.query.set_text(query)
        self._ask(query)

    def _note_look(self) -> None:
        self.items.passing.looked_at(self.pane.media_id)

    def _connect(self) -> None:
        drafting = self._seat.drafting
        self.query.typed.connect(drafting.typed)
        self.grid.verticalScrollBar().valueChanged.connect(drafting.moved)
        self._splitter.splitterMoved.connect(drafting.moved)
        self.query.asked.connect(self._ask)
        self.query.left.connect(lambda: self._shown_list().setFocus())
        self.line.switched.connect(self._switch)
        self.line.turned.connect(self._turn)
        for browser in (self.items, self.stacks):
            browser.item_wanted.connect(self._want)
            browser.listed.connect(self._describe)
            browser.refused.connect(self._refuse)
        self.pane.media_wanted.connect(self.go_to)
        self.pane.stack_wanted.connect(self.open_stack)
        self.pane.panel.looking.looked.connect(self._note_look)
        self.pane.looked.connect(self.looked)
        self.pane.report_wanted.connect(self.report_wanted)

    def _lay_out(self) -> None:
        self._places.addWidget(self.items)
        self._places.addWidget(self.stacks)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.query)
        column.addWidget(self.line)
        column.addWidget(self._places, 1)
        self.pane.setMinimumWidth(360)
        whole = FoldingPanes((middle, self.pane), heights=(_LIST_HEIGHT, _PANE_HEIGHT))
        whole.setStretchFactor(0, 1)
        lay_usually(whole, [760, 400])
        self._splitter = whole
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 12, 12, 12)
        row.addWidget(whole)
