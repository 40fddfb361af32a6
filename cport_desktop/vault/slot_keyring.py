"""The keyring slot: a random secret in the desktop's keyring, and a PIN.

A convenience: the PIN may be short because half of the key lies with the session's keyring, and
it opens nothing once that keyring is gone, so that another kind of slot always remains. Any
program of the session may read an unlocked keyring; hence never without the PIN:

    HKDF(Argon2id(PIN) | secret of 256 bits in the keyring)

Only keyrings that encrypt what they keep are taken, by their class, and only after a secret of
full length was written, read back, compared and taken out again. Their name is kept in the
header, for the day on which another desktop offers another one.
"""

from __future__ import annotations

import configparser
import hmac
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Annotated, Protocol

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cport_desktop.crypto import passphrase as passphrases
from cport_desktop.crypto.passphrase import Cost
from cport_desktop.errors import KeyringFailed, KeyringMissing, KeyringRefused, SecretUnfit

LEAST_PIN = 6
"""Characters. With a keyring whose own password is blank they are all that protects the slot."""

_SECRET_SIZE = 32
_ENTRY_SIZE = 16
_USER = "key slot"
_LONGEST_NAME = 100

_Count = Annotated[int, msgspec.Meta(ge=1, le=2**32)]
_Salt = Annotated[bytes, msgspec.Meta(min_length=16, max_length=64)]
_Entry = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}$")]

_TRUSTED = frozenset(
    {
        ("keyring.backends.SecretService", "Keyring"),
        ("keyring.backends.kwallet", "DBusKeyring"),
        ("keyring.backends.kwallet", "DBusKeyringKWallet4"),
        ("keyring.backends.Windows", "WinVaultKeyring"),
        ("keyring.backends.macOS", "Keyring"),
    }
)
"""By name, since importing them all would start programs that look for foreign libraries."""


class Keyring(Protocol):
    """What a backend of the library `keyring` can do, as far as it is used here."""

    @property
    def name(self) -> str: ...

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


FindKeyring = Callable[[], Keyring]
"""The keyring that this session offers."""


def session_keyring() -> Keyring:
    """What the library `keyring` chooses in this session, by its own configuration."""
    if sys.platform != "darwin":
        # Looking for the libraries of a Mac it starts a compiler, which writes temporary files.
        sys.modules.setdefault("keyring.backends.macOS.api", None)  # type: ignore[arg-type]
    import keyring  # noqa: PLC0415 - 50 ms and a web client that most runs never need

    return keyring.get_keyring()


