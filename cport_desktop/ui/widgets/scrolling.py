"""A column that scrolls when it must, and the line that parts its sections."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


class ScrollColumn(QScrollArea):
    """Widgets one beneath the other; never scrolls sideways."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(14, 12, 14, 12)
        self._column.setSpacing(6)
        self._column.addStretch()
        self.setWidget(self._body)

    def add(self, widget: QWidget, *, space_before: int = 0) -> None:
        """Put `widget` beneath what is there."""
        if space_before:
            self._column.insertSpacing(self._column.count() - 1, space_before)
        self._column.insertWidget(self._column.count() - 1, widget)
