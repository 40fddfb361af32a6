"""Columns in memory answer as the tables do, whatever was asked and whatever came meanwhile."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cport_desktop.domain.ids import Actor, HotlineId, OperationId, ReportId
from cport_desktop.domain.operation import GiveAssessment, Operation
from cport_desktop.domain.query import Query
from cport_desktop.domain.query_language import parse
from cport_desktop.domain.report import Report
from cport_desktop.domain.rows import Facet, Order, ReportSort
from cport_desktop.errors import Cancelled
from cport_desktop.usecases import search_reports
from cport_desktop.usecases.report_arrays import Questions, ReportColumns
from cport_desktop.vault import arrivals, outbox, replica, reports
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry, make_vault, reopened
from tests.report_builders import (
    SPRING,
    a_batch,
    a_hotline,
    a_notice,
    a_report,
    an_action,
    an_assessment,
    an_item,
    corrected,
    new,
    the_taxonomy,
    withdrawn,
)
from tests.vault.erasing import erase, receive, with_media

NOW = datetime(2026, 5, 17, tzinfo=UTC)
TAXONOMY = the_taxonomy()
ORDERS = [Order(sort, is_descending) for sort in ReportSort for is_descending in (True, False)]
TERMS = [
    "half",
    "tenth",
    '"garden files"',
    "gard*",
    "-half",
    "host:NL",
    "host:NL,US class:1",
    "class:undecided",
    "is:decided",
    "site:website",
    "-site:77",
    "payment:bitcoin",
    "action:removed",
    "has:action",
    "has:media",
    "url:cdn.test/12",
    "domain:cdn.test",
    "ip:192.0.2.3",
    "asn:AS64500",
    "provider:NET",
    'provider:"=umbra NET",=beta',
    "hotline:13",
    "hotline:second",
    "hotline:99999999999999999999,13",
    "assigned:NL",
    "received:2026-03",
    "updated:<2026-03-20",
    "assigned-on:>=2026-03-02",
    "assigned-on:<2026-03-02",
    "is:withdrawn",
    "is:new",
    "status:withdrawn,corrected",
    "is:duplicate",
    "age:infant",
    "gender:female",
    "commercial:non-commercial",
    "kind:page",
    "kind:image,audio",
    "has:video",
]


def some_report(number: int, dice: random.Random) -> Report:
    source = an_item(
        number * 10,
        f"https://w{number % 7}.site-{dice.randrange(9)}.example/Path/{number}.png",
        assigned_at=dice.choice((None, SPRING, SPRING + timedelta(days=3))),
        assessments=tuple(
            an_assessment(code, age=dice.choice((None, 2, 3)), gender=2)
            for code in dice.choice(((), (1,), (2,), (4,), (2, 1), (19,)))
        ),
        actions=tuple(an_action(3, day) for day in range(dice.choice((0, 0, 2)))),
        media=tuple(a_notice(number * 2 + k, bytes([dice.randrange(200)])) for k in range(2)),
    )
    hosting = replace(
        source.hosting,
        country=dice.choice(("NL", "NL", "NL", "US", "DE", None)),
        provider=dice.choice((None, "Umbra Net", "umbra net", "alpha net", "Beta")),
        ip_address=f"192.0.2.{number % 9}",
        autonomous_system=dice.choice((None, 64496, 64500)),
    )
    second = an_item(number * 10 + 1, f"http://cdn.test/{number}/part", is_source=False)
    return a_report(
        number,
        hotline=HotlineId(dice.choice((12, 13))),
        received_at=SPRING + timedelta(hours=dice.randrange(2000), seconds=dice.randrange(9)),
        memo="half" * (number % 2) + (" tenth garden files" if number % 10 == 0 else ""),
        site_type=dice.choice((None, 2, 20, 77)),
        payment_methods=dice.choice(((), (13,), (6, 13))),
        contents=(replace(source, hosting=hosting), *((second,) if number % 3 == 0 else ())),
    )


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    folder = make_vault(tmp_path_factory.mktemp("columns") / "vault")
    dice = random.Random(5)
    changes = [new(some_report(number, dice)) for number in range(1, 601)]
    hotlines = [a_hotline(), a_hotline(13, "Second Line", "DE")]
    with reopened(folder) as opened:
        with opened.transaction() as tx:
            replica.apply(tx, a_batch(*changes, withdrawn(8), withdrawn(16), hotlines=hotlines))
        yield opened


@pytest.fixture(scope="module")
def columns(vault: Vault) -> ReportColumns:
    loaded = ReportColumns(vault)
    loaded.load()
    return loaded


def asked(text: str) -> Query:
    return parse(text, taxonomy=TAXONOMY, now=NOW)


TEXTS = st.recursive(
    st.sampled_from(TERMS),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: f"({two[0]}) ({two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} OR {two[1]})"),
        inner.map(lambda one: f"NOT ({one})"),
    ),
    max_leaves=5,
)


def must_agree(
    vault: Vault, columns: ReportColumns, text: str, order: Order, *, limit: int = 97
) -> None:
    """Every page, the count and the facets, from memory and from the tables."""
    query = asked(text)
    with vault.reader() as reader:
        after, pages = None, 0
        while True:
            told = columns.page(reader, query, order, limit=limit, after=after)
            read = reports.page(reader, query, order, limit=limit, after=after)
            assert told is not None
            assert told.rows == read.rows
            pages += 1
            # Either may go on from where the other stopped.
            after = (told if pages % 2 else read).next_cursor
            assert (told.next_cursor is None) == (read.next_cursor is None)
            if after is None:
                break
        assert columns.count(reader, query) == reports.count(reader, query)
        assert columns.facets(reader, query, list(Facet)) == reports.facets(
            reader, query, list(Facet)
        )


@pytest.mark.parametrize("text", TERMS)
def test_each_condition_finds_the_same(vault: Vault, columns: ReportColumns, text: str) -> None:
    must_agree(vault, columns, text, Order())


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_each_order_is_the_same_to_the_last_page(
    vault: Vault, columns: ReportColumns, order: Order
) -> None:
    must_agree(vault, columns, "half OR host:NL", order)


@pytest.mark.parametrize("is_descending", [True, False])
@pytest.mark.parametrize("text", ["half host:US", "half -class:1 tenth OR half age:infant"])
def test_hits_are_read_piece_by_piece_until_a_page_is_full(
    vault: Vault, columns: ReportColumns, text: str, is_descending: bool
) -> None:
    must_agree(vault, columns, text, Order(is_descending=is_descending), limit=3)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, st.sampled_from(ORDERS))
def test_any_tree_finds_the_same(
    vault: Vault, columns: ReportColumns, text: str, order: Order
) -> None:
    must_agree(vault, columns, text, order)


def assessed(vault: Vault, number: int, code: int) -> None:
    """An assessment of the analyst that no portal has settled."""
    with vault.reader() as reader:
        item = reports.dossier(reader, ReportId(number)).report.contents[0]
    operation = Operation(
        OperationId(f"00000000-0000-4000-8000-{number:012}"),
        ReportId(number),
        Actor("Ada"),
        NOW,
        GiveAssessment(item.content_id, code),
    )
    with vault.transaction() as tx:
        outbox.queue(tx, operation)
        tx.record(an_entry("assess"))


def test_a_facet_counts_what_choosing_its_value_finds(vault: Vault, columns: ReportColumns) -> None:
    chosen = {Facet.PROVIDER: 'provider:"={}"'}
    with vault.reader() as reader:
        for facet, counts in reports.facets(reader, asked("half"), list(Facet)).items():
            assert counts
            for one in counts:
                text = chosen.get(facet, f"{facet.value}:{{}}").format(one.value)
                assert columns.count(reader, asked(f"half {text}")) == one.count
        providers = reports.facets(reader, asked("half"), [Facet.PROVIDER])[Facet.PROVIDER]
    # Two spellings are one provider, named as it was first heard of.
    assert {one.value.lower() for one in providers} == {"umbra net", "alpha net", "beta"}
    assert len(providers) == 3


def test_the_kinds_of_files_that_come_later_are_followed(tmp_path: Path) -> None:
    folder = make_vault(tmp_path / "vault")
    first, second, third = (with_media(1, 1, 2), with_media(2, 3), with_media(3, 1, memo="half"))
    reported = [
        replace(report, contents=(replace(report.contents[0], content_type=code),))
        for report, code in ((first, 1), (second, 2), (third, 1))
    ]
    with reopened(folder) as vault:
        columns = ReportColumns(vault)
        columns.load()

        def kinds(text: str = "is:decided OR is:undecided") -> dict[str, int]:
            """Counted in memory, in the tables and, of the whole vault, beforehand."""
            with vault.reader() as reader:
                told = columns.facets(reader, asked(text), [Facet.KIND])
                assert told == reports.facets(reader, asked(text), [Facet.KIND])
                if "OR" in text:
                    assert told == reports.facets(reader, Query(), [Facet.KIND])
                for kind in ("image", "video", "audio", "other", "page"):
                    query = asked(f"kind:{kind}")
                    assert columns.count(reader, query) == reports.count(reader, query)
            assert told is not None
            return {one.value: one.count for one in told[Facet.KIND]}

        assert kinds() == {}
        with vault.transaction() as tx:
            replica.apply(tx, a_batch(*map(new, reported)))
        assert kinds() == {"page": 1}
        receive(vault, 1)
        assert kinds() == {"image": 2, "page": 1}
        assert kinds("-half kind:image,page") == {"image": 1, "page": 1}
        receive(vault, 2)
        assert kinds() == {"image": 2, "page": 1}
        # It is recognised as something else by a later version.
        with vault.transaction() as tx:
            tx.connection.execute("UPDATE media_item SET kind = 'video' WHERE media_id = 1")
            tx.record(an_entry("examine"))
        assert kinds() == {"image": 1, "page": 1, "video": 2}
        # A correction keeps the files that are here.
        again = replace(reported[2], revision=2, site_type=2)
        with vault.transaction() as tx:
            replica.apply(tx, a_batch(corrected(again), following="c2"))
        assert kinds() == {"image": 1, "page": 1, "video": 2}
        erase(vault, 1)
        assert kinds() == {"page": 1, "video": 1}


def test_what_comes_changes_and_goes_is_followed(tmp_path: Path) -> None:
    folder, dice = make_vault(tmp_path / "vault"), random.Random(3)
    first = [some_report(number, dice) for number in range(1, 41)]
    with reopened(folder) as vault:
        columns = ReportColumns(vault)
        with vault.reader() as reader:
            assert columns.page(reader, asked("half"), Order(), limit=9, after=None) is None
        columns.load()

        def agree() -> None:
            for text in ("half", "-half", "class:1 OR is:withdrawn", "is:undecided", "provider:ne"):
                for sort in (ReportSort.RECEIVED, ReportSort.PROVIDER, ReportSort.CLASSIFICATION):
                    must_agree(vault, columns, text, Order(sort))
            with vault.reader() as reader:  # Of the whole vault they are counted beforehand.
                whole = reports.facets(reader, Query(), list(Facet))
                every = asked("is:decided OR is:undecided")
                assert whole == reports.facets(reader, every, list(Facet))

        agree()
        with vault.transaction() as tx:
            replica.apply(tx, a_batch(*map(new, first)))
        agree()
        assessed(vault, 7, 1)
        agree()
        moved = replace(
            first[2], revision=2, received_at=SPRING - timedelta(days=9), site_type=300_000
        )
        later = [some_report(number, dice) for number in range(41, 61)]
        with vault.transaction() as tx:
            replica.apply(
                tx, a_batch(corrected(moved), withdrawn(5), *map(new, later), following="c2")
            )
        agree()
        must_agree(vault, columns, "site:300000", Order())
        # A withdrawal may come before the report that it takes back, by another road.
        with vault.transaction() as tx:
            replica.apply(tx, a_batch(withdrawn(61), following="c3"))
        agree()
        with vault.transaction() as tx:
            replica.apply(tx, a_batch(new(some_report(61, dice)), following="c4"))
        agree()
        erase(vault, 3, 11, 41)
        agree()
        with vault.reader() as reader:
            assert columns.count(reader, Query()) == 58


def test_a_search_by_use_case_is_the_same_with_columns_and_without(
    vault: Vault, columns: ReportColumns
) -> None:
    def found(kept: ReportColumns | None) -> tuple[object, ...]:
        text = "half class:1"
        page = search_reports.search_reports(
            vault,
            text,
            Order(),
            limit=50,
            after=None,
            taxonomy=TAXONOMY,
            now=NOW,
            columns=kept,
        )
        count = search_reports.count_reports(vault, text, taxonomy=TAXONOMY, now=NOW, columns=kept)
        facets = search_reports.facets_of_reports(
            vault, text, list(Facet), taxonomy=TAXONOMY, now=NOW, columns=kept
        )
        return page.rows, page.next_cursor, count, facets

    assert found(columns) == found(None)


def test_what_came_since_is_all_that_is_counted_though_nothing_else_is_asked(
    vault: Vault, columns: ReportColumns
) -> None:
    with vault.reader() as reader:
        lately = replace(Query(), since=arrivals.latest(reader) - 400)
        for kept in (None, columns):
            ask = Questions(reader, kept)
            assert ask.count(lately) == 400
            (statuses,) = ask.facets(lately, [Facet.STATUS]).values()
            assert sum(one.count for one in statuses) == 400


def test_what_few_pass_is_asked_of_the_tables(vault: Vault) -> None:
    loaded = ReportColumns(vault)  # Which is never asked, and so need not be there.
    with vault.reader() as reader:
        for text, most in (("", 600), ("HL-77", 1), ("half ref:HL-77", 1)):
            assert Questions(reader, loaded).count(asked(text)) == most
            assert len(Questions(reader, loaded).page(asked(text), Order(), limit=9).rows) <= most


class _AfterSome:
    """Says yes when it was asked so often."""

    def __init__(self, times: int) -> None:
        self.left = times

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0


def test_a_question_that_runs_ends_when_nobody_waits_for_it_any_more(vault: Vault) -> None:
    # Two letters are too few for any index, so that every URL is read for each.
    slow = " OR ".join(f"url:!{letter}" for letter in "abcdefghijklmnopqrstuvwxyz0123456789")
    with pytest.raises(Cancelled):
        search_reports.count_reports(
            vault, slow, taxonomy=TAXONOMY, now=NOW, is_cancelled=_AfterSome(3)
        )
    # The connection goes on serving others, who are not asked whether to go on.
    assert search_reports.count_reports(vault, "half", taxonomy=TAXONOMY, now=NOW) == 300


def test_reading_the_columns_stops_when_the_vault_is_locked(vault: Vault) -> None:
    interrupted = ReportColumns(vault)
    interrupted.load(is_cancelled=_AfterSome(2))
    assert interrupted.memory == 0
    interrupted.load()
    assert interrupted.memory > 0


@pytest.mark.parametrize("sort", [ReportSort.CLASSIFICATION, ReportSort.UPDATED])
def test_what_changed_since_a_page_ended_with_it_neither_skips_nor_repeats(
    tmp_path: Path, sort: ReportSort
) -> None:
    folder, dice = make_vault(tmp_path / "vault"), random.Random(7)
    first = [replace(some_report(number, dice), memo="half") for number in range(1, 31)]
    order, text = Order(sort), "half OR tenth"
    with reopened(folder) as vault:
        with vault.transaction() as tx:
            replica.apply(tx, a_batch(*map(new, first)))
        columns = ReportColumns(vault)
        columns.load()
        with vault.reader() as reader:
            page = columns.page(reader, asked(text), order, limit=5, after=None)
        assert page is not None
        last = page.rows[-1].report_id
        if sort is ReportSort.CLASSIFICATION:
            assessed(vault, last, 19)
        else:
            later = replace(first[last - 1], revision=9, updated_at=NOW)
            with vault.transaction() as tx:
                replica.apply(tx, a_batch(corrected(later), following="c2"))

        with vault.reader() as reader:
            told = columns.page(reader, asked(text), order, limit=99, after=page.next_cursor)
            if told is None:  # The tables know the place by its key.
                told = reports.page(reader, asked(text), order, limit=99, after=page.next_cursor)

    shown = [row.report_id for row in (*page.rows, *told.rows)]
    missing = set(range(1, 31)) - set(shown)
    assert missing == set()
    assert sorted({number for number in shown if shown.count(number) > 1}) in ([], [last])
