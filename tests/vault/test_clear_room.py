"""What lies behind a veil is unsealed against a grant alone, and the grant against the log."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.domain.audit import AuditDraft
from cport_desktop.domain.ids import Actor, MediaId, VaultId
from cport_desktop.domain.media_item import Picture, RevealGrant, RevealLevel
from cport_desktop.errors import LookNotGranted, UnknownReference, VaultDamaged
from cport_desktop.vault.clear_room import reveal_entry
from cport_desktop.vault.picture_seal import (
    Derived,
    clear_room_key,
    seal_picture,
    unseal_picture,
)
from cport_desktop.vault.vault import Vault
from cport_desktop.words import looking as words
from tests.builders import NOON, a_vault, an_entry, an_examination, hold_media, noise, reopened
from tests.vault.looks import granted, recorded

CONTENT = noise(3 * 1024 * 1024, seed=11)
CLEAR = Picture(60, 40, 3, noise(60 * 40 * 3, seed=1))
BLURRED = Picture(60, 40, 1, noise(60 * 40, seed=2))
SEEN = replace(an_examination(), thumbnail=CLEAR, blurred=BLURRED)
FROM_THE_ORIGINAL = (RevealLevel.GREY, RevealLevel.FULL)
WITHOUT_IT = tuple(level for level in RevealLevel if level not in FROM_THE_ORIGINAL)


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(NOON)


@pytest.fixture
def vault(tmp_path: Path, clock: SteppingClock) -> Iterator[Vault]:
    """With one picture, item 1, and another one, item 2."""
    with a_vault(tmp_path / "vault", clock=clock) as made:
        for number in (1, 2):
            hold_media(made, number, CONTENT + bytes([number]))
            assert made.derivatives.put(MediaId(number), SEEN)
        yield made


def opened(vault: Vault, grant: RevealGrant) -> object:
    """Whatever there is to see under `grant`."""
    if grant.level in FROM_THE_ORIGINAL:
        return b"".join(vault.clear_room.original(grant))
    return vault.clear_room.picture(grant)


def why_not(vault: Vault, grant: RevealGrant) -> object:
    with pytest.raises(LookNotGranted) as refused:
        opened(vault, grant)
    return refused.value.facts["cause"]


def is_kind_video(vault: Vault, media: int) -> None:
    with vault.transaction() as tx:
        tx.connection.execute("UPDATE media_item SET kind = 'video' WHERE media_id = ?", (media,))
        tx.record(an_entry("examine"))


class TestAGrantIsGivenAgainstTheLog:
    @pytest.mark.parametrize("level", RevealLevel)
    def test_and_opens_what_its_level_shows(self, vault: Vault, level: RevealLevel) -> None:
        grant = granted(vault, 1, level, reason="to compare it")

        assert opened(vault, grant)
        assert (grant.analyst, grant.vault) == (vault.actor, vault.identity)
        assert grant.reason == "to compare it"

    def test_not_before_the_entry_is_durable(self, vault: Vault) -> None:
        entry = reveal_entry(MediaId(1), RevealLevel.FULL, seconds=6, reason=None)
        with vault.transaction() as tx:
            sequence = tx.record(entry)
            with pytest.raises(LookNotGranted) as refused:
                admit(vault, sequence)
        assert refused.value.facts["cause"] == words.NO_ENTRY
        assert admit(vault, sequence).audit_sequence == sequence

    def test_not_if_the_transaction_failed(self, vault: Vault) -> None:
        entry = reveal_entry(MediaId(1), RevealLevel.FULL, seconds=6, reason=None)
        with pytest.raises(ZeroDivisionError), vault.transaction() as tx:
            sequence = tx.record(entry)
            raise ZeroDivisionError
        with pytest.raises(LookNotGranted):
            admit(vault, sequence)

    @pytest.mark.parametrize(
        "entry",
        [
            reveal_entry(MediaId(2), RevealLevel.FULL, seconds=6, reason=None),
            reveal_entry(MediaId(1), RevealLevel.GREY, seconds=6, reason=None),
            reveal_entry(MediaId(1), RevealLevel.FULL, seconds=5, reason=None),
            an_entry("reveal"),
        ],
        ids=["another item", "another level", "other seconds", "no look at all"],
    )
    def test_not_for_anything_else(self, vault: Vault, entry: AuditDraft) -> None:
        with vault.transaction() as tx:
            sequence = tx.record(entry)
        with pytest.raises(LookNotGranted) as refused:
            admit(vault, sequence)
        assert refused.value.facts["cause"] == words.OTHER_ENTRY

    def test_not_twice_for_one_entry(self, vault: Vault) -> None:
        sequence = recorded(vault, 1, RevealLevel.FULL)
        vault.clear_room.end(admit(vault, sequence))
        with pytest.raises(LookNotGranted):
            admit(vault, sequence)

    def test_not_for_an_entry_of_an_earlier_opening(self, vault: Vault) -> None:
        sequence = recorded(vault, 1, RevealLevel.FULL)
        vault.close()
        with reopened(vault.directory) as again, pytest.raises(LookNotGranted) as refused:
            admit(again, sequence)
        assert refused.value.facts["cause"] == words.OTHER_ENTRY


def admit(vault: Vault, sequence: int) -> RevealGrant:
    return vault.clear_room.admit(
        MediaId(1), RevealLevel.FULL, seconds=6.0, audit_sequence=sequence
    )


class TestAGrantThatIsNotTheRoomsOwn:
    @pytest.mark.parametrize("level", RevealLevel)
    def test_is_refused_if_it_is_made_up(self, vault: Vault, level: RevealLevel) -> None:
        sequence = recorded(vault, 1, level)
        made_up = RevealGrant(
            MediaId(1), level, 6.0, sequence, vault.actor, None, vault.identity, b"\x00" * 16
        )
        assert why_not(vault, made_up) == words.UNKNOWN

    @pytest.mark.parametrize(
        "change",
        [
            {"media_id": MediaId(2)},
            {"level": RevealLevel.FULL},
            {"seconds": 600.0},
            {"analyst": Actor("Bo Example")},
            {"vault": VaultId("00" * 16)},
            {"reason": "another"},
            {"mark": b"\x00" * 16},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_is_refused_if_it_was_altered(self, vault: Vault, change: dict[str, object]) -> None:
        grant = granted(vault, 1, RevealLevel.GREY)
        altered = replace(grant, **change)  # type: ignore[arg-type]
        assert why_not(vault, altered) == words.UNKNOWN
        assert opened(vault, grant)

    def test_is_refused_if_it_is_of_another_vault(self, vault: Vault, tmp_path: Path) -> None:
        with a_vault(tmp_path / "other") as other:
            hold_media(other, 1, CONTENT)
            grant = granted(other, 1, RevealLevel.FULL)
            assert opened(other, grant) == CONTENT
        assert why_not(vault, grant) == words.UNKNOWN


class TestAGrantDies:
    @pytest.mark.parametrize("level", RevealLevel)
    def test_with_its_seconds(self, vault: Vault, clock: SteppingClock, level: RevealLevel) -> None:
        grant = granted(vault, 1, level, seconds=6)
        clock.advance(timedelta(seconds=5.9))
        assert opened(vault, grant)
        clock.advance(timedelta(seconds=0.2))
        assert why_not(vault, grant) == words.TIME_IS_UP
        clock.advance(timedelta(seconds=-60))
        assert why_not(vault, grant) == words.UNKNOWN

    @pytest.mark.parametrize("level", RevealLevel)
    def test_when_the_look_ends(self, vault: Vault, level: RevealLevel) -> None:
        grant = granted(vault, 1, level)
        vault.clear_room.end(grant)
        vault.clear_room.end(grant)
        assert why_not(vault, grant) == words.UNKNOWN

    def test_not_by_the_end_of_another_look(self, vault: Vault) -> None:
        grant = granted(vault, 1, RevealLevel.FULL)
        vault.clear_room.end(granted(vault, 2, RevealLevel.FULL))
        vault.clear_room.end(replace(grant, mark=b"\x00" * 16))
        assert opened(vault, grant)

    @pytest.mark.parametrize("level", RevealLevel)
    def test_with_the_lock(self, vault: Vault, level: RevealLevel) -> None:
        grant = granted(vault, 1, level)
        vault.close()
        assert why_not(vault, grant) == words.IS_LOCKED

    def test_in_the_middle_of_a_file_with_the_lock(self, vault: Vault) -> None:
        pieces = vault.clear_room.original(granted(vault, 1, RevealLevel.FULL))
        assert next(pieces)
        vault.close()
        with pytest.raises(LookNotGranted):
            next(pieces)

    def test_and_none_is_given_after_the_lock(self, vault: Vault) -> None:
        sequence = recorded(vault, 1, RevealLevel.FULL)
        vault.clear_room.close()
        with pytest.raises(LookNotGranted) as refused:
            admit(vault, sequence)
        assert refused.value.facts["cause"] == words.IS_LOCKED


class TestTheOriginalStaysSealed:
    @pytest.mark.parametrize("level", WITHOUT_IT)
    def test_for_what_is_blurred_or_small(self, vault: Vault, level: RevealLevel) -> None:
        grant = granted(vault, 1, level)
        with pytest.raises(LookNotGranted) as refused:
            vault.clear_room.original(grant)
        assert refused.value.facts["cause"] == words.NEEDS_NO_ORIGINAL
        picture = vault.clear_room.picture(grant)
        assert picture is not None
        assert max(picture.width, picture.height) <= 60

    @pytest.mark.parametrize("level", WITHOUT_IT)
    def test_but_a_video_has_no_small_frames(self, vault: Vault, level: RevealLevel) -> None:
        is_kind_video(vault, 1)
        grant = granted(vault, 1, level)
        assert b"".join(vault.clear_room.original(grant)) == CONTENT + b"\x01"

    @pytest.mark.parametrize("level", FROM_THE_ORIGINAL)
    def test_and_the_small_pictures_too_for_the_rest(
        self, vault: Vault, level: RevealLevel
    ) -> None:
        with pytest.raises(LookNotGranted) as refused:
            vault.clear_room.picture(granted(vault, 1, level))
        assert refused.value.facts["cause"] == words.NEEDS_THE_ORIGINAL


class TestWhatIsSeen:
    def test_blurred_is_the_blurred_picture_of_the_child(self, vault: Vault) -> None:
        assert vault.clear_room.picture(granted(vault, 1, RevealLevel.BLURRED)) == BLURRED

    def test_small_grey_is_the_thumbnail_without_its_colours(self, vault: Vault) -> None:
        picture = vault.clear_room.picture(granted(vault, 1, RevealLevel.SMALL_GREY))
        assert picture is not None
        assert (picture.width, picture.height, picture.channels) == (60, 40, 1)
        red, green, blue = CLEAR.pixels[:3]
        assert picture.pixels[0] == pytest.approx(0.299 * red + 0.587 * green + 0.114 * blue, abs=1)

    def test_blurred_in_colour_is_a_few_averages(self, vault: Vault) -> None:
        picture = vault.clear_room.picture(granted(vault, 1, RevealLevel.BLURRED_COLOUR))
        assert picture is not None
        assert (picture.width, picture.height, picture.channels) == (20, 13, 3)

    def test_nothing_where_there_are_no_pictures(self, vault: Vault) -> None:
        vault.derivatives.begin_anew()
        assert vault.clear_room.picture(granted(vault, 1, RevealLevel.BLURRED)) is None

    def test_an_item_that_is_not_held_is_not_opened(self, vault: Vault) -> None:
        with pytest.raises(UnknownReference):
            vault.clear_room.original(granted(vault, 77, RevealLevel.FULL))


class TestTheSealOfAPicture:
    KEY = clear_room_key(bytes(32))
    DIGEST = "ab" * 32

    def test_gives_back_what_was_sealed(self) -> None:
        sealed = seal_picture(self.KEY, self.DIGEST, Derived.CLEAR, CLEAR)
        assert unseal_picture(self.KEY, self.DIGEST, Derived.CLEAR, sealed) == CLEAR

    def test_does_not_open_as_another_picture(self) -> None:
        sealed = seal_picture(self.KEY, self.DIGEST, Derived.CLEAR, CLEAR)
        other_key = clear_room_key(b"\x01" * 32)
        for key, digest, purpose in (
            (other_key, self.DIGEST, Derived.CLEAR),
            (bytes(32), self.DIGEST, Derived.CLEAR),
            (self.KEY, "ac" * 32, Derived.CLEAR),
            (self.KEY, self.DIGEST, Derived.BLURRED),
        ):
            with pytest.raises(VaultDamaged):
                unseal_picture(key, digest, purpose, sealed)

    def test_shows_every_change(self) -> None:
        sealed = seal_picture(self.KEY, self.DIGEST, Derived.CLEAR, Picture(2, 1, 1, b"ab"))
        for place in range(len(sealed)):
            changed = bytearray(sealed)
            changed[place] ^= 1
            with pytest.raises(VaultDamaged):
                unseal_picture(self.KEY, self.DIGEST, Derived.CLEAR, bytes(changed))
        for length in range(len(sealed)):
            with pytest.raises(VaultDamaged):
                unseal_picture(self.KEY, self.DIGEST, Derived.CLEAR, sealed[:length])

    def test_is_another_each_time(self) -> None:
        seals = {seal_picture(self.KEY, self.DIGEST, Derived.CLEAR, CLEAR) for _ in range(8)}
        assert len(seals) == 8


def test_many_looks_at_once_each_have_their_own_grant(vault: Vault) -> None:
    grants: list[RevealGrant] = []
    start = threading.Barrier(8)

    def look() -> None:
        start.wait()
        grants.append(granted(vault, 1, RevealLevel.SMALL_GREY))

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({grant.mark for grant in grants}) == 8
    assert all(opened(vault, grant) for grant in grants)
