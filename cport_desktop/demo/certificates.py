"""The gateway's own X.509: two authorities, a server's certificate, stations' certificates.

Authorities are profiled so that strict checkers are content (`ssl.VERIFY_X509_STRICT`, OpenSSL's
`cms -verify` without `-purpose`): critical basicConstraints and keyUsage, key identifiers on
both ends, and no extended key usage where signatures are made over documents.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from cport_desktop.demo.admission import PeerCertificate
from cport_desktop.errors import MalformedMessage

PACKAGE_AUTHORITY: Final = "SYNTHETIC demo package authority"
TRANSPORT_AUTHORITY: Final = "SYNTHETIC demo transport authority"

_LONGEST_NAME: Final = 64
"""Characters of a common or organisation name (X.520, ub-common-name)."""

_BEFORE: Final = timedelta(days=400)
_AFTER: Final = timedelta(days=3650)
"""Wide on purpose: a rehearsal may set its clock to another year than the machine's."""
_CLIENT_LASTS: Final = timedelta(days=366)
"""What lets a station in is renewed each year, by enrolling again."""


@dataclass(frozen=True, slots=True)
class Authority:
    """An issuing certificate (PEM) with its key (PKCS#8, DER)."""

    certificate: bytes
    private_key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Credential:
    """A certificate (PEM) with its key (PKCS#8, PEM, as OpenSSL wants it)."""

    certificate: bytes
    private_key: bytes = field(repr=False)


def new_authority(name: str, now: datetime) -> Authority:
    """A self-signed authority over P-256."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        _builder(subject, subject, key.public_key(), key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    return Authority(
        _pem(certificate),
        key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )


def server_credential(authority: Authority, now: datetime) -> Credential:
    """A TLS server's certificate for this machine's loopback, `127.0.0.1` and `localhost`."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer, issuer_key = _opened(authority)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName(
        [x509.DNSName("localhost"), x509.IPAddress(ipaddress.IPv4Address("127.0.0.1"))]
    )
    certificate = (
        _builder(subject, issuer.subject, key.public_key(), issuer_key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(names, critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
    return Credential(
        _pem(certificate),
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )


def station_certificate(
    authority: Authority, untrusted_key: bytes, *, station: str, agency: str, now: datetime
) -> bytes:
    """A certificate (PEM) for a station's package key, given as SubjectPublicKeyInfo in DER.

    Raises:
        MalformedMessage: if that is no P-256 key.
    """
    public = _p256(untrusted_key, "$.signingKey")
    issuer, issuer_key = _opened(authority)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _name(agency)),
            x509.NameAttribute(NameOID.COMMON_NAME, _name(station)),
        ]
    )
    certificate = (
        _builder(subject, issuer.subject, public, issuer_key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(commits_to_content=True), critical=True)
        .sign(issuer_key, hashes.SHA256())
    )
    return _pem(certificate)


def client_certificate(
    authority: Authority, untrusted_key: bytes, *, station: str, agency: str, now: datetime
) -> bytes:
    """A certificate (PEM) for the station's end of a TLS connection, good for one year; its common
    name is the station's id. `untrusted_key`: SubjectPublicKeyInfo in DER.

    Raises:
        MalformedMessage: if that is no P-256 key.
    """
    public = _p256(untrusted_key, "$.transportKey")
    issuer, issuer_key = _opened(authority)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _name(agency)),
            x509.NameAttribute(NameOID.COMMON_NAME, _name(station)),
        ]
    )
    certificate = (
        _builder(subject, issuer.subject, public, issuer_key.public_key(), now, lasts=_CLIENT_LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
    return _pem(certificate)


def peer_certificate(shown: bytes) -> PeerCertificate:
    """What a certificate (DER) that TLS has verified says."""
    certificate = x509.load_der_x509_certificate(shown)
    key = certificate.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return PeerCertificate(key, certificate.not_valid_before_utc, certificate.not_valid_after_utc)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    issuer_public: ec.EllipticCurvePublicKey,
    now: datetime,
    *,
    lasts: timedelta = _AFTER,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BEFORE)
        .not_valid_after(now + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_public), critical=False
        )
    )


def _usage(*, signs_certificates: bool = False, commits_to_content: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=commits_to_content,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _opened(authority: Authority) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    certificate = x509.load_pem_x509_certificate(authority.certificate)
    key = serialization.load_der_private_key(authority.private_key, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("an authority has a P-256 key")
    return certificate, key


def _p256(untrusted_key: bytes, where: str) -> ec.EllipticCurvePublicKey:
    try:
        key = serialization.load_der_public_key(untrusted_key)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise MalformedMessage(where=where, cause="not a public key") from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise MalformedMessage(where=where, cause="not a P-256 key")
    return key


def _name(text: str) -> str:
    """`text` as a name in a certificate: one line, bounded, and never empty."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line[:_LONGEST_NAME] or "unnamed"


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
