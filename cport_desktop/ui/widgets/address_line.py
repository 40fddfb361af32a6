"""A URL as plain text that nobody can open by accident, its registrable domain set off."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from cport_desktop.ui.plain_text import defanged
from cport_desktop.ui.theme import MONO


class AddressLine(QWidget):
    """Wraps anywhere; Ctrl+C copies the defanged form."""

    def __init__(self, url: str, domain: str | None = None) -> None:
        super().__init__()
        self._address = defanged(url, domain)
        self.setAccessibleName(self._address.text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        return self._address.text

    def sizeHint(self) -> QSize:
        return QSize(120, self._height_at(max(120, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self._height_at(self.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._address.text)
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        # The application's palette: a style sheet makes a widget's own placeholder half clear.
        palette = QGuiApplication.palette()
        painter.setPen(palette.placeholderText().color())
        layout = self._laid_out(self.width(), palette.windowText().color())
        layout.draw(painter, QPointF(0, 2))
        if self.hasFocus():
            painter.setPen(palette.link().color())
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)

    def _height_at(self, width: int) -> int:
        return max(18, round(self._laid_out(width).boundingRect().height()) + 4)

    def _laid_out(self, width: int, strong: QColor | None = None) -> QTextLayout:
        font = QFont(MONO)
        font.setPixelSize(12)
        layout = QTextLayout(self._address.text, font)
        options = QTextOption()
        options.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
        options.setTextDirection(Qt.LayoutDirection.LeftToRight)
        layout.setTextOption(options)
        if strong is not None:
            layout.setFormats([self._domain_range(strong)])
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout

    def _domain_range(self, strong: QColor) -> QTextLayout.FormatRange:
        form = QTextCharFormat()
        form.setForeground(strong)
        form.setFontWeight(QFont.Weight.Bold)
        marked = QTextLayout.FormatRange()
        marked.start = len(self._address.before)
        marked.length = len(self._address.domain)
        marked.format = form
        return marked
