"""Act towards the portal: assess a content item, give feedback to a hotline.

An act is queued as an immutable operation with its audit entry in the same transaction; it
shows at once, and the portal settles it at the next exchange, by whichever road.
"""

from __future__ import annotations

from uuid import UUID

from cport_desktop.domain import assessment
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftPlace
from cport_desktop.domain.ids import ContentId, OperationId, ReportId, report_reference
from cport_desktop.domain.operation import GiveAssessment, GiveFeedback, Operation, OperationBody
from cport_desktop.domain.report import ContentItem, Report, source_item
from cport_desktop.domain.roles import Role
from cport_desktop.errors import NotEnrolled, TextUnfit, UnknownReference, WorkflowRefused
from cport_desktop.usecases.permission import require
from cport_desktop.vault import bond, drafts, outbox, reports
from cport_desktop.vault.vault import Vault

LONGEST_FEEDBACK = 4_000
"""Characters; what the portal's protocol carries in one feedback."""


def assess(
    vault: Vault,
    report_id: ReportId,
    content_id: ContentId | None,
    classification: int,
    *,
    operation_id: UUID,
) -> tuple[Operation, Changes]:
    """Queue an assessment of one content item (the source item if `content_id` is None).

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: no such report or content item here.
        NotEnrolled: the vault has no jurisdiction yet.
        WorkflowRefused: a rule of the network's workflow forbids it.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        dossier = reports.dossier(reader, report_id)
        enrolment = bond.load(reader)
    if enrolment is None:
        raise NotEnrolled
    item = _content_item(dossier.report, content_id)
    rule = assessment.refusal(item, jurisdiction=enrolment.answer.agreement.jurisdiction)
    if rule is not None:
        raise WorkflowRefused(rule=rule.value)
    body = GiveAssessment(item.content_id, classification)
    return _queue(vault, report_id, body, operation_id), Changes.OPERATIONS | Changes.REPORTS


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
        TextUnfit: nothing to say, or more than one feedback can carry; nothing is cut off.
    """
    require(vault, Role.ANALYST)
    words = text.strip()
    if not 1 <= len(words) <= LONGEST_FEEDBACK:
        raise TextUnfit(length=len(words), limit=LONGEST_FEEDBACK)
    with vault.reader() as reader:
        reports.dossier(reader, report_id)
    body = GiveFeedback(words)
    return _queue(vault, report_id, body, operation_id, draft), Changes.OPERATIONS


def _content_item(report: Report, content_id: ContentId | None) -> ContentItem:
    if content_id is None:
        chosen = source_item(report)
    else:
        chosen = next((item for item in report.contents if item.content_id == content_id), None)
    if chosen is None:
        raise UnknownReference(kind="content item", reference=str(content_id or report.report_id))
    return chosen


def _queue(
    vault: Vault,
    report_id: ReportId,
    body: OperationBody,
    operation_id: UUID,
    draft: DraftPlace | None = None,
) -> Operation:
    verb = "assess" if isinstance(body, GiveAssessment) else "give_feedback"
    with vault.transaction() as tx:
        operation = Operation(OperationId(str(operation_id)), report_id, tx.actor, tx.now, body)
        outbox.queue(tx, operation)
        if draft is not None:
            drafts.end_within(tx.connection, vault.analyst.analyst_id, draft.name)
        tx.record(
            AuditDraft(
                action=AuditAction.ALTERATION,
                verb=verb,
                object_kind=ObjectKind.REPORT,
                object_reference=report_reference(report_id),
                payload=(("operation", operation.operation_id),),
            )
        )
    return operation
