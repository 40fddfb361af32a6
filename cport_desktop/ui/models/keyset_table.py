"""A table of frozen rows that grows page by page behind a cursor, whatever its whole length.

The texts of a row are made once: when its page arrives those of the columns that are shown, those of
another one when it is first asked for. Answering a repaint afterwards makes no object at all. The model
asks for nothing itself: it says which cursor it wants next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from cport_desktop.domain.rows import Page
from cport_desktop.ui.plain_text import plain_tip

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

TONE_ROLE = Qt.ItemDataRole.UserRole + 1
"""Name of the theme's colour that a cell's text wears, or None."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """`width` in pixels, None for `share` parts of what is left. `sort` is a word of the desk's
    order, None where the column cannot be sorted by. `hover` answers when asked.
    """

    title: str
    text: Callable[[Row], str]
    width: int | None = None
    share: float = 1.0
    tone: Callable[[Row], str | None] | None = None
    hover: Callable[[Row], str] | None = None
    sort: str | None = None
    spoken: Callable[[Row], str] | None = None
    """What is read aloud in place of the text, where that has a mark; answers when asked."""
    is_number: bool = False
    is_mono: bool = False
    is_spare: bool = False
    """Left out where the columns that share the rest would get too narrow with it."""
    name: str = ""
    """Stable, for a layout that is remembered; the title where it has none."""
    is_extra: bool = False
    """Not among those that are shown before somebody chose their own."""
    told: tuple[str, ...] = ()
    """Columns of an exported table that tell the same."""
    copied: Callable[[Row, bool], str] | None = None
    """Of addresses: what is copied, as it is or (False) defanged, in place of the text."""

    @property
    def known_as(self) -> str:
        return self.name or self.title


class KeysetTable(QAbstractTableModel, Generic[Row]):
    """Rows of one kind in columns.

    Signals:
        more_wanted(str): the page behind this cursor would be shown next.
    """

    more_wanted = Signal(str)

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._shown = frozenset(at for at, each in enumerate(self.columns) if not each.is_extra)
        self._rows: list[Row] = []
        self._texts: list[list[str | None]] = []
        self._tones: list[tuple[str | None, ...]] = []
        self._cursor: str | None = None
        self._is_waiting = False

    # -- what the page does with it

    def show_first(self, page: Page[Row]) -> None:
        """`page` instead of everything so far."""
        self.beginResetModel()
        self._rows, self._texts, self._tones = [], [], []
        self._take(page)
        self.endResetModel()

    def append(self, page: Page[Row]) -> None:
        """`page` behind what is here."""
        if not page.rows:
            self._take(page)
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(page.rows) - 1)
        self._take(page)
        self.endInsertRows()

    def clear(self) -> None:
        self.show_first(Page((), None, 0.0))

    def expect(self, shown: frozenset[int]) -> None:
        """These columns are shown: their texts are made with each page that arrives from now on."""
        self._shown = shown

    def say_again(self) -> None:
        """What the texts are made of is known better now: each is made anew when it is asked for."""
        self._texts = [[None] * len(self.columns) for _ in self._rows]
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.DisplayRole])

    def put(self, number: int, row: Row) -> None:
        """`row` stands at this place from now on: the same thing, as it is by now."""
        self._rows[number] = row
        self._texts[number] = [None] * len(self.columns)
        self._tones[number] = tuple([None if c.tone is None else c.tone(row) for c in self.columns])
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(self.columns) - 1))

    def text(self, row: int, column: int) -> str:
        """What a cell says."""
        texts = self._texts[row]
        said = texts[column]
        if said is None:
            said = texts[column] = self.columns[column].text(self._rows[row])
        return said

    def tone(self, row: int, column: int) -> str | None:
        """The name of a cell's colour; None for that of text."""
        return self._tones[row][column]

    def stop_waiting(self) -> None:
        """The page that was wanted will not come; the next scroll may want it again."""
        self._is_waiting = False

    def row(self, number: int) -> Row:
        return self._rows[number]

    def find(self, is_it: Callable[[Row], bool]) -> int | None:
        """Number of the first loaded row that `is_it` holds for."""
        return next((number for number, row in enumerate(self._rows) if is_it(row)), None)

    @property
    def is_whole(self) -> bool:
        """No page is behind what is here."""
        return self._cursor is None

    def _take(self, page: Page[Row]) -> None:
        columns, shown = self.columns, self._shown
        made = [c.text if at in shown else None for at, c in enumerate(columns)]
        self._rows.extend(page.rows)
        self._texts.extend([None if m is None else m(row) for m in made] for row in page.rows)
        self._tones.extend(
            tuple([None if c.tone is None else c.tone(row) for c in columns]) for row in page.rows
        )
        self._cursor = page.next_cursor
        self._is_waiting = False

    # -- what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._cursor is not None and not self._is_waiting

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent) and self._cursor is not None:
            self._is_waiting = True
            self.more_wanted.emit(self._cursor)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if role == TONE_ROLE:
            return self._tones[index.row()][index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._hover(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.columns[index.column()].title}: {self._spoken(index)}"
        return None

    def _spoken(self, index: Index) -> str:
        spoken = self.columns[index.column()].spoken
        if spoken is None:
            return self.text(index.row(), index.column())
        return spoken(self._rows[index.row()])

    def _hover(self, row: int, column: int) -> str | None:
        hover = self.columns[column].hover
        return None if hover is None else plain_tip(hover(self._rows[row]))

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            number = self.columns[section].is_number
            side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None
