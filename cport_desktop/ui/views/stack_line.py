"""The line over a list of media: how many were found, how old they are, by items or by stacks, and
whether what lists know is left out.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.plain_label import ElidedLabel, PlainLabel
from cport_desktop.words import known_page
from cport_desktop.words import stack_page as say
from cport_desktop.words import window as words


class StackLine(QWidget):
    """Two rows: what is listed, and what came of it.

    Signals:
        switched(bool): list by stacks from now on, or by items.
        turned(): leave out what lists know, or no longer.
    """

    switched = Signal(bool)
    turned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.by_stacks = False
        self._result = PlainLabel(role="strong")
        self._detail = PlainLabel(role="muted")
        self._age = ElidedLabel(is_muted=True)
        self.items = button(say.BY_ITEMS, partial(self._switch, False), kind="level")
        self.stacks = button(
            say.BY_STACKS, partial(self._switch, True), kind="level", key=say.SWITCH_KEY
        )
        self.leave_out = button(
            known_page.LEAVE_OUT, self.turned.emit, kind="level", key=known_page.LEAVE_OUT_KEY
        )
        group = QButtonGroup(self)
        for made in (self.items, self.stacks):
            made.setCheckable(True)
            group.addButton(made)
        self.leave_out.setCheckable(True)
        self.items.setChecked(True)
        bind_key(say.SWITCH_KEY, self, self._turn, everywhere=True)
        bind_key(known_page.LEAVE_OUT_KEY, self, self.turned.emit, everywhere=True)
        self._lay_out()

    def show_by(self, *, stacks: bool, leaves_out: bool) -> None:
        """How it is listed now."""
        self.by_stacks = stacks
        (self.stacks if stacks else self.items).setChecked(True)
        self.leave_out.setChecked(leaves_out)

    def tell(self, result: str, detail: str) -> None:
        self._result.say(result)
        self._detail.say(detail)

    def wait(self) -> None:
        """A page was asked for."""
        self._detail.say(words.SEARCHING)

    def show_age(self, told: str) -> None:
        """How old what is listed is, and by which road it came."""
        self._age.say(words.beside(told))

    def _turn(self) -> None:
        self._switch(not self.by_stacks)

    def _switch(self, stacks: bool) -> None:
        if stacks is not self.by_stacks:
            self.switched.emit(stacks)

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(4)
        for made in (self.items, self.stacks):
            choices.addWidget(made)
        choices.addSpacing(8)
        choices.addWidget(self.leave_out)
        choices.addStretch()
        told = QHBoxLayout()
        told.setSpacing(8)
        told.addWidget(self._result)
        told.addWidget(self._detail)
        told.addWidget(self._age, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(choices)
        column.addLayout(told)
