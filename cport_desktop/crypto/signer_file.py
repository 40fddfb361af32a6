"""A signer out of one PEM file: a private key, its certificate, and any between it and the anchor."""

from __future__ import annotations

from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from cport_desktop.clock import Clock
from cport_desktop.crypto.signing import FileKeySigner
from cport_desktop.errors import KeyFileMalformed


def read_signer(untrusted_pem: bytes, *, clock: Clock) -> FileKeySigner:
    """The signer in `untrusted_pem`: its first certificate is the signer's own.

    Raises:
        KeyFileMalformed: no unencrypted key, no certificate, or they do not belong together.
    """
    private, own, chain = signer_parts(untrusted_pem)
    return FileKeySigner(private, own, chain, clock=clock)


def signer_parts(untrusted_pem: bytes) -> tuple[bytes, bytes, list[bytes]]:
    """Key (PKCS#8 DER), the signer's certificate (PEM), and those behind it.

    Raises:
        KeyFileMalformed: no unencrypted key, or no certificate.
    """
    try:
        key = load_pem_private_key(untrusted_pem, password=None)
        certificates = x509.load_pem_x509_certificates(untrusted_pem)
    except (ValueError, TypeError) as error:
        raise KeyFileMalformed(
            what="signer: an unencrypted key and a certificate in PEM"
        ) from error
    own, *chain = [certificate.public_bytes(Encoding.PEM) for certificate in certificates]
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()), own, chain
