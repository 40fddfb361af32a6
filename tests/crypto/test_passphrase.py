from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given
from hypothesis import strategies as some

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto.passphrase import (
    CEILING,
    FLOOR,
    LEAST_NEW,
    SALT_SIZE,
    Cost,
    calibrated,
    cost_for,
    derive,
    encode_passphrase,
)
from tests.remembered_keys import remembers


def test_a_vault_made_today_opens_tomorrow():
    # What version 0.1.0 derived: if this ever changes, no existing vault opens.
    key = derive(b"password", b"somesalt16bytes!", FLOOR)
    assert key.hex() == "f4b162370970242025ec7d06fc7454b121d829eb446c6b29d81fa4dd825ec942"


def test_the_library_beneath_is_argon2id():
    # RFC 9106, section 5.3; with secret and associated data, which we do not use.
    argon2id = Argon2id(
        salt=b"\x02" * 16,
        length=32,
        iterations=3,
        lanes=4,
        memory_cost=32,
        ad=b"\x04" * 12,
        secret=b"\x03" * 8,
    )
    expected = "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
    assert argon2id.derive(b"\x01" * 32).hex() == expected


def test_two_ways_to_compose_a_letter_are_one_passphrase():
    assert encode_passphrase("caf\u00e9") == encode_passphrase("cafe\u0301")


def test_another_salt_gives_another_key():
    assert derive(b"x", b"a" * 16, FLOOR) != derive(b"x", b"b" * 16, FLOOR)


@pytest.mark.parametrize(
    "cost",
    [
        Cost(FLOOR.memory_kib - 1, 3, 4),
        Cost(FLOOR.memory_kib, 2, 4),
        Cost(FLOOR.memory_kib, 3, 0),
        Cost(CEILING.memory_kib + 1, 3, 4),
        Cost(FLOOR.memory_kib, CEILING.passes + 1, 4),
        Cost(FLOOR.memory_kib, 3, CEILING.lanes + 1),
    ],
)
def test_a_cost_out_of_bounds_is_not_acceptable(cost):
    assert not cost.is_acceptable


def test_floor_and_ceiling_are_acceptable_themselves():
    assert FLOOR.is_acceptable
    assert CEILING.is_acceptable


class TestCalibration:
    @given(memory=some.integers(0, 2**42), seconds=some.floats(0, 1000))
    def test_is_within_bounds_on_every_machine(self, memory, seconds):
        cost = cost_for(memory, seconds)
        assert cost.is_acceptable
        assert LEAST_NEW.memory_kib <= cost.memory_kib <= 1024 * 1024
        assert cost.passes >= 3
        assert cost.lanes == 4

    @given(seconds=some.floats(0.04, 0.5), memory=some.integers(2 * 10**9, 2**40))
    def test_takes_one_to_two_seconds_where_the_machine_allows(self, seconds, memory):
        cost = cost_for(memory, seconds)
        expected = seconds / (128 * 1024 * 3) * cost.memory_kib * cost.passes
        assert 0.99 < expected <= 1.91 or cost == LEAST_NEW

    def test_an_ordinary_machine_gets_what_the_standard_asks_for(self):
        assert cost_for(8 * 10**9, 0.2) == Cost(1024 * 1024, 3, 4)

    def test_less_memory_is_made_up_for_by_passes(self):
        assert cost_for(4 * 10**9, 0.1) == Cost(512 * 1024, 12, 4)
        assert cost_for(0, 0.1) == Cost(256 * 1024, 23, 4)

    def test_a_slow_machine_uses_less_memory_and_never_less_than_the_floor(self):
        assert cost_for(8 * 10**9, 0.4) == Cost(576 * 1024, 3, 4)
        assert cost_for(8 * 10**9, 30) == LEAST_NEW

    def test_it_is_measured_with_the_clock_that_is_given(self):
        assert calibrated(8 * 10**9, SlowMachine(0.4)) == Cost(576 * 1024, 3, 4)

    def test_the_suite_remembers_no_trial_so_that_its_machine_does_not_look_quick(self):
        calibrated(8 * 10**9, SlowMachine(0.4))
        assert not remembers(b"trial", bytes(SALT_SIZE), Cost(128 * 1024, 3, 4))
        derive(b"a passphrase", b"sixteen of salt!", FLOOR)
        assert remembers(b"a passphrase", b"sixteen of salt!", FLOOR)


class SlowMachine(SteppingClock):
    """A clock by which whatever happens between two readings takes so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(datetime(2026, 5, 17, tzinfo=UTC), timedelta(seconds=seconds))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_thousand_letters_of_any_script_are_one_passphrase_in_both_normal_forms(form):
    letters = "äöüéñçø漢字かなガギ한글عربيעברית😀ẞ"
    text = "".join(letters[place % len(letters)] for place in range(1000))
    typed = unicodedata.normalize(form, text)
    assert encode_passphrase(typed) == encode_passphrase(text)
    assert derive(encode_passphrase(typed), b"s" * 16, FLOOR).hex() == (
        derive(encode_passphrase(text), b"s" * 16, FLOOR).hex()
    )
