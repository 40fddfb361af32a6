"""A PKCS#11 token while somebody is signed in to it: the one room that speaks to such modules.

The module is loaded into this process and set up for as long as a session lasts, so that no
sign-in outlives its use. Everything a module reports becomes an error of our tree. A wrong PIN
is never tried twice: tokens count them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import pkcs11
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass, TokenFlag
from pkcs11.constants import MechanismFlag
from pkcs11.exceptions import (
    AttributeTypeInvalid,
    DeviceRemoved,
    PinIncorrect,
    PinInvalid,
    PinLenRange,
    PinLocked,
    PKCS11Error,
    TokenNotPresent,
)
from pkcs11.mechanisms import MGF
from pkcs11.types import PROTECTED_AUTH, DecryptMixin, SignMixin
from pkcs11.util.ec import encode_ecdsa_signature

from cport_desktop.errors import (
    SecretUnfit,
    TokenAbsent,
    TokenFailed,
    TokenModuleMissing,
    TokenPinLocked,
    TokenPinWrong,
    ValueUnknown,
)
from cport_desktop.words import slots as words

if TYPE_CHECKING:
    from pkcs11._pkcs11 import lib as Library  # noqa: N812 - it is a class, whatever it is called

Oaep = Literal["sha256", "sha1"]

NEW_KEY_BITS: Final = 3072
"""As strong as AES-128 (NIST SP 800-57, table 2), and what tokens on sale can make."""
LEAST_KEY_BITS: Final = 2048

_ORDINARY_EXPONENT: Final = 65537


@dataclass(frozen=True, slots=True)
class TokenKey:
    """An RSA key of a token: its id there, its label, and its public half."""

    key_id: bytes
    label: str
    modulus: int
    exponent: int
    handle: pkcs11.PrivateKey


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key of a token that signs: its id there and its label."""

    key_id: bytes
    label: str
    handle: pkcs11.PrivateKey


@dataclass(frozen=True, slots=True)
class TokenSession:
    """Signed in to the token that calls itself `label` and has this serial number."""

    label: str
    serial: str
    _session: pkcs11.Session

    def decrypting_keys(self, *, key_id: bytes | None = None) -> Iterator[TokenKey]:
        """Its RSA keys that decrypt, or those of them with this id."""
        wanted: dict[Attribute, object] = {
            Attribute.CLASS: ObjectClass.PRIVATE_KEY,
            Attribute.KEY_TYPE: KeyType.RSA,
        }
        if key_id is not None:
            wanted[Attribute.ID] = key_id
        for found in list(self._session.get_objects(wanted)):
            if isinstance(found, pkcs11.PrivateKey) and _attribute(found, Attribute.DECRYPT):
                yield _token_key(found)

    def signing_keys(self, *, key_id: bytes | None = None) -> Iterator[SigningKey]:
        """Its RSA and EC keys that sign, or those of them with this id."""
        wanted: dict[Attribute, object] = {Attribute.CLASS: ObjectClass.PRIVATE_KEY}
        if key_id is not None:
            wanted[Attribute.ID] = key_id
        for found in list(self._session.get_objects(wanted)):
            if isinstance(found, pkcs11.PrivateKey) and _attribute(found, Attribute.SIGN):
                yield SigningKey(bytes(found.id or b""), str(found.label or ""), found)

    def sign(self, key: SigningKey, data: bytes) -> bytes:
        """The signature over `data` with SHA-256: PKCS #1 v1.5, or ECDSA in DER.

        Raises:
            TokenFailed: the key is of another kind, or the token does not sign so.
        """
        if not isinstance(key.handle, SignMixin):
            raise TokenFailed(cause="it does not sign")
        if key.handle.key_type == KeyType.RSA:
            return bytes(key.handle.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS))
        if key.handle.key_type != KeyType.EC:
            raise TokenFailed(cause="it does not sign")
        digest = hashlib.sha256(data).digest()
        return bytes(encode_ecdsa_signature(key.handle.sign(digest, mechanism=Mechanism.ECDSA)))

    def make_key(self, *, key_id: bytes, label: str) -> TokenKey:
        """A new RSA key that decrypts and does nothing else; its private half never leaves."""
        _, private = self._session.generate_keypair(
            KeyType.RSA,
            NEW_KEY_BITS,
            id=key_id,
            label=label,
            store=True,
            capabilities=MechanismFlag.ENCRYPT | MechanismFlag.DECRYPT,
            private_template={
                Attribute.PRIVATE: True,
                Attribute.SENSITIVE: True,
                Attribute.EXTRACTABLE: False,
            },
        )
        return _token_key(private)

    def remove_key(self, key_id: bytes) -> None:
        """No key of this id is on the token any more."""
        for found in list(self._session.get_objects({Attribute.ID: key_id})):
            found.destroy()

    def decrypt(self, key: TokenKey, wrapped: bytes, oaep: Oaep) -> bytes | None:
        """What was encrypted to `key`; None if it was not, or the token does not know `oaep`."""
        hashing, mask = {
            "sha256": (Mechanism.SHA256, MGF.SHA256),
            "sha1": (Mechanism.SHA_1, MGF.SHA1),
        }[oaep]
        if not isinstance(key.handle, DecryptMixin):
            return None
        try:
            plain = key.handle.decrypt(
                wrapped,
                mechanism=Mechanism.RSA_PKCS_OAEP,
                mechanism_param=(hashing, mask, None),
            )
        except (DeviceRemoved, TokenNotPresent):
            raise
        except PKCS11Error:  # tokens differ in what they call a ciphertext that is not theirs
            return None
        return plain if isinstance(plain, bytes) else None


