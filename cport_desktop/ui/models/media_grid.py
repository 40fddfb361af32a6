"""Media items for a grid: captions in words and a veil, never an original pixel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QImage

from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.media_item import MediaItem, MediaKind, MediaState, Picture
from cport_desktop.domain.rows import Page
from cport_desktop.ui import figures
from cport_desktop.words import labels
from cport_desktop.words import window as say

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


def as_image(picture: Picture) -> QImage:
    """`picture` as an image that owns its pixels; nothing is decoded."""
    form = _FORMATS[picture.channels]
    stride = picture.width * picture.channels
    return QImage(picture.pixels, picture.width, picture.height, stride, form).copy()


def kind_words(item: MediaItem) -> str:
    """`image 1600 × 1200`, `video 0:08`, `file not here yet` as far as is known."""
    kind = say.MEDIA_KINDS[_kind(item)]
    if item.duration_ms is not None:
        return f"{kind} {figures.clock_length(item.duration_ms / 1000)}"
    if item.width is not None and item.height is not None:
        return f"{kind} {say.dimensions(item.width, item.height)}"
    return kind


def _kind(item: MediaItem) -> str:
    return (item.kind or MediaKind.OTHER).value


def why_not_shown(item: MediaItem) -> str | None:
    """The reason in words why there is nothing to look at, or None."""
    if item.state is MediaState.WANTED:
        return say.WANTED_REFUSAL
    if item.state is MediaState.REFUSED:
        return labels.refusal(item.refusal or "untrusted.digest")
    return labels.cannot_show(item.cannot_show.value) if item.cannot_show else None


def tile_of(item: MediaItem) -> Tile:
    reason = why_not_shown(item)
    state = say.copies(item.duplicates) if item.duplicates else ""
    if item.state is not MediaState.HELD:
        state = say.MEDIA_STATES[item.state.value]
    beneath = reason if item.state is MediaState.HELD and reason else kind_words(item)
    if item.kind is None:
        beneath = figures.size(item.size)
    has_fault = reason is not None and item.state is not MediaState.WANTED
    return Tile(
        left=media_reference(item.media_id),
        right=state,
        beneath=beneath,
        short=state or (beneath if item.width is None else say.MEDIA_KINDS[_kind(item)]),
        has_picture=reason is None,
        has_fault=has_fault,
    )


class MediaGrid(QAbstractListModel):
    """Grows page by page behind a cursor; veils are laid in as they come.

    Signals:
        more_wanted(str): the page behind this cursor would be shown next.
    """

    more_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._items: list[MediaItem] = []
        self._tiles: list[Tile] = []
        self._veils: dict[MediaId, QImage] = {}
        self._cursor: str | None = None
        self._is_waiting = False

    def show_first(self, page: Page[MediaItem]) -> None:
        """`page` instead of everything so far; its veils come separately."""
        self.beginResetModel()
        self._items, self._tiles, self._veils = [], [], {}
        self._take(page)
        self.endResetModel()

    def append(self, page: Page[MediaItem]) -> None:
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
        if self._items:
            self.dataChanged.emit(self.index(0), self.index(len(self._items) - 1), [TILE_ROLE])

    def clear(self) -> None:
        self.show_first(Page((), None, 0.0))

    def stop_waiting(self) -> None:
        """The page that was wanted will not come; the next scroll may want it again."""
        self._is_waiting = False

    def item(self, number: int) -> MediaItem:
        return self._items[number]

    def tile(self, number: int) -> Tile:
        return self._tiles[number]

    def veil(self, number: int) -> QImage | None:
        return self._veils.get(self._items[number].media_id)

    def find(self, media_id: MediaId) -> int | None:
        return next((at for at, item in enumerate(self._items) if item.media_id == media_id), None)

    @property
    def is_whole(self) -> bool:
        return self._cursor is None

    def _take(self, page: Page[MediaItem]) -> None:
        self._items.extend(page.rows)
        self._tiles.extend(map(tile_of, page.rows))
        self._cursor = page.next_cursor
        self._is_waiting = False

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
            return self._tiles[index.row()].spoken
        return None
