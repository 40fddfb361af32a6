"""Where the manual stands: one shelf for a window, found by whatever lies within or over it.

Help is asked for in many places, in dialogs of dialogs too; none of them has to be handed the manual.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from cport_desktop.ui.manual_book import ManualBook, book_in
from cport_desktop.ui.views.manual_dialog import ManualDialog

THE_WINDOW: Final = "window"
"""The chapter about the window as a whole."""


class ManualShelf(QObject):
    """Belongs to the top-level window. The book is looked for when it is first asked for."""

    def __init__(self, folder: Path | None, window: QWidget) -> None:
        super().__init__(window)
        self._folder = folder
        self._book: ManualBook | None = None
        self._was_looked_for = False

    @property
    def book(self) -> ManualBook | None:
        """None where the program came without it: run from its sources before `make manual`."""
        if not self._was_looked_for:
            self._was_looked_for = True
            self._book = book_in(self._folder)
        return self._book

    def open(self, place: str, over: QWidget, *, lock: Callable[[], None] | None = None) -> None:
        """The manual is open at `place`, over the window or dialog of `over`; one that is open there turns to it.
        Nothing happens where there is no manual.
        """
        if self.book is None:
            return
        window = over.window()
        here = Qt.FindChildOption.FindDirectChildrenOnly
        dialog = next(iter(window.findChildren(ManualDialog, options=here)), None)
        if dialog is None:
            dialog = ManualDialog(self.book, window)
            if lock is not None:
                dialog.lock_wanted.connect(lock)
        dialog.show_place(place)
        dialog.show()
        dialog.activateWindow()


def shelf_above(part: QWidget) -> ManualShelf | None:
    """The shelf of the window that `part` is in, or lies over."""
    around: QWidget | None = part
    here = Qt.FindChildOption.FindDirectChildrenOnly
    while around is not None:
        found = around.findChildren(ManualShelf, options=here)
        if found:
            return found[0]
        around = around.parentWidget()
    return None
