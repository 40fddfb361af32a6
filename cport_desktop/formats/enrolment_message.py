"""Enrolment: what a station asks in plain JSON, and what the portal answers, sealed.

    {"schema":2,"kind":"enrolmentRequest","code":…,"stationName":…,"agency":…,
     "nature":"demo","stationKey":"<base64, 32 bytes>","signingKey":"<base64, DER>",
     "sealingKey":"<base64, 1216 bytes>","transportKey":"<base64, DER>"}

    {"schema":2,"kind":"enrolment","portal":…,"portalName":…,"nature":"demo","station":…,
     "portalKey":"<base64, 32 bytes>","agreement":{"document":{…},"signature":"<base64>"},
     "signingCertificate":"<PEM>","signingAuthority":"<PEM>","sealingKey":"<base64, 1216 bytes>",
     "transportCertificate":"<PEM>","transportAuthority":"<PEM>"}

The agreement in it is signed by itself (`agreement_document`).

The answer is signed with the key that it brings; what makes it trustworthy is the road it
came by (a TLS authority that was pinned beforehand) and the checks of `sync.exchange`.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from cport_desktop.crypto.key_wrapping import PUBLIC_SIZE as SEALING_KEY_SIZE
from cport_desktop.crypto.message_keys import PUBLIC_KEY_SIZE
from cport_desktop.domain.enrolment import EnrolmentAnswer, EnrolmentRequest
from cport_desktop.domain.ids import PortalId, StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.agreement_document import (
    print_signed_agreement,
    require_signed_by,
    signed_agreement_from_sound,
)
from cport_desktop.formats.sealed_message import unseal, unverified_payload
from cport_desktop.formats.strict_json import decode, require_sound

LONGEST_ENROLMENT = 1024 * 1024
"""Bytes of a request or an answer; an agreement of many clauses has some ten KiB."""

LONGEST_PUBLIC_KEY = 1024
"""Bytes of a SubjectPublicKeyInfo; P-256 has 91."""

RawKey = Annotated[bytes, Meta(min_length=PUBLIC_KEY_SIZE, max_length=PUBLIC_KEY_SIZE)]
SealingKey = Annotated[bytes, Meta(min_length=SEALING_KEY_SIZE, max_length=SEALING_KEY_SIZE)]
PublicKey = Annotated[bytes, Meta(min_length=1, max_length=LONGEST_PUBLIC_KEY)]


class WireRequest(msgspec.Struct, rename="camel"):
    schema: Literal[2]
    kind: Literal["enrolmentRequest"]
    code: bounds.Reference
    station_name: bounds.NonEmpty
    agency: bounds.Name
    nature: Nature
    station_key: RawKey
    signing_key: PublicKey
    sealing_key: SealingKey
    transport_key: PublicKey


class WireAnswer(msgspec.Struct, rename="camel"):
    schema: Literal[2]
    kind: Literal["enrolment"]
    portal: bounds.Label
    portal_name: bounds.Name
    nature: Nature
    station: bounds.Label
    portal_key: RawKey
    agreement: msgspec.Raw
    signing_certificate: bounds.Certificate
    signing_authority: bounds.Certificate
    sealing_key: SealingKey
    transport_certificate: bounds.Certificate
    transport_authority: bounds.Certificate


_REQUEST = msgspec.json.Decoder(WireRequest)
_ANSWER = msgspec.json.Decoder(WireAnswer)


def print_enrolment_request(request: EnrolmentRequest) -> bytes:
    """The request body."""
    return msgspec.json.encode(
        WireRequest(
            schema=2,
            kind="enrolmentRequest",
            code=request.code,
            station_name=request.station_name,
            agency=request.agency,
            nature=request.nature,
            station_key=request.station_key,
            signing_key=request.signing_key,
            sealing_key=request.sealing_key,
            transport_key=request.transport_key,
        )
    )


def parse_enrolment_request(untrusted: bytes) -> EnrolmentRequest:
    """What a request body asks (the gateway's side).

    Raises:
        MalformedMessage, MessageTooLarge: if it is not such a body.
    """
    require_sound(untrusted, limit=LONGEST_ENROLMENT)
    wire = decode(_REQUEST, untrusted, "$")
    return EnrolmentRequest(
        code=wire.code,
        station_name=wire.station_name,
        agency=wire.agency,
        nature=wire.nature,
        station_key=wire.station_key,
        signing_key=wire.signing_key,
        sealing_key=wire.sealing_key,
        transport_key=wire.transport_key,
    )


def print_enrolment_answer(answer: EnrolmentAnswer) -> bytes:
    """The payload of an answer, not yet sealed."""
    return msgspec.json.encode(
        WireAnswer(
            schema=2,
            kind="enrolment",
            portal=answer.portal,
            portal_name=answer.portal_name,
            nature=answer.nature,
            station=answer.station,
            portal_key=answer.portal_key,
            agreement=msgspec.Raw(print_signed_agreement(answer.signed_agreement)),
            signing_certificate=answer.signing_certificate.decode("ascii"),
            signing_authority=answer.signing_authority.decode("ascii"),
            sealing_key=answer.sealing_key,
            transport_certificate=answer.transport_certificate.decode("ascii"),
            transport_authority=answer.transport_authority.decode("ascii"),
        )
    )


def parse_enrolment_answer(payload: bytes) -> EnrolmentAnswer:
    """What an unsealed payload answers.

    Raises:
        MalformedMessage, MessageTooLarge: if it is not an answer.
    """
    require_sound(payload, limit=LONGEST_ENROLMENT)
    wire = decode(_ANSWER, payload, "$")
    return EnrolmentAnswer(
        portal=PortalId(wire.portal),
        portal_name=wire.portal_name,
        nature=wire.nature,
        station=StationId(wire.station),
        portal_key=wire.portal_key,
        signed_agreement=signed_agreement_from_sound(wire.agreement, "$.agreement"),
        signing_certificate=wire.signing_certificate.encode(),
        signing_authority=wire.signing_authority.encode(),
        sealing_key=wire.sealing_key,
        transport_certificate=wire.transport_certificate.encode(),
        transport_authority=wire.transport_authority.encode(),
    )


def unseal_enrolment_answer(message: bytes) -> EnrolmentAnswer:
    """The answer within a sealed message, which is signed with the key that it brings.

    Raises:
        MalformedMessage, MessageTooLarge: if it is not a sealed answer.
        SignatureInvalid: if another key has signed it, or the agreement in it.
    """
    answer = parse_enrolment_answer(unverified_payload(message))
    unseal(message, answer.portal_key)
    require_signed_by(answer.signed_agreement, answer.portal_key)
    return answer
