"""An envelope opens only for the key that closed it, only for the whole of it, and to no more than
was signed.
"""

from __future__ import annotations

import base64

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from cport_desktop.crypto import message_keys
from cport_desktop.errors import (
    MalformedMessage,
    MessageTooLarge,
    SignatureInvalid,
    UntrustedData,
)
from cport_desktop.formats.sealed_message import (
    FORMAT_LINE,
    LONGEST_MESSAGE,
    digest,
    seal,
    unseal,
    unverified_payload,
)
from cport_desktop.sync import transport

PAIR = message_keys.generate_ed25519()
SIGN = message_keys.signing_with(PAIR.private)
PAYLOAD = b'{"schema":2,"kind":"batch"}'
LONG = b'{"schema":2,"kind":"batch","filler":"' + b"synthetic " * 100 + b'"}'
MESSAGE = seal(PAYLOAD, SIGN)
PACKED = seal(LONG, SIGN)


def signed(packing: bytes, body: bytes) -> bytes:
    """An envelope whose signature holds, whatever is in it."""
    signature = base64.b64encode(SIGN(FORMAT_LINE + packing + b"\n" + body))
    return FORMAT_LINE + signature + b"\n" + packing + b"\n" + body


def frame(content: bytes, **options: int | bool) -> bytes:
    """A frame of zstd, which states the size of its content unless told otherwise."""
    return zstandard.ZstdCompressor(level=3, **options).compress(content)  # type: ignore[arg-type]


def test_the_bound_is_the_same_in_the_envelope_and_on_the_road():
    assert LONGEST_MESSAGE == transport.LONGEST_MESSAGE


@settings(deadline=None)
@given(st.binary(max_size=300) | st.binary(max_size=40).map(lambda part: part * 100))
def test_any_payload_comes_out_as_it_went_in(payload):
    assert unseal(seal(payload, SIGN), PAIR.public) == payload
    assert unverified_payload(seal(payload, SIGN)) == payload


def test_it_is_written_as_the_protocol_says():
    name, signature, packing, body = MESSAGE.split(b"\n")
    assert (name, packing, body) == (b"cport-message-v2", b"plain 27", PAYLOAD)
    assert message_keys.verify(
        PAIR.public, b"cport-message-v2\nplain 27\n" + PAYLOAD, base64.b64decode(signature)
    )


def test_what_is_long_is_packed_and_what_gains_nothing_is_not():
    assert PACKED.split(b"\n")[2] == b"zstd %d" % len(LONG)
    assert len(PACKED) < len(LONG) / 4
    noise = zstandard.ZstdCompressor(level=19).compress(bytes(range(256)) * 8)
    assert seal(noise * 4, lambda _: bytes(64)).split(b"\n")[2].startswith(b"zstd ")
    for payload in (b"", PAYLOAD, message_keys.generate_p256().public * 2, b"x" * 511):
        assert b"\nplain %d\n" % len(payload) in seal(payload, SIGN)


def test_a_message_is_named_by_what_it_says_however_it_is_packed():
    assert digest(LONG) == digest(unseal(PACKED, PAIR.public))
    assert unseal(signed(b"plain %d" % len(LONG), LONG), PAIR.public) == LONG
    assert unseal(signed(b"zstd %d" % len(LONG), frame(LONG)), PAIR.public) == LONG
    assert digest(LONG) != digest(LONG + b" ")


def test_another_key_does_not_open_it():
    with pytest.raises(SignatureInvalid):
        unseal(MESSAGE, message_keys.generate_ed25519().public)


@pytest.mark.parametrize("message", [MESSAGE, PACKED], ids=["plain", "packed"])
class TestAnEnvelope:
    def test_no_byte_can_be_changed(self, message):
        for at in range(len(message)):
            changed = message[:at] + bytes([message[at] ^ 1]) + message[at + 1 :]
            with pytest.raises(UntrustedData):
                unseal(changed, PAIR.public)

    def test_it_cannot_be_cut_short(self, message):
        for length in range(len(message)):
            with pytest.raises(UntrustedData):
                unseal(message[:length], PAIR.public)

    def test_nothing_can_be_appended(self, message):
        for more in (b"\n", b" ", message, frame(b"more")):
            with pytest.raises(SignatureInvalid):
                unseal(message + more, PAIR.public)

    def test_how_it_is_packed_is_signed_too(self, message):
        head = message[: len(FORMAT_LINE) + 89]
        packing, _, body = message[len(head) :].partition(b"\n")
        for other in (b"plain 27", b"zstd %d" % len(LONG), b"zstd 27", b"plain %d" % len(LONG)):
            if other != packing:
                with pytest.raises(SignatureInvalid):
                    unseal(head + other + b"\n" + body, PAIR.public)


