"""Assessments that wait for a second reader, or were contradicted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cport_desktop.ui.models.deed_columns import reading_columns
from cport_desktop.ui.recalling import ReadingLine
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.page_section import PageSection
from cport_desktop.ui.widgets.listing import Listing
from cport_desktop.words import deeds_page as say


class ReadingsSection(PageSection):
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
        empty = (say.NO_READINGS, say.NO_READINGS_HELP)
        self.list = Listing[ReadingLine](say.READINGS, reading_columns(), seat.theme, empty=empty)
        self.list.table.kept_as = "second_readings"
        self._column.addWidget(self.list, 1)
        self.list.chosen_changed.connect(self._offer)
        self.list.row_opened.connect(lambda _line: self.open_report())
        self._offer()

    def refresh(self) -> None:
        self.load(self._seat.session.recalling.readings, self._show)

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.list.table,)

    def open_report(self) -> None:
        """Open the report of the chosen one."""
        line = self.list.chosen()
        if line is not None:
            self.report_wanted.emit(line.report_id)

    def _show(self, lines: tuple[ReadingLine, ...]) -> None:
        self.list.show_rows(lines, same=lambda one, other: one.report_id == other.report_id)

    def _offer(self) -> None:
        self._open.setEnabled(self.list.chosen() is not None)
