"""Apply the periods that the agreement states: what is due and why, and to erase it.

Nothing is erased by itself. A supervisor looks, types how many reports are due, and they go: one
erasure with its certificate for each clause. The machine's clock has to be vouched for (by the
portal's signed time of the last days, and by the vault's own log), or a person reads the date
off elsewhere and states it; the periods are never reckoned for another moment than the clock's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.erasure import LARGEST_ERASURE, Ground
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.retention import (
    ClockDoubt,
    RetentionPeriod,
    Standing,
    Verdict,
    doubt_about,
    is_confirmed,
    unknown_periods,
)
from cport_desktop.domain.roles import Role
from cport_desktop.errors import ClockDoubtful, CountDiffers, NotEnrolled
from cport_desktop.usecases.erase import Done, Order, erase
from cport_desktop.usecases.permission import require
from cport_desktop.vault import agreements, retention
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.words import retention as words


@dataclass(frozen=True, slots=True)
class RetentionPlan:
    """What the agreement's periods come to at `now`.

    `ripe`: reports whose time has come, those that are held or wait among them. `unknown`:
    periods that this version cannot apply. `is_all`: not cut off at what one run takes. `doubt`:
    why the clock is not believed; then a run needs the date from a person.
    """

    agreement: str
    periods: tuple[RetentionPeriod, ...]
    unknown: tuple[RetentionPeriod, ...]
    ripe: tuple[Verdict, ...]
    is_all: bool
    now: datetime
    doubt: ClockDoubt | None

    @property
    def due(self) -> tuple[Verdict, ...]:
        """Those that a run erases."""
        return tuple(v for v in self.ripe if v.standing is Standing.DUE)


def plan_retention(vault: Vault, *, now: datetime) -> RetentionPlan:
    """What is due at `now`, and by which clause. Nothing is changed or recorded.

    Raises:
        RoleMissing: not this analyst.
        NotEnrolled: there is no agreement.
    """
    require(vault, Role.SUPERVISOR)
    with vault.reader() as reader:
        version = agreements.current(reader, now=now)
        if version is None:
            raise NotEnrolled
        agreement = version.signed.agreement
        found = retention.ripe(reader, agreement.retention, now=now, limit=LARGEST_ERASURE)
        return RetentionPlan(
            agreement=agreement.reference,
            periods=agreement.retention,
            unknown=unknown_periods(agreement.retention),
            ripe=found.verdicts,
            is_all=found.is_all,
            now=now,
            doubt=_doubt(reader, now),
        )


def standing_of(vault: Vault, report_id: ReportId, *, now: datetime) -> Verdict | None:
    """Until when one report may be kept, and by which clause; None if it is not here.

    Raises:
        NotEnrolled: there is no agreement.
    """
    with vault.reader() as reader:
        version = agreements.current(reader, now=now)
        if version is None:
            raise NotEnrolled
        periods = version.signed.agreement.retention
        return retention.verdict_on(reader, report_id, periods, now=now)


def run_retention(
    vault: Vault, *, count: int, now: datetime, date_read: date | None = None
) -> tuple[Done, ...]:
    """All that is due is erased: one erasure for each period that has ended.

    Raises:
        RoleMissing: not this analyst.
        NotEnrolled: there is no agreement.
        ClockDoubtful: the clock is not vouched for, and `date_read` does not confirm it.
        CountDiffers: another number was typed than are due.
        ItemHeld, ItemUnsettled: somebody placed a hold or acted meanwhile; that erasure is not done.
    """
    require(vault, Role.SUPERVISOR)
    plan = plan_retention(vault, now=now)
    if plan.doubt is not None:
        _require_confirmed(vault, plan.doubt, now, date_read)
    due = plan.due
    if count != len(due):
        raise CountDiffers(typed=count, found=len(due))
    done = []
    for period, numbers in _by_period(due).items():
        ground = Ground(period.scope, period.clause, words.period_ended(period.days))
        done.append(erase(vault, Order(numbers, ground, len(numbers))))
    return tuple(done)


def _doubt(reader: Reader, now: datetime) -> ClockDoubt | None:
    return doubt_about(
        now,
        portal_said=retention.portal_said(reader),
        newest_entry=retention.newest_entry(reader),
    )


def _require_confirmed(
    vault: Vault, doubt: ClockDoubt, now: datetime, date_read: date | None
) -> None:
    if date_read is None or not is_confirmed(now, date_read):
        raise ClockDoubtful(cause=words.DOUBTS[doubt.value], date=now.date().isoformat())
    with vault.transaction() as tx:
        tx.record(
            AuditDraft(
                action=AuditAction.ERASURE,
                verb="confirm_date",
                object_kind=ObjectKind.VAULT,
                object_reference=date_read.isoformat(),
                reason=doubt.value,
            )
        )


def _by_period(due: Sequence[Verdict]) -> dict[RetentionPeriod, tuple[ReportId, ...]]:
    groups: dict[RetentionPeriod, list[ReportId]] = defaultdict(list)
    for verdict in due:
        if verdict.period is not None:
            groups[verdict.period].append(verdict.report_id)
    return {period: tuple(numbers) for period, numbers in groups.items()}
