"""Wrapping a small secret to a public key, so that it can be renewed while its owner is away.

HPKE (RFC 9180, base mode) with the hybrid KEM of ML-KEM-768 and X25519: who records a wrap today
and owns a quantum computer one day still has to break both. What a wrap is for is bound to it
by `purpose`: a wrap moved to another place does not open.

    private half, 96 bytes: seed of ML-KEM (FIPS 203, d | z) | X25519 (RFC 7748)
    public half, 1216 bytes: encapsulation key of ML-KEM | X25519
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

PRIVATE_SIZE: Final = 96
PUBLIC_SIZE: Final = 1216
_SEED = 64
_ENCAPSULATION = 1184


@dataclass(frozen=True, slots=True)
class WrappingPair:
    """Both halves, in the forms that the room's docstring names."""

    private: bytes = field(repr=False)
    public: bytes


def generate_pair() -> WrappingPair:
    """A fresh pair from the machine's own randomness."""
    lattice, curve = MLKEM768PrivateKey.generate(), X25519PrivateKey.generate()
    return WrappingPair(
        private=lattice.private_bytes_raw() + curve.private_bytes_raw(),
        public=lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw(),
    )


def pair_of(private: bytes) -> WrappingPair:
    """The pair of a private half that was generated before.

    Raises:
        ValueError: if it is none.
    """
    if len(private) != PRIVATE_SIZE:
        raise ValueError("not a private half")
    lattice = MLKEM768PrivateKey.from_seed_bytes(private[:_SEED])
    curve = X25519PrivateKey.from_private_bytes(private[_SEED:])
    return WrappingPair(
        private=private,
        public=lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw(),
    )


def wrap(public: bytes, secret: bytes, *, purpose: bytes) -> bytes:
    """`secret`, readable by the owner of `public` alone and for this `purpose` alone.

    Raises:
        ValueError: if `public` is no public half.
    """
    return _suite().encrypt(secret, _public(public), info=purpose)


def unwrap(private: bytes, wrapped: bytes, *, purpose: bytes) -> bytes | None:
    """What `wrap` was given, or None if it was for another key or purpose, or was changed.

    Raises:
        ValueError: if `private` is no private half.
    """
    key = _private(private)
    try:
        return _suite().decrypt(wrapped, key, info=purpose)
    except (InvalidTag, ValueError):
        return None


def _suite() -> Suite:
    return Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def _private(raw: bytes) -> MLKEM768X25519PrivateKey:
    if len(raw) != PRIVATE_SIZE:
        raise ValueError("not a private half")
    return MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(raw[:_SEED]),
        X25519PrivateKey.from_private_bytes(raw[_SEED:]),
    )


def _public(raw: bytes) -> MLKEM768X25519PublicKey:
    if len(raw) != PUBLIC_SIZE:
        raise ValueError("not a public half")
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(raw[:_ENCAPSULATION]),
        X25519PublicKey.from_public_bytes(raw[_ENCAPSULATION:]),
    )
