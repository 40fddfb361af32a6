"""The places of one picture that are to be painted black, while they are being drawn: which there are, and
which one is chosen. The glass and the fields beside it show the same ones.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from cport_desktop.domain.kept_redaction import Burned
from cport_desktop.domain.redaction import MOST_RECTANGLES, Rectangle
from cport_desktop.ui.redaction_frame import moved, stretched


class Places(QObject):
    """In the order in which they were drawn.

    Signals:
        changed(): there are others, or one lies elsewhere or has another reason.
        chosen_changed(): another one is chosen, or none.
        full(): one more was wanted than a picture takes.
    """

    changed = Signal()
    chosen_changed = Signal()
    full = Signal()

    def __init__(self, sides: tuple[int, int], parent: QObject) -> None:
        super().__init__(parent)
        self.sides = sides
        self.all: tuple[Burned, ...] = ()
        self.chosen: int | None = None
        self._reason = ""

    @property
    def current(self) -> Burned | None:
        """The chosen one."""
        return None if self.chosen is None else self.all[self.chosen]

    def lay(self, places: tuple[Burned, ...]) -> None:
        """These and no others; the first is chosen."""
        self.all = places
        self._reason = places[-1].reason if places else ""
        self._choose(0 if places else None)
        self.changed.emit()

    def add(self, rectangle: Rectangle) -> None:
        """One more, chosen, with the reason that was stated last."""
        if len(self.all) >= MOST_RECTANGLES:
            self.full.emit()
            return
        self.all = (*self.all, Burned(moved(rectangle, (0, 0), self.sides), self._reason))
        self._choose(len(self.all) - 1)
        self.changed.emit()

    def add_in_the_middle(self) -> None:
        """One more, a quarter as wide and as high as the picture."""
        width, height = (max(1, side // 4) for side in self.sides)
        left, top = (self.sides[0] - width) // 2, (self.sides[1] - height) // 2
        self.add(Rectangle(left, top, width, height))

    def choose(self, place: int | None) -> None:
        """This one is chosen from now on."""
        if place is None or 0 <= place < len(self.all):
            self._choose(place)

    def step(self, *, forward: bool) -> bool:
        """The next one is chosen, or the one before; False where there is none."""
        edge = -1 if forward else len(self.all)
        place = (edge if self.chosen is None else self.chosen) + (1 if forward else -1)
        if not 0 <= place < len(self.all):
            return False
        self._choose(place)
        return True

    def put(self, rectangle: Rectangle) -> None:
        """The chosen one is this rectangle, as far as it lies in the picture."""
        if self.chosen is not None:
            left = min(rectangle.left, self.sides[0] - 1)
            top = min(rectangle.top, self.sides[1] - 1)
            inside = replace(rectangle, left=left, top=top)
            self._replace(rectangle=stretched(inside, (0, 0), self.sides))

    def move(self, right: int, down: int) -> None:
        """The chosen one is moved by so many pixels."""
        if (current := self.current) is not None:
            self._replace(rectangle=moved(current.rectangle, (right, down), self.sides))

    def stretch(self, right: int, down: int) -> None:
        """The right and lower side of the chosen one are moved by so many pixels."""
        if (current := self.current) is not None:
            self._replace(rectangle=stretched(current.rectangle, (right, down), self.sides))

    def state(self, reason: str) -> None:
        """Why the chosen one is painted black."""
        self._reason = reason
        self._replace(reason=reason)

    def remove(self) -> None:
        """The chosen one is gone; the one behind it is chosen, or the last."""
        if self.chosen is None:
            return
        gone = self.chosen
        self.all = (*self.all[:gone], *self.all[gone + 1 :])
        self._choose(min(gone, len(self.all) - 1) if self.all else None)
        self.changed.emit()

    def _replace(self, **new: object) -> None:
        if self.chosen is None:
            return
        changed = replace(self.all[self.chosen], **new)  # type: ignore[arg-type]
        if changed != self.all[self.chosen]:
            self.all = (*self.all[: self.chosen], changed, *self.all[self.chosen + 1 :])
            self.changed.emit()

    def _choose(self, place: int | None) -> None:
        self.chosen = place
        self.chosen_changed.emit()
