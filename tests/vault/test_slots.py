from __future__ import annotations

import json
import secrets
import unicodedata
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from cport_desktop.crypto.key_wrapping import unwrap
from cport_desktop.crypto.passphrase import FLOOR, Cost, encode_passphrase
from cport_desktop.domain.ids import AnalystId
from cport_desktop.domain.nature import Nature
from cport_desktop.errors import SecretUnfit, VaultDamaged, VaultNewer, WrongPassphrase
from cport_desktop.vault.header import (
    LONGEST_HEADER,
    Header,
    is_sealed_with,
    parse_header,
    print_header,
    sealed,
)
from cport_desktop.vault.key_slots import (
    NewSlot,
    OpenedHeader,
    make_slot,
    new_header,
    open_header,
    private_half,
    public_facts,
    resealed,
    rewrapped,
)
from cport_desktop.vault.slot_key_file import KeyFile, NewKeyFile
from cport_desktop.vault.slot_kinds import NewSecret, Secret
from cport_desktop.vault.slot_passphrase import NewPassphrase, Passphrase
from cport_desktop.vault.slot_recovery import NewRecoveryCode, RecoveryCode
from tests.builders import NOON

ADA = AnalystId("a" * 32)
BOB = AnalystId("b" * 32)
CODE, FILE = bytes(range(20)), bytes(range(32))
SECRETS: list[tuple[NewSecret, Secret, Secret]] = [
    (NewPassphrase(b"secret", FLOOR), Passphrase(b"secret"), Passphrase(b"Secret")),
    (NewRecoveryCode(CODE), RecoveryCode(CODE), RecoveryCode(CODE[::-1])),
    (NewKeyFile(FILE), KeyFile(FILE), KeyFile(FILE[::-1])),
]


def a_header(*secrets_: NewSecret) -> OpenedHeader:
    slots = tuple(NewSlot(f"slot {number}", new) for number, new in enumerate(secrets_))
    return new_header(nature=Nature.DEMO, analyst=ADA, slots=slots, at=NOON)


@pytest.fixture(scope="module")
def new() -> OpenedHeader:
    return a_header(*(new for new, _, _ in SECRETS))


def changed(opened: OpenedHeader, change: Callable[[dict[str, Any]], object]) -> Header:
    header = json.loads(print_header(opened.header))
    change(header)
    return parse_header(json.dumps(header).encode())


def test_a_printed_header_is_the_same_when_read(new):
    assert parse_header(print_header(new.header)) == new.header


@pytest.mark.parametrize(("_new", "right", "wrong"), SECRETS)
class TestEachKind:
    def test_opens_with_its_secret_and_gives_the_same_keys(self, new, _new, right, wrong):
        opened = open_header(new.header, right)
        assert opened.keys == new.keys
        assert opened.personal == new.personal
        assert opened.slot.analyst == ADA

    def test_refuses_another_secret(self, new, _new, right, wrong):
        with pytest.raises(WrongPassphrase):
            open_header(new.header, wrong)

    def test_opens_by_its_name_alone(self, new, _new, right, wrong):
        name = open_header(new.header, right).slot.name
        assert open_header(new.header, right, slot_name=name).slot.name == name
        with pytest.raises(WrongPassphrase):
            open_header(new.header, right, slot_name="another")

    def test_does_not_open_for_another_analyst(self, new, _new, right, wrong):
        slot = open_header(new.header, right).slot.slot

        def give_to_bob(header):
            for each in header["slots"]:
                if each["slot"] == slot:
                    each["analyst"] = BOB

        with pytest.raises(WrongPassphrase):
            open_header(changed(new, give_to_bob), right)


def test_two_vaults_with_one_passphrase_have_nothing_in_common():
    one, other = a_header(SECRETS[0][0]), a_header(SECRETS[0][0])
    assert one.vault != other.vault
    assert one.keys.database != other.keys.database
    assert one.personal != other.personal
    assert one.header.slots[0].public != other.header.slots[0].public


def test_each_purpose_has_a_key_of_its_own(new):
    keys = new.keys
    assert len({keys.master, keys.database, keys.derivatives, keys.header_mac, keys.backup}) == 5


def test_no_secret_is_shown_by_accident(new):
    shown = repr(new) + repr(SECRETS)
    for value in (new.keys.master, new.keys.database, new.personal, b"secret", CODE, FILE):
        assert value.hex() not in shown
        assert repr(value) not in shown


