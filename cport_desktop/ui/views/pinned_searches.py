"""Searches that are pinned to the rail, each with a counter of what is new since one looked.

Counting is bounded and goes on the reading lane, one search after the other; what is asked anew is not
counted on.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from cport_desktop.domain.saved_search import NewSince, SavedSearch
from cport_desktop.errors import CportError
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.controls import clear_layout
from cport_desktop.ui.widgets.plain_label import PlainLabel, set_plain_tip
from cport_desktop.words import searches as say

MOST_SHOWN: Final = 8
"""The rail has no room for more; the shelf shows all."""
_GAP: Final = 8


class PinnedButton(QPushButton):
    """One search by name, with its counter at the right edge."""

    def __init__(self, search: SavedSearch) -> None:
        super().__init__()
        self.search = search
        self._counter = ""
        self.setProperty("kind", "rail")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(one_line(search.name))
        set_plain_tip(self, search.terms.text or search.name)

    def count(self, new: NewSince) -> None:
        """Show how many are new; read aloud it is a sentence."""
        self._counter = say.counter(new.count, is_more=new.is_more)
        spoken = say.counter_spoken(new.count, is_more=new.is_more, fault=new.fault)
        self.setAccessibleName(f"{one_line(self.search.name)} {spoken}".strip())
        if new.fault:
            set_plain_tip(self, say.cannot_be_asked(new.fault))
        self.update()

    def counter(self) -> str:
        return self._counter

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self.palette().buttonText().color())
        middle, inner = Qt.AlignmentFlag.AlignVCenter, self.rect().adjusted(11, 0, -10, 0)
        taken = painter.fontMetrics().horizontalAdvance(self._counter) + _GAP
        room = inner.width() - (taken if self._counter else 0)
        name = painter.fontMetrics().elidedText(
            one_line(self.search.name), Qt.TextElideMode.ElideRight, room
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | middle, name)
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | middle, self._counter)


class PinnedSearches(QWidget):
    """A heading and the pinned searches; nothing at all where none is pinned.

    Signals:
        wanted(object): ask this `SavedSearch`.
    """

    wanted = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._errands: list[Errand] = []
        self.buttons: tuple[PinnedButton, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 0)
        self._column.setSpacing(1)
        self.hide()

    def refresh(self) -> None:
        """Those that are pinned now; their counters follow."""
        self._cancel()
        ask = self._seat.lanes.reading.ask
        found = self._seat.session.finding.searches
        self._errands = [ask(self, found, then=self._show, otherwise=self._ignore)]

    def _show(self, searches: Sequence[SavedSearch]) -> None:
        pinned = [search for search in searches if search.place is not None][:MOST_SHOWN]
        if [button.search for button in self.buttons] != pinned:
            self._lay(pinned)
        self._count(0)

    def _lay(self, pinned: Sequence[SavedSearch]) -> None:
        clear_layout(self._column)
        self.buttons = tuple(map(PinnedButton, pinned))
        if pinned:
            self._column.addWidget(PlainLabel(say.PINNED.upper(), role="section"))
        for made in self.buttons:
            made.clicked.connect(partial(self._want, made.search))
            self._column.addWidget(made)
        self.setVisible(bool(pinned))

    def _want(self, search: SavedSearch, _checked: bool = False) -> None:
        self.wanted.emit(search)

    def _count(self, place: int) -> None:
        if place >= len(self.buttons):
            return
        search = self.buttons[place].search
        self._errands = [
            self._seat.lanes.reading.ask(
                self,
                partial(self._seat.session.finding.new_since, search),
                then=partial(self._show_count, place, search),
                otherwise=self._ignore,
            )
        ]

    def _show_count(self, place: int, search: SavedSearch, new: NewSince) -> None:
        if place < len(self.buttons) and self.buttons[place].search == search:
            self.buttons[place].count(new)
            self._count(place + 1)

    def _ignore(self, _error: CportError) -> None:
        """A counter that cannot be had is not there; whoever runs the search is told why."""

    def _cancel(self) -> None:
        for errand in self._errands:
            errand.cancel()
        self._errands = []
