"""Who has the open report in hand: told in the strip, and kept by the analyst while triage is on."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from cport_desktop.domain.ids import ReportId
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.triaging import HandLine
from cport_desktop.ui.views.triage_strip import TriageStrip
from cport_desktop.words import triage_page as say

_EXTEND_MS: Final = 60_000
_COUNT_MS: Final = 1_000


class TriageHand(QObject):
    """One report at a time. A colleague who has it is named, with how long they have it still."""

    def __init__(self, seat: Seat, page: QWidget, strip: TriageStrip) -> None:
        super().__init__(page)
        self._seat = seat
        self._page = page
        self._strip = strip
        self._hand: HandLine | None = None
        self.open: ReportId | None = None
        """The report beside the list."""
        self._beat = QTimer(self)
        self._beat.setInterval(_EXTEND_MS)
        self._beat.timeout.connect(self._extend)
        self._countdown = QTimer(self)
        self._countdown.setInterval(_COUNT_MS)
        self._countdown.timeout.connect(self._show)

    def opened(self, report_id: ReportId, *, takes: bool) -> None:
        """This report is beside the list now; the analyst `takes` it in hand, again and again, or only looks
        who has it.
        """
        self.open = report_id
        self._hand = None
        self._show()
        triaging, told = self._seat.session.triaging, partial(self._told, report_id)
        if takes:
            self._seat.lanes.acting.ask(self, partial(triaging.take, report_id), then=told)
            self._beat.start()
        else:
            self._seat.lanes.reading.ask(self, partial(triaging.in_hand, report_id), then=told)

    def give_back(self) -> None:
        """The analyst has nothing in hand any more."""
        self._beat.stop()
        self._hand = None
        self._show()
        self._seat.lanes.acting.ask(self, self._seat.session.triaging.give_back)

    def _told(self, report_id: ReportId, hand: HandLine | None) -> None:
        if report_id == self.open:
            self._hand = hand
            self._show()

    def _show(self) -> None:
        hand = self._hand
        left = 0 if hand is None else int((hand.until - self._seat.clock.now()).total_seconds())
        if hand is None or left <= 0 or (hand.is_own and not hand.told):
            self._countdown.stop()
            self._strip.show_hand("")
            return
        if hand.told:
            self._countdown.stop()
            self._strip.show_hand(hand.told)
            return
        self._strip.show_hand(say.in_hand(hand.holder, f"{left // 60}:{left % 60:02}"))
        self._countdown.start()

    def _extend(self) -> None:
        if self.open is not None and self._page.isVisible():
            take = partial(self._seat.session.triaging.take, self.open)
            self._seat.lanes.acting.ask(self, take, then=partial(self._told, self.open))
