"""The envelope of everything that a portal or a station signs, on every road:

    cport-message-v2
    <base64 of the Ed25519 signature, 88 characters>
    zstd 48213
    <body>

Line three says how the body is packed (`plain`, or `zstd`: RFC 8878) and how many bytes the payload
has; the payload is JSON. The signature covers lines one and three with their line feeds, and the
body: bytes signed for another purpose are never taken for a message, and nothing is unpacked before
it was checked who packed it. What is unpacked is bounded by the size that was signed, and by
`LONGEST_MESSAGE`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable

import zstandard

from cport_desktop.crypto import message_keys
from cport_desktop.errors import MalformedMessage, MessageTooLarge, SignatureInvalid

FORMAT_LINE = b"cport-message-v2\n"

LONGEST_MESSAGE = 8 * 1024 * 1024
"""Bytes, of an envelope and of the payload in it; the same bound as on every road
(`sync.transport`). An honest batch of 1000 reports has 2.5 MiB; a text takes four times its length in
memory if it holds one rare character, and no message may cost more than 64 MiB."""

_SIGNATURE_TEXT = 88
"""Characters of base64 for the 64 bytes of an Ed25519 signature."""

_SIGNED_AT = len(FORMAT_LINE) + _SIGNATURE_TEXT + 1

_PACKING = re.compile(rb"(plain|zstd) (0|[1-9][0-9]{0,8})\n")
_LONGEST_PACKING = 16
"""Bytes of line three: `plain 8388608` and its line feed."""

_LEAST_TO_PACK = 512
"""Bytes; below, packing gains nothing."""
_LEVEL = 3
_LARGEST_WINDOW = 8 * 1024 * 1024
"""Bytes that unpacking may keep in mind; what RFC 8878 asks every decoder for."""


def seal(payload: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """`payload` in its envelope, signed with `sign` (an Ed25519 key behind a function), packed
    where that makes it shorter.
    """
    signed = _packed(payload)
    signature = base64.b64encode(sign(FORMAT_LINE + signed))
    return FORMAT_LINE + signature + b"\n" + signed


def unseal(message: bytes, signer: bytes) -> bytes:
    """The payload, which whoever holds the private half of `signer` (raw, 32 bytes) has signed.

    Raises:
        MessageTooLarge: if it, or what it unpacks to, is longer than `LONGEST_MESSAGE`.
        MalformedMessage: if it is not such an envelope.
        SignatureInvalid: if the signature is not that key's over these bytes.
    """
    signed = _signed_part(message)
    if not message_keys.verify(signer, FORMAT_LINE + signed, _signature(message)):
        raise SignatureInvalid(what="portal message")
    return _unpacked(signed)


def unverified_payload(message: bytes) -> bytes:
    """The payload with its signature not looked at: for the few messages that bring the key.

    Raises:
        MessageTooLarge, MalformedMessage: as `unseal`.
    """
    return _unpacked(_signed_part(message))


def digest(payload: bytes) -> str:
    """What names a message for good, however it is packed: SHA-256 (hex) of line one and payload."""
    return hashlib.sha256(FORMAT_LINE + payload).hexdigest()


def _signed_part(message: bytes) -> bytes:
    if len(message) > LONGEST_MESSAGE:
        raise MessageTooLarge(limit=LONGEST_MESSAGE)
    if not message.startswith(FORMAT_LINE):
        raise MalformedMessage(where="line 1", cause="not a message of this format")
    if message[_SIGNED_AT - 1 : _SIGNED_AT] != b"\n":
        raise MalformedMessage(where="line 2", cause="not a signature")
    return message[_SIGNED_AT:]


def _signature(message: bytes) -> bytes:
    try:
        return base64.b64decode(message[len(FORMAT_LINE) : _SIGNED_AT - 1], validate=True)
    except binascii.Error as error:
        raise MalformedMessage(where="line 2", cause="not a signature") from error


def _packed(payload: bytes) -> bytes:
    """Line three and the body."""
    if len(payload) >= _LEAST_TO_PACK:
        body = zstandard.ZstdCompressor(level=_LEVEL).compress(payload)
        if len(body) < len(payload):
            return b"zstd %d\n" % len(payload) + body
    return b"plain %d\n" % len(payload) + payload


def _unpacked(signed: bytes) -> bytes:
    found = _PACKING.match(signed[:_LONGEST_PACKING])
    if found is None:
        raise MalformedMessage(where="line 3", cause="not how a body is packed")
    size, body = int(found[2]), signed[found.end() :]
    if size > LONGEST_MESSAGE:
        raise MessageTooLarge(limit=LONGEST_MESSAGE)
    payload = body if found[1] == b"plain" else _expanded(body, size)
    if len(payload) != size:
        raise MalformedMessage(where="body", cause="not as long as was signed")
    return payload


def _expanded(body: bytes, size: int) -> bytes:
    """What one zstd frame holds; more than `size` is never made of it."""
    try:
        stated = zstandard.frame_content_size(body)
        if stated != size:
            raise MalformedMessage(where="body", cause="not as long as was signed")
        plan = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
        return plan.decompress(body, max_output_size=size, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise MalformedMessage(where="body", cause="cannot be unpacked") from error
