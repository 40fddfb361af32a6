"""The rail: the pages with their counters, the exchange, and the lock at the foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.domain.nature import Nature
from cport_desktop.ui import figures
from cport_desktop.ui.desk import Tallies
from cport_desktop.ui.widgets.controls import RailButton, button
from cport_desktop.ui.widgets.plain_label import PlainLabel, set_plain_tip
from cport_desktop.words import window as say
from cport_desktop.words.agreement_page import AGREEMENT
from cport_desktop.words.cases_page import KEY as CASES_KEY
from cport_desktop.words.cases_page import TITLE as CASES
from cport_desktop.words.exchange_page import EXCHANGE
from cport_desktop.words.hash_lists_page import TITLE as HASH_LISTS
from cport_desktop.words.outbox_page import counter, counter_spoken
from cport_desktop.words.overview_page import KEY as OVERVIEW_KEY
from cport_desktop.words.overview_page import TITLE as OVERVIEW
from cport_desktop.words.vault_page import TITLE as VAULT

PAGES = (
    say.REPORTS,
    say.MEDIA,
    say.HOTLINES,
    say.OUTBOX,
    EXCHANGE,
    say.AUDIT,
    VAULT,
    AGREEMENT,
    HASH_LISTS,
    OVERVIEW,
    CASES,
)
"""By their places, which the window remembers: a page that comes later has a later place."""
ON_TOP = (OVERVIEW,)
"""Pages that stand above the others, whatever their places."""
_BEHIND = {CASES: say.MEDIA}
"""Pages that stand behind another one."""
_KEYS = {OVERVIEW: OVERVIEW_KEY, CASES: CASES_KEY}
WIDTH = 180


def key_of(place: int) -> str:
    """The key of the page at `place`."""
    return _KEYS.get(PAGES[place], f"Ctrl+{place + 1}")


def _rank(place: int) -> tuple[bool, int, bool]:
    """By this the pages stand from top to bottom."""
    page = PAGES[place]
    before = _BEHIND.get(page, page)
    return page not in ON_TOP, PAGES.index(before), before != page


def numbered(place: int) -> bool:
    """Its key is its number."""
    return PAGES[place] not in _KEYS


class Rail(QWidget):
    """Which page is shown. Pages that need a role which is missing are not there.

    Signals:
        page_wanted(int): a page by its place in `PAGES`.
        lock_wanted(): the analyst wants the vault locked.
    """

    page_wanted = Signal(int)
    lock_wanted = Signal()

    def __init__(
        self, *, nature: Nature, pages: Sequence[int], exchange: QWidget, pinned: QWidget
    ) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(say.PAGES)
        self._buttons = tuple(RailButton(label, key_of(place)) for place, label in enumerate(PAGES))
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
        for place in sorted(range(len(PAGES)), key=_rank):
            page = self._buttons[place]
            column.addWidget(page)
            page.setVisible(place in pages)
            page.clicked.connect(lambda _checked=False, at=place: self.page_wanted.emit(at))
        column.addWidget(pinned)
        column.addStretch()
        column.addWidget(exchange)
        column.addSpacing(8)
        column.addWidget(button(say.LOCK, self.lock_wanted.emit, key="Ctrl+L"))

    def show_page(self, place: int) -> None:
        self._buttons[place].setChecked(True)

    def count(self, tallies: Tallies) -> None:
        """Show the counters; nothing beside a page that holds nothing. Beside the outbox, what
        needs the analyst goes before what only waits.
        """
        numbers = (tallies.reports, tallies.media, tallies.hotlines)
        for page, number in zip(self._buttons, numbers, strict=False):
            page.count(figures.count(number) if number else "")
        waiting, needing = tallies.unsettled, tallies.needs_you
        outbox = self._buttons[PAGES.index(say.OUTBOX)]
        outbox.count(counter(waiting, needing), counter_spoken(waiting, needing))
