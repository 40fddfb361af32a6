"""An envelope opens only for the key that closed it, and only for the whole of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cport_desktop.crypto import message_keys
from cport_desktop.errors import (
    MalformedMessage,
    MessageTooLarge,
    SignatureInvalid,
    UntrustedData,
)
from cport_desktop.formats.sealed_message import FORMAT_LINE, LONGEST_MESSAGE, seal, unseal
from cport_desktop.sync import transport

PAIR = message_keys.generate_ed25519()
SIGN = message_keys.signing_with(PAIR.private)
PAYLOAD = b'{"schema":1,"kind":"batch"}'
MESSAGE = seal(PAYLOAD, SIGN)


def test_the_bound_is_the_same_in_the_envelope_and_on_the_road():
    assert LONGEST_MESSAGE == transport.LONGEST_MESSAGE


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_payload_comes_out_as_it_went_in(payload):
    assert unseal(seal(payload, SIGN), PAIR.public) == payload


def test_another_key_does_not_open_it():
    with pytest.raises(SignatureInvalid):
        unseal(MESSAGE, message_keys.generate_ed25519().public)


@pytest.mark.parametrize("at", range(0, len(MESSAGE), 3))
def test_no_byte_can_be_changed(at):
    changed = MESSAGE[:at] + bytes([MESSAGE[at] ^ 1]) + MESSAGE[at + 1 :]
    with pytest.raises(UntrustedData):
        unseal(changed, PAIR.public)


@pytest.mark.parametrize("length", range(0, len(MESSAGE), 7))
def test_it_cannot_be_cut_short(length):
    with pytest.raises(UntrustedData):
        unseal(MESSAGE[:length], PAIR.public)


def test_nothing_can_be_appended():
    with pytest.raises(SignatureInvalid):
        unseal(MESSAGE + b"\n", PAIR.public)


def test_a_signature_over_the_payload_alone_is_none():
    bare = seal(PAYLOAD, lambda data: SIGN(data.removeprefix(FORMAT_LINE)))
    with pytest.raises(SignatureInvalid):
        unseal(bare, PAIR.public)


def test_another_format_is_named_as_such():
    with pytest.raises(MalformedMessage) as caught:
        unseal(MESSAGE.replace(b"v1", b"v2", 1), PAIR.public)
    assert caught.value.facts["where"] == "line 1"


def test_a_message_beyond_the_bound_is_refused_before_its_signature_is_looked_at():
    with pytest.raises(MessageTooLarge):
        unseal(MESSAGE + b" " * LONGEST_MESSAGE, PAIR.public)
