"""Verbs that say what to do and what is new: memory of a report, the queue, the overview."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from cport_desktop.cli.answer import Answer, Json, Record, listing
from cport_desktop.cli.freshness import dated, heard
from cport_desktop.cli.memory_records import (
    memory_text,
    queued,
    reason_sentence,
    remembered,
)
from cport_desktop.cli.printing import facts
from cport_desktop.cli.session import Session, report_id, require_order
from cport_desktop.cli.short_lists import page_of
from cport_desktop.clock import iso_utc
from cport_desktop.domain.exchange_history import ExchangeFact, PastExchange
from cport_desktop.domain.freshness import Table
from cport_desktop.domain.ids import report_reference
from cport_desktop.domain.overview import Counted, Duties, Endings, News
from cport_desktop.domain.priority import Queued, WorkQueue
from cport_desktop.domain.task import Task
from cport_desktop.usecases import survey
from cport_desktop.usecases.remember import catch_up_traits, remember
from cport_desktop.usecases.work_queue import LONGEST_QUEUE, work_queue
from cport_desktop.words import overview_page as words
from cport_desktop.words import priority

_FIRST: Final = 10
"""Places of the queue that an overview names."""


def memory(session: Session) -> Answer:
    """`cport report memory REF`."""
    require_order(session, "telling")
    clock = session.workstation.clock
    wanted = report_id(session.options.required("reference"))
    with session.vault() as vault:
        with session.progress() as announce:
            catch_up_traits(vault, announce=announce, is_cancelled=session.is_cancelled)
        started = clock.monotonic()
        found = remember(vault, wanted)
        elapsed = (clock.monotonic() - started) * 1000
    taxonomy = session.workstation.taxonomy
    items = [remembered(one, taxonomy) for one in found.reasons]
    shown, following = page_of(session, items)
    return listing(
        shown,
        text=memory_text(found, taxonomy),
        total=len(items),
        next_cursor=following,
        elapsed_ms=elapsed,
        more={"report": report_reference(found.report_id), "is_whole": found.is_whole},
    )


def queue(session: Session) -> Answer:
    """`cport queue`."""
    require_order(session, "-points")
    now = session.workstation.clock.now()
    with session.vault() as vault:
        found = work_queue(vault, limit=LONGEST_QUEUE, now=now)
        freshness = heard(session, vault)
    taxonomy = session.workstation.taxonomy
    items = [queued(one, taxonomy) for one in found.rows]
    shown, following = page_of(session, items)
    answer = listing(
        shown,
        text=_queue_text(found, {str(one["id"]) for one in shown}),
        total=len(items),
        next_cursor=following,
        elapsed_ms=found.elapsed_ms,
        more={"considered": found.considered, "in_other_hands": found.in_other_hands},
    )
    return dated(answer, freshness, Table.REPORTS)


def overview(session: Session) -> Answer:
    """`cport overview`."""
    now = session.workstation.clock.now()
    with session.vault() as vault:
        news = survey.news(vault)
        first = work_queue(vault, limit=_FIRST, now=now, is_new=False)
        late = survey.overdue(vault, now=now)
        ends = survey.endings(vault, now=now)
        duties = survey.duties(vault, now=now)
        freshness = heard(session, vault)
    taxonomy = session.workstation.taxonomy
    fields: Record = {
        "new": _news(news),
        "urgent": [queued(one, taxonomy) for one in first.rows],
        "overdue": {**_counted(late.counted), "days": late.days},
        "endings": _endings(ends),
        "duties": _duties(duties),
    }
    parts = (
        facts(_news_lines(news)),
        _queue_text(first, {report_reference(one.row.report_id) for one in first.rows}),
        facts([(words.OVERDUE, _shown(late.counted)), *_ending_lines(ends), *_duty_lines(duties)]),
    )
    return dated(Answer(fields, "\n\n".join(parts)), freshness, Table.REPORTS)


def _queue_text(found: WorkQueue, shown: set[str]) -> str:
    rows = [one for one in found.rows if report_reference(one.row.report_id) in shown]
    if not rows:
        return priority.NOBODY_FIRST
    parts = [_place_text(one) for one in rows]
    return "\n".join([*parts, priority.considered(found.considered, found.in_other_hands)])


def _place_text(one: Queued) -> str:
    head = facts([(report_reference(one.row.report_id), f"{one.place.points:,}  {one.row.domain}")])
    why = [
        priority.with_points(reason_sentence(each.met), each.points) for each in one.place.reasons
    ]
    return "\n".join([head, *(f"    {line}" for line in why or [priority.NO_REASON])])


def _counted(one: Counted | None) -> dict[str, Json]:
    if one is None:
        return {"number": None, "is_more": False, "query": None}
    return {"number": one.number, "is_more": one.is_more, "query": one.query}


def _shown(one: Counted | None) -> str:
    return "–" if one is None else words.counted(one.number, is_more=one.is_more)


def _news(news: News) -> Record:
    return {
        "reports": _counted(news.reports),
        "undecided": _counted(news.undecided),
        "exchange": None if news.exchange is None else _exchange(news.exchange),
        "brought": _counted(news.brought),
        "away_since": None if news.away_since is None else iso_utc(news.away_since),
        "since": _counted(news.since),
    }


def _exchange(past: PastExchange) -> Record:
    return {
        "number": past.number,
        "road": past.road,
        "started_at": iso_utc(past.started_at),
        "reports_new": _figure(past.facts.get("reports_new")),
        "reports_changed": _figure(past.facts.get("reports_changed")),
        "reports_withdrawn": _figure(past.facts.get("reports_withdrawn")),
        "media_new": _figure(past.facts.get("media_new")),
    }


def _figure(fact: ExchangeFact) -> int:
    return fact if isinstance(fact, int) else 0


def _endings(ends: Endings) -> Record:
    until = ends.agreement_until
    return {
        "takedowns": [
            {"id": report_reference(one.report_id), "until": iso_utc(one.until)}
            for one in ends.takedowns
        ],
        "takedowns_ending": _counted(ends.counted),
        "agreement": ends.agreement.value,
        "agreement_until": None if until is None else iso_utc(until),
        "days_left": ends.days_left,
    }


def _duties(duties: Duties) -> Record:
    return {
        "tasks": [_task(one) for one in duties.tasks],
        "tasks_due": duties.due,
        "tasks_late": duties.late,
        "operations_needing": duties.needing,
        "operations_unsettled": duties.unsettled,
        "reviews_due": duties.reviews,
    }


def _task(task: Task) -> Record:
    return {
        "id": task.task_id,
        "about": str(task.about),
        "title": task.title,
        "assignee": task.assignee,
        "due_at": None if task.due_at is None else iso_utc(task.due_at),
    }


def _news_lines(news: News) -> list[tuple[str, object]]:
    return [
        (words.ALL_REPORTS, _shown(news.reports)),
        (words.UNDECIDED, _shown(news.undecided)),
        (words.WITH_EXCHANGE, _shown(news.brought)),
        (words.SINCE_VISIT, _shown(news.since)),
    ]


def _ending_lines(ends: Endings) -> list[tuple[str, object]]:
    until = ends.agreement_until
    day = "–" if until is None else iso_utc(until)
    return [
        (words.TAKEDOWNS, _shown(ends.counted)),
        (words.AGREEMENT, words.agreement(ends.agreement.value, day, ends.days_left)),
    ]


def _duty_lines(duties: Duties) -> list[tuple[str, object]]:
    return [
        (words.TASKS, words.late_tasks(duties.due, duties.late)),
        (words.OPERATIONS_NEEDING, f"{duties.needing:,}"),
        (words.OPERATIONS_WAITING, f"{duties.unsettled:,}"),
        (words.REVIEWS, f"{duties.reviews:,}"),
    ]


VERBS: Final[Mapping[str, Callable[[Session], Answer]]] = {
    "report memory": memory,
    "queue": queue,
    "overview": overview,
}
