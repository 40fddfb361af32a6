"""The one top-level window: the door while the vault is locked, the main window while it is open.

Rules:
1. Locking veils, closes every dialog, drops every answer under way and destroys the main
   window at once; what was being written is finished behind the closed door.
2. Closing the window locks first and quits when the vault is closed.
3. The passphrase goes from the field to the lane and is kept by nobody here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from cport_desktop.errors import CportError
from cport_desktop.ui.desk import Desk, Session
from cport_desktop.ui.lane import Lane, Lanes, open_lanes
from cport_desktop.ui.main_window import MainWindow, bug_reference, synthetic_edge
from cport_desktop.ui.seat import HotlineNames, Seat
from cport_desktop.ui.theme import Theme, palette, style_sheet, theme_after
from cport_desktop.ui.views.unlock import UnlockView
from cport_desktop.ui.widgets.controls import bind_key
from cport_desktop.words import window as say

_log = logging.getLogger(__name__)
SMALLEST = (1100, 640)
USUAL = (1366, 768)


class Shell(QWidget):
    """Door and room."""

    def __init__(self, desk: Desk, *, theme: Theme, styles: Path) -> None:
        super().__init__()
        self.setObjectName("Shell")
        self._desk = desk
        self._theme = theme
        self._styles = styles
        self._door = Lane("door", drains=True)
        self._door.went_wrong.connect(self._went_wrong)
        self._session: Session | None = None
        self._lanes: Lanes | None = None
        self._leaving_lanes: list[Lanes] = []
        self._is_busy = False
        self._is_leaving = False
        self.main: MainWindow | None = None
        self.unlock: UnlockView | None = None
        title = f"{say.PRODUCT} – {desk.vault_name}"
        synthetic = desk.nature.is_synthetic
        self.setWindowTitle(f"{title} – {say.SYNTHETIC}" if synthetic else title)
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        bind_key("Ctrl+T", self, self._next_theme, everywhere=True)
        self.wear(theme)
        self._show_door()

    # -- open and locked

    def enter(self, session: Session) -> None:
        """The vault is open: show what is behind the door."""
        self._is_busy = False
        self._session = session
        self._lanes = open_lanes()
        if self._is_leaving:
            self.lock()
            return
        seat = Seat(
            session,
            self._lanes,
            self._desk.clock,
            self._desk.taxonomy,
            HotlineNames(),
            self._theme,
        )
        self.main = MainWindow(seat, sandbox_level=self._desk.sandbox_level())
        self.main.lock_wanted.connect(self.lock)
        self._replace(self.main)
        self.unlock = None
        self.main.begin()

    def lock(self) -> None:
        """Everything that shows content is gone when this returns; the vault closes behind it."""
        if self._session is None or self._lanes is None:
            return
        session, lanes = self._session, self._lanes
        self._session, self._lanes = None, None
        if self.main is not None:
            self.main.veil()
            for dialog in self.main.findChildren(QDialog):
                dialog.close()
        lanes.drop_answers()
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        self.main = None
        self._show_door()
        self._busy(say.LOCKING)
        self._leaving_lanes.append(lanes)
        self._door.ask(self, partial(_close, lanes.farewells(), session.lock), then=self._locked)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._is_leaving = True
        if self._session is not None:
            self.lock()
        if self._is_busy:
            event.ignore()
            return
        self._door.drop_answers()
        self._door.farewell()()
        super().closeEvent(event)

    # -- looks

    def wear(self, theme: Theme) -> None:
        """Change every colour at once."""
        self._theme = theme
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(palette(theme))
            application.setStyleSheet(style_sheet(theme, self._styles))
        if self.main is not None:
            self.main.wear(theme)

    def _next_theme(self) -> None:
        self.wear(theme_after(self._theme))

    # -- the door

    def _show_door(self) -> None:
        self.unlock = UnlockView(vault_name=self._desk.vault_name, nature=self._desk.nature)
        self.unlock.passphrase_given.connect(self.open)
        self._replace(self.unlock)
        self.unlock.focus()

    def open(self, passphrase: str) -> None:
        """Open the vault and go in, or say why not."""
        self._busy(say.UNLOCKING)
        self._door.ask(
            self,
            partial(self._desk.open, passphrase),
            then=self.enter,
            otherwise=self._refuse,
        )

    def _busy(self, words: str) -> None:
        self._is_busy = True
        if self.unlock is not None:
            self.unlock.set_busy(words)

    def _refuse(self, error: CportError) -> None:
        self._is_busy = False
        if self.unlock is not None:
            self.unlock.refuse(error)
        if self._is_leaving:
            self.close()

    def _locked(self, _nothing: None) -> None:
        self._is_busy = False
        while self._leaving_lanes:
            self._leaving_lanes.pop().discard()
        if self.unlock is not None:
            self.unlock.set_busy(None)
        if self._is_leaving:
            self.close()

    def _went_wrong(self, error: Exception) -> None:
        self._is_busy = False
        reference = bug_reference(error)
        _log.error("%s", reference)
        if self.unlock is not None:
            self.unlock.tell_bug(reference)

    def _replace(self, view: QWidget) -> None:
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if isinstance(view, UnlockView) and self._desk.nature.is_synthetic:
            self._column.addWidget(synthetic_edge())
        self._column.addWidget(view, 1)
        view.show()


def _close(farewells: tuple[Callable[[], None], ...], lock: Callable[[], None]) -> None:
    """Behind the closed door: let the workers end, then close the vault."""
    for farewell in farewells:
        farewell()
    lock()
