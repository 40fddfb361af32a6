"""The seal of a picture that somebody could recognise, inside the sealed file of pictures.

The file is SQLCipher's, so whoever reads a page of veils has its key. What lies behind a veil is
sealed once more: with AES-256-GCM, under a key that is derived for this one picture from the
clear room's key, which is itself derived from the file's. The seal is bound to the digest of the
original and to what the picture is for, so that no picture can be passed off as another.

    sealed = nonce (12 bytes) | AES-256-GCM(width, height, channels (2, 2, 1 bytes) | packed pixels)

Everybody who has pictures to keep may seal. Unsealing is for `clear_room` alone, and for
`picture_renewal`, which hands nothing on (tests/architecture/test_the_one_door.py holds it).
"""

from __future__ import annotations

import secrets
import struct
import zlib
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cport_desktop.domain.media_item import Picture
from cport_desktop.errors import VaultDamaged

LARGEST_PICTURE = 200 * 200 * 3
"""Bytes of pixels: the largest thumbnail. More than this is never unpacked."""

_KEY_SIZE = 32
_NONCE_SIZE = 12
_SHAPE = struct.Struct(">HHB")


class Derived(StrEnum):
    """What a picture that lies behind a veil is for."""

    BLURRED = "blurred"
    """Grey and blurred, as small as a thumbnail."""
    CLEAR = "clear"
    """The thumbnail, in colour."""


def clear_room_key(derivatives_key: bytes) -> bytes:
    """The key from which the keys of all these pictures are derived."""
    return _derived(derivatives_key, b"cport-vault v1 clear room")


def seal_picture(room_key: bytes, digest: str, purpose: Derived, picture: Picture) -> bytes:
    """`picture`, sealed for the original with this SHA-256 (hex)."""
    shape = _SHAPE.pack(picture.width, picture.height, picture.channels)
    plain = shape + zlib.compress(picture.pixels, 1)
    nonce, meaning = secrets.token_bytes(_NONCE_SIZE), _meaning(digest, purpose)
    return nonce + AESGCM(_derived(room_key, meaning)).encrypt(nonce, plain, meaning)


def unseal_picture(room_key: bytes, digest: str, purpose: Derived, sealed: bytes) -> Picture:
    """The inverse of `seal_picture`.

    Raises:
        VaultDamaged: it is not what was sealed under this key, for this digest and purpose.
    """
    nonce, meaning = sealed[:_NONCE_SIZE], _meaning(digest, purpose)
    try:
        plain = AESGCM(_derived(room_key, meaning)).decrypt(nonce, sealed[_NONCE_SIZE:], meaning)
    except (InvalidTag, ValueError) as error:
        raise VaultDamaged(where="derivatives.db") from error
    width, height, channels = _SHAPE.unpack_from(plain)
    return Picture(width, height, channels, unpacked(plain[_SHAPE.size :]))


def unpacked(packed: bytes) -> bytes:
    """Pixels as they were before they were packed."""
    return zlib.decompressobj().decompress(packed, LARGEST_PICTURE)


def _meaning(digest: str, purpose: Derived) -> bytes:
    return f"cport-vault v1 picture|{digest}|{purpose.value}".encode()


def _derived(key: bytes, meaning: bytes) -> bytes:
    return HKDF(SHA256(), _KEY_SIZE, salt=None, info=meaning).derive(key)