CHANGES = {
    "nature": lambda header: header.update(nature="live"),
    "generation": lambda header: header.update(generation=7),
    "a slot's name": lambda header: header["slots"][0].update(name="renamed"),
    "a slot dropped": lambda header: header["slots"].pop(),
    "slots swapped": lambda header: header["slots"].reverse(),
    "personal key dropped": lambda header: header["slots"][0].pop("personal"),
    "when it was made": lambda header: header["slots"][0].update(made_at="2020-01-01T00:00:00Z"),
    "the age of the keys": lambda header: header.update(rekeyed_at="2020-01-01T00:00:00Z"),
    "mac": lambda header: header.update(mac=""),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_is_changed_without_a_key_is_found(new, change):
    with pytest.raises((VaultDamaged, WrongPassphrase)):
        open_header(changed(new, change), KeyFile(FILE))


def test_a_slot_of_another_vault_does_not_open_this_one(new):
    other = a_header(NewKeyFile(bytes(32)))
    mixed = msgspec.structs.replace(new.header, slots=(*new.header.slots, *other.header.slots))
    with pytest.raises(WrongPassphrase):
        open_header(mixed, KeyFile(bytes(32)))


def test_every_flipped_bit_is_found():
    """A bit of every byte of a header with one slot: refused, or it says what it said."""
    opened = a_header(NewKeyFile(FILE))
    content = print_header(opened.header)
    for position in range(len(content)):
        flipped = bytearray(content)
        flipped[position] ^= 1 << position % 8
        try:
            found = open_header(parse_header(bytes(flipped)), KeyFile(FILE))
        except (VaultDamaged, VaultNewer, WrongPassphrase):
            continue
        assert found.header == opened.header, position


@pytest.mark.parametrize(
    ("field", "value"),
    [("memory_kib", 32 * 1024), ("passes", 2), ("memory_kib", 2**31), ("lanes", 1000)],
)
def test_a_cost_talked_down_or_up_is_refused_before_any_key_is_derived(new, field, value):
    with pytest.raises(VaultDamaged):
        changed(new, lambda header: header["slots"][0]["parameters"].update({field: value}))


def test_a_header_of_a_later_version_is_told_apart_from_a_damaged_one(new):
    content = print_header(new.header).replace(b'"version": 2', b'"version": 3')
    with pytest.raises(VaultNewer) as caught:
        parse_header(content)
    assert caught.value.facts == {"found": 3, "known": 2}


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"{}",
        b"[" * 100_000,
        b"\xff" * 200,
        b'{"format":"cport-vault"}',
        b" " * LONGEST_HEADER * 2,
    ],
    ids=["empty", "no fields", "nested", "not text", "no version", "too long"],
)
def test_rubbish_is_no_header(rubbish):
    with pytest.raises(VaultDamaged):
        parse_header(rubbish)


def test_two_slots_with_one_identity_are_no_header(new):
    with pytest.raises(VaultDamaged):
        changed(new, lambda header: header["slots"].append(header["slots"][0]))


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("", NewKeyFile(FILE)),
        ("x" * 121, NewKeyFile(FILE)),
        ("a\nb", NewKeyFile(FILE)),
        ("x", NewKeyFile(b"short")),
        ("x", NewRecoveryCode(b"short")),
        ("x", NewPassphrase(b"secret", Cost(1024, 3, 4))),
    ],
)
def test_what_no_slot_accepts_makes_none(name, secret):
    with pytest.raises(ValueError, match=r"name|bits|passphrase|cost"):
        make_slot(
            a_header(NewKeyFile(FILE)).vault,
            NewSlot(name, secret),
            analyst=ADA,
            at=NOON,
            master=bytes(32),
            personal=None,
        )


@pytest.mark.parametrize("blank", ["", " ", " \n\t", "\u00a0\u2003", "\u3000"])
def test_a_passphrase_of_nothing_but_blanks_makes_none(blank):
    with pytest.raises(SecretUnfit):
        a_header(NewPassphrase(encode_passphrase(blank), FLOOR))


