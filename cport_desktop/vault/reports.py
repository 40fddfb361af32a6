"""Reading reports: pages, counts, facets, and all of one report.

Every listing shows reports as seen: with the analyst's own unsettled assessments laid over the
portal's. Nothing here writes, and no page reads more reports than it must (`report_walk`).
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from cport_desktop.domain.deed import Codes
from cport_desktop.domain.ids import ContentId, HotlineId, ReportId, report_reference
from cport_desktop.domain.operation_reason import ReportNow
from cport_desktop.domain.query import Query
from cport_desktop.domain.quick_rows import quickly
from cport_desktop.domain.report import ReportStatus
from cport_desktop.domain.rows import (
    Dossier,
    Facet,
    FacetCount,
    Order,
    Page,
    ReportRow,
    ReportSort,
)
from cport_desktop.errors import UnknownReference
from cport_desktop.formats.portal_messages import parse_report
from cport_desktop.pace import paced
from cport_desktop.vault import (
    facet_counts,
    holds,
    hotlines,
    media_items,
    outbox,
    report_replies,
    work_marks,
)
from cport_desktop.vault.audit_trail import moment_of
from cport_desktop.vault.database import Row
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
from cport_desktop.vault.report_plan import Plan, compiled, matching_from, planned
from cport_desktop.vault.report_walk import Key, keys
from cport_desktop.vault.transaction import Reader

_quick_row = quickly(ReportRow)
_STATUSES: Final = {status.value: status for status in ReportStatus}
_TEXT_KEYS = (ReportSort.DOMAIN, ReportSort.HOST, ReportSort.PROVIDER)

_ROWS = f"""
SELECT v.row, v.report_id, v.status, v.received_at, v.updated_at, v.hotline, t.url, t.host,
       v.domain, v.hosting_country, v.assigned_country, t.ip_address, v.autonomous_system,
       v.provider, v.is_delivery_network, v.site_type, v.commerciality, v.classification, v.age,
       v.gender, v.last_action, v.content_count, v.media_count, v.is_overlaid,
       {report_replies.MARK_COLUMNS}, o.assigned_at
FROM json_each(?) AS j CROSS JOIN report_as_seen AS v ON v.row = j.value
CROSS JOIN report_text AS t ON t.row = v.row CROSS JOIN report AS o ON o.row = t.row
"""  # noqa: S608 - constant text


def page(
    reader: Reader,
    query: Query,
    order: Order,
    *,
    limit: int,
    after: str | None = None,
    plan: Plan | None = None,
) -> Page[ReportRow]:
    """The first `limit` reports that match, behind the cursor `after`. `plan`: of this query, where it
    was made before; so for all that are asked here.

    Raises:
        UnknownReference: a cursor that this list, sorted so, never gave out.
    """
    started = now()
    last = key_behind(order, after) if after else None
    found = keys(reader, query, order, after=last, limit=limit + 1, plan=plan)
    return page_of(reader, order, found, limit=limit, started=started)


def page_of(
    reader: Reader, order: Order, found: Sequence[Key], *, limit: int, started: float
) -> Page[ReportRow]:
    """The page of the first `limit` of `found`, which are in `order`. `started`: as `now` told it."""
    shown = found[:limit]
    rows = _rows(reader, [row for _, row in shown])
    following = write_cursor(_listing(order), *shown[-1]) if len(found) > limit else None
    return Page(rows, following, elapsed_ms(started))


def now() -> float:
    """From when on a page counts how long it took."""
    return time.perf_counter()


def count(reader: Reader, query: Query, plan: Plan | None = None) -> int:
    """How many reports match."""
    if not (query.conditions or query.since):
        return sum(facet_counts.whole(reader, Facet.STATUS).values())
    plan = plan or planned(reader, compiled(reader, query)[0], reads_all=True)
    source = matching_from(plan)
    found = reader.connection.execute(
        f"SELECT count(*) FROM {source.text}",  # noqa: S608 - constant names
        source.parameters,
    ).fetchone()
    return int(found[0]) if found else 0


def facets(
    reader: Reader, query: Query, wanted: Sequence[Facet], plan: Plan | None = None
) -> dict[Facet, tuple[FacetCount, ...]]:
    """For each facet the values among matching reports with their counts, most frequent first
    (`facet_counts.MOST_VALUES` at most).

    Of the whole vault the counts are kept; otherwise each matching report is read once.
    Reports for which the value is unknown are not counted.
    """
    if not (query.conditions or query.since):
        return {
            facet: facet_counts.told(reader, facet, facet_counts.whole(reader, facet))
            for facet in wanted
        }
    compiled_query, has_overlay = compiled(reader, query)
    source = matching_from(plan or planned(reader, compiled_query, reads_all=True))
    columns = [facet_counts.expression(facet, has_overlay=has_overlay) for facet in wanted]
    found = reader.connection.execute(
        f"SELECT {', '.join(columns) or '1'} FROM {source.text}",  # noqa: S608 - constant names
        source.parameters,
    ).fetchall()
    values = list(zip(*found, strict=True)) if found else [()] * len(columns)
    return {
        facet: facet_counts.told(reader, facet, Counter(column))
        for facet, column in zip(wanted, values, strict=False)
    }


def matching(reader: Reader, query: Query, *, limit: int) -> tuple[ReportId, ...]:
    """The numbers of the first `limit` reports that match, newest first."""
    found = keys(reader, query, Order(), after=None, limit=limit)
    numbers: dict[int, int] = dict(
        reader.connection.execute(
            "SELECT r.row, r.report_id FROM json_each(?) AS j"
            " CROSS JOIN report AS r ON r.row = j.value",
            (json.dumps([row for _, row in found]),),
        ).fetchall()
    )
    return tuple(ReportId(numbers[row]) for _, row in found)


def named(reader: Reader, report_ids: Sequence[ReportId]) -> tuple[ReportRow, ...]:
    """Those of these reports that are here, in the order in which they are named."""
    found = reader.connection.execute(
        "SELECT r.row FROM json_each(?) AS j CROSS JOIN report AS r ON r.report_id = j.value"
        " ORDER BY j.key",
        (json.dumps(list(report_ids)),),
    )
    return _rows(reader, [row for (row,) in found])


def dossier(reader: Reader, report_id: ReportId) -> Dossier:
    """All that is known of one report.

    Raises:
        UnknownReference: it is not here.
    """
    found = reader.connection.execute(
        "SELECT r.row, d.document, w.reason FROM report AS r"
        " JOIN report_document AS d ON d.report_id = r.report_id"
        " LEFT JOIN withdrawal AS w ON w.report_id = r.report_id"
        " WHERE r.report_id = ?",
        (report_id,),
    ).fetchone()
    if found is None:
        raise UnknownReference(kind="report", reference=report_reference(report_id))
    place, document, reason = found
    (row,) = _rows(reader, [place])
    media, media_of = media_items.of_report(reader, place)
    return Dossier(
        row=row,
        report=parse_report(document),
        document=document,
        hotline=hotlines.named(reader, row.hotline),
        withdrawn_reason=reason if row.status is ReportStatus.WITHDRAWN else None,
        media=media,
        media_of=tuple((ContentId(content), places) for content, places in media_of),
        operations=outbox.of_report(reader, report_id),
        takedown_hold=report_replies.takedown_hold(reader, report_id),
        answers=report_replies.answers(reader, report_id),
        holds=holds.on_report(reader, report_id),
        kept_versions=holds.kept_versions(reader, report_id),
    )


def documents(reader: Reader, report_ids: Sequence[ReportId]) -> dict[ReportId, bytes]:
    """The portal's own JSON of each of these reports, to the byte, in one query."""
    marks = ",".join("?" * len(report_ids))
    found = reader.connection.execute(
        f"SELECT report_id, document FROM report_document WHERE report_id IN ({marks})",  # noqa: S608 - marks only
        report_ids,
    )
    return {ReportId(report_id): bytes(document) for report_id, document in found}


