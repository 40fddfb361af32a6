"""Some media items, each of which can be ticked. Nothing is looked at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.ui.models.media_grid import kind_words
from cport_desktop.ui.plain_text import one_line
from cport_desktop.words import portal_acts as say

_ROW = 26
_MOST_ROWS = 5


class MediaChoice(QListWidget):
    """One line each; Space ticks the line that has the focus.

    Signals:
        ticked(): another item is ticked, or one less.
    """

    ticked = Signal()

    def __init__(self, name: str, items: Sequence[MediaItem]) -> None:
        super().__init__()
        self._items = tuple(items)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for item in self._items:
            line = QListWidgetItem(self._words(item), self)
            line.setFlags(line.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            line.setCheckState(Qt.CheckState.Unchecked)
            line.setSizeHint(QSize(0, _ROW))
        rows = max(1, min(_MOST_ROWS, len(self._items)))
        self.setFixedHeight(rows * _ROW + 2 * self.frameWidth() + 4)
        if self._items:
            self.setCurrentRow(0)
        self.itemChanged.connect(lambda _line: self.ticked.emit())

    def chosen(self) -> tuple[MediaItem, ...]:
        """Those that are ticked."""
        return tuple(
            item
            for at, item in enumerate(self._items)
            if self.item(at).checkState() is Qt.CheckState.Checked
        )

    def tick(self, media_id: MediaId) -> None:
        """Tick this one, if it is there."""
        for at, item in enumerate(self._items):
            if item.media_id == media_id:
                self.item(at).setCheckState(Qt.CheckState.Checked)
                self.setCurrentRow(at)

    @staticmethod
    def _words(item: MediaItem) -> str:
        told = say.about_media(media_reference(item.media_id), kind_words(item))
        name = one_line(item.file_name) if item.file_name else ""
        return f"{told} · {name}" if name else told
