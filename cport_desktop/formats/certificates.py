"""Certificates that a portal hands out: whose key is in them, and who issued them."""

from __future__ import annotations

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from cport_desktop.errors import MalformedMessage


def public_key_of(untrusted_pem: bytes, where: str) -> bytes:
    """The certificate's public key, SubjectPublicKeyInfo in DER; `where` is its JSON path.

    Raises:
        MalformedMessage: if it is no certificate.
    """
    certificate = _load(untrusted_pem, where)
    try:
        return certificate.public_key().public_bytes(
            Encoding.DER, PublicFormat.SubjectPublicKeyInfo
        )
    except (ValueError, TypeError) as error:
        raise MalformedMessage(where=where, cause="a key of an unknown kind") from error


def is_issued_by(untrusted_pem: bytes, authority_pem: bytes, where: str) -> bool:
    """Whether the authority's key has signed the certificate, and their names agree.

    Raises:
        MalformedMessage: if one of them is no certificate.
    """
    certificate, authority = _load(untrusted_pem, where), _load(authority_pem, where)
    try:
        certificate.verify_directly_issued_by(authority)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _load(untrusted_pem: bytes, where: str) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(untrusted_pem)
    except ValueError as error:
        raise MalformedMessage(where=where, cause="not a certificate") from error
