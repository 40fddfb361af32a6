"""The one form that a package's signature may have: strict DER, one signer, nothing riding along.

Signed attributes and the certificate's digest cover most of a CMS structure; what they do not
cover (versions, lists of algorithms, further certificates, unsigned attributes) could otherwise
be changed by anybody without the signature failing. It is therefore held to one spelling.

Source: ITU-T X.690, chapter 10; RFC 5652, sections 5.1 and 5.3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from cport_desktop.crypto.certificate_rules import is_issued

TIME_STAMP: Final = "signature_time_stamp_token"
_NO_PARAMETERS: Final = frozenset({b"", b"\x05\x00"})
"""Absent, or NULL."""
_DEEPEST: Final = 40
_RSA_PLAIN: Final = "rsassa_pkcs1v15"
_SEQUENCE: Final = 0x30
_SET: Final = 0x31
_OBJECT: Final = 0x06
_CONSTRUCTED: Final = 0x20
_LONG: Final = 0x80
_ALGORITHMS: Final = frozenset(
    f"{digest}_{kind}" for digest in ("sha256", "sha384", "sha512") for kind in ("ecdsa", "rsa")
) | {_RSA_PLAIN}
_BROKEN: Final = frozenset({"md5", "sha1", "sha224"})
_MADE_WITH_BROKEN: Final = frozenset(
    f"{digest}_{kind}" for digest in _BROKEN for kind in ("ecdsa", "rsa")
)
_HASHES: Final[Mapping[str, Callable[[], hashes.HashAlgorithm]]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


def require_der(untrusted: bytes) -> None:
    """`untrusted` is one value of DER: every length in its one spelling, nothing behind the end.

    Raises:
        ValueError: it is not.
    """
    _require_values(memoryview(untrusted), depth=0, only_one=True)


def require_one_form(signed: cms.SignedData) -> bool:
    """One signer with known algorithms; what the signature does not cover is as it must be. Whether
    they are known for being broken.

    Raises:
        ValueError, KeyError …: it is not; asn1crypto raises many kinds.
    """
    (signer,) = signed["signer_infos"]
    (stated,) = signed["digest_algorithms"]
    digest, algorithm = signer["digest_algorithm"], signer["signature_algorithm"]
    by_issuer = signer["sid"].name == "issuer_and_serial_number"
    version = "v1" if by_issuer else "v3"
    _require(signed["version"].native == version and signer["version"].native == version)
    _require(signed["encap_content_info"]["content_type"].native == "data")
    _require(digest["algorithm"].native in _HASHES.keys() | _BROKEN)
    _require(not signed["crls"])
    _require(stated["algorithm"].native == digest["algorithm"].native)
    _require(algorithm["algorithm"].native in _ALGORITHMS | _MADE_WITH_BROKEN)
    parameters = {each["parameters"].dump() for each in (stated, digest, algorithm)}
    _require(parameters <= _NO_PARAMETERS)
    _require_single(signer["signed_attrs"])
    unsigned = signer["unsigned_attrs"]
    if unsigned:
        _require_single(unsigned)
        _require({attribute["type"].native for attribute in unsigned} == {TIME_STAMP})
    is_broken = digest["algorithm"].native in _BROKEN
    return is_broken or algorithm["algorithm"].native in _MADE_WITH_BROKEN


def named_certificate(signed: cms.SignedData) -> tuple[bytes, list[bytes]]:
    """The certificate that the signer's identifier names, to the byte, and the others (DER).

    Raises:
        ValueError: it is not carried.
    """
    (signer,) = signed["signer_infos"]
    stated = signer["sid"].chosen
    found, others = b"", []
    for choice in signed["certificates"]:
        each = choice.chosen
        raw = bytes(each.dump())
        if signer["sid"].name == "issuer_and_serial_number":
            is_named = (each.issuer.dump(), each.serial_number) == (
                stated["issuer"].dump(),
                stated["serial_number"].native,
            )
        else:
            is_named = each.key_identifier == stated.native
        if is_named and not found:
            found = raw
        elif raw != found:
            others.append(raw)
    _require(bool(found))
    return found, others


def is_made_by(signer: cms.SignerInfo, certificate: x509.Certificate) -> bool:
    """Whether the certificate's key made the signature over the signed attributes, to the byte.

    Raises:
        ValueError: the key is of a kind that packages are not signed with.
    """
    try:
        key = certificate.public_key()
    except UnsupportedAlgorithm as error:
        raise ValueError("an unknown kind of key") from error
    data = bytes(signer["signed_attrs"].untag().dump())
    signature = signer["signature"].native
    algorithm = signer["signature_algorithm"]["algorithm"].native
    digest = signer["digest_algorithm"]["algorithm"].native
    hashing = _HASHES[digest if algorithm == _RSA_PLAIN else algorithm.partition("_")[0]]
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            _require(algorithm.endswith("_ecdsa"))
            key.verify(signature, data, ec.ECDSA(hashing()))
        else:
            _require(isinstance(key, rsa.RSAPublicKey) and not algorithm.endswith("_ecdsa"))
            assert isinstance(key, rsa.RSAPublicKey)
            key.verify(signature, data, padding.PKCS1v15(), hashing())
    except InvalidSignature:
        return False
    return True


def is_about(signer: cms.SignerInfo, certificate: bytes) -> bool:
    """Whether the signed attribute names this certificate (RFC 5035, DER) by its digest.

    Raises:
        ValueError, KeyError …: there is no such attribute, or it cannot be read.
    """
    (stated,) = (
        attribute["values"][0]["certs"][0]
        for attribute in signer["signed_attrs"]
        if attribute["type"].native == "signing_certificate_v2"
    )
    hashing = _HASHES[stated["hash_algorithm"]["algorithm"].native]
    digest = hashes.Hash(hashing())
    digest.update(certificate)
    return bool(digest.finalize() == stated["cert_hash"].native)


def require_related(certificate: x509.Certificate, others: Iterable[x509.Certificate]) -> None:
    """Each of `others` issued `certificate`, or one that did, and so on.

    Raises:
        ValueError: one has nothing to do with it.
    """
    _require(len(related(certificate, others)) == len(tuple(others)))


def related(
    certificate: x509.Certificate, others: Iterable[x509.Certificate]
) -> tuple[x509.Certificate, ...]:
    """Those of `others` that lead from `certificate` to its authority."""
    reached, rest = [certificate], list(others)
    while found := [each for each in rest if _has_issued_one(each, reached)]:
        reached += found
        rest = [each for each in rest if each not in found]
    return tuple(reached[1:])


def _has_issued_one(issuer: x509.Certificate, issued: Iterable[x509.Certificate]) -> bool:
    return any(is_issued(each, issuer) for each in issued)


def _require_single(attributes: cms.CMSAttributes) -> None:
    """Looks at the bytes: what a value means is asked when its signature was found good."""
    kinds = []
    for tag, content in _values(memoryview(attributes.contents)):
        (kind_tag, kind), (set_tag, values) = _values(content)
        _require((tag, kind_tag, set_tag) == (_SEQUENCE, _OBJECT, _SET))
        ((_, _),) = _values(values)
        kinds.append(bytes(kind))
    _require(len(set(kinds)) == len(kinds))


def _require_values(data: memoryview, *, depth: int, only_one: bool = False) -> None:
    _require(depth < _DEEPEST)
    for count, (tag, content) in enumerate(_values(data)):
        _require(not (only_one and count))
        if tag == _OBJECT:
            _require(len(content) > 0 and content[-1] < _LONG)
        if tag & _CONSTRUCTED:
            _require_values(content, depth=depth + 1)


def _values(data: memoryview) -> Iterator[tuple[int, memoryview]]:
    position = 0
    while position < len(data):
        _require(len(data) >= position + 2 and data[position] & 31 != 31)
        tag, length = data[position], data[position + 1]
        position += 2
        if length >= _LONG:
            count = length - _LONG
            digits = bytes(data[position : position + count])
            _require(1 <= count <= 4 and len(digits) == count and digits[0] != 0)
            length = int.from_bytes(digits, "big")
            _require(length >= _LONG)
            position += count
        _require(position + length <= len(data))
        yield tag, data[position : position + length]
        position += length


def _require(holds: bool) -> None:  # noqa: FBT001 - a short word for a short check
    if not holds:
        raise ValueError("not a signature as packages carry it")
