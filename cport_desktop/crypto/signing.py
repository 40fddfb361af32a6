"""Package signatures: detached CAdES-B (ETSI EN 319 122-1), made and checked in process.

A `Signer` is a certificate with something that can sign for it: a key file now, a token later.
What is made here, `openssl cms -verify -cades` accepts; what OpenSSL makes is accepted here.
P-256 or RSA only: OpenSSL 3.0 cannot check CMS signatures with Ed25519.

A check has two halves, which fail for different reasons and are told apart by
`SignatureFault`, the `what` of `SignatureInvalid`: the signature fits the bytes
(`check_integrity`), and its certificate goes back to an authority that the reader trusts
(`authority_path.check_authority`). Neither says that the stated signing time is true: it is the signer's
own claim, as always without a time stamp.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol

from asn1crypto import cms, keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_private_key,
)
from cryptography.x509.oid import NameOID
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.signers import Signer as CmsSigner
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_self_reported_ts, validate_sig_integrity
from pyhanko_certvalidator.registry import SimpleCertificateStore

from cport_desktop.clock import Clock
from cport_desktop.crypto.certificate_rules import (
    SMALLEST_RSA_BITS,
    are_strong,
    is_for_signing,
    is_plain,
)
from cport_desktop.crypto.signature_form import (
    is_about,
    is_made_by,
    named_certificate,
    related,
    require_der,
    require_one_form,
    require_related,
)
from cport_desktop.errors import KeyFileMalformed, SignatureInvalid

DIGEST = "sha256"
LONGEST_SIGNATURE = 256 * 1024
"""Bytes. A signature with a chain of four RSA-4096 certificates has less than 12 KiB."""
ACCEPTED_DIGESTS = ("sha256", "sha384", "sha512")


class Signer(Protocol):
    @property
    def name(self) -> str:
        """Subject of the certificate, for people (its common name)."""
        ...

    @property
    def certificate(self) -> bytes:
        """The signer's certificate, PEM."""
        ...

    def sign_detached(self, data: bytes) -> bytes:
        """A detached CAdES-B signature over `data`: CMS SignedData in DER."""
        ...

    def sign_pdf(self, digest: bytes) -> bytes:
        """A PAdES-B signature over the bytes of a PDF that have this SHA-256: CMS in DER.

        It states no time: that stands in the PDF (ETSI EN 319 142-1, 6.3).
        """
        ...


class SignatureFault(StrEnum):
    """Why a signature is not good: the `what` of `SignatureInvalid`."""

    MALFORMED = "malformed"
    """Not one detached CAdES signature with its certificate."""
    ALTERED = "altered"
    """The bytes are not those that were signed."""
    FORGED = "forged"
    """The certificate's key did not make this signature."""
    AUTHORITY = "authority"
    """The certificate does not go back to the given authority."""
    EXPIRED = "expired"
    """At the stated signing time the certificate was not valid (any more, or yet)."""
    TIME_STAMP = "time_stamp"
    """A time stamp is damaged, or speaks of other bytes."""
    STAMP_EARLY = "stamp_early"
    """A time stamp is older than the stated signing time."""
    FUTURE = "future"
    """A stated time has not come yet."""
    WEAK = "weak"
    """A key or a digest that it rests on can be broken."""
    PURPOSE = "purpose"
    """The signer's certificate is not one to sign documents with."""


@dataclass(frozen=True, slots=True)
class SignerFacts:
    """Who signed. `signed_at` is the signer's own claim; `certificate` is PEM.

    `authority` names the trust anchor that the certificate was found to go back to; None
    where none was asked for.
    """

    name: str
    signed_at: datetime
    valid_from: datetime
    valid_until: datetime
    certificate: bytes
    authority: str | None = None


class CertificateSigner:
    """Signs for `certificate` with what pyHanko calls a signer."""

    def __init__(self, certificate: x509.Certificate, signer: CmsSigner, *, clock: Clock) -> None:
        self._certificate = certificate
        self._signer = signer
        self._clock = clock

    @property
    def name(self) -> str:
        return common_name(self._certificate.subject)

    @property
    def certificate(self) -> bytes:
        return self._certificate.public_bytes(Encoding.PEM)

    def sign_detached(self, data: bytes) -> bytes:
        attributes = PdfCMSSignedAttributes(signing_time=self._clock.now().replace(microsecond=0))
        signing = self._signer.async_sign_general_data(
            data, DIGEST, detached=True, use_cades=True, signed_attr_settings=attributes
        )
        return asyncio.run(_printed(signing))

    def sign_pdf(self, digest: bytes) -> bytes:
        return asyncio.run(_printed(self._signer.async_sign(digest, DIGEST, use_pades=True)))


async def _printed(signing: Awaitable[cms.ContentInfo]) -> bytes:
    """A signature as bytes. What a coroutine gives is spelled out by `asyncio.run` in a main thread, for
    nobody; of a parsed structure that takes longer than all the signing.
    """
    return bytes((await signing).dump())


class FileKeySigner(CertificateSigner):
    """Signs with a private key in memory (PKCS#8 DER) and its certificate.

    Raises:
        KeyFileMalformed: if either cannot be read, if they do not belong together, or if
            the key is neither P-256 nor RSA of 2048 bits and more.
    """

    def __init__(
        self,
        private_key_der: bytes,
        certificate_pem: bytes,
        chain_pem: Sequence[bytes] = (),
        *,
        clock: Clock,
    ) -> None:
        certificate = _read_certificate(certificate_pem)
        _require_pair(private_key_der, certificate)
        signer = SimpleSigner(
            signing_cert=to_asn1(certificate),
            signing_key=keys.PrivateKeyInfo.load(private_key_der),
            cert_registry=chain_store(certificate, chain_pem),
            embed_roots=False,
        )
        super().__init__(certificate, signer, clock=clock)


