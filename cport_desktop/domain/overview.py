"""What an overview of the jurisdiction tells, part by part. Every number comes with the query that finds
what it counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cport_desktop.domain.agreement_versions import StateKind
from cport_desktop.domain.exchange_history import PastExchange
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.task import Task

SOON: Final = timedelta(days=7)
"""What ends or is due within so long is told."""
A_VISIT: Final = timedelta(hours=1)
"""Who comes back within so long has not been away."""
MOST_COUNTED: Final = 10_000
"""What is counted stops there, and it is said that there is more."""
MOST_NAMED: Final = 20
"""Reports, tasks and holds that are told one by one."""


@dataclass(frozen=True, slots=True)
class Counted:
    """`number` reports, or more than that (`is_more`), and the query that finds them."""

    number: int
    query: str
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class News:
    """What came. `exchange`: the last one that brought anything and was heard to the end, and `brought`
    what came or changed with it. `away_since`: when this analyst was last at the overview, and `since`
    what came or changed after that. None where there was none.
    """

    reports: Counted
    undecided: Counted
    exchange: PastExchange | None
    brought: Counted | None
    away_since: datetime | None
    since: Counted | None


@dataclass(frozen=True, slots=True)
class Overdue:
    """Undecided reports that were assigned more than `days` days ago."""

    counted: Counted
    days: int


@dataclass(frozen=True, slots=True)
class TakedownEnd:
    """A hotline waits until then, and no longer."""

    report_id: ReportId
    until: datetime


@dataclass(frozen=True, slots=True)
class Endings:
    """What ends within `SOON`. `takedowns`: the first `MOST_NAMED`, the soonest first. `agreement_until`:
    of the agreement in force; `days_left` of it.
    """

    takedowns: tuple[TakedownEnd, ...]
    counted: Counted
    agreement: StateKind
    agreement_until: datetime | None
    days_left: int | None


@dataclass(frozen=True, slots=True)
class Duties:
    """What waits for the person who asks. `tasks`: open ones of theirs or of nobody, due within `SOON`,
    the first few; `due` how many, `late` of them due already. `needing`: operations that go nowhere
    until somebody decides; `unsettled`: those that the portal has not answered. `reviews`: listed domains
    that are to be looked at again.
    """

    tasks: tuple[Task, ...]
    due: int
    late: int
    needing: int
    unsettled: int
    reviews: int = 0
