"""A label with its number at the right edge; where the number leads somewhere, it is a button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.plain_label import PlainLabel

_BUTTON_EDGE = 7
"""Border and padding of a quiet button: numbers stand beneath each other."""


class CountedRow(QWidget):
    """One line of a card."""

    def __init__(
        self, label: str, number: str, *, spoken: str, leads: Callable[[], None] | None = None
    ) -> None:
        """`spoken`: the whole of it, for those who hear it."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(PlainLabel(label), 1)
        if leads is None:
            told = PlainLabel(number, role="strong")
            told.setAccessibleName(spoken)
            told.setContentsMargins(0, 0, _BUTTON_EDGE, 0)
            row.addWidget(told)
        else:
            row.addWidget(button(number, leads, kind="quiet", name=spoken))
