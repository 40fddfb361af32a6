"""Searches that are kept, on the overview: how much of each is new since one looked.

Counting is bounded and goes on the reading lane, one search after the other; what is asked anew is not
counted on.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal

from cport_desktop.domain.name_order import NameKey, name_key
from cport_desktop.domain.saved_search import NewSince, SavedSearch
from cport_desktop.errors import CportError
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.plain_text import one_line, shortened
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.counted_row import CountedRow
from cport_desktop.ui.widgets.part_card import PartCard
from cport_desktop.ui.widgets.plain_label import PlainLabel, set_plain_tip
from cport_desktop.words import overview_searches as say
from cport_desktop.words import searches as words

MOST_SHOWN: Final = 12
"""More would push what is urgent out of sight; the shelf has all."""
_LONGEST: Final = 60


class SearchesCard(PartCard):
    """Those on the rail first, then the others by name.

    Signals:
        search_wanted(object): run this `SavedSearch`.
    """

    search_wanted = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__(say.TITLE)
        self._seat = seat
        self._errand: Errand | None = None
        self._shown: tuple[SavedSearch, ...] = ()
        self._left_out = 0
        self._counts: dict[str, NewSince] = {}

    def refresh(self) -> None:
        """Ask which are kept, and then for what is new of each; what is shown stays meanwhile."""
        if self._errand is not None:
            self._errand.cancel()
        self._errand = self._seat.lanes.reading.ask(
            self, self._seat.session.finding.searches, then=self._show, otherwise=self.refuse
        )

    def _show(self, searches: Sequence[SavedSearch]) -> None:
        ranked = sorted(searches, key=_rank)
        self._shown = tuple(ranked[:MOST_SHOWN])
        self._left_out = len(ranked) - len(self._shown)
        kept = {search.search_id for search in self._shown}
        self._counts = {name: new for name, new in self._counts.items() if name in kept}
        self._lay()
        self._count(0)

    def _count(self, place: int) -> None:
        if place >= len(self._shown):
            return
        search = self._shown[place]
        self._errand = self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.finding.new_since, search),
            then=partial(self._take_count, place),
            otherwise=self._cannot_count,
        )

    def _take_count(self, place: int, new: NewSince) -> None:
        search_id = self._shown[place].search_id
        if self._counts.get(search_id) != new:
            self._counts[search_id] = new
            self._lay()
        self._count(place + 1)

    def _cannot_count(self, _error: CportError) -> None:
        """A counter that cannot be had is not there; whoever runs the search is told why."""

    def _lay(self) -> None:
        if not self._shown:
            self.show_parts((PlainLabel(say.NONE_KEPT, role="muted", wraps=True),))
            return
        rows: list[CountedRow | PlainLabel] = [self._row(search) for search in self._shown]
        if self._left_out:
            rows.append(PlainLabel(say.left_out(self._left_out), role="muted", wraps=True))
        self.show_parts(rows)

    def _row(self, search: SavedSearch) -> CountedRow:
        name = one_line(shortened(search.name, longest=_LONGEST))
        new = self._counts.get(search.search_id)
        shown = say.COUNTING if new is None else say.new(new.count, is_more=new.is_more)
        told = (
            ""
            if new is None
            else words.counter_spoken(new.count, is_more=new.is_more, fault=new.fault)
        )
        spoken = say.row_spoken(name, told)
        row = CountedRow(name, shown, spoken=spoken, leads=partial(self.search_wanted.emit, search))
        if new is not None and new.fault:
            set_plain_tip(row, words.cannot_be_asked(new.fault))
        return row


def _rank(search: SavedSearch) -> tuple[bool, int, NameKey]:
    return search.place is None, search.place or 0, name_key(search.name)
