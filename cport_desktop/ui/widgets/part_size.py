"""In files of which size a package is written: one, parts of a usual size, or of one that is typed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.ui import figures
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.fields import text_field, typed_number
from cport_desktop.usecases.package_order import LARGEST_PART, SMALLEST_PART
from cport_desktop.words import composing_page as say

_MEGA: Final = 1024 * 1024
_USUAL: Final = (0, LARGEST_PART, 700 * _MEGA, 100 * _MEGA)
"""Bytes; 0: one file. What FAT32 takes, a CD, a small mail box."""
_TYPED_UNIT: Final = 1_000_000
"""Bytes: media are sold by it."""


class PartSize(QWidget):
    """A choice, and a line for another size.

    Signals:
        changed(): another size is meant.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sizes = list(_USUAL)
        self._choice = Choice(say.PARTS)
        for size in self._sizes:
            self._choice.addItem(say.parts_of(figures.size(size)) if size else say.ONE_FILE)
        self._choice.addItem(say.ANOTHER_SIZE)
        self.line = text_field(say.MEGABYTES, say.MEGABYTES_HERE)
        self.line.hide()
        self._choice.currentIndexChanged.connect(self._choose)
        self.line.textChanged.connect(lambda _text: self.changed.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._choice)
        column.addWidget(self.line)
        self.setFocusProxy(self._choice)

    def limit(self) -> int:
        """Bytes of one file at most; 0: one file, or nothing that could be meant was typed."""
        if not self._is_typed:
            return self._sizes[self._choice.currentIndex()]
        number = typed_number(self.line.text().strip())
        size = (number or 0) * _TYPED_UNIT
        return size if SMALLEST_PART <= size <= LARGEST_PART else 0

    def is_unclear(self) -> bool:
        """Another size is to be typed, and is not."""
        return self._is_typed and not self.limit()

    def lay(self, size: int) -> None:
        """This is meant, whether it is usual or not; nothing is rounded."""
        if size not in self._sizes:
            self._sizes.append(size)
            self._choice.insertItem(len(self._sizes) - 1, say.parts_of(figures.size(size)))
        self._choice.setCurrentIndex(self._sizes.index(size))

    @property
    def _is_typed(self) -> bool:
        return self._choice.currentIndex() == len(self._sizes)

    def _choose(self, _place: int) -> None:
        self.line.setVisible(self._is_typed)
        self.changed.emit()
