"""What a certificate may be used for, and whether what it rests on is strong enough.

A certificate may go back to an authority that the reader relies on and still say nothing of a
package: the same authority gives certificates to servers and to the stations that call them. So
its purposes are asked (RFC 5280, 4.2.1.3 and 4.2.1.12; RFC 9336; RFC 3161, 2.3), and no key and no
digest counts that others can break.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID, SignatureAlgorithmOID

SMALLEST_RSA_BITS: Final = 2048
_CURVES: Final = (
    ec.SECP256R1,
    ec.SECP384R1,
    ec.SECP521R1,
    ec.BrainpoolP256R1,
    ec.BrainpoolP384R1,
    ec.BrainpoolP512R1,
)
_DIGESTS: Final = (hashes.SHA256, hashes.SHA384, hashes.SHA512)
_WITHOUT_DIGEST: Final = (SignatureAlgorithmOID.ED25519, SignatureAlgorithmOID.ED448)
SIGNING_PURPOSES: Final = frozenset(
    {
        ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,
        ExtendedKeyUsageOID.EMAIL_PROTECTION,
        x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36"),
        x509.ObjectIdentifier("1.3.6.1.4.1.311.10.3.12"),
    }
)
"""Any, mail, documents (RFC 9336), and documents as they were called before."""
_UNDERSTOOD: Final = frozenset(
    {
        ExtensionOID.BASIC_CONSTRAINTS,
        ExtensionOID.KEY_USAGE,
        ExtensionOID.EXTENDED_KEY_USAGE,
        ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
        ExtensionOID.CERTIFICATE_POLICIES,
        ExtensionOID.NAME_CONSTRAINTS,
        ExtensionOID.POLICY_MAPPINGS,
        ExtensionOID.POLICY_CONSTRAINTS,
        ExtensionOID.INHIBIT_ANY_POLICY,
    }
)
_UNREADABLE: Final = (ValueError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType)
"""What cryptography says of extensions that it cannot read."""
_LIMITED_NAMES: Final = (x509.DirectoryName, x509.RFC822Name, x509.DNSName)


def is_for_signing(certificate: x509.Certificate) -> bool:
    """Whether it is one to sign documents with: whatever it says of its use allows that."""
    try:
        extensions = certificate.extensions
    except _UNREADABLE:
        return False
    return _may_sign(extensions) and (
        (purposes := _purposes(extensions)) is None or not SIGNING_PURPOSES.isdisjoint(purposes)
    )


def is_for_stamping(certificate: x509.Certificate) -> bool:
    """Whether it is one for time stamps and, as RFC 3161 asks, for nothing else."""
    try:
        extensions = certificate.extensions
        usage = extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except (*_UNREADABLE, x509.ExtensionNotFound):
        return False
    is_sole = list(usage.value) == [ExtendedKeyUsageOID.TIME_STAMPING]
    return usage.critical and is_sole and _may_sign(extensions)


def is_strong_key(certificate: x509.Certificate) -> bool:
    """Whether its key is of a kind that counts: RSA of 2048 bits and more, or a known curve of 256 and
    more.
    """
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return False
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size >= SMALLEST_RSA_BITS
    if isinstance(key, (ed25519.Ed25519PublicKey, ed448.Ed448PublicKey)):
        return True
    return isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, _CURVES)


def are_strong(certificates: Iterable[x509.Certificate]) -> bool:
    """Whether every key counts, and every signature by another was made over a digest that counts. What
    a certificate signed itself proves nothing anyway.
    """
    return all(is_strong_key(each) and _is_strongly_signed(each) for each in certificates)


def is_understood(certificate: x509.Certificate) -> bool:
    """Whether nothing in it limits its use in a way that is not looked at here: no critical extension
    but known ones, no demand for policies, limits on names of the common kinds only.
    """
    try:
        extensions = certificate.extensions
    except _UNREADABLE:
        return False
    for extension in extensions:
        if extension.critical and extension.oid not in _UNDERSTOOD:
            return False
        value = extension.value
        if isinstance(value, x509.PolicyConstraints) and value.require_explicit_policy is not None:
            return False
        if isinstance(value, x509.NameConstraints):
            names = [*(value.permitted_subtrees or ()), *(value.excluded_subtrees or ())]
            if not all(isinstance(name, _LIMITED_NAMES) for name in names):
                return False
    return True


def is_plain(certificate: x509.Certificate) -> bool:
    """Whether it can be shown to people as it is: its names are text, all of it printable, and its number
    is one (RFC 5280, 4.1.2.2). A name is written by whoever asked for the certificate.
    """
    try:
        values = [each.value for name in (certificate.subject, certificate.issuer) for each in name]
        for name in (certificate.subject, certificate.issuer):
            # Refuses a text in a type that is none, which cryptography reads all the same.
            asn1_x509.Name.load(name.public_bytes()).human_friendly  # noqa: B018
        is_numbered = certificate.serial_number > 0
    except (ValueError, TypeError):
        return False
    return is_numbered and all(isinstance(v, str) and v.isprintable() for v in values)


def is_issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether the key of `issuer` made the signature of `certificate`, which names it."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _is_strongly_signed(certificate: x509.Certificate) -> bool:
    if is_issued(certificate, certificate):
        return True
    if certificate.signature_algorithm_oid in _WITHOUT_DIGEST:
        return True
    try:
        return isinstance(certificate.signature_hash_algorithm, _DIGESTS)
    except UnsupportedAlgorithm:
        return False


def _may_sign(extensions: x509.Extensions) -> bool:
    try:
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _purposes(extensions: x509.Extensions) -> frozenset[x509.ObjectIdentifier] | None:
    """None: it says nothing of them."""
    try:
        return frozenset(extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    except x509.ExtensionNotFound:
        return None
