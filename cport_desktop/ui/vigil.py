"""Watches over an open window: when was it last used, is the panic key pressed.

It sees every key, click and touch of this application before any widget does, so that neither a
dialog nor a menu can keep the panic key from it. What people do in other windows is none of its
business and counts as nothing: a window that nobody uses locks.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from weakref import WeakSet

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputEvent, QKeyEvent

from cport_desktop.clock import Clock

PANIC_KEYS: Final = frozenset({Qt.Key.Key_F12, Qt.Key.Key_Pause})
"""One stroke, without a modifier to look for, and no key that anything else needs."""

_INPUT: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)
_KEYS: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride})
_TICK_MS: Final = 1_000
"""A window locks at most so much later than it should."""


class Vigil(QObject):
    """Measured on a clock that goes on while the machine sleeps: a lid that was closed at noon
    and opened in the evening finds the window locked, whether or not anybody announced it.

    Signals:
        idle(): nobody used the window for as long as it may stand open.
        panic(): the panic key. Told within the event, before anything else happens.
    """

    idle = Signal()
    panic = Signal()

    def __init__(self, clock: Clock, *, seconds: float) -> None:
        super().__init__()
        self._clock = clock
        self._seconds = seconds
        self._used_at = clock.awake_or_asleep()
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.look)
        self._tick.start()
        _application().installEventFilter(self)
        _watching.add(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        # Of each thousand events of a page that is made none is input; asking for the kind of one, and the
        # way of Qt's own filter, would more than double what seeing it costs.
        if not isinstance(event, QInputEvent):
            return False
        kind = event.type()
        if kind in _INPUT:
            self._used_at = self._clock.awake_or_asleep()
        if kind in _KEYS and isinstance(event, QKeyEvent) and event.key() in PANIC_KEYS:
            self.panic.emit()
            return True
        return False

    def allow(self, seconds: float) -> None:
        """So long the window may stand open from now on."""
        self._seconds = seconds

    def begin(self) -> None:
        """From now on somebody is here: opening the vault took them a while."""
        self._used_at = self._clock.awake_or_asleep()

    def look(self) -> None:
        """Say so if it has been long enough."""
        if self._clock.awake_or_asleep() - self._used_at >= self._seconds:
            self.idle.emit()

    def end(self) -> None:
        """Nobody watches any more."""
        self._tick.stop()
        _watching.discard(self)
        _application().removeEventFilter(self)


_watching: Final[WeakSet[Vigil]] = WeakSet()


@contextmanager
def unwatched() -> Iterator[None]:
    """A block that makes widgets and runs no event loop: no input can arrive in it, so nothing is missed.
    The thousands of events that new widgets send one another would each ask the vigil, and beside
    a thread at work each might wait for the interpreter.
    """
    resting = tuple(_watching)
    for vigil in resting:
        _application().removeEventFilter(vigil)
    try:
        yield
    finally:
        for vigil in resting:
            if vigil in _watching:
                _application().installEventFilter(vigil)


def _application() -> QCoreApplication:
    """A window has one."""
    application = QCoreApplication.instance()
    if application is None:
        raise RuntimeError
    return application
