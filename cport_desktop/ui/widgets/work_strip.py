"""Long work under way: how far it is, how long it takes yet, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from cport_desktop.clock import Clock
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.errors import Cancelled, CportError
from cport_desktop.ui import figures
from cport_desktop.ui.lane import Errand, Lane
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import labels
from cport_desktop.words import vault_page as say
from cport_desktop.words import window as words

Answer = TypeVar("Answer")
_STEPS = 1000
_PACE_KNOWN_AFTER = 3.0
"""Seconds into a phase before a time estimate is worth showing."""


class WorkStrip(QWidget):
    """One piece of work at a time, on a lane; hidden while there is none and nothing to tell."""

    def __init__(self, name: str, lane: Lane, clock: Clock) -> None:
        super().__init__()
        self._lane = lane
        self._clock = clock
        self._errand: Errand | None = None
        self._phase: Phase | None = None
        self._phase_began = 0.0
        self._words = PlainLabel(role="muted", wraps=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(name)
        self._stop = button(say.STOP, self.stop, kind="small")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._bar)
        self._show_running(is_running=False)
        self.hide()

    @property
    def is_running(self) -> bool:
        return self._errand is not None

    def words(self) -> str:
        return "" if self.isHidden() else self._words.text()

    def begin(
        self,
        work: Callable[[Announce, IsCancelled], Answer],
        *,
        then: Callable[[Answer], None],
        otherwise: Callable[[CportError], None],
        stopped: Callable[[], None] | None = None,
    ) -> None:
        """Start `work` unless some is under way. That it was stopped is told here, and to
        `stopped`.
        """
        if self._errand is not None:
            return
        self._phase = None
        self._show_running(is_running=True)
        self._words.set_tone(None)
        self._words.say(say.WORKING)

        def finished(answer: Answer) -> None:
            self._end("")
            then(answer)

        def failed(error: CportError) -> None:
            self._end(say.STOPPED if isinstance(error, Cancelled) else "")
            if not isinstance(error, Cancelled):
                otherwise(error)
            elif stopped is not None:
                stopped()

        self._errand = self._lane.ask_long(
            self, work, progress=self._show_progress, then=finished, otherwise=failed
        )

    def stop(self) -> None:
        """Ask the work to end at its next safe point."""
        if self._errand is not None:
            self._errand.wind_down()
            self._stop.setEnabled(False)
            self._words.say(say.STOPPING)

    def tell(self, sentence: str, tone: str | None = None) -> None:
        """What came of it; nothing for an empty one."""
        self._words.say(sentence)
        self._words.set_tone(tone)
        self.setVisible(bool(sentence) or self.is_running)

    def _end(self, sentence: str) -> None:
        self._errand = None
        self._show_running(is_running=False)
        self.tell(sentence)

    def _show_progress(self, progress: Progress) -> None:
        if self._errand is None or not self._stop.isEnabled():
            return
        now = self._clock.monotonic()
        if progress.phase is not self._phase:
            self._phase, self._phase_began = progress.phase, now
        total = progress.total
        self._bar.setRange(0, _STEPS if total else 0)
        if total:
            self._bar.setValue(progress.done * _STEPS // total)
        told = words.progress(
            labels.phase(progress.phase.value),
            figures.count(progress.done),
            None if total is None else figures.count(total),
        )
        left = self._time_left(progress, now)
        self._words.say(f"{told} · {left}" if left else told)

    def _time_left(self, progress: Progress, now: float) -> str:
        elapsed = now - self._phase_began
        if not progress.total or elapsed < _PACE_KNOWN_AFTER:
            return ""
        left = figures.seconds_left(progress.done, progress.total, elapsed)
        return "" if left is None else words.time_left(left)

    def _show_running(self, *, is_running: bool) -> None:
        self._bar.setRange(0, 0 if is_running else _STEPS)
        self._bar.setVisible(is_running)
        self._stop.setVisible(is_running)
        self._stop.setEnabled(is_running)
        self.setVisible(is_running)
