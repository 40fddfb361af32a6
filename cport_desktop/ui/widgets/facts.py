"""Labels and values in two columns, and the small headings above them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.wrapped_text import WrappedText

Fact = tuple[str, str | None]
"""A label and what is known; a fact that is not known is left out."""
_LABEL_WIDTH = 92
_LONGEST_WORD = 20
"""Characters that surely fit into the narrowest pane; of a longer word a label may cut the end off."""


class FactGrid(QWidget):
    """Facts that wrap and can be copied."""

    def __init__(self, facts: Iterable[Fact], *, role: str | None = None) -> None:
        """`role` is the look of the values."""
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        known = ((label, value) for label, value in facts if value)
        for row, (label, value) in enumerate(known):
            grid.addWidget(PlainLabel(label, role="muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_told(value, role), row, 1)


def _told(value: str, role: str | None) -> QWidget:
    if role is None and any(len(word) > _LONGEST_WORD for word in value.split()):
        whole = WrappedText(value)
        whole.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        return whole
    told = PlainLabel(value, role=role, wraps=True, can_be_copied=True)
    told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    told.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return told


def section(title: str) -> PlainLabel:
    """A small heading in capitals."""
    return PlainLabel(title.upper(), role="section")
