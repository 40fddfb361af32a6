"""A clock that goes backwards, or is ten years off: nothing stops working, and the log says so."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.domain.progress import never, silent
from cport_desktop.vault import inspection
from tests.builders import NOON, announce_media, hold_media, noise
from tests.hostile.faults.workflows import vaults

TEN_YEARS = timedelta(days=3653)


@pytest.mark.parametrize("by", [-TEN_YEARS, -timedelta(seconds=1), TEN_YEARS], ids=str)
def test_a_clock_that_jumps_between_two_acts_costs_nothing(by: timedelta, tmp_path: Path):
    directory = tmp_path / "vault"
    vaults.create(directory)
    clock = SteppingClock(NOON)
    with vaults.opened(directory, clock=clock) as vault:
        hold_media(vault, 1, noise(20_000))
        clock.advance(by)
        hold_media(vault, 2, noise(20_000))
    with vaults.opened(directory, clock=SteppingClock(NOON + by)) as vault:
        assert vaults.media_facts(vault) == {"media 1 held", "media 2 held"}
        assert inspection.check(vault, deep=True, announce=silent, is_cancelled=never) == ()
        order = [row[0] for row in vaults.rows(vault, "SELECT sequence FROM audit_entry")]
        assert order == sorted(order)


@pytest.mark.parametrize("by", [-TEN_YEARS, TEN_YEARS], ids=str)
def test_a_vault_made_by_a_wrong_clock_is_opened_by_a_right_one(by: timedelta, tmp_path: Path):
    directory = tmp_path / "vault"
    vaults.create(directory)
    with vaults.opened(directory, clock=SteppingClock(NOON + by)) as vault:
        announce_media(vault, 1, noise(9))
    for _ in range(2):
        with vaults.opened(directory, clock=SteppingClock(NOON)) as vault:
            assert vaults.media_facts(vault) == {"media 1 wanted"}
            assert inspection.check(vault, deep=True, announce=silent, is_cancelled=never) == ()
