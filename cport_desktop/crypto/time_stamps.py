"""Time stamps (RFC 3161): what an authority outside says about when something existed.

A token stands inside a package's signature, over the signature's value (CAdES-T), or beside the
sealed file, over all of its bytes (a `.tst`, which can be got later and without any key). Here
tokens are read and judged; asking for one is `crypto.stamping`.

A time stamp that is damaged, or that speaks of other bytes, is a fault. One whose authority the
reader does not rely on proves nothing, and is no fault.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from asn1crypto import cms, tsp
from pyhanko.sign.general import extract_certificate_info, extract_signer_info
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from cport_desktop.crypto.authority_path import anchor_of
from cport_desktop.crypto.certificate_rules import are_strong, is_for_stamping, is_plain
from cport_desktop.crypto.signature_form import TIME_STAMP, require_der
from cport_desktop.crypto.signing import (
    ACCEPTED_DIGESTS,
    ASN1_TROUBLE,
    SignatureFault,
    common_name,
    from_asn1,
    read_certificates,
)
from cport_desktop.errors import SignatureInvalid

LONGEST: Final = 256 * 1024
"""Bytes of a token or of the answer that holds it."""
_CERTIFICATE_NAMED: Final = frozenset({"signing_certificate", "signing_certificate_v2"})
"""The attribute that says with which certificate it was signed (RFC 3161, 2.4.2; RFC 5816)."""


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """It existed at `moment`, says `name`; `token` is the CMS of it, in DER."""

    moment: datetime
    name: str
    token: bytes


def stamp_within(signature: bytes) -> TimeStamp | None:
    """The time stamp that a signature carries over its own value; None if it carries none.

    Raises:
        SignatureInvalid: it is damaged, or speaks of something else.
    """
    try:
        signer = extract_signer_info(cms.ContentInfo.load(signature)["content"])
        tokens = [
            value.dump()
            for attribute in signer["unsigned_attrs"] or ()
            if attribute["type"].native == TIME_STAMP
            for value in attribute["values"]
        ]
        value = signer["signature"].native
    except ASN1_TROUBLE as error:
        raise _unfit() from error
    if not tokens:
        return None
    return read_stamp(tokens[0], lambda kind: hashlib.new(kind, value).digest())


def stamp_beside(untrusted: bytes, *, sha256: bytes) -> TimeStamp:
    """The time stamp in the token or the authority's answer `untrusted`, over the file that has
    this SHA-256.

    Raises:
        SignatureInvalid: it is damaged, or speaks of something else.
    """
    return read_stamp(token_in(untrusted), lambda kind: sha256 if kind == "sha256" else b"")


def token_in(untrusted: bytes) -> bytes:
    """The token in an authority's answer (a `.tsr`), or the one that `untrusted` is already.

    Raises:
        SignatureInvalid: the answer holds none, or cannot be read.
    """
    if len(untrusted) > LONGEST:
        raise _unfit()
    try:
        require_der(untrusted)
        if cms.ContentInfo.load(untrusted)["content_type"].dotted:
            return untrusted
    except ASN1_TROUBLE:
        pass
    try:
        answer = tsp.TimeStampResp.load(untrusted, strict=True)
        if answer["status"]["status"].native not in ("granted", "granted_with_mods"):
            raise _unfit()
        return bytes(answer["time_stamp_token"].dump())
    except ASN1_TROUBLE as error:
        raise _unfit() from error


def read_stamp(token: bytes, imprint: Callable[[str], bytes]) -> TimeStamp:
    """What `token` says of the bytes whose digest by an algorithm's name `imprint` gives.

    Raises:
        SignatureInvalid: it is damaged, or speaks of other bytes.
    """
    try:
        require_der(token)
        signed = cms.ContentInfo.load(token, strict=True)["content"]
        content = signed["encap_content_info"]
        if content["content_type"].native != "tst_info":
            raise _unfit()
        raw = bytes(content["content"])
        info = tsp.TSTInfo.load(raw, strict=True)
        signer = extract_signer_info(signed)
        certificate = extract_certificate_info(signed).signer_cert
        digest = signer["digest_algorithm"]["algorithm"].native
        stated = info["message_imprint"]
        kind = stated["hash_algorithm"]["algorithm"].native
        if {digest, kind} - set(ACCEPTED_DIGESTS):
            raise _unfit()
        is_intact, is_valid = validate_sig_integrity(
            signer,
            certificate,
            expected_content_type="tst_info",
            actual_digest=hashlib.new(digest, raw).digest(),
        )
        parsed = from_asn1(certificate)
        named = {attribute["type"].native for attribute in signer["signed_attrs"]}
        if (
            not (is_intact and is_valid)
            or stated["hashed_message"].native != imprint(kind)
            or not is_for_stamping(parsed)
            or not is_plain(parsed)
            or not are_strong([parsed])
            or named.isdisjoint(_CERTIFICATE_NAMED)
        ):
            raise _unfit()
        moment = info["gen_time"].native
        return TimeStamp(
            moment=moment.astimezone(UTC).replace(microsecond=0),
            name=common_name(parsed.subject),
            token=token,
        )
    except (SignatureValidationError, *ASN1_TROUBLE) as error:
        raise _unfit() from error


def is_proven(stamp: TimeStamp, trust_pem: bytes) -> bool:
    """Whether its authority goes back to one in `trust_pem`, valid at that moment.

    Raises:
        KeyFileMalformed: `trust_pem` holds no certificate.
    """
    anchors = read_certificates(trust_pem)
    try:
        signed = cms.ContentInfo.load(stamp.token)["content"]
        anchor_of(signed, anchors, stamp.moment)
    except (SignatureInvalid, *ASN1_TROUBLE):
        return False
    return True


def _unfit() -> SignatureInvalid:
    return SignatureInvalid(what=SignatureFault.TIME_STAMP)
