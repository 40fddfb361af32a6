"""Open tasks about one thing, one line each, with a button that ticks it off."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.clock import Clock
from cport_desktop.domain.task import Task
from cport_desktop.ui import figures
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.widgets.controls import button, clear_layout
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import cases_page as say
from cport_desktop.words import shift as words


class TaskLines(QWidget):
    """Nothing is shown while no task is open.

    Signals:
        done(str): the task of this id is done.
    """

    done = Signal(str)

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.hide()

    def show_tasks(self, tasks: Sequence[Task], count: int) -> None:
        """Exactly these; `count` is of all."""
        clear_layout(self._column)
        if tasks:
            self._column.addWidget(section(say.tasks_named(count)))
        for task in tasks:
            self._column.addWidget(self._line(task))
        if count > len(tasks):
            self._column.addWidget(PlainLabel(words.more(count - len(tasks)), role="caption"))
        self.setVisible(bool(tasks))

    def _line(self, task: Task) -> QWidget:
        due = None if task.due_at is None else figures.moment_in_prose(task.due_at)
        told = say.task_line(one_line(task.title), None, task.assignee, due)
        is_late = task.is_overdue(self._clock.now())
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        said = say.overdue_line(told) if is_late else told
        row.addWidget(PlainLabel(said, tone="gravest" if is_late else None, wraps=True), 1)
        tick = partial(self.done.emit, task.task_id)
        made = button(say.TASK_DONE, tick, kind="small", name=say.done_named(one_line(task.title)))
        row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        return line
