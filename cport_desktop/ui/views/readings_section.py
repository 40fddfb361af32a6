"""Assessments that wait for a second reader, or were contradicted."""

from __future__ import annotations

from PySide6.QtCore import Signal

from cport_desktop.ui.models.deed_columns import reading_columns
from cport_desktop.ui.recalling import ReadingLine
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.paged_section import PagedSection
from cport_desktop.words import deeds_page as say


class ReadingsSection(PagedSection[ReadingLine]):
    """What the first reader found stands nowhere here before the second has said their word.

    Signals:
        report_wanted(object): open the report with this ReportId.
    """

    report_wanted = Signal(object)

    title = say.READINGS
    intro = say.READINGS_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._open = self.add_act(say.OPEN, say.OPEN_KEY, self.open_report, kind="primary")
        self.list_pages(
            reading_columns(),
            seat.session.recalling.readings,
            same=lambda one, other: one.operation_id == other.operation_id,
            empty=(say.NO_READINGS, say.NO_READINGS_HELP),
        )
        self.list.table.kept_as = "second_readings"
        self.list.chosen_changed.connect(self._offer)
        self.list.row_opened.connect(lambda _line: self.open_report())
        self._offer()

    def open_report(self) -> None:
        """Open the report of the chosen one."""
        line = self.list.chosen()
        if line is not None:
            self.report_wanted.emit(line.report_id)

    def _offer(self) -> None:
        self._open.setEnabled(self.list.chosen() is not None)
