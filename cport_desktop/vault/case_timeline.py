"""The timeline of a case: what happened to it and to what is in it, the newest first, page by page.

Each source gives the next few of its own moments, in the one order (moment, source, tie) that the
cursor speaks of; the newest of all of them are the page. So a page costs a few moments of each source,
however many there are. What hotlines said stands in the reports' documents alone
(`vault.document_moments`). What an assessment says that waits for a second reader is not told.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from typing import Final

from cport_desktop.domain.case import Case, Moment, MomentKind
from cport_desktop.domain.rows import Page
from cport_desktop.vault.abouts import about_of
from cport_desktop.vault.audit_trail import moment_of
from cport_desktop.vault.database import Row
from cport_desktop.vault.document_moments import Placed, in_documents
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
from cport_desktop.vault.transaction import Reader

_LISTING: Final = "timeline"
# The columns of each: at, tie, kind of moment, kind and reference of a thing, by, text, code, count.
_OPENED: Final = """
SELECT c.made_at AS at, '' AS tie, 'opened', 'case', c.number, c.made_by, c.title, NULL, 1
FROM work_case AS c WHERE c.case_id = :case
"""
_TURNS: Final = """
SELECT u.at AS at, printf('%019d', u.number) AS tie, u.what, 'case', :number, u.by, u.why, NULL, 1
FROM case_turn AS u WHERE u.case_id = :case AND u.kind IS NULL
"""
_REMOVED: Final = """
SELECT u.at AS at, u.by AS tie, 'removed', iif(count(*) = 1, min(u.kind), NULL), min(u.reference),
       u.by, NULL, NULL, count(*)
FROM case_turn AS u WHERE u.case_id = :case AND u.kind IS NOT NULL GROUP BY u.at, u.by
"""
_ADDED: Final = """
SELECT i.added_at AS at, i.added_by AS tie, 'added', iif(count(*) = 1, min(i.kind), NULL),
       min(i.reference), i.added_by, NULL, NULL, count(*)
FROM case_item AS i WHERE i.case_id = :case GROUP BY i.added_at, i.added_by
"""
_RECEIVED: Final = """
SELECT r.received_at AS at, printf('%019d', r.report_id) AS tie, 'received', 'report', r.report_id,
       h.name, NULL, NULL, 1
FROM case_item AS i CROSS JOIN report AS r ON r.report_id = i.reference
LEFT JOIN hotline AS h ON h.hotline_id = r.hotline
WHERE i.case_id = :case AND i.kind = 'report'
"""
_WITHDRAWN: Final = """
SELECT w.made_at AS at, printf('%019d', w.report_id) AS tie, 'withdrawn', 'report', w.report_id,
       h.name, w.reason, NULL, 1
FROM case_item AS i CROSS JOIN withdrawal AS w ON w.report_id = i.reference
CROSS JOIN report AS r ON r.report_id = w.report_id AND r.status = 'withdrawn'
LEFT JOIN hotline AS h ON h.hotline_id = r.hotline
WHERE i.case_id = :case AND i.kind = 'report'
"""
_DONE: Final = """
SELECT o.made_at AS at, printf('%019d', o.sequence) AS tie, 'done', 'report', min(i.reference),
       o.actor, o.kind, iif(o.state = 'needs_you' AND EXISTS
                            (SELECT 1 FROM second_reading AS s WHERE s.sequence = o.sequence
                             AND s.verdict IS NOT 'confirmed'),
                            NULL, o.classification), count(*)
FROM case_item AS i CROSS JOIN operation_report AS l ON l.report_id = i.reference
CROSS JOIN operation AS o ON o.sequence = l.sequence
WHERE i.case_id = :case AND i.kind = 'report' GROUP BY o.sequence
"""
_NOTED: Final = """
SELECT n.made_at AS at, n.note_id AS tie, 'noted', n.kind, n.reference, n.made_by,
       iif(n.taken_back_at IS NULL, substr(n.text, 1, 400), NULL), NULL, 1
FROM (SELECT kind, reference FROM case_item WHERE case_id = :case
      UNION ALL SELECT 'case', :number) AS x
