"""From a query to the reports that an act is done to: nothing is told that the agreement keeps back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cport_desktop.domain.chosen import AllFound
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.roles import Role
from cport_desktop.errors import AgreementForbids, ChoiceUnfit, RoleMissing
from cport_desktop.usecases.choosing import numbers_chosen
from cport_desktop.vault.vault import Vault
from tests.agreement_builders import EVERYTHING, a_clause, a_limit, an_agreement
from tests.builders import NOON, a_vault
from tests.report_builders import a_report, new, the_taxonomy
from tests.usecases.agreeing import bind
from tests.usecases.test_reading_audit import without
from tests.vault.erasing import apply


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as opened:
        apply(opened, *(new(a_report(number)) for number in range(1, 6)))
        yield opened


def chosen(vault: Vault, text: str, *left_out: int, limit: int = 9) -> tuple[int, ...]:
    every = AllFound(text, frozenset(map(ReportId, left_out)))
    return numbers_chosen(vault, every, limit=limit, taxonomy=the_taxonomy(), now=NOON)


def test_it_is_what_the_query_finds_but_for_what_was_left_out(vault: Vault) -> None:
    bind(vault)
    assert sorted(chosen(vault, "ref:1,2,3 OR ref:4", 2)) == [1, 3, 4]
    with pytest.raises(ChoiceUnfit) as told:
        chosen(vault, "", 5, limit=3)
    assert told.value.facts["count"] == 4


def test_a_field_that_is_withheld_chooses_nothing(vault: Vault) -> None:
    bind(vault, an_agreement(EVERYTHING, a_limit("4.5", fields=("hostingIsp",))))
    assert len(chosen(vault, "is:undecided")) == 5
    with pytest.raises(AgreementForbids) as told:
        chosen(vault, "-provider:Umbra")
    assert told.value.facts["clause"] == "4.5"


def test_who_may_not_read_reports_chooses_none_by_a_query(vault: Vault) -> None:
    bind(vault, an_agreement(a_clause("1.1", "table.export")))
    with pytest.raises(AgreementForbids):
        chosen(vault, "is:undecided")


def test_neither_analyst_nor_exporter_chooses_nothing(vault: Vault) -> None:
    bind(vault)
    without(vault, Role.ANALYST)
    assert len(chosen(vault, "")) == 5, "an exporter makes packages of what a query finds"
    vault._analyst = replace(vault.analyst, roles=frozenset({Role.SUPERVISOR}))
    with pytest.raises(RoleMissing):
        chosen(vault, "")
