"""Enrolment by stick: the request in a signed envelope, and the answer with its proof.

    envelope, signed with the station key that the request brings:
    {"schema":2,"kind":"carriedRequest","request":"<base64>","proof":"<base64, 32 bytes>"}

    {"schema":2,"kind":"carriedAnswer","answer":"<base64>","proof":"<base64, 32 bytes>"}

`request` is the JSON of `enrolment_message` with an empty code, `answer` the sealed answer as it
comes on the other road. What the proofs say: `crypto.code_proof`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from cport_desktop.crypto.code_proof import PROOF_SIZE
from cport_desktop.domain.enrolment import EnrolmentRequest
from cport_desktop.errors import MessageTooLarge
from cport_desktop.formats.enrolment_message import LONGEST_ENROLMENT, parse_enrolment_request
from cport_desktop.formats.sealed_message import FORMAT_LINE, seal, unseal, unverified_payload
from cport_desktop.formats.strict_json import decode, require_sound

LONGEST_CARRIED = 2 * LONGEST_ENROLMENT
"""Bytes of a file; base64 and an envelope make a message a third longer."""

Proof = Annotated[bytes, Meta(min_length=PROOF_SIZE, max_length=PROOF_SIZE)]
Inner = Annotated[bytes, Meta(min_length=1, max_length=LONGEST_ENROLMENT)]


class WireCarriedRequest(msgspec.Struct, rename="camel"):
    schema: Literal[2]
    kind: Literal["carriedRequest"]
    request: Inner
    proof: Proof


class WireCarriedAnswer(msgspec.Struct, rename="camel"):
    schema: Literal[2]
    kind: Literal["carriedAnswer"]
    answer: Inner
    proof: Proof


@dataclass(frozen=True, slots=True)
class CarriedRequest:
    """`payload`: the request's own bytes, which its proof is about."""

    request: EnrolmentRequest
    payload: bytes
    proof: bytes


@dataclass(frozen=True, slots=True)
class CarriedAnswer:
    """`message`: the sealed answer."""

    message: bytes
    proof: bytes


_REQUEST = msgspec.json.Decoder(WireCarriedRequest)
_ANSWER = msgspec.json.Decoder(WireCarriedAnswer)


def is_message(untrusted: bytes) -> bool:
    """Whether a file that begins so is a single message, and no bundle."""
    return untrusted.startswith(FORMAT_LINE[:14])


def print_carried_request(payload: bytes, proof: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """The file that goes to the portal."""
    carried = WireCarriedRequest(2, "carriedRequest", payload, proof)
    return seal(msgspec.json.encode(carried), sign)


def parse_carried_request(untrusted: bytes) -> CarriedRequest:
    """What a station asks; it is signed with the station key that it brings.

    Raises:
        MalformedMessage, MessageTooLarge: it is no such request.
        SignatureInvalid: another key has signed it.
    """
    if len(untrusted) > LONGEST_CARRIED:
        raise MessageTooLarge(limit=LONGEST_CARRIED)
    outer = unverified_payload(untrusted)
    require_sound(outer, limit=LONGEST_CARRIED)
    wire = decode(_REQUEST, outer, "$")
    request = parse_enrolment_request(wire.request)
    unseal(untrusted, request.station_key)
    return CarriedRequest(request, wire.request, wire.proof)


def print_carried_answer(message: bytes, proof: bytes) -> bytes:
    """The file that goes back to the station."""
    return msgspec.json.encode(WireCarriedAnswer(2, "carriedAnswer", message, proof))


def parse_carried_answer(untrusted: bytes) -> CarriedAnswer:
    """What a file says that came back; nothing of it is checked yet.

    Raises:
        MalformedMessage, MessageTooLarge: it is no such answer.
    """
    require_sound(untrusted, limit=LONGEST_CARRIED)
    wire = decode(_ANSWER, untrusted, "$")
    return CarriedAnswer(wire.answer, wire.proof)
