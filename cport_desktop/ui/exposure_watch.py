"""Knows what today came to, and when it may be said that a break is due.

Rules:
1. After each look, and every half minute, it asks how it stands. What it hears goes to the status
   line at once.
2. That something is due is said when nobody looks at anything and no key or button was pressed for
   `QUIET_MS`: it interrupts no look and no word. What is over, or was put off, goes at once.
3. Nothing is asked, timed or said without a ledger.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from cport_desktop.ui.exposing import Exposing, TodayLine
from cport_desktop.ui.lane import Lanes
from cport_desktop.ui.looking import Looking

QUIET_MS: Final = 2_000
_ASK_MS: Final = 30_000
_INPUT: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
    }
)


class ExposureWatch(QObject):
    """One open window's.

    Signals:
        stands(object): the newest `TodayLine`.
        due(object): a break is due, and nobody is in the middle of anything; a `TodayLine`.
        not_due(): nothing is due any more, or it was put off.
    """

    stands = Signal(object)
    due = Signal(object)
    not_due = Signal()

    def __init__(self, exposing: Exposing, lanes: Lanes, parent: QObject) -> None:
        super().__init__(parent)
        self._exposing = exposing
        self._lanes = lanes
        self._window: QWidget | None = None
        self._waiting: TodayLine | None = None
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self._say_if_nobody_minds)
        self._rounds = QTimer(self)
        self._rounds.setInterval(_ASK_MS)
        self._rounds.timeout.connect(self.ask)

    def begin(self, window: QWidget) -> None:
        """Ask now, from time to time, and after each look in this window."""
        self._window = window
        if not self._exposing.is_kept:
            return
        self.hear_looks_in(window)
        self._rounds.start()
        self.ask()

    def hear_looks_in(self, part: QWidget) -> None:
        """Ask after each look in a part of the window that is new; before `begin` it need not be told."""
        if self._window is not None and self._exposing.is_kept:
            for looking in part.findChildren(Looking):
                looking.looked.connect(self._looked)

    def ask(self) -> None:
        """Ask how it stands. The end of a look is written on the same lane, before this is asked."""
        if self._exposing.is_kept:
            self._lanes.acting.ask(self, self._exposing.today, then=self.hear)

    def hear(self, line: TodayLine | None) -> None:
        """This is how it stands."""
        if line is None:
            return
        self.stands.emit(line)
        if line.standing.is_asked_for:
            self._wait_to_say(line)
        else:
            self._stop_waiting()
            self.not_due.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._quiet.start()
        return False

    def _looked(self, _look: object) -> None:
        self.ask()

    def _is_looking(self) -> bool:
        window = self._window
        return window is not None and any(
            each.is_under_way for each in window.findChildren(Looking)
        )

    def _wait_to_say(self, line: TodayLine) -> None:
        if self._waiting is None:
            # Only while something waits to be said: it sees every event of the window.
            _application().installEventFilter(self)
            self._quiet.start()
        self._waiting = line

    def _stop_waiting(self) -> None:
        self._quiet.stop()
        if self._waiting is not None:
            _application().removeEventFilter(self)
            self._waiting = None

    def _say_if_nobody_minds(self) -> None:
        if self._is_looking():
            self._quiet.start()
            return
        line = self._waiting
        self._stop_waiting()
        if line is not None:
            self.due.emit(line)


def _application() -> QCoreApplication:
    """A window has one."""
    application = QCoreApplication.instance()
    if application is None:
        raise RuntimeError
    return application
