"""What is known here of domains beside what the portal told of the “Worst of” list."""

from __future__ import annotations

from PySide6.QtCore import Signal

from cport_desktop.domain.domain_check import Compared
from cport_desktop.ui.models.dossier_columns import compared_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.paged_section import PagedSection
from cport_desktop.words import dossiers_page as say
from cport_desktop.words import iwol_page


class ComparisonSection(PagedSection[Compared]):
    """Each domain that either side knows, by name.

    Signals:
        query_wanted(str): show the reports that this query finds.
    """

    query_wanted = Signal(str)

    title = say.COMPARISON
    intro = say.COMPARISON_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._open = self.add_act(
            iwol_page.OPEN_REPORTS, iwol_page.OPEN_REPORTS_KEY, self.open_reports
        )
        self.list_pages(
            compared_columns(),
            seat.session.worst.dossiers.compare,
            same=lambda one, other: one.domain == other.domain,
            empty=(say.NO_COMPARISON, say.NO_COMPARISON_HELP),
        )
        self.list.table.kept_as = "comparison"
        self.list.chosen_changed.connect(self._offer)
        self.list.row_opened.connect(lambda _row: self.open_reports())
        self._offer()

    def open_reports(self) -> None:
        """Show the reports that are about the chosen domain."""
        row = self.list.chosen()
        if row is not None:
            self.query_wanted.emit(f"domain:{row.domain}")

    def _offer(self) -> None:
        self._open.setEnabled(self.list.chosen() is not None)
