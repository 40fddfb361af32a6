"""Asks for time stamps (RFC 3161): what is asked, and how the answer gets into a signature.

Nothing but a digest and a random number leave. How the question gets to an authority, over a
network or on a stick, is for others: here it is a function from question to answer.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from asn1crypto import cms, tsp

from cport_desktop.crypto.signature_form import TIME_STAMP
from cport_desktop.crypto.signing import Signer
from cport_desktop.crypto.time_stamps import (
    TimeStamp,
    stamp_beside,
)
from cport_desktop.errors import SignatureInvalid, StampUnfit

AskAuthority = Callable[[bytes], bytes]
"""Takes a question (a TimeStampReq in DER) and answers what the authority said (a TimeStampResp)."""
_NONCE_BITS: Final = 63


def question_about(sha256: bytes) -> bytes:
    """The question for a time stamp over what has this SHA-256; the answer shall carry the
    certificate of the authority.
    """
    asked = tsp.TimeStampReq(
        {
            "version": "v1",
            "message_imprint": {
                "hash_algorithm": {"algorithm": "sha256"},
                "hashed_message": sha256,
            },
            "nonce": secrets.randbits(_NONCE_BITS),
            "cert_req": True,
        }
    )
    return bytes(asked.dump())


def stamp_over(sha256: bytes, ask: AskAuthority) -> TimeStamp:
    """A time stamp over what has this SHA-256, checked.

    Raises:
        StampUnfit: the answer is none, or speaks of something else.
    """
    return stamp_answered(ask(question_about(sha256)), sha256=sha256)


def stamp_answered(untrusted: bytes, *, sha256: bytes) -> TimeStamp:
    """The time stamp in an authority's answer, over what has this SHA-256.

    Raises:
        StampUnfit: it is none, or speaks of something else.
    """
    try:
        return stamp_beside(untrusted, sha256=sha256)
    except SignatureInvalid as error:
        raise StampUnfit from error


def stamped(signature: bytes, ask: AskAuthority) -> bytes:
    """`signature` (CMS, DER) with a time stamp over its value among its unsigned attributes: CAdES-T.

    Raises:
        StampUnfit: the answer is none, or speaks of something else.
    """
    content = cms.ContentInfo.load(signature)
    (signer,) = content["content"]["signer_infos"]
    digest = hashlib.sha256(signer["signature"].native).digest()
    token = stamp_over(digest, ask).token
    signer["unsigned_attrs"] = cms.CMSAttributes(
        [
            cms.CMSAttribute(
                {"type": cms.CMSAttributeType(TIME_STAMP), "values": [cms.ContentInfo.load(token)]}
            )
        ]
    )
    return bytes(content.dump(force=True))


@dataclass(frozen=True, slots=True)
class StampedSigner:
    """Signs as `signer` does, and has each signature stamped: the package's own (CAdES-T) and that
    of its report (PAdES baseline T), one question for each.
    """

    signer: Signer
    ask: AskAuthority

    @property
    def name(self) -> str:
        return self.signer.name

    @property
    def certificate(self) -> bytes:
        return self.signer.certificate

    def sign_detached(self, data: bytes) -> bytes:
        return stamped(self.signer.sign_detached(data), self.ask)

    def sign_pdf(self, digest: bytes) -> bytes:
        return stamped(self.signer.sign_pdf(digest), self.ask)
