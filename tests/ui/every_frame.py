"""Every frame that a window paints, taken from the virtual screen and judged.

Pixels are read where the platform keeps what is on the screen. A frame is whole when the widgets of a
window have been painted, one after the other; it is taken before the next event of another kind is
handled, or before one of them is painted again, so that none is painted over before it was seen.
Marker colours are so
saturated that no theme has them; beside them, the place of the glass must lie within the bounds of a
veil and be even.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from cport_desktop.ui.widgets.glass import Glass

SATURATED = 150
"""Between the strongest and the weakest channel of a marker; the dark theme stays below."""
VEIL_LIGHTEST, VEIL_DARKEST = 125, 55
"""What a veil comes to on the screen: its greys over the grey behind it, and that alone."""
STEEPEST = 6
"""Between two pixels side by side of a veil, drawn smoothly from sixteen samples."""

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Offence:
    """`what` was on the screen while nobody was looking, after `step`."""

    step: str
    what: str
    frame: int


class EveryFrame(QObject):
    """Watches all windows of this process until `end`. `may_show` is asked for each clear frame."""

    def __init__(self, may_show: Callable[[], bool]) -> None:
        super().__init__()
        self._may_show = may_show
        self._painted: set[QObject] = set()
        self._is_judging = False
        self.step = ""
        self.frames = 0
        self.clear_frames = 0
        self.offences: list[Offence] = []
        self._application().installEventFilter(self)

    def end(self) -> None:
        self.judge()
        self._application().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._is_judging:
            is_paint = event.type() is QEvent.Type.Paint
            if self._painted and (not is_paint or watched in self._painted):
                self.judge()
            if is_paint:
                self._painted.add(watched)
        return False

    def judge(self) -> None:
        """Look at what is on the screen now."""
        self._painted.clear()
        self._is_judging = True
        try:
            for window in QApplication.topLevelWidgets():
                if window.isVisible() and not window.isMinimized():
                    self._judge(window)
        finally:
            self._is_judging = False

    def _judge(self, window: QWidget) -> None:
        pixels = on_screen(window)
        if pixels is None:
            return
        self.frames += 1
        what = _marker(pixels) or _unveiled(window, pixels)
        if not what:
            return
        self.clear_frames += 1
        if not self._may_show():
            self.offences.append(Offence(self.step, what, self.frames))

    @staticmethod
    def _application() -> QCoreApplication:
        found = QCoreApplication.instance()
        assert found is not None
        return found


def on_screen(window: QWidget) -> Pixels | None:
    """Rows, columns and three channels of what the screen has of `window`."""
    taken = window.screen().grabWindow(window.winId()).toImage()
    if taken.isNull():
        return None
    image = taken.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    pixels = rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4)
    return pixels[:, :, :3].copy()


def _marker(pixels: Pixels) -> str:
    blue, green, red = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    strongest = np.maximum(np.maximum(blue, green), red)
    weakest = np.minimum(np.minimum(blue, green), red)
    found = int((strongest - weakest >= SATURATED).sum())
    return f"{found} pixels of a marker colour" if found else ""


def _unveiled(window: QWidget, pixels: Pixels) -> str:
    """What is wrong at the place of a glass, if anything."""
    for glass in window.findChildren(Glass):
        if not glass.isVisible():
            continue
        place = _middle_of(glass, window)
        part = pixels[place.top() : place.bottom(), place.left() : place.right()].astype(int)
        if not part.size:
            continue
        if part.max() > VEIL_LIGHTEST or part.min() < VEIL_DARKEST:
            return f"grey from {part.min()} to {part.max()} on a glass"
        steep = max(int(np.abs(np.diff(part, axis=axis)).max(initial=0)) for axis in (0, 1))
        if steep > STEEPEST:
            return f"an edge of {steep} on a glass"
    return ""


def _middle_of(glass: Glass, window: QWidget) -> QRect:
    """Without its round edge, its focus ring and the words at its foot, as far as it can be seen."""
    inner = glass.rect().adjusted(10, 10, -10, -40)
    seen = glass.visibleRegion().boundingRect().intersected(inner)
    return QRect(glass.mapTo(window, QPoint(seen.x(), seen.y())), seen.size())
