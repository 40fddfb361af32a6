"""Names and notes are found whatever the case of their letters, in every script that people write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from cport_desktop.domain.ids import HotlineId
from cport_desktop.usecases.gather_case import add_to_case
from cport_desktop.usecases.match_known import match_due
from cport_desktop.usecases.open_case import open_case
from cport_desktop.usecases.read_cases import CaseQuestion, list_cases
from cport_desktop.usecases.write_notes import add_note
from cport_desktop.vault.vault import Vault
from tests.builders import NOON, a_vault
from tests.known_builders import a_list, a_list_entry, tell
from tests.known_builders import told as told_of_list
from tests.report_builders import a_hotline, a_notice, a_report, an_item, new, told
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply
from tests.work_builders import found_by, report

ME = 7


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """One report of a hotline, in a case, with a note and a file on a list, all with names from abroad."""
    notice = a_notice(70, b"a known file")
    with a_vault(tmp_path_factory.mktemp("names") / "vault") as opened:
        bind(opened)
        apply(opened, told(a_hotline(13, "Ligne Écoute", "FR")))
        item = an_item(70, "https://own-7.example/", media=(notice,))
        apply(opened, new(a_report(1)), new(a_report(ME, contents=(item,), hotline=HotlineId(13))))
        open_case(opened, title="Überprüfung")
        add_to_case(opened, 1, [report(ME)])
        add_note(opened, report(ME), "ÄHNLICH wie zuvor")
        listed = replace(a_list(), name="Übliche Süd")
        tell(opened, told_of_list(listed), told_of_list(a_list_entry(sha256=notice.sha256)))
        match_due(opened)
        yield opened


@pytest.mark.parametrize(
    "text",
    [
        "hotline:écoute",
        "hotline:ÉCOUTE",
        "case:überprüf",
        "case:ÜBERPRÜFUNG",
        "note:ähnlich",
        "note:Ähnlich",
        'list:"ÜBLICHE SÜD"',
        'list:"übliche süd"',
    ],
)
def test_a_name_is_found_whatever_the_case_of_its_letters(vault: Vault, text: str) -> None:
    assert found_by(vault, text) == [ME]


@pytest.mark.parametrize("titled", ["überprüf", "PRÜFUNG"])
def test_a_case_is_found_by_its_title_likewise(vault: Vault, titled: str) -> None:
    question = CaseQuestion(titled=titled)
    found = list_cases(vault, question, now=NOON, limit=9, after=None).rows
    assert [row.case.number for row in found] == [1]
