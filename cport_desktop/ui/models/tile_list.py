"""Rows for tiles: captions in words, marks, and a veil each; never an original pixel.

Grows page by page behind a cursor; veils and marks are laid in as they come.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QImage

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import Picture
from cport_desktop.domain.rows import Page

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

TILE_ROLE = Qt.ItemDataRole.UserRole + 1
_FORMATS = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888}


@dataclass(frozen=True, slots=True)
class Tile:
    """What a tile says: two words above, one sentence beneath, and whether it has a picture."""

    left: str
    right: str
    beneath: str
    short: str
    has_picture: bool
    has_fault: bool

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.left, self.right, self.beneath) if part)


@dataclass(frozen=True, slots=True)
class Mark:
    """A glyph with its word on a tile, as it is `spoken` in full, in the colour `tone`."""

    shown: str
    spoken: str
    tone: str


def as_image(picture: Picture) -> QImage:
    """`picture` as an image that owns its pixels; nothing is decoded."""
    form = _FORMATS[picture.channels]
    stride = picture.width * picture.channels
    return QImage(picture.pixels, picture.width, picture.height, stride, form).copy()


class TileList(QAbstractListModel, Generic[Row]):
    """Rows of one kind, each named by the media item that stands for it.

    Signals:
        more_wanted(str): the page behind this cursor would be shown next.
    """

    more_wanted = Signal(str)

    def __init__(self, tile_of: Callable[[Row], Tile], id_of: Callable[[Row], MediaId]) -> None:
        super().__init__()
        self._tile_of = tile_of
        self._id_of = id_of
        self._items: list[Row] = []
        self._tiles: list[Tile] = []
        self._veils: dict[MediaId, QImage] = {}
        self._marks: dict[MediaId, tuple[Mark, ...]] = {}
        self._cursor: str | None = None
        self._is_waiting = False

    def show_first(self, page: Page[Row]) -> None:
        """`page` instead of everything so far; its veils and marks come separately."""
        self.beginResetModel()
        self._items, self._tiles, self._veils, self._marks = [], [], {}, {}
        self._take(page)
        self.endResetModel()

    def append(self, page: Page[Row]) -> None:
        """`page` behind what is here."""
        if not page.rows:
            self._take(page)
            return
        first = len(self._items)
        self.beginInsertRows(QModelIndex(), first, first + len(page.rows) - 1)
        self._take(page)
        self.endInsertRows()

    def lay_veils(self, veils: Mapping[MediaId, Picture]) -> None:
        """Show `veils` on the tiles that they belong to."""
        for media_id, picture in veils.items():
            self._veils[media_id] = as_image(picture)
        self._changed()

    def lay_marks(self, marks: Mapping[MediaId, tuple[Mark, ...]]) -> None:
        """Show `marks` on the tiles that they belong to."""
        self._marks.update(marks)
        self._changed()

    def clear(self) -> None:
        self.show_first(Page((), None, 0.0))

    def stop_waiting(self) -> None:
        """The page that was wanted will not come; the next scroll may want it again."""
        self._is_waiting = False

    def item(self, number: int) -> Row:
        return self._items[number]

    def media_id(self, number: int) -> MediaId:
        """The media item that stands for the row."""
        return self._id_of(self._items[number])

    def tile(self, number: int) -> Tile:
        return self._tiles[number]

    def marks(self, number: int) -> Sequence[Mark]:
        return self._marks.get(self.media_id(number), ())

    def veil(self, number: int) -> QImage | None:
        return self._veils.get(self.media_id(number))

    def find(self, media_id: MediaId) -> int | None:
        found = (at for at, item in enumerate(self._items) if self._id_of(item) == media_id)
        return next(found, None)

    @property
    def is_whole(self) -> bool:
        return self._cursor is None

    def _take(self, page: Page[Row]) -> None:
        self._items.extend(page.rows)
        self._tiles.extend(map(self._tile_of, page.rows))
        self._cursor = page.next_cursor
        self._is_waiting = False

    def _changed(self) -> None:
        if self._items:
            self.dataChanged.emit(self.index(0), self.index(len(self._items) - 1), [TILE_ROLE])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._items)

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
            return self._tiles[index.row()].left
        if role == Qt.ItemDataRole.AccessibleTextRole:
            marks = (mark.spoken for mark in self.marks(index.row()))
            return ", ".join((self._tiles[index.row()].spoken, *marks))
        return None
