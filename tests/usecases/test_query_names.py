"""Names that completion offers, and none of what the agreement keeps back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cport_desktop.domain.query import Field
from cport_desktop.domain.query_completion import Named
from cport_desktop.usecases.query_names import names_for_queries
from cport_desktop.vault import replica
from cport_desktop.vault.vault import Vault
from tests.builders import a_vault
from tests.report_builders import a_batch, a_hotline, a_report, an_item, new


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as vault:
        countries = ["NL", "FR", "NL", "DE", None]
        reports = [
            a_report(number, contents=(an_item(number, assigned_country=country),))
            for number, country in enumerate(countries, start=1)
        ]
        hotlines = [a_hotline(), a_hotline(13, "Second Line", "DE")]
        with vault.transaction() as tx:
            replica.apply(tx, a_batch(*map(new, reports), hotlines=hotlines))
        yield vault


def test_each_name_is_there_once_with_what_is_told_of_it(vault: Vault) -> None:
    found = names_for_queries(vault)

    assert found[Field.HOTLINE] == (Named("Hotline Example NL", "NL"), Named("Second Line", "DE"))
    assert found[Field.HOST] == (Named("NL"),)
    assert found[Field.ASSIGNED] == (Named("DE"), Named("FR"), Named("NL"))
    assert found[Field.PROVIDER] == (Named("Example Hosting"),)
    assert found[Field.TAG] == found[Field.CASE] == ()
