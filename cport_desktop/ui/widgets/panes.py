"""Panes side by side, and how wide they usually are; one beneath the other where that is too narrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

_USUAL: Final = "usualSizes"
_HANDLE: Final = 8


def lay_usually(splitter: QSplitter, sizes: Sequence[int]) -> None:
    """The panes have these sizes, in pixels, now and whenever somebody wants the usual ones."""
    splitter.setProperty(_USUAL, list(sizes))
    splitter.setSizes(list(sizes))


class DetailPane(QSplitter):
    """A list, and beneath it what is told of the chosen row; nothing while none is."""

    def __init__(self, rows: QWidget, sizes: Sequence[int]) -> None:
        """`sizes` of list and pane, in pixels, as they usually are."""
        super().__init__(Qt.Orientation.Vertical)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(_HANDLE)
        self.pane = QWidget()
        self.addWidget(rows)
        self.addWidget(self.pane)
        self.setStretchFactor(0, 1)
        lay_usually(self, sizes)

    def tell(self, pane: QWidget, *, is_shown: bool) -> None:
        """`pane` in the place of what stood there."""
        self.replaceWidget(self.indexOf(self.pane), pane)
        self.pane.hide()
        self.pane.deleteLater()
        self.pane = pane
        pane.setVisible(is_shown)


def usual_sizes(splitter: QSplitter) -> list[int]:
    """What `lay_usually` was told; nothing for a splitter of which it was told nothing."""
    told = splitter.property(_USUAL)
    return [int(size) for size in told] if isinstance(told, list) else []


class FoldingPanes(QSplitter):
    """Panes beside each other, or beneath each other in less than the width that they need.

    `sizes` are widths, whichever way they stand: what is remembered of them holds for a larger window.
    """

    def __init__(self, panes: Sequence[QWidget], *, heights: Sequence[int]) -> None:
        """`heights`: of each pane, in pixels, at least, where they stand beneath each other."""
        super().__init__(Qt.Orientation.Horizontal)
        self.setHandleWidth(_HANDLE)
        self.setChildrenCollapsible(False)
        for pane in panes:
            self.addWidget(pane)
        self._panes = tuple(panes)
        self._heights = tuple(heights)
        self._widths: list[int] = []

    @property
    def is_folded(self) -> bool:
        """They stand beneath each other."""
        return self.orientation() is Qt.Orientation.Vertical

    def sizes(self) -> list[int]:
        return list(self._widths) if self.is_folded else super().sizes()

    def setSizes(self, sizes: Sequence[int]) -> None:
        if self.is_folded:
            self._widths = list(sizes)
        else:
            super().setSizes(list(sizes))

    def minimumSizeHint(self) -> QSize:
        least = self._least()
        width = max(size.width() for size in least)
        if not self.is_folded:
            return QSize(width, max(size.height() for size in least))
        return QSize(width, sum(size.height() for size in least) + self._between())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fold(event.size().width())
        super().resizeEvent(event)

    def _fold(self, width: int) -> None:
        needed = sum(_least_width(pane) for pane in self._panes) + self._between()
        if (width < needed) is self.is_folded:
            return
        if self.is_folded:
            self._need(heights=(0,) * self.count())
            self.setOrientation(Qt.Orientation.Horizontal)
            super().setSizes(self._widths)
        else:
            self._widths = super().sizes()
            self._need(heights=self._heights)
            self.setOrientation(Qt.Orientation.Vertical)
            super().setSizes(list(self._heights))
        self.updateGeometry()

    def _need(self, *, heights: Sequence[int]) -> None:
        for pane, height in zip(self._panes, heights, strict=True):
            pane.setMinimumHeight(height)

    def _least(self) -> list[QSize]:
        return [
            QSize(_least_width(pane), max(pane.minimumHeight(), pane.minimumSizeHint().height()))
            for pane in self._panes
        ]

    def _between(self) -> int:
        return self.handleWidth() * (self.count() - 1)


def _least_width(pane: QWidget) -> int:
    return max(pane.minimumWidth(), pane.minimumSizeHint().width())
