"""Classifications and days in the spoken language, wherever an act is told or a day is listed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from cport_desktop.bootstrap import Workstation, furnish
from cport_desktop.domain.exposure import DayLedger
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.taxonomy import NATIONAL
from cport_desktop.settings import Settings
from cport_desktop.ui.exchanging_lines import OutboxView
from cport_desktop.ui.exchanging_outbox import Operations
from cport_desktop.ui.models.exposure_columns import day_columns
from cport_desktop.ui.recalling_opening import recalling_of
from cport_desktop.ui.triaging import DecisionAsked
from cport_desktop.ui.triaging_opening import triaging_of
from cport_desktop.vault.vault import Vault
from cport_desktop.words import tongue
from tests.builders import a_vault
from tests.report_builders import a_report, new
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply


@pytest.fixture
def german(tmp_path: Path) -> Iterator[None]:
    """A language in which one label is known."""
    made = Catalog(locale="de")
    made.add("National", "Landesrecht", context="code list")
    place = tmp_path / "de" / "LC_MESSAGES" / "cport.mo"
    place.parent.mkdir(parents=True)
    with place.open("wb") as file:
        write_mo(file, made)
    tongue.speak("de", tmp_path)
    yield
    tongue.speak("en", tmp_path)


@pytest.fixture
def workstation(tmp_path: Path) -> Workstation:
    return furnish(Settings(marks=tmp_path / "marks"))


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as opened:
        bind(opened)
        apply(opened, new(a_report(1)))
        yield opened


@pytest.mark.usefixtures("german")
def test_what_one_did_its_undoing_and_the_outbox_call_a_class_alike(
    vault: Vault, workstation: Workstation
) -> None:
    triaging, recalling = triaging_of(workstation, vault), recalling_of(workstation, vault)
    triaging.decide(DecisionAsked((ReportId(1),), NATIONAL), silent, never)

    (line,) = Operations(workstation, vault).page(OutboxView.ALL, 9, None).rows
    (deed,) = recalling.deeds(9, None).rows
    undone, _ = recalling.undo(deed.number, silent, never)
    redone, _ = recalling.redo(silent, never)
    again, _ = triaging.undo(silent, never)

    for told in (line.what, deed.told, undone.told, redone.told, again.told):
        assert "Landesrecht" in told


@pytest.mark.usefixtures("german")
def test_days_of_ones_own_looking_are_listed_as_days_are_written() -> None:
    assert day_columns()[0].text(DayLedger(date(2026, 3, 2))) == "02.03.2026"
