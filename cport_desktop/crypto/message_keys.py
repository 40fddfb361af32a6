"""Keys that sign messages (Ed25519), and the making of a key that signs packages (P-256).

Private halves are PKCS#8 in DER, unencrypted: they live in the vault and nowhere else, and
never show in a `repr`. Public halves: 32 raw bytes for Ed25519, SubjectPublicKeyInfo in DER
for P-256.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from cport_desktop.errors import KeyFileMalformed

PUBLIC_KEY_SIZE = 32
"""Bytes of a raw Ed25519 public key (RFC 8032, 5.1.5)."""

SIGNATURE_SIZE = 64
"""Bytes of an Ed25519 signature (RFC 8032, 5.1.6)."""

Sign = Callable[[bytes], bytes]
"""Signs with a key that it keeps to itself."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """Both halves of a key, in the forms that the room's docstring names."""

    private: bytes = field(repr=False)
    public: bytes


def generate_ed25519() -> KeyPair:
    """A fresh Ed25519 pair from the machine's own randomness."""
    key = Ed25519PrivateKey.generate()
    return KeyPair(private=_private_der(key), public=key.public_key().public_bytes_raw())


def generate_p256() -> KeyPair:
    """A fresh P-256 pair, for a certificate that signs packages."""
    return _p256_pair(ec.generate_private_key(ec.SECP256R1()))


def ed25519_pair(private_der: bytes) -> KeyPair:
    """The pair of a key that was generated before.

    Raises:
        KeyFileMalformed: if it is not an Ed25519 key.
    """
    return KeyPair(private=private_der, public=public_half(private_der))


def p256_pair(private_der: bytes) -> KeyPair:
    """The pair of a key that was generated before.

    Raises:
        KeyFileMalformed: if it is not a P-256 key.
    """
    key = _load_any(private_der)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise KeyFileMalformed(what="package key")
    return _p256_pair(key)


def signing_with(private_der: bytes) -> Sign:
    """A function that signs with this Ed25519 key, loaded once.

    Raises:
        KeyFileMalformed: if it is not such a key.
    """
    return _load(private_der).sign


def sign(private_der: bytes, data: bytes) -> bytes:
    """The Ed25519 signature over `data`, 64 bytes.

    Raises:
        KeyFileMalformed: if `private_der` is not an Ed25519 key.
    """
    return _load(private_der).sign(data)


def public_half(private_der: bytes) -> bytes:
    """The raw public key of an Ed25519 private key.

    Raises:
        KeyFileMalformed: if it is not such a key.
    """
    return _load(private_der).public_key().public_bytes_raw()


def verify(public_raw: bytes, data: bytes, signature: bytes) -> bool:
    """Whether `signature` over `data` was made with the private half of `public_raw`.

    A key or a signature of the wrong length is no signature at all: False.
    """
    if len(public_raw) != PUBLIC_KEY_SIZE or len(signature) != SIGNATURE_SIZE:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public_raw).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def _load(private_der: bytes) -> Ed25519PrivateKey:
    key = _load_any(private_der)
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileMalformed(what="message key")
    return key


def _load_any(private_der: bytes) -> PrivateKeyTypes:
    try:
        return serialization.load_der_private_key(private_der, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyFileMalformed(what="message key") from error


def _p256_pair(key: ec.EllipticCurvePrivateKey) -> KeyPair:
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return KeyPair(private=_private_der(key), public=public)


def _private_der(key: Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
