"""The page of cases: cases, tasks, and the end of a shift."""

from __future__ import annotations

from PySide6.QtCore import Signal

from cport_desktop.domain.about import About, AboutKind
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.cases_section import CasesSection
from cport_desktop.ui.views.parts_page import PartsPage
from cport_desktop.ui.views.shift_section import ShiftSection
from cport_desktop.ui.views.tasks_section import TasksSection
from cport_desktop.words import cases_page as say


class CasesPage(PartsPage):
    """What belongs to a case is opened here; reports and media on their own pages.

    Signals:
        report_wanted(object): show this ReportId.
        media_wanted(object): show this MediaId.
        query_wanted(str): show the reports that this query finds.
    """

    report_wanted = Signal(object)
    media_wanted = Signal(object)
    query_wanted = Signal(str)

    def __init__(self, seat: Seat) -> None:
        self.cases = CasesSection(seat)
        self.tasks = TasksSection(seat)
        self.shift = ShiftSection(seat)
        super().__init__(say.PARTS, (self.cases, self.tasks, self.shift))
        for each in (self.cases, self.tasks, self.shift):
            each.thing_wanted.connect(self.show_thing)
        self.cases.query_wanted.connect(self.query_wanted)

    def open_case(self, number: int) -> None:
        """This case, on this page."""
        self.show_part(say.CASES)
        self.cases.open_case(number)

    def show_thing(self, about: About) -> None:
        """Where it is shown: here, or on a page that is asked for."""
        match about.kind:
            case AboutKind.CASE:
                self.open_case(about.number)
            case AboutKind.REPORT:
                self.report_wanted.emit(about.number)
            case AboutKind.MEDIA:
                self.media_wanted.emit(about.number)
            case AboutKind.DOMAIN:
                self.query_wanted.emit(f"domain:{about.reference}")
            case AboutKind.HOTLINE:
                self.query_wanted.emit(f"hotline:{about.reference}")
            case AboutKind.CONTENT:
                self.query_wanted.emit(f"sha256:{about.reference}")
