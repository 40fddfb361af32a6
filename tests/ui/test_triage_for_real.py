"""What triage asks for in the window, over a real vault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cport_desktop.bootstrap import furnish
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.taxonomy import NATIONAL, NOT_ILLEGAL, UNDECIDED
from cport_desktop.settings import Settings
from cport_desktop.ui.triaging import DecisionAsked, GivingAsked, Triaging
from cport_desktop.ui.triaging_opening import triaging_of
from cport_desktop.vault.vault import Vault
from tests.builders import a_vault
from tests.report_builders import a_report, new
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply, receive, with_media

ONE, OTHER = ReportId(1), ReportId(2)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as opened:
        bind(opened)
        apply(opened, new(with_media(1, 5)), new(a_report(2)))
        receive(opened, 5)
        yield opened


@pytest.fixture
def triaging(vault: Vault, tmp_path: Path) -> Triaging:
    return triaging_of(furnish(Settings(marks=tmp_path / "marks")), vault)


def classes(triaging: Triaging) -> list[int]:
    return [row.classification for row in triaging.rows([ONE, OTHER])]


def test_what_is_decided_is_told_undone_and_redone(triaging: Triaging) -> None:
    done, _ = triaging.decide(DecisionAsked((ONE, OTHER), NATIONAL), silent, never)
    assert (done.decided, done.stays) == ((ONE, OTHER), ())
    assert classes(triaging) == [NATIONAL, NATIONAL]
    turned, _ = triaging.undo(silent, never)
    assert turned.told == "Undone: 2 items assessed as National, HL-1 first."
    assert classes(triaging) == [UNDECIDED, UNDECIDED]
    triaging.redo(silent, never)
    assert classes(triaging) == [NATIONAL, NATIONAL]


def test_a_stack_is_named_by_the_first_picture_that_is_here(triaging: Triaging) -> None:
    assert triaging.foresee_stack(OTHER, NOT_ILLEGAL).reports is None
    asked = triaging.foresee_stack(ONE, NOT_ILLEGAL)
    assert asked.reports == 1
    done, _ = triaging.decide_stack(asked)
    assert done.decided == (ONE,)
    assert classes(triaging) == [NOT_ILLEGAL, UNDECIDED]
    assert triaging.undo(silent, never)[0].stays == ()
    assert classes(triaging) == [UNDECIDED, UNDECIDED]


def test_in_hand_flagged_and_given_to_a_colleague(vault: Vault, triaging: Triaging) -> None:
    assert triaging.in_hand(ONE) is None
    assert triaging.take(ONE).is_own
    hand = triaging.in_hand(ONE)
    assert hand is not None
    assert hand.holder == vault.actor
    assert triaging.give_back() == 1
    assert [triaging.flag(ONE)[0], triaging.flag(ONE)[0]] == [True, False]
    assert triaging.colleagues() == (vault.actor,)
    given, _ = triaging.assign(GivingAsked((ONE, OTHER), vault.actor), silent, never)
    assert given == 2
    assert triaging.undo(silent, never)[0].told.startswith("Undone: 2 reports assigned to Ada")
