"""The list of cases, and in its place one case when it is opened."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cport_desktop.domain.case import CaseRow, CaseState
from cport_desktop.domain.case_list import CaseOrder, asked_in, case_language
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.chosen import AllFound
from cport_desktop.domain.ids import Actor
from cport_desktop.domain.rows import Page
from cport_desktop.domain.table import TableSubject
from cport_desktop.errors import CportError, QueryError
from cport_desktop.ui.models.case_columns import case_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.case_dialogs import Told, ask_new
from cport_desktop.ui.views.case_view import CaseView
from cport_desktop.ui.views.export_dialog import Exportable
from cport_desktop.ui.views.page_section import PageSection
from cport_desktop.ui.views.rows_line import RowsLine
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.paged_listing import PagedListing
from cport_desktop.ui.working import CasesWanted
from cport_desktop.words import cases_page as say
from cport_desktop.words import list_orders as orders

NEW_KEY = "Alt+O"
_LEAST_QUERY = 240
"""Pixels of the query line; where the row has less for it, it has a row of its own."""
_STATES = (CaseState.OPEN, CaseState.CLOSED, None)
_BACKWARDS = {
    CaseOrder.NEWEST: CaseOrder.OLDEST,
    CaseOrder.TITLE: CaseOrder.TITLE_BACKWARDS,
}
"""By the order that a click on a column asks for: what a second click does."""


class CasesSection(PageSection):
    """Enter opens a case; Escape goes back to all of them.

    Signals:
        thing_wanted(object): show this `About`.
        query_wanted(str): show what this query finds.
    """

    thing_wanted = Signal(object)
    query_wanted = Signal(str)

    title = say.CASES
    intro = say.CASES_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._head: tuple[QWidget, ...] = ()
        self._stack = QStackedWidget()
        self._listed = QWidget()
        self.query = RowsLine(say.LINE, say.LINE_PLACEHOLDER, case_language(Actor("")).names)
        self.query.asked.connect(self._look)
        self.query.left.connect(self._go_to_list)
        self._wanted = CasesWanted(_STATES[0])
        self._state = Choice(say.STATE)
        self._state.addItems(list(say.STATES_SHOWN))
        self._state.currentIndexChanged.connect(self._look)
        self.order = Choice(orders.ORDER)
        self.order.addItems([orders.CASES[order.value] for order in CaseOrder])
        self.order.currentIndexChanged.connect(self._look)
        self.list = PagedListing[CaseRow](
            say.CASES, case_columns(), seat.theme, empty=(say.NO_CASES, say.NO_CASES_HELP)
        )
        self.list.table.kept_as = "cases"
        self.list.feed(
            seat.lanes.reading,
            self._load,
            same=lambda one, other: one.case.case_id == other.case.case_id,
            otherwise=self.refuse,
        )
        self.list.row_opened.connect(lambda row: self.open_case(row.case.number))
        self.list.table.column_clicked.connect(self._sort_by_column)
        self.view = CaseView(seat, self.ask)
        self.view.left.connect(self.show_list)
        self.view.changed.connect(self.changed)
        self.view.lock_wanted.connect(self.lock_wanted)
        self.view.thing_wanted.connect(self.thing_wanted)
        self.view.query_wanted.connect(self.query_wanted)
        self._lay_out_stack()

    def begin_case(self) -> None:
        """Ask what a new case is called."""
        ask_new(self.ask, self._seat, Told(self._begun))

    def open_case(self, number: int) -> None:
        """This case in the place of the list."""
        self._show_head(is_shown=False)
        self._stack.setCurrentWidget(self.view)
        self.view.show_case(number)
        self.view.items.table.setFocus()

    def show_list(self) -> None:
        """All cases again."""
        self._show_head(is_shown=True)
        self._stack.setCurrentWidget(self._listed)
        self.list.refresh()
        self.list.table.setFocus()

    @property
    def is_open(self) -> bool:
        """A case is shown."""
        return self._stack.currentWidget() is self.view

    def exportable(self) -> Exportable:
        """What would leave as a table: the cases that are listed, or the reports of the one that is open."""
        if self.is_open and self.view.number is not None:
            return Exportable(TableSubject.REPORTS, AllFound(f"case:C-{self.view.number}"))
        wanted = self._wanted
        return Exportable(TableSubject.CASES, AllFound(asked_in(wanted.state, wanted.text)))

    # -- what the page does with it

    def refresh(self) -> None:
        if self.is_open and self.view.number is not None:
            self.view.refresh_case(self.view.number)
        else:
            self.list.refresh()

    def refuse(self, error: CportError) -> None:
        if isinstance(error, QueryError):
            self.query.refuse(error)
        else:
            super().refuse(error)

    def step_back(self) -> None:
        self.query.accept()
        super().step_back()
        if self.is_open and not self.view.step_back():
            self.show_list()

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)
        self.view.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return self.view.focus_ring() if self.is_open else (self.query, self.list.table)

    # -- inside

    def _go_to_list(self) -> None:
        self.list.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _look(self, _asked: object) -> None:
        self._wanted = CasesWanted(
            _STATES[self._state.currentIndex()],
            text=self.query.asked_for,
            order=list(CaseOrder)[self.order.currentIndex()],
        )
        self.query.accept()
        is_narrowed = bool(self._wanted.text)
        told = (say.NONE_FOUND, say.NONE_FOUND_HELP)
        self.list.say_if_empty(told if is_narrowed else (say.NO_CASES, say.NO_CASES_HELP))
        self.list.refresh()

    def _load(self, limit: int, after: str | None) -> Page[CaseRow]:
        return self._seat.session.working.cases.page(self._wanted, limit, after)

    def sort_by(self, order: CaseOrder) -> None:
        """List them in this order."""
        self.order.setCurrentIndex(list(CaseOrder).index(order))

    def _sort_by_column(self, column: int) -> None:
        word = self.list.model.columns[column].sort
        if word is None:
            return
        orders_of = (CaseOrder(word), _BACKWARDS[CaseOrder(word)])
        self.sort_by(orders_of[self._wanted.order is orders_of[0]])

    def _begun(self, number: int, changes: Changes) -> None:
        self.changed.emit(changes)
        self.open_case(number)

    def _show_head(self, *, is_shown: bool) -> None:
        """A case has a heading of its own."""
        for part in self._head:
            part.setVisible(is_shown)

    def _lay_out_stack(self) -> None:
        new = self.add_act(say.NEW_CASE, NEW_KEY, self.begin_case, kind="primary")
        items = (self._column.itemAt(0), self._column.itemAt(1))
        labels = [item.widget() for item in items if item is not None]
        self._head = (*filter(None, labels), new, self.query, self._state, self.order)
        self.query.setMinimumWidth(_LEAST_QUERY)
        self.add_beside_acts(self.query, stretches=True)
        self.add_beside_acts(self._state)
        self.add_beside_acts(self.order)
        column = QVBoxLayout(self._listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        self._stack.addWidget(self._listed)
        self._stack.addWidget(self.view)
        self._column.addWidget(self._stack, 1)
