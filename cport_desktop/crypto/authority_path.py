"""The way from a certificate to an authority that the reader relies on (RFC 5280, chapter 6).

The authority's own certificate counts in full: valid at that moment, an authority's, and with the
limits that it sets on paths and names, as `openssl` reads it. A certificate of the reader's that is
the signer's own needs no authority.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko.sign.general import extract_certificate_info
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.authority import (
    CertTrustAnchor,
    TrustedServiceType,
    TrustQualifiers,
    derive_quals_from_cert,
)
from pyhanko_certvalidator.errors import (
    ExpiredError,
    NotYetValidError,
    PathError,
    ValidationError,
)

from cport_desktop.crypto.certificate_rules import (
    is_for_signing,
    is_issued,
    is_strong_key,
    is_understood,
)
from cport_desktop.crypto.signing import (
    ASN1_TROUBLE,
    SignatureFault,
    SignerFacts,
    check_integrity,
    common_name,
    from_asn1,
    parse_signature,
    read_certificates,
    to_asn1,
)
from cport_desktop.errors import SignatureInvalid


def verify_detached(signature: bytes, data: bytes, trust_pem: bytes) -> SignerFacts:
    """Who signed `data`, after both halves of the check against the authorities of `trust_pem`.

    Raises:
        SignatureInvalid: with a `SignatureFault` as `what`.
        KeyFileMalformed: if `trust_pem` holds no certificate.
    """
    facts = check_integrity(signature, data)
    return check_authority(signature, facts, trust_pem)


def check_authority(
    signature: bytes, facts: SignerFacts, trust_pem: bytes, *, moment: datetime | None = None
) -> SignerFacts:
    """`facts` with its authority: the certificate goes back to one in `trust_pem`, every certificate
    on the way was valid at `moment` (None: at the stated signing time), and the signer's is for signing.

    Raises:
        SignatureInvalid: authority, expired or purpose.
        KeyFileMalformed: if `trust_pem` holds no certificate.
    """
    signed = parse_signature(signature)
    anchor = anchor_of(signed, read_certificates(trust_pem), moment or facts.signed_at)
    if not is_for_signing(x509.load_pem_x509_certificate(facts.certificate)):
        raise SignatureInvalid(what=SignatureFault.PURPOSE)
    return replace(facts, authority=common_name(anchor.subject))


def anchor_of(
    signed: cms.SignedData, anchors: Iterable[x509.Certificate], moment: datetime
) -> x509.Certificate:
    """The one of `anchors` that the certificate of `signed` goes back to; one whose key can be broken is
    none.

    Raises:
        SignatureInvalid: authority or expired.
    """
    strong = [each for each in anchors if is_strong_key(each)]
    current = [
        each for each in strong if each.not_valid_before_utc <= moment <= each.not_valid_after_utc
    ]
    try:
        return _end_of_way(signed, current, moment)
    except SignatureInvalid as error:
        if error.facts["what"] == SignatureFault.EXPIRED or len(current) == len(strong):
            raise
    return _end_of_way(signed, strong, moment)


def _end_of_way(
    signed: cms.SignedData, anchors: Iterable[x509.Certificate], moment: datetime
) -> x509.Certificate:
    """As `anchor_of`; of two certificates with one name and key, one is looked at."""
    try:
        found = extract_certificate_info(signed)
        context = ValidationContext(
            trust_roots=[_anchor(each) for each in anchors],
            moment=moment,
            allow_fetching=False,
            revocation_mode="soft-fail",
        )
        validator = CertificateValidator(
            found.signer_cert, found.other_certs, validation_context=context
        )
        path = asyncio.run(validator.async_validate_path())
        root, *way = [from_asn1(each) for each in path.iter_certs(include_root=True)]
    except (ExpiredError, NotYetValidError) as error:
        raise SignatureInvalid(what=SignatureFault.EXPIRED) from error
    except (PathError, ValidationError, *ASN1_TROUBLE) as error:
        raise SignatureInvalid(what=SignatureFault.AUTHORITY) from error
    # RFC 5280, 4.1.1.2: within and beside what is signed, one algorithm is named; pyHanko does not ask.
    is_sound = all(is_issued(each, issuer) for issuer, each in pairwise((root, *way)))
    if way and not (is_sound and all(is_understood(each) for each in (root, *way))):
        raise SignatureInvalid(what=SignatureFault.AUTHORITY)
    return root


def _anchor(certificate: x509.Certificate) -> CertTrustAnchor:
    """With the limits of its certificate, its policies apart: nobody asked for one."""
    parsed = to_asn1(certificate)
    derived = derive_quals_from_cert(parsed)
    limits = derived.standard_parameters
    if limits is not None:
        limits = replace(
            limits,
            user_initial_policy_set=frozenset({"any_policy"}),
            initial_explicit_policy=False,
        )
    kind = TrustedServiceType.UNSUPPORTED
    if _is_authority(certificate, parsed):
        kind = TrustedServiceType.CERTIFICATE_AUTHORITY
    return CertTrustAnchor(
        parsed,
        quals=TrustQualifiers(
            standard_parameters=limits,
            max_path_length=derived.max_path_length,
            valid_from=derived.valid_from,
            valid_until=derived.valid_until,
            trusted_service_type=kind,
        ),
    )


def _is_authority(certificate: x509.Certificate, parsed: asn1_x509.Certificate) -> bool:
    """Whether it may issue others; certificates of the first version do not say."""
    usage = parsed.key_usage_value
    may_issue = usage is None or "key_cert_sign" in usage.native
    return certificate.version is x509.Version.v1 or (bool(parsed.ca) and may_issue)