CROSS JOIN note AS n ON n.kind = x.kind AND n.reference = x.reference
"""
_TAKEN_BACK: Final = """
SELECT n.taken_back_at AS at, n.note_id AS tie, 'note_taken_back', n.kind, n.reference,
       n.taken_back_by, NULL, NULL, 1
FROM (SELECT kind, reference FROM case_item WHERE case_id = :case
      UNION ALL SELECT 'case', :number) AS x
CROSS JOIN note AS n ON n.kind = x.kind AND n.reference = x.reference
WHERE n.taken_back_at IS NOT NULL
"""
_TASK_SET: Final = """
SELECT t.made_at AS at, t.task_id AS tie, 'task_set', t.kind, t.reference, t.made_by, t.title, NULL, 1
FROM (SELECT kind, reference FROM case_item WHERE case_id = :case
      UNION ALL SELECT 'case', :number) AS x
CROSS JOIN task AS t ON t.kind = x.kind AND t.reference = x.reference
WHERE t.taken_back_at IS NULL
"""
_TASK_DONE: Final = """
SELECT t.done_at AS at, t.task_id AS tie, 'task_done', t.kind, t.reference, t.done_by, t.title, NULL, 1
FROM (SELECT kind, reference FROM case_item WHERE case_id = :case
      UNION ALL SELECT 'case', :number) AS x
CROSS JOIN task AS t ON t.kind = x.kind AND t.reference = x.reference
WHERE t.done_at IS NOT NULL AND t.taken_back_at IS NULL
"""
_SOURCES: Final = (
    _OPENED,
    _TURNS,
    _REMOVED,
    _ADDED,
    _RECEIVED,
    _WITHDRAWN,
    _DONE,
    _NOTED,
    _TAKEN_BACK,
    _TASK_SET,
    _TASK_DONE,
)
_OF_DOCUMENTS: Final = len(_SOURCES)
"""The place of what stands in documents, among the sources."""
_OF_ONE: Final = """
SELECT * FROM ({source}) WHERE :at IS NULL OR (at, {place}, tie) < (:at, :place, :tie)
ORDER BY at DESC, tie DESC LIMIT :limit
"""


def page(
    reader: Reader,
    case: Case,
    *,
    limit: int,
    after: str | None = None,
    withheld: Collection[str] = (),
) -> Page[Moment]:
    """The next `limit` moments behind the cursor `after`, without fields of reports that are withheld.

    Raises:
        UnknownReference: a cursor that this list never gave out.
    """
    started = time.perf_counter()
    at, place, tie = read_cursor(_LISTING, after, int, int, str) if after else (None, None, None)
    behind = None if at is None else (int(at), int(place or 0), str(tie))
    asked: dict[str, str | int | None] = {
        "case": case.case_id,
        "number": case.number,
        "at": at,
        "place": place,
        "tie": tie,
        "limit": limit + 1,
    }
    found = [one for n in range(len(_SOURCES)) for one in _of_source(reader, n, asked)]
    found += in_documents(
        reader, case, limit + 1, place=_OF_DOCUMENTS, behind=behind, withheld=withheld
    )
    found.sort(key=lambda placed: placed.key, reverse=True)
    shown = found[:limit]
    following = write_cursor(_LISTING, *shown[-1].key) if len(found) > limit else None
    return Page([placed.moment for placed in shown], following, elapsed_ms(started))


def _of_source(reader: Reader, place: int, asked: Mapping[str, str | int | None]) -> list[Placed]:
    rows = reader.connection.execute(
        _OF_ONE.format(source=_SOURCES[place], place=place), dict(asked)
    )
    return [Placed((row[0], place, row[1]), _moment(row)) for row in rows]


def _moment(row: Row) -> Moment:
    at, _tie, kind, about_kind, reference, by, text, code, count = row
    return Moment(
        at=moment_of(at),
        kind=MomentKind(kind),
        about=None if about_kind is None else about_of(about_kind, reference),
        by=by,
        text=text,
        code=code,
        count=count,
    )
