"""Figures say what a plain count of the same reports says, by a bounded number of questions."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cport_desktop.domain.figure import (
    A_DAY_US,
    REMOVED,
    Figure,
    FigureKind,
    FigureQuestion,
    Step,
    beginning,
    by_span,
    median,
    with_condition,
)
from cport_desktop.domain.ids import HotlineId
from cport_desktop.domain.report import Report
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Order
from cport_desktop.errors import AgreementForbids, QueryError, RoleMissing
from cport_desktop.usecases.figures import Counting, figure
from cport_desktop.usecases.report_arrays import ReportColumns
from cport_desktop.usecases.search_reports import search_reports
from cport_desktop.vault import figure_counts, replica, reports
from cport_desktop.vault.vault import Vault
from tests.agreement_builders import EVERYTHING, a_limit, an_agreement
from tests.builders import a_vault, make_vault, reopened
from tests.report_builders import (
    SPRING,
    a_batch,
    a_hotline,
    a_report,
    an_action,
    an_item,
    corrected,
    new,
    the_taxonomy,
)
from tests.usecases.agreeing import bind
from tests.usecases.test_report_columns import asked, some_report
from tests.vault.erasing import apply
from tests.work_builders import employ, opened_by_bert, verbs

NOW = datetime(2026, 6, 1, tzinfo=UTC)
TAXONOMY = the_taxonomy()
QUERIES = ["", "half", "host:NL", "class:undecided OR has:action", "ref:3", "host:XX", "-half"]
QUESTIONS = [
    *(FigureQuestion(FigureKind.RECEIVED, step=step) for step in Step),
    *(FigureQuestion(kind) for kind in FigureKind if kind is not FigureKind.RECEIVED),
]


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    folder = make_vault(tmp_path_factory.mktemp("figures") / "vault")
    dice = random.Random(5)
    with reopened(folder) as opened:
        with opened.transaction() as tx:
            changes = [new(some_report(number, dice)) for number in range(1, 241)]
            hotlines = [a_hotline(), a_hotline(13, "Second Line", "DE")]
            replica.apply(tx, a_batch(*changes, hotlines=hotlines))
        yield opened


@pytest.fixture(scope="module")
def columns(vault: Vault) -> ReportColumns:
    loaded = ReportColumns(vault)
    loaded.load()
    assert loaded.memory
    return loaded


def all_found(vault: Vault, text: str) -> list[Report]:
    """The reports themselves, read one by one."""
    with vault.reader() as reader:
        page = reports.page(reader, asked(text), Order(), limit=1_000)
        standing = reports.as_they_stand(reader, [row.report_id for row in page.rows])
    return [now.report for now in standing.values()]


def plain_count(question: FigureQuestion, found: list[Report]) -> dict[str, int]:
    match question.kind:
        case FigureKind.RECEIVED:
            return Counter(
                beginning(one.received_at.date(), question.step).isoformat() for one in found
            )
        case FigureKind.COUNTRY:
            return Counter(one.contents[0].hosting.country or "" for one in found)
        case FigureKind.SITE:
            return Counter(str(one.site_type or "") for one in found)
        case FigureKind.HOTLINE:
            return Counter(str(one.hotline) for one in found)
        case FigureKind.REMOVAL:
            return {bar.value: bar.count for bar in by_span(removals(found))}


def removals(found: list[Report]) -> Counter[int]:
    return Counter(day for day in map(removal, found) if day is not None)


def removal(report: Report) -> int | None:
    """Whole days until the first removal."""
    moments = [
        action.made_at
        for item in report.contents
        for action in item.actions
        if action.type == REMOVED and action.made_at
    ]
    return max(0, (min(moments) - report.received_at).days) if moments else None


def shown(found: Figure) -> dict[str, int]:
    return {bar.value: bar.count for bar in found.bars if bar.count}


@pytest.mark.parametrize("text", QUERIES)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: f"{one.kind} {one.step}")
def test_tables_and_columns_count_what_is_there(
    vault: Vault, columns: ReportColumns, question: FigureQuestion, text: str
) -> None:
    every = all_found(vault, text)
    expected = {value: count for value, count in plain_count(question, every).items() if count}
    unknown = expected.pop("", 0)
    wanted = FigureQuestion(question.kind, text, question.step)

    for counting in (Counting(TAXONOMY, NOW), Counting(TAXONOMY, NOW, columns)):
        found = figure(vault, wanted, counting)
        assert shown(found) == expected
        assert found.found == len(every)
        assert found.left_out == 0
        if question.kind is FigureKind.REMOVAL:
            assert found.median == median(removals(every))
            assert found.unknown == len(every) - removals(every).total()
        else:
            assert found.unknown == unknown


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: f"{one.kind} {one.step}")
def test_every_bar_leads_to_its_reports(vault: Vault, question: FigureQuestion) -> None:
    found = figure(
        vault, FigureQuestion(question.kind, "half", question.step), Counting(TAXONOMY, NOW)
    )

    led = [bar for bar in found.bars if bar.condition]
    assert bool(led) is (question.kind is not FigureKind.REMOVAL)
    for bar in led[:3]:
        text = with_condition("half", bar.condition)
        page = search_reports(
            vault, text, Order(), limit=1_000, after=None, taxonomy=TAXONOMY, now=NOW
        )
        assert len(page.rows) == bar.count


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: f"{one.kind} {one.step}")
@pytest.mark.parametrize("text", ["", "half"])
def test_a_figure_costs_few_questions_however_many_reports(
    vault: Vault, question: FigureQuestion, text: str
) -> None:
    seen: list[str] = []
    with vault.reader() as reader:
        reader.connection.set_trace_callback(seen.append)  # type: ignore[attr-defined]
        Counting(TAXONOMY, NOW).figure(reader, question, asked(text))
        reader.connection.set_trace_callback(None)  # type: ignore[attr-defined]

    own = [each for each in seen if not each.startswith("--")]  # The others are the word index's.
    assert 2 <= len(own) <= 12
    assert not any("report_document" in each or "report_text" in each for each in own)


def test_columns_follow_a_removal_that_came_later(tmp_path: Path) -> None:
    removed = an_item(10, "https://a.example/", actions=(an_action(2, 1), an_action(REMOVED, 5)))
    question = FigureQuestion(FigureKind.REMOVAL)
    with a_vault(tmp_path / "vault") as vault:
        apply(vault, *(new(a_report(number)) for number in (1, 2)))
        columns = ReportColumns(vault)
        columns.load()
        counting = Counting(TAXONOMY, NOW, columns)
        assert figure(vault, question, counting).bars == ()

        apply(vault, corrected(a_report(1, revision=2, contents=(removed,))))

        for each in (counting, Counting(TAXONOMY, NOW)):
            assert shown(figure(vault, question, each)) == {"3-6": 1}


def test_an_earlier_removal_of_another_item_counts(tmp_path: Path) -> None:
    items = (
        an_item(10, "https://a.example/", actions=(an_action(REMOVED, 30),)),
        an_item(11, "https://b.example/", actions=(an_action(REMOVED, 1),), is_source=False),
    )
    early = an_item(20, "https://c.example/", actions=(an_action(REMOVED, -3),))
    with a_vault(tmp_path / "vault") as vault:
        apply(
            vault,
            new(a_report(1, contents=items, received_at=SPRING)),
            new(a_report(2, contents=(early,), received_at=SPRING)),
        )

        found = figure(vault, FigureQuestion(FigureKind.REMOVAL), Counting(TAXONOMY, NOW))

    assert shown(found) == {"0": 1, "1": 1}
    assert found.median == 0


def test_days_before_1970_are_days_too(tmp_path: Path) -> None:
    long_ago = datetime(1969, 12, 31, 23, tzinfo=UTC)
    with a_vault(tmp_path / "vault") as vault:
        apply(vault, new(a_report(1, received_at=SPRING)))
        with vault.bookkeeping() as connection:
            us = int((long_ago - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1))
            connection.execute("UPDATE report SET received_at = ?", (us,))
        with vault.reader() as reader:
            assert us // A_DAY_US == -1
            assert figure_counts.days(reader, asked(""), figure_counts.RECEIVED) == {-1: 1}


def test_asking_is_on_record(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        apply(vault, new(a_report(1, hotline=HotlineId(12))))

        figure(vault, FigureQuestion(FigureKind.HOTLINE, "half"), Counting(TAXONOMY, NOW))

        assert verbs(vault) == [("figure", "hotline")]


def test_what_the_agreement_withholds_is_not_counted_by(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        apply(vault, new(a_report(1)))
        limit = a_limit("4.5", functions=("reports.read",), fields=("sourceUrlSiteType",))
        bind(vault, an_agreement(EVERYTHING, limit))
        with pytest.raises(AgreementForbids):
            figure(vault, FigureQuestion(FigureKind.SITE), Counting(TAXONOMY, NOW))
        with pytest.raises(AgreementForbids):
            figure(vault, FigureQuestion(asked="site:website"), Counting(TAXONOMY, NOW))
        assert shown(figure(vault, FigureQuestion(FigureKind.COUNTRY), Counting(TAXONOMY, NOW)))


def test_a_query_that_does_not_parse_is_refused(vault: Vault) -> None:
    with pytest.raises(QueryError):
        figure(vault, FigureQuestion(asked="received:soon"), Counting(TAXONOMY, NOW))


def test_only_analysts_see_figures(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        employ(vault, roles=frozenset({Role.AUDITOR}))
    with opened_by_bert(tmp_path / "vault") as theirs, pytest.raises(RoleMissing):
        figure(theirs, FigureQuestion(), Counting(TAXONOMY, NOW))
