"""A header that somebody changed without the key: for every kind and every field of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from keyring.backends import SecretService

from cport_desktop.crypto.passphrase import FLOOR, encode_passphrase
from cport_desktop.domain.ids import AnalystId
from cport_desktop.domain.nature import Nature
from cport_desktop.errors import CportError
from cport_desktop.vault.header import Header, parse_header, print_header
from cport_desktop.vault.key_slots import NewSlot, OpenedHeader, new_header, open_header
from cport_desktop.vault.slot_key_file import KeyFile, NewKeyFile
from cport_desktop.vault.slot_keyring import Keyring, KeyringPin, NewKeyring
from cport_desktop.vault.slot_kinds import NewSecret, Secret
from cport_desktop.vault.slot_passphrase import NewPassphrase, Passphrase
from cport_desktop.vault.slot_recovery import NewRecoveryCode, RecoveryCode
from cport_desktop.vault.slot_token import NewToken, TokenPin
from tests.builders import NOON
from tests.keyring_session import keyring_session, needs_keyring
from tests.tokens import PIN, needs_token, token_drawer

CODE, FILE = bytes(range(20)), bytes(range(32))


@dataclass(frozen=True, slots=True)
class Case:
    """A header of one slot, what opens it, and what does not."""

    opened: OpenedHeader
    right: Secret
    wrong: Secret


def a_case(new: NewSecret, right: Secret, wrong: Secret) -> Case:
    slots = (NewSlot("only", new),)
    opened = new_header(nature=Nature.LIVE, analyst=AnalystId("a" * 32), slots=slots, at=NOON)
    return Case(opened, right, wrong)


def secret_service() -> Keyring:
    return SecretService.Keyring()  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    with keyring_session(tmp_path_factory.mktemp("session")) as environment:
        os.environ.update(environment)
        yield
    if before is None:
        del os.environ["DBUS_SESSION_BUS_ADDRESS"]
    else:
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = before


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with token_drawer(tmp_path_factory.mktemp("drawer")) as drawer:
        drawer.make("Unit 7")
        yield drawer.module


KINDS = (
    "passphrase",
    "recovery",
    "key_file",
    pytest.param("keyring", marks=needs_keyring),
    pytest.param("token", marks=needs_token),
)


@pytest.fixture(scope="module", params=KINDS)
def case(request: pytest.FixtureRequest) -> Case:
    match request.param:
        case "passphrase":
            return a_case(
                NewPassphrase(b"secret", FLOOR), Passphrase(b"secret"), Passphrase(b"Secret")
            )
        case "recovery":
            return a_case(NewRecoveryCode(CODE), RecoveryCode(CODE), RecoveryCode(CODE[::-1]))
        case "key_file":
            return a_case(NewKeyFile(FILE), KeyFile(FILE), KeyFile(FILE[::-1]))
        case "keyring":
            request.getfixturevalue("session")
            return a_case(
                NewKeyring(b"123456", FLOOR, secret_service),
                KeyringPin(b"123456", secret_service),
                KeyringPin(b"654321", secret_service),
            )
        case _:
            module = request.getfixturevalue("module")
            return a_case(NewToken(module, PIN), TokenPin(PIN, module), TokenPin(b"999999", module))


def document(case: Case) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(print_header(case.opened.header))
    return found


def parsed(changed: dict[str, Any]) -> Header:
    return parse_header(json.dumps(changed).encode())


def test_the_right_secret_opens(case):
    found = open_header(case.opened.header, case.right)
    assert (found.keys, found.personal) == (case.opened.keys, case.opened.personal)


def test_a_wrong_one_does_not(case):
    with pytest.raises(CportError):
        open_header(case.opened.header, case.wrong)


def test_nor_does_a_secret_of_another_kind(case):
    others: list[Secret] = [
        Passphrase(b"secret"), RecoveryCode(CODE), KeyFile(FILE), TokenPin(PIN),
        KeyringPin(b"123456", secret_service),
    ]  # fmt: skip
    for other in others:
        if type(other) is not type(case.right):
            with pytest.raises(CportError):
                open_header(case.opened.header, other)


def test_no_field_of_the_kinds_parameters_can_be_changed(case):
    for name, value in document(case)["slots"][0]["parameters"].items():
        for other in others_for(name, value):
            changed = document(case)
            changed["slots"][0]["parameters"][name] = other
            with pytest.raises(CportError):
                open_header(parsed(changed), case.right)


def test_no_field_of_the_slot_can_be_changed(case):
    for name, value in document(case)["slots"][0].items():
        for other in others_for(name, value):
            changed = document(case)
            changed["slots"][0][name] = other
            with pytest.raises(CportError):
                open_header(parsed(changed), case.right)


def test_no_field_of_the_slot_can_be_left_out(case):
    for name, value in document(case)["slots"][0].items():
        if value is None:
            continue  # to leave it out says the same
        changed = document(case)
        del changed["slots"][0][name]
        with pytest.raises(CportError):
            open_header(parsed(changed), case.right)


def test_it_cannot_be_said_to_be_of_another_kind(case):
    for kind in ("passphrase", "recovery", "key_file", "keyring", "token", "none"):
        changed = document(case)
        if changed["slots"][0]["parameters"]["kind"] != kind:
            changed["slots"][0]["parameters"]["kind"] = kind
            with pytest.raises(CportError):
                open_header(parsed(changed), case.right)


def test_no_secret_is_shown_by_accident(case):
    shown = repr(case) + repr(case.opened.header.slots) + repr(case.wrong)
    keys = case.opened.keys
    for value in (keys.master, keys.database, case.opened.personal, b"secret", CODE, FILE, PIN):
        assert value is not None
        assert value.hex() not in shown
        assert repr(value) not in shown


def test_a_passphrase_of_a_thousand_letters_opens_in_both_normal_forms():
    composed, decomposed = "é" * 1000, "e\u0301" * 1000
    case = a_case(
        NewPassphrase(encode_passphrase(composed), FLOOR),
        Passphrase(encode_passphrase(decomposed)),
        Passphrase(encode_passphrase("e" * 1000)),
    )
    assert open_header(case.opened.header, case.right).keys == case.opened.keys
    with pytest.raises(CportError):
        open_header(case.opened.header, case.wrong)


def others_for(name: str, value: Any) -> list[Any]:
    """What an attacker might write there instead: neighbours, weaker ones, rubbish."""
    if isinstance(value, bool) or value is None:
        return []
    if isinstance(value, int):
        return [value - 1, value + 1, 1, 0, -1, 2**31]
    if isinstance(value, dict):
        return [{}]
    if name in {"label", "name", "backend"}:
        return [value + " "]
    flipped = ("A" if value[0] != "A" else "B") + value[1:]
    return [flipped, value[:-4], "", value + value]
