"""How the rows of one page are found: which index is walked, and what is asked of each report.

The costs behind the choice, measured on 200,000 reports in SQLCipher: streaming the hits of a
word 0.03 µs each; making a set of them 0.1 µs each; walking an index against such a set 0.1 µs
an entry; looking a report up and sorting it 0.6 µs; asking the word index about one given
report 27 µs. Hence:

1. Few (at most `FEW` reports can pass, by a bounded count in some index): these are looked up,
   tested and sorted.
2. Many, in the order of receipt: the hits of the words, or the table itself, are streamed in
   that order, which is the order they lie in, and each is tested until the page is full.
3. Many, in another order: the index of that order is walked and each report tested, words
   through a set, until the page is full.

There is no OFFSET: a page begins behind the sort key and row of the last one, and the reports
that share its key are a range of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cport_desktop.domain.query import Query
from cport_desktop.domain.rows import Order, ReportSort
from cport_desktop.vault.field_sieves import classification_as_seen
from cport_desktop.vault.report_conditions import Sieves, sieves
from cport_desktop.vault.sieve import Sql, within
from cport_desktop.vault.transaction import Reader

FEW = 10_000
"""Reports that are looked up and sorted rather than walked past: about 10 ms of work."""

VERY_FEW = 300
"""Reports for each of which the word index is asked, rather than for all of its hits."""

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


@dataclass(frozen=True, slots=True)
class Few:
    """All reports that can pass are in `source`; `tests` are still to be asked."""

    source: Sql
    tests: tuple[Sql, ...]


@dataclass(frozen=True, slots=True)
class Many:
    """Too many to be gathered."""

    words: Sql | None
    tests: tuple[Sql, ...]


Plan = Few | Many

# SQLite knows no statistics here (they would leak into every plan), so it is told the way.
_BY_ROW = Sql("report AS r NOT INDEXED")
_WORD_HITS = Sql("report_words CROSS JOIN report AS r ON r.row = report_words.rowid")


def compiled(reader: Reader, query: Query) -> tuple[Sieves, bool]:
    """The SQL of `query`, and whether any report is overlaid now."""
    has_overlay = _first(reader, Sql("SELECT EXISTS (SELECT 1 FROM report_overlay)")) == 1
    return sieves(query, has_overlay=has_overlay), has_overlay


def planned(reader: Reader, wanted: Sieves) -> Plan:
    """The way to go, by counting at most `FEW` entries of each index that can say."""
    counted = [
        (_bounded_count(reader, sieve.source), number, sieve)
        for number, sieve in enumerate(wanted.all)
        if sieve.source is not None
    ]
    count, number, best = min(counted, default=(FEW + 1, -1, None))[:3]
    if best is None or best.source is None or count > FEW:
        return Many(wanted.words, tuple(sieve.test for sieve in wanted.others))
    others = [sieve for place, sieve in enumerate(wanted.all) if place != number]
    tests = [sieve.probe if count <= VERY_FEW else sieve.test for sieve in others]
    return Few(best.source, tuple(tests if best.is_exact else [best.test, *tests]))


def keys(reader: Reader, query: Query, order: Order, *, after: Key | None, limit: int) -> list[Key]:
    """Sort keys and rows of the first `limit` reports behind `after`, in order."""
    wanted, has_overlay = compiled(reader, query)
    plan = planned(reader, wanted)
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


def matching_from(plan: Plan) -> Sql:
    """FROM and WHERE of all reports that pass, in no order."""
    if isinstance(plan, Few):
        return _where(_BY_ROW, (within(plan.source), *plan.tests))
    if plan.words is not None:
        return _where(_WORD_HITS, (_match(plan.words), *plan.tests))
    return _where(_BY_ROW, plan.tests)


def _in_order_of_receipt(
    reader: Reader, plan: Plan, order: Order, *, after: Key | None, limit: int
) -> list[Key]:
    sign, direction = ("<", "DESC") if order.is_descending else (">", "ASC")
    table, place, tests = _BY_ROW, "r.row", plan.tests
    if isinstance(plan, Few):
        tests = (within(plan.source), *plan.tests)
    elif plan.words is not None:
        table, place = _WORD_HITS, "report_words.rowid"
        tests = (_match(plan.words), *plan.tests)
    if after is not None:
        tests = (*tests, Sql(f"{place} {sign} ?", (after[1],)))
    found = _where(table, tests)
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
    found = _where(_BY_ROW, tests)
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
        source = _where(walked, (part, *tests))
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


def tests_of(plan: Many) -> tuple[Sql, ...]:
    """Everything that a report must pass, words through a set of their hits."""
    if plan.words is None:
        return plan.tests
    source = Sql(
        f"SELECT rowid FROM report_words WHERE report_words MATCH {plan.words.text}",  # noqa: S608 - a placeholder
        plan.words.parameters,
    )
    # The plus keeps SQLite from looking each hit up instead of walking the index.
    return (Sql(f"+r.row IN ({source.text})", source.parameters), *plan.tests)


def _sort_expression(order: Order, *, has_overlay: bool) -> str:
    if order.sort is ReportSort.CLASSIFICATION:
        return classification_as_seen(has_overlay=has_overlay)
    return COLUMNS[order.sort].expression


def _match(words: Sql) -> Sql:
    return Sql(f"report_words MATCH {words.text}", words.parameters)


def _where(table: Sql, tests: Iterable[Sql]) -> Sql:
    """`table` and all of `tests`, as what follows FROM."""
    conditions = list(tests)
    text = " AND ".join(f"({test.text})" for test in conditions) or "1"
    return Sql(
        f"{table.text} WHERE {text}",
        table.parameters + tuple(value for test in conditions for value in test.parameters),
    )


def _bounded_count(reader: Reader, source: Sql) -> int:
    bounded = Sql(
        f"SELECT count(*) FROM (SELECT 1 FROM ({source.text}) LIMIT ?)",  # noqa: S608 - constant names
        (*source.parameters, FEW + 1),
    )
    return _first(reader, bounded)


def _all(reader: Reader, statement: Sql) -> Sequence[tuple[int, ...]]:
    return reader.connection.execute(statement.text, statement.parameters).fetchall()


def _first(reader: Reader, statement: Sql) -> int:
    found = reader.connection.execute(statement.text, statement.parameters).fetchone()
    return int(found[0]) if found else 0
