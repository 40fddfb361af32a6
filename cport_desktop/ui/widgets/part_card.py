"""A card of a page whose parts are loaded one by one: waiting, then what was asked for, or why not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cport_desktop.errors import CportError
from cport_desktop.ui.widgets.controls import clear_layout
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel


class PartCard(QFrame):
    """A heading and what is beneath it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("panel", "true")
        self.setAccessibleName(title)
        self._notice = Notice()
        self._inside = QVBoxLayout()
        self._inside.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(section(title))
        column.addLayout(self._inside)
        column.addWidget(self._notice)

    def wait(self, words: str) -> None:
        """Words in place of what is on its way; what is shown already stays until it comes."""
        if self._inside.count() == 0:
            self._inside.addWidget(PlainLabel(words, role="muted"))

    def show_parts(self, parts: Sequence[QWidget]) -> None:
        """This is beneath the heading now, and nothing else."""
        self._notice.dismiss()
        clear_layout(self._inside)
        for part in parts:
            self._inside.addWidget(part)

    def refuse(self, error: CportError) -> None:
        """Why there is nothing to show."""
        clear_layout(self._inside)
        self._notice.tell(error)
