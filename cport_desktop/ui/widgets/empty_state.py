"""What stands where a list would be: what belongs here and how it gets here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from cport_desktop.ui.widgets.controls import panel
from cport_desktop.ui.widgets.plain_label import PlainLabel


class ListOrWords(QWidget):
    """Shows the list, or words in its place while it is empty."""

    def __init__(self, listing: QWidget) -> None:
        super().__init__()
        self._title = PlainLabel(role="heading")
        self._help = PlainLabel(role="muted", wraps=True)
        for label in (self._title, self._help):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout()
        column.setContentsMargins(40, 0, 40, 0)
        column.addStretch(2)
        column.addWidget(self._title)
        column.addWidget(self._help)
        column.addStretch(3)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(listing)
        self._stack.addWidget(panel(column))

    def show_list(self) -> None:
        self._stack.setCurrentIndex(0)

    def show_words(self, title: str, help_text: str) -> None:
        self._title.say(title)
        self._help.say(help_text)
        self._stack.setCurrentIndex(1)

    def words(self) -> str:
        """The title in the list's place; empty while the list is shown."""
        return self._title.text() if self._stack.currentIndex() == 1 else ""
