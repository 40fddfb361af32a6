"""What is known here of domains beside what the portal told of the “Worst of” list."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.domain_check import Compared, Match
from cport_desktop.ui.models.dossier_columns import compared_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views import dossier_dialogs as ask
from cport_desktop.ui.views.difference_dialog import ask_difference
from cport_desktop.ui.views.paged_section import PagedSection
from cport_desktop.ui.views.portal_asking import PortalAsking
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import dossiers_page as say
from cport_desktop.words import iwol_page
from cport_desktop.words import list_differences as differences


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
        self._asking = PortalAsking(seat, self)
        self._open = self.add_act(
            iwol_page.OPEN_REPORTS, iwol_page.OPEN_REPORTS_KEY, self.open_reports
        )
        self._remove = self.add_act(say.REMOVE, say.REMOVE_KEY, self.remove)
        self.add_act(differences.COMPARE, differences.COMPARE_KEY, self.compare_with_file)
        self._why_not = PlainLabel(role="caption", wraps=True)
        self._column.addWidget(self._why_not)
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

    def compare_with_file(self) -> None:
        """Ask for a received list, and tell how it differs."""
        dialog = self.ask(
            title=differences.COMPARE.removesuffix("…"),
            intro=differences.COMPARE_INTRO,
            act=differences.COMPARE_NOW,
        )
        dossiers = self._seat.session.worst.dossiers
        ask_difference(dialog, dossiers.compare_with, self._seat.lanes.reading)

    def remove(self) -> None:
        """Ask why the chosen domain is to be taken off."""
        row = self.list.chosen()
        if row is None:
            return
        dialog = self.ask(title=row.domain, intro=say.REMOVE_INTRO, act=say.REMOVE_NOW)
        act = partial(self._seat.session.worst.dossiers.remove, row.domain)
        lane = self._seat.lanes.acting
        ask.ask_why(dialog, lane, act, iwol_page.REMOVAL_QUEUED, self._changed)

    def _changed(self, changes: Changes) -> None:
        self.tell("")
        self.refresh()
        self.changed.emit(changes)

    def _offer(self) -> None:
        row = self.list.chosen()
        self._open.setEnabled(row is not None)
        is_listed = row is not None and row.match in (Match.AGREED, Match.THEIRS)
        self._remove.setEnabled(is_listed and self._asking.may(Function.IWOL_SUGGEST))
        why = self._asking.why_not(Function.IWOL_SUGGEST)
        self._why_not.say("\n".join(why))
        self._why_not.setVisible(bool(why))
