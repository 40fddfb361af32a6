"""Domains that reports are about, to choose from what to suggest for the “Worst of” list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.rows import Page
from cport_desktop.domain.worst_of import (
    BUSIEST_FIRST,
    CANDIDATES,
    Candidate,
    CandidateOrder,
    CandidateSort,
)
from cport_desktop.ui.models.worst_columns import candidate_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.paged_section import PagedSection
from cport_desktop.ui.views.portal_asking import PortalAsking
from cport_desktop.ui.views.rows_line import RowsLine
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import dossiers_page as dossier_words
from cport_desktop.words import iwol_page as say

_ORDERS = tuple(
    CandidateOrder(sort, is_descending)
    for sort, is_descending in (
        (CandidateSort.REPORTS, True),
        (CandidateSort.REPORTS, False),
        (CandidateSort.SEEN, True),
        (CandidateSort.SEEN, False),
        (CandidateSort.DOMAIN, False),
        (CandidateSort.DOMAIN, True),
    )
)


class CandidatesSection(PagedSection[Candidate]):
    """What the agreement does not let anybody suggest is said where the act would be.

    Signals:
        query_wanted(str): show the reports that this query finds.
        dossier_wanted(str): begin the dossier of this domain.
    """

    query_wanted = Signal(str)
    dossier_wanted = Signal(str)

    title = say.CANDIDATES
    intro = say.CANDIDATES_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._asking = PortalAsking(seat, self)
        self._asking.changed.connect(self._queued)
        self._asking.lock_wanted.connect(self.lock_wanted)
        self._order = BUSIEST_FIRST
        self._suggest = self.add_act(say.SUGGEST, say.SUGGEST_KEY, self.suggest, kind="primary")
        self._begin = self.add_act(
            dossier_words.BEGIN_NOW, dossier_words.CHECK_KEY, self.begin_dossier
        )
        self._open = self.add_act(say.OPEN_REPORTS, say.OPEN_REPORTS_KEY, self.open_reports)
        self._why_not = PlainLabel(role="caption", wraps=True)
        self._why_not.hide()
        self._column.addWidget(self._why_not)
        self.query = RowsLine(say.LINE, say.PLACEHOLDER, CANDIDATES.names)
        self.ask_by(self.query, none_found=(say.NOTHING_FOUND, say.NOTHING_FOUND_HELP))
        self.order = Choice(say.ORDER)
        self.order.addItems(
            [say.order(each.sort.value, is_descending=each.is_descending) for each in _ORDERS]
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.query, 1)
        row.addWidget(self.order, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)
        self.list_pages(
            candidate_columns(),
            self._page,
            same=lambda one, other: one.tallied.domain == other.tallied.domain,
            empty=(say.NO_CANDIDATES, say.NO_CANDIDATES_HELP),
        )
        self.list.table.kept_as = "candidates"
        self.list.chosen_changed.connect(self._offer)
        self.list.row_opened.connect(lambda _row: self.open_reports())
        self.list.table.column_clicked.connect(self._sort_by_column)
        self.order.activated.connect(self._choose_order)
        self._offer()

    def refresh(self) -> None:
        self._notice.dismiss()
        self._offer()
        super().refresh()

    def suggest(self) -> None:
        """Put a suggestion of the chosen domain together; without one, of a domain that is typed."""
        row = self.list.chosen()
        self._asking.suggest("" if row is None else row.tallied.domain)

    def begin_dossier(self) -> None:
        """Put the dossier of the chosen domain together."""
        row = self.list.chosen()
        if row is not None:
            self.dossier_wanted.emit(row.tallied.domain)

    def open_reports(self) -> None:
        """Show the reports that are about the chosen domain."""
        row = self.list.chosen()
        if row is not None:
            self.query_wanted.emit(f"domain:{row.tallied.domain}")

    def sort_by(self, order: CandidateOrder) -> None:
        """List them in this order."""
        self._order = order
        self.order.setCurrentIndex(_ORDERS.index(order))
        self.refresh()

    # -- inside

    def _page(self, limit: int, after: str | None) -> Page[Candidate]:
        found = self._seat.session.worst.candidates
        return found(self.query.asked_for, self._order, limit, after)

    def _choose_order(self, at: int) -> None:
        self.sort_by(_ORDERS[at])

    def _sort_by_column(self, column: int) -> None:
        word = self.list.model.columns[column].sort
        if word is None:
            return
        sort = CandidateSort(word)
        is_same = sort is self._order.sort
        descending = not self._order.is_descending if is_same else sort is not CandidateSort.DOMAIN
        self.sort_by(CandidateOrder(sort, descending))

    def _queued(self, changes: object) -> None:
        self.tell(say.QUEUED, "lightest")
        self.refresh()
        self.changed.emit(changes)

    def _offer(self) -> None:
        may = self._asking.may(Function.IWOL_SUGGEST)
        self._suggest.setVisible(may)
        self._begin.setEnabled(self.list.chosen() is not None)
        self._open.setEnabled(self.list.chosen() is not None)
        why = self._asking.why_not(Function.IWOL_SUGGEST)
        self._why_not.say("\n".join(why))
        self._why_not.setVisible(bool(why))