def check_integrity(signature: bytes, data: bytes) -> SignerFacts:
    """Who claims to have signed: `signature` fits `data` and the certificate that it carries.

    Raises:
        SignatureInvalid: malformed, altered or forged.
    """
    parsed = parse_signature(signature)
    try:
        return _integrity(parsed, data)
    except SignatureValidationError as error:
        raise SignatureInvalid(what=SignatureFault.FORGED) from error
    except ASN1_TROUBLE as error:
        raise SignatureInvalid(what=SignatureFault.MALFORMED) from error


# What asn1crypto, which parses as fields are touched, and its users say of a broken structure.
ASN1_TROUBLE = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    x509.InvalidVersion,
)


def parse_signature(untrusted: bytes) -> cms.SignedData:
    """The one detached signature in `untrusted`, in the form that packages have.

    Raises:
        SignatureInvalid: malformed, or weak: it rests on a digest that can be forged.
    """
    if len(untrusted) > LONGEST_SIGNATURE:
        raise SignatureInvalid(what=SignatureFault.MALFORMED)
    try:
        require_der(untrusted)
        content = cms.ContentInfo.load(untrusted, strict=True)
        if content["content_type"].native != "signed_data":
            raise SignatureInvalid(what=SignatureFault.MALFORMED)
        signed = content["content"]
        if signed["encap_content_info"]["content"].native is not None:
            raise SignatureInvalid(what=SignatureFault.MALFORMED)
        is_weak = require_one_form(signed)
    except ASN1_TROUBLE as error:
        raise SignatureInvalid(what=SignatureFault.MALFORMED) from error
    if is_weak:
        raise SignatureInvalid(what=SignatureFault.WEAK)
    return signed


def _integrity(signed: cms.SignedData, data: bytes) -> SignerFacts:
    signer = extract_signer_info(signed)
    raw, others = named_certificate(signed)
    certificate = x509.load_der_x509_certificate(raw)
    if not is_made_by(signer, certificate) or not is_about(signer, raw):
        raise SignatureInvalid(what=SignatureFault.FORGED)
    if not is_plain(certificate):
        raise SignatureInvalid(what=SignatureFault.MALFORMED)
    digest = signer["digest_algorithm"]["algorithm"].native
    is_intact, is_valid = validate_sig_integrity(
        signer,
        to_asn1(certificate),
        expected_content_type="data",
        actual_digest=hashlib.new(digest, data).digest(),
    )
    if not is_valid:
        raise SignatureInvalid(what=SignatureFault.FORGED)
    if not is_intact:
        raise SignatureInvalid(what=SignatureFault.ALTERED)
    signed_at = extract_self_reported_ts(signer)
    if signed_at is None:
        raise SignatureInvalid(what=SignatureFault.MALFORMED)
    chain = [x509.load_der_x509_certificate(each) for each in others]
    require_related(certificate, chain)
    if not all(map(is_plain, chain)):
        raise SignatureInvalid(what=SignatureFault.MALFORMED)
    if not are_strong([certificate, *chain]):
        raise SignatureInvalid(what=SignatureFault.WEAK)
    return _facts(certificate, signed_at.astimezone(UTC))


def _facts(certificate: x509.Certificate, signed_at: datetime) -> SignerFacts:
    return SignerFacts(
        name=common_name(certificate.subject),
        signed_at=signed_at,
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        certificate=certificate.public_bytes(Encoding.PEM),
    )


def common_name(name: x509.Name) -> str:
    """The common name of `name`, or all of it in RFC 4514 form where there is none."""
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()


def _read_certificate(pem: bytes) -> x509.Certificate:
    return read_certificates(pem)[0]


def read_certificates(pem: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise KeyFileMalformed(what="certificate") from error


def _require_pair(private_key_der: bytes, certificate: x509.Certificate) -> None:
    try:
        key = load_der_private_key(private_key_der, password=None)
    except (ValueError, TypeError) as error:
        raise KeyFileMalformed(what="private key") from error
    require_signing_certificate(certificate)
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if key.public_key().public_bytes(*form) != certificate.public_key().public_bytes(*form):
        raise KeyFileMalformed(what="private key and certificate: not a pair")


def require_signing_certificate(certificate: x509.Certificate) -> None:
    """It is one that packages are signed with: what it says of its use allows it, and so does its key.

    Raises:
        KeyFileMalformed: its key is neither P-256 nor RSA of 2048 bits and more, as OpenSSL 3.0 verifies
            no Ed25519 here; or it is for other purposes, and no verifier would take it.
    """
    key = certificate.public_key()
    is_curve = isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1)
    is_long = isinstance(key, rsa.RSAPublicKey) and key.key_size >= SMALLEST_RSA_BITS
    if not (is_curve or is_long):
        raise KeyFileMalformed(what="private key: neither P-256 nor RSA")
    if not is_for_signing(certificate):
        raise KeyFileMalformed(what="certificate: not one to sign documents with")


def chain_store(
    certificate: x509.Certificate, chain_pem: Sequence[bytes]
) -> SimpleCertificateStore:
    """The certificates of the chain that lead on from `certificate`; others do not ride along."""
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    chain = [each for pem in chain_pem for each in read_certificates(pem)]
    for each in related(certificate, chain):
        store.register(to_asn1(each))
    return store


def to_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def from_asn1(certificate: asn1_x509.Certificate) -> x509.Certificate:
    return x509.load_der_x509_certificate(certificate.dump())
