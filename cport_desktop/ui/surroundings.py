"""What the desktop and the machine are about to do: sleep, lock the screen, change the user.

Heard on the buses of the desktop, as far as there are any; without one, or where nobody
answers, the window works all the same, and idleness alone locks it.

    logind   Manager.PrepareForSleep(true)          the machine is about to sleep
             Session.Lock, LockedHint = true        the session is locked
             Session.Active = false                 somebody else's session is shown
    desktop  ScreenSaver.ActiveChanged(true)        the screen is locked or dark

A machine that goes to sleep waits for those who asked it to (an inhibitor lock of logind, 5 s
at most by its default). The window asks while a vault is open. The lock is a descriptor that
closes with the program image, so that the machine sleeps only when nothing secret is left.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import SLOT, QObject, Qt, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

from cport_desktop.ui.buses import Buses, answers, session_path
from cport_desktop.ui.renewal import Why
from cport_desktop.words import locking as words

_LOGIND: Final = "org.freedesktop.login1"
_LOGIND_PATH: Final = "/org/freedesktop/login1"
_MANAGER: Final = "org.freedesktop.login1.Manager"
_SESSION: Final = "org.freedesktop.login1.Session"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_SAVERS: Final = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)
_OUR_SYSTEM: Final = "cport-system"
_OUR_DESKTOP: Final = "cport-desktop"


@dataclass(frozen=True, slots=True)
class _Signal:
    """A signal of D-Bus: who sends it, from where, and what it is called."""

    sender: str
    path: str
    interface: str
    name: str


class Surroundings(QObject):
    """Listens from `begin` to `end`.

    Signals:
        lock_wanted(object): `Why`.
    """

    lock_wanted = Signal(object)
    _found = Signal(str, str)

    def __init__(self, buses: Buses) -> None:
        super().__init__()
        self._buses = buses
        self._connected: dict[str, QDBusConnection] = {}
        self._wants_wakefulness = False
        self._wakefulness: QDBusPendingCallWatcher | None = None
        self._found.connect(self._listen, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Look for the buses; nobody waits for them."""
        known = {_OUR_SYSTEM: self._buses.system, _OUR_DESKTOP: self._buses.desktop}
        for name, address in known.items():
            if address is not None:
                # A plain thread that nobody joins: what waits for a dead bus must not hold up
                # the end of the process.
                threading.Thread(
                    target=self._look_for, args=(name, address), name="bus", daemon=True
                ).start()

    def stay_awake(self) -> None:
        """From now on the machine waits for us before it sleeps; until this process image ends."""
        self._wants_wakefulness = True
        system = self._connected.get(_OUR_SYSTEM)
        if system is None or self._wakefulness is not None:
            return
        call = QDBusMessage.createMethodCall(_LOGIND, _LOGIND_PATH, _MANAGER, "Inhibit")
        call.setArguments(["sleep", words.WHO, words.STAY_AWAKE, "delay"])
        # The answer holds the descriptor; it is kept as long as the answer is.
        self._wakefulness = QDBusPendingCallWatcher(system.asyncCall(call), self)

    @property
    def heard(self) -> frozenset[str]:
        """Buses that answered (`system`, `desktop`)."""
        return frozenset(name.removeprefix("cport-") for name in self._connected)

    def end(self) -> None:
        """Hear nothing more."""
        for name in tuple(self._connected):
            QDBusConnection.disconnectFromBus(name)
        self._connected.clear()

    def _look_for(self, name: str, address: str) -> None:
        if answers(address):
            self._found.emit(name, address)

    @Slot(str, str)
    def _listen(self, name: str, address: str) -> None:
        bus = QDBusConnection.connectToBus(address, name)
        if not bus.isConnected():
            return
        self._connected[name] = bus
        if name == _OUR_DESKTOP:
            for saver in _SAVERS:
                screen = _Signal("", "", saver, "ActiveChanged")
                self._hear(bus, screen, SLOT("_screen_saved(bool)"))
            return
        session = self._buses.session
        path = session_path(session) if session else ""
        sleep = _Signal(_LOGIND, _LOGIND_PATH, _MANAGER, "PrepareForSleep")
        lock = _Signal(_LOGIND, path, _SESSION, "Lock")
        changed = _Signal(_LOGIND, path, _PROPERTIES, "PropertiesChanged")
        self._hear(bus, sleep, SLOT("_sleep_near(bool)"))
        self._hear(bus, lock, SLOT("_session_locked()"))
        self._hear(bus, changed, SLOT("_session_changed(QString,QVariantMap,QStringList)"))
        if self._wants_wakefulness:
            self.stay_awake()

    def _hear(self, bus: QDBusConnection, signal: _Signal, slot: object) -> None:
        # The slot's name is a string of characters here, whatever its annotation says.
        bus.connect(  # type: ignore[call-overload]
            signal.sender, signal.path, signal.interface, signal.name, self, slot
        )

    @Slot(bool)
    def _sleep_near(self, is_near: bool) -> None:
        if is_near:
            self.lock_wanted.emit(Why.SLEEP)

    @Slot()
    def _session_locked(self) -> None:
        self.lock_wanted.emit(Why.SCREEN)

    @Slot(bool)
    def _screen_saved(self, is_on: bool) -> None:
        if is_on:
            self.lock_wanted.emit(Why.SCREEN)

    @Slot(str, "QVariantMap", "QStringList")
    def _session_changed(
        self, interface: str, values: Mapping[str, object], _gone: Sequence[str]
    ) -> None:
        if interface != _SESSION:
            return
        if values.get("LockedHint") is True:
            self.lock_wanted.emit(Why.SCREEN)
        elif self._buses.session is not None and values.get("Active") is False:
            # Without our own number this could be anybody's session.
            self.lock_wanted.emit(Why.SWITCH)
