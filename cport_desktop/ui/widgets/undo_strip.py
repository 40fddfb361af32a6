"""What was just done, and the way back from it, at the place where it was done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import stack_page as say


class UndoStrip(QFrame):
    """One line; the way back is there until it was gone, or something else was done."""

    def __init__(self, *, has_key: bool = True) -> None:
        """`has_key`: Ctrl+Z goes back, too; not where it may mean something else nearby."""
        super().__init__()
        self.setProperty("card", "true")
        self._undo: Callable[[], None] | None = None
        self._told = PlainLabel(role="strong", wraps=True)
        key = say.UNDO_KEY if has_key else None
        self.back = button(say.UNDO, self.undo, kind="small", key=key)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.addWidget(self._told, 1)
        row.addWidget(self.back)
        row.addWidget(button(say.DISMISS, self.dismiss, kind="quiet"))
        if key is not None:
            bind_key(key, self, self.undo, everywhere=True)
        self.hide()

    def tell(self, sentence: str, undo: Callable[[], None] | None = None) -> None:
        """Say what was done; `undo` takes it back."""
        self._undo = undo
        self._told.say(sentence)
        self.back.setVisible(undo is not None)
        self.show()

    def told(self) -> str:
        """What it says; empty while it says nothing."""
        return "" if self.isHidden() else self._told.text()

    def undo(self) -> None:
        """Take back what was done, once."""
        undo, self._undo = self._undo, None
        if undo is not None:
            undo()

    def dismiss(self) -> None:
        self._undo = None
        self.hide()