def test_a_header_holds_thirty_two_slots_and_says_all_of_them_without_a_key():
    many = a_header(*(NewKeyFile(secrets.token_bytes(32)) for _ in range(32)))
    content = print_header(many.header)
    assert len(content) < LONGEST_HEADER
    facts = public_facts(content)
    assert [slot.name for slot in facts.slots] == [f"slot {number}" for number in range(32)]
    assert facts.vault == many.vault


def test_a_passphrase_of_a_thousand_letters_opens_in_both_normal_forms():
    text = "é" * 500 + "ひが" * 250
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert composed != decomposed
    opened = a_header(NewPassphrase(encode_passphrase(composed), FLOOR))
    open_header(opened.header, Passphrase(encode_passphrase(decomposed)))


def test_a_slot_made_by_somebody_else_opens_the_vault_and_not_the_personal_key(new):
    slot = make_slot(
        new.vault,
        NewSlot("for Bob", NewKeyFile(bytes(32))),
        analyst=BOB,
        at=NOON,
        master=new.keys.master,
        personal=None,
    )
    with_bob = sealed(
        msgspec.structs.replace(new.header, slots=(*new.header.slots, slot)), new.keys
    )
    opened = open_header(with_bob, KeyFile(bytes(32)))
    assert opened.keys == new.keys
    assert opened.personal is None
    assert opened.slot.analyst == BOB


def with_another_secret(new: OpenedHeader) -> Header:
    """The third slot opens with 32 zero bytes from now on."""
    slot = new.header.slots[2]
    private = private_half(new.header, slot, KeyFile(FILE))
    assert private is not None
    again = resealed(new.header, slot, NewKeyFile(bytes(32)), half=private, master=new.keys.master)
    slots = (*new.header.slots[:2], again)
    return sealed(msgspec.structs.replace(new.header, slots=slots), new.keys)


def test_another_secret_for_a_slot_ends_the_old_one_and_changes_nothing_else(new):
    header, before = with_another_secret(new), new.header.slots[2]
    opened = open_header(header, KeyFile(bytes(32)))
    assert (opened.keys, opened.personal) == (new.keys, new.personal)
    after = header.slots[2]
    assert (after.slot, after.name, after.analyst, after.made_at) == (
        before.slot, before.name, before.analyst, before.made_at,
    )  # fmt: skip
    with pytest.raises(WrongPassphrase):
        open_header(header, KeyFile(FILE))


def test_who_knew_a_secret_that_was_changed_opens_nothing_after_a_rekey(new):
    # What somebody could take away before: the old header, and the secret that opened it.
    old = next(slot for slot in new.header.slots if slot.name == "slot 2")
    half = private_half(new.header, old, KeyFile(FILE))
    assert half is not None
    opened = open_header(with_another_secret(new), KeyFile(bytes(32)))
    _, renewed = rewrapped(opened, secrets.token_bytes(32), at=NOON)
    purpose = f"cport-vault wrap\n{new.vault}\n{old.slot}\nmaster".encode()
    assert unwrap(half, old.master, purpose=purpose) == new.keys.master
    assert unwrap(half, renewed.slots[2].master, purpose=purpose) is None


class TestRenewingTheMasterKey:
    def test_every_slot_opens_to_the_new_key_without_its_secret(self, new):
        master = secrets.token_bytes(32)
        between, final = rewrapped(new, master, at=NOON)
        for _, right, _ in SECRETS:
            opened = open_header(final, right)
            assert opened.keys.master == master
            assert opened.before is None
            assert opened.personal == new.personal
            halfway = open_header(between, right)
            assert halfway.keys.master == master
            assert halfway.before == new.keys
        assert (between.generation, final.generation) == (2, 3)

    def test_what_the_old_key_could_read_does_not_lead_to_the_new_one(self, new):
        _, final = rewrapped(new, secrets.token_bytes(32), at=NOON)
        assert not is_sealed_with(final, new.keys, None)
        assert all(slot.master_before is None for slot in final.slots)

    def test_between_two_keys_both_seals_must_hold(self, new):
        between, _ = rewrapped(new, secrets.token_bytes(32), at=NOON)
        for stripped in (
            msgspec.structs.replace(between, mac_before=None),
            msgspec.structs.replace(between, mac_before=b""),
            msgspec.structs.replace(between, mac=b""),
        ):
            with pytest.raises(VaultDamaged):
                open_header(stripped, KeyFile(FILE))