@contextmanager
def signed_in(
    module: Path, *, pin: bytes, token: str | None = None, label: str = "", writes: bool = False
) -> Iterator[TokenSession]:
    """A session on the token whose serial number or label is `token` (None: the only one there).
    `label` is what an error calls a token that is not there. An empty PIN asks the token's own
    pad for it, where it has one.

    Raises:
        TokenModuleMissing, TokenAbsent, TokenPinWrong, TokenPinLocked, TokenFailed.
        ValueUnknown: several tokens, and none was named.
        SecretUnfit: an empty PIN for a token without a pad.
    """
    with _module(module) as library, _naming_faults(token, label):
        chosen = _choose(library, token, label)
        session = _sign_in(library, chosen, pin, writes=writes)
        try:
            yield TokenSession(chosen.label, _serial(chosen), session)
        finally:
            session.close()


@contextmanager
def _module(path: Path) -> Iterator[Library]:
    """The module, set up; nobody is signed in through it afterwards."""
    if not path.is_file():
        raise TokenModuleMissing(module=path.name)
    try:
        library = pkcs11.lib(str(path))
    except PKCS11Error as error:
        cause = "the module cannot be loaded" if type(error) is PKCS11Error else _cause(error)
        raise TokenFailed(cause=cause) from error
    try:
        yield library
    finally:
        with suppress(PKCS11Error):
            library.finalize()


def _choose(library: Library, token: str | None, label: str) -> pkcs11.Token:
    present = [each for each in library.get_tokens() if each.flags & TokenFlag.TOKEN_INITIALIZED]
    fitting = [each for each in present if token is None or token in {_serial(each), each.label}]
    if len(fitting) > 1:
        names = ", ".join(f"{each.label} ({_serial(each)})" for each in fitting)
        raise ValueUnknown(what="one token", value=token or "", accepted=names)
    if not fitting:
        raise TokenAbsent(label=label or token or "–", serial=token)
    return fitting[0]


def _sign_in(library: Library, token: pkcs11.Token, pin: bytes, *, writes: bool) -> pkcs11.Session:
    if token.flags & TokenFlag.USER_PIN_LOCKED:
        raise TokenPinLocked(label=token.label)
    try:
        return token.open(rw=writes, user_pin=_pin(token, pin))
    except (PinIncorrect, PinInvalid, PinLenRange) as error:
        raise TokenPinWrong(label=token.label, tries=_tries_left(library, token)) from error
    except PinLocked as error:
        raise TokenPinLocked(label=token.label) from error


def _pin(token: pkcs11.Token, pin: bytes) -> object:
    if not pin and token.flags & TokenFlag.PROTECTED_AUTHENTICATION_PATH:
        return PROTECTED_AUTH
    if not pin:
        raise SecretUnfit(what="PIN", least=1)
    try:
        return pin.decode()
    except UnicodeDecodeError as error:
        raise TokenPinWrong(label=token.label, tries=words.TRIES_NOT_TOLD) from error


def _tries_left(library: Library, token: pkcs11.Token) -> str:
    """What the token says of itself after a wrong PIN."""
    flags = next(
        (each.flags for each in library.get_tokens() if each.serial == token.serial), token.flags
    )
    if flags & TokenFlag.USER_PIN_FINAL_TRY:
        return words.ONE_TRY_LEFT
    if flags & TokenFlag.USER_PIN_COUNT_LOW:
        return words.FEW_TRIES_LEFT
    return words.TRIES_NOT_TOLD


@contextmanager
def _naming_faults(token: str | None, label: str) -> Iterator[None]:
    try:
        yield
    except (DeviceRemoved, TokenNotPresent) as error:
        raise TokenAbsent(label=label or token or "–", serial=token) from error
    except PKCS11Error as error:
        raise TokenFailed(cause=_cause(error)) from error


def _cause(error: PKCS11Error) -> str:
    """The standard's own name of the fault; what a module says besides is not shown."""
    return type(error).__name__


def _serial(token: pkcs11.Token) -> str:
    return token.serial.rstrip(b"\0 ").decode("ascii", errors="replace")


def _token_key(private: pkcs11.PrivateKey) -> TokenKey:
    exponent = _attribute(private, Attribute.PUBLIC_EXPONENT)
    modulus = _attribute(private, Attribute.MODULUS)
    return TokenKey(
        key_id=bytes(private.id or b""),
        label=str(private.label or ""),
        modulus=int.from_bytes(modulus, "big") if isinstance(modulus, bytes) else 0,
        exponent=int.from_bytes(exponent, "big")
        if isinstance(exponent, bytes)
        else _ORDINARY_EXPONENT,
        handle=private,
    )


def _attribute(found: pkcs11.PrivateKey, name: Attribute) -> bytes | bool | None:
    """What the token says of it; None if it does not keep that."""
    try:
        value = found[name]
    except AttributeTypeInvalid:
        return None
    return value if isinstance(value, bytes | bool) else None
