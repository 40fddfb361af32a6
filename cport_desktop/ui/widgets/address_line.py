"""A URL as plain text that nobody can open by accident, its registrable domain set off."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QFont, QPalette, QTextCharFormat, QTextLayout, QTextOption

from cport_desktop.ui.plain_text import defanged
from cport_desktop.ui.theme import MONO
from cport_desktop.ui.widgets.wrapped_text import WrappedText


class AddressLine(WrappedText):
    """Wraps anywhere; Ctrl+C copies the defanged form."""

    def __init__(self, url: str, domain: str | None = None) -> None:
        self._address = defanged(url, domain)
        super().__init__(
            self._address.text,
            wrap=QTextOption.WrapMode.WrapAnywhere,
            direction=Qt.LayoutDirection.LeftToRight,
        )

    def face(self) -> QFont:
        font = QFont(MONO)
        font.setPixelSize(12)
        return font

    def pen_colour(self, palette: QPalette) -> QBrush:
        return palette.placeholderText()

    def formats(self, palette: QPalette) -> list[QTextLayout.FormatRange]:
        form = QTextCharFormat()
        form.setForeground(palette.windowText().color())
        form.setFontWeight(QFont.Weight.Bold)
        marked = QTextLayout.FormatRange()
        marked.start = len(self._address.before)
        marked.length = len(self._address.domain)
        marked.format = form
        return [marked]
