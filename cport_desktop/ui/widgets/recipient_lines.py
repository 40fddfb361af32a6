"""To whom a package goes: a line for each, typed, out of a file, or added from those who are kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from cport_desktop.domain.kept_signer import KeptRecipient
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.widgets.controls import Choice, bind_key, button
from cport_desktop.ui.widgets.files import open_file_dialog
from cport_desktop.words import signing_page as kept
from cport_desktop.words import window as say

_HEIGHT = 70


class RecipientLines(QWidget):
    """`keys` are the lines. The choice is there once anybody is kept.

    Signals:
        lock_wanted(): the vault is to be locked, although a file is being chosen.
    """

    lock_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kept: tuple[KeptRecipient, ...] = ()
        self.keys = QPlainTextEdit()
        self.keys.setProperty("role", "mono")
        self.keys.setPlaceholderText(say.PACKAGE_RECIPIENTS_PLACEHOLDER)
        self.keys.setAccessibleName(say.PACKAGE_TO)
        self.keys.setTabChangesFocus(True)
        self.keys.setFixedHeight(_HEIGHT)
        self.choice = Choice(kept.KEPT_RECIPIENTS)
        self.choice.hide()
        self.choice.activated.connect(self._add)
        from_file = button(say.PACKAGE_FROM_FILE, self._choose_file, kind="small")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.keys, 1)
        row.addWidget(from_file, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.choice)
        column.addLayout(row)
        self.setFocusProxy(self.keys)

    def offer(self, recipients: Sequence[KeptRecipient]) -> None:
        """These are kept; none of them is added by itself."""
        self._kept = tuple(recipients)
        self.choice.clear()
        self.choice.addItem(kept.ADD_KEPT)
        self.choice.addItems([one_line(each.name) for each in self._kept])
        self.choice.setVisible(bool(self._kept))

    def _add(self, place: int) -> None:
        """A line of name and key, so that what stands there says who can open it."""
        self.choice.setCurrentIndex(0)
        if not 1 <= place <= len(self._kept):
            return
        chosen = self._kept[place - 1]
        lines = [line for line in self.keys.toPlainText().splitlines() if line.strip()]
        if not any(line.rpartition("=")[2].strip() == chosen.public for line in lines):
            self.keys.setPlainText("\n".join([*lines, f"{chosen.name}={chosen.public}"]))

    def _choose_file(self) -> None:
        files = open_file_dialog(self.window(), say.PACKAGE_TO, is_for_writing=False)
        files.fileSelected.connect(self.keys.setPlainText)
        bind_key("Ctrl+L", files, self.lock_wanted.emit, everywhere=True)
