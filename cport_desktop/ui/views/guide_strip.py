"""That a new vault is not ready yet: how far it is, what comes next. It takes no focus and covers nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from cport_desktop.ui.first_steps import WORDS, Step, StepLine
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import guide as say


class GuideStrip(QFrame):
    """Hidden until there is a step to take.

    Signals:
        shown(bool): it appeared, or went.
        step_wanted(str): go to the place of the step that it names, a word of `first_steps.Step`.
        guide_wanted(): show all steps.
        dismissed(): it is not to come by itself any more.
    """

    shown = Signal(bool)
    step_wanted = Signal(str)
    guide_wanted = Signal()
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._step = Step.VAULT
        self._far = PlainLabel(role="strong")
        self._next = PlainLabel(role="muted", wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(self._far)
        row.addWidget(self._next, 1)
        row.addWidget(button(say.OPEN, self._go, kind="small"))
        row.addWidget(button(say.ALL_STEPS, self.guide_wanted.emit, kind="small"))
        row.addWidget(button(say.AWAY, self.dismissed.emit, kind="small"))
        self.hide()

    def show_steps(self, lines: Sequence[StepLine]) -> None:
        """Say how far it is; nothing where this analyst has nothing left to do."""
        mine = [line.step for line in lines if line.is_mine and not line.is_done]
        if mine:
            self._step = mine[0]
            self._far.say(say.how_far(sum(line.is_done for line in lines), len(lines)))
            self._next.say(say.next_step(WORDS[self._step][0]))
        self.setVisible(bool(mine))
        self.shown.emit(bool(mine))

    def _go(self) -> None:
        self.step_wanted.emit(self._step.value)
