"""By stick: how that road stands, and the two halves of an exchange that goes by it."""

from __future__ import annotations

from cport_desktop.ui import figures
from cport_desktop.ui.exchanging_lines import BundleLine, StickStanding
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.courier_steps import BringInView, CarryOutView
from cport_desktop.ui.views.led_section import LedSection
from cport_desktop.ui.widgets.controls import clear_layout
from cport_desktop.ui.widgets.facts import FactGrid, section
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import courier_page as say
from cport_desktop.words import window as words


class StickSection(LedSection[CarryOutView | BringInView]):
    """One half at a time; it goes on while another page is looked at."""

    title = say.BY_STICK
    intro = say.INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._out = self.add_act(say.CARRY_OUT, "Alt+C", self.carry_out, kind="primary")
        self._in = self.add_act(say.BRING_IN, "Alt+B", self.bring_in)

    def refresh(self) -> None:
        self.load(self._seat.session.exchanging.stick.standing, self._show)

    def carry_out(self) -> None:
        """Lead through the first half, or go on with the one under way."""
        if self.steps is None:
            self.lead(CarryOutView(self._seat))

    def bring_in(self) -> None:
        """Lead through the second half, or go on with the one under way."""
        if self.steps is None:
            self.lead(BringInView(self._seat))

    def offer(self) -> None:
        for made in (self._out, self._in):
            made.setVisible(self.steps is None)

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
