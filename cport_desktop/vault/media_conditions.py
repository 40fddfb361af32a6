"""Turns a query into SQL about a media item `m`: conditions on itself, and on its reports.

Conditions on reports that stand together are asked of one report: `host:NL class:baseline` finds items
of a report that is both, `kind:video OR host:NL` videos and items of a report that is hosted there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cport_desktop.domain.query import (
    AllOf,
    AnyOf,
    Condition,
    Field,
    FieldIs,
    Has,
    HasThing,
    Is,
    IsState,
    Leaf,
    Not,
    Query,
    Within,
    leaves,
    query_of,
)
from cport_desktop.domain.query_language import PAGE_KIND
from cport_desktop.vault.hit_conditions import is_on_hits, items_of_few, of_item
from cport_desktop.vault.report_plan import Few, Plan, compiled, matching_from, planned, tests_of
from cport_desktop.vault.sieve import Sql, joined
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
    own = [c for c in query.conditions if _is_own(c)]
    of_reports = [c for c in query.conditions if _is_of_reports(c)]
    mixed = [c for c in query.conditions if c not in own and c not in of_reports]
    tests = [few.get(c) or _own_test(c) for c in own]
    tests += [_mixed_test(reader, c, query) for c in mixed]
    # A digest leads to its items by its own index; otherwise the order of receipt is walked.
    access = "" if any(_is_digest(c) or c in few for c in own) else "INDEXED BY media_by_receipt"
    if of_reports or query.since:
        asked = replace(query, conditions=tuple(of_reports))
        plan = planned(reader, compiled(reader, asked)[0])
        access = "NOT INDEXED" if isinstance(plan, Few) else access
        tests.append(_of_matching_reports(plan))
    together = " AND ".join(f"({test.text})" for test in tests) or "1"
    return MediaTests(Sql(together, tuple(v for test in tests for v in test.parameters)), access)


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


def _is_own(condition: Condition) -> bool:
    """It speaks of the item itself, all through."""
    return all(map(_is_own_leaf, leaves(query_of(condition))))


def _is_of_reports(condition: Condition) -> bool:
    """It speaks of a report of the item, all through: one report must meet all of it."""
    return not any(map(_is_own_leaf, leaves(query_of(condition))))


def _is_own_leaf(leaf: Leaf) -> bool:
    match leaf:
        case FieldIs(field):
            return field in _COLUMNS or field is Field.LIST
        case HasThing(thing):
            return thing in (Has.IMAGE, Has.VIDEO, Has.MEDIA, Has.MATCH)
        case IsState(state):
            return state in _STATES or is_on_hits(leaf)
        case Within():
            return True
        case _:
            return False


def _mixed_test(reader: Reader, condition: Condition, query: Query) -> Sql:
    """The test for a group of which some speak of the item and others of its reports."""
    match condition:
        case Not(inner) if not _is_of_reports(condition):
            return _not(_mixed_test(reader, inner, query))
        case AllOf(inner) | AnyOf(inner) if not _is_of_reports(condition):
            sign = " AND " if isinstance(condition, AllOf) else " OR "
            return joined(sign, [_mixed_test(reader, each, query) for each in inner])
        case _ if _is_own(condition):
            return _own_test(condition)
        case _:
            asked = replace(query_of(condition), asker=query.asker)
            return _of_matching_reports(planned(reader, compiled(reader, asked)[0]))


def _own_test(condition: Condition) -> Sql:  # noqa: PLR0911 - one arm for each kind
    """The test for a condition that speaks of the item itself, all through."""
    match condition:
        case Not(inner):
            return _not(_own_test(inner))
        case AllOf(inner):
            return joined(" AND ", [_own_test(each) for each in inner])
        case AnyOf(inner):
            return joined(" OR ", [_own_test(each) for each in inner])
        case FieldIs(field, values) if field in _COLUMNS:
            return _column_test(_COLUMNS[field], values)
        case HasThing(Has.IMAGE | Has.VIDEO as thing):
            return Sql("m.kind = ?", (thing.value,))
        case HasThing(Has.MEDIA):
            return Sql("1")
        case HasThing(Has.MATCH):
            return joined(" OR ", [of_item(IsState(each)) for each in (Is.KNOWN, Is.HARMLESS)])
        case IsState(state) if state in _STATES:
            return _STATES[state]
        case _:
            return of_item(condition)


def _not(test: Sql) -> Sql:
    return Sql(f"NOT ifnull(({test.text}), 0)", test.parameters)


def _column_test(column: str, values: tuple[str, ...]) -> Sql:
    kinds = tuple(value for value in values if value != PAGE_KIND)
    return Sql(f"{column} IN ({', '.join('?' * len(kinds))})", kinds)
