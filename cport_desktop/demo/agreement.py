"""The demo agreement: what the synthetic national hotline allows an agency."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from cport_desktop.domain.agreement import Agreement, Clause
from cport_desktop.domain.retention import RetentionPeriod, Scope

_VALID: Final = timedelta(days=730)

_CLAUSES: Final = (
    Clause("2.1", "reports.read", "The agency receives the reports of its jurisdiction."),
    Clause("2.2", "media.receive", "The agency receives the media captured with these reports."),
    Clause("3.1", "assessment.give", "The agency may assess content assigned to its country."),
    Clause("3.2", "feedback.give", "The agency may answer the hotline that made a report."),
    Clause("4.1", "package.compose", "The agency may compose intelligence packages and seal them."),
    Clause("4.2", "table.export", "The agency may export tables of reports without media."),
    Clause("5.1", "reason.not_demanded", "In this demonstration no act demands a reason."),
    Clause("6.1", "retention", "A report is erased five years after the hotline received it."),
    Clause("6.2", "retention", "A report that was withdrawn is erased 90 days later."),
    Clause("6.3", "retention", "A report found not illegal is erased 180 days later."),
)

_RETENTION: Final = (
    RetentionPeriod(Scope.RECEIVED.value, 1_826, "6.1"),
    RetentionPeriod(Scope.WITHDRAWN.value, 90, "6.2"),
    RetentionPeriod(Scope.NOT_ILLEGAL.value, 180, "6.3"),
)


def demo_agreement(*, jurisdiction: str, agency: str, now: datetime) -> Agreement:
    """The agreement with `agency`, valid for two years from `now`."""
    return Agreement(
        reference=f"SYNTHETIC-{jurisdiction}-{now.year}-1",
        jurisdiction=jurisdiction,
        agency=agency,
        valid_until=(now + _VALID).replace(microsecond=0),
        clauses=_CLAUSES,
        retention=_RETENTION,
    )
