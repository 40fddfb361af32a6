"""Signs with a key that cannot be had: whoever holds it is called with what is to be signed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.signers import Signer as CmsSigner
from pyhanko_certvalidator.registry import CertificateStore

from cport_desktop.clock import Clock
from cport_desktop.crypto.signing import (
    CertificateSigner,
    chain_store,
    read_certificates,
    require_signing_certificate,
    to_asn1,
)

SignBytes = Callable[[bytes], bytes]
"""Answers the signature with SHA-256 over all that it is given: PKCS #1 v1.5, or ECDSA in DER."""


class CalledSigner(CertificateSigner):
    """Signs for a certificate through `sign`, which speaks to whatever holds its key.

    Raises:
        KeyFileMalformed: no certificate, or its key is neither P-256 nor RSA of 2048 bits and more.
    """

    def __init__(
        self, certificate_pem: bytes, chain_pem: Sequence[bytes], sign: SignBytes, *, clock: Clock
    ) -> None:
        certificate = read_certificates(certificate_pem)[0]
        require_signing_certificate(certificate)
        signer = _Calling(to_asn1(certificate), chain_store(certificate, chain_pem), sign)
        super().__init__(certificate, signer, clock=clock)


class _Calling(CmsSigner):
    def __init__(
        self, certificate: asn1_x509.Certificate, store: CertificateStore, sign: SignBytes
    ) -> None:
        super().__init__(signing_cert=certificate, cert_registry=store, embed_roots=False)
        self._sign = sign

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: FBT001, FBT002 - pyHanko's signature
    ) -> bytes:
        if digest_algorithm != "sha256":
            raise ValueError("packages are signed with SHA-256")
        return bytes(512) if dry_run else self._sign(data)


def own_and_chain(certificates_pem: bytes) -> tuple[bytes, list[bytes]]:
    """The first certificate, and all others, each in PEM.

    Raises:
        KeyFileMalformed: there is none.
    """
    own, *chain = [each.public_bytes(Encoding.PEM) for each in read_certificates(certificates_pem)]
    return own, chain
