"""Transfers: media files on their way, one by one, and what a person says about them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QPushButton

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.transfer import Transfer, TransferState, TransferTally
from cport_desktop.ui import figures
from cport_desktop.ui.models.transfer_columns import transfer_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.paged_section import PagedSection
from cport_desktop.words import transfers_page as say

_LOOK_EVERY_MS = 2000
_S = TransferState
_CAN_PAUSE = (_S.WAITING, _S.ARRIVING, _S.FAILED, _S.HELD_BACK)
_CAN_ASK = (_S.WAITING, _S.HELD_BACK, _S.CANCELLED)
_CAN_TRY = (_S.FAILED, _S.REFUSED)


class TransfersSection(PagedSection[Transfer]):
    """Looks again every other second while it is on the screen."""

    title = say.TRANSFERS
    intro = say.INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._transfers = seat.session.exchanging.transfers
        self._ask = self._act_on(say.ASK_FIRST, "Alt+A", self._transfers.ask_first)
        self._pause = self._act_on(say.PAUSE, "Alt+P", self._transfers.pause)
        self._go_on = self._act_on(say.GO_ON, "Alt+G", self._transfers.resume)
        self._try = self._act_on(say.TRY_NOW, "Alt+T", self._transfers.retry)
        self._cancel = self._act_on(say.NOT_WANTED, "Alt+N", self._transfers.cancel)
        self.next_row_of_acts()
        self._pause_all = self._act_on_all(say.PAUSE_ALL, "Alt+W", self._transfers.pause)
        self._all_go_on = self._act_on_all(say.RESUME_ALL, "Alt+E", self._transfers.resume)
        self._try_all = self._act_on_all(say.RETRY_ALL, "Alt+F", self._transfers.retry)
        self.list_pages(
            transfer_columns(seat.clock.now),
            self._transfers.page,
            same=lambda one, other: one.media_id == other.media_id,
            empty=(say.NOTHING, say.NOTHING_HELP),
        )
        self.list.chosen_changed.connect(self._offer)
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_EVERY_MS)
        self._looking.timeout.connect(self._look)
        self._show_tally(TransferTally(0, 0, 0, 0, 0, 0, is_paused=False))
        self._offer()

    def refresh(self) -> None:
        self.load(self._transfers.tally, self._show_tally)
        super().refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._looking.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._looking.stop()

    def _look(self) -> None:
        """Again, unless somebody has scrolled beyond what a look would bring back."""
        if self.list.is_at_top():
            self.load(self._transfers.tally, self._show_tally)
            self.list.look_again()

    # -- acts

    def _act_on(self, label: str, key: str, act: Callable[[MediaId], None]) -> QPushButton:
        return self.add_act(label, key, partial(self._do_with_chosen, act))

    def _act_on_all(self, label: str, key: str, act: Callable[[None], None]) -> QPushButton:
        return self.add_act(label, key, partial(self._do, partial(act, None)))

    def _do_with_chosen(self, act: Callable[[MediaId], None]) -> None:
        line = self.list.chosen()
        if line is not None:
            self._do(partial(act, line.media_id))

    def _do(self, work: Callable[[], None]) -> None:
        self._notice.dismiss()
        self._seat.lanes.acting.ask(self, work, then=self._done, otherwise=self.refuse)

    def _done(self, _answer: object) -> None:
        self.refresh()
        self.changed.emit(Changes.AUDIT)

    # -- showing

    def _offer(self) -> None:
        line = self.list.chosen()
        state = None if line is None else line.state
        is_first = line is not None and line.is_asked_for
        for made, may in (
            (self._ask, state in _CAN_ASK and not (is_first and state is _S.WAITING)),
            (self._pause, state in _CAN_PAUSE),
            (self._go_on, state is _S.PAUSED),
            (self._try, state in _CAN_TRY),
            (self._cancel, state not in (None, _S.CANCELLED, _S.REFUSED)),
        ):
            made.setEnabled(may)

    def _show_tally(self, tally: TransferTally) -> None:
        alone = tally.failed + tally.paused + tally.cancelled + tally.refused
        self._pause_all.setVisible(not tally.is_paused)
        self._all_go_on.setVisible(tally.is_paused)
        self._try_all.setVisible(bool(tally.failed or tally.refused))
        if tally.waiting or alone or tally.not_granted:
            told = say.tally(
                tally.waiting,
                figures.size(tally.bytes_waiting),
                failed=alone,
                not_granted=tally.not_granted,
                is_paused=tally.is_paused,
            )
            self.tell(told, "grave" if tally.is_paused else None)
        else:
            self.tell("")
