"""What one analyst leaves open at the end of a shift, so that nothing has to be looked for, or at, twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.draft import DraftPlace
from cport_desktop.domain.hold import Hold
from cport_desktop.domain.ids import Actor, OperationId, ReportId
from cport_desktop.domain.task import Task

MOST_LINES = 100
"""Of each section; how many there are in all is told beside them."""


@dataclass(frozen=True, slots=True)
class OpenLease:
    """A report that is in hand until then."""

    report_id: ReportId
    until: datetime


@dataclass(frozen=True, slots=True)
class OpenOperation:
    """An operation that the portal has not settled; `state` as in the outbox."""

    operation_id: OperationId
    kind: str
    report_id: ReportId | None
    state: str


@dataclass(frozen=True, slots=True)
class ShiftSummary:
    """One's own open ends at `at`. Each list has `MOST_LINES` at most; the counts are of all.

    `tasks`: one's own and those that nobody has, due first first. `assigned`: given to this analyst
    and undecided. `drafts_kept`: False where the slot carries no personal key, so that none are.
    """

    analyst: Actor
    at: datetime
    leases: tuple[OpenLease, ...]
    leases_count: int
    drafts: tuple[DraftPlace, ...]
    drafts_kept: bool
    operations: tuple[OpenOperation, ...]
    operations_count: int
    holds: tuple[Hold, ...]
    holds_count: int
    tasks: tuple[Task, ...]
    tasks_count: int
    overdue_count: int
    assigned: tuple[ReportId, ...]
    assigned_count: int

    @property
    def is_empty(self) -> bool:
        """Nothing is left open."""
        return not (
            self.leases_count
            or self.drafts
            or self.operations_count
            or self.holds_count
            or self.tasks_count
            or self.assigned_count
        )
