"""The guide of the first steps in the window: when it comes by itself, and where its steps lead.

Rules:
1. It comes by itself while nothing was exchanged yet, and then until all is done or somebody wants it
   away; that is remembered with where the window stands.
2. It covers nothing and takes no focus; all its steps open on request, from it or from the help.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from cport_desktop.errors import CportError
from cport_desktop.ui.desk import Session
from cport_desktop.ui.first_steps import Step, StepLine, first_steps
from cport_desktop.ui.going import Going
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.guide_dialog import GuideDialog
from cport_desktop.ui.views.guide_strip import GuideStrip

BEGUN: Final = "begun"
AWAY: Final = "away"
"""What is remembered of the guide; nothing before it came for the first time."""


class Guiding(QObject):
    """Belongs to a window.

    Signals:
        moved(): what is remembered is another than before.
    """

    moved = Signal()

    def __init__(
        self, window: QWidget, seat: Seat, going: Going, *, lock: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._seat = seat
        self._going = going
        self._lock = lock
        self.state = ""
        self.strip = GuideStrip()
        self.strip.step_wanted.connect(self.go)
        self.strip.guide_wanted.connect(self.open)
        self.strip.dismissed.connect(self.dismiss)

    def begin(self, state: str) -> None:
        """Go on from what was remembered."""
        self.state = state
        self.look_again()

    def look_again(self) -> None:
        """Something changed: see which steps are done, unless nobody wants to know."""
        if self.state != AWAY:
            work = partial(_steps_to_tell, self._seat.session, self.state)
            self._seat.lanes.reading.ask(self, work, then=self._show, otherwise=_say_nothing)

    def open(self) -> None:
        """Show all steps."""
        dialog = GuideDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.step_wanted.connect(self.go)
        dialog.dismissed.connect(self.dismiss)
        dialog.lock_wanted.connect(self._lock)
        dialog.open()
        work = partial(first_steps, self._seat.session)
        self._seat.lanes.reading.ask(dialog, work, then=dialog.show_steps, otherwise=dialog.refuse)

    def dismiss(self) -> None:
        """It comes by itself no more."""
        self.state = AWAY
        self.strip.hide()
        self.strip.shown.emit(False)
        self.moved.emit()

    def go(self, step: str) -> None:
        """Where this step is done, a word of `Step`."""
        self._going.show_first_step(Step(step))

    def _show(self, lines: tuple[StepLine, ...]) -> None:
        if self.state == AWAY or not lines:
            return
        if self.state != BEGUN:
            self.state = BEGUN
            self.moved.emit()
        self.strip.show_steps(lines)


def _steps_to_tell(session: Session, state: str) -> tuple[StepLine, ...]:
    """All steps; none where the guide has nothing to do with this vault, which is cheap to see."""
    if state != BEGUN and session.freshness() is not None:
        return ()
    return first_steps(session)


def _say_nothing(_error: CportError) -> None:
    """A vault that cannot say how it stands is told about elsewhere."""
