from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from cport_desktop.crypto.passphrase import FLOOR, Cost
from cport_desktop.domain.nature import Nature
from cport_desktop.errors import VaultDamaged, VaultNewer, WrongPassphrase
from cport_desktop.vault.key_slots import LONGEST_HEADER, NewHeader, new_header, open_header

Header = dict[str, Any]


@pytest.fixture(scope="module")
def new() -> NewHeader:
    return new_header(nature=Nature.DEMO, analyst="Ada", passphrase=b"secret", cost=FLOOR)


def changed(new: NewHeader, change: Callable[[Header], object]) -> bytes:
    header = json.loads(new.content)
    change(header)
    return json.dumps(header).encode()


def test_the_passphrase_opens_the_slot_and_the_slot_names_the_analyst(new):
    opened = open_header(new.content, passphrase=b"secret")
    assert opened == new.opened
    assert opened.actor == "Ada"
    assert opened.nature is Nature.DEMO


def test_another_passphrase_is_refused(new):
    with pytest.raises(WrongPassphrase):
        open_header(new.content, passphrase=b"Secret")


def test_two_vaults_with_one_passphrase_have_nothing_in_common(new):
    other = new_header(nature=Nature.DEMO, analyst="Ada", passphrase=b"secret", cost=FLOOR)
    assert other.opened.vault != new.opened.vault
    assert other.opened.keys.database != new.opened.keys.database
    assert json.loads(other.content)["slots"][0]["derivation"]["salt"] not in new.content.decode()


def test_each_purpose_has_a_key_of_its_own(new):
    keys = new.opened.keys
    assert len({keys.database, keys.derivatives, keys.header_mac}) == 3


def test_no_key_is_shown_by_accident(new):
    assert new.opened.keys.database.hex() not in repr(new.opened)
    assert repr(new.opened.keys.database) not in repr(new.opened)


def test_a_demo_vault_cannot_be_relabelled_live(new):
    relabelled = changed(new, lambda header: header.update(nature="live"))
    with pytest.raises(VaultDamaged):
        open_header(relabelled, passphrase=b"secret")


@pytest.mark.parametrize(
    "change",
    [
        lambda header: header.update(generation=2),
        lambda header: header.update(mac="00" * 32),
        lambda header: header["slots"].append(header["slots"][0] | {"name": "Eve"}),
        lambda header: header.update(mac="zz"),
        lambda header: header.update(slots=[]),
        lambda header: header.update(unknown=1),
        lambda header: header.pop("nature"),
        lambda header: header.update(nature="both"),
        lambda header: header["slots"][0].update(kind="backdoor"),
        lambda header: header.update(version=0),
        lambda header: header["slots"][0]["derivation"].update(algorithm="pbkdf2"),
    ],
)
def test_a_header_that_was_changed_is_damaged(new, change):
    with pytest.raises(VaultDamaged):
        open_header(changed(new, change), passphrase=b"secret")


@pytest.mark.parametrize(
    "change",
    [
        lambda header: header["slots"][0].update(name="Eve"),
        lambda header: header["slots"][0].update(slot="00" * 16),
        lambda header: header["slots"][0].update(nonce="00" * 12),
        lambda header: header["slots"][0].update(nonce="00"),
        lambda header: header["slots"][0].update(wrapped="00" * 48),
        lambda header: header["slots"][0]["derivation"].update(passes=4),
        lambda header: header.update(vault="00" * 16),
    ],
)
def test_a_slot_that_was_changed_opens_with_nothing(new, change):
    with pytest.raises(WrongPassphrase):
        open_header(changed(new, change), passphrase=b"secret")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("memory_kib", FLOOR.memory_kib // 2),
        ("memory_kib", 4 * 1024 * 1024 + 1),
        ("passes", 2),
        ("passes", 65),
        ("lanes", 65),
    ],
)
def test_a_cost_out_of_bounds_is_refused_before_anything_is_derived(new, name, value):
    weakened = changed(new, lambda header: header["slots"][0]["derivation"].update({name: value}))
    with pytest.raises(VaultDamaged):
        open_header(weakened, passphrase=b"secret")


def test_a_header_of_a_later_version_is_left_alone(new):
    later = changed(new, lambda header: header.update(version=2, recovery={"of": "the future"}))
    with pytest.raises(VaultNewer) as caught:
        open_header(later, passphrase=b"secret")
    assert caught.value.facts == {"found": 2, "known": 1}


@pytest.mark.parametrize(
    "rubbish",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 50_000, b" " * (LONGEST_HEADER + 1)],
)
def test_rubbish_is_damaged_and_not_a_bug(rubbish):
    with pytest.raises(VaultDamaged):
        open_header(rubbish, passphrase=b"secret")


def test_a_cost_that_no_vault_accepts_makes_no_header():
    with pytest.raises(ValueError, match="cost"):
        new_header(nature=Nature.DEMO, analyst="Ada", passphrase=b"x", cost=Cost(1024, 3, 4))


@pytest.mark.parametrize("name", ["", "A" * 121])
def test_a_slot_needs_a_name_of_reasonable_length(name):
    with pytest.raises(ValueError, match="name"):
        new_header(nature=Nature.DEMO, analyst=name, passphrase=b"x", cost=FLOOR)
