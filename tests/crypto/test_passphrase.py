from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from cport_desktop.crypto.passphrase import (
    CEILING,
    FLOOR,
    Cost,
    calibrated,
    derive,
    encode_passphrase,
)


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


def test_a_machine_with_much_memory_pays_more_for_a_guess():
    assert calibrated(8 * 10**9).memory_kib == 1024 * 1024
    assert calibrated(4 * 10**9).memory_kib == 256 * 1024
    assert calibrated(4 * 10**9).is_acceptable
