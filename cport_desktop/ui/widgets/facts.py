"""Labels and values in two columns, and the small headings above them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.wrapped_text import WRAPPED_TOP, WrappedText

Fact = tuple[str, str | None]
"""A label and what is known; a fact that is not known is left out."""
_LABEL_WIDTH = 92
_REACHED = Qt.FocusPolicy.StrongFocus
_STEPS: Mapping[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_LONGEST_WORD = 20
"""Characters that surely fit into the narrowest pane; of a longer word a label may cut the end off."""


class FactGrid(QWidget):
    """Facts that wrap and can be copied: Tab reaches the first, Up and Down the others, so that a
    long list of them is one step on the way.
    """

    def __init__(self, facts: Iterable[Fact], *, role: str | None = None) -> None:
        """`role` is the look of the values."""
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        self._told: list[PlainLabel] = []
        known = ((label, value) for label, value in facts if value)
        for row, (label, value) in enumerate(known):
            told = _told(value, role)
            told.setAccessibleDescription(label)
            told.setFocusPolicy(_REACHED if row == 0 else Qt.FocusPolicy.ClickFocus)
            told.installEventFilter(self)
            self._told.append(told)
            named = PlainLabel(label, role="muted")
            if isinstance(told, WrappedText):
                named.setContentsMargins(0, WRAPPED_TOP, 0, 0)
            grid.addWidget(named, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(told, row, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = _STEPS.get(event.key(), 0)
            here = next((at for at, told in enumerate(self._told) if told is watched), 0)
            if step and 0 <= here + step < len(self._told):
                self._told[here + step].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)


def _told(value: str, role: str | None) -> PlainLabel:
    if role is None and any(len(word) > _LONGEST_WORD for word in value.split()):
        return WrappedText(value)
    told = PlainLabel(value, role=role, wraps=True, can_be_copied=True)
    told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return told


def section(title: str) -> PlainLabel:
    """A small heading in capitals."""
    return PlainLabel(title.upper(), role="section")
