"""The guide of the first steps: each with whether it is done, why, and a button to its place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.errors import CportError
from cport_desktop.ui.first_steps import WORDS, StepLine
from cport_desktop.ui.reading_order import walk_as_read
from cport_desktop.ui.widgets.controls import bind_key, button, panel
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.scrolling import ScrollColumn
from cport_desktop.words import guide as say

_WIDTH, _HEIGHT = 620, 650
_EDGE = 40
"""Pixels that are left of the window around it."""


class GuideDialog(QDialog):
    """Escape closes; nothing of it is ever in the way of work.

    Signals:
        step_wanted(str): go to the place of this step, a word of `first_steps.Step`.
        dismissed(): it is not to come by itself any more.
        lock_wanted(): the analyst wants the vault locked.
    """

    step_wanted = Signal(str)
    dismissed = Signal()
    lock_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(say.TITLE)
        self._steps = ScrollColumn(say.TITLE)
        self._notice = Notice()
        self._told = PlainLabel(say.LOOKING, role="muted", wraps=True)
        self._lay_out()
        room = parent.window().size()
        self.resize(min(_WIDTH, room.width() - _EDGE), min(_HEIGHT, room.height() - _EDGE))
        bind_key("Ctrl+L", self, self.lock_wanted.emit, everywhere=True)
        bind_key(say.NOT_AGAIN_KEY, self, self._dismiss, everywhere=True)

    def show_steps(self, lines: Sequence[StepLine]) -> None:
        """Show how each stands."""
        is_over = all(line.is_done for line in lines)
        self._told.say(say.ALL_DONE if is_over else "")
        self._told.setVisible(is_over)
        for line in lines:
            self._steps.add(self._row(line))

    def refuse(self, error: CportError) -> None:
        """Say why it cannot be seen how they stand."""
        self._told.hide()
        self._notice.tell(error)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return walk_as_read(self, forward=forward)

    # -- inside

    def _row(self, line: StepLine) -> QWidget:
        title, why = WORDS[line.step]
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(PlainLabel(title, role="heading", wraps=True))
        words.addWidget(PlainLabel(why, role="caption", wraps=True))
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addLayout(words, 1)
        if line.is_done:
            row.addWidget(PlainLabel(say.DONE, tone="lightest"))
        elif not line.is_mine:
            row.addWidget(PlainLabel(say.FOR_OTHERS, role="muted"))
        else:
            row.addWidget(PlainLabel(say.TO_DO, tone="grave"))
            go = partial(self._go, line.step.value)
            row.addWidget(button(say.OPEN, go, kind="small", name=say.open_step(title)))
        return panel(row, kind="card")

    def _go(self, step: str) -> None:
        self.accept()
        self.step_wanted.emit(step)

    def _dismiss(self) -> None:
        self.dismissed.emit()
        self.accept()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(button(say.NOT_AGAIN, self._dismiss, key=say.NOT_AGAIN_KEY))
        foot.addStretch()
        foot.addWidget(button(say.LATER, self.reject, key="Esc"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(10)
        column.addWidget(PlainLabel(say.TITLE, role="title"))
        column.addWidget(PlainLabel(say.INTRO, role="muted", wraps=True))
        column.addWidget(self._told)
        column.addWidget(self._notice)
        column.addWidget(self._steps, 1)
        column.addLayout(foot)
