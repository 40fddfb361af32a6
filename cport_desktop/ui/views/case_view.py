"""One case on one page: what it is, what is in it, what happened, and the work on it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.domain.about import About, AboutKind
from cport_desktop.domain.case import CaseItem, CaseRow, CaseState, Moment
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.kept_text import LONGEST_SUMMARY
from cport_desktop.ui import figures
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.models.case_columns import item_columns, moment_columns
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.case_dialogs import Ask, Told, ask_edit, ask_query, ask_turn
from cport_desktop.ui.views.case_parts import CaseParts
from cport_desktop.ui.views.work_panel import WorkPanel
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.paged_listing import PagedListing
from cport_desktop.ui.widgets.panes import FoldingPanes
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.scrolling import ScrollColumn
from cport_desktop.words import cases_page as say
from cport_desktop.words import window

BACK_KEY, EDIT_KEY, TURN_KEY = "Alt+A", "Alt+E", "Alt+X"
QUERY_KEY, OUT_KEY, REPORTS_KEY = "Alt+P", "Alt+U", "Alt+R"
_LISTS_HEIGHT, _PAGE_HEIGHT = 260, 260
"""Pixels, at least, where the lists and what is chosen in them stand beneath each other."""


class CaseView(QWidget):
    """Whoever has it says which case (`show_case`).

    Signals:
        left(): back to the list.
        changed(object): `Changes` after an act.
        thing_wanted(object): show this `About`.
        query_wanted(str): show what this query finds.
        lock_wanted(): the analyst wants the vault locked, from a dialog.
    """

    left = Signal()
    changed = Signal(object)
    thing_wanted = Signal(object)
    query_wanted = Signal(str)
    lock_wanted = Signal()

    def __init__(self, seat: Seat, ask: Ask) -> None:
        super().__init__()
        self._seat = seat
        self._ask = ask
        self._row: CaseRow | None = None
        self._errand: Errand | None = None
        self.work: WorkPanel | None = None
        self._title = PlainLabel(role="title", wraps=True)
        self._facts = PlainLabel(role="muted", wraps=True)
        self._summary = PlainLabel(wraps=True, can_be_copied=True, longest=LONGEST_SUMMARY)
        self._notice = Notice()
        self._heading = section(say.ITEMS)
        self._edit = button(say.EDIT, self.edit, kind="small", key=EDIT_KEY)
        self._turn = button(say.CLOSE, self.turn, kind="small", key=TURN_KEY)
        self._query = button(say.PUT_BY_QUERY, self.put_by_query, kind="small", key=QUERY_KEY)
        self._out = button(say.TAKE_OUT, self.take_out, kind="small", key=OUT_KEY)
        self._reports = button(say.SHOW_REPORTS, self.show_reports, kind="small", key=REPORTS_KEY)
        self.items = PagedListing[CaseItem](
            say.ITEMS,
            item_columns(seat.taxonomy),
            seat.theme,
            empty=(say.NO_ITEMS, say.NO_ITEMS_HELP),
        )
        self.timeline = PagedListing[Moment](
            say.TIMELINE,
            moment_columns(seat.taxonomy),
            seat.theme,
            empty=(say.NO_MOMENTS, say.NO_MOMENTS_HELP),
        )
        self.items.row_opened.connect(self._open_item)
        self.timeline.row_opened.connect(self._open_moment)
        self.items.chosen_changed.connect(self._offer)
        self._side = QWidget()
        self._side_column = QVBoxLayout(self._side)
        self._side_column.setContentsMargins(0, 0, 0, 0)
        self._page = ScrollColumn(say.WORK)
        self._page.add(self._side)
        left = QWidget()
        self._lists = QVBoxLayout(left)
        self.parts = CaseParts(seat, left)
        self.parts.thing_wanted.connect(self.thing_wanted)
        self.parts.query_wanted.connect(self.query_wanted)
        self.parts.changed.connect(self.changed)
        self.parts.lock_wanted.connect(self.lock_wanted)
        self._lay_out()

    @property
    def number(self) -> int | None:
        """Of the case that is shown."""
        return None if self._row is None else self._row.case.number

    def show_case(self, number: int) -> None:
        """This case, from the beginning."""
        is_other = number != self.number
        cases = self._seat.session.working.cases
        reading, refuse = self._seat.lanes.reading, self._notice.tell
        items, moments = partial(cases.items, number), partial(cases.timeline, number)
        self.items.feed(reading, items, same=_same_thing, otherwise=refuse)
        self.timeline.feed(reading, moments, same=lambda one, other: one == other, otherwise=refuse)
        if is_other:
            self._show_nothing()
            self._make_work(number)
        self.refresh_case(number)

    def refresh_case(self, number: int) -> None:
        """What is true of it now."""
        self._notice.dismiss()
        if self._errand is not None:
            self._errand.cancel()  # Another case may be on its way.
        self._errand = self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.working.cases.show, number),
            then=self._show,
            otherwise=self._notice.tell,
        )
        self.items.refresh()
        self.timeline.refresh()
        self.parts.show_case(number)
        self.parts.refresh()
        if self.work is not None:
            self.work.refresh()

    def step_back(self) -> bool:
        """Leave what was being done in it, if anything; whether something was."""
        is_left = self.work is not None and self.work.step_back()
        return is_left or self.parts.step_back()

    def wear(self, theme: Theme) -> None:
        self.items.wear(theme)
        self.timeline.wear(theme)
        self.parts.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return self.parts.focus_ring() or (self.items.table, self.timeline.table)

    # -- acts

    def edit(self) -> None:
        """Another title, summary or lead."""
        if self._row is not None and self._is_open:
            ask_edit(self._ask, self._seat, self._row.case, Told(self._changed))

    def turn(self) -> None:
        """Close it, or open it again."""
        if self._row is not None:
            ask_turn(self._ask, self._seat, self._row.case, Told(self._changed))

    def put_by_query(self) -> None:
        """Put in all reports that a query finds."""
        if self._row is not None and self._is_open:
            ask_query(self._ask, self._seat, self._row.case, Told(self._changed))

    def take_out(self) -> None:
        """Take what is chosen out of the case."""
        item, row = self.items.chosen(), self._row
        if item is None or row is None or not self._is_open:
            return
        number = row.case.number
        self._seat.lanes.acting.ask(
            self,
            partial(self._seat.session.working.cases.take_out, number, (item.about,)),
            then=partial(self._changed, number),
            otherwise=self._notice.tell,
        )

    def show_reports(self) -> None:
        """Its reports, on the page of reports."""
        if self._row is not None:
            self.query_wanted.emit(f"case:{self._row.case.reference}")

    # -- showing

    @property
    def _is_open(self) -> bool:
        return self._row is not None and self._row.case.state is CaseState.OPEN

    def _show_nothing(self) -> None:
        """What was said of another case stands nowhere."""
        self._row = None
        for label in (self._title, self._facts, self._summary):
            label.say("")
        self._summary.hide()
        self._heading.say(say.ITEMS.upper())
        self._offer()

    def _show(self, row: CaseRow) -> None:
        self._row = row
        case = row.case
        self._title.say(say.case_head(case.reference, one_line(case.title)))
        facts = [
            say.led_by(None if case.lead is None else case.lead.name),
            say.opened_by(case.made_by, figures.moment_in_prose(case.made_at)),
        ]
        if case.closed_at is not None:
            at = figures.moment_in_prose(case.closed_at)
            facts.append(say.closed_because(case.closed_by or "", at, case.closed_why or ""))
        self._facts.say(" · ".join(facts))
        self._summary.say(case.summary)
        self._summary.setVisible(bool(case.summary))
        self._heading.say(say.items_named(row.items).upper())
        label = say.CLOSE if self._is_open else say.REOPEN
        self._turn.setText(window.key_named(label, TURN_KEY))
        self._turn.setAccessibleName(window.accessible_with_key(label, TURN_KEY))
        self._offer()

    def _offer(self) -> None:
        self._edit.setEnabled(self._is_open)
        self._query.setEnabled(self._is_open)
        self._out.setEnabled(self._is_open and self.items.chosen() is not None)

    def _changed(self, number: int, changes: Changes) -> None:
        if number == self.number:
            self.refresh_case(number)
        self.changed.emit(changes)

    def _open_item(self, item: CaseItem) -> None:
        self.thing_wanted.emit(item.about)

    def _open_moment(self, moment: Moment) -> None:
        if moment.about is not None and moment.about.kind is not AboutKind.CASE:
            self.thing_wanted.emit(moment.about)

    def _make_work(self, number: int) -> None:
        if self.work is not None:
            self._side_column.removeWidget(self.work)
            self.work.hide()
            self.work.deleteLater()
        self.work = WorkPanel(About(AboutKind.CASE, number), self._seat, over=self)
        self.work.changed.connect(self._work_changed)
        self.work.lock_wanted.connect(self.lock_wanted)
        self._side_column.addWidget(self.work)

    def _work_changed(self, changes: Changes) -> None:
        self.timeline.refresh()
        self.parts.refresh()
        self.changed.emit(changes)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(button(say.BACK, self.left.emit, kind="small", key=BACK_KEY))
        head.addWidget(self._reports)
        head.addStretch()
        head.addWidget(self._edit)
        head.addWidget(self._turn)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self._heading, 1)
        acts.addWidget(self._query)
        acts.addWidget(self._out)
        lists = self._lists
        lists.setContentsMargins(0, 0, 0, 0)
        lists.setSpacing(6)
        lists.addLayout(acts)
        lists.addWidget(self.items, 1)
        lists.addWidget(section(say.TIMELINE))
        lists.addWidget(self.timeline, 1)
        frame = QFrame()
        frame.setProperty("panel", "true")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self._page)
        parts = FoldingPanes((self.parts, frame), heights=(_LISTS_HEIGHT, _PAGE_HEIGHT))
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        parts.setSizes([620, 380])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._title)
        column.addWidget(self._facts)
        column.addWidget(self._summary)
        column.addWidget(self._notice)
        column.addWidget(parts, 1)
        for key, act in (
            (BACK_KEY, self.left.emit),
            (EDIT_KEY, self.edit),
            (TURN_KEY, self.turn),
            (QUERY_KEY, self.put_by_query),
            (OUT_KEY, self.take_out),
            (REPORTS_KEY, self.show_reports),
        ):
            bind_key(key, self, act, everywhere=True)


def _same_thing(one: CaseItem, other: CaseItem) -> bool:
    return one.about == other.about
