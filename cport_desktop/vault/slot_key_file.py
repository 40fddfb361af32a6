"""The key-file slot: 256 random bits in a file, on a stick that is kept elsewhere."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Annotated

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CONTENT_SIZE = 32
"""Bytes of a key file's secret."""
_SALT_SIZE = 32

_Salt = Annotated[bytes, msgspec.Meta(min_length=16, max_length=64)]


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What opens it: the secret that the file holds."""

    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewKeyFile:
    content: bytes = field(repr=False)


class KeyFileParameters(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="key_file"
):
    salt: _Salt


def enrol(new: NewKeyFile) -> tuple[KeyFileParameters, bytes]:
    """What the header keeps, and the 32 bytes that the file gives.

    Raises:
        ValueError: a secret that is not 256 bits long.
    """
    if len(new.content) != CONTENT_SIZE:
        raise ValueError("a key file holds 256 bits")
    parameters = KeyFileParameters(secrets.token_bytes(_SALT_SIZE))
    return parameters, derive(parameters, KeyFile(new.content))


def derive(parameters: KeyFileParameters, secret: KeyFile) -> bytes:
    """The 32 bytes that `secret` gives; whether they are the right ones shows at the seal."""
    return HKDF(SHA256(), 32, salt=parameters.salt, info=b"cport-vault key file").derive(
        secret.content
    )
