"""What other reports have in common with the one that is open, and what came of them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from cport_desktop.domain.hosts import defanged
from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.domain.memory import Because, Memory, Outcome, Remembered
from cport_desktop.domain.report import ReportStatus
from cport_desktop.domain.taxonomy import UNDECIDED
from cport_desktop.errors import CportError
from cport_desktop.ui import figures
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.controls import button, clear_layout, panel
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import memory as say


class ReportMemory(QWidget):
    """About one report, asked for when it is made; what has to be compared first is, once.

    Signals:
        report_wanted(object): open the report with this ReportId.
    """

    report_wanted = Signal(object)

    def __init__(self, report_id: ReportId, seat: Seat) -> None:
        super().__init__()
        self._report_id = report_id
        self._seat = seat
        self._has_caught_up = False
        self.memory: Memory | None = None
        self.others: list[QPushButton] = []
        self._notice = Notice()
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._column)
        whole.addWidget(self._notice)
        self._column.addWidget(PlainLabel(say.LOADING, role="muted"))
        self._ask()

    def take_focus(self) -> bool:
        """Keys go to the first of the other reports; whether there is one."""
        if self.others:
            self.others[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return bool(self.others)

    def _ask(self) -> None:
        self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.surveying.memory, self._report_id),
            then=self._show,
            otherwise=self._refuse,
        )

    def _show(self, memory: Memory) -> None:
        self.memory = memory
        self.others = []
        clear_layout(self._column)
        for one in memory.reasons:
            self._column.addWidget(self._card(one))
        if not memory.reasons:
            self._column.addWidget(PlainLabel(say.NOTHING, role="muted", wraps=True))
        if not memory.is_whole:
            self._column.addWidget(PlainLabel(say.NOT_WHOLE, role="caption", wraps=True))
            self._catch_up()

    def _catch_up(self) -> None:
        if self._has_caught_up:
            return
        self._has_caught_up = True
        self._seat.lanes.tending.ask_long(
            self,
            self._seat.session.surveying.catch_up,
            progress=lambda _progress: None,
            then=lambda _looked_at: self._ask(),
            otherwise=self._refuse,
        )

    def _refuse(self, error: CportError) -> None:
        clear_layout(self._column)
        self._notice.tell(error)

    def _card(self, one: Remembered) -> QWidget:
        column = QVBoxLayout()
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        told = say.because(one.because.value, one.reports, is_more=one.is_more)
        column.addWidget(PlainLabel(told, role="strong", wraps=True))
        if shared := self._shared(one):
            column.addWidget(PlainLabel(shared, role="mono", wraps=True, can_be_copied=True))
        labels = self._seat.taxonomy["classification"]
        classes = [(labels.label(code), count) for code, count in one.decided]
        became = say.decided(classes, one.undecided, is_more=one.is_more)
        column.addWidget(PlainLabel(became, role="muted", wraps=True))
        for example in one.examples:
            column.addWidget(self._example(example))
        return panel(column, kind="card")

    def _shared(self, one: Remembered) -> str:
        """What they have in common, as far as it says more than the sentence above it."""
        match one.because:
            case Because.SAME_PAYMENT:
                return ", ".join(self._payment(text) for text in one.shared)
            case Because.SAME_LAYOUT:
                return one_line(", ".join(one.shared))
            case _:
                return one_line(", ".join(map(defanged, one.shared)))

    def _payment(self, text: str) -> str:
        site, _, methods = text.partition(":")
        taxonomy = self._seat.taxonomy
        told = [taxonomy["site_type"].label(int(site))]
        told += [taxonomy["payment_method"].label(int(code)) for code in methods.split(",")]
        return " · ".join(told)

    def _example(self, one: Outcome) -> QWidget:
        reference = report_reference(one.report_id)
        made = button(
            reference,
            partial(self.report_wanted.emit, one.report_id),
            kind="quiet",
            name=say.open_spoken(reference),
        )
        self.others.append(made)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(PlainLabel(self._outcome(one), role="muted", wraps=True), 1)
        whole = QWidget()
        whole.setLayout(row)
        return whole

    def _outcome(self, one: Outcome) -> str:
        taxonomy = self._seat.taxonomy
        decided = one.classification != UNDECIDED
        label = taxonomy["classification"].label(one.classification) if decided else say.UNDECIDED
        told = say.outcome(
            label,
            None if one.action is None else taxonomy["action"].label(one.action),
            None if one.acted_at is None else figures.day(one.acted_at),
        )
        parts = [figures.day(one.received_at), told]
        if one.status is ReportStatus.WITHDRAWN:
            parts.append(say.WITHDRAWN)
        return " · ".join(parts)
