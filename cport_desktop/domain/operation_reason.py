"""Why an operation was rejected, or needs a person: codes, and the rules that find them here.

Before each exchange what is queued is looked at once more: the replica may have changed since it
was made, time has passed, the agreement may be another. What can no longer be right is held back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.assessment import refusal
from cport_desktop.domain.ids import ContentId, ReportId
from cport_desktop.domain.operation import (
    ContributeHashes,
    GiveAssessment,
    GiveFeedback,
    HandOverCase,
    HoldTakedown,
    LiftTakedownHold,
    NotifyFalsePositive,
    Operation,
    OperationBody,
    RequestInformation,
    SuggestDomain,
    SuggestRemoval,
    UnknownAct,
)
from cport_desktop.domain.report import ContentItem, Report


class Reason(StrEnum):
    """Codes beside those of `assessment.WorkflowRule`. Of a later version others may come."""

    WITHDRAWN = "withdrawn"
    UNKNOWN_REPORT = "unknown_report"
    UNKNOWN_CONTENT = "unknown_content"
    HOLD_EXPIRED = "hold_expired"
    HOLD_TOO_LONG = "hold_too_long"
    NO_HOLD = "no_hold"
    ALREADY_REMOVED = "already_removed"
    CRITERIA_NOT_MET = "criteria_not_met"
    ALREADY_SUGGESTED = "already_suggested"
    NOT_LISTED = "not_listed"
    NO_DOMAIN = "no_domain"
    NOTHING_CONTRIBUTED = "nothing_contributed"
    UNKNOWN_ENTRY = "unknown_entry"
    UNKNOWN_MEDIA = "unknown_media"
    UNKNOWN_KIND = "unknown_kind"
    AGREEMENT_FORBIDS = "agreement_forbids"
    AGREEMENT_LAPSED = "agreement_lapsed"
    SECOND_READER = "second_reader"
    """Another analyst must confirm it first (`domain.second_reading`)."""
    SECOND_READER_CONTRADICTS = "second_reader_contradicts"


@dataclass(frozen=True, slots=True)
class ReportNow:
    """A report as the replica has it."""

    report: Report
    is_withdrawn: bool


def doubt(
    operation: Operation,
    reports: Mapping[ReportId, ReportNow],
    *,
    jurisdiction: str,
    now: datetime,
) -> str | None:
    """The code of why `operation` can no longer be right; None if nothing here speaks against it.

    `reports` has those that it names, as far as they are here: one that is not is for the portal
    to know. What does not concern a report's content (a hold lifted, a wrong match) stays right
    whatever became of the report.
    """
    body = operation.body
    match body:
        case LiftTakedownHold() | NotifyFalsePositive() | SuggestDomain() | ContributeHashes():
            return None
        case SuggestRemoval() | UnknownAct():
            return None
        case HoldTakedown(until=until) if until <= now:
            return Reason.HOLD_EXPIRED
        case GiveAssessment() | GiveFeedback() | HoldTakedown() | RequestInformation():
            pass
        case HandOverCase():
            pass
    known = [reports[number] for number in operation.reports if number in reports]
    if any(report.is_withdrawn for report in known):
        return Reason.WITHDRAWN
    if isinstance(body, GiveAssessment) and known:
        return assessment_doubt(known[0].report, body.content_id, jurisdiction)
    return None


def assessment_doubt(report: Report, content: ContentId, jurisdiction: str) -> str | None:
    """Why this content item of `report` cannot be assessed; None if it can."""
    item = content_item(report, content)
    if item is None:
        return Reason.UNKNOWN_CONTENT
    rule = refusal(item, jurisdiction=jurisdiction)
    return None if rule is None else rule.value


def content_item(report: Report, content: ContentId) -> ContentItem | None:
    """The content item of this number, if the report has it."""
    return next((item for item in report.contents if item.content_id == content), None)


_FUNCTIONS: Mapping[type[OperationBody], Function] = {
    GiveAssessment: Function.ASSESSMENT_GIVE,
    GiveFeedback: Function.FEEDBACK_GIVE,
    HoldTakedown: Function.TAKEDOWN_HOLD,
    LiftTakedownHold: Function.TAKEDOWN_HOLD,
    RequestInformation: Function.INFORMATION_REQUEST,
    SuggestDomain: Function.IWOL_SUGGEST,
    SuggestRemoval: Function.IWOL_SUGGEST,
    ContributeHashes: Function.HASHLIST_CONTRIBUTE,
    HandOverCase: Function.CASE_HAND_OVER,
    NotifyFalsePositive: Function.FALSE_POSITIVE_NOTIFY,
}


def function_of(body: OperationBody) -> Function | None:
    """What the agreement must allow for it; None for what is not known here."""
    return _FUNCTIONS.get(type(body))