def codes_of(reader: Reader, report_id: ReportId, content: ContentId) -> Codes | None:
    """How the portal has a content item classified; None if it is not in that report."""
    found = reader.connection.execute(
        "SELECT c.classification, c.age, c.gender FROM report AS r"
        " JOIN content_item AS c ON c.row = r.row WHERE r.report_id = ? AND c.content_id = ?",
        (report_id, content),
    ).fetchone()
    return None if found is None else Codes(*found)


def as_they_stand(reader: Reader, report_ids: Iterable[ReportId]) -> dict[ReportId, ReportNow]:
    """Those of these reports that are here, as the portal told of them last."""
    found = reader.connection.execute(
        "SELECT r.report_id, r.status, d.document FROM json_each(?) AS j"
        " CROSS JOIN report AS r ON r.report_id = j.value"
        " CROSS JOIN report_document AS d ON d.report_id = r.report_id",
        (json.dumps(list(report_ids)),),
    )
    return {
        ReportId(number): ReportNow(
            parse_report(document), ReportStatus(status) is ReportStatus.WITHDRAWN
        )
        for number, status, document in paced(found)
    }


def _rows(reader: Reader, places: Sequence[int]) -> tuple[ReportRow, ...]:
    found = {
        values[0]: _report_row(values)
        for values in reader.connection.execute(_ROWS, (json.dumps(places),))
    }
    return work_marks.marked(reader, [found[place] for place in places])


def _report_row(values: Row) -> ReportRow:
    return _quick_row(
        report_id=values[1],
        status=_STATUSES[values[2]],
        received_at=moment_of(values[3]),
        updated_at=moment_of(values[4]),
        hotline=HotlineId(values[5]),
        url=values[6],
        host=values[7],
        domain=values[8],
        hosting_country=values[9] or None,
        assigned_country=values[10] or None,
        ip_address=values[11] or None,
        autonomous_system=values[12],
        provider=values[13] or None,
        is_delivery_network=bool(values[14]),
        site_type=values[15],
        commerciality=values[16],
        classification=values[17],
        age=values[18],
        gender=values[19],
        last_action=values[20],
        content_count=values[21],
        media_count=values[22],
        is_overlaid=bool(values[23]),
        takedown=report_replies.mark(ReportId(values[1]), values[24], values[25]),
        assigned_at=None if values[26] is None else moment_of(values[26]),
    )


def _listing(order: Order) -> str:
    return f"reports {'-' if order.is_descending else ''}{order.sort.value}"


def key_behind(order: Order, after: str) -> Key:
    """The sort key and row that the cursor `after` stands for.

    Raises:
        UnknownReference: a cursor that this list, sorted so, never gave out.
    """
    kind = str if order.sort in _TEXT_KEYS else int
    key, row = read_cursor(_listing(order), after, kind, int)
    return key, int(row)
