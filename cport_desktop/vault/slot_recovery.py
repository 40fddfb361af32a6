"""The recovery slot: 160 random bits on paper, for the day on which all else is lost.

So many bits need no dear derivation: HKDF alone.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Annotated

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CODE_SIZE = 20
"""Bytes of a recovery code."""
_SALT_SIZE = 32

_Salt = Annotated[bytes, msgspec.Meta(min_length=16, max_length=64)]


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """What opens it: the bytes that the printed groups stand for."""

    code: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewRecoveryCode:
    code: bytes = field(repr=False)


class RecoveryParameters(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="recovery"
):
    salt: _Salt


def enrol(new: NewRecoveryCode) -> tuple[RecoveryParameters, bytes]:
    """What the header keeps, and the 32 bytes that the code gives.

    Raises:
        ValueError: a code that is not 160 bits long.
    """
    if len(new.code) != CODE_SIZE:
        raise ValueError("a recovery code has 160 bits")
    parameters = RecoveryParameters(secrets.token_bytes(_SALT_SIZE))
    return parameters, derive(parameters, RecoveryCode(new.code))


def derive(parameters: RecoveryParameters, secret: RecoveryCode) -> bytes:
    """The 32 bytes that `secret` gives; whether they are the right ones shows at the seal."""
    return HKDF(SHA256(), 32, salt=parameters.salt, info=b"cport-vault recovery").derive(
        secret.code
    )
