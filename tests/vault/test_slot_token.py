from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pkcs11
import pytest
from pkcs11 import Attribute

from cport_desktop.errors import (
    SecretUnfit,
    TokenAbsent,
    TokenFailed,
    TokenKeyMissing,
    TokenModuleMissing,
    TokenPinWrong,
    ValueUnknown,
)
from cport_desktop.vault import token_session
from cport_desktop.vault.slot_token import (
    NEW_KEY_LABEL,
    NewToken,
    TokenParameters,
    TokenPin,
    derive,
    enrol,
    find_module,
)
from cport_desktop.words import slots as words
from tests.tokens import PIN, TokenDrawer, needs_token, token_drawer

pytestmark = needs_token


@dataclass(frozen=True, slots=True)
class Enrolled:
    parameters: TokenParameters
    key: bytes
    secret: TokenPin


@pytest.fixture(scope="module")
def drawer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TokenDrawer]:
    with token_drawer(tmp_path_factory.mktemp("drawer")) as made:
        yield made


@pytest.fixture(scope="module")
def enrolled(drawer: TokenDrawer) -> Enrolled:
    drawer.make("Unit 7")
    parameters, key = enrol(NewToken(drawer.module, PIN))
    return Enrolled(parameters, key, TokenPin(PIN, drawer.module))


def test_token_and_pin_give_the_key_again(enrolled):
    assert derive(enrolled.parameters, enrolled.secret) == enrolled.key


def test_the_usual_folders_have_the_module_too(enrolled):
    assert derive(enrolled.parameters, TokenPin(PIN)) == enrolled.key


def test_the_header_names_the_token_and_neither_folder_nor_secret(enrolled, drawer):
    parameters = enrolled.parameters
    assert (parameters.module, parameters.label) == (drawer.module.name, "Unit 7")
    shown = msgspec.json.encode(parameters).decode() + repr(enrolled.secret)
    assert str(drawer.module.parent) not in msgspec.json.encode(parameters).decode()
    assert enrolled.key.hex() not in shown
    assert PIN.decode() not in shown


def test_the_key_on_the_token_cannot_be_taken_out(enrolled, drawer):
    with token_session.signed_in(drawer.module, pin=PIN, token="Unit 7") as session:
        (key,) = session.decrypting_keys(key_id=enrolled.parameters.key_id)
        assert key.modulus.bit_length() == 3072
        assert key.label == NEW_KEY_LABEL
        assert key.handle[Attribute.SENSITIVE] is True
        assert key.handle[Attribute.EXTRACTABLE] is False
        assert key.handle[Attribute.NEVER_EXTRACTABLE] is True
        assert key.handle[Attribute.SIGN] is False


def test_nobody_is_signed_in_afterwards(enrolled, drawer):
    library = pkcs11.lib(str(drawer.module))
    try:
        with library.get_token(token_label="Unit 7").open() as session:
            assert not list(session.get_objects({Attribute.PRIVATE: True}))
    finally:
        library.finalize()


def test_a_key_that_is_there_can_be_chosen(enrolled, drawer):
    keys = {
        NEW_KEY_LABEL,
        enrolled.parameters.key_id.hex(),
        enrolled.parameters.key_id.hex().upper(),
    }
    for wanted in keys:
        parameters, key = enrol(NewToken(drawer.module, PIN, token="Unit 7", key=wanted))
        assert parameters.key_id == enrolled.parameters.key_id
        assert derive(parameters, enrolled.secret) == key != enrolled.key


