"""The glass: a veil over one media item, and for a moment what is behind it.

What is painted is the veil or, while `Looking` says so, its image; the glass itself keeps
no copy, has no hover and says nothing about the picture to a screen reader.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from cport_desktop.domain.media_item import RevealLevel
from cport_desktop.ui.looking import HoldSpace, Looking, VeilsWithWindow
from cport_desktop.words import window as say

VEIL_GREY = QColor("#4a4e55")
"""Behind every veil and where there is none, the same in every theme."""
VEIL_INK = QColor("#f2f4f7")
HAZE = 0.55
"""How much of the veil's own greys show: a haze rather than a picture."""
_ROUND = 6
SHADE = QColor(18, 21, 26, 190)
"""Behind words on a veil, so that they can be read however light the haze is."""


def paint_veil(painter: QPainter, area: QRect, veil: QImage | None) -> None:
    """An even grey haze over `area`, faintly lit by `veil`."""
    painter.save()
    edge = QPainterPath()
    edge.addRoundedRect(area, _ROUND, _ROUND)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(edge, VEIL_GREY)
    if veil is not None:
        painter.setClipPath(edge)
        painter.setOpacity(HAZE)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(area, veil)
    painter.restore()


def paint_words(painter: QPainter, area: QRect, words: str) -> None:
    """`words` at the foot of the veil over `area`, on a shade of their own."""
    metrics = painter.fontMetrics()
    room = area.width() - 20
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
    height = metrics.height() + 4
    width = metrics.horizontalAdvance(shown) + 12
    label = QRect(area.x() + 4, area.bottom() - height - 3, width, height)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(SHADE)
    painter.drawRoundedRect(label, 4, 4)
    painter.setPen(VEIL_INK)
    painter.drawText(label, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


class Glass(QWidget):
    """Hold the mouse or Space on it to look."""

    def __init__(
        self, looking: Looking, *, height: int, tools: frozenset[Qt.Key] = frozenset()
    ) -> None:
        """`tools`: keys that do not end a look."""
        super().__init__()
        self._looking = looking
        self._veil: QImage | None = None
        self._word = ""
        self._is_clear = False
        """What was painted last is the image of a look."""
        self.setAccessibleName(say.GLASS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(height)
        self.installEventFilter(HoldSpace(looking, self, tools=tools))
        self._with_window = VeilsWithWindow(looking, self)
        looking.changed.connect(self._repaint)

    def show_veil(self, veil: QImage | None, word: str) -> None:
        """Lie over the item that `veil` belongs to; `word` stands on the haze."""
        self._veil = veil
        self._word = word
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, self.height())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._with_window.follow(self.window())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._looking.press()
        else:
            self._looking.release()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        # While a button is down all movements come here, also those outside.
        if event.buttons() and not self.rect().contains(event.position().toPoint()):
            self._looking.release()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._looking.release()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = self.rect().adjusted(1, 1, -1, -1)
        image = self._looking.image
        self._is_clear = image is not None
        paint_veil(painter, area, None if image is not None else self._veil)
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            self._paint_image(painter, area, image)
        elif self._word:
            paint_words(painter, area, self._word)
        self._paint_over(painter, area)
        if self.hasFocus():
            painter.setPen(QColor(self.palette().link().color()))
            painter.drawRoundedRect(area, _ROUND, _ROUND)

    def _paint_image(self, painter: QPainter, area: QRect, image: QImage) -> None:
        is_small = self._looking.shown_level is RevealLevel.SMALL_GREY
        painter.drawImage(_fitted(image.size(), area, may_grow=not is_small), image)

    def _paint_over(self, painter: QPainter, area: QRect) -> None:
        """What lies over the veil and over the picture: nothing, on a glass to look through."""

    def _repaint(self) -> None:
        # At once and not at the next turn of the event loop: no frame may outlive the look.
        if self._is_clear and self._looking.image is None:
            self.repaint()
        else:
            self.update()


def _fitted(size: QSize, area: QRect, *, may_grow: bool) -> QRect:
    room = area.size() if may_grow else area.size().boundedTo(size)
    scaled = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    fitted = QRect(0, 0, scaled.width(), scaled.height())
    fitted.moveCenter(area.center())
    return fitted
