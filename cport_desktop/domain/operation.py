"""What an analyst did towards the portal, and what the portal said to it.

An operation is immutable and carries its own id, which is the idempotency key: it may be
sent any number of times and counts once. It is written together with its audit entry, laid
over the replica until the portal settles it, and never dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cport_desktop.domain.ids import Actor, ContentId, OperationId, ReportId


class OperationState(StrEnum):
    """The one honest state of an operation."""

    QUEUED = "queued"
    SENDING = "sending"
    SETTLED = "settled"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class GiveAssessment:
    """Assess a content item, where the workflow rules allow it (`assessment.refusal`)."""

    content_id: ContentId
    classification: int
    age: int | None = None
    gender: int | None = None


@dataclass(frozen=True, slots=True)
class GiveFeedback:
    """A few words to the hotline that made the report."""

    text: str


OperationBody = GiveAssessment | GiveFeedback


@dataclass(frozen=True, slots=True)
class Operation:
    operation_id: OperationId
    report_id: ReportId
    actor: Actor
    made_at: datetime
    body: OperationBody


@dataclass(frozen=True, slots=True)
class Receipt:
    """The portal's answer: settled, or rejected with its reason in its own words."""

    operation_id: OperationId
    is_settled: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class OperationRow:
    """An operation as the outbox shows it."""

    operation: Operation
    state: OperationState
    reason: str | None
    settled_at: datetime | None
