"""How the rows of one page are found, once it is planned which way to go.

1. Few: these are looked up, tested and sorted.
2. Many, in the order of receipt: the hits of the words, or the table itself, are streamed in
   that order, which is the order they lie in, and each is tested until the page is full.
3. Many, in another order: the index of that order is walked and each report tested, words
   through a set, until the page is full.

There is no OFFSET: a page begins behind the sort key and row of the last one, and the reports
that share its key are a range of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cport_desktop.domain.query import Query
from cport_desktop.domain.rows import Order, ReportSort
from cport_desktop.vault.field_sieves import classification_as_seen
from cport_desktop.vault.report_plan import (
    BY_ROW,
    WORD_HITS,
    Few,
    Many,
    Plan,
    compiled,
    match_words,
    planned,
    tests_of,
    where,
)
from cport_desktop.vault.sieve import Sql, within
from cport_desktop.vault.transaction import Reader

Key = tuple[int | str, int]
"""Sort key and row."""


@dataclass(frozen=True, slots=True)
class Column:
    """A sort column of `report` and the index whose order it is."""

    expression: str
    index: str


COLUMNS = {
    ReportSort.UPDATED: Column("r.updated_at", "report_by_update"),
    ReportSort.REFERENCE: Column("r.report_id", "report_by_id"),
    ReportSort.DOMAIN: Column("r.domain", "report_by_domain"),
    ReportSort.HOST: Column("r.hosting_country", "report_by_hosting"),
    ReportSort.PROVIDER: Column("r.provider", "report_by_provider"),
    ReportSort.CLASSIFICATION: Column("r.classification", "report_by_class"),
}


def keys(
    reader: Reader,
    query: Query,
    order: Order,
    *,
    after: Key | None,
    limit: int,
    plan: Plan | None = None,
) -> list[Key]:
    """Sort keys and rows of the first `limit` reports behind `after`, in order. `plan`: of this query,
    where it was made before.
    """
    wanted, has_overlay = compiled(reader, query)
    plan = plan or planned(reader, wanted)
    if order.sort is ReportSort.RECEIVED:
        return _in_order_of_receipt(reader, plan, order, after=after, limit=limit)
    if isinstance(plan, Few):
        key = _sort_expression(order, has_overlay=has_overlay)
        return _gathered(reader, plan, key, order, after=after, limit=limit)
    if order.sort is ReportSort.CLASSIFICATION and has_overlay:
        return _by_class_as_seen(reader, plan, order, after=after, limit=limit)
    column = COLUMNS[order.sort]
    walked = Sql(f"report AS r INDEXED BY {column.index}")
    tests = tests_of(plan)
    return _ranges(reader, walked, tests, column.expression, order, after=after, limit=limit)


def _in_order_of_receipt(
    reader: Reader, plan: Plan, order: Order, *, after: Key | None, limit: int
) -> list[Key]:
    sign, direction = ("<", "DESC") if order.is_descending else (">", "ASC")
    table, place, tests = BY_ROW, "r.row", plan.tests
    if isinstance(plan, Few):
        tests = (within(plan.source), *plan.tests)
    elif plan.words is not None:
        table, place = WORD_HITS, "report_words.rowid"
        tests = (match_words(plan.words), *plan.tests)
    if after is not None:
        tests = (*tests, Sql(f"{place} {sign} ?", (after[1],)))
    found = where(table, tests)
    statement = Sql(
        f"SELECT r.row FROM {found.text} ORDER BY {place} {direction} LIMIT ?",  # noqa: S608 - constant names
        (*found.parameters, limit),
    )
    return [(row, row) for (row,) in _all(reader, statement)]


def _gathered(
    reader: Reader, plan: Few, key: str, order: Order, *, after: Key | None, limit: int
) -> list[Key]:
    tests: tuple[Sql, ...] = (within(plan.source), *plan.tests)
    sign, direction = ("<", "DESC") if order.is_descending else (">", "ASC")
    if after is not None:
        behind = f"({key} {sign} ? OR ({key} = ? AND r.row {sign} ?))"
        tests = (*tests, Sql(behind, (after[0], after[0], after[1])))
    found = where(BY_ROW, tests)
    statement = Sql(
        f"SELECT {key}, r.row FROM {found.text}"  # noqa: S608 - constant names
        f" ORDER BY {key} {direction}, r.row {direction} LIMIT ?",
        (*found.parameters, limit),
    )
    return [(value, row) for value, row in _all(reader, statement)]


def _ranges(
    reader: Reader,
    walked: Sql,
    tests: tuple[Sql, ...],
    key: str,
    order: Order,
    *,
    after: Key | None,
    limit: int,
) -> list[Key]:
    """First the rest of the reports that share the last key, then those behind it."""
    sign, direction = ("<", "DESC") if order.is_descending else (">", "ASC")
    ranges: list[Sql] = [Sql("1")]
    if after is not None:
        rest = Sql(f"{key} = ? AND r.row {sign} ?", after)
        ranges = [rest, Sql(f"{key} {sign} ?", (after[0],))]
    found: list[Key] = []
    for part in ranges:
        source = where(walked, (part, *tests))
        statement = Sql(
            f"SELECT {key}, r.row FROM {source.text}"  # noqa: S608 - constant names
            f" ORDER BY {key} {direction}, r.row {direction} LIMIT ?",
            (*source.parameters, limit - len(found)),
        )
        found += [(value, row) for value, row in _all(reader, statement)]
        if len(found) >= limit:
            break
    return found


def _by_class_as_seen(
    reader: Reader, plan: Many, order: Order, *, after: Key | None, limit: int
) -> list[Key]:
    """The index knows the portal's classes only: overlaid reports are merged in."""
    column = COLUMNS[ReportSort.CLASSIFICATION]
    overlaid = Sql("SELECT row FROM report_overlay")
    tests = tests_of(plan)
    theirs = _ranges(
        reader,
        Sql(f"report AS r INDEXED BY {column.index}"),
        (Sql(f"r.row NOT IN ({overlaid.text})"), *tests),
        column.expression,
        order,
        after=after,
        limit=limit,
    )
    seen = classification_as_seen(has_overlay=True)
    ours = _gathered(reader, Few(overlaid, tests), seen, order, after=after, limit=limit)
    return sorted(theirs + ours, reverse=order.is_descending)[:limit]


def _sort_expression(order: Order, *, has_overlay: bool) -> str:
    if order.sort is ReportSort.CLASSIFICATION:
        return classification_as_seen(has_overlay=has_overlay)
    return COLUMNS[order.sort].expression


def _all(reader: Reader, statement: Sql) -> Sequence[tuple[int, ...]]:
    return reader.connection.execute(statement.text, statement.parameters).fetchall()
