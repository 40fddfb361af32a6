"""Every frame that a window paints, taken from the virtual screen and judged.

Pixels are read where the platform keeps what is on the screen. A frame is whole when the widgets of a
window have been painted, one after the other; it is taken before the next thing happens that is no
part of painting, or before one of them is painted again, so that none is painted over before it was
seen. Whether it may show a picture is asked when its glass is painted, or the last of the others in
a frame without one: a look that ends after that ends with the frame which follows at once.
Marker colours are so saturated that no theme has them; beside them, the place of the glass must lie
within the bounds of a veil and be even.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from cport_desktop.ui.widgets.glass import Glass
from cport_desktop.ui.widgets.redaction_glass import RedactionGlass

SATURATED = 150
"""Between the strongest and the weakest channel of a marker; the dark theme stays below."""
VEIL_LIGHTEST, VEIL_DARKEST = 125, 55
"""What a veil comes to on the screen: its greys over the grey behind it, and that alone."""
STEEPEST = 6
"""Between two pixels side by side of a veil, drawn smoothly from sixteen samples."""

_BETWEEN_FRAMES = frozenset(
    {
        QEvent.Type.UpdateRequest,
        QEvent.Type.MetaCall,
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseMove,
    }
)
"""Events that no painting brings about. Whatever paints the next frame begins with one of them, or
paints a widget for the second time."""

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
        self._drawn: dict[Glass, QRect] = {}
        self._marks: dict[Glass, tuple[QRect, ...]] = {}
        """What was painted over a glass on purpose, as it was when it was painted last."""
        self._is_judging = False
        self._was_allowed = False
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
            kind = event.type()
            is_paint = kind is QEvent.Type.Paint
            is_again = is_paint and watched in self._painted
            if self._painted and (is_again or kind in _BETWEEN_FRAMES):
                # In the middle of a frame the screen may still have the one before it.
                self.judge(is_whole=not is_paint)
            if is_paint:
                if isinstance(watched, Glass) or not self._has_glass():
                    self._was_allowed = self._may_show()
                self._painted.add(watched)
                if isinstance(watched, RedactionGlass):
                    self._marks[watched] = watched.covered()
            elif isinstance(watched, Glass) and kind is QEvent.Type.Hide:
                self._drawn.pop(watched, None)  # Until it is painted again another page is there.
            elif isinstance(watched, QWidget) and kind is QEvent.Type.Resize and watched.isWindow():
                self._forget(watched)
        return False

    def _forget(self, window: QWidget) -> None:
        """A window of another size begins on an empty screen: nothing of it is drawn there yet."""
        for glass in list(self._drawn):
            if not shiboken6.isValid(glass) or glass.window() is window:
                del self._drawn[glass]

    def judge(self, *, is_whole: bool = True) -> None:
        """Look at what is on the screen now. A frame is judged by what was so when it was painted."""
        is_allowed = self._was_allowed if self._painted else self._may_show()
        painted, self._painted = self._painted, set()
        self._is_judging = True
        for glass in painted:
            if isinstance(glass, Glass) and shiboken6.isValid(glass):
                self._drawn[glass] = _middle_of(glass)
        try:
            for window in QApplication.topLevelWidgets():
                if window.isVisible() and not window.isMinimized():
                    self._judge(window, is_allowed=is_allowed, is_whole=is_whole)
        finally:
            self._is_judging = False

    def _has_glass(self) -> bool:
        return any(isinstance(each, Glass) for each in self._painted)

    def _judge(self, window: QWidget, *, is_allowed: bool, is_whole: bool) -> None:
        pixels = on_screen(window)
        if pixels is None:
            return
        self.frames += 1
        what = _marker(pixels) or (self._unveiled(window, pixels) if is_whole else "")
        if not what:
            return
        self.clear_frames += 1
        if not is_allowed:
            self.offences.append(Offence(self.step, what, self.frames))

    def _unveiled(self, window: QWidget, pixels: Pixels) -> str:
        """What is wrong at the place of a glass, if anything. One that was moved and not painted yet
        has its veil elsewhere.
        """
        for glass in window.findChildren(Glass):
            place = _middle_of(glass)
            is_here = glass.window() is window  # A dialog over it is a window of its own.
            if is_here and glass.isVisible() and self._drawn.get(glass) == place:
                part = pixels[place.top() : place.bottom(), place.left() : place.right()]
                if what := _not_a_veil(
                    part, _beside_marks(glass, place, self._marks.get(glass, ()))
                ):
                    return what
        return ""

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


def _beside_marks(glass: Glass, place: QRect, marks: Sequence[QRect]) -> NDArray[np.bool_]:
    """Which of these pixels are a veil's alone: places that are drawn over a glass, and their lines, are
    not judged by their greys. A marker colour under them is found all the same.
    """
    alone = np.ones((max(place.height() - 1, 0), max(place.width() - 1, 0)), bool)
    at = glass.mapTo(glass.window(), QPoint(0, 0)) - place.topLeft()
    for mark in marks:
        box = mark.translated(at)
        rows = slice(max(box.top(), 0), max(box.bottom() + 1, 0))
        alone[rows, max(box.left(), 0) : max(box.right() + 1, 0)] = False
    return alone


def _not_a_veil(part: Pixels, alone: NDArray[np.bool_]) -> str:
    """What is wrong with a part of a frame that ought to be one, if anything."""
    judged = part[alone[: part.shape[0], : part.shape[1]]]
    if not judged.size:
        return ""
    if judged.max() > VEIL_LIGHTEST or judged.min() < VEIL_DARKEST:
        return f"grey from {judged.min()} to {judged.max()} on a glass"
    grey = part.astype(int)
    steps = [
        np.abs(np.diff(grey, axis=0))[alone[1:] & alone[:-1]].max(initial=0),
        np.abs(np.diff(grey, axis=1))[alone[:, 1:] & alone[:, :-1]].max(initial=0),
    ]
    return f"an edge of {max(steps)} on a glass" if max(steps) > STEEPEST else ""


def _middle_of(glass: Glass) -> QRect:
    """Where in its window it is, without its round edge, its focus ring and the words at its foot, as
    far as it can be seen.
    """
    inner = glass.rect().adjusted(10, 10, -10, -40)
    seen = glass.visibleRegion().boundingRect().intersected(inner)
    return QRect(glass.mapTo(glass.window(), seen.topLeft()), seen.size())
