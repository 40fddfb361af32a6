"""Message keys: what they sign verifies, and nothing else does."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_der_private_key, load_der_public_key

from cport_desktop.crypto import message_keys
from cport_desktop.errors import KeyFileMalformed

# RFC 8032, 7.1, test 3: public key, message, signature.
PUBLIC = bytes.fromhex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")
MESSAGE = bytes.fromhex("af82")
SIGNATURE = bytes.fromhex(
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
    "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
)


def test_the_published_vector_verifies():
    assert message_keys.verify(PUBLIC, MESSAGE, SIGNATURE)
    assert not message_keys.verify(PUBLIC, MESSAGE + b"x", SIGNATURE)


def test_a_signature_verifies_with_the_public_half_only():
    pair, other = message_keys.generate_ed25519(), message_keys.generate_ed25519()
    signature = message_keys.sign(pair.private, b"data")
    assert message_keys.public_half(pair.private) == pair.public
    assert message_keys.verify(pair.public, b"data", signature)
    assert not message_keys.verify(other.public, b"data", signature)


@pytest.mark.parametrize(
    ("key", "signature"), [(b"", SIGNATURE), (PUBLIC, b""), (PUBLIC + b"x", SIGNATURE)]
)
def test_parts_of_a_wrong_length_are_no_signature(key, signature):
    assert not message_keys.verify(key, MESSAGE, signature)


def test_a_package_key_is_p256_with_both_halves_of_one_key():
    pair = message_keys.generate_p256()
    private = load_der_private_key(pair.private, password=None)
    assert isinstance(private, EllipticCurvePrivateKey)
    assert private.public_key() == load_der_public_key(pair.public)
    assert private.curve.name == "secp256r1"


@pytest.mark.parametrize("damaged", [b"", b"rubbish", message_keys.generate_p256().private])
def test_what_is_no_message_key_is_refused_by_name(damaged):
    with pytest.raises(KeyFileMalformed):
        message_keys.signing_with(damaged)


def test_a_private_half_never_shows():
    pair = message_keys.generate_ed25519()
    assert repr(pair.private) not in repr(pair)
