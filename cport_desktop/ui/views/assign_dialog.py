"""Give the chosen reports to a colleague, or take them back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.chosen import Chosen
from cport_desktop.ui import figures
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.triaging import GivingAsked
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.fields import text_field, typed_number
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.words import triage_page as say


class AssignDialog(AskingDialog):
    """A name and, for more than a few reports, their count.

    Signals:
        assigned(object): `Changes`, once they are given.
    """

    assigned = Signal(object)

    def __init__(
        self, parent: QWidget, seat: Seat, chosen: Chosen, count: int, *, typed_above: int
    ) -> None:
        super().__init__(
            parent,
            title=say.ASSIGN_TITLE,
            intro=say.ASSIGN_INTRO,
            act=say.ASSIGN_NOW,
            synthetic=seat.session.nature.is_synthetic,
        )
        self._seat = seat
        self._chosen = chosen
        self._reports = count
        self._wants_count = count > typed_above
        self._names: tuple[str, ...] = ()
        self.add(PlainLabel(say.to_assign(count), role="strong"))
        self.choice = Choice(say.COLLEAGUE)
        self.choice.addItem(say.TO_NOBODY)
        self.add_field(say.COLLEAGUE, self.choice)
        self.count = text_field(say.COUNT, "")
        if self._wants_count:
            self.add_field(say.COUNT, self.count, hint=say.type_to_assign(figures.count(count)))
        self._strip = WorkStrip(say.ASSIGN_TITLE, seat.lanes.acting, seat.clock)
        self.add_strip(self._strip)
        self.on_give(self._give)
        colleagues = seat.session.triaging.colleagues
        seat.lanes.reading.ask(self, colleagues, then=self._offer, otherwise=self.refuse)

    def _offer(self, names: tuple[str, ...]) -> None:
        self._names = names
        self.choice.addItems([one_line(name) for name in names])

    def _give(self) -> None:
        if self._wants_count and typed_number(self.count.text()) != self._reports:
            self.complain(say.type_to_assign(figures.count(self._reports)), self.count)
            return
        at = self.choice.currentIndex() - 1
        to = self._names[at] if at >= 0 else None
        asked = GivingAsked(self._chosen, to, self._reports if self._wants_count else None)
        work = partial(self._seat.session.triaging.assign, asked)
        self.work_long(self._strip, work, then=self._done, stopped=say.ASSIGN_STOPPED)

    def _done(self, answer: tuple[int, Changes]) -> None:
        given, changes = answer
        at = self.choice.currentIndex() - 1
        self.conclude(f"✓ {say.assigned(given, self._names[at] if at >= 0 else say.NOBODY)}")
        self.assigned.emit(changes)
