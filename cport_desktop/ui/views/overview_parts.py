"""The lines of each part of the overview: from what was asked for to what is shown of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.domain.exchange_history import PastExchange
from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.domain.overview import Counted, Duties, Endings, News, Overdue
from cport_desktop.domain.priority import Met, Queued, WorkQueue
from cport_desktop.domain.task import Task
from cport_desktop.ui import figures
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.counted_row import CountedRow
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import freshness, priority, window
from cport_desktop.words import overview_page as say


@dataclass(frozen=True, slots=True)
class Ways:
    """Where numbers lead: a query, a report, the tasks, the outbox, domains to be looked at again, the
    agreement.
    """

    query: Callable[[str], None]
    report: Callable[[ReportId], None]
    tasks: Callable[[], None]
    outbox: Callable[[], None]
    reviews: Callable[[], None]
    agreement: Callable[[], None]


def news_parts(news: News, ways: Ways, now: datetime) -> Sequence[QWidget]:
    parts: list[QWidget] = [
        _number(say.ALL_REPORTS, news.reports, ways),
        _number(say.UNDECIDED, news.undecided, ways),
    ]
    if news.exchange is None or news.brought is None:
        parts.append(_muted(say.NO_EXCHANGE))
    else:
        parts.append(_number(say.WITH_EXCHANGE, news.brought, ways))
        parts.append(_muted(_exchange(news.exchange, now)))
    if news.away_since is None or news.since is None:
        parts.append(_muted(say.FIRST_VISIT))
    else:
        parts.append(_number(say.SINCE_VISIT, news.since, ways))
        parts.append(_muted(say.away_since(figures.moment_in_prose(news.away_since))))
    return parts


def queue_parts(queue: WorkQueue, ways: Ways) -> Sequence[QWidget]:
    if not queue.rows:
        return (_muted(priority.NOBODY_FIRST),)
    told = priority.considered(queue.considered, queue.in_other_hands)
    return (*(_place(one, ways) for one in queue.rows), _muted(told))


def overdue_parts(overdue: Overdue, ways: Ways) -> Sequence[QWidget]:
    if not overdue.counted.number:
        return (_muted(say.NOTHING_OVERDUE),)
    return (_number(say.OVERDUE, overdue.counted, ways), _muted(say.overdue(overdue.days)))


def endings_parts(endings: Endings, ways: Ways) -> Sequence[QWidget]:
    parts: list[QWidget] = []
    if endings.takedowns:
        parts.append(_number(say.TAKEDOWNS, endings.counted, ways))
        parts += [
            _muted(say.takedown(report_reference(one.report_id), figures.moment(one.until)))
            for one in endings.takedowns
        ]
    else:
        parts.append(_muted(say.NO_TAKEDOWN_ENDS))
    until = "" if endings.agreement_until is None else figures.day(endings.agreement_until)
    told = say.agreement(endings.agreement.value, until, endings.days_left)
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(PlainLabel(told, wraps=True), 1)
    row.addWidget(button(say.AGREEMENT, ways.agreement, kind="quiet"))
    parts.append(_laid(row))
    return parts


def duties_parts(duties: Duties, ways: Ways, now: datetime) -> Sequence[QWidget]:
    if not (duties.due or duties.needing or duties.unsettled or duties.reviews):
        return (_muted(say.NO_DUTIES),)
    parts: list[QWidget] = []
    if duties.due:
        told = say.late_tasks(duties.due, duties.late)
        spoken = say.leads_to(say.TASKS, told, "")
        parts.append(CountedRow(say.TASKS, told, spoken=spoken, leads=ways.tasks))
        parts += [_task(task, now) for task in duties.tasks]
    for label, number, leads in (
        (say.OPERATIONS_NEEDING, duties.needing, ways.outbox),
        (say.OPERATIONS_WAITING, duties.unsettled, ways.outbox),
        (say.REVIEWS, duties.reviews, ways.reviews),
    ):
        if number:
            shown = figures.count(number)
            spoken = say.leads_to(label, shown, "")
            parts.append(CountedRow(label, shown, spoken=spoken, leads=leads))
    return parts


def reason(met: Met) -> str:
    """Why a rule speaks of a report, with what there is to tell of it."""
    return priority.reason(
        met.rule.value,
        until="" if met.until is None else figures.moment(met.until),
        other="" if met.other is None else report_reference(met.other),
        count=met.count,
    )


def _number(label: str, counted: Counted, ways: Ways) -> CountedRow:
    shown = say.counted(counted.number, is_more=counted.is_more)
    spoken = say.leads_to(label, shown, counted.query)
    leads = partial(ways.query, counted.query) if counted.number else None
    return CountedRow(label, shown, spoken=spoken, leads=leads)


def _place(one: Queued, ways: Ways) -> QWidget:
    reference = report_reference(one.row.report_id)
    head = QHBoxLayout()
    head.setContentsMargins(0, 0, 0, 0)
    head.setSpacing(8)
    open_it = partial(ways.report, one.row.report_id)
    head.addWidget(button(reference, open_it, kind="quiet", name=say.open_spoken(reference)))
    head.addWidget(PlainLabel(one_line(one.row.domain), role="mono"), 1)
    head.addWidget(PlainLabel(say.points(one.place.points), role="strong"))
    told = [priority.with_points(reason(each.met), each.points) for each in one.place.reasons]
    why = PlainLabel("\n".join(told) or priority.NO_REASON, role="muted", wraps=True)
    why.setContentsMargins(8, 0, 0, 0)
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 4)
    column.setSpacing(0)
    column.addLayout(head)
    column.addWidget(why)
    return _laid(column)


def _task(task: Task, now: datetime) -> QWidget:
    due = "" if task.due_at is None else figures.day(task.due_at)
    told = PlainLabel(
        one_line(say.task(task.title, str(task.about), due)), role="muted", wraps=True
    )
    told.set_tone("grave" if task.is_overdue(now) else None)
    return told


def _exchange(past: PastExchange, now: datetime) -> str:
    counts = [past.facts.get(f"reports_{what}") for what in ("new", "changed", "withdrawn")]
    new, changed, withdrawn = (each if isinstance(each, int) else 0 for each in counts)
    age = window.age((now - past.started_at).total_seconds())
    return say.exchange(age, freshness.by_road(past.road), new, changed, withdrawn)


def _muted(words: str) -> PlainLabel:
    return PlainLabel(words, role="muted", wraps=True)


def _laid(layout: QHBoxLayout | QVBoxLayout) -> QWidget:
    whole = QWidget()
    whole.setLayout(layout)
    return whole
