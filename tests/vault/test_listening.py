"""A look gives no right to listen: that is a grant of its own, and it ends with the look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.domain.audit import AuditDraft
from cport_desktop.domain.media_item import RevealGrant, RevealLevel
from cport_desktop.domain.moving import SoundGrant
from cport_desktop.errors import LookNotGranted
from cport_desktop.vault.clear_room import listen_entry, reveal_entry
from cport_desktop.vault.vault import Vault
from cport_desktop.words import looking as words
from tests.builders import NOON, a_vault
from tests.film_builders import FILM, STILL, TONE, hold_all
from tests.vault.looks import granted


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(NOON)


@pytest.fixture
def vault(tmp_path: Path, clock: SteppingClock) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault", clock=clock) as made:
        hold_all(made)
        yield made


@pytest.fixture
def look(vault: Vault) -> RevealGrant:
    return granted(vault, FILM, RevealLevel.GREY)


def recorded(vault: Vault, entry: AuditDraft) -> int:
    with vault.transaction() as tx:
        return tx.record(entry)


def admitted(vault: Vault, look: RevealGrant) -> SoundGrant:
    sequence = recorded(vault, listen_entry(look, seconds=6.0))
    return vault.clear_room.admit_sound(look, seconds=6.0, audit_sequence=sequence)


def test_there_is_nothing_to_hear_with_a_look_alone(vault: Vault, look: RevealGrant) -> None:
    made_up = SoundGrant(FILM, 6.0, look.audit_sequence)
    with pytest.raises(LookNotGranted):
        vault.clear_room.require_sound(look, made_up)


def test_with_an_entry_of_its_own_one_listens_until_the_look_ends(
    vault: Vault, look: RevealGrant
) -> None:
    grant = admitted(vault, look)
    vault.clear_room.require_sound(look, grant)
    vault.clear_room.end(look)
    with pytest.raises(LookNotGranted):
        vault.clear_room.require_sound(look, grant)


def test_it_ends_with_the_seconds_of_the_look(
    vault: Vault, look: RevealGrant, clock: SteppingClock
) -> None:
    grant = admitted(vault, look)
    clock.advance(timedelta(seconds=6.1))
    with pytest.raises(LookNotGranted):
        vault.clear_room.require_sound(look, grant)


def test_it_is_for_one_look_only(vault: Vault, look: RevealGrant) -> None:
    grant = admitted(vault, look)
    other = granted(vault, FILM, RevealLevel.GREY)
    with pytest.raises(LookNotGranted):
        vault.clear_room.require_sound(other, grant)
    with pytest.raises(LookNotGranted):
        vault.clear_room.require_sound(look, replace(grant, audit_sequence=1))


def test_an_entry_serves_once(vault: Vault, look: RevealGrant) -> None:
    grant = admitted(vault, look)
    with pytest.raises(LookNotGranted):
        vault.clear_room.admit_sound(look, seconds=6.0, audit_sequence=grant.audit_sequence)


def test_another_entry_does_not(vault: Vault, look: RevealGrant) -> None:
    other = granted(vault, FILM, RevealLevel.GREY)
    entries = (
        reveal_entry(FILM, RevealLevel.GREY, seconds=6.0, reason=None),
        listen_entry(look, seconds=7.0),
        listen_entry(other, seconds=6.0),
        replace(listen_entry(look, seconds=6.0), reason="another"),
    )
    for entry in entries:
        sequence = recorded(vault, entry)
        with pytest.raises(LookNotGranted) as refused:
            vault.clear_room.admit_sound(look, seconds=6.0, audit_sequence=sequence)
        assert refused.value.facts["cause"] == words.OTHER_ENTRY


class TestTheSecondsOfALookAtWhatPlays:
    def test_begin_once_more_when_the_file_is_open(
        self, vault: Vault, look: RevealGrant, clock: SteppingClock
    ) -> None:
        clock.advance(timedelta(seconds=5))
        vault.clear_room.opened(look)
        clock.advance(timedelta(seconds=5))
        vault.clear_room.require(look)
        vault.clear_room.opened(look)  # and not again
        clock.advance(timedelta(seconds=1.1))
        with pytest.raises(LookNotGranted):
            vault.clear_room.require(look)

    def test_do_not_begin_after_they_were_over(
        self, vault: Vault, look: RevealGrant, clock: SteppingClock
    ) -> None:
        clock.advance(timedelta(seconds=6.1))
        with pytest.raises(LookNotGranted):
            vault.clear_room.opened(look)

    def test_the_file_is_open_at_every_level_if_it_plays(self, vault: Vault) -> None:
        for level in RevealLevel:
            for item in (FILM, TONE):
                assert b"".join(vault.clear_room.original(granted(vault, item, level)))
        with pytest.raises(LookNotGranted):
            vault.clear_room.original(granted(vault, STILL, RevealLevel.BLURRED))
