"""What the portal decides on an operation: pure, by the workflow rules of `domain.assessment`."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cport_desktop.demo.ledger import Decision
from cport_desktop.domain.assessment import refusal
from cport_desktop.domain.ids import ContentId
from cport_desktop.domain.operation import GiveAssessment, GiveFeedback, Operation, Receipt
from cport_desktop.domain.report import Assessment, ContentItem, Report

UNKNOWN_REPORT: Final = "unknown_report"
UNKNOWN_CONTENT: Final = "unknown_content"
WITHDRAWN: Final = "withdrawn"


def decide(
    operation: Operation,
    report: Report | None,
    *,
    number: int | None,
    jurisdiction: str,
    now: datetime,
) -> Decision:
    """Settled, or rejected with the rule's name.

    `number` is that of the report, None if there is no such report; `report` is as it stands
    now, None if it was withdrawn.
    """
    if number is None:
        return _rejected(operation, UNKNOWN_REPORT)
    if report is None:
        return _rejected(operation, WITHDRAWN)
    match operation.body:
        case GiveFeedback(text):
            return Decision(_settled(operation), feedback=text)
        case GiveAssessment(content_id=content):
            item = _item(report, content)
            if item is None:
                return _rejected(operation, UNKNOWN_CONTENT)
            rule = refusal(item, jurisdiction=jurisdiction)
            if rule is not None:
                return _rejected(operation, rule.value)
            given = _assessment(operation, operation.body, now)
            return Decision(_settled(operation), assessment=(number, content, given))


def _item(report: Report, content: ContentId) -> ContentItem | None:
    return next((item for item in report.contents if item.content_id == content), None)


def _assessment(operation: Operation, body: GiveAssessment, now: datetime) -> Assessment:
    return Assessment(
        classification=body.classification,
        age=body.age,
        gender=body.gender,
        is_virtual=False,
        is_user_generated=False,
        is_modeling=False,
        analyst=operation.actor,
        hotline=None,
        made_at=now.replace(microsecond=0),
    )


def _settled(operation: Operation) -> Receipt:
    return Receipt(operation.operation_id, is_settled=True, reason=None)


def _rejected(operation: Operation, reason: str) -> Decision:
    return Decision(Receipt(operation.operation_id, is_settled=False, reason=reason))
