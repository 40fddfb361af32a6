"""A part that says how something stands and leads through it step by step.

Rules:
1. One wizard at a time; it stands in the place of what the part says, and its acts go away.
2. It goes on while another page is looked at. When it is left, the part looks again.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.concluding_steps import ConcludingSteps
from cport_desktop.ui.views.page_section import PageSection
from cport_desktop.ui.widgets.controls import panel

Steps = TypeVar("Steps", bound=ConcludingSteps)


class LedSection(PageSection, Generic[Steps]):
    """`steps`: the wizard under way; None: none is. Whoever makes one adds its acts, and says on the card
    (`_standing`) how it stands.
    """

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.steps: Steps | None = None
        self._standing = QVBoxLayout()
        self._standing.setContentsMargins(16, 12, 16, 12)
        self._standing.setSpacing(6)
        overview = QWidget()
        column = QVBoxLayout(overview)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel(self._standing, kind="card"))
        column.addStretch()
        self._stack = QStackedWidget()
        self._stack.addWidget(overview)
        self._column.addWidget(self._stack, 1)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return () if self.steps is None else (self.steps,)

    def lead(self, steps: Steps) -> None:
        """Through `steps`, from the one at which they stand."""
        self._notice.dismiss()
        self.steps = steps
        steps.left.connect(self._leave)
        steps.changed.connect(self.changed)
        steps.lock_wanted.connect(self.lock_wanted)
        self._stack.addWidget(steps)
        self._stack.setCurrentWidget(steps)
        steps.show_step(steps.step)
        self.offer()

    def offer(self) -> None:
        """Show the acts that fit how it stands; none while a wizard is under way."""
        raise NotImplementedError

    def _leave(self) -> None:
        if self.steps is not None:
            self._stack.removeWidget(self.steps)
            self.steps.hide()
            self.steps.deleteLater()
            self.steps = None
        self.offer()
        self.take_focus()
        self.refresh()
