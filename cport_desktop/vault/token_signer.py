"""A signer whose key never leaves its PKCS#11 token.

It is signed in to for each signature and no longer, so that a token can be pulled out in between:
then the next signature says so. The PIN is asked for each time something is composed, held in memory
until then, and kept nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from cport_desktop.clock import Clock
from cport_desktop.crypto.called_signer import CalledSigner, own_and_chain
from cport_desktop.crypto.signing import read_certificates
from cport_desktop.domain.kept_signer import TokenPlace
from cport_desktop.errors import KeyFileMalformed, TokenKeyMissing
from cport_desktop.vault.slot_token import find_module

_TRIAL = b"CPORT: does this key belong to this certificate?"


@dataclass(frozen=True, slots=True)
class SigningToken:
    """What reaches a token: `module` is its file if it lies elsewhere than usual, `token` its serial
    number or label (None: the only one there is), `key` the label, or the id in hex, of the key.
    """

    pin: bytes = field(repr=False)
    module: Path | None = None
    token: str | None = None
    key: str | None = None


def find_key(given: SigningToken, certificates_pem: bytes) -> TokenPlace:
    """Where the key of the first of these certificates is; it has signed something for a trial.

    Raises:
        KeyFileMalformed: no certificate, or not one of the key.
        TokenKeyMissing: no such key on it.
        VaultError: as `token_session.signed_in`.
    """
    from cport_desktop.vault import token_session  # noqa: PLC0415 - 40 ms that most runs never need

    if given.module is None:
        raise TokenKeyMissing(label=given.token or "–", key=given.key or "–")
    with token_session.signed_in(given.module, pin=given.pin, token=given.token) as session:
        keys = [
            key
            for key in session.signing_keys()
            if given.key is None or given.key in (key.label, key.key_id.hex())
        ]
        if not keys:
            raise TokenKeyMissing(label=session.label, key=given.key or "–")
        for key in keys:
            if _is_made_by(certificates_pem, session.sign(key, _TRIAL)):
                return TokenPlace(given.module.name, session.serial, session.label, key.key_id)
    raise KeyFileMalformed(what="private key and certificate: not a pair")


def token_signer(
    place: TokenPlace, certificates_pem: bytes, *, pin: bytes, module: Path | None, clock: Clock
) -> CalledSigner:
    """The signer of this token. It was reached, signed in to and tried before this answers.

    Raises:
        TokenModuleMissing, TokenAbsent, TokenPinWrong, TokenPinLocked, TokenKeyMissing,
        TokenFailed: each says what is to be done. Signing raises them, too.
    """
    path = module or find_module(place.module)

    def sign(data: bytes) -> bytes:
        return _signature(path, place, pin, data)

    if not _is_made_by(certificates_pem, sign(_TRIAL)):
        raise TokenKeyMissing(label=place.label, key=place.key_id.hex())
    own, chain = own_and_chain(certificates_pem)
    return CalledSigner(own, chain, sign, clock=clock)


def _signature(module: Path, place: TokenPlace, pin: bytes, data: bytes) -> bytes:
    from cport_desktop.vault import token_session  # noqa: PLC0415 - as above

    with token_session.signed_in(module, pin=pin, token=place.serial, label=place.label) as session:
        for key in session.signing_keys(key_id=place.key_id):
            return session.sign(key, data)
        raise TokenKeyMissing(label=place.label, key=place.key_id.hex())


def _is_made_by(certificates_pem: bytes, signature: bytes) -> bool:
    public = read_certificates(certificates_pem)[0].public_key()
    try:
        if isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, _TRIAL, ec.ECDSA(hashes.SHA256()))
        elif isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, _TRIAL, padding.PKCS1v15(), hashes.SHA256())
        else:
            return False
    except InvalidSignature:
        return False
    return True
