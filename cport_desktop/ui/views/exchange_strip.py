"""The exchange with the portal: start, watch, stop, and what came of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from cport_desktop.clock import Clock
from cport_desktop.domain.anchoring import AnchorState
from cport_desktop.domain.progress import Phase, Progress
from cport_desktop.errors import AnchorRefused, Cancelled, CportError
from cport_desktop.ui import figures
from cport_desktop.ui.desk import ExchangeSummary, Session
from cport_desktop.ui.lane import Errand, Lanes
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import audit, labels
from cport_desktop.words import window as say

_STEPS = 1000
_PACE_KNOWN_AFTER = 3.0
"""Seconds into a phase before a time estimate is worth showing."""
_NEWS_EVERY = 1.5
"""Seconds between two hints that lists may look again."""


class ExchangeStrip(QWidget):
    """One exchange at a time, on its own lane; the window stays free.

    Signals:
        moved(): something arrived so far; lists may look again.
        ended(): an exchange ended, well or not.
        failed(object): the CportError that ended it, or what the portal said of the audit log.
    """

    moved = Signal()
    ended = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, lanes: Lanes, clock: Clock) -> None:
        super().__init__()
        self._session = session
        self._lanes = lanes
        self._clock = clock
        self._errand: Errand | None = None
        self._phase: Phase | None = None
        self._phase_began = 0.0
        self._moved_at = 0.0
        self._start = button(say.SYNCHRONISE, self._begin, key="F5")
        self._stop = button(say.CANCEL, self.stop, kind="small")
        self._words = PlainLabel(role="caption", wraps=True)
        self._words.hide()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(say.EXCHANGE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._words)
        column.addWidget(self._bar)
        column.addWidget(self._stop)
        column.addWidget(self._start)
        self._show_running(is_running=False)

    @property
    def is_running(self) -> bool:
        return self._errand is not None

    def words(self) -> str:
        return self._words.text()

    def start(self, *, metadata_only: bool = False) -> bool:
        """Begin an exchange unless one is under way; whether this one began."""
        if self._errand is not None:
            return False
        self._phase = None
        self._show_running(is_running=True)
        self._errand = self._lanes.exchange.ask_long(
            self,
            partial(self._session.synchronise, metadata_only),
            progress=self._show_progress,
            then=self._finish,
            otherwise=self._fail,
        )
        return True

    def _begin(self) -> None:
        self.start()

    def stop(self) -> None:
        """Ask the exchange to end at its next safe point."""
        if self._errand is not None:
            self._errand.wind_down()
            self._stop.setEnabled(False)
            self._words.say(say.CANCELLING)

    def _show_progress(self, progress: Progress) -> None:
        if self._errand is None or not self._stop.isEnabled():
            return
        now = self._clock.monotonic()
        if progress.phase is not self._phase:
            self._phase, self._phase_began = progress.phase, now
        if now - self._moved_at >= _NEWS_EVERY:
            self._moved_at = now
            self.moved.emit()
        total = progress.total
        told = say.progress(
            labels.phase(progress.phase.value),
            figures.count(progress.done),
            None if total is None else figures.count(total),
        )
        if total:
            self._bar.setRange(0, _STEPS)
            self._bar.setValue(progress.done * _STEPS // total)
        else:
            self._bar.setRange(0, 0)
        left = self._time_left(progress, now)
        self._words.say(f"{told}\n{left}" if left else told)

    def _time_left(self, progress: Progress, now: float) -> str:
        elapsed = now - self._phase_began
        if not progress.total or elapsed < _PACE_KNOWN_AFTER:
            return ""
        left = figures.seconds_left(progress.done, progress.total, elapsed)
        return "" if left is None else say.time_left(left)

    def _finish(self, summary: ExchangeSummary) -> None:
        self._show_running(is_running=False)
        told = say.exchange_result(
            new=summary.reports_new,
            changed=summary.reports_changed,
            withdrawn=summary.reports_withdrawn,
            fetched=summary.media_new,
            sent=summary.operations_sent,
            pending=summary.media_pending,
            complete=summary.is_complete,
        )
        anchoring = summary.anchoring
        if anchoring is not None and anchoring.state is not AnchorState.COSIGNED:
            became = audit.anchoring(anchoring.state.value, anchoring.size, anchoring.held_size)
            told = f"{told}\n{became}"
        self._words.say(told)
        if anchoring is not None and anchoring.is_alarming:
            self.failed.emit(AnchorRefused(size=anchoring.size, held=anchoring.held_size))
        self.ended.emit()

    def _fail(self, error: CportError) -> None:
        self._show_running(is_running=False)
        if isinstance(error, Cancelled):
            self._words.say(say.STOPPED)
        else:
            self._words.say(say.NOT_SYNCED)
            self.failed.emit(error)
        self.ended.emit()

    def _show_running(self, *, is_running: bool) -> None:
        if not is_running:
            self._errand = None
        self._bar.setRange(0, 0 if is_running else _STEPS)
        self._bar.setVisible(is_running)
        self._stop.setVisible(is_running)
        self._stop.setEnabled(is_running)
        self._start.setVisible(not is_running)
        self._words.say(labels.phase(Phase.CONNECTING.value) if is_running else "")
        self._words.show()
