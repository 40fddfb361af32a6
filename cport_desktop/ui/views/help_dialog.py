"""The help about one view, on F1: what it is for, how its work is done, its keys. It opens over the window
or dialog in which it was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from cport_desktop.ui.reading_order import walk_as_read
from cport_desktop.ui.views.manual_shelf import THE_WINDOW, shelf_above
from cport_desktop.ui.widgets.controls import KEY_PROPERTY, bind_key, button
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.scrolling import ScrollColumn, scroll_by_key
from cport_desktop.words import help as say
from cport_desktop.words import manual
from cport_desktop.words.help import HelpText
from cport_desktop.words.key_names import key_label
from cport_desktop.words.window import CLOSE

_WIDTH, _HEIGHT = 620, 560
_GAP = 8
_EDGE = 40
"""Pixels that are left of the window around it."""


class HelpDialog(QDialog):
    """Arrows and page keys scroll it; Escape closes, and the focus is where it was.

    Signals:
        lock_wanted(): the analyst wants the vault locked, help or not.
    """

    lock_wanted = Signal()

    def __init__(
        self, told: HelpText, parent: QWidget, *, buttons: Iterable[tuple[str, str]]
    ) -> None:
        """`buttons`: keys that buttons show there now, and what they do."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say.about(told.title))
        self._scroll = ScrollColumn(say.about(told.title))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._more = FlowLayout(gap=_GAP)
        self._fill(told, {**dict(told.keys), **dict(buttons)})
        self._lay_out(told)
        room = parent.window().size()
        self.resize(min(_WIDTH, room.width() - _EDGE), min(_HEIGHT, room.height() - _EDGE))
        bind_key("Ctrl+L", self, self.lock_wanted.emit, everywhere=True)
        self._scroll.setFocus()

    def offer(self, label: str, act: Callable[[], None], *, key: str | None = None) -> None:
        """A button at the foot that leads on from here; the help closes."""

        def go() -> None:
            self.accept()
            act()

        self._more.addWidget(button(label, go, key=key))
        if key is not None:
            bind_key(key, self, go, everywhere=True)

    def told_keys(self) -> dict[str, str]:
        """The keys that it tells, and what they do."""
        return dict(self._keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not scroll_by_key(self._scroll, event.key()):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return walk_as_read(self, forward=forward)

    # -- inside

    def _fill(self, told: HelpText, keys: dict[str, str]) -> None:
        self._keys = keys
        add = self._scroll.add
        for paragraph in told.purpose.split("\n\n"):
            if paragraph:
                add(PlainLabel(paragraph, wraps=True))
        if told.steps:
            add(section(say.HOW), space_before=8)
            for step in told.steps:
                add(PlainLabel(f"· {step}", wraps=True))
        if told.when_empty:
            add(section(say.WHEN_EMPTY), space_before=8)
            add(PlainLabel(told.when_empty, wraps=True))
        if keys:
            add(section(say.KEYS), space_before=8)
            add(_key_grid(keys))

    def _lay_out(self, told: HelpText) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(_GAP)
        foot.addLayout(self._more, 1)
        close = button(CLOSE, self.reject, key="Esc")
        foot.addWidget(close, alignment=Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        column.addWidget(PlainLabel(told.title, role="title", wraps=True))
        column.addWidget(self._scroll, 1)
        column.addLayout(foot)


def keys_on_buttons(part: QWidget) -> list[tuple[str, str]]:
    """Keys that the buttons of `part` show now, and what those do."""
    shown = (made for made in part.findChildren(QAbstractButton) if made.isVisible())
    told = (made.property(KEY_PROPERTY) for made in shown)
    return [(key, label) for key, label in (pair for pair in told if pair)]


def _key_grid(keys: dict[str, str]) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for row, (key, what) in enumerate(keys.items()):
        grid.addWidget(PlainLabel(key_label(key), role="mono"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(PlainLabel(what, wraps=True), row, 1)
    return made


def open_help(
    window: QWidget, told: HelpText, about: QWidget, *, lock: Callable[[], None] | None = None
) -> HelpDialog:
    """The help is open over `window`, with the keys of the buttons that `about` shows now."""
    dialog = HelpDialog(told, window, buttons=keys_on_buttons(about))
    if lock is not None:
        dialog.lock_wanted.connect(lock)
    shelf = shelf_above(window)
    if shelf is not None and shelf.book is not None:
        go_on = partial(shelf.open, told.chapter or THE_WINDOW, window, lock=lock)
        dialog.offer(manual.MORE, go_on, key=manual.MORE_KEY)
    dialog.open()
    return dialog


class HelpKey(QShortcut):
    """F1 in a dialog opens the help about it.

    Signals:
        lock_wanted(): the analyst wants the vault locked, from the help.
    """

    lock_wanted = Signal()

    def __init__(self, dialog: QWidget, told: HelpText) -> None:
        super().__init__(QKeySequence(say.KEY), dialog)
        self._told = told
        self.activated.connect(self._open)

    def _open(self) -> None:
        dialog = self.parent()
        if isinstance(dialog, QWidget):
            open_help(dialog, self._told, dialog, lock=self.lock_wanted.emit)
