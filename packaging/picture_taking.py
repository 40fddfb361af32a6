"""Waiting for a window to stand still, and its picture in few colours."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

LONGEST_WAIT: Final = 60.0
"""Seconds; a picture that is not ready by then never will be."""
STILL: Final = 0.35
"""Seconds in which nothing changes in a window that is ready."""
_BEHIND: Final = QColor(0, 0, 0, 110)
"""What lies over a window while a dialog is asked something, so that the dialog stands out."""


def until(is_so: Callable[[], bool]) -> None:
    """Let the window live until `is_so`, or give up."""
    begun = time.monotonic()
    while not is_so():
        if time.monotonic() - begun > LONGEST_WAIT:
            raise SystemExit("the window did not get ready")
        wait(0.05)


def wait(seconds: float) -> None:
    """Let the window live so long."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def still(window: QWidget) -> None:
    """Let the window live until nothing moves in it."""
    begun, before = time.monotonic(), QImage()
    while (now := window.grab().toImage()) != before:
        if time.monotonic() - begun > LONGEST_WAIT:
            raise SystemExit("the window does not stand still")
        before = now
        wait(STILL)


def picture(window: QWidget, dialogs: Sequence[QWidget], path: Path) -> None:
    """The window, and over it the dialogs where they lie, without a window manager's frames."""
    for part in (window, *dialogs):
        still(part)
    seen = window.grab()
    for dialog in dialogs:
        _lay_over(seen, dialog, dialog.pos() - window.pos())
    if not with_few_colours(seen.toImage()).save(str(path)):
        raise SystemExit(f"{path} could not be written")
    print(path)


def _lay_over(seen: QPixmap, dialog: QWidget, place: QPoint) -> None:
    painter = QPainter(seen)
    painter.fillRect(seen.rect(), _BEHIND)
    shown = dialog.grab()
    painter.drawPixmap(place, shown)
    painter.setPen(dialog.palette().mid().color())
    painter.drawRect(shown.rect().translated(place).adjusted(-1, -1, 0, 0))
    painter.end()


def with_few_colours(image: QImage) -> QImage:
    """The picture in 256 colours, a third of the bytes: of colours that look alike the most
    frequent one, so that no rare accent is lost to shades of the ground.
    """
    exact = image.convertToFormat(QImage.Format.Format_RGB32)
    alike: dict[int, int] = {}
    counted = Counter(memoryview(exact.constBits()).cast("I"))
    for colour, _ in counted.most_common():
        alike.setdefault(colour & 0xF0F0F0, colour)
    table = list(alike.values())[:256]
    table += [colour for colour, _ in counted.most_common(256)][: 256 - len(table)]
    return exact.convertToFormat(
        QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.AvoidDither
    )
