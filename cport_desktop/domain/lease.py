"""Who has a report in hand, and to whom one was given.

A lease says «somebody is at it»: it ends by itself, keeps nobody from reading, and asks whoever decides
meanwhile. An assignment stays until it is taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.ids import Actor, AnalystId, ReportId, StationId


@dataclass(frozen=True, slots=True)
class Lease:
    """`holder`: a name, or a pseudonym at another `station` (None: here). `is_own`: of the analyst who asks."""

    report_id: ReportId
    holder: Actor
    taken_at: datetime
    until: datetime
    is_own: bool
    station: StationId | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """`to` and `by` are names."""

    report_id: ReportId
    analyst_id: AnalystId
    to: Actor
    by: Actor
    at: datetime
