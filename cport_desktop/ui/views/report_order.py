"""In which order reports are listed: a button that says so, and a menu of the orders that there are."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from cport_desktop.domain.rows import Order, ReportSort
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.words import window as say

_KEY: Final = "Ctrl+O"


class ReportOrder(QObject):
    """Whoever has one lays out its button.

    Signals:
        chosen(): the analyst chose another order.
    """

    chosen = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.order = Order()
        self.button = button("", self.open_menu, kind="small", key=_KEY)
        bind_key(_KEY, page, self.open_menu)
        self._describe()

    def sort_by(self, sort: ReportSort) -> None:
        """By this from now on; by it already: the other way round."""
        is_same = sort is self.order.sort
        descending = not self.order.is_descending if is_same else sort is ReportSort.RECEIVED
        self.order = Order(sort, descending)
        self._describe()
        self.chosen.emit()

    def word(self) -> str:
        """As the query language says it: `-received`."""
        return f"{'-' if self.order.is_descending else ''}{self.order.sort.value}"

    def take(self, word: str) -> None:
        """The order of a list as it stood, or of a search that is kept, before that is searched for. One that
        this list does not know changes nothing.
        """
        if (name := word.removeprefix("-")) in set(ReportSort):
            self.order = Order(ReportSort(name), word.startswith("-"))
            self._describe()

    def open_menu(self) -> None:
        """All orders that there are."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for sort in ReportSort:
            action = QAction(say.SORT_TITLES[sort.value], menu)
            action.triggered.connect(partial(self.sort_by, sort))
            menu.addAction(action)
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def _describe(self) -> None:
        title = say.SORT_TITLES[self.order.sort.value]
        words = say.sorted_by(title, is_descending=self.order.is_descending)
        self.button.setText(say.key_named(words, _KEY))
        self.button.setAccessibleName(say.accessible_with_key(words, _KEY))
