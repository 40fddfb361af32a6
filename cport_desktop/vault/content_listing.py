"""Content items of all reports, in pages: the newest report first, its items in their order.

`url:` and `domain:` speak of the item itself, everything else of its report. Conditions on one report are
asked of one and the same: `host:NL domain:name.example` finds the items on that domain in reports that
are hosted there.
"""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Final

from cport_desktop.domain.content_row import ContentRow
from cport_desktop.domain.ids import ContentId, ReportId
from cport_desktop.domain.query import (
    AllOf,
    AnyOf,
    Condition,
    Field,
    FieldContains,
    FieldIs,
    Leaf,
    Not,
    Query,
    leaves,
    query_of,
)
from cport_desktop.domain.rows import Page
from cport_desktop.vault.audit_trail import moment_of
from cport_desktop.vault.database import Row
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
from cport_desktop.vault.report_plan import Few, Plan, compiled, matching_from, planned, tests_of
from cport_desktop.vault.search import folded
from cport_desktop.vault.sieve import Sql, joined, marks
from cport_desktop.vault.transaction import Reader

_LISTING: Final = "contents"
_ROWS: Final = """
SELECT c.row, c.position, c.content_id, r.report_id, r.received_at, c.url, c.host, c.domain,
       c.is_source, c.content_type, c.classification, c.age, c.gender,
       (SELECT count(*) FROM report_media AS l WHERE l.row = c.row AND l.content_id = c.content_id)
FROM json_each(?) AS j
CROSS JOIN content_item AS c ON c.row = j.value ->> 0 AND c.position = j.value ->> 1
CROSS JOIN report AS r ON r.row = c.row
"""


def page(reader: Reader, query: Query, *, limit: int, after: str | None = None) -> Page[ContentRow]:
    """The first `limit` content items that match, behind the cursor `after`.

    Raises:
        UnknownReference: a cursor that this list never gave out.
    """
    started = time.perf_counter()
    last = read_cursor(_LISTING, after, int, int) if after else None
    found = _places(reader, query, after=last, limit=limit + 1)
    shown = found[:limit]
    following = write_cursor(_LISTING, *shown[-1]) if len(found) > limit else None
    return Page(_rows(reader, shown), following, elapsed_ms(started))


def count_up_to(reader: Reader, query: Query, *, limit: int) -> int:
    """How many match; `limit` where they are more."""
    return len(_places(reader, query, after=None, limit=limit))


def _places(
    reader: Reader, query: Query, *, after: tuple[int, ...] | None, limit: int
) -> list[tuple[int, int]]:
    test = _whole_test(reader, query)
    ranges: list[tuple[str, tuple[int, ...]]] = [("1", ())]
    if after is not None:
        ranges = [("c.row = ? AND c.position > ?", after), ("c.row < ?", after[:1])]
    found: list[tuple[int, int]] = []
    for text, parameters in ranges:
        found += reader.connection.execute(
            f"SELECT c.row, c.position FROM content_item AS c WHERE {text} AND {test.text}"  # noqa: S608 - constant text
            " ORDER BY c.row DESC, c.position LIMIT ?",
            (*parameters, *test.parameters, limit - len(found)),
        ).fetchall()
        if len(found) >= limit:
            break
    return found


def _rows(reader: Reader, places: list[tuple[int, int]]) -> tuple[ContentRow, ...]:
    found = {
        (values[0], values[1]): _row(values)
        for values in reader.connection.execute(_ROWS, (json.dumps(places),))
    }
    return tuple(found[place] for place in places)


def _row(values: Row) -> ContentRow:
    return ContentRow(
        position=values[1],
        content_id=ContentId(values[2]),
        report_id=ReportId(values[3]),
        received_at=moment_of(values[4]),
        url=values[5],
        host=values[6],
        domain=values[7],
        is_source=bool(values[8]),
        content_type=values[9],
        classification=values[10],
        age=values[11],
        gender=values[12],
        media_count=values[13],
    )


def _whole_test(reader: Reader, query: Query) -> Sql:
    """What an item must be. A report of it must have what an item of it must have: so an index leads
    to the few, where there are few.
    """
    own = [c for c in query.conditions if _is_own(c)]
    of_reports = [c for c in query.conditions if _is_of_reports(c) or _is_own_leaf(c)]
    mixed = [c for c in query.conditions if not (_is_own(c) or _is_of_reports(c))]
    tests = [_own_test(c) for c in own] + [_mixed_test(reader, c, query) for c in mixed]
    if of_reports or query.since:
        asked = replace(query, conditions=tuple(of_reports))
        tests.append(_of_reports(planned(reader, compiled(reader, asked)[0])))
    return joined(" AND ", tests) if tests else Sql("1")


def _of_reports(plan: Plan) -> Sql:
    if isinstance(plan, Few):
        found = matching_from(plan)
        return Sql(f"c.row IN (SELECT r.row FROM {found.text})", found.parameters)  # noqa: S608 - constant names
    tests = tests_of(plan)
    return Sql(
        "EXISTS (SELECT 1 FROM report AS r WHERE r.row = c.row"  # noqa: S608 - constant names
        f"{''.join(f' AND ({test.text})' for test in tests)})",
        tuple(value for test in tests for value in test.parameters),
    )


def _is_own(condition: Condition) -> bool:
    """It speaks of the item itself, all through."""
    return all(map(_is_own_leaf, leaves(query_of(condition))))


def _is_of_reports(condition: Condition) -> bool:
    return not any(map(_is_own_leaf, leaves(query_of(condition))))


def _is_own_leaf(condition: Condition) -> bool:
    return isinstance(condition, FieldIs | FieldContains) and condition.field in (
        Field.DOMAIN,
        Field.URL,
    )


def _mixed_test(reader: Reader, condition: Condition, query: Query) -> Sql:
    """The test for a group of which some speak of the item and others of its report."""
    match condition:
        case _ if _is_own(condition):
            return _own_test(condition)
        case _ if _is_of_reports(condition):
            asked = replace(query_of(condition), asker=query.asker)
            return _of_reports(planned(reader, compiled(reader, asked)[0]))
        case Not(inner):
            return _not(_mixed_test(reader, inner, query))
        case AllOf(inner) | AnyOf(inner):
            sign = " AND " if isinstance(condition, AllOf) else " OR "
            return joined(sign, [_mixed_test(reader, each, query) for each in inner])
        case leaf:
            return _leaf_test(leaf)


def _own_test(condition: Condition) -> Sql:
    match condition:
        case Not(inner):
            return _not(_own_test(inner))
        case AllOf(inner):
            return joined(" AND ", [_own_test(each) for each in inner])
        case AnyOf(inner):
            return joined(" OR ", [_own_test(each) for each in inner])
        case leaf:
            return _leaf_test(leaf)


def _leaf_test(leaf: Leaf) -> Sql:
    match leaf:
        case FieldIs(_, values):
            named = marks(values)
            return Sql(f"c.domain IN {named} OR c.host IN {named}", values + values)
        case FieldContains(_, text):
            return Sql("instr(lower(c.url), ?)", (folded(text),))
        case _:
            raise ValueError("this speaks of the report")


def _not(test: Sql) -> Sql:
    return Sql(f"NOT ifnull(({test.text}), 0)", test.parameters)
