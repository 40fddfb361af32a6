"""What the periods of an agreement are held against: facts of reports, and what the clock is worth.

Reports whose period may have ended are found by index and judged one by one (`domain.retention`);
documents are read only where a scope asks for assessments or actions. The portal's own word
counts here, not what an analyst laid over it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from cport_desktop.domain.assessment import current_classification
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.report import ContentItem, Report
from cport_desktop.domain.retention import (
    RetentionFacts,
    RetentionPeriod,
    Scope,
    Standing,
    Verdict,
    judge,
)
from cport_desktop.domain.taxonomy import NOT_ILLEGAL
from cport_desktop.formats.portal_messages import parse_report
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.holds import held_reports
from cport_desktop.vault.transaction import Reader

_AT_ONCE: Final = 500

FINAL_ACTIONS: Final = frozenset({3, 4, 6})
"""Removed, unavailable, not illegal (ICCAM, rule 5 of its workflow)."""

_RIPE_BY_SCOPE: Final = {
    Scope.RECEIVED.value: "SELECT report_id FROM report WHERE received_at <= ?",
    Scope.UPDATED.value: "SELECT report_id FROM report WHERE updated_at <= ?",
    Scope.WITHDRAWN.value: (
        "SELECT r.report_id FROM report AS r INDEXED BY report_not_new"
        " CROSS JOIN withdrawal AS w ON w.report_id = r.report_id"
        " WHERE r.status <> 'new' AND r.status = 'withdrawn' AND w.made_at <= ?"
    ),
    Scope.NOT_ILLEGAL.value: (
        "SELECT report_id FROM report INDEXED BY report_by_class"
        " WHERE classification = 4 AND received_at <= ?"
    ),
    Scope.CLOSED.value: (
        "SELECT report_id FROM report WHERE last_action IS NOT NULL AND received_at <= ?"
    ),
}
"""Reports for which a period may have ended, by the moment that it must have begun at."""


@dataclass(frozen=True, slots=True)
class Ripe:
    """Reports whose time has come, held and waiting ones among them; `is_all` if not cut off."""

    verdicts: tuple[Verdict, ...]
    is_all: bool


def ripe(reader: Reader, periods: Sequence[RetentionPeriod], *, now: datetime, limit: int) -> Ripe:
    """The first `limit` reports that are due by their number, and all that would be if they were
    not held or waiting, as far as was looked.
    """
    found: list[Verdict] = []
    due = 0
    for verdict in _verdicts(reader, periods, _candidates(reader, periods, now), now=now):
        if verdict.standing in (Standing.LATER, Standing.UNLIMITED):
            continue
        if verdict.standing is Standing.DUE:
            if due == limit:
                return Ripe(tuple(found), is_all=False)
            due += 1
        found.append(verdict)
    return Ripe(tuple(found), is_all=True)


def verdict_on(
    reader: Reader, report_id: ReportId, periods: Sequence[RetentionPeriod], *, now: datetime
) -> Verdict | None:
    """How one report stands; None if it is not here."""
    return next(iter(_verdicts(reader, periods, [report_id], now=now)), None)


def portal_said(reader: Reader) -> datetime | None:
    """The latest moment that the portal has signed; None before the first batch."""
    found = reader.connection.execute("SELECT issued_at FROM stream").fetchone()
    return None if found is None else moment_of(found[0])


def newest_entry(reader: Reader) -> datetime | None:
    """The latest moment of any entry in the log, whatever came behind it."""
    found = reader.connection.execute("SELECT max(at_us) FROM audit_entry").fetchone()
    return None if found is None or found[0] is None else moment_of(found[0])


def _candidates(
    reader: Reader, periods: Sequence[RetentionPeriod], now: datetime
) -> list[ReportId]:
    numbers: set[int] = set()
    for period in periods:
        query = _RIPE_BY_SCOPE.get(period.scope)
        if query is not None:
            begun = microseconds(now - timedelta(days=period.days))
            numbers.update(number for (number,) in reader.connection.execute(query, (begun,)))
    return sorted(ReportId(number) for number in numbers)


def _verdicts(
    reader: Reader,
    periods: Sequence[RetentionPeriod],
    report_ids: Iterable[ReportId],
    *,
    now: datetime,
) -> Iterator[Verdict]:
    scopes = {period.scope for period in periods}
    needs_document = bool(scopes & {Scope.NOT_ILLEGAL.value, Scope.CLOSED.value})
    left = iter(report_ids)
    while some := list(islice(left, _AT_ONCE)):
        for facts in _facts(reader, some, needs_document=needs_document):
            yield judge(facts, periods, now=now)


def _facts(
    reader: Reader, report_ids: Sequence[ReportId], *, needs_document: bool
) -> Iterator[RetentionFacts]:
    held = set(held_reports(reader.connection, report_ids))
    found = reader.connection.execute(
        "SELECT r.report_id, r.received_at, r.updated_at, iif(r.status = 'withdrawn', w.made_at,"
        " NULL), iif(?, d.document, NULL), (SELECT count(*) FROM operation_report AS l"
        " CROSS JOIN operation AS o ON o.sequence = l.sequence"
        " WHERE l.report_id = r.report_id AND o.state IN ('queued', 'sending', 'needs_you'))"
        " FROM json_each(?) AS j CROSS JOIN report AS r ON r.report_id = j.value"
        " CROSS JOIN report_document AS d ON d.report_id = r.report_id"
        " LEFT JOIN withdrawal AS w ON w.report_id = r.report_id",
        (needs_document, json.dumps(report_ids)),
    )
    for number, received_at, updated_at, withdrawn_at, document, unsettled in found.fetchall():
        report = None if document is None else parse_report(document)
        yield RetentionFacts(
            report_id=ReportId(number),
            received_at=moment_of(received_at),
            updated_at=moment_of(updated_at),
            withdrawn_at=None if withdrawn_at is None else moment_of(withdrawn_at),
            found_not_illegal_at=None if report is None else found_not_illegal_at(report),
            closed_at=None if report is None else closed_at(report),
            is_held=number in held,
            unsettled=unsettled,
        )


def found_not_illegal_at(report: Report) -> datetime | None:
    """When the last content item was assessed as not illegal; None if not all of them are."""
    items = report.contents
    if not items or any(current_classification(item) != NOT_ILLEGAL for item in items):
        return None
    return _latest(report, [item.assessments[-1].made_at for item in items])


def closed_at(report: Report) -> datetime | None:
    """When the last final action was taken; None if a content item has none."""
    ends = [_closed(item) for item in report.contents]
    if not ends or any(not moments for moments in ends):
        return None
    return _latest(report, [moment for moments in ends for moment in moments])


def _closed(item: ContentItem) -> list[datetime | None]:
    return [action.made_at for action in item.actions if action.type in FINAL_ACTIONS]


def _latest(report: Report, moments: Sequence[datetime | None]) -> datetime:
    """The latest of them and of the receipt; where one has no date, the portal's last word."""
    dated = [moment for moment in moments if moment is not None]
    unknown = [report.updated_at] if len(dated) < len(moments) else []
    return max(*dated, *unknown, report.received_at, report.received_at)
