"""What an analyst did, with the way back where there is one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import report_reference
from cport_desktop.ui.models.deed_columns import deed_columns
from cport_desktop.ui.recalling import DeedLine, Recalling
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.triaging import TurnedLines
from cport_desktop.ui.views.paged_section import PagedSection
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.words import deeds as words
from cport_desktop.words import deeds_page as say


class DeedsSection(PagedSection[DeedLine]):
    """Any deed can be undone, not only the newest; done again is what was undone last.

    Signals:
        report_wanted(object): open the report with this ReportId.
    """

    report_wanted = Signal(object)

    title = say.DEEDS
    intro = say.DEEDS_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._undo = self.add_act(say.UNDO, say.UNDO_KEY, self.undo)
        self._redo = self.add_act(say.REDO, say.REDO_KEY, self.redo)
        self._open = self.add_act(say.OPEN, say.OPEN_KEY, self.open_report)
        self.strip = WorkStrip(say.DEEDS, seat.lanes.acting, seat.clock)
        self._column.addWidget(self.strip)
        self.list_pages(
            deed_columns(),
            self.recalling.deeds,
            same=lambda one, other: one.number == other.number,
            empty=(say.NO_DEEDS, say.NO_DEEDS_HELP),
        )
        self.list.table.kept_as = "deeds"
        self.list.chosen_changed.connect(self._offer)
        self.list.row_opened.connect(lambda _line: self.open_report())
        self._offer()

    @property
    def recalling(self) -> Recalling:
        return self._seat.session.recalling

    def undo(self) -> None:
        """The chosen deed is undone as far as it can be; what stays is named with its reason."""
        line = self.list.chosen()
        if line is not None and line.is_done and not self.strip.is_running:
            self._begin()
            work = partial(self.recalling.undo, line.number)
            self.strip.begin(work, then=self._turned, otherwise=self.refuse)

    def redo(self) -> None:
        """What was undone last is done again."""
        if not self.strip.is_running:
            self._begin()
            self.strip.begin(self.recalling.redo, then=self._turned, otherwise=self.refuse)

    def open_report(self) -> None:
        """Open the report that the chosen deed was done to first."""
        line = self.list.chosen()
        if line is not None and line.report_id is not None:
            self.report_wanted.emit(line.report_id)

    def _begin(self) -> None:
        self._notice.dismiss()
        self.tell("")

    def _turned(self, answer: tuple[TurnedLines, Changes]) -> None:
        turned, changes = answer
        stays = [
            (
                words.NO_ITEM if each.report_id is None else report_reference(each.report_id),
                each.reason,
            )
            for each in turned.stays
        ]
        told = "\n".join(filter(None, (turned.told, words.stays(stays))))
        self.tell(told, "grave" if stays else "lightest")
        self.refresh()
        self.changed.emit(changes)

    def _offer(self) -> None:
        line = self.list.chosen()
        self._undo.setEnabled(line is not None and line.is_done)
        self._redo.setEnabled(any(not each.is_done for each in self.list.rows()))
        self._open.setEnabled(line is not None and line.report_id is not None)
