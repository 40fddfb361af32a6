"""Domains that could be suggested for the Worst-of list, and what became of those that were."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from cport_desktop.domain.batch import ReportChange
from cport_desktop.domain.ids import HotlineId, OperationId
from cport_desktop.domain.operation import OperationState, SuggestDomain
from cport_desktop.domain.roles import Role
from cport_desktop.domain.worst_of import (
    LOOKED_AT,
    Candidate,
    CandidateOrder,
    CandidateSort,
)
from cport_desktop.errors import QueryError, RoleMissing, UnknownReference
from cport_desktop.usecases.list_candidates import (
    CandidateQuestion,
    list_candidates,
    list_suggestions,
)
from cport_desktop.usecases.suggest_domain import suggest_domain
from cport_desktop.usecases.take_up_operation import set_aside
from cport_desktop.vault.vault import Vault
from tests.builders import a_vault
from tests.report_builders import SPRING, a_report, an_item, new
from tests.usecases.conftest import Bench
from tests.usecases.test_reading_audit import without
from tests.vault.erasing import apply
from tests.work_builders import verbs

SITES = {"busy.example": 5, "quiet.test": 1, "middle.example": 3, "late.example": 1}
"""How many reports each domain has; those of the last one are the newest."""


def reports_about(domain: str, number: int, first: int, **changes: object) -> list[ReportChange]:
    return [
        new(
            a_report(
                at,
                contents=(an_item(at, f"https://{domain}/{at}"),),
                hotline=HotlineId(at % 2),
                **changes,
            )
        )
        for at in range(first, first + number)
    ]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """Ten reports about four domains; what tests do here, they do beside each other."""
    with a_vault(tmp_path_factory.mktemp("candidates") / "vault") as vault:
        first = 1
        for domain, number in SITES.items():
            apply(vault, *reports_about(domain, number, first))
            first += number
        yield vault


@pytest.fixture
def told(bench: Bench) -> Vault:
    """A vault that exchanged with a portal that has decided about domains."""
    bench.gateway.feed_first_records(bench.taxonomy)
    bench.sync(metadata_only=True)
    return bench.vault


def listed(vault: Vault, question: CandidateQuestion, size: int = 100) -> list[Candidate]:
    """Page by page, to the end."""
    found: list[Candidate] = []
    after = None
    while True:
        page = list_candidates(vault, question, limit=size, after=after)
        found += page.rows
        after = page.next_cursor
        if after is None:
            return found


def domains(vault: Vault, text: str = "", size: int = 100) -> list[str]:
    return [one.tallied.domain for one in listed(vault, CandidateQuestion(text), size)]


def test_each_domain_is_told_with_its_reports_hotlines_and_countries(shared: Vault) -> None:
    found = {one.tallied.domain: one for one in listed(shared, CandidateQuestion())}
    assert {domain: one.tallied.reports for domain, one in found.items()} == SITES
    assert {domain: one.hotlines for domain, one in found.items()} == {
        domain: min(2, number) for domain, number in SITES.items()
    }
    assert {one.countries for one in found.values()} == {("NL",)}
    assert not any(one.is_partial for one in found.values())
    assert found["late.example"].tallied.seen == SPRING + timedelta(minutes=10)


@pytest.mark.parametrize("is_descending", [True, False])
@pytest.mark.parametrize("sort", CandidateSort)
def test_pages_of_any_size_come_in_the_order_that_was_asked_for(
    shared: Vault, sort: CandidateSort, is_descending: bool
) -> None:
    question = CandidateQuestion(order=CandidateOrder(sort, is_descending))
    whole = [one.tallied for one in listed(shared, question)]
    key = {
        CandidateSort.REPORTS: lambda one: one.reports,
        CandidateSort.SEEN: lambda one: one.seen,
        CandidateSort.DOMAIN: lambda one: one.domain,
    }[sort]
    by_name = sorted(whole, key=lambda one: one.domain)
    assert whole == sorted(by_name, key=key, reverse=is_descending)
    assert [one.tallied for one in listed(shared, question, size=1)] == whole


def test_a_query_keeps_what_it_asks_for_across_pages(shared: Vault) -> None:
    assert domains(shared, "reports:>=3", size=1) == ["busy.example", "middle.example"]
    assert domains(shared, "example -busy reports:<2") == ["late.example"]
    with pytest.raises(QueryError):
        list_candidates(shared, CandidateQuestion("colour:red"), limit=5)


def test_of_a_busy_domain_the_newest_reports_are_looked_at_and_that_is_said(
    tmp_path: Path,
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        apply(vault, *reports_about("busy.example", LOOKED_AT + 1, 1))
        (one,) = listed(vault, CandidateQuestion())
    assert one.tallied.reports == LOOKED_AT + 1
    assert one.is_partial


def test_a_list_is_on_record_once_however_many_pages_it_has(shared: Vault) -> None:
    domains(shared, size=1)
    newest, before = verbs(shared, 2)
    assert newest == ("list", "candidates for the Worst-of list")
    domains(shared, size=1)
    assert verbs(shared, 3) == [newest, newest, before]


def test_candidates_are_for_analysts_and_cursors_for_the_order_that_gave_them(
    tmp_path: Path,
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        apply(vault, *reports_about("one.example", 1, 1), *reports_about("two.example", 1, 2))
        page = list_candidates(vault, CandidateQuestion(), limit=1)
        other = CandidateQuestion(order=CandidateOrder(CandidateSort.DOMAIN))
        with pytest.raises(UnknownReference):
            list_candidates(vault, other, limit=1, after=page.next_cursor)
        without(vault, Role.ANALYST)
        with pytest.raises(RoleMissing):
            list_candidates(vault, CandidateQuestion(), limit=1)
        with pytest.raises(RoleMissing):
            list_suggestions(vault, limit=1)


def test_what_was_suggested_and_what_was_decided_stands_beside_the_domain(told: Vault) -> None:
    first, second, *_ = domains(told)
    for number, domain in enumerate((first, second, "listed-2.test")):
        suggestion = SuggestDomain(domain, "current", (), "")
        suggest_domain(told, suggestion, operation_id=UUID(int=number))
    asked = listed(told, CandidateQuestion("is:suggested"))
    assert [one.tallied.domain for one in asked] == [first, second]
    assert {one.suggested for one in asked} == {OperationState.QUEUED}
    assert {first, second} & set(domains(told, "-is:suggested")) == set()
    set_aside(told, OperationId(str(UUID(int=1))), "thought better of it")
    assert domains(told, "is:suggested") == [first]
    assert second in domains(told, "-is:suggested")

    suggestions = list_suggestions(told, limit=5).rows
    assert [one.body.domain for one in suggestions] == ["listed-2.test", second, first]
    assert suggestions[0].decision is not None
    assert suggestions[0].decision.state == "listed"
    assert suggestions[1].decision is None
    one = list_suggestions(told, limit=2)
    rest = list_suggestions(told, limit=2, after=one.next_cursor)
    assert [*one.rows, *rest.rows] == list(suggestions)
    assert rest.next_cursor is None
