"""What the portal told of domains on or off the “Worst of” list."""

from __future__ import annotations

from PySide6.QtCore import Signal

from cport_desktop.ui.models.worst_columns import decision_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.paged_section import PagedSection
from cport_desktop.ui.worst import DecisionLine
from cport_desktop.words import iwol_page as say


class DecisionsSection(PagedSection[DecisionLine]):
    """The portal's words, by domain.

    Signals:
        query_wanted(str): show the reports that this query finds.
    """

    query_wanted = Signal(str)

    title = say.DECISIONS
    intro = say.DECISIONS_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._open = self.add_act(say.OPEN_REPORTS, say.OPEN_REPORTS_KEY, self.open_reports)
        self.list_pages(
            decision_columns(),
            seat.session.worst.decisions,
            same=lambda one, other: one.domain == other.domain,
            empty=(say.NO_DECISIONS, say.NO_DECISIONS_HELP),
        )
        self.list.table.kept_as = "decisions"
        self.list.chosen_changed.connect(self._offer)
        self.list.row_opened.connect(lambda _line: self.open_reports())
        self._offer()

    def open_reports(self) -> None:
        """Show the reports that are about the chosen domain."""
        line = self.list.chosen()
        if line is not None:
            self.query_wanted.emit(f"domain:{line.domain}")

    def _offer(self) -> None:
        self._open.setEnabled(self.list.chosen() is not None)
