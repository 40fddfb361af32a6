"""The overview of the jurisdiction: each part is loaded by itself, and every number leads to its query."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.overview import A_VISIT, Duties, Endings, News, Overdue
from cport_desktop.domain.priority import WorkQueue
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views import overview_parts as parts
from cport_desktop.ui.views.overview_parts import Ways
from cport_desktop.ui.views.overview_searches import SearchesCard
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.part_card import PartCard
from cport_desktop.ui.widgets.plain_label import ElidedLabel, PlainLabel
from cport_desktop.ui.widgets.scrolling import ScrollColumn
from cport_desktop.words import charts as chart_words
from cport_desktop.words import overview_page as say
from cport_desktop.words import window

Answer = TypeVar("Answer")
FIRST = 10
"""Places of the queue that are shown."""


class OverviewPage(QWidget):
    """Nothing on it is waited for: what is there first is shown first.

    Signals:
        query_wanted(str): show the reports that this query finds.
        figures_wanted(str): show figures of what this query finds.
        report_wanted(object): open the report with this ReportId.
        tasks_wanted(): show the tasks.
        outbox_wanted(): show the operations.
        reviews_wanted(): show the listed domains that are to be looked at again.
        agreement_wanted(): show the agreement.
        search_wanted(object): run this `SavedSearch`.
    """

    query_wanted = Signal(str)
    figures_wanted = Signal(str)
    report_wanted = Signal(object)
    tasks_wanted = Signal()
    outbox_wanted = Signal()
    reviews_wanted = Signal()
    agreement_wanted = Signal()
    search_wanted = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._came_at: datetime | None = None
        self._errands: dict[str, Errand] = {}
        self._first: ReportId | None = None
        self._ways = Ways(
            query=self.query_wanted.emit,
            report=self.report_wanted.emit,
            tasks=self.tasks_wanted.emit,
            outbox=self.outbox_wanted.emit,
            reviews=self.reviews_wanted.emit,
            agreement=self.agreement_wanted.emit,
        )
        self.news = PartCard(say.NEW)
        self.urgent = PartCard(say.URGENT)
        self.overdue = PartCard(say.OVERDUE)
        self.endings = PartCard(say.ENDINGS)
        self.duties = PartCard(say.DUTIES)
        self.searches = SearchesCard(seat)
        self.searches.search_wanted.connect(self.search_wanted)
        self._age = ElidedLabel(is_muted=True)
        self._lay_out()
        bind_key(say.OPEN_FIRST_KEY, self, self.open_first, everywhere=True)
        bind_key(say.REFRESH_KEY, self, self.refresh, everywhere=True)
        bind_key(chart_words.SHOW_KEY, self, self.show_figures, everywhere=True)

    # -- what the window does with it

    def refresh(self) -> None:
        """Ask for every part again; what is shown stays until its answer comes."""
        now, came = self._seat.clock.now(), self._came_at
        is_new = came is None or now - came > A_VISIT
        if is_new:
            self._came_at = now
        ask = self._seat.session.surveying
        self._load(self.news, partial(ask.news, is_new), self._show_news)
        self._load(self.urgent, partial(ask.queue, FIRST), self._show_queue)
        self._load(self.overdue, ask.overdue, self._show_overdue)
        self._load(self.endings, ask.endings, self._show_endings)
        self._load(self.duties, ask.duties, self._show_duties)
        self.searches.refresh()

    def open_first(self) -> None:
        """Open the first report of the queue."""
        if self._first is not None:
            self.report_wanted.emit(self._first)

    def show_figures(self) -> None:
        """Ask for figures of all reports."""
        self.figures_wanted.emit("")

    def show_age(self, told: str) -> None:
        """How old what is counted is, and by which road it came."""
        self._age.say(window.beside(told))

    def veil(self) -> None:
        """Nothing is ever looked at here."""

    def wear(self, theme: Theme) -> None:
        """No colour of it is painted by hand."""

    def step_back(self) -> None:
        """There is nothing to leave."""

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.news, self.urgent, self.overdue, self.endings, self.duties, self.searches)

    @property
    def is_empty(self) -> bool:
        return False

    # -- inside

    def _load(
        self, card: PartCard, work: Callable[[], Answer], then: Callable[[Answer], None]
    ) -> None:
        name = card.accessibleName()
        if (errand := self._errands.get(name)) is not None:
            errand.cancel()
        card.wait(say.LOADING)
        self._errands[name] = self._seat.lanes.reading.ask(
            self, work, then=then, otherwise=card.refuse
        )

    def _show_news(self, news: News) -> None:
        self.news.show_parts(parts.news_parts(news, self._ways, self._seat.clock.now()))

    def _show_queue(self, queue: WorkQueue) -> None:
        self._first = queue.rows[0].row.report_id if queue.rows else None
        self._open.setEnabled(self._first is not None)
        self.urgent.show_parts(parts.queue_parts(queue, self._ways))

    def _show_overdue(self, overdue: Overdue) -> None:
        self.overdue.show_parts(parts.overdue_parts(overdue, self._ways))

    def _show_endings(self, endings: Endings) -> None:
        self.endings.show_parts(parts.endings_parts(endings, self._ways))

    def _show_duties(self, duties: Duties) -> None:
        self.duties.show_parts(parts.duties_parts(duties, self._ways, self._seat.clock.now()))

    def _lay_out(self) -> None:
        self._open = button(say.OPEN_FIRST, self.open_first, kind="primary", key=say.OPEN_FIRST_KEY)
        self._open.setEnabled(False)
        line = QHBoxLayout()
        line.setContentsMargins(14, 0, 14, 0)
        line.setSpacing(8)
        line.addWidget(PlainLabel(say.TITLE, role="title"))
        line.addWidget(self._age, 1)
        line.addWidget(self._open)
        line.addWidget(button(chart_words.SHOW, self.show_figures, key=chart_words.SHOW_KEY))
        line.addWidget(button(say.REFRESH, self.refresh, key=say.REFRESH_KEY))
        cards = QHBoxLayout()
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(8)
        cards.addLayout(_column(self.news, self.overdue, self.endings, self.duties), 1)
        cards.addLayout(_column(self.urgent, self.searches), 1)
        whole = QWidget()
        whole.setLayout(cards)
        page = ScrollColumn(say.TITLE)
        page.add(whole)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(page, 1)


def _column(*cards: PartCard) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(8)
    for card in cards:
        column.addWidget(card)
    # Not the layout's alignment: that knows no height of words that wrap.
    column.addStretch()
    return column
