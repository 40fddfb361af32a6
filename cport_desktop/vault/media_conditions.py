"""Turns a query into SQL about a media item `m`: conditions on itself, and on its reports."""

from __future__ import annotations

from dataclasses import dataclass

from cport_desktop.domain.query import (
    Condition,
    Field,
    FieldIs,
    Has,
    HasThing,
    Is,
    IsState,
    Not,
    Query,
)
from cport_desktop.domain.query_language import PAGE_KIND
from cport_desktop.vault.hit_conditions import is_on_hits, items_of_few, of_item
from cport_desktop.vault.report_plan import Few, Plan, compiled, matching_from, planned, tests_of
from cport_desktop.vault.sieve import Sql
from cport_desktop.vault.transaction import Reader

_COLUMNS = {
    Field.KIND: "m.kind",
    Field.SHA256: "m.announced_sha256",
    Field.SHA1: "m.sha1",
    Field.MD5: "m.md5",
}
_STATES = {
    Is.HELD: Sql(
        "m.media_id IN (SELECT k.media_id FROM held_media AS k CROSS JOIN hold AS h"
        " ON h.hold_id = k.hold_id WHERE h.released_at IS NULL)"
    ),
    Is.DUPLICATE: Sql(
        "(SELECT count(*) FROM media_item AS d WHERE d.announced_sha256 = m.announced_sha256) > 1"
    ),
}
_DIGESTS = (Field.SHA256, Field.SHA1, Field.MD5)


@dataclass(frozen=True, slots=True)
class MediaTests:
    """`sql`: a boolean expression on `m`. `access`: how SQLite is to reach the items."""

    sql: Sql
    access: str


def media_tests(reader: Reader, query: Query) -> MediaTests:
    """What a media item must be, and whether to walk all of them or to look a few up."""
    few = {c: test for c in query.conditions if is_on_hits(c) and (test := items_of_few(reader, c))}
    own = [(c, test) for c in query.conditions if (test := few.get(c) or _own_test(c))]
    of_reports = Query(tuple(c for c in query.conditions if not _own_test(c)))
    tests = [test for _, test in own]
    # A digest leads to its items by its own index; otherwise the order of receipt is walked.
    access = "" if any(_is_digest(c) or c in few for c, _ in own) else "INDEXED BY media_by_receipt"
    if of_reports.conditions:
        plan = planned(reader, compiled(reader, of_reports)[0])
        access = "NOT INDEXED" if isinstance(plan, Few) else access
        tests.append(_of_matching_reports(plan))
    joined = " AND ".join(f"({test.text})" for test in tests) or "1"
    return MediaTests(Sql(joined, tuple(v for test in tests for v in test.parameters)), access)


def _of_matching_reports(plan: Plan) -> Sql:
    if isinstance(plan, Few):
        found = matching_from(plan)
        return Sql(
            "m.media_id IN (SELECT l.media_id FROM report_media AS l WHERE l.row IN"  # noqa: S608 - constant names
            f" (SELECT r.row FROM {found.text}))",
            found.parameters,
        )
    tests = tests_of(plan)
    return Sql(
        "EXISTS (SELECT 1 FROM report_media AS l CROSS JOIN report AS r ON r.row = l.row"  # noqa: S608 - constant names
        f" WHERE l.media_id = m.media_id AND {' AND '.join(test.text for test in tests)})",
        tuple(value for test in tests for value in test.parameters),
    )


def _is_digest(condition: Condition) -> bool:
    return isinstance(condition, FieldIs) and condition.field in _DIGESTS


def _own_test(condition: Condition) -> Sql | None:  # noqa: PLR0911 - one arm for each kind
    """The test for a condition that speaks of the item itself; None for one on its reports."""
    match condition:
        case Not(inner):
            test = _own_test(inner)
            return test and Sql(f"NOT ifnull(({test.text}), 0)", test.parameters)
        case FieldIs(field, values) if field in _COLUMNS:
            return _column_test(_COLUMNS[field], values)
        case HasThing(Has.IMAGE | Has.VIDEO as thing):
            return Sql("m.kind = ?", (thing.value,))
        case HasThing(Has.MEDIA):
            return Sql("1")
        case IsState(Is.HELD | Is.DUPLICATE as state):
            return _STATES[state]
        case _ if is_on_hits(condition):
            return of_item(condition)
        case _:
            return None


def _column_test(column: str, values: tuple[str, ...]) -> Sql:
    kinds = tuple(value for value in values if value != PAGE_KIND)
    return Sql(f"{column} IN ({', '.join('?' * len(kinds))})", kinds)
