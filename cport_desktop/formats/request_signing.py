"""How a station signs what it asks over HTTPS: headers, and the bytes that are signed.

    cport-request-v1
    GET
    /v1/changes?limit=200&cursor=c-17
    2026-03-01T12:00:00Z
    00112233445566778899aabbccddeeff
    e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
    <the Range header's value, or nothing>

Each line ends with a line feed, the last one too. No part may hold a line feed itself, which
keeps two different requests from signing the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping

from cport_desktop.domain.ids import StationId

STATION_HEADER = "CPORT-Station"
TIME_HEADER = "CPORT-Time"
NONCE_HEADER = "CPORT-Nonce"
SIGNATURE_HEADER = "CPORT-Signature"

FORMAT_LINE = "cport-request-v1"

NONCE_SIZE = 16
"""Bytes, written as 32 hex digits: random, so that none comes twice within the time allowed."""

LARGEST_SKEW_SECONDS = 300
"""How far a station's clock may be off; beyond it a portal answers `clock_skew`."""


def bytes_to_sign(
    method: str, target: str, *, time: str, nonce: str, body: bytes, range_header: str
) -> bytes:
    """What a station signs for one request, and a portal rebuilds from what it received.

    `target` is path and query as sent; `time` and `nonce` as in their headers; `range_header`
    is empty if there is none.

    Raises:
        ValueError: if a part holds a line feed (no HTTP request can carry such a part).
    """
    parts = (FORMAT_LINE, method, target, time, nonce, hashlib.sha256(body).hexdigest())
    lines = (*parts, range_header)
    if any("\n" in line for line in lines):
        raise ValueError("a part of a request holds a line feed")
    return "".join(f"{line}\n" for line in lines).encode()


def signed_headers(
    signed: bytes, sign: Callable[[bytes], bytes], *, station: StationId, time: str, nonce: str
) -> Mapping[str, str]:
    """The four headers that prove who asks; `signed` is from `bytes_to_sign`."""
    return {
        STATION_HEADER: station,
        TIME_HEADER: time,
        NONCE_HEADER: nonce,
        SIGNATURE_HEADER: base64.b64encode(sign(signed)).decode("ascii"),
    }
