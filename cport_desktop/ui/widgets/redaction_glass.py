"""The glass over a picture that is being redacted: places are drawn over it, veiled or not.

It keeps the rules of a glass; these are its own:
1. The button of the mouse draws, moves and sizes places, and never looks; Space held does.
2. Keys that place something do not end a look (`TOOLS`); every other key does.
3. A place lies where it lies in the picture, whether somebody looks or not, at every level and zoom.
4. Tab goes from place to place and then on, so that nobody is caught in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)

from cport_desktop.domain.media_item import RevealLevel
from cport_desktop.domain.redaction import Rectangle
from cport_desktop.ui.looking import Looking
from cport_desktop.ui.redacting_places import Places
from cport_desktop.ui.redaction_frame import PictureFrame, Point, corners, laid_into, moved, spanned
from cport_desktop.ui.widgets.glass import SHADE, VEIL_INK, Glass
from cport_desktop.words import redaction_page as say

ZOOMS: Final = (1.0, 2.0, 4.0, 8.0)
_FAR: Final = 10
_HANDLE: Final = 9
"""Points: the side of a corner that can be taken hold of."""
_LEAST_PULL: Final = 4
"""Points that the mouse has to go before something is drawn: a click is no place."""
_INSIDE: Final = QColor(0, 0, 0, 150)
_AROUND: Final = QColor(0, 0, 0)
_PUT_BY: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
TOOLS: Final = frozenset(
    {
        *_PUT_BY,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Insert,
        Qt.Key.Key_Delete,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Plus,
        Qt.Key.Key_Minus,
        Qt.Key.Key_0,
    }
)
"""Keys that are a part of what is done while somebody looks."""


@dataclass(frozen=True, slots=True)
class _Pull:
    """What the mouse is doing since its button is down: `anchor` is the pixel that stays (a new place, a
    corner), or where a place that is moved was taken hold of.
    """

    began: Point
    anchor: tuple[int, int]
    moves: Rectangle | None = None
    is_new: bool = False


class RedactionGlass(Glass):
    """Draw on it, and hold Space on it to look."""

    def __init__(self, looking: Looking, places: Places, *, height: int) -> None:
        super().__init__(looking, height=height, tools=TOOLS)
        self._places = places
        self._zoom = 0
        self._pull: _Pull | None = None
        self._drawn: Rectangle | None = None
        """What is being drawn and is no place yet."""
        self._centre: Point = (0.5, 0.5)
        """Around what the picture is laid, where it is larger than the glass."""
        self.setCursor(Qt.CursorShape.CrossCursor)
        places.changed.connect(self._tell)
        places.chosen_changed.connect(self._tell)
        self._tell()

    @property
    def frame(self) -> PictureFrame:
        """Where the picture lies now."""
        area = self._area()
        image = self._looking.image
        if image is not None and self._looking.shown_level is RevealLevel.SMALL_GREY:
            # A small look stays small: the places go with it.
            size = image.size().boundedTo(area.size())
            area = QRect(area.center() - QRect(0, 0, size.width(), size.height()).center(), size)
            return self._laid(area, zoom=1.0)
        return self._laid(area, zoom=ZOOMS[self._zoom])

    @property
    def zoom(self) -> float:
        """How many times larger than the glass has room for."""
        return ZOOMS[self._zoom]

    def closer(self) -> None:
        """Twice as large, around the chosen place."""
        self._set_zoom(self._zoom + 1)

    def further(self) -> None:
        """Half as large."""
        self._set_zoom(self._zoom - 1)

    def whole(self) -> None:
        """The whole picture."""
        self._set_zoom(0)

    def covered(self) -> tuple[QRect, ...]:
        """What is painted over a veil or a picture: the places with their lines, and the picture's edge."""
        frame = self.frame
        edge = QRectF(frame.left, frame.top, frame.width, frame.height).toAlignedRect()
        left, top, wide, high = edge.left() - 2, edge.top() - 2, edge.width() + 4, edge.height() + 4
        lines = (
            QRect(left, top, wide, 4),
            QRect(left, edge.bottom() - 1, wide, 4),
            QRect(left, top, 4, high),
            QRect(edge.right() - 1, top, 4, high),
        )
        rims = (QRectF(*frame.place(each)).toAlignedRect() for each in self._shown())
        around = (rim.adjusted(-_HANDLE, -_HANDLE, _HANDLE, _HANDLE) for rim in rims)
        return (*lines, *around)

    # -- by mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            self._pull = self._drawn = None
            self._looking.release()
            return
        point = (event.position().x(), event.position().y())
        frame = self.frame
        if not frame.has(point) and self._corner_at(point) is None:
            return
        self._pull = self._taken_hold_of(point, frame)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)  # Leaving the glass with the button down veils.
        pull = self._pull
        if pull is None:
            return
        point = (event.position().x(), event.position().y())
        at = self.frame.pixel(point)
        if pull.is_new:
            far = max(abs(point[0] - pull.began[0]), abs(point[1] - pull.began[1]))
            self._drawn = spanned(pull.anchor, at) if far >= _LEAST_PULL else None
            self.update()
        elif pull.moves is not None:
            by = (at[0] - pull.anchor[0], at[1] - pull.anchor[1])
            self._places.put(moved(pull.moves, by, self._places.sides))
        else:
            self._places.put(spanned(pull.anchor, at))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        drawn, self._drawn = self._drawn, None
        if drawn is not None:
            self._places.add(drawn)
        self._pull = None
        self.update()

    def _taken_hold_of(self, point: Point, frame: PictureFrame) -> _Pull:
        corner = self._corner_at(point)
        current = self._places.current
        if corner is not None and current is not None:
            return _Pull(point, corners(current.rectangle)[(corner + 2) % 4])
        at = frame.pixel(point)
        place = self._place_at(at)
        if place is None:
            return _Pull(point, at, is_new=True)
        self._pull = _Pull(point, at, moves=self._places.all[place].rectangle)
        self._places.choose(place)
        return self._pull

    def _corner_at(self, point: Point) -> int | None:
        """The corner of the chosen place that lies beneath the point, counted as `corners` does."""
        if self._places.current is None:
            return None
        for number, handle in enumerate(self._handles(self._places.current.rectangle)):
            if handle.contains(*point):
                return number
        return None

    def _place_at(self, pixel: tuple[int, int]) -> int | None:
        """The place with this pixel: the chosen one first, then the one that was drawn last."""
        order: list[int] = [*range(len(self._places.all))]
        if self._places.chosen is not None:
            order.append(self._places.chosen)
        for number in reversed(order):
            each = self._places.all[number].rectangle
            across, down = pixel[0] - each.left, pixel[1] - each.top
            if 0 <= across < each.width and 0 <= down < each.height:
                return number
        return None

    # -- by keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        if key in _PUT_BY and self._places.current is not None:
            far = _FAR if held & Qt.KeyboardModifier.ControlModifier else 1
            right, down = (far * each for each in _PUT_BY[key])
            is_sized = held & Qt.KeyboardModifier.ShiftModifier
            (self._places.stretch if is_sized else self._places.move)(right, down)
            return
        acts = {
            Qt.Key.Key_Insert: self._places.add_in_the_middle,
            Qt.Key.Key_Delete: self._places.remove,
            Qt.Key.Key_Backspace: self._places.remove,
            Qt.Key.Key_Plus: self.closer,
            Qt.Key.Key_Minus: self.further,
            Qt.Key.Key_0: self.whole,
        }
        if key in acts:
            acts[key]()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self._places.step(forward=forward) or super().focusNextPrevChild(forward)

    # -- what is seen

    def _paint_image(self, painter: QPainter, area: QRect, image: QImage) -> None:
        frame = self.frame
        painter.save()
        painter.setClipRect(area)
        painter.drawImage(QRectF(frame.left, frame.top, frame.width, frame.height), image)
        painter.restore()

    def _paint_over(self, painter: QPainter, area: QRect) -> None:
        frame = self.frame
        painter.save()
        painter.setClipRect(area)
        painter.setPen(QPen(VEIL_INK, 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(frame.left, frame.top, frame.width, frame.height))
        for number, rectangle in enumerate(self._shown()):
            is_chosen = number == self._places.chosen or number >= len(self._places.all)
            self._paint_place(painter, frame, number, rectangle, is_chosen=is_chosen)
        painter.restore()

    def _paint_place(
        self,
        painter: QPainter,
        frame: PictureFrame,
        number: int,
        each: Rectangle,
        *,
        is_chosen: bool,
    ) -> None:
        rim = QRectF(*frame.place(each))
        painter.fillRect(rim, _INSIDE)
        painter.setPen(QPen(_AROUND, 3))
        painter.drawRect(rim)
        painter.setPen(
            QPen(VEIL_INK, 1, Qt.PenStyle.SolidLine if is_chosen else Qt.PenStyle.DashLine)
        )
        painter.drawRect(rim)
        if is_chosen:
            for handle in self._handles(each):
                painter.fillRect(handle, VEIL_INK)
        metrics = painter.fontMetrics()
        told = str(number + 1)
        label = QRectF(
            rim.left() + 4, rim.top() + 4, metrics.horizontalAdvance(told) + 8, metrics.height()
        )
        if label.width() + 8 < rim.width() and label.height() + 8 < rim.height():
            painter.fillRect(label, SHADE)
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, told)

    def _handles(self, rectangle: Rectangle) -> tuple[QRectF, ...]:
        rim = QRectF(*self.frame.place(rectangle))
        half = _HANDLE / 2
        return tuple(
            QRectF(corner.x() - half, corner.y() - half, _HANDLE, _HANDLE)
            for corner in (rim.topLeft(), rim.topRight(), rim.bottomRight(), rim.bottomLeft())
        )

    def _shown(self) -> tuple[Rectangle, ...]:
        found = tuple(each.rectangle for each in self._places.all)
        return found if self._drawn is None else (*found, self._drawn)

    def _area(self) -> QRect:
        return self.rect().adjusted(1, 1, -1, -1)

    def _laid(self, area: QRect, *, zoom: float) -> PictureFrame:
        room = (area.x(), area.y(), area.width(), area.height())
        return laid_into(self._places.sides, room, zoom=zoom, centre=self._centre)

    def _follow(self) -> None:
        """Around the chosen place; not while the mouse pulls at something, which would move beneath it."""
        current, sides = self._places.current, self._places.sides
        if current is not None and self._pull is None:
            at = current.rectangle
            self._centre = (
                (at.left + at.width / 2) / sides[0],
                (at.top + at.height / 2) / sides[1],
            )

    def _set_zoom(self, step: int) -> None:
        self._zoom = max(0, min(step, len(ZOOMS) - 1))
        self._follow()
        self.update()

    def _tell(self) -> None:
        self._follow()
        self.setAccessibleName(say.glass_name(len(self._places.all)))
        current = self._places.current
        told = (
            ""
            if current is None
            else say.place_told(
                (self._places.chosen or 0) + 1,
                len(self._places.all),
                str(current.rectangle),
                current.reason,
            )
        )
        self.setAccessibleDescription(told)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, self.height())
