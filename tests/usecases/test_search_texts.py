"""Texts of searches in the log that name a report are offered when it is erased, whatever asked by them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cport_desktop.domain.chosen import AllFound
from cport_desktop.domain.figure import FigureQuestion
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.rows import Order
from cport_desktop.domain.table import TableForm, TableFormat, TableSubject
from cport_desktop.usecases.export_table import TableOrder, export_table
from cport_desktop.usecases.figures import Counting, figure
from cport_desktop.usecases.search_reports import search_reports
from cport_desktop.vault import audit_log, search_texts
from cport_desktop.vault.vault import Vault
from tests.builders import NOON, a_vault
from tests.report_builders import a_report, new, the_taxonomy
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as opened:
        bind(opened)
        apply(opened, *(new(a_report(number)) for number in (1, 2)))
        yield opened


def ask_by(vault: Vault, text: str, folder: Path) -> None:
    """A search, a figure and a table."""
    taxonomy = the_taxonomy()
    search_reports(vault, text, Order(), limit=9, after=None, taxonomy=taxonomy, now=NOON)
    figure(vault, FigureQuestion(asked=text), Counting(taxonomy, NOON))
    form, path = TableForm(TableFormat.CSV), folder / "table.csv"
    order = TableOrder(TableSubject.REPORTS, AllFound(text), form, path)
    export_table(vault, order, taxonomy=taxonomy, announce=silent, is_cancelled=never)


def test_what_a_search_a_figure_or_a_table_asked_by(vault: Vault, tmp_path: Path) -> None:
    for name, text in (("one", "garden OR ref:HL-1"), ("other", "ref:HL-2")):
        (tmp_path / name).mkdir()
        ask_by(vault, text, tmp_path / name)

    with vault.reader() as reader:
        found = search_texts.naming(reader, [ReportId(1)])
        verbs = [audit_log.entry(reader, sequence).draft.verb for sequence in found]
    assert verbs == ["search", "figure", "export_table"]
