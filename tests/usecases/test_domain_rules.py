"""Lists by which domains are judged: kept in the vault, replaced from a file, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cport_desktop.domain.roles import Role
from cport_desktop.errors import InputUnreadable, RoleMissing, SuffixListUnreadable
from cport_desktop.settings import Settings
from cport_desktop.usecases.domain_rules import (
    domain_rules_in_force,
    replace_domain_rules,
    settle_domain_rules,
)
from cport_desktop.usecases.list_candidates import CandidateQuestion, list_candidates
from cport_desktop.vault.domain_rules import RuleFile
from cport_desktop.vault.vault import Vault
from tests.builders import a_vault
from tests.domain_rules import a_list
from tests.report_builders import a_report, an_item, new
from tests.usecases.test_reading_audit import without
from tests.vault.erasing import apply
from tests.work_builders import verbs

BUNDLED = Settings().domain_rules


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """Reports about hosts beneath `co.test`, `pages.test` and others."""
    with a_vault(tmp_path / "vault") as made:
        hosts = ["a.co.test", "www.a.co.test", "b.co.test", "x.pages.test", "name.example"]
        reports = [
            new(a_report(at, contents=(an_item(at, f"https://{host}/{at}"),)))
            for at, host in enumerate(hosts, start=1)
        ]
        apply(made, *reports)
        yield made


def domains(vault: Vault) -> dict[str, int]:
    page = list_candidates(vault, CandidateQuestion(), limit=50)
    return {row.tallied.domain: row.tallied.reports for row in page.rows}


def test_by_a_new_list_all_reports_are_divided_anew_and_later_ones_by_the_same(
    vault: Vault, tmp_path: Path
) -> None:
    assert domains(vault) == {"co.test": 3, "pages.test": 1, "name.example": 1}

    told, _ = replace_domain_rules(vault, RuleFile.SUFFIXES, a_list(tmp_path, "co.test"))

    assert (told.before, told.divided) == ("", 4)
    assert told.after == "2027-01-31_08-00-00_UTC"
    apply(vault, new(a_report(9, contents=(an_item(9, "https://img.b.co.test/9"),))))
    assert domains(vault) == {
        "a.co.test": 2,
        "b.co.test": 2,
        "x.pages.test": 1,
        "name.example": 1,
    }

    back, _ = replace_domain_rules(vault, RuleFile.SUFFIXES, a_list(tmp_path, day="2027-02-01"))
    assert back.divided == 4
    assert verbs(vault) == [("replace_domain_rules", "suffixes")]
    assert domains(vault)["co.test"] == 4


def test_an_older_list_and_what_is_none_change_nothing(vault: Vault, tmp_path: Path) -> None:
    replace_domain_rules(vault, RuleFile.SUFFIXES, a_list(tmp_path, "co.test"))
    before = domains(vault)
    older = a_list(tmp_path, day="2026-01-31")
    nothing = tmp_path / "nothing.dat"
    nothing.write_bytes(b"name.example\n")
    for path in (older, nothing):
        with pytest.raises(SuffixListUnreadable):
            replace_domain_rules(vault, RuleFile.SUFFIXES, path)
    with pytest.raises(SuffixListUnreadable):
        replace_domain_rules(vault, RuleFile.SERVICES, nothing)
    with pytest.raises(InputUnreadable):
        replace_domain_rules(vault, RuleFile.SUFFIXES, tmp_path / "absent.dat")
    assert domains(vault) == before
    without(vault, Role.SUPERVISOR)
    with pytest.raises(RoleMissing):
        replace_domain_rules(vault, RuleFile.SUFFIXES, older)


def test_what_came_with_the_program_gives_way_to_a_later_list_and_takes_the_place_of_an_earlier_one(
    vault: Vault, tmp_path: Path
) -> None:
    replace_domain_rules(vault, RuleFile.SUFFIXES, a_list(tmp_path, "co.test", day="2020-01-01"))
    settle_domain_rules(vault, BUNDLED)
    in_force = {one.name: one.rules for one in domain_rules_in_force(vault)}
    assert {name: rules is not None and not rules.is_own for name, rules in in_force.items()} == {
        RuleFile.SUFFIXES: True,
        RuleFile.SERVICES: True,
        RuleFile.CRITERIA: True,
    }
    assert domains(vault)["co.test"] == 3, "the whole list knows no such suffix"

    replace_domain_rules(vault, RuleFile.SUFFIXES, a_list(tmp_path, "co.test", day="2030-01-01"))
    own = tmp_path / "services.json"
    own.write_text('{"version":"2026-11-01","services":[["co.test","ours"]]}')
    replace_domain_rules(vault, RuleFile.SERVICES, own)
    settle_domain_rules(vault, BUNDLED)
    in_force = {one.name: one.rules for one in domain_rules_in_force(vault)}
    assert in_force[RuleFile.SUFFIXES].version.startswith("2030-01-01")  # type: ignore[union-attr]
    assert in_force[RuleFile.SERVICES].is_own  # type: ignore[union-attr]
