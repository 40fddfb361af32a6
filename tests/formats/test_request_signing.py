"""Station and portal build the same bytes for one request, and others for any other."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.crypto import message_keys
from cport_desktop.domain.ids import StationId
from cport_desktop.formats.request_signing import bytes_to_sign, signed_headers

EMPTY = hashlib.sha256(b"").hexdigest()


def test_the_bytes_are_those_of_the_written_protocol():
    signed = bytes_to_sign(
        "GET",
        "/v1/media/17",
        time="2026-03-01T12:00:00Z",
        nonce="00112233445566778899aabbccddeeff",
        body=b"",
        range_header="bytes=100-",
    )
    assert signed == (
        b"cport-request-v1\nGET\n/v1/media/17\n2026-03-01T12:00:00Z\n"
        b"00112233445566778899aabbccddeeff\n" + EMPTY.encode() + b"\nbytes=100-\n"
    )


line = st.text(st.characters(blacklist_characters="\n", codec="ascii"), max_size=8)


@given(st.tuples(line, line, line, line, line), st.tuples(line, line, line, line, line))
def test_two_different_requests_never_sign_the_same_bytes(one, other):
    def signed(parts: tuple[str, ...]) -> bytes:
        method, target, time, nonce, part = parts
        return bytes_to_sign(method, target, time=time, nonce=nonce, body=b"", range_header=part)

    assert (signed(one) == signed(other)) == (one == other)


def test_a_part_with_a_line_feed_is_not_signed():
    with pytest.raises(ValueError, match="line feed"):
        bytes_to_sign("GET", "/a\n/b", time="t", nonce="n", body=b"", range_header="")


def test_the_headers_carry_a_signature_that_verifies():
    pair = message_keys.generate_ed25519()
    headers = signed_headers(
        b"bytes",
        message_keys.signing_with(pair.private),
        station=StationId("st-1"),
        time="t",
        nonce="n",
    )
    assert headers["CPORT-Station"] == "st-1"
    signature = base64.b64decode(headers["CPORT-Signature"])
    assert message_keys.verify(pair.public, b"bytes", signature)
    assert not message_keys.verify(pair.public, b"other bytes", signature)
