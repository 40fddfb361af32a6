from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec
import pytest
from keyring import core
from keyring.backend import get_all_keyring
from keyring.backends import SecretService, fail, null

from cport_desktop.crypto.passphrase import FLOOR, Cost
from cport_desktop.errors import (
    KeyringFailed,
    KeyringMissing,
    KeyringRefused,
    SecretUnfit,
    VaultError,
)
from cport_desktop.vault.slot_keyring import (
    Keyring,
    KeyringParameters,
    KeyringPin,
    NewKeyring,
    derive,
    enrol,
    forget,
    probe,
    trusted_keyring,
)
from cport_desktop.vault.slot_kinds import are_acceptable
from tests.keyring_session import keyring_session, needs_keyring

PIN = b"483726"


def secret_service() -> Keyring:
    return SecretService.Keyring()  # type: ignore[no-untyped-call]


def null_keyring() -> Keyring:
    return null.Keyring()  # type: ignore[no-untyped-call]


def fail_keyring() -> Keyring:
    return fail.Keyring()  # type: ignore[no-untyped-call]


class KeptInMemory:
    """Behaves well, and says of itself what it likes: still none of the trusted ones."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    @property
    def name(self) -> str:
        return f"test {type(self).__name__}"

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.kept.pop((service, username), None)


class PlaintextKeyring(KeptInMemory):
    """Like the one of keyrings.alt, which keeps secrets in a plain file."""


class Impostor(KeptInMemory):
    """Takes the name of a trusted one."""


class Chain(KeptInMemory):
    """Offers several, as the library does where several are installed."""

    def __init__(self, *backends: Keyring) -> None:
        super().__init__()
        self.backends = backends


Impostor.__module__, Impostor.__qualname__ = "keyring.backends.SecretService", "Keyring"


class TestWhatIsNotTaken:
    @pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring, PlaintextKeyring, Impostor])
    def test_a_keyring_that_does_not_protect_is_refused_by_name(self, backend):
        offered = backend()
        with pytest.raises(KeyringRefused) as caught:
            enrol(NewKeyring(PIN, FLOOR, lambda: offered))
        assert caught.value.facts == {"backend": offered.name}
        assert not getattr(offered, "kept", None)

    def test_so_is_one_behind_a_chain(self):
        with pytest.raises(KeyringRefused) as caught:
            trusted_keyring(lambda: Chain(PlaintextKeyring(), null_keyring()))
        assert caught.value.facts == {"backend": "test PlaintextKeyring"}

    def test_of_a_chain_the_trusted_one_is_used_itself(self):
        trusted = secret_service()
        assert trusted_keyring(lambda: Chain(PlaintextKeyring(), trusted)) is trusted

    @pytest.mark.parametrize("error", [ImportError, RuntimeError, AttributeError])
    def test_so_is_one_that_cannot_be_loaded(self, error):
        def find() -> Keyring:
            raise error

        with pytest.raises(KeyringRefused):
            trusted_keyring(find)

    def test_the_sessions_own_configuration_is_heard_and_still_judged(self, monkeypatch):
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        with pytest.raises(KeyringRefused, match="null"):
            trusted_keyring(core._detect_backend)

    @pytest.mark.parametrize("pin", [b"", b"12345", b"     ", b"  1  "])
    def test_so_is_a_short_pin(self, pin):
        with pytest.raises(SecretUnfit):
            enrol(NewKeyring(pin, FLOOR, KeptInMemory))

    def test_so_is_a_cost_that_no_vault_accepts(self):
        with pytest.raises(ValueError, match="cost"):
            enrol(NewKeyring(PIN, Cost(1024, 3, 4), KeptInMemory))

    def test_nothing_of_a_keyring_is_loaded_before_it_is_used(self):
        # In a process of its own: this one has loaded it for the tests.
        program = (
            "import sys, cport_desktop.vault.slot_kinds\n"
            "assert not {'keyring', 'pkcs11'} & set(sys.modules)"
        )
        subprocess.run([sys.executable, "-c", program], check=True)


class ForgetsAtOnce(KeptInMemory):
    def set_password(self, service, username, password):
        pass


class CutsOff(KeptInMemory):
    """As some Windows and old desktops do with long secrets."""

    def set_password(self, service, username, password):
        super().set_password(service, username, password[:32])


class NeverLetsGo(KeptInMemory):
    def delete_password(self, service, username):
        pass


class Breaks(KeptInMemory):
    def set_password(self, service, username, password):
        raise OSError("no bus")


class TestTheProbe:
    @pytest.mark.parametrize("backend", [ForgetsAtOnce, CutsOff, NeverLetsGo, Breaks])
    def test_finds_a_keyring_that_does_not_keep_what_it_is_given(self, backend):
        with pytest.raises(KeyringFailed) as caught:
            probe(backend())
        assert backend.__name__ in str(caught.value.facts["backend"])

    def test_leaves_nothing_behind(self):
        backend = KeptInMemory()
        probe(backend)
        assert backend.kept == {}


def _look_anew() -> None:
    """The library looks for keyrings once in a process, and an earlier test may have made it look."""
    vars(get_all_keyring).pop("saved_result", None)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    with keyring_session(tmp_path_factory.mktemp("session")) as environment:
        os.environ.update(environment)
        _look_anew()
        yield
    _look_anew()
    if before is None:
        del os.environ["DBUS_SESSION_BUS_ADDRESS"]
    else:
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = before


@needs_keyring
class TestInARealSession:
    @pytest.fixture
    def enrolled(self, session: None) -> tuple[KeyringParameters, bytes]:
        return enrol(NewKeyring(PIN, FLOOR, secret_service))

    def test_pin_and_keyring_give_the_key_again(self, enrolled):
        parameters, key = enrolled
        assert derive(parameters, KeyringPin(PIN, secret_service)) == key
        assert parameters.backend == "SecretService Keyring"

    def test_another_pin_gives_another_key(self, enrolled):
        parameters, key = enrolled
        assert derive(parameters, KeyringPin(b"483727", secret_service)) != key

    def test_the_library_finds_this_session_by_itself(self, enrolled, tmp_path, monkeypatch):
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        assert type(trusted_keyring(core._detect_backend)) is SecretService.Keyring

    def test_a_slot_that_is_revoked_leaves_nothing_in_the_keyring(self, enrolled):
        parameters, _ = enrolled
        assert forget(parameters, secret_service)
        assert not forget(parameters, secret_service)
        with pytest.raises(KeyringMissing) as caught:
            derive(parameters, KeyringPin(PIN, secret_service))
        assert caught.value.facts["kept_in"] == "SecretService Keyring"

    def test_what_the_keyring_keeps_is_neither_pin_nor_key(self, enrolled):
        parameters, key = enrolled
        kept = secret_service().get_password(f"cport-vault/{parameters.entry}", "key slot")
        assert kept is not None
        assert len(bytes.fromhex(kept)) == 32
        assert kept not in (key.hex(), PIN.hex())
        assert kept not in repr(parameters)

    def test_a_cheaper_derivation_in_the_header_gives_another_key(self, enrolled):
        parameters, key = enrolled
        dearer = msgspec.structs.replace(parameters, passes=4)
        assert derive(dearer, KeyringPin(PIN, secret_service)) != key
        assert not are_acceptable(msgspec.structs.replace(parameters, memory_kib=1024))

    def test_without_the_keyring_an_error_says_where_the_secret_was(self, enrolled):
        parameters, _ = enrolled
        offers: list[Keyring] = [fail_keyring(), PlaintextKeyring()]
        for offered in offers:
            with pytest.raises(KeyringMissing) as caught:
                derive(parameters, KeyringPin(PIN, partial(_itself, offered)))
            assert caught.value.facts == {
                "kept_in": "SecretService Keyring",
                "offered": offered.name,
            }
        assert not forget(parameters, fail.Keyring)


def _itself(offered: Keyring) -> Keyring:
    return offered


def test_without_a_session_the_failure_is_one_of_ours(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'nobody'}")
    with pytest.raises(VaultError):
        enrol(NewKeyring(PIN, FLOOR, secret_service))


def test_a_pin_is_not_shown_by_accident():
    assert "483726" not in repr((KeyringPin(PIN), NewKeyring(PIN, FLOOR)))
