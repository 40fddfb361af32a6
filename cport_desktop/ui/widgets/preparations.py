"""What happens between people before a vault may ask a portal: a box for each, with who ticked it when."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from cport_desktop.clock import Clock
from cport_desktop.domain.ids import Actor
from cport_desktop.domain.preparation import Confirmation, Preparation
from cport_desktop.ui import figures
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import enrolment_page as say

_BESIDE_THE_BOX = 22
"""Pixels: what is told stands under the words of its box."""


class Preparations(QWidget):
    """A tick is dated and signed with the name of the analyst at the window; taking it back forgets
    both.

    Signals:
        changed(): one was ticked, or taken back.
    """

    changed = Signal()

    def __init__(self, clock: Clock, analyst: Actor, confirmed: Iterable[Confirmation]) -> None:
        super().__init__()
        self._clock = clock
        self._analyst = analyst
        self._confirmed = {each.what: each for each in confirmed}
        self.boxes = {each: QCheckBox(say.BEFORE[each.value]) for each in Preparation}
        self._told = {each: PlainLabel(role="caption") for each in Preparation}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for what, box in self.boxes.items():
            box.setAccessibleName(box.text())
            box.setChecked(what in self._confirmed)
            box.toggled.connect(partial(self._tick, what))
            self._told[what].setIndent(_BESIDE_THE_BOX)
            column.addWidget(box)
            column.addWidget(self._told[what])
            self._tell(what)

    def confirmed(self) -> tuple[Confirmation, ...]:
        """What is ticked, in the order of the procedure."""
        return tuple(self._confirmed[each] for each in Preparation if each in self._confirmed)

    def missing(self) -> QCheckBox | None:
        """The first box that is not ticked."""
        return next((box for box in self.boxes.values() if not box.isChecked()), None)

    def _tick(self, what: Preparation, is_ticked: bool) -> None:
        if is_ticked:
            self._confirmed[what] = Confirmation(what, self._clock.now(), self._analyst)
        else:
            self._confirmed.pop(what, None)
        self._tell(what)
        self.changed.emit()

    def _tell(self, what: Preparation) -> None:
        known = self._confirmed.get(what)
        self._told[what].setVisible(known is not None)
        if known is not None:
            self._told[what].say(say.confirmed(figures.day(known.at), known.by))
