"""Choosing the columns of a table by keys: shown or hidden, further left or right, wider or narrower.

What is chosen shows in the table at once. Escape closes; nothing has to be confirmed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cport_desktop.domain.draft import ColumnStand
from cport_desktop.ui.fitting import FRAME
from cport_desktop.ui.reading_order import walk_as_read
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.rows_table import COMPACT_HEIGHT, NARROWEST, WIDEST, RowsTable
from cport_desktop.words import table_page as say
from cport_desktop.words import window as window_words

_STEP = 12
"""Pixels that a key makes a column wider or narrower by."""
_SIZE = (460, 520)


class ColumnsDialog(QDialog):
    """The columns of one table. Those that are shown stand first, in their order."""

    def __init__(self, table: RowsTable, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say.COLUMNS_TITLE)
        room = self.screen().availableGeometry().size() - FRAME
        self.resize(QSize(*_SIZE).boundedTo(room))
        self._table = table
        self._titles = {column.known_as: column.title for column in table.columns()}
        self.list = QListWidget()
        self.list.setAccessibleName(say.COLUMNS)
        self.list.setUniformItemSizes(True)
        self.compact = QCheckBox(window_words.key_named(say.COMPACT, say.COMPACT_KEY))
        self.compact.setAccessibleName(
            window_words.accessible_with_key(say.COMPACT, say.COMPACT_KEY)
        )
        self.compact.setChecked(table.is_compact)
        self.compact.toggled.connect(self._set_compact)
        self.list.itemActivated.connect(lambda _item: self.toggle())
        self._lay_out()
        self._bind_keys()
        self._fill(at=0)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return walk_as_read(self, forward=forward)

    def toggle(self) -> None:
        """Show the column that is chosen, or hide it. One is always shown."""
        name, stands = self._chosen(), list(self._table.stands())
        shown = [each.name for each in stands]
        if name not in shown:
            self._show([*stands, ColumnStand(name)], name)
        elif len(stands) > 1:
            self._show([each for each in stands if each.name != name], name)

    def shift(self, by: int) -> None:
        """The chosen column stands so many places further right."""
        name, stands = self._chosen(), list(self._table.stands())
        at = next((place for place, each in enumerate(stands) if each.name == name), None)
        if at is not None and 0 <= at + by < len(stands):
            stands.insert(at + by, stands.pop(at))
            self._show(stands, name)

    def widen(self, by: int) -> None:
        """The chosen column is so many pixels wider."""
        name = self._chosen()
        width = self._table.width_of(name) + by
        stands = [
            replace(each, width=min(WIDEST, max(NARROWEST, width))) if each.name == name else each
            for each in self._table.stands()
        ]
        self._show(stands, name)

    def take_usual(self) -> None:
        """The table shows its usual columns."""
        self._table.choose_layout(replace(self._table.table_layout(), columns=()))
        self._fill(at=0)

    def _chosen(self) -> str:
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def _show(self, stands: list[ColumnStand], name: str) -> None:
        self._table.choose_layout(replace(self._table.table_layout(), columns=tuple(stands)))
        names = [each.name for each in stands]
        self._fill(at=names.index(name) if name in names else self.list.currentRow())

    def _set_compact(self, is_compact: bool) -> None:
        self._table.choose_layout(replace(self._table.table_layout(), is_compact=is_compact))

    def _fill(self, *, at: int) -> None:
        shown = [each.name for each in self._table.stands()]
        widths = {each.name: each.width for each in self._table.stands()}
        hidden = [name for name in self._titles if name not in shown]
        self.list.clear()
        for name in (*shown, *hidden):
            is_shown, title = name in shown, self._titles[name]
            item = QListWidgetItem(
                say.column_line(title, is_shown=is_shown, width=widths.get(name))
            )
            item.setSizeHint(QSize(0, COMPACT_HEIGHT))
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, say.column_spoken(title, is_shown=is_shown)
            )
            self.list.addItem(item)
        self.list.setCurrentRow(min(at, self.list.count() - 1))

    def _bind_keys(self) -> None:
        for keys in ("Space", "Return", "Enter"):
            bind_key(keys, self.list, self.toggle)
        bind_key(say.MOVE_UP_KEY, self, lambda: self.shift(-1), everywhere=True)
        bind_key(say.MOVE_DOWN_KEY, self, lambda: self.shift(1), everywhere=True)
        bind_key(say.NARROWER_KEY, self, lambda: self.widen(-_STEP), everywhere=True)
        bind_key(say.WIDER_KEY, self, lambda: self.widen(_STEP), everywhere=True)
        bind_key(say.USUAL_KEY, self, self.take_usual, everywhere=True)
        bind_key(say.COMPACT_KEY, self, self.compact.toggle, everywhere=True)

    def _lay_out(self) -> None:
        moves = QHBoxLayout()
        moves.setSpacing(8)
        moves.addWidget(_small(say.MOVE_UP, say.MOVE_UP_KEY, lambda: self.shift(-1)))
        moves.addWidget(_small(say.MOVE_DOWN, say.MOVE_DOWN_KEY, lambda: self.shift(1)))
        moves.addStretch()
        widths = QHBoxLayout()
        widths.setSpacing(8)
        widths.addWidget(_small(say.NARROWER, say.NARROWER_KEY, lambda: self.widen(-_STEP)))
        widths.addWidget(_small(say.WIDER, say.WIDER_KEY, lambda: self.widen(_STEP)))
        widths.addStretch()
        foot = QHBoxLayout()
        foot.addWidget(button(say.USUAL, self.take_usual, key=say.USUAL_KEY))
        foot.addStretch()
        foot.addWidget(button(window_words.CLOSE, self.reject, key="Esc"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(10)
        column.addWidget(PlainLabel(say.COLUMNS_TITLE, role="title"))
        column.addWidget(PlainLabel(say.COLUMNS_INTRO, role="muted", wraps=True))
        column.addWidget(self.list, 1)
        column.addLayout(moves)
        column.addLayout(widths)
        column.addWidget(self.compact)
        column.addLayout(foot)


def _small(label: str, key: str, act: Callable[[], None]) -> QPushButton:
    return button(label, act, kind="small", key=key)