@dataclass(frozen=True, slots=True)
class KeyringPin:
    """What opens it, in NFC as UTF-8, together with what the keyring keeps."""

    pin: bytes = field(repr=False)
    find: FindKeyring = field(default=session_keyring, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class NewKeyring:
    pin: bytes = field(repr=False)
    cost: Cost
    find: FindKeyring = field(default=session_keyring, repr=False, compare=False)


class KeyringParameters(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="keyring"
):
    """`backend` is the keyring's name, `entry` that of the secret in it; Argon2id for the PIN."""

    backend: Annotated[str, msgspec.Meta(min_length=1, max_length=_LONGEST_NAME)]
    entry: _Entry
    memory_kib: _Count
    passes: _Count
    lanes: _Count
    salt: _Salt

    @property
    def cost(self) -> Cost:
        return Cost(memory_kib=self.memory_kib, passes=self.passes, lanes=self.lanes)


def enrol(new: NewKeyring) -> tuple[KeyringParameters, bytes]:
    """What the header keeps, and the 32 bytes that PIN and keyring give. The keyring has the
    secret afterwards; `forget` takes it out again.

    Raises:
        ValueError: a cost that no vault accepts.
        SecretUnfit: a PIN that is too short.
        KeyringRefused: this session offers none that protects what it keeps.
        KeyringFailed: it does not give back what it was given.
    """
    if not new.cost.is_acceptable:
        raise ValueError("the cost lies outside what a vault accepts")
    if len(new.pin.decode(errors="replace").strip()) < LEAST_PIN:
        raise SecretUnfit(what="PIN", least=LEAST_PIN)
    backend = trusted_keyring(new.find)
    probe(backend)
    parameters = KeyringParameters(
        backend=_name_of(backend),
        entry=secrets.token_hex(_ENTRY_SIZE),
        memory_kib=new.cost.memory_kib,
        passes=new.cost.passes,
        lanes=new.cost.lanes,
        salt=secrets.token_bytes(passphrases.SALT_SIZE),
    )
    secret = secrets.token_bytes(_SECRET_SIZE)
    _keep(backend, parameters.entry, secret)
    return parameters, _key(parameters, new.pin, secret)


def derive(parameters: KeyringParameters, secret: KeyringPin) -> bytes:
    """The 32 bytes that `secret` gives; whether they are the right ones shows at the seal.

    Raises:
        KeyringMissing: the secret is not in the keyring that this session offers.
        KeyringFailed: that keyring is locked or reports a fault.
    """
    try:
        backend = trusted_keyring(secret.find)
    except KeyringRefused as error:
        offered = str(error.facts["backend"])
        raise KeyringMissing(kept_in=parameters.backend, offered=offered) from error
    kept = _look_up(backend, parameters.entry)
    if kept is None:
        raise KeyringMissing(kept_in=parameters.backend, offered=_name_of(backend))
    return _key(parameters, secret.pin, kept)


def forget(parameters: KeyringParameters, find: FindKeyring = session_keyring) -> bool:
    """Whether the keyring had the slot's secret and has it no longer. For a slot that is gone:
    what cannot be reached any more stays where it is and opens nothing.
    """
    try:
        backend = trusted_keyring(find)
        if _look_up(backend, parameters.entry) is None:
            return False
        _delete(backend, parameters.entry)
    except (KeyringRefused, KeyringFailed):
        return False
    return True


def trusted_keyring(find: FindKeyring) -> Keyring:
    """The session's keyring; of several chained ones the first that may be trusted.

    Raises:
        KeyringRefused: it is none that protects what it keeps; names it.
    """
    unloadable: tuple[type[Exception], ...] = (
        *_foreign_errors(),
        ImportError,
        AttributeError,
        configparser.Error,
    )
    try:
        offered = find()
    except unloadable as error:
        raise KeyringRefused(backend="a keyring that cannot be loaded") from error
    chained: Sequence[Keyring] | None = getattr(offered, "backends", None)
    candidates = [offered] if chained is None else list(chained)
    for candidate in candidates:
        if _is_trusted(candidate):
            return candidate
    raise KeyringRefused(backend=_name_of(candidates[0] if candidates else offered))


def _is_trusted(backend: Keyring) -> bool:
    """It is one of the library's own, by its class and not by a name that it gives itself."""
    kind = type(backend)
    own = getattr(sys.modules.get(kind.__module__), kind.__qualname__, None)
    return own is kind and (kind.__module__, kind.__qualname__) in _TRUSTED


def probe(backend: Keyring) -> None:
    """The keyring keeps a secret of full length, gives it back as it was and lets it go.

    Raises:
        KeyringFailed: it does not, and says so or not.
    """
    entry, secret = secrets.token_hex(_ENTRY_SIZE), secrets.token_bytes(_SECRET_SIZE)
    _keep(backend, entry, secret)
    _delete(backend, entry)
    if _look_up(backend, entry) is not None:
        raise KeyringFailed(backend=_name_of(backend), cause="it does not let go of a secret")


def _keep(backend: Keyring, entry: str, secret: bytes) -> None:
    with _naming_faults(backend):
        backend.set_password(_service(entry), _USER, secret.hex())
    if not hmac.compare_digest(_look_up(backend, entry) or b"", secret):
        with suppress(KeyringFailed):
            _delete(backend, entry)
        raise KeyringFailed(
            backend=_name_of(backend), cause="it does not give back what it was given"
        )


def _look_up(backend: Keyring, entry: str) -> bytes | None:
    """The secret under `entry`; None if there is none of the right form."""
    with _naming_faults(backend):
        kept = backend.get_password(_service(entry), _USER)
    try:
        secret = bytes.fromhex(kept or "")
    except ValueError:
        return None
    return secret if len(secret) == _SECRET_SIZE else None


def _delete(backend: Keyring, entry: str) -> None:
    with _naming_faults(backend):
        backend.delete_password(_service(entry), _USER)


def _service(entry: str) -> str:
    """One service for each entry: the Windows keyring moves entries of a shared one about."""
    return f"cport-vault/{entry}"


def _key(parameters: KeyringParameters, pin: bytes, kept: bytes) -> bytes:
    stretched = passphrases.derive(pin, parameters.salt, parameters.cost)
    kdf = HKDF(SHA256(), 32, salt=parameters.salt, info=b"cport-vault keyring")
    return kdf.derive(stretched + kept)


def _name_of(backend: Keyring) -> str:
    """As people may have met it: `SecretService Keyring`."""
    return str(backend.name)[:_LONGEST_NAME]


@contextmanager
def _naming_faults(backend: Keyring) -> Iterator[None]:
    """What a keyring raises inside becomes an error of our tree."""
    try:
        yield
    except _foreign_errors() as error:
        cause = type(error).__name__
        raise KeyringFailed(backend=_name_of(backend), cause=cause) from error


def _foreign_errors() -> tuple[type[Exception], ...]:
    """What keyrings let through from the libraries beneath them, where those are installed."""
    from keyring.errors import KeyringError  # noqa: PLC0415 - as above

    foreign: list[type[Exception]] = [KeyringError, OSError, RuntimeError, ValueError]
    with suppress(ImportError):
        from secretstorage.exceptions import SecretStorageException  # noqa: PLC0415 - Linux alone

        foreign.append(SecretStorageException)
    with suppress(ImportError):
        from jeepney import DBusErrorResponse  # type: ignore[import-untyped]  # noqa: PLC0415 - Linux alone

        foreign.append(DBusErrorResponse)
    return tuple(foreign)
