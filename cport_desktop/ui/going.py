"""Where things lead inside the window: to a report, an item, a case, a query, or to what has to be mended."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from cport_desktop.domain.ids import MediaId, ReportId, report_reference
from cport_desktop.domain.rows import HotlineRow
from cport_desktop.domain.saved_search import SavedSearch, SearchSubject
from cport_desktop.ui import page_table, places
from cport_desktop.ui.exchanging_lines import OutboxLine
from cport_desktop.ui.first_steps import Step
from cport_desktop.ui.page_room import PageRoom
from cport_desktop.ui.views.query_line import QueryField
from cport_desktop.ui.ways import Ways
from cport_desktop.words.agreement_page import IN_FORCE
from cport_desktop.words.courier_page import BY_STICK
from cport_desktop.words.enrolment_page import ENROLMENT
from cport_desktop.words.exposure_page import OWN, UNIT
from cport_desktop.words.vault_page import BACKUPS, HEALTH, SLOTS
from cport_desktop.words.window_cures import Place


class Going(QObject):
    """Carries out what pages ask for by `Ways`. `offered`: places that these roles may see; whoever may
    not see a page is never led there.
    """

    def __init__(
        self, pages: PageRoom, ways: Ways, offered: tuple[int, ...], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._pages = pages
        self._ways = ways
        self._offered = offered
        ways.report_wanted.connect(self.show_report)
        ways.medium_wanted.connect(self.show_medium)
        ways.media_wanted.connect(self.show_media_of_report)
        ways.case_wanted.connect(self.show_case)
        ways.query_wanted.connect(self.show_query)
        ways.figures_wanted.connect(self.show_figures)
        ways.search_wanted.connect(self.run_search)
        ways.hotline_wanted.connect(self.show_hotline)
        ways.operation_wanted.connect(self.show_operation)
        ways.tasks_wanted.connect(self.show_tasks)
        ways.outbox_wanted.connect(self.show_outbox)
        ways.reviews_wanted.connect(self.show_reviews)
        ways.agreement_wanted.connect(self.show_agreement)
        ways.help_wanted.connect(self.show_help)
        ways.unit_wanted.connect(self.show_unit_rules)
        ways.paned_wanted.connect(self.make_paned_pages)

    def show_page(self, place: int) -> None:
        """Show the page at `place`, if it is there for these roles."""
        if place in self._offered:
            self._pages.show_page(place)

    def show_report(self, report_id: ReportId) -> None:
        if places.REPORTS in self._offered:
            page = self._pages.show_asked(page_table.REPORTS)
            page.open_one(report_id)
            page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_query(self, text: str) -> None:
        """Show the reports that this query finds."""
        if places.REPORTS in self._offered:
            self._pages.show_asked(page_table.REPORTS).search(text)

    def show_figures(self, text: str) -> None:
        """Show figures of what this query finds."""
        if places.FIGURES in self._offered:
            self._pages.show_asked(page_table.FIGURES).show_query(text)

    def show_medium(self, media_id: MediaId) -> None:
        """Show one item among all media."""
        if places.MEDIA in self._offered:
            self._pages.show_asked(page_table.MEDIA).show_item(media_id, "")

    def show_media_of_report(self, media_id: MediaId) -> None:
        """Show one item among those of the report that is open."""
        if places.MEDIA not in self._offered:
            return
        report_id = self._pages.get(page_table.REPORTS).pane.report_id
        query = f"ref:{report_reference(report_id)}" if report_id is not None else ""
        page = self._pages.show_asked(page_table.MEDIA)
        page.show_item(media_id, query)
        page.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def run_search(self, search: SavedSearch) -> None:
        """A search that is kept, on the page of what it searches; content items by their reports."""
        if search.terms.subject is SearchSubject.MEDIA:
            if places.MEDIA in self._offered:
                self._pages.show_asked(page_table.MEDIA).query.run_search(search)
        elif places.REPORTS in self._offered:
            self._pages.show_asked(page_table.REPORTS).query.run_search(search)

    def show_operation(self, line: OutboxLine) -> None:
        if line.report_id is not None:
            self.show_report(line.report_id)

    def show_hotline(self, row: HotlineRow) -> None:
        self.show_query(f"hotline:{row.hotline.hotline_id}")

    def show_tasks(self) -> None:
        if places.CASES in self._offered:
            self._pages.show_page(places.CASES)
            page = self._pages.get(page_table.CASES)
            page.show_part(page.tasks.title)

    def show_reviews(self) -> None:
        if places.WORST_OF in self._offered:
            self._pages.show_page(places.WORST_OF)
            page = self._pages.get(page_table.WORST_OF)
            page.show_part(page.dossiers.title)
            page.dossiers.show_due()

    def show_case(self, number: int) -> None:
        if places.CASES in self._offered:
            self._pages.show_page(places.CASES)
            self._pages.get(page_table.CASES).open_case(number)

    def show_outbox(self) -> None:
        self.show_page(places.OUTBOX)

    def show_exchange(self) -> None:
        self.show_page(places.EXCHANGE)

    def show_agreement(self) -> None:
        self.show_page(places.AGREEMENT)

    def show_own_looking(self) -> None:
        """What the analyst keeps of their own looking."""
        self.show_concern(OWN)

    def show_concern(self, section: str) -> None:
        """The part of the Vault page that deals with it."""
        self.show_page(places.VAULT)
        self._pages.get(page_table.VAULT).show_part(section)

    def show_first_step(self, step: Step) -> None:
        """Where this one of the first steps is done."""
        match step:
            case Step.VAULT | Step.RECOVERY:
                self.show_concern(SLOTS)
            case Step.ENROLLED | Step.AGREED:
                self.show_agreement()
                part = ENROLMENT if step is Step.ENROLLED else IN_FORCE
                self._pages.get(page_table.AGREEMENT).show_part(part)
            case Step.EXCHANGED:
                self.show_exchange()
            case Step.BACKED_UP | Step.DRILLED:
                self.show_concern(BACKUPS)

    def show_unit_rules(self) -> None:
        self.show_concern(UNIT)

    def make_paned_pages(self) -> None:
        """The pages that remember their panes are there."""
        for entry in (page_table.REPORTS, page_table.MEDIA):
            if entry.place in self._offered:
                self._pages.at(entry.place)

    def show_help(self, place: str) -> None:
        """Where a notice leads: to another road, or to what has to be mended first."""
        match Place(place):
            case Place.STICK:
                if places.EXCHANGE in self._offered:
                    self._pages.show_page(places.EXCHANGE)
                    self._pages.get(page_table.EXCHANGE).show_part(BY_STICK)
            case Place.AGREEMENT:
                self.show_agreement()
            case Place.HEALTH:
                self.show_concern(HEALTH)
            case Place.SYNC:
                self._ways.sync_wanted.emit(False)

    def show_query_line(self) -> None:
        """The focus is in the line where queries are typed, of reports where the page has none."""
        field = _shown_line(self._pages.currentWidget())
        if field is None:
            self.show_page(places.REPORTS)
            field = self._pages.get(page_table.REPORTS).query.field
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def show_media_of_current(self) -> None:
        """Go on with the current item of the open report on the media page."""
        if (page := self._pages.if_made(page_table.REPORTS)) is not None:
            page.open_media()


def _shown_line(page: QWidget | None) -> QueryField | None:
    """The line of a page in which queries are typed."""
    fields = [] if page is None else page.findChildren(QueryField)
    return next((field for field in fields if field.isVisible()), None)
