"""How large a window is when it first stands on a screen: all of it can be seen, frame included."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

SMALLEST = (600, 320)
"""Of a window: at 200 percent a notebook of 1366×768 pixels has 683×384, less the frame."""
FRAME = QSize(16, 48)
"""What a title bar and borders may take. A window learns its own only once it is on the screen, and
the largest of the usual desktops take a little less."""


def fitted(wanted: QSize, *, smallest: QSize, screen: QSize) -> QSize:
    """`wanted`, but no larger than `screen` has room for, and never below `smallest`."""
    return wanted.boundedTo(screen - FRAME).expandedTo(smallest)


def fit_on_screen(window: QWidget) -> None:
    """A window that is not on its screen yet will be seen whole there. One that fills the screen
    already stays as it is.
    """
    if not window.isMaximized():
        room = window.screen().availableGeometry().size()
        window.resize(fitted(window.size(), smallest=window.minimumSize(), screen=room))
