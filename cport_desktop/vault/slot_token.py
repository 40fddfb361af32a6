"""The token slot: a random secret that only a PKCS#11 token can decrypt, and only with its PIN.

The secret is encrypted to an RSA key of the token (OAEP, RFC 8017, 7.1); the private half never
leaves it. OAEP is used with SHA-256 where the token can, and with SHA-1 where it cannot (some
tokens and SoftHSM 2.6 know no other): OAEP asks its hash to look random, not to resist
collisions, so that the known breaks of SHA-1 do not touch it.

The header keeps the module's file name and never its folder: a header that was changed could
otherwise name a library of the attacker's for this process to load. The module is looked for
where this machine's administrator installs them, or named by the person at the keyboard.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cport_desktop.errors import TokenFailed, TokenKeyMissing, TokenModuleMissing

if TYPE_CHECKING:
    from cport_desktop.vault.token_session import TokenKey, TokenSession

NEW_KEY_LABEL: Final = "CPORT vault"

_SECRET_SIZE: Final = 32
_KEY_ID_SIZE: Final = 16
_LONGEST_TEXT: Final = 64
"""Characters; PKCS#11 gives 32 to a label and 16 to a serial number."""

_MODULE_FOLDERS: Final = (
    "/usr/lib/*-linux-gnu*/pkcs11",
    "/usr/lib/*-linux-gnu*/softhsm",
    "/usr/lib/*-linux-gnu*",
    "/usr/lib64/pkcs11",
    "/usr/lib64",
    "/usr/lib/pkcs11",
    "/usr/lib/softhsm",
    "/usr/lib",
    "/usr/local/lib",
    "/Library/OpenSC/lib",
    "C:/Windows/System32",
    "C:/Program Files/OpenSC Project/OpenSC/pkcs11",
)
"""Where only an administrator may write."""

_Text = Annotated[str, msgspec.Meta(max_length=_LONGEST_TEXT)]
_FileName = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$")]


@dataclass(frozen=True, slots=True)
class TokenPin:
    """What opens it, together with the token. `module`: its file, if it lies elsewhere than usual.

    An empty PIN asks the token's own pad for it, where it has one.
    """

    pin: bytes = field(repr=False)
    module: Path | None = None


@dataclass(frozen=True, slots=True)
class NewToken:
    """`token` is its serial number or label (None: the only one there is); `key` the label, or
    the id in hex, of a decrypting key on it (None: one is made there).
    """

    module: Path
    pin: bytes = field(repr=False)
    token: str | None = None
    key: str | None = None


class TokenParameters(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="token"
):
    """`module` is a file name without a folder; `wrapped` the secret, encrypted to the key."""

    module: _FileName
    serial: _Text
    label: _Text
    key_id: Annotated[bytes, msgspec.Meta(max_length=64)]
    oaep: Literal["sha256", "sha1"]
    wrapped: Annotated[bytes, msgspec.Meta(min_length=128, max_length=1024)]


def enrol(new: NewToken) -> tuple[TokenParameters, bytes]:
    """What the header keeps, and the 32 bytes that the token gives. It was tried out once.

    Raises:
        ValueError: the module's file name has characters that no header keeps.
        TokenKeyMissing: no such key, or one that is too short.
        VaultError: as `token_session.signed_in`; a key that was made is removed again.
    """
    from cport_desktop.vault import token_session  # noqa: PLC0415 - 40 ms that most runs never need

    with token_session.signed_in(
        new.module, pin=new.pin, token=new.token, writes=new.key is None
    ) as session:
        key = _made_key(session) if new.key is None else _chosen_key(session, new.key)
        try:
            return _enrolled(session, key, new.module.name)
        except BaseException:
            if new.key is None:
                session.remove_key(key.key_id)
            raise


def derive(parameters: TokenParameters, secret: TokenPin) -> bytes | None:
    """The 32 bytes that token and PIN give; None if it is another token with the same key's name.

    Raises:
        TokenModuleMissing, TokenAbsent, TokenPinWrong, TokenPinLocked, TokenKeyMissing,
        TokenFailed: each says what is to be done.
    """
    from cport_desktop.vault import token_session  # noqa: PLC0415 - as above

    module = secret.module or find_module(parameters.module)
    with token_session.signed_in(
        module, pin=secret.pin, token=parameters.serial, label=parameters.label
    ) as session:
        keys = list(session.decrypting_keys(key_id=parameters.key_id))
        if not keys:
            raise TokenKeyMissing(label=parameters.label, key=parameters.key_id.hex())
        for key in keys:
            found = session.decrypt(key, parameters.wrapped, parameters.oaep)
            if found is not None and len(found) == _SECRET_SIZE:
                return _key(found)
    return None


def find_module(name: str, folders: tuple[str, ...] = _MODULE_FOLDERS) -> Path:
    """The module of this file name, where this machine's administrator installs them.

    Raises:
        TokenModuleMissing: it is in none of `folders`.
    """
    for folder in folders:
        for place in sorted(_places(folder)):
            if (place / name).is_file():
                return place / name
    raise TokenModuleMissing(module=name)


def _places(folder: str) -> Iterator[Path]:
    pattern = Path(folder)
    if pattern.is_absolute():
        yield from Path(pattern.anchor).glob(str(pattern.relative_to(pattern.anchor)))


def _made_key(session: TokenSession) -> TokenKey:
    return session.make_key(key_id=secrets.token_bytes(_KEY_ID_SIZE), label=NEW_KEY_LABEL)


def _chosen_key(session: TokenSession, wanted: str) -> TokenKey:
    for key in session.decrypting_keys():
        if wanted == key.label or wanted.lower() == key.key_id.hex():
            return key
    raise TokenKeyMissing(label=session.label, key=wanted)


def _enrolled(session: TokenSession, key: TokenKey, module: str) -> tuple[TokenParameters, bytes]:
    from cport_desktop.vault.token_session import LEAST_KEY_BITS  # noqa: PLC0415 - as above

    if key.modulus.bit_length() < LEAST_KEY_BITS:
        raise TokenKeyMissing(label=session.label, key=f"{key.label} (of {LEAST_KEY_BITS} bits)")
    secret = secrets.token_bytes(_SECRET_SIZE)
    for oaep in ("sha256", "sha1"):
        wrapped = _encrypt(key, secret, oaep)
        if session.decrypt(key, wrapped, oaep) == secret:
            parameters = TokenParameters(
                module=module,
                serial=session.serial,
                label=session.label,
                key_id=key.key_id,
                oaep=oaep,
                wrapped=wrapped,
            )
            return msgspec.convert(msgspec.to_builtins(parameters), TokenParameters), _key(secret)
    raise TokenFailed(cause="it does not decrypt with OAEP")


def _encrypt(key: TokenKey, secret: bytes, oaep: Literal["sha256", "sha1"]) -> bytes:
    """To the public half, outside the token."""
    # OAEP asks for no collision resistance: see the room's docstring.
    hashing = SHA256() if oaep == "sha256" else SHA1()  # noqa: S303
    public = RSAPublicNumbers(key.exponent, key.modulus).public_key()
    return public.encrypt(
        secret, padding.OAEP(mgf=padding.MGF1(hashing), algorithm=hashing, label=None)
    )


def _key(secret: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"cport-vault token").derive(secret)
