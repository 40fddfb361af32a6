"""The envelope of everything that a portal signs: a line that names the format, a line with
the signature, and the payload as it is.

    cport-message-v1
    <base64 of the Ed25519 signature, 88 characters>
    {"schema":1,"kind":"batch", …}

The signature covers the first line with its line feed and the payload, so that bytes signed
for another purpose are never taken for a message. It is checked before a byte is parsed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable

from cport_desktop.crypto import message_keys
from cport_desktop.errors import MalformedMessage, MessageTooLarge, SignatureInvalid

FORMAT_LINE = b"cport-message-v1\n"

LONGEST_MESSAGE = 16 * 1024 * 1024
"""Bytes, envelope included; the same bound as on every road (`sync.transport`)."""

_SIGNATURE_TEXT = 88
"""Characters of base64 for the 64 bytes of an Ed25519 signature."""

_PAYLOAD_AT = len(FORMAT_LINE) + _SIGNATURE_TEXT + 1


def seal(payload: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """`payload` in its envelope, signed with `sign` (an Ed25519 key behind a function)."""
    signature = base64.b64encode(sign(FORMAT_LINE + payload))
    return FORMAT_LINE + signature + b"\n" + payload


def unseal(message: bytes, portal_key: bytes) -> bytes:
    """The payload, which whoever holds the private half of `portal_key` (raw) has signed.

    Raises:
        MessageTooLarge: if it is longer than `LONGEST_MESSAGE`.
        MalformedMessage: if it is not such an envelope.
        SignatureInvalid: if the signature is not that key's over these bytes.
    """
    payload = unverified_payload(message)
    signature = _signature(message)
    if not message_keys.verify(portal_key, FORMAT_LINE + payload, signature):
        raise SignatureInvalid(what="portal message")
    return payload


def unverified_payload(message: bytes) -> bytes:
    """The payload with its signature not looked at: for the one answer that brings the key.

    Raises:
        MessageTooLarge, MalformedMessage: as `unseal`.
    """
    if len(message) > LONGEST_MESSAGE:
        raise MessageTooLarge(limit=LONGEST_MESSAGE)
    if not message.startswith(FORMAT_LINE):
        raise MalformedMessage(where="line 1", cause="not a message of this format")
    if message[_PAYLOAD_AT - 1 : _PAYLOAD_AT] != b"\n":
        raise MalformedMessage(where="line 2", cause="not a signature")
    return message[_PAYLOAD_AT:]


def digest(payload: bytes) -> str:
    """SHA-256 (hex) of the bytes that are signed for `payload`."""
    return hashlib.sha256(FORMAT_LINE + payload).hexdigest()


def _signature(message: bytes) -> bytes:
    try:
        return base64.b64decode(message[len(FORMAT_LINE) : _PAYLOAD_AT - 1], validate=True)
    except binascii.Error as error:
        raise MalformedMessage(where="line 2", cause="not a signature") from error
