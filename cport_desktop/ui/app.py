"""The application: fonts, theme, one window, and an end that closes the vault."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QLibraryInfo,
    QLocale,
    QSocketNotifier,
    Qt,
    QTranslator,
)
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from cport_desktop.settings import Settings
from cport_desktop.ui.desk import Desk
from cport_desktop.ui.fitting import fit_on_screen
from cport_desktop.ui.handing_over import hand_over_soon
from cport_desktop.ui.memory_use import spare_memory
from cport_desktop.ui.shell import Frame, Shell
from cport_desktop.ui.spoken_roles import tell_roles
from cport_desktop.ui.theme import SANS, load_typefaces
from cport_desktop.ui.tidying import Tidying
from cport_desktop.ui.widgets.files import forget_places
from cport_desktop.words import tongue
from cport_desktop.words import window as say

ENTRY = "cport-desktop"
"""The entry in the menu of desktops, `ENTRY.desktop`: by it they know which name and icon the window has."""

_SCALED = "CPORT_SCALED"
"""Says to the process that takes the place of this one that the factor is ours."""


def run(desk: Desk, frame: Frame, *, settings: Settings, passphrase: str | None = None) -> int:
    """Show the window until it is closed; the exit status of the application.

    With `passphrase` (a demo's) the door opens by itself.
    """
    application = prepare(settings.resources)
    shell = Shell(desk, frame)
    fit_on_screen(shell)
    shell.show()
    shell.begin()
    if passphrase is not None:
        shell.open(passphrase)
    return until_closed(application, shell)


def until_closed(application: QApplication, window: QWidget) -> int:
    """The exit status of the application, when its window was closed."""
    tidying = Tidying()
    tidying.settle()
    try:
        with _interruptible(window):
            return application.exec()
    finally:
        tidying.end()


def enlarge(percent: int) -> None:
    """The window is drawn at so many percent, if there is no application yet; at 100 as whoever started it
    said (`QT_SCALE_FACTOR`, Qt's “High DPI”). A process that takes the place of this one is told what was
    chosen by then.
    """
    if QCoreApplication.instance() is not None:
        return
    if percent != 100:
        os.environ[_SCALED] = str(percent)
        os.environ["QT_SCALE_FACTOR"] = str(percent / 100)
    elif os.environ.pop(_SCALED, ""):
        os.environ.pop("QT_SCALE_FACTOR", None)


def prepare(resources: Path, arguments: Sequence[str] = ()) -> QApplication:
    """The application with our typefaces, before any window."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    spare_memory()
    hand_over_soon()
    existing = QApplication.instance()
    made = existing if isinstance(existing, QApplication) else None
    application = made or QApplication([say.PRODUCT, *arguments])
    application.setApplicationDisplayName("")
    QGuiApplication.setDesktopFileName(ENTRY)
    _speak(application)
    application.setStyle("Fusion")
    load_typefaces(resources / "fonts")
    tell_roles()
    font = QFont(SANS)
    font.setPixelSize(13)
    application.setFont(font)
    forget_places()
    return application


def _speak(application: QApplication) -> None:
    """Qt's own words and figures in the language that is spoken."""
    spoken = QLocale(tongue.language())
    QLocale.setDefault(spoken)
    if tongue.language() != "en":
        translator = QTranslator(application)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(spoken, "qtbase", "_", folder):
            application.installTranslator(translator)


@contextmanager
def _interruptible(shell: QWidget) -> Iterator[None]:
    """Ctrl-C in the terminal closes the window as its own button would."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.setblocking(False)
        notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read)
        notifier.activated.connect(lambda: ours.recv(64))
        before_wakeup = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        before = signal.signal(signal.SIGINT, lambda _number, _frame: shell.close())
        try:
            yield
        finally:
            notifier.setEnabled(False)
            signal.signal(signal.SIGINT, before)
            signal.set_wakeup_fd(before_wakeup)
