"""The one way to put text on a label or in a hover: as plain text, with nothing hidden in it.

A label left to guess would take foreign text for rich text, load a picture it names and hide
what steers its direction. Nobody else in `ui` makes a QLabel or sets a tool tip (a test walks
the code for it).
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from cport_desktop.ui.plain_text import LONGEST_SHOWN, one_line, plain_tip, shortened, visible


class PlainLabel(QLabel):
    """Shows text as it is stored. `role` and `tone` are looks of the style sheet. What can be copied
    is reached by Tab; Ctrl+C copies what is marked in it, or the whole.
    """

    def __init__(
        self,
        text: str = "",
        *,
        role: str | None = None,
        tone: str | None = None,
        wraps: bool = False,
        can_be_copied: bool = False,
        longest: int = LONGEST_SHOWN,
        parent: QWidget | None = None,
    ) -> None:
        """`longest`: characters that are shown; of more, that there are more."""
        super().__init__(parent)
        self._longest = longest
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        self.setOpenExternalLinks(False)
        if role is not None:
            self.setProperty("role", role)
        if tone is not None:
            self.setProperty("tone", tone)
        self._can_be_copied = can_be_copied
        if can_be_copied:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.say(text)

    def say(self, text: str) -> None:
        """Show `text`, all of it visible."""
        shown = visible(shortened(text, longest=self._longest))
        self.setText(shown)
        self.setAccessibleName(shown)
        if self._can_be_copied:
            # Whoever uses no mouse gets to it too, unless nothing is there.
            reached = Qt.FocusPolicy.StrongFocus if shown else Qt.FocusPolicy.NoFocus
            self.setFocusPolicy(reached)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and not self.hasSelectedText():
            QGuiApplication.clipboard().setText(self.text())
            return
        super().keyPressEvent(event)

    def set_tone(self, tone: str | None) -> None:
        """Take the colour that goes with `tone`, beside the word that says the same."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


class ElidedLabel(QFrame):
    """One line that ends in an ellipsis where it does not fit; the whole is on hover."""

    def __init__(
        self, text: str = "", *, is_muted: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._is_muted = is_muted
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.say(text)

    def say(self, text: str) -> None:
        self._text = one_line(shortened(text))
        self.setAccessibleName(self._text)
        set_plain_tip(self, self._text)
        self.update()

    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._text), metrics.height() + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        quiet = QGuiApplication.palette().placeholderText()
        ink = quiet if self._is_muted else self.palette().windowText()
        painter.setPen(ink.color())
        shown = painter.fontMetrics().elidedText(
            self._text, Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(
            self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown
        )


def set_plain_tip(widget: QWidget, text: str) -> None:
    """Show `text` on hover, as plain text whatever it looks like; nothing for an empty one."""
    widget.setToolTip(plain_tip(text))


def keep_plain(window: QWidget) -> None:
    """The labels of a window that Qt made take what they are given as plain text, too."""
    for label in window.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
