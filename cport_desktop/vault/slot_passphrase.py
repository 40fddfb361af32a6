"""The passphrase slot: something a person knows, made dear to guess by Argon2id."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Annotated

import msgspec

from cport_desktop.crypto import passphrase as passphrases
from cport_desktop.crypto.passphrase import Cost
from cport_desktop.errors import SecretUnfit

_Count = Annotated[int, msgspec.Meta(ge=1, le=2**32)]
_Salt = Annotated[bytes, msgspec.Meta(min_length=16, max_length=64)]


@dataclass(frozen=True, slots=True)
class Passphrase:
    """What opens it: text in NFC as UTF-8 (`crypto.passphrase.encode_passphrase`)."""

    value: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewPassphrase:
    passphrase: bytes = field(repr=False)
    cost: Cost


class PassphraseParameters(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="passphrase"
):
    """Argon2id (RFC 9106): memory in KiB, passes, lanes, salt."""

    memory_kib: _Count
    passes: _Count
    lanes: _Count
    salt: _Salt

    @property
    def cost(self) -> Cost:
        return Cost(memory_kib=self.memory_kib, passes=self.passes, lanes=self.lanes)


def enrol(new: NewPassphrase) -> tuple[PassphraseParameters, bytes]:
    """What the header keeps, and the 32 bytes that the passphrase gives.

    Raises:
        ValueError: a cost that no vault accepts.
        SecretUnfit: nothing, or nothing but white space.
    """
    if not new.cost.is_acceptable:
        raise ValueError("the cost lies outside what a vault accepts")
    if not new.passphrase.decode(errors="replace").strip():
        raise SecretUnfit(what="passphrase", least=1)
    cost = new.cost
    salt = secrets.token_bytes(passphrases.SALT_SIZE)
    parameters = PassphraseParameters(cost.memory_kib, cost.passes, cost.lanes, salt)
    return parameters, derive(parameters, Passphrase(new.passphrase))


def derive(parameters: PassphraseParameters, secret: Passphrase) -> bytes:
    """The 32 bytes that `secret` gives; whether they are the right ones shows at the seal."""
    return passphrases.derive(secret.value, parameters.salt, parameters.cost)
