"""The key list, on `?`: every key that does something here, found by a word of it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cport_desktop.domain.roles import Role
from cport_desktop.ui.reading_order import walk_as_read
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.scrolling import ScrollColumn, scroll_by_key
from cport_desktop.words import window as say
from cport_desktop.words.key_names import key_label

_WIDTH, _HEIGHT = 720, 620
"""Pixels; it fits beside the frame on the smallest screen."""


class KeysDialog(QDialog):
    """A word narrows the list; arrows and page keys scroll it; Escape closes."""

    def __init__(
        self, parent: QWidget, *, pages: Mapping[int, str], roles: frozenset[Role]
    ) -> None:
        """`pages` are those that the rail shows, by the number of their key."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say.KEYS_TITLE)
        self.field = QLineEdit()
        self.field.setPlaceholderText(say.FIND_KEY)
        self.field.setAccessibleName(say.FIND_KEY)
        self.field.textChanged.connect(self._narrow)
        self._nothing = PlainLabel(say.NO_SUCH_KEY, role="muted")
        self._nothing.hide()
        self._lines: list[tuple[PlainLabel, PlainLabel]] = []
        offered = [(keys, what) for keys, what, role in say.KEY_LIST if not role or role in roles]
        offered.insert(0, (say.page_keys(list(pages)), ", ".join(pages.values())))
        self._scroll = ScrollColumn(say.KEYS_TITLE)
        self._scroll.add(self._list(offered))
        self._scroll.add(self._nothing)
        self._lay_out()
        self.resize(_WIDTH, min(_HEIGHT, parent.window().height() - 40))
        self.field.setFocus()

    def shown(self) -> list[tuple[str, str]]:
        """Keys and what they do, as far as they are in the list now."""
        return [(keys.text(), what.text()) for keys, what in self._lines if not what.isHidden()]

    def focusNextPrevChild(self, forward: bool) -> bool:
        return walk_as_read(self, forward=forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not scroll_by_key(self._scroll, event.key()):
            super().keyPressEvent(event)

    def _list(self, offered: list[tuple[str, str]]) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        for row, (keys, what) in enumerate(offered):
            line = PlainLabel(key_label(keys), role="mono"), PlainLabel(what, wraps=True)
            grid.addWidget(line[0], row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(line[1], row, 1)
            self._lines.append(line)
        return made

    def _narrow(self, typed: str) -> None:
        wanted = typed.casefold().split()
        for keys, what in self._lines:
            told = f"{keys.text()} {what.text()}".casefold()
            is_wanted = all(word in told for word in wanted)
            keys.setVisible(is_wanted)
            what.setVisible(is_wanted)
        self._nothing.setVisible(not self.shown())

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(button(say.CLOSE, self.reject, key="Esc"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        column.addWidget(PlainLabel(say.KEYS_TITLE, role="title"))
        column.addWidget(self.field)
        column.addWidget(self._scroll, 1)
        column.addLayout(foot)
