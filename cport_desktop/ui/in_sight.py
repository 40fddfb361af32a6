"""What gets the focus is seen: whatever scrolls around it scrolls to it (WCAG 2.2, 2.4.11)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from cport_desktop.ui.reading_order import show_where_it_scrolls


class InSight(QObject):
    """Watches the focus as long as it lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)

    def _moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        # Under a mouse that is pressed nothing moves: the click would miss.
        is_clicked = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if now is not None and not is_clicked:
            show_where_it_scrolls(now)
