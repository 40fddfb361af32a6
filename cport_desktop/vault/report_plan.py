"""Which way to the reports of a query: decided by counting, before any report is read.

The costs behind the choice, measured on 200,000 reports in SQLCipher: streaming the hits of a
word 0.03 µs each; making a set of rows 0.1 µs each; walking an index against such a set 0.1 µs
an entry; looking a report up 0.6 µs where its page is at hand and 10 µs where it must be
deciphered; asking the word index about one given report 27 µs.

So: where some index, or several of them together, say by a bounded count that few can pass,
these few are looked up (`Few`). Otherwise something is walked until a page is full (`Many`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isqrt

from cport_desktop.domain.query import Query
from cport_desktop.vault.report_conditions import Sieves, sieves
from cport_desktop.vault.sieve import Sieve, Sql, both, within
from cport_desktop.vault.transaction import Reader

VERY_FEW = 300
"""Reports for each of which the word index is asked, rather than for all of its hits."""

_COUNTED = 150_000
"""Entries of one index that are counted, or made a set of, before it is called frequent."""

_RARE = 20
"""One report in so many: a walk would look up thousands before its page is full."""

_TOGETHER = 60_000
"""Entries of the rarest index up to which the others are consulted beside it."""

# SQLite knows no statistics here (they would leak into every plan), so it is told the way.
BY_ROW = Sql("report AS r NOT INDEXED")
WORD_HITS = Sql("report_words CROSS JOIN report AS r ON r.row = report_words.rowid")


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


def compiled(reader: Reader, query: Query) -> tuple[Sieves, bool]:
    """The SQL of `query`, and whether any report is overlaid now."""
    has_overlay = _first(reader, Sql("SELECT EXISTS (SELECT 1 FROM report_overlay)")) == 1
    return sieves(query, has_overlay=has_overlay), has_overlay


def planned(reader: Reader, wanted: Sieves, *, reads_all: bool = False) -> Plan:
    """The way to go, by reading or counting a bounded number of entries of each index that can say.

    `reads_all`: every report that passes will be read, so there is no page to be filled early.
    """
    gathered = few(reader, wanted)
    if gathered is not None:
        return gathered
    counted = _counted(reader, wanted)
    if not counted:
        return Many(wanted.words, tuple(sieve.test for sieve in wanted.others))
    size = _size(reader)
    most = size // _RARE if reads_all else few_of(size)
    rare = [sieve for count, sieve in counted if count <= min(_COUNTED, size // _RARE)]
    many = Many(wanted.words, tuple(_walked_past(sieve, rare) for sieve in wanted.others))
    count, best = counted[0]
    together = [best, *(sieve for count, sieve in counted[1:] if count <= _COUNTED)]
    if count > max(_TOGETHER, most) or (len(together) == 1 and count > most):
        return many
    plan = _few(wanted, together)
    return plan if _bounded_count(reader, plan.source, most) <= most else many


def few(reader: Reader, wanted: Sieves) -> Few | None:
    """The few reports that can pass, where some index says at once that they are few: in one go, so
    that an index which looks long for them (a phrase of two frequent words) is asked once.
    """
    most = few_of(_size(reader))
    for sieve in wanted.all:
        if sieve.source is None:
            continue
        found = reader.connection.execute(
            "SELECT count(*), json_group_array(row) FROM"  # noqa: S608 - made of sieves
            f" (SELECT row FROM ({sieve.source.text}) LIMIT ?)",
            (*sieve.source.parameters, most + 1),
        ).fetchone()
        if found is not None and found[0] <= most:
            rows = Sql("SELECT value AS row FROM json_each(?)", (found[1],))
            left = [each for each in wanted.all if each is not sieve or not sieve.is_exact]
            is_very_few = found[0] <= VERY_FEW
            return Few(rows, tuple(one.probe if is_very_few else one.test for one in left))
    return None


def few_of(reports: int) -> int:
    """How many of `reports` are few: where looking so many up costs as much as walking an
    index until two hundred of them have been met.
    """
    return max(VERY_FEW, isqrt(4 * reports))


def matching_from(plan: Plan) -> Sql:
    """FROM and WHERE of all reports that pass, in no order."""
    if isinstance(plan, Few):
        return where(BY_ROW, (within(plan.source), *plan.tests))
    if plan.words is not None:
        return where(WORD_HITS, (match_words(plan.words), *plan.tests))
    return where(BY_ROW, plan.tests)


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


def match_words(words: Sql) -> Sql:
    """The words are in the report: for `WORD_HITS` alone."""
    return Sql(f"report_words MATCH {words.text}", words.parameters)


def where(table: Sql, tests: Iterable[Sql]) -> Sql:
    """`table` and all of `tests`, as what follows FROM."""
    conditions = list(tests)
    text = " AND ".join(f"({test.text})" for test in conditions) or "1"
    return Sql(
        f"{table.text} WHERE {text}",
        table.parameters + tuple(value for test in conditions for value in test.parameters),
    )


def _walked_past(sieve: Sieve, rare: list[Sieve]) -> Sql:
    """The test of a walk: of a rare thing a set of rows, so that no report is looked up in vain."""
    if sieve.source is None or sieve not in rare:
        return sieve.test
    within_set = Sql(f"+r.row IN ({sieve.source.text})", sieve.source.parameters)
    return within_set if sieve.is_exact else both(within_set, sieve.test)


def _counted(reader: Reader, wanted: Sieves) -> list[tuple[int, Sieve]]:
    """The sieves that have a source, each with its bounded count, the rarest first."""
    counted: list[tuple[int, Sieve]] = []
    for sieve in wanted.all:
        if sieve.source is None:
            continue
        count = _bounded_count(reader, sieve.source, _COUNTED)
        counted.append((count, sieve))
    return sorted(counted, key=lambda pair: pair[0])


def _few(wanted: Sieves, sources: list[Sieve]) -> Few:
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
    return Few(together, tuple(sieve.test for sieve in left))


def _bounded_count(reader: Reader, source: Sql, bound: int) -> int:
    bounded = Sql(
        f"SELECT count(*) FROM (SELECT 1 FROM ({source.text}) LIMIT ?)",  # noqa: S608 - constant names
        (*source.parameters, bound + 1),
    )
    return _first(reader, bounded)


def _size(reader: Reader) -> int:
    return _first(reader, Sql("SELECT sum(reports) FROM facet_tally WHERE facet = 'status'"))


def _first(reader: Reader, statement: Sql) -> int:
    found = reader.connection.execute(statement.text, statement.parameters).fetchone()
    return int(found[0] or 0) if found else 0
