"""Searching reports: the same answer as reading every report, whatever way is walked."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cport_desktop.domain.assessment import gravest_classification
from cport_desktop.domain.hosts import host_of
from cport_desktop.domain.ids import Actor, HotlineId, OperationId, ReportId
from cport_desktop.domain.operation import GiveAssessment, Operation
from cport_desktop.domain.public_suffixes import NO_LIST
from cport_desktop.domain.query import Query
from cport_desktop.domain.query_language import parse
from cport_desktop.domain.query_printing import text_of
from cport_desktop.domain.report import Report, source_item
from cport_desktop.domain.rows import Facet, Order, ReportRow, ReportSort
from cport_desktop.errors import UnknownReference
from cport_desktop.vault import outbox, replica, reports
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry, reopened
from tests.report_builders import (
    SPRING,
    a_batch,
    a_hotline,
    a_notice,
    a_report,
    an_action,
    an_assessment,
    an_item,
    new,
    the_taxonomy,
    withdrawn,
)

REPORTS = 1500
NOW = datetime(2026, 5, 17, tzinfo=UTC)
TAXONOMY = the_taxonomy()
ORDERS = [Order(sort, is_descending) for sort in ReportSort for is_descending in (True, False)]
Oracle = Callable[[Report], bool]


def asked(text: str) -> Query:
    return parse(text, taxonomy=TAXONOMY, now=NOW)


def some_reports() -> list[Report]:
    """Reports with all kinds of values, missing ones among them, and some frequent words."""
    dice = random.Random(7)
    found = []
    for number in range(1, REPORTS + 1):
        country = dice.choice(("NL", "NL", "NL", "US", "DE", None))
        source = an_item(
            number * 10,
            f"https://w{number % 7}.site-{dice.randrange(9)}.example/Path/{number}%20x.png",
            assessments=tuple(
                an_assessment(code, age=dice.choice((None, 2, 3)), gender=2)
                for code in dice.choice(((), (1,), (2,), (4,), (2, 1), (19,)))
            ),
            actions=tuple(
                an_action(dice.choice((2, 3, 4)), day) for day in range(dice.choice((0, 0, 2)))
            ),
            media=tuple(a_notice(number * 2 + k, bytes([dice.randrange(200)])) for k in range(2)),
        )
        hosting = replace(
            source.hosting,
            country=country,
            provider=dice.choice((None, "Umbra Net", "alpha net", "Beta")),
            ip_address=f"192.0.2.{number % 9}",
            autonomous_system=dice.choice((None, 64496, 64500)),
        )
        second = an_item(number * 10 + 1, f"http://cdn.test/{number}/part", is_source=False)
        contents = (replace(source, hosting=hosting), *((second,) if number % 3 == 0 else ()))
        found.append(
            a_report(
                number,
                hotline=HotlineId(dice.choice((12, 13))),
                received_at=SPRING
                + timedelta(hours=dice.randrange(2000), seconds=dice.randrange(9)),
                memo="half" * (number % 2) + (" tenth garden files" if number % 10 == 0 else ""),
                site_type=dice.choice((None, 2, 20, 77)),
                payment_methods=dice.choice(((), (13,), (6, 13))),
                contents=contents,
            )
        )
    return found


@pytest.fixture(scope="module")
def filled(newborn: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    folder = Path(shutil.copytree(newborn, tmp_path_factory.mktemp("filled") / "vault"))
    hotlines = [a_hotline(), a_hotline(13, "Second Line", "DE")]
    changes = [new(report) for report in some_reports()]
    with reopened(folder) as vault:
        with vault.transaction() as tx:
            replica.apply(tx, a_batch(*changes, withdrawn(8), withdrawn(16), hotlines=hotlines))
        yield vault


@pytest.fixture
def reader(filled: Vault) -> Iterator[Reader]:
    with filled.reader() as reader:
        yield reader


def source_country(report: Report) -> str | None:
    source = source_item(report)
    return source.hosting.country if source else None


def classified(report: Report) -> int:
    return gravest_classification(report.contents)


def provider(report: Report) -> str:
    source = source_item(report)
    return (source.hosting.provider if source else None) or ""


def actions(report: Report) -> set[int]:
    return {action.type for item in report.contents for action in item.actions}


def contents_of_media(report: Report) -> set[str]:
    return {notice.sha256 for item in report.contents for notice in item.media}


def shares_a_file(report: Report) -> bool:
    return any(digest in SHARED for digest in contents_of_media(report))


ALL = some_reports()
_SEEN = Counter(digest for report in ALL for digest in contents_of_media(report))
SHARED = {digest for digest, times in _SEEN.items() if times > 1}
WITHDRAWN = (8, 16)

QUERIES: list[tuple[str, Oracle]] = [
    ("", lambda r: True),
    ("half", lambda r: r.report_id % 2 == 1),
    ("tenth", lambda r: r.report_id % 10 == 0),
    ("gard*", lambda r: r.report_id % 10 == 0),
    ('"garden files"', lambda r: r.report_id % 10 == 0),
    ('"files garden"', lambda r: False),
    ("-half", lambda r: r.report_id % 2 == 0),
    ("half -tenth host:NL", lambda r: r.report_id % 2 == 1 and source_country(r) == "NL"),
    ("HL-77", lambda r: r.report_id == 77),
    ("host:NL", lambda r: source_country(r) == "NL"),
    ("-host:NL", lambda r: source_country(r) != "NL"),
    ("host:NL,US class:1", lambda r: source_country(r) in ("NL", "US") and classified(r) == 1),
    ("host:DE class:baseline", lambda r: source_country(r) == "DE" and classified(r) == 1),
    ("class:undecided", lambda r: classified(r) == 0),
    ("class:19", lambda r: classified(r) == 19),
    ("is:decided", lambda r: classified(r) != 0),
    ("-is:decided", lambda r: classified(r) == 0),
    ("site:website", lambda r: r.site_type == 2),
    ("-site:77", lambda r: r.site_type != 77),
    ("payment:bitcoin", lambda r: 13 in r.payment_methods),
    ("-payment:6", lambda r: 6 not in r.payment_methods),
    ("action:removed", lambda r: 3 in actions(r)),
    ("has:action", lambda r: bool(actions(r))),
    ("-has:action", lambda r: not actions(r)),
    ("url:/path/1", lambda r: f"/path/{r.report_id}".startswith("/path/1")),
    ("url:pA", lambda r: True),
    ("url:cdn.test/12", lambda r: r.report_id % 3 == 0 and str(r.report_id).startswith("12")),
    ("-url:cdn", lambda r: r.report_id % 3 != 0),
    ("domain:cdn.test", lambda r: r.report_id % 3 == 0),
    ("domain:site-4.example", lambda r: "site-4.example" in str(r.contents[0].url)),
    ("ip:192.0.2.3", lambda r: r.report_id % 9 == 3),
    ("asn:AS64500", lambda r: r.contents[0].hosting.autonomous_system == 64500),
    ("provider:NET", lambda r: "net" in provider(r).lower()),
    ("hotline:13", lambda r: r.hotline == 13),
    ("hotline:second", lambda r: r.hotline == 13),
    ("ref:17,REF-18,ref-19", lambda r: r.report_id in (17, 18, 19)),
    ("received:2026-03", lambda r: r.received_at.month == 3),
    ("received:2026-03-05..2026-03-09 host:NL", lambda r: source_country(r) == "NL"
        and datetime(2026, 3, 5, tzinfo=UTC) <= r.received_at < datetime(2026, 3, 10, tzinfo=UTC)),
    ("updated:<2026-03-20", lambda r: r.updated_at < datetime(2026, 3, 20, tzinfo=UTC)),
    ("is:withdrawn", lambda r: r.report_id in WITHDRAWN),
    ("is:new", lambda r: r.report_id not in WITHDRAWN),
    ("status:withdrawn,corrected", lambda r: r.report_id in WITHDRAWN),
    ("is:duplicate", shares_a_file),
    ("-is:duplicate", lambda r: not shares_a_file(r)),
    ("has:media", lambda r: True),
    ("has:image", lambda r: False),
    ("kind:page", lambda r: True),
    ("age:infant", lambda r: codes_of(r)[1] == 2),
    ("-age:infant", lambda r: codes_of(r)[1] != 2),
    ("gender:female half", lambda r: codes_of(r)[2] == 2 and r.report_id % 2 == 1),
    ("commercial:non-commercial assigned:NL", lambda r: True),
]  # fmt: skip


def codes_of(report: Report) -> tuple[int, int | None, int | None]:
    """Classification, age and gender of the content item that decides."""
    decided = [item.assessments[-1] for item in report.contents if item.assessments]
    for assessment in decided:
        if assessment.classification == classified(report):
            return assessment.classification, assessment.age, assessment.gender
    return 0, None, None


def sort_key(report: Report, sort: ReportSort) -> int | str:
    source = source_item(report)
    assert source is not None
    keys: dict[ReportSort, int | str] = {
        ReportSort.RECEIVED: int(report.received_at.timestamp()),
        ReportSort.UPDATED: int(report.updated_at.timestamp()),
        ReportSort.REFERENCE: report.report_id,
        ReportSort.DOMAIN: NO_LIST.registrable(host_of(source.url)),
        ReportSort.HOST: source.hosting.country or "",
        ReportSort.PROVIDER: provider(report).lower(),
        ReportSort.CLASSIFICATION: classified(report),
    }
    return keys[sort]


def all_pages(reader: Reader, query: Query, order: Order, *, limit: int) -> list[ReportRow]:
    rows: list[ReportRow] = []
    after: str | None = None
    while True:
        page = reports.page(reader, query, order, limit=limit, after=after)
        rows += page.rows
        after = page.next_cursor
        if after is None:
            return rows


@pytest.mark.parametrize(("text", "oracle"), QUERIES, ids=[text or "all" for text, _ in QUERIES])
def test_a_query_finds_what_reading_every_report_finds_in_each_order(
    reader: Reader, text: str, oracle: Oracle
) -> None:
    query, expected = asked(text), {r.report_id: r for r in ALL if oracle(r)}

    assert reports.count(reader, query) == len(expected)
    for order in ORDERS:
        numbers = [row.report_id for row in all_pages(reader, query, order, limit=211)]
        assert sorted(numbers) == sorted(expected)
        keys: list[Any] = [sort_key(expected[number], order.sort) for number in numbers]
        assert keys == sorted(keys, reverse=order.is_descending)


ASKED = st.sampled_from([(text, oracle) for text, oracle in QUERIES if text])
TREES = st.recursive(
    ASKED,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: (f"({two[0][0]}) ({two[1][0]})", _both(*two))),
        st.tuples(inner, inner).map(lambda two: (f"({two[0][0]} OR {two[1][0]})", _either(*two))),
        inner.map(lambda one: (f"NOT ({one[0]})", _not(one))),
    ),
    max_leaves=6,
)
Told = tuple[str, Oracle]


def _both(first: Told, second: Told) -> Oracle:
    return lambda report: first[1](report) and second[1](report)


def _either(first: Told, second: Told) -> Oracle:
    return lambda report: first[1](report) or second[1](report)


def _not(told: Told) -> Oracle:
    return lambda report: not told[1](report)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TREES, st.sampled_from(ORDERS))
def test_any_tree_of_conditions_finds_what_a_plain_filter_finds(
    reader: Reader, told: Told, order: Order
) -> None:
    text, oracle = told
    query = asked(text)
    expected = {report.report_id for report in ALL if oracle(report)}

    assert asked(text_of(query, TAXONOMY)) == query
    assert reports.count(reader, query) == len(expected)
    assert {row.report_id for row in all_pages(reader, query, order, limit=500)} == expected
    counted = reports.facets(reader, query, [Facet.STATUS])[Facet.STATUS]
    assert sum(found.count for found in counted) == len(expected)


@pytest.mark.parametrize("text", ["", "half", "tenth", "host:NL class:1", "is:duplicate", "-half"])
def test_facets_count_what_reading_every_report_counts(reader: Reader, text: str) -> None:
    def dutch_baseline(report: Report) -> bool:
        return source_country(report) == "NL" and classified(report) == 1

    oracle = dict(QUERIES).get(text, dutch_baseline)
    matching = [report for report in ALL if oracle(report)]

    found = reports.facets(reader, asked(text), list(Facet))

    def counts(facet: Facet) -> dict[str, int]:
        return {count.value: count.count for count in found[facet]}

    assert counts(Facet.CLASSIFICATION) == Counter(str(classified(r)) for r in matching)
    assert counts(Facet.HOTLINE) == Counter(str(r.hotline) for r in matching)
    assert counts(Facet.SITE_TYPE) == Counter(str(r.site_type) for r in matching if r.site_type)
    assert counts(Facet.HOSTING_COUNTRY) == Counter(
        country for r in matching if (country := source_country(r))
    )
    assert counts(Facet.ASSIGNED_COUNTRY) == Counter(
        source.assigned_country for r in matching if (source := source_item(r))
    )
    providers = Counter(name.lower() for r in matching if (name := provider(r)))
    assert {name.lower(): count for name, count in counts(Facet.PROVIDER).items()} == providers
    assert counts(Facet.RECEIVED) == Counter(f"{r.received_at:%Y-%m}" for r in matching)
    pages = sum(any(item.content_type == 2 for item in r.contents) for r in matching)
    assert counts(Facet.KIND) == ({"page": pages} if pages else {})
    frequencies = [count.count for count in found[Facet.HOTLINE]]
    assert frequencies == sorted(frequencies, reverse=True)


def test_a_page_is_small_and_says_how_long_it_took(reader: Reader) -> None:
    page = reports.page(reader, Query(), Order(), limit=10)

    assert len(page.rows) == 10
    assert page.next_cursor is not None
    assert page.elapsed_ms > 0


@pytest.mark.parametrize("cursor", ["nonsense", "", "e30", "WzFd", "é", "A" * 9000])
def test_a_cursor_that_was_never_given_out_is_refused(reader: Reader, cursor: str) -> None:
    if not cursor:
        return
    with pytest.raises(UnknownReference):
        reports.page(reader, Query(), Order(), limit=10, after=cursor)


def test_a_cursor_of_another_order_is_refused(reader: Reader) -> None:
    cursor = reports.page(reader, Query(), Order(), limit=10).next_cursor
    with pytest.raises(UnknownReference):
        reports.page(reader, Query(), Order(ReportSort.DOMAIN), limit=10, after=cursor)


def test_a_row_says_what_the_document_says(reader: Reader) -> None:
    report = ALL[29]
    dossier = reports.dossier(reader, report.report_id)

    assert dossier.report == report
    assert dossier.row.received_at == report.received_at
    assert dossier.row.url == report.contents[0].url
    assert dossier.row.content_count == len(report.contents)
    assert dossier.row.media_count == 2
    assert dossier.hotline is not None
    assert [item.media_id for item in dossier.media] == [60, 61]
    assert dossier.media_of == ((300, (0, 1)),)


def test_matching_gives_the_newest_first_and_no_more_than_asked_for(reader: Reader) -> None:
    newest = sorted(ALL, key=lambda r: int(r.received_at.timestamp()), reverse=True)

    numbers = reports.matching(reader, Query(), limit=25)

    times = {r.report_id: int(r.received_at.timestamp()) for r in ALL}
    assert [times[n] for n in numbers] == [int(r.received_at.timestamp()) for r in newest[:25]]


def instructions(reader: Reader, act: Callable[[], object]) -> int:
    """How many times a hundred instructions of its virtual machine SQLite needs for `act`."""
    counted = 0

    def tick() -> int:
        nonlocal counted
        counted += 1
        return 0

    connection = reader.connection
    connection.set_progress_handler(tick, 100)
    try:
        act()
    finally:
        connection.set_progress_handler(None, 0)
    return counted


@pytest.mark.parametrize("order", ORDERS, ids=lambda o: f"{'-' * o.is_descending}{o.sort.value}")
@pytest.mark.parametrize("text", ["", "half", "host:NL"])
def test_the_first_page_and_a_late_one_read_only_what_they_show(
    reader: Reader, text: str, order: Order
) -> None:
    query = asked(text)
    pages: list[int] = []
    after: str | None = None
    for _ in range(8):
        page = reports.page(reader, query, order, limit=50, after=after)
        again = partial(reports.page, reader, query, order, limit=50, after=after)
        pages.append(instructions(reader, again))
        after = page.next_cursor

    assert max(pages[1:]) <= 1.5 * pages[0] + 40


@pytest.mark.parametrize("order", ORDERS, ids=lambda o: f"{'-' * o.is_descending}{o.sort.value}")
def test_an_order_is_walked_by_its_index_and_never_sorted(reader: Reader, order: Order) -> None:
    asked_for: list[str] = []
    reader.connection.set_trace_callback(asked_for.append)  # type: ignore[attr-defined]
    page = reports.page(reader, asked("half"), order, limit=50)
    reports.page(reader, asked("half"), order, limit=50, after=page.next_cursor)
    reader.connection.set_trace_callback(None)  # type: ignore[attr-defined]

    # Statements of the full-text index itself are shown as comments.
    walks = [text for text in asked_for if text.startswith("SELECT") and "ORDER BY" in text]
    assert walks
    for text in walks:
        steps = reader.connection.execute(f"EXPLAIN QUERY PLAN {text}").fetchall()
        assert not [step for *_, step in steps if "TEMP B-TREE FOR ORDER BY" in step], steps
        assert not [step for *_, step in steps if step == "SCAN r"], steps


def give(vault: Vault, number: int, classification: int, *, age: int | None = None) -> Operation:
    body = GiveAssessment(ALL[number - 1].contents[0].content_id, classification, age)
    operation = Operation(
        OperationId(f"00000000-0000-4000-8000-{number:012}"),
        ReportId(number),
        Actor("Ada Example"),
        NOW,
        body,
    )
    with vault.transaction() as tx:
        outbox.queue(tx, operation)
        tx.record(an_entry("assess"))
    return operation


def test_own_unsettled_assessments_are_laid_over_rows_filters_facets_and_orders(
    tmp_path: Path, newborn: Path
) -> None:
    folder = Path(shutil.copytree(newborn, tmp_path / "overlaid"))
    seen = {report.report_id: classified(report) for report in ALL}
    undecided = [report.report_id for report in ALL if classified(report) == 0][:40]
    with reopened(folder) as vault:
        with vault.transaction() as tx:
            replica.apply(tx, a_batch(*(new(report) for report in ALL)))
        for place, number in enumerate(undecided):
            seen[number] = (1, 2, 4)[place % 3]
            give(vault, number, seen[number], age=3)
        with vault.reader() as reader:
            for code in ("1", "2", "4", "0"):
                query = asked(f"class:{code}")
                found = set(reports.matching(reader, query, limit=REPORTS))
                assert found == {n for n, c in seen.items() if str(c) == code}
                assert reports.count(reader, query) == len(found)
            for order in (Order(ReportSort.CLASSIFICATION, d) for d in (True, False)):
                for text in ("", "half", "tenth"):
                    rows = all_pages(reader, asked(text), order, limit=170)
                    codes = [row.classification for row in rows]
                    assert codes == sorted(codes, reverse=order.is_descending)
                    assert {row.report_id for row in rows} == {
                        r.report_id for r in ALL if dict(QUERIES)[text](r)
                    }
                    assert all(row.classification == seen[row.report_id] for row in rows)
            facet = reports.facets(reader, Query(), [Facet.CLASSIFICATION])
            assert {c.value: c.count for c in facet[Facet.CLASSIFICATION]} == Counter(
                str(code) for code in seen.values()
            )
            row = reports.dossier(reader, ReportId(undecided[0])).row
            assert (row.is_overlaid, row.classification, row.age) == (True, seen[undecided[0]], 3)
            assert reports.count(reader, asked("is:undecided")) == list(seen.values()).count(0)
            assert set(undecided) <= set(reports.matching(reader, asked("age:3"), limit=REPORTS))
