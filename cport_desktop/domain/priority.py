"""Which undecided report is first, and why: a short closed list of rules, each with points.

A unit sets the points; 0 means that a rule does not count. A report has the points of all rules that it
meets; of those with as many, the one that was assigned first is first. So the order is the same however
often it is asked for, as long as nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.rows import ReportRow

MOST_POINTS: Final = 1_000
"""For one rule."""
MANY_OF_ONE_DOMAIN: Final = 10
"""Reports from which on a domain counts as busy."""
FRESH_DAYS: Final = 3
"""Days after its receipt for which a report counts as fresh."""


class PriorityRule(StrEnum):
    """In the order in which they are told where their points are the same."""

    HOTLINE_WAITS = "hotline_waits"
    """Its hotline holds back notice and takedown for law enforcement."""
    GRAVE_ELSEWHERE = "grave_elsewhere"
    """Another report with one of its files, or with one that looks alike, is Baseline or National."""
    FLAGGED = "flagged"
    GIVEN_TO_ME = "given_to_me"
    OVERDUE = "overdue"
    KNOWN = "known"
    """A hash list has one of its files, and that list is no list of harmless ones."""
    UNSEEN_MEDIA = "unseen_media"
    """It has files, and none of them was met before, in another report, by sight or on a list."""
    HOSTED_HERE = "hosted_here"
    """In a country of the agency's own jurisdiction."""
    BUSY_DOMAIN = "busy_domain"
    """`MANY_OF_ONE_DOMAIN` reports or more are about its domain."""
    FRESH = "fresh"
    """Received within `FRESH_DAYS`."""


BORN_WITH: Final[Mapping[PriorityRule, int]] = MappingProxyType(
    {
        PriorityRule.HOTLINE_WAITS: 100,
        PriorityRule.GRAVE_ELSEWHERE: 60,
        PriorityRule.FLAGGED: 50,
        PriorityRule.GIVEN_TO_ME: 40,
        PriorityRule.OVERDUE: 30,
        PriorityRule.KNOWN: 30,
        PriorityRule.UNSEEN_MEDIA: 25,
        PriorityRule.HOSTED_HERE: 20,
        PriorityRule.BUSY_DOMAIN: 10,
        PriorityRule.FRESH: 5,
    }
)
"""Until a unit says otherwise. They order a list, and no study is behind them."""


@dataclass(frozen=True, slots=True)
class Met:
    """A report meets a rule. `until`: of a takedown hold. `other`: the report elsewhere. `count`: reports
    of the domain, or whole days since the assignment.
    """

    rule: PriorityRule
    until: datetime | None = None
    other: ReportId | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """An undecided report with the rules that it meets. `since`: when it was assigned, or received."""

    report_id: ReportId
    since: datetime
    met: tuple[Met, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """What a rule gives a report."""

    met: Met
    points: int


@dataclass(frozen=True, slots=True)
class Place:
    """A report's place in the queue: its points, and what they are made of, the most first."""

    report_id: ReportId
    points: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Queued:
    """A place with what a list shows of its report."""

    row: ReportRow
    place: Place


@dataclass(frozen=True, slots=True)
class WorkQueue:
    """The first of what is undecided. `considered`: how many were compared; `in_other_hands`: how many
    were left out, since a colleague was given them, has them in hand or has to read them second.
    """

    rows: tuple[Queued, ...]
    considered: int
    in_other_hands: int
    elapsed_ms: float


def in_order(
    candidates: Iterable[Candidate], points: Mapping[PriorityRule, int], *, limit: int
) -> tuple[Place, ...]:
    """The first `limit` of `candidates`, each with why it is where it is."""
    told = [(_place(each, points), each.since) for each in candidates]
    told.sort(key=lambda one: (-one[0].points, one[1], one[0].report_id))
    return tuple(place for place, _ in told[:limit])


def _place(candidate: Candidate, points: Mapping[PriorityRule, int]) -> Place:
    order = list(PriorityRule)
    reasons = [Reason(met, points[met.rule]) for met in candidate.met if points[met.rule]]
    reasons.sort(key=lambda one: (-one.points, order.index(one.met.rule)))
    return Place(candidate.report_id, sum(one.points for one in reasons), tuple(reasons))
