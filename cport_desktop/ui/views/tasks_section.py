"""All tasks in one list, those due first first: ticked off, or opened where they belong."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.rows import Page
from cport_desktop.domain.task import Task, TaskId
from cport_desktop.ui.models.case_columns import task_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.paged_section import PagedSection
from cport_desktop.ui.working import TasksWanted
from cport_desktop.words import cases_page as say


class TasksSection(PagedSection[Task]):
    """Enter opens what a task is about.

    Signals:
        thing_wanted(object): show this `About`.
    """

    thing_wanted = Signal(object)

    title = say.TASKS
    intro = say.TASKS_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._tick = self.add_act(say.TICK, "Alt+D", self.tick, kind="primary")
        self._untick = self.add_act(say.UNTICK, "Alt+U", self.untick)
        self._wanted = TasksWanted()
        self._only_mine = QCheckBox(say.ONLY_MINE)
        self._with_done = QCheckBox(say.WITH_DONE)
        for box in (self._only_mine, self._with_done):
            box.setAccessibleName(box.text())
            box.toggled.connect(self._want)
            self._acts.addWidget(box)
        self.list_pages(
            task_columns(seat.clock),
            self._load,
            same=lambda one, other: one.task_id == other.task_id,
            empty=(say.NO_OPEN_TASKS, say.NO_OPEN_TASKS_HELP),
        )
        self.list.chosen_changed.connect(self._offer)
        self.list.row_opened.connect(lambda task: self.thing_wanted.emit(task.about))
        self._offer()

    def tick(self) -> None:
        """The chosen task is done."""
        self._turn(self._seat.session.working.tasks.finish, is_done=False)

    def untick(self) -> None:
        """The chosen task is to be done again."""
        self._turn(self._seat.session.working.tasks.reopen, is_done=True)

    def _load(self, limit: int, after: str | None) -> Page[Task]:
        return self._seat.session.working.tasks.page(self._wanted, limit, after)

    def _want(self, _is_on: bool) -> None:
        # Here, and not on the lane where a page is loaded: a widget belongs to the window's thread.
        self._wanted = TasksWanted(self._only_mine.isChecked(), self._with_done.isChecked())
        self.refresh()

    def _turn(self, turn: Callable[[TaskId], Changes], *, is_done: bool) -> None:
        task = self.list.chosen()
        if task is not None and task.is_done is is_done:
            self._seat.lanes.acting.ask(
                self, lambda: turn(task.task_id), then=self._turned, otherwise=self.refuse
            )

    def _turned(self, changes: Changes) -> None:
        self.refresh()
        self.changed.emit(changes)

    def _offer(self) -> None:
        task = self.list.chosen()
        self._tick.setEnabled(task is not None and not task.is_done)
        self._untick.setEnabled(task is not None and task.is_done)
