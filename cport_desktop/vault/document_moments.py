"""What hotlines said of the reports of a case, and when, out of the reports' own documents.

Nothing that was said of a report came before it was received, or after it was changed last; a moment
outside of that (clocks of others) stands at the nearer end. So reports are read in the order of their
last change, and reading stops where no report that is left can have anything newer.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cport_desktop.domain.about import of_report
from cport_desktop.domain.case import Case, Moment, MomentKind
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.report import Report
from cport_desktop.domain.withholding import report_without
from cport_desktop.formats.portal_messages import parse_report
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.transaction import Reader

Key = tuple[int, int, str]
"""Moment in microseconds, source, tie."""

_REPORTS: Final = """
SELECT r.report_id, r.received_at, r.updated_at FROM case_item AS i
CROSS JOIN report AS r ON r.report_id = i.reference
WHERE i.case_id = ?1 AND i.kind = 'report' AND (?2 IS NULL OR r.received_at <= ?2)
ORDER BY r.updated_at DESC
"""


@dataclass(frozen=True, slots=True)
class Placed:
    """A moment with its place in the one order."""

    key: Key
    moment: Moment


def in_documents(
    reader: Reader,
    case: Case,
    limit: int,
    *,
    place: int,
    behind: Key | None,
    withheld: Collection[str],
) -> list[Placed]:
    """The newest `limit` moments behind that key; `place` is this source's."""
    newest: list[tuple[Key, int, Placed]] = []
    spans = reader.connection.execute(
        _REPORTS, (case.case_id, None if behind is None else behind[0])
    ).fetchall()
    count = 0
    for report_id, received, updated in spans:
        if len(newest) >= limit and updated < newest[0][0][0]:
            break
        for placed in _said_of(reader, ReportId(report_id), (received, updated), place, withheld):
            if behind is None or placed.key < behind:
                count += 1
                heapq.heappush(newest, (placed.key, count, placed))
                if len(newest) > limit:
                    heapq.heappop(newest)
    return [placed for _key, _count, placed in newest]


def _said_of(
    reader: Reader,
    report_id: ReportId,
    span: tuple[int, int],
    place: int,
    withheld: Collection[str],
) -> Iterator[Placed]:
    found = reader.connection.execute(
        "SELECT document FROM report_document WHERE report_id = ?", (report_id,)
    ).fetchone()
    if found is None:
        return
    report = report_without(parse_report(found[0]), withheld)
    for number, (at, moment) in enumerate(_moments(report)):
        within = min(max(microseconds(at), span[0]), span[1])
        yield Placed((within, place, f"{report_id:019d}.{number:09d}"), moment)


def _moments(report: Report) -> Iterator[tuple[datetime, Moment]]:
    about = of_report(report.report_id)
    for item in report.contents:
        for made in item.assessments:
            if made.made_at is not None:
                yield (
                    made.made_at,
                    Moment(
                        made.made_at,
                        MomentKind.ASSESSED,
                        about,
                        by=made.analyst,
                        code=made.classification,
                    ),
                )
        for taken in item.actions:
            if taken.made_at is not None:
                yield (
                    taken.made_at,
                    Moment(
                        taken.made_at,
                        MomentKind.ACTED,
                        about,
                        by=taken.analyst,
                        text=taken.reason_text,
                        code=taken.type,
                    ),
                )
