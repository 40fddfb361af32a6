"""PhotoDNA digests, which are passed on and never matched: 144 bytes, as text of two kinds."""

from __future__ import annotations

import base64
import binascii
from typing import Final

_BYTES: Final = 144


def as_base64(text: str) -> str | None:
    """192 characters of Base64, as VICS 2.0 has it; None if it is no such digest."""
    digest = _bytes_of(text)
    return None if digest is None else base64.b64encode(digest).decode("ascii")


def as_hex(text: str) -> str | None:
    """288 hexadecimal digits, as CSV files have it; None if it is no such digest."""
    digest = _bytes_of(text)
    return None if digest is None else digest.hex()


def _bytes_of(text: str) -> bytes | None:
    try:
        if len(text) == 2 * _BYTES:
            return bytes.fromhex(text)
        digest = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        return None
    return digest if len(digest) == _BYTES else None
