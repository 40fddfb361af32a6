"""How the rows of one page are found: which index is walked, and what is asked of each report.

The costs behind the choice, measured on 200,000 reports in SQLCipher: streaming the hits of a
word 0.03 µs each; making a set of rows 0.1 µs each; walking an index against such a set 0.1 µs
an entry; looking a report up 0.6 µs where its page is at hand and 10 µs where it must be
deciphered; asking the word index about one given report 27 µs. Hence:

1. Few (an index, or several of them together, say by a bounded count that at most `few_of` can
   pass): these are looked up, tested and sorted.
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
from math import isqrt

from cport_desktop.domain.query import Query
from cport_desktop.domain.rows import Order, ReportSort
from cport_desktop.vault.field_sieves import classification_as_seen
from cport_desktop.vault.report_conditions import Sieves, sieves
from cport_desktop.vault.sieve import Sieve, Sql, within
from cport_desktop.vault.transaction import Reader

VERY_FEW = 300
"""Reports for each of which the word index is asked, rather than for all of its hits."""

_COUNTED = 50_000
"""Entries of one index that are counted, or made a set of, before it is called frequent."""

_TOGETHER = 20_000
"""Entries of the rarest index up to which the others are consulted beside it."""

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
    """The way to go, by counting a bounded number of entries of each index that can say."""
    counted = _counted(reader, wanted)
    many = Many(wanted.words, tuple(sieve.test for sieve in wanted.others))
    if not counted:
        return many
    few = few_of(_size(reader))
    count, best = counted[0]
    if count <= few:
        return _few(wanted, [best], is_very_few=count <= VERY_FEW)
    together = [best, *(sieve for count, sieve in counted[1:] if count <= _COUNTED)]
    if count > _TOGETHER or len(together) == 1:
        return many
    plan = _few(wanted, together, is_very_few=False)
    return plan if _bounded_count(reader, plan.source, few) <= few else many


def few_of(reports: int) -> int:
    """How many of `reports` are few: where looking so many up costs as much as walking an
    index until two hundred of them have been met.
    """
    return max(VERY_FEW, isqrt(4 * reports))


def _counted(reader: Reader, wanted: Sieves) -> list[tuple[int, Sieve]]:
    """The sieves that have a source, each with its bounded count, the rarest first."""
    counted: list[tuple[int, Sieve]] = []
    for sieve in wanted.all:
        if sieve.source is None:
            continue
        count = _bounded_count(reader, sieve.source, _COUNTED)
        counted.append((count, sieve))
        if count <= VERY_FEW:
            break
    return sorted(counted, key=lambda pair: pair[0])


def _few(wanted: Sieves, sources: list[Sieve], *, is_very_few: bool) -> Few:
    """What passes all of `sources`, and the tests that are left."""
    first, *others = [sieve.source for sieve in sources if sieve.source]
    together = first
    for other in others:
        # The plus keeps SQLite from asking the word index about each row of the other set.
        together = Sql(
            f"SELECT x.row FROM ({together.text}) AS x WHERE +x.row IN ({other.text})",  # noqa: S608 - constant names
            together.parameters + other.parameters,
        )
    left = [sieve for sieve in wanted.all if not (sieve.is_exact and sieve in sources)]
    return Few(together, tuple(sieve.probe if is_very_few else sieve.test for sieve in left))


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
        f"SELECT rowid AS row FROM report_words WHERE report_words MATCH {plan.words.text}",  # noqa: S608 - a placeholder
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


def _bounded_count(reader: Reader, source: Sql, bound: int) -> int:
    bounded = Sql(
        f"SELECT count(*) FROM (SELECT 1 FROM ({source.text}) LIMIT ?)",  # noqa: S608 - constant names
        (*source.parameters, bound + 1),
    )
    return _first(reader, bounded)


def _size(reader: Reader) -> int:
    return _first(reader, Sql("SELECT sum(reports) FROM facet_tally WHERE facet = 'status'"))


def _all(reader: Reader, statement: Sql) -> Sequence[tuple[int, ...]]:
    return reader.connection.execute(statement.text, statement.parameters).fetchall()


def _first(reader: Reader, statement: Sql) -> int:
    found = reader.connection.execute(statement.text, statement.parameters).fetchone()
    return int(found[0] or 0) if found else 0
