"""Reports: a query line, facets, a table without end, and the page of the selected one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from cport_desktop.domain.chosen import AllFound, Chosen
from cport_desktop.domain.draft import THE_PREFERENCES, ListStand
from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.domain.operation import MOST_REPORTS
from cport_desktop.domain.preferences import Preferences
from cport_desktop.domain.rows import Dossier, Facet, FacetCount, Page, ReportRow, ReportSort
from cport_desktop.domain.table import TableSubject
from cport_desktop.errors import CportError, ItemErased, QueryError, UnknownReference
from cport_desktop.ui.burst import Burst
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.models.facet_list import FacetList, facet_lines, toggled
from cport_desktop.ui.models.keyset_table import KeysetTable
from cport_desktop.ui.models.report_columns import report_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.choice_across import ChoiceAcross, Chose
from cport_desktop.ui.views.export_dialog import Exportable
from cport_desktop.ui.views.query_line import QueryLine
from cport_desktop.ui.views.report_head import ReportHead
from cport_desktop.ui.views.report_order import ReportOrder
from cport_desktop.ui.views.report_pane import ReportPane
from cport_desktop.ui.views.report_search import PAGE_SIZE, ReportSearch
from cport_desktop.ui.views.triage_mode import TriageMode
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.empty_state import ListOrWords
from cport_desktop.ui.widgets.facet_view import FacetView
from cport_desktop.ui.widgets.panes import FoldingPanes, lay_usually
from cport_desktop.ui.widgets.rows_table import RowsTable
from cport_desktop.words import charts as chart_words
from cport_desktop.words import window as say
from cport_desktop.words.portal_acts import HAND_OVER_KEY

_LIST_WIDTH = 440
"""Pixels, at least: facets and some columns beside them."""
_LIST_HEIGHT, _PANE_HEIGHT = 300, 300
"""Pixels, at least, where the list and the report stand beneath each other."""
MOST_RESTORED = 5_000
"""Rows that are loaded at once where a window stood before."""
MOST_AGAIN = 1_000
"""Rows that are loaded at once where the same is searched for again, in the middle of work."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """How the list stands while the same is searched for again."""

    chose: Chose
    rows: int
    scroll: int


class ReportsPage(QWidget):
    """The page that most of the day is spent on.

    Signals:
        package_wanted(): compose a package of what is selected or found.
        export_wanted(): write a table of it.
        figures_wanted(str): show figures of what this query finds.
    """

    package_wanted = Signal()
    export_wanted = Signal()
    figures_wanted = Signal(str)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._keep: ReportId | None = None
        self._before: ListStand | None = None
        self._standing: _Standing | None = None
        self._goes_on_writing = ""
        self._errands: dict[str, Errand] = {}
        self._counted: Mapping[Facet, tuple[FacetCount, ...]] = {}
        self.query = QueryLine(seat)
        self.model: KeysetTable[ReportRow] = KeysetTable(
            report_columns(seat.taxonomy, seat.clock, seat.hotlines.name), self
        )
        self._search = ReportSearch(seat, self.model, self)
        self.sorting = ReportOrder(self)
        self.table = RowsTable(say.REPORTS, self.model, seat.theme, is_multiple=True)
        self.table.kept_as = "reports"
        self.across = ChoiceAcross(
            self.table, self.model, lambda number: self.model.row(number).report_id
        )
        self._facet_list = FacetList()
        self.facets = FacetView(self._facet_list, seat.theme)
        self._list = ListOrWords(self.table)
        self.pane = ReportPane(seat)
        self._burst = Burst(self._open_selected, self)
        self.triage = TriageMode(seat, self, self.table, self.model)
        self.head = ReportHead(seat, self, self.triage.entrance, self.sorting.button)
        wanted = seat.drafting.latest(THE_PREFERENCES)
        self._begins_in_triage = isinstance(wanted, Preferences) and wanted.begins_in_triage
        self._lay_out()
        self._connect()

    # -- what the window does with it

    def refresh(self) -> None:
        """Search again by the query that is shown: the report that is open stays open, what is chosen stays
        chosen, and the list stays where it is scrolled. In triage the list stands still.
        """
        self._search.count_all_again()
        if self.triage.is_on:
            return
        if not self._is_searching:
            self._keep = self.pane.report_id
            scroll = self.table.verticalScrollBar().value()
            self._standing = _Standing(self.across.chose(), self.model.rowCount(), scroll)
        self._begin()

    def stand(self) -> ListStand:
        """Where the page stands."""
        return ListStand(
            query=self.query.stand(),
            asked=self._search.text,
            sort=self.sorting.order.sort.value,
            is_descending=self.sorting.order.is_descending,
            rows=self.model.rowCount(),
            scroll=self.table.verticalScrollBar().value(),
            item=self.pane.report_id,
            item_scroll=self.pane.scrolled(),
            panes=tuple(tuple(splitter.sizes()) for splitter in self._splitters),
        )

    def restore(self, stand: ListStand, *, writing: str) -> None:
        """The next search finds the page as it stood, the open report included (which is on
        record as any opening is).
        """
        self.query.restore(stand.query)
        self._search.text = stand.asked
        self.sorting.take(f"{'-' if stand.is_descending else ''}{stand.sort}")
        for splitter, sizes in zip(self._splitters, stand.panes, strict=False):
            splitter.setSizes(sizes)
        self._before = stand
        self._goes_on_writing = writing

    def search(self, text: str) -> None:
        """Search by `text`; nothing is opened."""
        self._ask_for(text, keep=None)

    def open_one(self, report_id: ReportId) -> None:
        """Search for one report and open it: somebody asked for it elsewhere."""
        self._ask_for(f"ref:{report_reference(report_id)}", keep=report_id)

    def _ask_for(self, text: str, *, keep: ReportId | None) -> None:
        self.query.set_text(text)
        self._before = self._standing = None
        self._keep = keep
        self._search.text = text
        self._begin()

    def selected_ids(self) -> tuple[ReportId, ...]:
        return tuple(self.model.row(number).report_id for number in self.table.chosen())

    def chosen(self) -> Chosen:
        """What is selected, across pages too; all that the query finds where nothing or one row is."""
        many = self.across.is_all or len(self.table.chosen()) > 1
        return self.across.chosen(self.query_text) if many else AllFound(self.query_text)

    def exportable(self) -> Exportable:
        """What would leave as a table: what is chosen, in the columns that are shown."""
        columns = (self.model.columns[at] for at in self.table.shown_columns())
        told = tuple(dict.fromkeys(name for column in columns for name in column.told))
        return Exportable(TableSubject.REPORTS, self.chosen(), self.sorting.order, told)

    def show_figures(self) -> None:
        """Ask for figures of what the query finds."""
        self.figures_wanted.emit(self.query_text)

    @property
    def query_text(self) -> str:
        """The query that the rows on screen answer."""
        return self._search.text

    @property
    def found(self) -> int:
        """How many reports that query finds; 0 while it is not known."""
        return self._search.found_now

    @property
    def _is_searching(self) -> bool:
        return self._search.is_under_way

    @property
    def is_empty(self) -> bool:
        return self.model.rowCount() == 0

    def veil(self) -> None:
        self.pane.veil()

    def name_again(self) -> None:
        """Hotlines have names now: show them where numbers stood."""
        self.model.say_again()
        self._lay_facets()

    def open_media(self) -> None:
        """Go on with the current item of the open report on the media page."""
        self.pane.open_media()

    def wear(self, theme: Theme) -> None:
        self.table.wear(theme)
        self.facets.wear(theme)
        self.query.wear(theme)

    def step_back(self) -> None:
        """Escape: out of an act, then out of a selection, then to the query line."""
        if self.triage.step_back():
            return
        if self.pane.step_back():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.table.hasFocus() and self.table.chosen():
            self.table.clearSelection()
        else:
            self.query.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_allowed(self) -> None:
        """What the agreement does not allow is not there; the pane says which clause."""
        self.head.show_allowed()
        self.pane.show_allowed()

    def show_age(self, told: str) -> None:
        """How old what is listed is, and by which road it came."""
        self.head.say_age(told)

    def focus_ring(self) -> tuple[QWidget, ...]:
        """Parts of the page in the order that F6 walks them."""
        return (self.query.field, self.facets, self.table, self.pane)

    # -- searching

    def _begin(self) -> None:
        for errand in self._errands.values():
            errand.cancel()
        self._search.begin(self.sorting.order, self._first_rows())
        self.across.learn_found(None)
        self.head.say_more(say.SEARCHING)

    def _first_rows(self) -> int:
        """How many rows are asked for at first: as many as the list had where it is to stand as it did."""
        before, standing = self._before, self._standing
        if before is not None:
            return max(PAGE_SIZE, min(before.rows, MOST_RESTORED))
        return PAGE_SIZE if standing is None else max(PAGE_SIZE, min(standing.rows, MOST_AGAIN))

    def _show_first(self, page: Page[ReportRow]) -> None:
        self._lay_first(page)
        if page.rows and self._begins_in_triage:
            self._begins_in_triage = False
            self.triage.toggle()

    def _lay_first(self, page: Page[ReportRow]) -> None:
        before, self._before = self._before, None
        standing, self._standing = self._standing, None
        if before is None and self.query.text().strip() == self.query_text.strip():
            self.query.accept()
        kept = self._keep if before is None or before.item is None else ReportId(before.item)
        self.model.show_first(page)
        if page.rows:
            self._list.show_list()
            place = self.model.find(lambda row: row.report_id == kept)
            if before is not None:
                self._stand_as_before(before, place)
            elif standing is not None:
                self._stand_again(standing, kept, place)
            elif place is None:
                # Opening a report is a look that leaves a trace: only a person does it.
                self.pane.show_nothing()
            else:
                self.table.choose(place)
        else:
            self._stay_at(None if standing is None else kept)
            words = (
                (say.NOTHING_FOUND, say.NOTHING_FOUND_HELP)
                if self.query_text
                else (say.NO_REPORTS, say.NO_REPORTS_HELP)
            )
            self._list.show_words(*words)
        self._describe()

    def _stand_again(self, standing: _Standing, kept: ReportId | None, place: int | None) -> None:
        """Chosen and scrolled as it was. The open report may stand below the rows that were loaded, or be
        what is not found any more since something was done about it: it stays open, unless it is gone.
        """
        self.table.doItemsLayout()
        if place is not None:
            self.across.choose_again(standing.chose, place)
        else:
            self._stay_at(kept)
        self.table.verticalScrollBar().setValue(standing.scroll)

    def _stay_at(self, kept: ReportId | None) -> None:
        if kept is None:
            self.pane.show_nothing()
        else:
            self._open(kept, otherwise=self._refuse_staying)

    def _refuse_staying(self, error: CportError) -> None:
        if isinstance(error, ItemErased | UnknownReference):
            self.pane.show_nothing()  # It was done away with, which nobody has to be told.
        else:
            self._refuse_report(error)

    def _stand_as_before(self, before: ListStand, place: int | None) -> None:
        """Scrolled and opened as it was. A report that no row shows is opened all the same."""
        self.table.scrollToTop()
        if place is not None:
            self.table.choose(place)
        self.table.verticalScrollBar().setValue(before.scroll)
        if before.item is not None:
            self._burst.stop()
            self._open(ReportId(before.item), then=partial(self._show_as_before, before))

    def _show_as_before(self, before: ListStand, dossier: Dossier) -> None:
        self._show_dossier(dossier)
        form, self._goes_on_writing = self._goes_on_writing, ""
        self.pane.go_on_writing(form)
        # Only after the next turn of the event loop does the new page know its height.
        QTimer.singleShot(0, self.pane, partial(self.pane.scroll_to, before.item_scroll))

    def _show_count(self) -> None:
        self.across.learn_found(self._search.found)
        self._describe()

    def _show_facets(self, facets: Mapping[Facet, tuple[FacetCount, ...]]) -> None:
        self._counted = facets
        self._lay_facets()

    def _lay_facets(self) -> None:
        self._facet_list.show(
            facet_lines(
                self._counted,
                taxonomy=self._seat.taxonomy,
                hotlines=self._seat.hotlines.by_word(),
                query=self.query_text,
            )
        )

    def _refuse(self, error: CportError) -> None:
        self._standing = None
        if self._before is None:
            self._search.go_on_by_what_is_shown()
        self.across.learn_found(self._search.found)
        self.head.say_more("")
        self.query.refuse(error)
        if isinstance(error, QueryError):
            self.query.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refuse_more(self, error: CportError) -> None:
        self.triage.stop_looking_on()
        self.query.refuse(error)

    def _describe(self) -> None:
        self.head.say_found(self._search.found, self._search.total)
        if self._is_searching:
            return  # The count may come before the rows, whose time is told.
        chosen = self.across.count()
        took = f"·  {say.took(self._search.elapsed)}"
        self.head.say_more(f"·  {say.selected(chosen)}" if chosen > 1 else took)

    def _ask_query(self, text: str) -> None:
        self._keep = self._standing = None
        self._search.text = text
        self._begin()

    def _keep_out(self, term: str) -> None:
        self._refine(term, keeps_out=True)

    def _refine(self, term: str, *, keeps_out: bool = False) -> None:
        taxonomy = self._seat.taxonomy
        self.search(toggled(self.query.text(), term, taxonomy, keeps_out=keeps_out))
        self.facets.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- sorting

    def _sort_by_column(self, column: int) -> None:
        word = self.model.columns[column].sort
        if word is not None:
            self.sorting.sort_by(ReportSort(word))

    def _take_chosen_order(self) -> None:
        self._keep, self._standing = self.pane.report_id, None
        self._begin()

    # -- the selected report

    def _selection_changed(self) -> None:
        self.pane.rest()
        self._describe()
        rows = self.table.chosen()
        if not rows:
            self._burst.stop()
            self.pane.show_nothing()
        else:
            self._burst.choose()

    def _open_selected(self) -> None:
        rows = self.table.chosen()
        if not rows:
            return
        current = self.table.currentIndex().row()
        number = current if current in rows else rows[0]
        self._open(self.model.row(number).report_id)

    def _open(
        self,
        report_id: ReportId,
        then: Callable[[Dossier], None] | None = None,
        otherwise: Callable[[CportError], None] | None = None,
    ) -> None:
        if (errand := self._errands.get("dossier")) is not None:
            errand.cancel()
        self._errands["dossier"] = self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.dossier, report_id),
            then=then or self._show_dossier,
            otherwise=otherwise or self._refuse_report,
        )

    def _refuse_report(self, error: CportError) -> None:
        self.pane.show_nothing()  # The former report is not the one that is chosen.
        self.pane.refuse(error)

    def _show_dossier(self, dossier: Dossier) -> None:
        self.pane.show_dossier(dossier)
        self.triage.opened(dossier.report.report_id)
        self._seat.drafting.moved()

    def _hand_over(self) -> None:
        """A case goes with the reports that are chosen, those that are not loaded among them."""
        portal = self.pane.acts.portal
        if not self.across.is_all:
            portal.hand_over_selected()
            return
        self._errands["numbers"] = self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.tabling.numbers, self.chosen(), MOST_REPORTS),
            then=portal.hand_over,
            otherwise=self.query.refuse,
        )

    # -- laying out

    def _connect(self) -> None:
        drafting = self._seat.drafting
        self.query.typed.connect(drafting.typed)
        self.table.verticalScrollBar().valueChanged.connect(drafting.moved)
        for splitter in self._splitters:
            splitter.splitterMoved.connect(drafting.moved)
        self.query.asked.connect(self._ask_query)
        self.query.sort = self.sorting.word
        self.query.sort_wanted.connect(self.sorting.take)
        self.sorting.chosen.connect(self._take_chosen_order)
        self._search.came.connect(self._show_first)
        self._search.counted.connect(self._show_count)
        self._search.total_counted.connect(self._describe)
        self._search.facets_came.connect(self._show_facets)
        self._search.refused.connect(self._refuse)
        self._search.refused_more.connect(self._refuse_more)
        self.query.left.connect(self.table.setFocus)
        self.table.rows_chosen.connect(self._selection_changed)
        self.table.column_clicked.connect(self._sort_by_column)
        self.facets.term_chosen.connect(self._refine)
        self.facets.term_kept_out.connect(self._keep_out)
        self.head.package_wanted.connect(self.package_wanted)
        self.head.export_wanted.connect(self.export_wanted)
        self.pane.package_wanted.connect(self.package_wanted)
        self.across.changed.connect(self._describe)
        self.triage.choose_by(lambda: (self.across.chosen(self.query_text), self.across.count()))
        self.triage.changed.connect(self.pane.changed)
        self.triage.left.connect(self.refresh)
        self.triage.lock_wanted.connect(self.pane.lock_wanted)
        self.pane.acts.portal.take_reports_of(self.selected_ids)
        bind_key(chart_words.SHOW_KEY, self, self.show_figures, everywhere=True)
        bind_key(HAND_OVER_KEY, self, self._hand_over, everywhere=True)

    def _lay_out(self) -> None:
        lists = QSplitter(Qt.Orientation.Horizontal)
        lists.setHandleWidth(8)
        lists.setChildrenCollapsible(False)
        lists.addWidget(self.facets)
        lists.addWidget(self._list)
        lists.setStretchFactor(1, 1)
        lay_usually(lists, [150, 656])
        middle = QWidget()
        middle.setMinimumWidth(_LIST_WIDTH)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        figures_of = button(
            chart_words.SHOW,
            self.show_figures,
            kind="small",
            name=say.accessible_with_key(chart_words.SHOW, chart_words.SHOW_KEY),
        )
        self.query.add(figures_of)
        column.addWidget(self.query)
        column.addLayout(self.head.line)
        column.addWidget(self.triage.strip)
        column.addWidget(self.across)
        column.addWidget(lists, 1)
        self.pane.setMinimumWidth(328)
        whole = FoldingPanes((middle, self.pane), heights=(_LIST_HEIGHT, _PANE_HEIGHT))
        whole.setStretchFactor(0, 1)
        lay_usually(whole, [828, 340])
        self._splitters = (whole, lists)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 12, 12, 12)
        row.addWidget(whole)
