"""Watches over an open window: when was it last used, is the panic key pressed.

It sees every key, click and touch as the system brings it to a window of this application, before any
widget does, so that neither a dialog nor a menu can keep the panic key from it. It does not look at what
widgets send one another: of a page that is made these are thousands of events, and beside a thread at work
each that Python is asked about might wait for the interpreter. What people do in other programs' windows is
none of its business and counts as nothing: a window that nobody uses locks.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputEvent, QKeyEvent

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
_ANOTHER: Final = frozenset(
    {QEvent.Type.WindowBlocked, QEvent.Type.FocusOut, QEvent.Type.FocusAboutToChange}
)
"""What a window hears when another one came: a dialog, or whatever has the keyboard now."""
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
        self._tick.timeout.connect(self._watch_windows)
        self._tick.start()
        # Windows come by what somebody does: a menu by a key, a dialog by a click.
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._watch_windows)
        _application().focusWindowChanged.connect(self._watch_windows)
        self._watch_windows()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if not isinstance(event, QInputEvent):
            if kind in _ANOTHER:
                self._watch_windows()
            return False
        self._next.start()
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
        self._next.stop()
        _application().focusWindowChanged.disconnect(self._watch_windows)
        for window in QGuiApplication.topLevelWindows():
            window.removeEventFilter(self)

    def _watch_windows(self) -> None:
        """All that are there; one that is watched already is not watched twice."""
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)


def _application() -> QGuiApplication:
    """A window has one."""
    application = QGuiApplication.instance()
    if not isinstance(application, QGuiApplication):
        raise TypeError
    return application
