"""Rows that are walked through: the first one is opened at once, and of a burst only the last. What is
opened is recorded; an arrow key held down passes over rows without opening them.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

BURST_MS = 140
"""Two choices that are no further apart belong to one burst; a held arrow key makes one."""


class Burst(QObject):
    """Calls `act` at the next turn of the event loop after a choice that stands alone, and once,
    `BURST_MS` after the last one, for those that follow each other.
    """

    def __init__(self, act: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(act)

    def choose(self) -> None:
        """Another row was chosen."""
        is_alone = not self._since.isValid() or self._since.hasExpired(BURST_MS)
        self._since.start()
        self._timer.start(0 if is_alone else BURST_MS)

    def stop(self) -> None:
        """Nothing is chosen any more."""
        self._timer.stop()
