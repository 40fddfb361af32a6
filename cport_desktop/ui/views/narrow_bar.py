"""The line across the top of a window that is too narrow for its rail: what leads to the pages."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from cport_desktop.domain.nature import Nature
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.ui.widgets.plain_label import PlainLabel, set_plain_tip
from cport_desktop.words import narrow as words
from cport_desktop.words import window as say


class NarrowBar(QFrame):
    """Stands for the rail while that is folded away.

    Signals:
        pages_wanted(): show the rail, or fold it away again.
        lock_wanted(): the analyst wants the vault locked.
    """

    pages_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, nature: Nature) -> None:
        super().__init__()
        spring = QWidget()
        row = FlowLayout(self, gap=8, elastic=spring)
        row.setContentsMargins(12, 6, 12, 0)
        row.addWidget(
            button(words.PAGES, self.pages_wanted.emit, kind="small", key=words.PAGES_KEY)
        )
        self._page = PlainLabel(role="strong")
        row.addWidget(self._page)
        row.addWidget(spring)
        if nature.is_synthetic:
            mark = PlainLabel(say.SYNTHETIC_VAULT, role="synthetic")
            set_plain_tip(mark, say.SYNTHETIC_EXPLAINED)
            row.addWidget(mark)
        row.addWidget(button(say.LOCK, self.lock_wanted.emit, kind="small", key="Ctrl+L"))

    def name_page(self, title: str) -> None:
        """Say which page is shown."""
        self._page.say(title)
