"""Asks what is to be done about something, by whom, by when. What is typed is kept (`views.kept_fields`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from cport_desktop.domain.about import About
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftKind
from cport_desktop.domain.kept_text import LONGEST_TITLE
from cport_desktop.domain.task import Task
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.kept_fields import KeptFields, place_about
from cport_desktop.ui.widgets.day_field import DayField
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.person_choice import PersonChoice
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
    who = PersonChoice(say.TASK_FOR, nobody=say.WHOEVER)
    day = DayField(seat.clock.now() + _USUAL)
    dialog.add_field(say.TASK_WHAT, title)
    dialog.add_field(say.TASK_FOR, who)
    dialog.add(day)
    place = place_about(DraftKind.TASK, about)
    kept = KeptFields(dialog, seat, place, title, person=who, day=day)

    def give() -> None:
        if not title.text().strip():
            dialog.complain(say.NEEDS_TASK, title)
            return
        line = TaskLine(title.text().strip(), who.name() or None, day.moment(), place)
        work = partial(seat.session.working.tasks.set, about, line)
        dialog.work(seat.lanes.acting, work)

    def ended(answer: tuple[Task, Changes]) -> None:
        kept.end()
        then(answer[1])

    dialog.on_give(give)
    dialog.ended.connect(ended)
    seat.lanes.reading.ask(dialog, seat.session.working.colleagues, then=who.offer)
    dialog.open()
    return dialog