class TestWhatGoesWrong:
    def test_the_module_is_not_on_this_machine(self, enrolled):
        elsewhere = msgspec.structs.replace(enrolled.parameters, module="vendor-9.so")
        with pytest.raises(TokenModuleMissing) as caught:
            derive(elsewhere, TokenPin(PIN))
        assert caught.value.facts == {"module": "vendor-9.so"}

    def test_what_was_named_as_the_module_is_none(self, enrolled, tmp_path):
        path = tmp_path / "module.so"
        path.write_bytes(b"no library at all")
        with pytest.raises(TokenFailed):
            derive(enrolled.parameters, TokenPin(PIN, path))

    def test_the_token_is_not_plugged_in(self, enrolled, drawer):
        drawer.make("Passing")
        parameters, _ = enrol(NewToken(drawer.module, PIN, token="Passing"))
        drawer.remove("Passing")
        with pytest.raises(TokenAbsent) as caught:
            derive(parameters, enrolled.secret)
        assert caught.value.facts == {"label": "Passing", "serial": parameters.serial}

    def test_a_wrong_pin_is_said_to_be_wrong_and_that_tries_are_counted(self, enrolled, drawer):
        with pytest.raises(TokenPinWrong) as caught:
            derive(enrolled.parameters, TokenPin(b"999999", drawer.module))
        assert caught.value.facts == {"label": "Unit 7", "tries": words.FEW_TRIES_LEFT}
        assert derive(enrolled.parameters, enrolled.secret) == enrolled.key

    @pytest.mark.parametrize("pin", [b"1", b"9" * 300, b"\xff\xfe12"])
    def test_so_is_one_that_no_token_would_take(self, enrolled, drawer, pin):
        with pytest.raises(TokenPinWrong):
            derive(enrolled.parameters, TokenPin(pin, drawer.module))

    def test_an_empty_pin_is_not_even_tried(self, enrolled, drawer):
        with pytest.raises(SecretUnfit):
            derive(enrolled.parameters, TokenPin(b"", drawer.module))

    def test_the_key_was_removed_from_the_token(self, enrolled, drawer):
        drawer.make("Wiped")
        parameters, _ = enrol(NewToken(drawer.module, PIN, token="Wiped"))
        with token_session.signed_in(drawer.module, pin=PIN, token="Wiped", writes=True) as session:
            session.remove_key(parameters.key_id)
        with pytest.raises(TokenKeyMissing):
            derive(parameters, enrolled.secret)
        drawer.remove("Wiped")

    def test_of_several_tokens_one_must_be_named(self, enrolled, drawer):
        drawer.make("Second")
        with pytest.raises(ValueUnknown) as caught:
            enrol(NewToken(drawer.module, PIN))
        assert "Second" in str(caught.value.facts["accepted"])
        drawer.remove("Second")

    def test_no_such_key_on_the_token(self, enrolled, drawer):
        with pytest.raises(TokenKeyMissing):
            enrol(NewToken(drawer.module, PIN, token="Unit 7", key="another"))

    def test_a_ciphertext_for_another_key_opens_nothing(self, enrolled):
        other = bytes(len(enrolled.parameters.wrapped) - 1) + b"\x02"
        changed = msgspec.structs.replace(enrolled.parameters, wrapped=other)
        assert derive(changed, enrolled.secret) is None

    def test_a_key_that_came_to_nothing_does_not_stay_on_the_token(
        self, enrolled, drawer, tmp_path
    ):
        path = tmp_path / "no name for a header.so"
        shutil.copy(drawer.module, path)
        before = _keys(drawer)
        with pytest.raises(ValueError, match="module"):
            enrol(NewToken(path, PIN, token="Unit 7"))
        assert _keys(drawer) == before


def test_the_module_is_never_looked_for_in_a_folder_that_the_header_names(enrolled):
    for name in ("../evil.so", "/tmp/evil.so", "a/b.so", "a\\b.so", "", ".hidden"):
        document = msgspec.to_builtins(enrolled.parameters) | {"module": name}
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(document, TokenParameters)


def test_a_module_is_found_in_the_first_folder_that_has_it(tmp_path: Path) -> None:
    for folder in ("arm-linux/pkcs11", "second"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "token.so").touch()
    folders = (
        str(tmp_path / "none"),
        str(tmp_path / "*-linux" / "pkcs11"),
        str(tmp_path / "second"),
    )
    assert find_module("token.so", folders) == tmp_path / "arm-linux" / "pkcs11" / "token.so"


def _keys(drawer: TokenDrawer) -> set[bytes]:
    with token_session.signed_in(drawer.module, pin=PIN, token="Unit 7") as session:
        return {key.key_id for key in session.decrypting_keys()}
