"""How well what is painted can be read, measured from the pixels of a widget."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

_SCALE = 3
"""Drawn so much larger, the stems of letters have their whole colour."""
_LINEAR = np.array(
    [
        value / 255 / 12.92 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4
        for value in range(256)
    ]
)
_LIGHT = np.array([0.2126, 0.7152, 0.0722])
_PLACES = np.array([65536, 256, 1])
Pixels = NDArray[np.uint8]


def pixels_of(widget: QWidget) -> Pixels:
    """What `widget` looks like now: rows, columns and red, green, blue, each `_SCALE` to a pixel."""
    image = QImage(widget.size() * _SCALE, QImage.Format.Format_RGB888)
    image.setDevicePixelRatio(_SCALE)
    widget.render(image, QPoint())
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def contrast_in(pixels: Pixels, place: QRect) -> float:
    """The contrast (WCAG 2.2) of the colour that most of `place` has, and of what differs from it most."""
    area = pixels[
        max(0, place.top()) * _SCALE : (place.bottom() + 1) * _SCALE,
        max(0, place.left()) * _SCALE : (place.right() + 1) * _SCALE,
    ].reshape(-1, 3)
    found, counts = np.unique(area.astype(np.int32) @ _PLACES, return_counts=True)
    light = _LINEAR[found[:, None] // _PLACES % 256] @ _LIGHT
    ground = light[counts.argmax()]
    return float(((np.maximum(light, ground) + 0.05) / (np.minimum(light, ground) + 0.05)).max())
