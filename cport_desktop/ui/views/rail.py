"""The rail: the pages with their counters, the exchange, and the lock at the foot. Where the screen is too
low for all pages they scroll; exchange and lock stay.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from cport_desktop.domain.nature import Nature
from cport_desktop.ui import figures, places
from cport_desktop.ui.desk import Tallies
from cport_desktop.ui.page_entry import Entries
from cport_desktop.ui.widgets.controls import RailButton, button
from cport_desktop.ui.widgets.plain_label import PlainLabel, set_plain_tip
from cport_desktop.words import window as say
from cport_desktop.words.outbox_page import counter, counter_spoken

WIDTH = 180
_AROUND = 34
"""Pixels: the next page is seen, so that one knows that there are more."""
_LEAST = 60
"""Pixels of pages that are always seen."""


class Rail(QWidget):
    """Which page is shown. Pages that need a role which is missing are not there.

    Signals:
        page_wanted(int): the page at this place.
        lock_wanted(): the analyst wants the vault locked.
    """

    page_wanted = Signal(int)
    lock_wanted = Signal()

    def __init__(
        self,
        *,
        nature: Nature,
        pages: Entries,
        offered: Sequence[int],
        exchange: QWidget,
        pinned: QWidget,
    ) -> None:
        """`offered`: places of those `pages` that are there for these roles."""
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(say.PAGES)
        self._buttons = {entry.place: RailButton(entry.title, entry.key) for entry in pages}
        self._titles = {entry.place: entry.title for entry in pages}
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 4, 12)
        column.setSpacing(2)
        column.addWidget(PlainLabel(say.PRODUCT, role="product"))
        if nature.is_synthetic:
            mark = PlainLabel(say.SYNTHETIC_VAULT, role="synthetic")
            set_plain_tip(mark, say.SYNTHETIC_EXPLAINED)
            column.addSpacing(4)
            column.addWidget(mark, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(12)
        self._scroll = _scrolling((*self._buttons.values(), pinned))
        column.addWidget(self._scroll, 1)
        # Only now: a button that stands nowhere yet would be shown as a window of its own.
        for place, page in self._buttons.items():
            page.setVisible(place in offered)
            page.clicked.connect(lambda _checked=False, at=place: self.page_wanted.emit(at))
        column.addWidget(exchange)
        column.addSpacing(8)
        column.addWidget(button(say.LOCK, self.lock_wanted.emit, key="Ctrl+L"))

    def show_page(self, place: int) -> None:
        self._buttons[place].setChecked(True)
        self._scroll.ensureWidgetVisible(self._buttons[place], 0, _AROUND)

    def title(self, place: int) -> str:
        """The name of the page at this place."""
        return self._titles[place]

    def take_focus(self) -> None:
        """The keys go to the page that is shown."""
        shown = (each for each in self._buttons.values() if each.isChecked())
        next(shown, self).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def count(self, tallies: Tallies) -> None:
        """Show the counters; nothing beside a page that holds nothing. Beside the outbox, what
        needs the analyst goes before what only waits.
        """
        for place, number in (
            (places.REPORTS, tallies.reports),
            (places.MEDIA, tallies.media),
            (places.HOTLINES, tallies.hotlines),
        ):
            self._buttons[place].count(figures.count(number) if number else "")
        waiting, needing = tallies.unsettled, tallies.needs_you
        outbox = self._buttons[places.OUTBOX]
        outbox.count(counter(waiting, needing), counter_spoken(waiting, needing))


def _scrolling(parts: Sequence[QWidget]) -> QScrollArea:
    """The parts one beneath the other, as far as there is room; Tab brings what it reaches into sight."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    for part in parts:
        column.addWidget(part)
    column.addStretch()
    area = QScrollArea()
    area.setAccessibleName(say.PAGES)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidgetResizable(True)
    area.setMinimumHeight(_LEAST)
    area.setWidget(inside)
    return area
