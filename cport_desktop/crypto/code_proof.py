"""Both sides of an enrolment by stick prove to each other that they know the code on paper.

    key    = Argon2id(code in capitals, without spaces and hyphens; salt "cport-enrolment1";
                      64 MiB, 3 passes, 4 lanes)
    proof  = HMAC-SHA-256(key, label ⏎ what is proved)

The code itself never lies on the stick. Who finds a request there can only guess codes, at the
price of one derivation each; a code has 80 random bits.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from cport_desktop.crypto.passphrase import FLOOR, derive

PROOF_SIZE: Final = 32
_SALT: Final = b"cport-enrolment1"
_REQUEST: Final = b"cport-enrolment-request-v1\n"
_ANSWER: Final = b"cport-enrolment-answer-v1\n"


def code_key(code: str) -> bytes:
    """What is made of a code, however it was typed."""
    plain = "".join(code.split()).replace("-", "").upper()
    return derive(plain.encode(), _SALT, FLOOR)


def prove_request(key: bytes, request: bytes) -> bytes:
    """That whoever made `request` knows the code."""
    return hmac.digest(key, _REQUEST + request, "sha256")


def prove_answer(key: bytes, answer: bytes, *, to: bytes) -> bytes:
    """That whoever made `answer` to the request with the SHA-256 `to` knows the code."""
    return hmac.digest(key, _ANSWER + to + answer, "sha256")


def is_request_proof(key: bytes, request: bytes, proof: bytes) -> bool:
    """Whether `prove_request` was asked with this key."""
    return hmac.compare_digest(prove_request(key, request), proof)


def is_answer_proof(key: bytes, answer: bytes, proof: bytes, *, to: bytes) -> bool:
    """Whether `prove_answer` was asked with this key."""
    return hmac.compare_digest(prove_answer(key, answer, to=to), proof)


def digest_of(request: bytes) -> bytes:
    """What names a request in the proof of its answer."""
    return hashlib.sha256(request).digest()
