"""The round of triage: which report comes next, and rows that say how they stand after an act.

Rules:
1. The next one is the first undecided row behind the focus, then before it, then what was skipped.
2. A page that is not loaded yet is waited for, and the focus stays where it is until it comes.
3. Of two answers about the same rows the later one counts.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.domain.rows import ReportRow
from cport_desktop.domain.taxonomy import UNDECIDED
from cport_desktop.errors import CportError
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.models.keyset_table import KeysetTable
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.triage_strip import TriageStrip
from cport_desktop.ui.widgets.rows_table import RowsTable
from cport_desktop.words import triage_page as say

_MOST_REREAD: Final = 1_000
"""Rows around the focus that are read again after an act: far more than a screen shows."""


class TriageRound(QObject):
    """Goes over the rows of a table.

    Signals:
        refused(object): a `CportError` where rows were read again.
    """

    refused = Signal(object)

    def __init__(
        self,
        seat: Seat,
        page: QWidget,
        table: RowsTable,
        model: KeysetTable[ReportRow],
        strip: TriageStrip,
    ) -> None:
        super().__init__(page)
        self._seat = seat
        self._table = table
        self._model = model
        self._strip = strip
        self.is_on = False
        self._skipped: list[ReportId] = []
        self._looks_on = False
        """The next undecided report is looked for in a page that is on its way."""
        self._is_going_on = False
        """An act is done, and its report has the focus still."""
        self._rereading: Errand | None = None
        model.rowsInserted.connect(self._rows_came)

    @property
    def is_settled(self) -> bool:
        """The focus is where it is going to be."""
        return not (self._is_going_on or self._looks_on)

    def end(self) -> None:
        """Nothing has the focus by itself any more."""
        self.is_on = self._is_going_on = self._looks_on = False
        self._skipped.clear()

    def stop_looking_on(self) -> None:
        """The page that was wanted will not come: the focus stays where it is."""
        self._looks_on = False

    def focused(self) -> ReportId | None:
        """The report that the keys are about; None if nothing is chosen."""
        rows, current = self._table.chosen(), self._table.currentIndex().row()
        if not rows:
            return None
        return self._model.row(current if current in rows else rows[0]).report_id

    def begin(self) -> None:
        """The first undecided report has the focus."""
        self._go_on(-1)

    def next_undecided(self) -> None:
        """The next report that nobody has decided has the focus."""
        self._go_on(self._table.currentIndex().row())

    def skip(self, report_id: ReportId) -> None:
        """This one comes back at the end of the round."""
        if report_id not in self._skipped:
            self._skipped.append(report_id)
        self._strip.tell(say.skipped(report_reference(report_id)))
        self.next_undecided()

    def reread(self, *, go_on: bool) -> None:
        """Rows around the focus say how it stands now; then, if wanted, the next one has the focus."""
        at = max(0, self._table.currentIndex().row())
        first = max(0, at - _MOST_REREAD // 2)
        last = min(self._model.rowCount(), first + _MOST_REREAD)
        numbers = tuple(self._model.row(number).report_id for number in range(first, last))
        if self._rereading is not None:
            self._rereading.cancel()  # Late, it would show a row as it was before the last act.
        self._is_going_on = self._is_going_on or go_on
        self._rereading = self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.triaging.rows, numbers),
            then=partial(self._put, at=at),
            otherwise=self._refuse_rows,
        )

    def _refuse_rows(self, error: CportError) -> None:
        self._is_going_on = False
        self.refused.emit(error)

    def _put(self, rows: tuple[ReportRow, ...], *, at: int) -> None:
        now = {row.report_id: row for row in rows}
        for number in range(self._model.rowCount()):
            row = now.get(self._model.row(number).report_id)
            if row is not None and row != self._model.row(number):
                self._model.put(number, row)
        go_on, self._is_going_on = self._is_going_on, False
        if go_on and self.is_on:
            self._go_on(at)

    def _go_on(self, at: int) -> None:
        """The first undecided row behind `at` is chosen; then those before it, then skipped ones."""
        count = self._model.rowCount()
        behind = self._undecided(range(at + 1, count))
        if behind is None and not self._model.is_whole:
            self._looks_on = True
            self._table.scrollToBottom()
            return
        found = behind if behind is not None else self._undecided(range(min(at + 1, count)))
        if found is None and self._skipped:
            self._skipped.clear()
            self._strip.tell(say.ROUND_AGAIN)
            found = self._undecided(range(count))
        if found is None:
            self._strip.tell(say.NO_MORE, can_undo=True)
        else:
            self._table.choose(found)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rows_came(self) -> None:
        if self._looks_on and self.is_on:
            self._looks_on = False
            self._go_on(self._table.currentIndex().row())

    def _undecided(self, places: range) -> int | None:
        for number in places:
            row = self._model.row(number)
            if row.classification == UNDECIDED and row.report_id not in self._skipped:
                return number
        return None
