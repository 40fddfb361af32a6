"""What is asked of the vault for the list of reports: rows page by page, how many are found, of how many, and
the facets beside them.

Rules:
1. A search is three questions, asked together; a newer one takes their place, and no older answer comes.
2. Pages behind the first are not asked for while a first one is under way: the rows that they would come
   behind are about to go.
3. The number of all reports is counted again only after something changed.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from cport_desktop.domain.rows import Order, Page, ReportRow
from cport_desktop.errors import CportError
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.models.keyset_table import KeysetTable
from cport_desktop.ui.seat import Seat

PAGE_SIZE: Final = 200


class ReportSearch(QObject):
    """Whoever has one says what is asked (`text`) and when (`begin`). Pages behind the first go into the
    model by themselves.

    Signals:
        came(object): the first `Page`.
        counted(): how many are found is known.
        total_counted(): how many there are is known.
        facets_came(object): counts by `Facet`.
        refused(object): a `CportError` in place of the first page.
        refused_more(object): the same in place of one behind it.
    """

    came = Signal(object)
    counted = Signal()
    total_counted = Signal()
    facets_came = Signal(object)
    refused = Signal(object)
    refused_more = Signal(object)

    def __init__(self, seat: Seat, model: KeysetTable[ReportRow], parent: QObject) -> None:
        super().__init__(parent)
        self._seat = seat
        self._model = model
        self.text = ""
        self.answered = ""
        """The query that the rows on screen answer; `text` is under way, or the same."""
        self._order = Order()
        self.found: int | None = None
        self.total: int | None = None
        self.elapsed = 0.0
        """Milliseconds that the first page took in the vault."""
        self.is_under_way = False
        self._is_total_old = True
        self._counted_for: str | None = None
        self._errands: dict[str, Errand] = {}
        model.more_wanted.connect(self._fetch)

    @property
    def found_now(self) -> int:
        """How many `text` finds; 0 while it is not known."""
        return (self.found or 0) if self._counted_for == self.text else 0

    def count_all_again(self) -> None:
        """Something changed: how many reports there are is to be counted at the next search."""
        self._is_total_old = True

    def begin(self, order: Order, rows: int) -> None:
        """Ask for the first `rows` rows in this order, for how many there are and for facets."""
        self._order = order
        for errand in self._errands.values():
            errand.cancel()
        session = self._seat.session
        ask = self._seat.lanes.reading.ask_unless
        self.is_under_way = True
        self._errands["page"] = ask(
            self,
            partial(session.search, self.text, order, rows, None),
            then=self._take_first,
            otherwise=self._refuse,
        )
        self._errands["count"] = ask(
            self,
            partial(session.count, self.text),
            then=self._take_count,
            otherwise=self._ignore_refusal,
        )
        self._errands["facets"] = ask(
            self,
            partial(session.facets, self.text),
            then=self.facets_came.emit,
            otherwise=self._ignore_refusal,
        )

    def go_on_by_what_is_shown(self) -> None:
        """The rows that are shown go on by their own query: the newer one came to nothing."""
        self.text = self.answered

    def _take_first(self, page: Page[ReportRow]) -> None:
        self.answered = self.text
        if self._counted_for != self.text:
            self.found = None
        self.elapsed, self.is_under_way = page.elapsed_ms, False
        self.came.emit(page)

    def _take_count(self, found: int) -> None:
        self.found, self._counted_for = found, self.text
        if not self.text:
            self._learn_total(found)
        self.counted.emit()
        if self._is_total_old:
            self._errands["total"] = self._seat.lanes.reading.ask(
                self, partial(self._seat.session.count, ""), then=self._take_total
            )

    def _take_total(self, total: int) -> None:
        self._learn_total(total)
        self.total_counted.emit()

    def _learn_total(self, total: int) -> None:
        self.total, self._is_total_old = total, False

    def _fetch(self, cursor: str) -> None:
        if self.is_under_way:
            return
        self._errands["more"] = self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.search, self.text, self._order, PAGE_SIZE, cursor),
            then=self._model.append,
            otherwise=self._refuse_more,
        )

    def _refuse(self, error: CportError) -> None:
        self.is_under_way = False
        self._model.stop_waiting()
        self.refused.emit(error)

    def _refuse_more(self, error: CportError) -> None:
        self._model.stop_waiting()
        self.refused_more.emit(error)

    def _ignore_refusal(self, _error: CportError) -> None:
        """The rows of the same query bring the same refusal, and they show it."""
