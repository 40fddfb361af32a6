"""What can be done with any table of the window: its columns chosen and remembered, its rows copied.

A table whose layout is to be remembered says under which name (`RowsTable.kept_as`); it lies with the
analyst's drafts, sealed with their own key. Copying takes what the table shows and nothing else, so
nothing that the agreement withholds; what lies on the clipboard goes with a lock. Of many rows a few are
made for each turn of the event loop, and all of them are on the clipboard when the last one is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any, Final

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from cport_desktop.domain.draft import THE_PREFERENCES, ColumnStand, TableLayout, layout_of
from cport_desktop.domain.preferences import Preferences
from cport_desktop.ui.drafting import Drafting
from cport_desktop.ui.models.keyset_table import KeysetTable
from cport_desktop.ui.models.rows_as_text import lines_of
from cport_desktop.ui.views.columns_dialog import ColumnsDialog
from cport_desktop.ui.views.help_dialog import HelpKey
from cport_desktop.ui.widgets.controls import bind_key
from cport_desktop.ui.widgets.rows_table import RowsTable
from cport_desktop.words import table_page as say
from cport_desktop.words import window as window_words
from cport_desktop.words.help import COLUMNS

AT_ONCE: Final = 300
"""Rows of a turn: 24 columns of them took 30 ms."""


def serve_tables(root: QWidget, drafting: Drafting, *, lock: Callable[[], None]) -> None:
    """Every table in `root` can be laid out and copied from, and looks as it was last wanted. `lock`
    locks the vault, from a dialog too.
    """
    for table in root.findChildren(RowsTable):
        TableChoices(table, drafting, lock)


class TableChoices(QObject):
    """The menus and keys of one table, and the memory of its layout."""

    def __init__(self, table: RowsTable, drafting: Drafting, lock: Callable[[], None]) -> None:
        super().__init__(table)
        self._table = table
        self._drafting = drafting
        self._lock = lock
        self._copying: Iterator[str] = iter(())
        header = table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._open_header_menu)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._open_copy_menu)
        bind_key(say.COLUMNS_KEY, table, self.choose_columns)
        bind_key(say.COPY_KEY, table, self.copy_rows)
        bind_key(say.COPY_AS_KEY, table, self._open_copy_menu_here)
        wanted = drafting.latest(THE_PREFERENCES)
        table.be_usually(compact=isinstance(wanted, Preferences) and wanted.is_compact)
        if table.kept_as:
            kept = drafting.latest(layout_of(table.kept_as))
            if isinstance(kept, TableLayout):
                table.lay(kept)
            table.layout_changed.connect(self._keep)

    def choose_columns(self) -> None:
        """Open the list of columns."""
        dialog = ColumnsDialog(self._table, self._table.window())
        bind_key("Ctrl+L", dialog, self._lock, everywhere=True)
        HelpKey(dialog, COLUMNS).lock_wanted.connect(self._lock)
        dialog.open()

    def copy_rows(self, *, is_exact: bool = False, is_headed: bool = False) -> None:
        """What is chosen is on the clipboard, a line for each row."""
        self._copy(self._table.shown_columns(), is_exact=is_exact, is_headed=is_headed)

    def copy_cells(self, *, is_exact: bool = False) -> None:
        """Of the rows that are chosen the cells of the current column are on the clipboard."""
        column = self._table.currentIndex().column()
        shown = self._table.shown_columns()
        self._copy((column if column in shown else shown[0],), is_exact=is_exact)

    def _copy(self, columns: tuple[int, ...], *, is_exact: bool, is_headed: bool = False) -> None:
        model, rows = self._table.model(), self._table.chosen()
        if rows and isinstance(model, KeysetTable):
            told: KeysetTable[Any] = model
            lines = lines_of(told, rows, columns, is_exact=is_exact, is_headed=is_headed)
            self._copying = lines
            self._go_on_copying(lines, [])

    def _go_on_copying(self, lines: Iterator[str], made: list[str]) -> None:
        """Some more of `lines`, unless something else was copied since."""
        if lines is not self._copying:
            return
        piece = list(islice(lines, AT_ONCE))
        made += piece
        if len(piece) == AT_ONCE:
            QTimer.singleShot(0, self, partial(self._go_on_copying, lines, made))
        else:
            QGuiApplication.clipboard().setText("\n".join(made))

    def _keep(self) -> None:
        place = layout_of(self._table.kept_as)
        layout = self._table.table_layout()
        if layout == TableLayout():
            self._drafting.end(place)
        else:
            self._drafting.keep(place, layout)

    # -- menus

    def _open_header_menu(self, at: QPoint) -> None:
        menu = self._menu()
        shown = {each.name for each in self._table.stands()}
        for column in self._table.columns():
            action = QAction(column.title.replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(column.known_as in shown)
            action.toggled.connect(partial(self._toggle, column.known_as))
            menu.addAction(action)
        menu.addSeparator()
        compact = self._add(menu, say.COMPACT, self._toggle_compact)
        compact.setCheckable(True)
        compact.setChecked(self._table.is_compact)
        self._add(menu, say.USUAL, self._take_usual)
        self._add(menu, say.CHOOSE_COLUMNS, self.choose_columns, say.COLUMNS_KEY)
        menu.popup(self._table.horizontalHeader().mapToGlobal(at))

    def _open_copy_menu_here(self) -> None:
        rect = self._table.visualRect(self._table.currentIndex())
        self._open_copy_menu(rect.bottomLeft())

    def _open_copy_menu(self, at: QPoint) -> None:
        if not self._table.chosen():
            return
        menu = self._menu()
        self._add(menu, say.COPY_ROWS, self.copy_rows, say.COPY_KEY)
        self._add(menu, say.COPY_HEADED, partial(self.copy_rows, is_headed=True))
        self._add(menu, say.COPY_CELL, self.copy_cells)
        if any(self._table.columns()[at].copied for at in self._table.shown_columns()):
            menu.addSeparator()
            self._add(menu, say.COPY_ROWS_EXACT, partial(self.copy_rows, is_exact=True))
            self._add(menu, say.COPY_CELL_EXACT, partial(self.copy_cells, is_exact=True))
        menu.popup(self._table.viewport().mapToGlobal(at))

    def _menu(self) -> QMenu:
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _add(
        self, menu: QMenu, label: str, act: Callable[[], None], key: str | None = None
    ) -> QAction:
        action = QAction(window_words.key_named(label, key) if key else label, menu)
        action.triggered.connect(lambda _checked=False: act())
        menu.addAction(action)
        return action

    def _toggle(self, name: str, is_shown: bool) -> None:
        stands = list(self._table.stands())
        if is_shown:
            stands.append(ColumnStand(name))
        elif len(stands) > 1:
            stands = [each for each in stands if each.name != name]
        layout = self._table.table_layout()
        self._table.choose_layout(TableLayout(tuple(stands), layout.is_compact))

    def _toggle_compact(self) -> None:
        layout = self._table.table_layout()
        self._table.choose_layout(TableLayout(layout.columns, not self._table.is_compact))

    def _take_usual(self) -> None:
        self._table.choose_layout(TableLayout((), self._table.table_layout().is_compact))
