"""Cyclic garbage is collected in the GUI thread, and nowhere else.

Python collects cycles in whichever thread happens to allocate. If that is a worker, and a
cycle holds a widget or a model, Qt objects are destroyed outside their thread, which ends the
process now and then. So automatic collection is off while a window lives, and a timer of the
GUI thread does what it would have done.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS: Final = 500
"""Often enough that garbage of a busy second stays small, seldom enough to cost nothing."""


class Tidying(QObject):
    """Collects while it lives; `end` hands the task back to the interpreter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect_if_due)
        self._timer.start()

    def collect_if_due(self) -> None:
        """As the interpreter would: the oldest generation whose count is beyond its threshold."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return

    def settle(self) -> None:
        """What lives now is not looked at again: modules, classes and functions live as long as the
        window, and a full collection that goes through them keeps a person waiting for a tenth of a
        second. Garbage among them stays.
        """
        gc.freeze()

    def end(self) -> None:
        self._timer.stop()
        gc.enable()
