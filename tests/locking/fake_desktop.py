"""A bus with a session manager and a screen saver on it, told what to announce on standard input.

    sleep     the machine is about to sleep          locked    the session is locked
    hint      the session says that it is locked     away      another session is shown
    saver     the screen saver is on                 foreign   a session that is not ours is locked

Says `ready`, `asked to wait` when somebody takes an inhibitor lock, `free to sleep` when the
last holder let go of it, and `told` after each announcement.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusUnixFileDescriptor,
    QDBusVirtualObject,
)

LOGIND = "org.freedesktop.login1"
ROOT = "/org/freedesktop/login1"
OURS = f"{ROOT}/session/_32"
THEIRS = f"{ROOT}/session/_33"


class Logind(QDBusVirtualObject):
    def __init__(self) -> None:
        super().__init__()
        self._watches: list[QSocketNotifier] = []

    def introspect(self, _path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        if message.member() != "Inhibit":
            return False
        if message.arguments()[::3] != ["sleep", "delay"]:
            return False
        reading, writing = os.pipe()
        connection.send(message.createReply([QDBusUnixFileDescriptor(writing)]))
        os.close(writing)
        watch = QSocketNotifier(reading, QSocketNotifier.Type.Read, self)
        watch.activated.connect(lambda: self._released(watch, reading))
        self._watches.append(watch)
        say("asked to wait")
        return True

    def _released(self, watch: QSocketNotifier, reading: int) -> None:
        watch.setEnabled(False)
        os.close(reading)
        say("free to sleep")


class Desktop(QObject):
    def __init__(self, bus: QDBusConnection) -> None:
        super().__init__()
        self._bus = bus
        self._commands = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._commands.activated.connect(self._read)

    def _read(self) -> None:
        for word in os.read(0, 4096).decode().split():
            self._announce(word)
            say("told")

    def _announce(self, word: str) -> None:
        manager, session = f"{LOGIND}.Manager", f"{LOGIND}.Session"
        match word:
            case "sleep":
                self._send(ROOT, manager, "PrepareForSleep", True)
            case "awake":
                self._send(ROOT, manager, "PrepareForSleep", False)
            case "locked":
                self._send(OURS, session, "Lock")
            case "foreign":
                self._send(THEIRS, session, "Lock")
                self._changed(THEIRS, session, {"Active": False, "LockedHint": True})
            case "hint":
                self._changed(OURS, session, {"LockedHint": True})
            case "away":
                self._changed(OURS, session, {"Active": False})
            case "saver":
                name = "org.freedesktop.ScreenSaver"
                self._send("/org/freedesktop/ScreenSaver", name, "ActiveChanged", True)

    def _changed(self, path: str, interface: str, values: dict[str, bool]) -> None:
        properties = "org.freedesktop.DBus.Properties"
        self._send(path, properties, "PropertiesChanged", interface, values, ["none"])

    def _send(self, path: str, interface: str, name: str, *arguments: object) -> None:
        message = QDBusMessage.createSignal(path, interface, name)
        message.setArguments(list(arguments))
        self._bus.send(message)


def say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


def main() -> int:
    application = QCoreApplication([])
    bus = QDBusConnection.connectToBus(sys.argv[1], "desktop")
    logind = Logind()
    whole = QDBusConnection.VirtualObjectRegisterOption.SubPath
    assert bus.registerVirtualObject(ROOT, logind, whole)
    assert bus.registerService(LOGIND)
    desktop = Desktop(bus)
    say("ready")
    status = application.exec()
    del desktop
    return status


if __name__ == "__main__":
    sys.exit(main())
