"""The manual in a window of its own: chapters on the left, the page on the right, a line that finds words in all of it.

It stays open beside the work, and goes with the window over which it was opened.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cport_desktop.ui.manual_book import ManualBook
from cport_desktop.ui.reading_order import walk_as_read
from cport_desktop.ui.views.manual_browser import ManualBrowser
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import manual as say
from cport_desktop.words.tongue import language
from cport_desktop.words.window import CLOSE

_WIDTH, _HEIGHT = 1040, 680
_EDGE: Final = 40
"""Pixels that are left of the window around it."""
_LIST_WIDTH: Final = 250
_HEAD_HEIGHT: Final = 32
_LEAST_FOR_LIST: Final = 720
"""Narrower than this the page has the whole width; the list can still be had by widening."""


class ManualDialog(QDialog):
    """Escape closes it; F3 goes on to the next place that was looked for, in this chapter and in those behind it.

    Signals:
        lock_wanted(): the analyst wants the vault locked, manual or not.
    """

    lock_wanted = Signal()

    def __init__(self, book: ManualBook, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._book = book
        self.browser = ManualBrowser(book)
        self.browser.arrived.connect(self._arrived)
        self.chapters = self._list()
        self.field = QLineEdit()
        self.field.setPlaceholderText(say.FIND)
        self.field.setAccessibleName(say.FIND)
        self.field.returnPressed.connect(partial(self.look_for, forward=True))
        self._told = PlainLabel(
            say.IN_ENGLISH if language() != "en" else "", role="muted", wraps=True
        )
        self._lay_out()
        room = parent.window().size()
        self.resize(min(_WIDTH, room.width() - _EDGE), min(_HEIGHT, room.height() - _EDGE))
        bind_key(say.FIND_KEY, self, self._to_field, everywhere=True)
        bind_key(say.NEXT_KEY, self, partial(self.look_for, forward=True), everywhere=True)
        bind_key(say.PREVIOUS_KEY, self, partial(self.look_for, forward=False), everywhere=True)
        bind_key("Ctrl+L", self, self.lock_wanted.emit, everywhere=True)
        self.browser.setFocus()

    def show_place(self, place: str) -> None:
        """Turn to `chapter` or `chapter#anchor`."""
        self.browser.show_place(place)

    def look_for(self, *, forward: bool) -> None:
        """The next place, or the one before, in which the words of the field stand; it is marked."""
        text = self.field.text().strip()
        if not text:
            self._to_field()
            return
        back = QTextDocument.FindFlag.FindBackward
        flags = QTextDocument.FindFlag(0) if forward else back
        self._told.say("")
        if self.browser.find(text, flags):
            return
        for name in self._book.others_with(text, self.browser.chapter(), forward=forward):
            self.browser.show_place(name)
            if self._found_from_edge(text, flags, forward=forward):
                return
        if not self._found_from_edge(text, flags, forward=forward):
            self._told.say(say.nowhere(text))

    def told(self) -> str:
        """The line beneath the field."""
        return self._told.text()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return walk_as_read(self, forward=forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.chapters.setVisible(event.size().width() >= _LEAST_FOR_LIST)
        super().resizeEvent(event)

    # -- inside

    def _found_from_edge(self, text: str, flags: QTextDocument.FindFlag, *, forward: bool) -> bool:
        edge = QTextCursor.MoveOperation.Start if forward else QTextCursor.MoveOperation.End
        self.browser.moveCursor(edge)
        return self.browser.find(text, flags)

    def _to_field(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _arrived(self, name: str) -> None:
        title = self._book.chapter(name).title
        self.setWindowTitle(say.title_of(title))
        self.browser.setAccessibleName(say.title_of(title))
        for row in range(self.chapters.count()):
            if self.chapters.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self.chapters.blockSignals(True)
                self.chapters.setCurrentRow(row)
                self.chapters.blockSignals(False)

    def _list(self) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName(say.CHAPTERS)
        made.setFixedWidth(_LIST_WIDTH)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setSpacing(2)
        part = ""
        for chapter in self._book.chapters:
            if chapter.part != part:
                part = chapter.part
                head = QListWidgetItem(part.upper(), made)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                head.setSizeHint(QSize(0, _HEAD_HEIGHT))
                head.setTextAlignment(Qt.AlignmentFlag.AlignBottom)
            line = QListWidgetItem(chapter.title, made)
            line.setData(Qt.ItemDataRole.UserRole, chapter.name)
        made.currentItemChanged.connect(self._chosen)
        return made

    def _chosen(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None and item.data(Qt.ItemDataRole.UserRole) != self.browser.chapter():
            self.browser.show_place(str(item.data(Qt.ItemDataRole.UserRole)))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.field, 1)
        acts: tuple[tuple[str, Callable[[], None], str], ...] = (
            (say.PREVIOUS, partial(self.look_for, forward=False), say.PREVIOUS_KEY),
            (say.NEXT, partial(self.look_for, forward=True), say.NEXT_KEY),
        )
        for label, act, key in acts:
            line.addWidget(button(label, act, key=key, kind="small"))
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.chapters)
        middle.addWidget(self.browser, 1)
        foot = QHBoxLayout()
        foot.addWidget(button(say.BACK, self.browser.backward, key=say.BACK_KEY))
        foot.addWidget(self._told, 1)
        foot.addWidget(button(CLOSE, self.reject, key="Esc"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addLayout(line)
        column.addLayout(middle, 1)
        column.addLayout(foot)
