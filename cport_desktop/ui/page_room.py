"""The pages of an open vault, one of which is shown. Each is made when it is first wanted: making all of
them took most of the time between a passphrase and the first rows.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.ui.after_look import AfterLook
from cport_desktop.ui.page_entry import Entries, Made, PageEntry, PageView
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.table_choices import serve_tables
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.ways import Ways
from cport_desktop.ui.widgets.roomy import Roomy


class PageRoom(QStackedWidget):
    """What is done to all pages is done to those that are made; one that is made later looks and knows
    as if it had been there.

    Signals:
        came(int): the page at this place was made, and nobody has seen it yet.
        shown(int): the page at this place is shown from now on.
    """

    came = Signal(int)
    shown = Signal(int)

    def __init__(self, seat: Seat, ways: Ways, entries: Entries) -> None:
        """`entries` are all that there are; whoever asks for a place asks whether it is offered."""
        super().__init__()
        self._seat = seat
        self._ways = ways
        self._entries = {entry.place: entry for entry in entries}
        self._made: dict[int, PageView] = {}
        self._stale = set(self._entries)
        self._after_look = AfterLook(seat, self)
        self._after_look.over.connect(self._load_shown)
        self._theme = seat.theme
        self.place = min(self._entries)
        """Where the page stands that is shown."""

    def get(self, entry: PageEntry[Made]) -> Made:
        """The page, which is made if it is not there yet."""
        found = self._made.get(entry.place)
        return self._make(entry) if found is None else cast("Made", found)

    def if_made(self, entry: PageEntry[Made]) -> Made | None:
        """The page, if it is there."""
        found = self._made.get(entry.place)
        return None if found is None else cast("Made", found)

    def at(self, place: int) -> PageView:
        """The page at `place`, which is made if it is not there yet."""
        return cast("PageView", self.get(self._entries[place]))

    def widget_at(self, place: int) -> QWidget:
        """The same, as a widget."""
        return _widget(self.at(place))

    def show_page(self, place: int) -> None:
        """Show the page at `place`, loaded; nothing stays revealed on the one that is left."""
        self.veil()
        page = self.at(place)
        self.place = place
        self.setCurrentWidget(_around(self.widget_at(place)))
        self.shown.emit(place)
        if place in self._stale or self._entries[place].is_always_fresh:
            self._stale.discard(place)
            page.refresh()

    def show_asked(self, entry: PageEntry[Made]) -> Made:
        """Show a page that is going to be asked for something else than what it showed."""
        self._stale.discard(entry.place)
        self.show_page(entry.place)
        return self.get(entry)

    def apply(self, changes: Changes) -> None:
        """What shows something that changed loads again, now or when it is next shown; not under the eyes
        of somebody who looks at something on it (`ui.after_look`).
        """
        touched = {place for place, entry in self._entries.items() if changes & entry.touched_by}
        self._stale |= touched
        self._load_shown()

    def veil(self) -> None:
        """Nothing is revealed anywhere any more."""
        for page in self._made.values():
            page.veil()

    def wear(self, theme: Theme) -> None:
        self._theme = theme
        for page in self._made.values():
            page.wear(theme)

    def step_back(self) -> None:
        """Escape, on the page that is shown."""
        self.at(self.place).step_back()

    def walk(self, step: int) -> None:
        """The focus goes to the next part of the page, or with -1 to the one before."""
        ring = [part for part in self.at(self.place).focus_ring() if part.isVisible()]
        if not ring:
            return
        here = next((at for at, part in enumerate(ring) if _has_focus(part)), -step)
        part = ring[(here + step) % len(ring)]
        takes_focus = part.focusPolicy() is not Qt.FocusPolicy.NoFocus
        (part if takes_focus else _first_inside(part)).setFocus(Qt.FocusReason.TabFocusReason)

    def _load_shown(self) -> None:
        page = self._made.get(self.place)
        if page is not None and self.place in self._stale:
            if self._after_look.must_wait(_widget(page)):
                return
            self._stale.discard(self.place)
            page.refresh()

    def _make(self, entry: PageEntry[Made]) -> Made:
        page = entry.make(self._seat)
        self._made[entry.place] = page
        serve_tables(_widget(page), self._seat.drafting, lock=self._ways.lock_wanted.emit)
        self.addWidget(Roomy(_widget(page)))
        entry.join(page, self._ways)
        if self._theme.name != self._seat.theme.name:
            page.wear(self._theme)
        self.came.emit(entry.place)
        return page


def _widget(page: PageView) -> QWidget:
    """A page is a widget; no type says both."""
    if not isinstance(page, QWidget):
        raise TypeError(page)
    return page


def _around(page: QWidget) -> QWidget:
    """What the page scrolls in."""
    around = page.parentWidget()
    while around is not None and not isinstance(around, Roomy):
        around = around.parentWidget()
    if around is None:
        raise TypeError(page)
    return around


def _first_inside(part: QWidget) -> QWidget:
    """The first of the widgets in `part` that Tab would reach, or `part` itself."""
    inside = part.findChildren(QWidget)
    reachable = (
        widget
        for widget in inside
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    )
    return next(reachable, part)


def _has_focus(part: QWidget) -> bool:
    focus = part.window().focusWidget()
    return focus is not None and (focus is part or part.isAncestorOf(focus))
