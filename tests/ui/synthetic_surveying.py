"""What is new, first and remembered, over plain values in memory: synthetic, and it remembers what it was
asked.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from cport_desktop.domain.about import of_report
from cport_desktop.domain.agreement_versions import StateKind
from cport_desktop.domain.exchange_history import DONE, Direction, PastExchange
from cport_desktop.domain.ids import Actor, HotlineId, ReportId
from cport_desktop.domain.memory import Because, Memory, Outcome, Remembered
from cport_desktop.domain.overview import (
    Counted,
    Duties,
    Endings,
    News,
    Overdue,
    TakedownEnd,
)
from cport_desktop.domain.priority import Met, Place, PriorityRule, Queued, Reason, WorkQueue
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.report import ReportStatus
from cport_desktop.domain.rows import ReportRow
from cport_desktop.domain.task import Task, TaskId
from cport_desktop.errors import CportError
from cport_desktop.ui.surveying import Surveying

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
OTHER = ReportId(884_170)
Answer = TypeVar("Answer")

EXCHANGE = PastExchange(
    number=7,
    road="courier",
    direction=Direction.IN,
    started_at=NOON - timedelta(hours=3),
    ended_at=NOON - timedelta(hours=3),
    actor=Actor("Analyst A. Example"),
    outcome=DONE,
    facts={"reports_new": 118, "reports_changed": 4, "reports_withdrawn": 1},
)
NEWS = News(
    reports=Counted(1_000_000, ""),
    undecided=Counted(412_077, "is:undecided"),
    exchange=EXCHANGE,
    brought=Counted(123, "came:>=2026-11-21T09:00:00Z"),
    away_since=NOON - timedelta(days=2),
    since=Counted(10_000, "came:>=2026-11-19T12:00:00Z", is_more=True),
)
ENDINGS = Endings(
    takedowns=(TakedownEnd(OTHER, NOON + timedelta(days=2)),),
    counted=Counted(1, "ref:HL-884170"),
    agreement=StateKind.ENDING,
    agreement_until=NOON + timedelta(days=21),
    days_left=21,
)
DUTIES = Duties(
    tasks=(
        Task(
            TaskId("T-00000000000a"),
            of_report(OTHER),
            "Compare the layouts",
            None,
            NOON - timedelta(days=1),
            Actor("Analyst B. Example"),
            NOON - timedelta(days=9),
        ),
    ),
    due=1,
    late=1,
    needing=2,
    unsettled=5,
    reviews=3,
)


def an_outcome(number: int, **changes: object) -> Outcome:
    plain = Outcome(
        report_id=ReportId(number),
        received_at=NOON - timedelta(days=400),
        hotline=HotlineId(12),
        status=ReportStatus.NEW,
        classification=2,
        action=3,
        acted_at=NOON - timedelta(days=395),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def a_reason(because: Because = Because.SAME_BYTES, **changes: object) -> Remembered:
    plain = Remembered(
        because=because,
        shared=(),
        reports=3,
        earlier=3,
        is_more=False,
        decided=((2, 2),),
        undecided=1,
        examples=(an_outcome(OTHER), an_outcome(884_171, classification=0, action=None)),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


REASONS = (
    a_reason(),
    a_reason(
        Because.SAME_REFERRER,
        shared=("board.example/<b>thread</b>/7",),
        reports=1,
        decided=(),
        undecided=1,
        examples=(an_outcome(884_169, status=ReportStatus.WITHDRAWN, acted_at=None),),
    ),
    a_reason(Because.SAME_PAYMENT, shared=("2:5,13",), reports=200, is_more=True, examples=()),
)


def a_place(row: ReportRow, *met: Met) -> Queued:
    reasons = tuple(Reason(each, 60 - 20 * at) for at, each in enumerate(met))
    total = sum(each.points for each in reasons)
    return Queued(row, Place(row.report_id, total, reasons))


class MemorySurveying:
    """`asked`: which parts, in the order. `may_answer`: what is asked for waits for it. `refuses`: the
    answer to everything.
    """

    def __init__(self, row: Callable[[int], ReportRow]) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.refuses: CportError | None = None
        self.reasons: tuple[Remembered, ...] = REASONS
        self.is_whole = True
        self.news, self.endings, self.duties = NEWS, ENDINGS, DUTIES
        self.overdue = Overdue(Counted(38, "is:overdue"), 14)
        self.queued: tuple[Queued, ...] = (
            a_place(
                row(900_001),
                Met(PriorityRule.GRAVE_ELSEWHERE, other=OTHER),
                Met(PriorityRule.OVERDUE, count=17),
            ),
            a_place(row(900_002)),
        )

    def intentions(self) -> Surveying:
        return Surveying(
            memory=self._memory,
            catch_up=self._catch_up,
            queue=lambda limit: self._told(
                WorkQueue(self.queued[:limit], 1_500, 2, 12.0), "queue", limit
            ),
            news=lambda is_new: self._told(self.news, "news", is_new),
            overdue=lambda: self._told(self.overdue, "overdue"),
            endings=lambda: self._told(self.endings, "endings"),
            duties=lambda: self._told(self.duties, "duties"),
        )

    def _memory(self, report_id: ReportId) -> Memory:
        self._told(None, "memory", report_id)
        return Memory(report_id, self.reasons, self.is_whole)

    def _catch_up(self, _announce: Announce, _is_cancelled: IsCancelled) -> int:
        self.asked.append(("catch_up",))
        self.is_whole = True
        return 9

    def _told(self, answer: Answer, *what: object) -> Answer:
        self.asked.append(what)
        assert self.may_answer.wait(30)
        if self.refuses is not None:
            raise self.refuses
        return answer
