"""The rail of a window that is too narrow for it: away until it is asked for, and away again once a page is
chosen. A line across the top says what leads to it.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject

from cport_desktop.ui.views.narrow_bar import NarrowBar
from cport_desktop.ui.views.rail import Rail

NARROW: Final = 900
"""Pixels: in less the rail would leave a page too little to stand in two columns."""


class FoldedRail(QObject):
    """Which of the two is shown, rail or line."""

    def __init__(self, rail: Rail, bar: NarrowBar, parent: QObject) -> None:
        super().__init__(parent)
        self._rail = rail
        self.bar = bar
        self._is_narrow = False
        bar.hide()
        bar.pages_wanted.connect(self.turn)

    def fit(self, width: int) -> None:
        """The window has this width now."""
        is_narrow = width < NARROW
        if is_narrow is not self._is_narrow:
            self._is_narrow = is_narrow
            self.bar.setVisible(is_narrow)
            self._rail.setVisible(not is_narrow)

    def turn(self) -> None:
        """In a narrow window: show the rail, its keys ready, or put it away. In a wide one its keys are
        ready.
        """
        if self._is_narrow and not self._rail.isHidden():
            self.put_away()
            return
        self._rail.show()
        self._rail.take_focus()

    def put_away(self) -> None:
        """No rail where there is no room for it."""
        if self._is_narrow:
            self._rail.hide()

    def show_page(self, place: int) -> None:
        """The page at this place is shown from now on."""
        self.bar.name_page(self._rail.title(place))
        self.put_away()
