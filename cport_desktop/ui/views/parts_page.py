"""A page of several parts: their names at the left, the chosen one beside them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.page_section import PageSection
from cport_desktop.ui.widgets.controls import RailButton, bind_key
from cport_desktop.ui.widgets.roomy import Roomy

_NAVIGATION_WIDTH = 150
_LEAST_NAMES = 90
"""Pixels of names that are always seen; where there is no room for all they scroll."""
_NEXT, _BEFORE = "Ctrl+PgDown", "Ctrl+PgUp"


class PartsPage(QWidget):
    """A part loads each time it is shown.

    Signals:
        changed(object): `Changes` after an act.
        lock_wanted(): the analyst wants the vault locked, from a dialog.
        help_wanted(str): go where this can be mended, a word of `words.window_cures.Place`.
    """

    changed = Signal(object)
    lock_wanted = Signal()
    help_wanted = Signal(str)

    def __init__(self, name: str, sections: Sequence[PageSection]) -> None:
        """`name`: of the list of parts, for those who hear it."""
        super().__init__()
        self._sections = tuple(sections)
        self._stack = QStackedWidget()
        self._group = QButtonGroup(self)
        self._buttons = tuple(RailButton(each.title, _NEXT) for each in self._sections)
        self._lay_out(name)
        for place, each in enumerate(self._sections):
            each.changed.connect(self.changed)
            each.lock_wanted.connect(self.lock_wanted)
            each.place_wanted.connect(self.show_part)
            each.help_wanted.connect(self.help_wanted)
            self._buttons[place].clicked.connect(partial(self._clicked, place))
        bind_key(_NEXT, self, partial(self._walk, 1), everywhere=True)
        bind_key(_BEFORE, self, partial(self._walk, -1), everywhere=True)
        self._buttons[0].setChecked(True)

    # -- what the window does with it

    def refresh(self) -> None:
        """Load the part that is shown."""
        self.section.refresh()

    def show_part(self, name: str) -> None:
        """Show the part of this name, if there is one."""
        for place, each in enumerate(self._sections):
            if each.title == name:
                self._show(place)

    def count(self, name: str, counter: str) -> None:
        """A number beside the name of a part; nothing for an empty one."""
        for place, each in enumerate(self._sections):
            if each.title == name:
                self._buttons[place].count(counter)

    @property
    def section(self) -> PageSection:
        """The part that is shown."""
        return self._sections[self._stack.currentIndex()]

    def veil(self) -> None:
        """Nothing is ever looked at on such a page."""

    def wear(self, theme: Theme) -> None:
        for each in self._sections:
            each.wear(theme)

    def step_back(self) -> None:
        self.section.step_back()

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self._navigation, *self.section.focus_ring())

    @property
    def is_empty(self) -> bool:
        return False

    # -- inside

    def _clicked(self, place: int, _checked: bool = False) -> None:
        self._show(place)

    def _walk(self, step: int) -> None:
        self._show((self._stack.currentIndex() + step) % len(self._sections))
        self.section.take_focus()

    def _show(self, place: int) -> None:
        self._buttons[place].setChecked(True)
        self._stack.setCurrentIndex(place)
        self.section.refresh()

    def _lay_out(self, name: str) -> None:
        self._navigation = QWidget()
        self._navigation.setAccessibleName(name)
        column = QVBoxLayout(self._navigation)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for place, made in enumerate(self._buttons):
            self._group.addButton(made, place)
            column.addWidget(made)
        column.addStretch()
        frame = QFrame()
        frame.setProperty("panel", "true")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._stack)
        for each in self._sections:
            self._stack.addWidget(Roomy(each))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 12, 12, 12)
        row.setSpacing(8)
        names = Roomy(self._navigation, least=QSize(0, _LEAST_NAMES))
        names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        names.setFixedWidth(_NAVIGATION_WIDTH)
        row.addWidget(names)
        row.addWidget(frame, 1)
