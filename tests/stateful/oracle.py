"""What must be true, kept in plain dicts by plain rules: the portal's reports and records, every
decision, and what each station wrote. It knows nothing of batches, cursors, bundles or databases.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from cport_desktop.domain.ids import OperationId, ReportId
from cport_desktop.domain.operation import (
    ContributeHashes,
    GiveAssessment,
    GiveFeedback,
    HandOverCase,
    HoldTakedown,
    LiftTakedownHold,
    NotifyFalsePositive,
    Operation,
    RequestInformation,
    SuggestDomain,
    SuggestRemoval,
)
from cport_desktop.domain.report import Report

HOME = "NL"
REMOVED = {3, 4}


@dataclass
class Item:
    """A content item, as far as anything is decided by it. `last`: the classification that counts."""

    country: str | None
    actions: set[int]
    last: int | None


@dataclass
class Known:
    """A report at the portal."""

    revision: int
    memo: str | None
    items: dict[int, Item]
    is_withdrawn: bool = False

    @property
    def is_removed(self) -> bool:
        return bool(self.items) and all(item.actions & REMOVED for item in self.items.values())


@dataclass
class Oracle:
    reports: dict[ReportId, Known] = field(default_factory=dict)
    decided: dict[OperationId, str | None] = field(default_factory=dict)
    """Why it was rejected; None if it was settled."""
    feedback: dict[OperationId, str] = field(default_factory=dict)
    answers: dict[ReportId, int] = field(default_factory=dict)
    holds: set[ReportId] = field(default_factory=set)
    domains: set[str] = field(default_factory=set)
    """Those that are listed."""
    off: set[str] = field(default_factory=set)
    """Those that were, and were taken off."""
    entries: set[tuple[str, str]] = field(default_factory=set)

    def told(self, report: Report) -> None:
        """The portal says this of a report from now on."""
        self.reports[report.report_id] = known(report)

    def withdrawn(self, number: ReportId) -> None:
        self.reports[number].is_withdrawn = True

    def heard(self, operation: Operation, at: datetime) -> None:
        """The portal got an operation: the first time it decides, after that it only repeats."""
        if operation.operation_id not in self.decided:
            self.decided[operation.operation_id] = self._decision(operation, at)

    def _decision(self, operation: Operation, at: datetime) -> str | None:
        body = operation.body
        match body:
            case SuggestDomain():
                if body.domain in self.domains:
                    return "already_suggested"
                self.domains.add(body.domain)
                self.off.discard(body.domain)
                return None
            case SuggestRemoval():
                if body.domain not in self.domains:
                    return "not_listed"
                self.domains.discard(body.domain)
                self.off.add(body.domain)
                return None
            case ContributeHashes():
                fresh = {(body.list_id, entry.digest) for entry in body.entries} - self.entries
                self.entries |= fresh
                return None if fresh else "nothing_contributed"
            case NotifyFalsePositive():
                entry = (body.list_id, body.entry.digest)
                if entry not in self.entries:
                    return "unknown_entry"
                self.entries.discard(entry)
                return None
            case LiftTakedownHold():
                if operation.report_id not in self.holds:
                    return "no_hold"
                self.holds.discard(operation.report_id)
                return None
        reasons = (self._standing(number) for number in operation.reports)
        return next(filter(None, reasons), None) or self._of_one(operation, at)

    def _standing(self, number: ReportId) -> str | None:
        if number not in self.reports:
            return "unknown_report"
        return "withdrawn" if self.reports[number].is_withdrawn else None

    def _of_one(self, operation: Operation, at: datetime) -> str | None:
        number = operation.report_id
        match operation.body:
            case HandOverCase():
                return None
            case GiveFeedback(text=text):
                self.feedback[operation.operation_id] = text
                return None
        assert number is not None
        match operation.body:
            case RequestInformation():
                self.answers[number] = self.answers.get(number, 0) + 1
            case HoldTakedown(until=until):
                if until <= at:
                    return "hold_expired"
                if self.reports[number].is_removed:
                    return "already_removed"
                self.holds.add(number)
            case GiveAssessment(content_id=content, classification=classification):
                return self._assessed(self.reports[number], content, classification)
        return None

    def _assessed(self, report: Known, content: int, classification: int) -> str | None:
        item = report.items.get(content)
        if item is None:
            return "unknown_content"
        if item.country != HOME:
            return "not_assigned_here"
        if item.actions:
            return "actions_exist"
        if item.last == 1:
            return "baseline_is_final"
        if item.last not in (None, 2):
            return "only_national_overruled"
        item.last = classification
        report.revision += 1
        return None


def known(report: Report) -> Known:
    return Known(
        revision=report.revision,
        memo=report.memo,
        items={
            item.content_id: Item(
                item.assigned_country,
                {action.type for action in item.actions},
                item.assessments[-1].classification if item.assessments else None,
            )
            for item in report.contents
        },
    )


def corrected(report: Report, now: Known, memo: str) -> Report:
    """`report` as it would be told next."""
    return replace(report, revision=now.revision + 1, memo=memo)
