"""By stick: how that road stands, and the two halves of an exchange that goes by it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.ui import figures
from cport_desktop.ui.exchanging_lines import BundleLine, StickStanding
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.courier_steps import BringInView, CarryOutView
from cport_desktop.ui.views.page_section import PageSection
from cport_desktop.ui.widgets.controls import clear_layout, panel
from cport_desktop.ui.widgets.facts import FactGrid, section
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import courier_page as say
from cport_desktop.words import window as words


class StickSection(PageSection):
    """One half at a time; it goes on while another page is looked at."""

    title = say.BY_STICK
    intro = say.INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.steps: CarryOutView | BringInView | None = None
        self._out = self.add_act(say.CARRY_OUT, "Alt+C", self.carry_out, kind="primary")
        self._in = self.add_act(say.BRING_IN, "Alt+B", self.bring_in)
        self.end_acts()
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

    def refresh(self) -> None:
        self.load(self._seat.session.exchanging.stick.standing, self._show)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return () if self.steps is None else (self.steps,)

    def carry_out(self) -> None:
        """Lead through the first half, or go on with the one under way."""
        if self.steps is None:
            self._lead(CarryOutView(self._seat))

    def bring_in(self) -> None:
        """Lead through the second half, or go on with the one under way."""
        if self.steps is None:
            self._lead(BringInView(self._seat))

    def _lead(self, steps: CarryOutView | BringInView) -> None:
        self._notice.dismiss()
        self.steps = steps
        steps.left.connect(self._leave)
        steps.changed.connect(self._changed)
        steps.lock_wanted.connect(self.lock_wanted)
        self._stack.addWidget(steps)
        self._stack.setCurrentWidget(steps)
        steps.show_step(0)
        self._offer()

    def _leave(self) -> None:
        if self.steps is not None:
            self._stack.removeWidget(self.steps)
            self.steps.hide()
            self.steps.deleteLater()
            self.steps = None
        self._offer()
        self._out.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def _offer(self) -> None:
        for made in (self._out, self._in):
            made.setVisible(self.steps is None)

    def _changed(self, changes: Changes) -> None:
        self.changed.emit(changes)

    def _show(self, standing: StickStanding) -> None:
        clear_layout(self._standing)
        self._standing.addWidget(section(say.STANDING))
        facts = (
            (say.LAST_OUT, self._bundle(standing.sent)),
            (say.LAST_IN, self._bundle(standing.received)),
            (say.WAITING, say.waiting(standing.operations, standing.media)),
        )
        self._standing.addWidget(FactGrid(facts))
        self._standing.addWidget(PlainLabel(_next(standing), role="strong", wraps=True))

    def _bundle(self, line: BundleLine | None) -> str:
        if line is None:
            return say.NONE_YET
        seconds = (self._seat.clock.now() - line.at).total_seconds()
        when = f"{figures.moment_in_prose(line.at)} ({words.age(seconds)})"
        return say.numbered(line.sequence, when)


def _next(standing: StickStanding) -> str:
    if standing.sent is not None and not standing.is_answered:
        return say.NEXT_IN
    return say.NEXT_OUT if standing.operations or standing.media else say.NEXT_NOTHING