def test_a_signature_over_the_payload_alone_is_none():
    bare = seal(PAYLOAD, lambda data: SIGN(data.removeprefix(FORMAT_LINE)))
    with pytest.raises(SignatureInvalid):
        unseal(bare, PAIR.public)


def test_another_format_is_named_as_such():
    with pytest.raises(MalformedMessage) as caught:
        unseal(MESSAGE.replace(b"v2", b"v1", 1), PAIR.public)
    assert caught.value.facts["where"] == "line 1"


def test_a_message_beyond_the_bound_is_refused_before_its_signature_is_looked_at():
    with pytest.raises(MessageTooLarge):
        unseal(MESSAGE + b" " * LONGEST_MESSAGE, PAIR.public)


# What somebody who holds the portal's key could sign


@pytest.mark.parametrize(
    "packing",
    [
        b"",
        b"plain",
        b"plain ",
        b"plain 027",
        b"plain +27",
        b"plain 27 ",
        b" plain 27",
        b"PLAIN 27",
        b"gzip 27",
        b"plain 27\r",
        b"plain \xd9\xa2\xd9\xa7",
        b"plain 1000000000000",
    ],
)
def test_a_packing_that_is_written_otherwise_is_refused(packing):
    with pytest.raises(MalformedMessage) as caught:
        unseal(signed(packing, PAYLOAD), PAIR.public)
    assert caught.value.facts["where"] == "line 3"


@pytest.mark.parametrize(
    ("packing", "body"),
    [
        (b"plain 26", PAYLOAD),
        (b"plain 28", PAYLOAD),
        (b"plain 0", PAYLOAD),
        (b"zstd 999", frame(LONG)),
        (b"zstd 0", frame(LONG)),
        (b"zstd %d" % (2 * len(LONG)), frame(LONG) * 2),
        (b"zstd %d" % len(LONG), frame(LONG) + frame(LONG)),
        (b"zstd %d" % len(LONG), frame(LONG) + b"\n"),
        (b"zstd %d" % len(LONG), frame(LONG)[:-1]),
        (b"zstd %d" % len(LONG), frame(LONG, write_content_size=False)),
        (b"zstd %d" % len(LONG), b""),
        (b"zstd %d" % len(LONG), LONG),
        (b"zstd 27", PAYLOAD),
        (b"zstd 4", b"\x50\x2a\x4d\x18\x04\x00\x00\x00skip"),
    ],
)
def test_a_body_that_is_not_what_line_three_says_is_refused(packing, body):
    with pytest.raises(MalformedMessage) as caught:
        unseal(signed(packing, body), PAIR.public)
    assert caught.value.facts["where"] == "body"


def test_a_size_beyond_the_bound_is_refused_before_anything_is_unpacked():
    for packing in (b"zstd %d", b"plain %d"):
        with pytest.raises(MessageTooLarge):
            unseal(signed(packing % (LONGEST_MESSAGE + 1), frame(LONG)), PAIR.public)


def test_a_packed_payload_may_be_as_long_as_the_bound_and_no_longer():
    longest = frame(bytes(LONGEST_MESSAGE))
    assert (
        len(unseal(signed(b"zstd %d" % LONGEST_MESSAGE, longest), PAIR.public)) == LONGEST_MESSAGE
    )


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([b"zstd 1037", b"zstd 4", b"plain 4", b"zstd 16777216"]),
    st.binary(max_size=200)
    | st.binary(max_size=100).map(lambda rubbish: frame(LONG)[:20] + rubbish),
)
def test_signed_rubbish_never_raises_anything_but_untrusted_data(packing, body):
    try:
        payload = unseal(signed(packing, body), PAIR.public)
    except UntrustedData:
        return
    assert len(payload) == int(packing.split()[1])
