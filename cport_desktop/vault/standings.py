"""Decides what the changes of a batch come to, report by report, with no I/O.

A report is known here by its standing: the newest revision applied, and the newest withdrawal.
Rules, in the order in which changes come:

1. A report change counts if its revision is newer than the one that stands.
2. A withdrawal counts if it was made later than the one that stands; it takes back the revision
   that stands, or, where none is here yet, whatever was updated before it was made.
3. A newer revision ends a withdrawal.

So a run of old batches, applied again from anywhere, leaves every standing as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from cport_desktop.domain.batch import Change, ReportChange, Withdrawal
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.report import ReportStatus


@dataclass(frozen=True, slots=True)
class Standing:
    """`row`, `revision` and `status` are None while no revision of the report is here."""

    row: int | None = None
    revision: int | None = None
    status: ReportStatus | None = None
    withdrawn_at: datetime | None = None


UNHEARD_OF = Standing()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one report comes to: what stood, what stands, and what has to be written for it.

    `overtaken`: revisions that counted for a moment within the same batch. Their media were
    announced, and stay so: how changes were cut into batches makes no difference.
    """

    before: Standing
    after: Standing
    change: ReportChange | None = None
    withdrawal: Withdrawal | None = None
    overtaken: tuple[ReportChange, ...] = ()

    @property
    def is_new(self) -> bool:
        return self.change is not None and self.before.revision is None

    @property
    def is_changed(self) -> bool:
        return self.change is not None and self.before.revision is not None

    @property
    def is_withdrawn_now(self) -> bool:
        was = self.before.status is ReportStatus.WITHDRAWN
        return self.after.status is ReportStatus.WITHDRAWN and not was


def named_reports(changes: Iterable[Change]) -> tuple[ReportId, ...]:
    """The reports that `changes` speak of, each once."""
    return tuple(dict.fromkeys(number for change in changes if (number := _report_of(change))))


def outcomes(
    changes: Iterable[Change], known: Mapping[ReportId, Standing]
) -> dict[ReportId, Outcome]:
    """What `changes` come to; only reports for which something is to be written."""
    reached: dict[ReportId, Outcome] = {}
    for change in changes:
        number = _report_of(change)
        if number is None:
            continue
        standing = known.get(number, UNHEARD_OF)
        so_far = reached.get(number, Outcome(standing, standing))
        further = _after(so_far, change)
        if further is not so_far:
            reached[number] = further
    return reached


def _report_of(change: Change) -> ReportId | None:
    if isinstance(change, ReportChange):
        return change.report.report_id
    return change.report_id if isinstance(change, Withdrawal) else None


def _after(so_far: Outcome, change: Change) -> Outcome:
    if isinstance(change, ReportChange):
        return _after_revision(so_far, change)
    if isinstance(change, Withdrawal):
        return _after_withdrawal(so_far, change)
    return so_far


def _after_revision(so_far: Outcome, change: ReportChange) -> Outcome:
    standing, report = so_far.after, change.report
    if standing.revision is not None and report.revision <= standing.revision:
        return so_far
    came_first = standing.revision is None and standing.withdrawn_at is not None
    is_taken_back = (
        came_first
        and standing.withdrawn_at is not None
        and report.updated_at <= standing.withdrawn_at
    )
    status = ReportStatus.WITHDRAWN if is_taken_back else change.status
    return replace(
        so_far,
        after=replace(standing, revision=report.revision, status=status),
        change=change,
        overtaken=(*so_far.overtaken, so_far.change) if so_far.change else (),
    )


def _after_withdrawal(so_far: Outcome, withdrawal: Withdrawal) -> Outcome:
    standing = so_far.after
    if standing.withdrawn_at is not None and withdrawal.made_at <= standing.withdrawn_at:
        return so_far
    status = None if standing.revision is None else ReportStatus.WITHDRAWN
    return replace(
        so_far,
        after=replace(standing, status=status, withdrawn_at=withdrawal.made_at),
        withdrawal=withdrawal,
    )
