"""Asks what is to be done about something, by whom, by when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from cport_desktop.domain.about import About
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.kept_text import LONGEST_TITLE
from cport_desktop.domain.task import Task
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.moment_field import MomentField
from cport_desktop.ui.working import TaskLine
from cport_desktop.words import cases_page as say

_USUAL = timedelta(days=7)


def ask_task(
    over: QWidget,
    seat: Seat,
    about: About,
    then: Callable[[Changes], None],
    lock: Callable[[], None],
) -> AskingDialog:
    """A dialog over the window; what was set is told to `then`."""
    dialog = AskingDialog(
        over,
        title=say.NEW_TASK_TITLE,
        intro=say.NEW_TASK_INTRO,
        act=say.NEW_TASK_ACT,
        synthetic=seat.session.nature.is_synthetic,
    )
    dialog.lock_wanted.connect(lock)
    title = text_field(say.TASK_WHAT, say.TASK_PLACEHOLDER)
    title.setMaxLength(LONGEST_TITLE)
    who = Choice(say.TASK_FOR)
    who.addItem(say.WHOEVER)
    has_day = QCheckBox(say.HAS_DAY)
    when = MomentField(say.TASK_DUE)
    when.lay(seat.clock.now() + _USUAL)
    when.setEnabled(False)
    has_day.toggled.connect(when.setEnabled)
    dialog.add_field(say.TASK_WHAT, title)
    dialog.add_field(say.TASK_FOR, who)
    dialog.add(has_day)
    dialog.add(when)
    names: list[str] = []

    def learn(found: tuple[str, ...]) -> None:
        names.extend(found)
        who.addItems([one_line(name) for name in found])

    def give() -> None:
        if not title.text().strip():
            dialog.complain(say.NEEDS_TASK, title)
            return
        chosen = who.currentIndex() - 1
        line = TaskLine(
            title.text().strip(),
            names[chosen] if chosen >= 0 else None,
            when.moment() if has_day.isChecked() else None,
        )
        work = partial(seat.session.working.tasks.set, about, line)
        dialog.work(seat.lanes.acting, work)

    def ended(answer: tuple[Task, Changes]) -> None:
        then(answer[1])

    dialog.on_give(give)
    dialog.ended.connect(ended)
    seat.lanes.reading.ask(dialog, seat.session.working.colleagues, then=learn)
    dialog.open()
    return dialog
