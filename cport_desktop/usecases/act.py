"""Act on a report towards the portal: assess a content item, give feedback to a hotline.

An act is queued as an immutable operation with its audit entry in the same transaction; it
shows at once, and the portal settles it at the next exchange, by whichever road.
"""

from __future__ import annotations

from uuid import UUID

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftPlace
from cport_desktop.domain.ids import ContentId, OperationId, ReportId
from cport_desktop.domain.operation import (
    CAN_BE_TAKEN_UP,
    GiveAssessment,
    GiveFeedback,
    Operation,
)
from cport_desktop.domain.report import source_item
from cport_desktop.domain.roles import Role
from cport_desktop.errors import UnknownReference
from cport_desktop.usecases.lease_reports import require_free
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.queue_act import Act, queue_act
from cport_desktop.usecases.second_reading import require_nothing_waits
from cport_desktop.vault import outbox, reports
from cport_desktop.vault.vault import Vault


def assess(
    vault: Vault,
    report_id: ReportId,
    content_id: ContentId | None,
    classification: int,
    *,
    operation_id: UUID,
    age: int | None = None,
    gender: int | None = None,
    reason: str | None = None,
    despite_lease: bool = False,
) -> tuple[Operation, Changes]:
    """Queue an assessment of one content item (the source item if `content_id` is None); it takes the place
    of one's own that still waits, so that two do not stand beside each other. `reason`: why, where the agreement demands one. `despite_lease`: also while a colleague has the
    report in hand.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: no such report or content item here.
        NotEnrolled, AgreementLapsed, AgreementForbids: the agreement; it names the clause.
        WorkflowRefused: a rule of the network's workflow forbids it.
        ReportInHand: a colleague has the report in hand.
        ReadingUnfit: a colleague's assessment of it waits for a second reader.
    """
    require(vault, Role.ANALYST)
    if not despite_lease:
        require_free(vault, report_id)
    require_nothing_waits(vault, report_id)
    content = _source_of(vault, report_id) if content_id is None else content_id
    body = GiveAssessment(content, classification, age, gender)
    revises = _own_that_waits(vault, report_id, body)
    made = Act(body, report_id, reason=reason, revises=revises)
    return queue_act(vault, made, operation_id=operation_id)


def give_feedback(
    vault: Vault,
    report_id: ReportId,
    text: str,
    *,
    operation_id: UUID,
    draft: DraftPlace | None = None,
) -> tuple[Operation, Changes]:
    """Queue a few words to the hotline that made the report. The `draft` they were written in
    ends in the same transaction, so that nothing is sent twice.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: no such report here.
        NotEnrolled, AgreementLapsed, AgreementForbids: the agreement; it names the clause.
        ActUnfit: the report was withdrawn.
        TextUnfit: nothing to say, or more than one feedback can carry; nothing is cut off.
    """
    require(vault, Role.ANALYST)
    act = Act(GiveFeedback(text.strip()), report_id, draft=draft)
    return queue_act(vault, act, operation_id=operation_id)


def _own_that_waits(vault: Vault, report_id: ReportId, body: GiveAssessment) -> OperationId | None:
    with vault.reader() as reader:
        row = outbox.waiting_assessments(reader, [report_id]).get((report_id, body.content_id))
    if row is None or row.operation.actor != vault.actor or row.operation.body == body:
        return None
    return row.operation.operation_id if row.state in CAN_BE_TAKEN_UP else None


def _source_of(vault: Vault, report_id: ReportId) -> ContentId:
    with vault.reader() as reader:
        source = source_item(reports.dossier(reader, report_id).report)
    if source is None:
        raise UnknownReference(kind="content item", reference=str(report_id))
    return source.content_id
