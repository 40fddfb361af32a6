"""How long an agreement lets a report be kept, and whether its time has come.

An agreement states periods: a scope (which reports, and from which moment the days count), a
number of days, and the clause that says so.

    received      every report, from its receipt by the hotline
    updated       every report, from the portal's last word about it
    withdrawn     a report that the hotline took back, from the withdrawal
    not-illegal   a report whose content is all assessed as not illegal, from the last assessment
    closed        a report whose content is all removed, unavailable or not illegal by a final
                  action, from the last of these actions

A period is the longest that a report may be kept, so of several that apply the one that ends
first counts. A scope that this version does not know is kept with the agreement, is named to
people, and never erases anything. What is held, or has an operation that the portal has not
answered, is never due.

Time decides here about destruction, so the machine's clock is not simply believed
(`doubt_about`): nothing is due by a clock that contradicts the portal's signed time or the
vault's own log, or that nothing has vouched for lately. There is no way to have the periods
reckoned for another moment than the machine's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from cport_desktop.domain.ids import ReportId


class Scope(StrEnum):
    RECEIVED = "received"
    UPDATED = "updated"
    WITHDRAWN = "withdrawn"
    NOT_ILLEGAL = "not-illegal"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class RetentionPeriod:
    """`scope` is a word of `Scope`, or one of a later version. `clause` is the number of it."""

    scope: str
    days: int
    clause: str


@dataclass(frozen=True, slots=True)
class RetentionFacts:
    """What the periods are held against. A moment is None where its scope does not apply."""

    report_id: ReportId
    received_at: datetime
    updated_at: datetime
    withdrawn_at: datetime | None = None
    found_not_illegal_at: datetime | None = None
    closed_at: datetime | None = None
    is_held: bool = False
    unsettled: int = 0
    """Operations that the portal has not answered."""


class Standing(StrEnum):
    DUE = "due"
    LATER = "later"
    """A period applies and has not ended."""
    HELD = "held"
    """Its time has come, and a legal hold keeps it."""
    UNSETTLED = "unsettled"
    """Its time has come, and an operation waits for the portal's answer."""
    UNLIMITED = "unlimited"
    """No period of the agreement applies."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`period` is the one that ends first, `ends_at` when; both None where none applies."""

    report_id: ReportId
    standing: Standing
    period: RetentionPeriod | None = None
    ends_at: datetime | None = None


class ClockDoubt(StrEnum):
    """Why the machine's clock is not believed."""

    BEHIND_PORTAL = "behind_portal"
    """The portal has signed a later moment."""
    BEHIND_LOG = "behind_log"
    """The vault's own log has an entry of a later moment."""
    NOT_VOUCHED = "not_vouched"
    """The portal's last word is too old to say whether the clock runs ahead."""


VOUCHED_FOR: Final = timedelta(days=7)
"""How long the portal's signed time vouches for a clock. A clock that runs ahead by more is
caught; by less it erases at most so many days early."""

TOLERANCE: Final = timedelta(minutes=10)
"""What two honest clocks may differ by."""


def judge(facts: RetentionFacts, periods: Iterable[RetentionPeriod], *, now: datetime) -> Verdict:
    """Whether `facts` are due at `now`, by which period, and since or until when."""
    ends = [(ends_at, period) for period in periods if (ends_at := _end(facts, period))]
    if not ends:
        return Verdict(facts.report_id, Standing.UNLIMITED)
    ends_at, period = min(ends, key=lambda pair: pair[0])
    if now < ends_at:
        standing = Standing.LATER
    elif facts.is_held:
        standing = Standing.HELD
    elif facts.unsettled:
        standing = Standing.UNSETTLED
    else:
        standing = Standing.DUE
    return Verdict(facts.report_id, standing, period, ends_at)


def unknown_periods(periods: Sequence[RetentionPeriod]) -> tuple[RetentionPeriod, ...]:
    """Those that this version cannot apply: a person has to."""
    return tuple(period for period in periods if _scope(period) is None)


def doubt_about(
    now: datetime, *, portal_said: datetime | None, newest_entry: datetime | None
) -> ClockDoubt | None:
    """Why `now` is no ground to erase on; None if it is.

    `portal_said` is the moment that the portal signed last, `newest_entry` that of the newest
    entry in the vault's log.
    """
    if portal_said is not None and now < portal_said - TOLERANCE:
        return ClockDoubt.BEHIND_PORTAL
    if newest_entry is not None and now < newest_entry - TOLERANCE:
        return ClockDoubt.BEHIND_LOG
    if portal_said is None or now > portal_said + VOUCHED_FOR:
        return ClockDoubt.NOT_VOUCHED
    return None


def is_confirmed(now: datetime, date_read: date | None) -> bool:
    """Whether a person who read the date elsewhere and typed it says the same as the clock.

    It confirms the clock and does not replace it: another date than the clock's is a
    contradiction, whichever of the two is right. A day of difference is the time zone's.
    """
    return date_read is not None and abs(now.date() - date_read) <= timedelta(days=1)


def _end(facts: RetentionFacts, period: RetentionPeriod) -> datetime | None:
    """When `period` ends for the report; None if it does not apply, or ends in no calendar."""
    scope = _scope(period)
    start = None if scope is None else _start(facts, scope)
    if start is None:
        return None
    try:
        return start + timedelta(days=period.days)
    except OverflowError:
        return None


def _start(facts: RetentionFacts, scope: Scope) -> datetime | None:
    match scope:
        case Scope.RECEIVED:
            return facts.received_at
        case Scope.UPDATED:
            return facts.updated_at
        case Scope.WITHDRAWN:
            return facts.withdrawn_at
        case Scope.NOT_ILLEGAL:
            return facts.found_not_illegal_at
        case Scope.CLOSED:
            return facts.closed_at


def _scope(period: RetentionPeriod) -> Scope | None:
    try:
        return Scope(period.scope)
    except ValueError:
        return None
