"""Paints a drawing: on a widget in its theme, or as a PNG file, dark on white.

Nothing is decoded here: a picture that leaves is painted into pixels of our own and encoded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPen,
    QPolygonF,
)

from cport_desktop.domain.drawing import (
    Anchor,
    Box,
    Disc,
    Drawing,
    Ink,
    Label,
    Part,
    Shape,
    Stroke,
)
from cport_desktop.exports.svg_picture import PAPER, Caption, head_of
from cport_desktop.ui.theme import Theme, figures_font

_MARGIN: Final = 16
_SCALE: Final = 2
"""Pixels of a file for one of a window at 100 %: it is printed, too."""
_OCTETS: Final = 4
Inks = Mapping[Ink, QColor]


def inks_of(theme: Theme) -> Inks:
    """The colours of a theme by the names of a drawing."""
    return {ink: QColor(getattr(theme, ink.value)) for ink in Ink}


def face(size: float, *, is_strong: bool = False) -> QFont:
    """The type of a drawing; its digits are all of one width."""
    font = figures_font(pixels=round(size))
    if is_strong:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def measure(text: str, size: float) -> float:
    """How wide `text` is (`domain.drawing.Measure`), with room for its strong form."""
    return QFontMetricsF(face(size, is_strong=True)).horizontalAdvance(text)


def paint(painter: QPainter, drawing: Drawing, inks: Inks) -> None:
    """`drawing` with its corner where the painter stands."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for part in drawing.parts:
        _paint(painter, part, inks)


def png(drawing: Drawing, caption: Caption) -> bytes:
    """The picture as a file, on white, with its caption above it. From any thread."""
    above = head_of(caption, drawing.width)
    head = above.height
    width = round((drawing.width + 2 * _MARGIN) * _SCALE)
    height = round((drawing.height + head + _MARGIN) * _SCALE)
    pixels = bytearray(b"\xff") * (width * height * _OCTETS)
    image = QImage(pixels, width, height, width * _OCTETS, QImage.Format.Format_RGB32)
    inks = {ink: QColor(PAPER[ink]) for ink in Ink}
    painter = QPainter(image)
    painter.scale(_SCALE, _SCALE)
    paint(painter, above, inks)
    painter.translate(_MARGIN, head)
    paint(painter, drawing, inks)
    painter.end()
    encoded = QByteArray()
    buffer = QBuffer(encoded)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes
    buffer.close()
    return bytes(encoded.data())


def _paint(painter: QPainter, part: Part, inks: Inks) -> None:
    match part:
        case Box(x, y, width, height, fill, edge):
            if fill is not None or edge is not None:
                _wear(painter, fill, edge, inks)
                painter.drawRect(QRectF(x, y, width, height))
        case Stroke(points, ink, width, is_dashed):
            pen = QPen(inks[ink], width)
            if is_dashed:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawPolyline(_polygon(points))
        case Shape(points, fill, edge):
            _wear(painter, fill, edge, inks)
            painter.drawPolygon(_polygon(points))
        case Disc(x, y, radius, fill, edge):
            _wear(painter, fill, edge, inks)
            painter.drawEllipse(QPointF(x, y), radius, radius)
        case Label():
            _write(painter, part, inks)


def _wear(painter: QPainter, fill: Ink | None, edge: Ink | None, inks: Inks) -> None:
    painter.setPen(Qt.PenStyle.NoPen if edge is None else QPen(inks[edge], 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else QBrush(inks[fill]))


def _write(painter: QPainter, label: Label, inks: Inks) -> None:
    font = face(label.size, is_strong=label.is_strong)
    painter.setFont(font)
    painter.setPen(inks[label.ink])
    wide = QFontMetricsF(font).horizontalAdvance(label.text)
    back = {Anchor.START: 0.0, Anchor.MIDDLE: wide / 2, Anchor.END: wide}[label.anchor]
    painter.drawText(QPointF(label.x - back, label.y), label.text)


def _polygon(points: tuple[tuple[float, float], ...]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])
