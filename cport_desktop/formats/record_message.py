"""Things other than reports, as a batch carries them: what their documents hold.

    {"kind":"new","subject":"hotline","reference":"12","revision":1,"date":…,
     "record":{"hotlineId":12,"name":…,"countryCode":…,"contact":…}}
    {"kind":"withdrawn","subject":"hotline","reference":"12","revision":2,"date":…,"reason":…}

    taxonomy        a file of code lists (`formats.taxonomies`); the reference names the scheme
    hashList        `formats.hash_list_record`
    hashListEntry   `formats.hash_list_record`
    takedownHold    `formats.report_record`
    answer          `formats.report_record`
    iwolDecision    {"domain":"name.example","state":"listed","criteriaVersion":"2024",
                     "decidedBy":…,"date":…,"note":…}, the reference is the domain

A subject that this version does not know is carried to the byte; of one that it knows the document
must have its shape, or the batch is malformed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated

import msgspec
from msgspec import Meta

from cport_desktop.domain.agreement import SignedAgreement
from cport_desktop.domain.batch import RecordValue, Subject
from cport_desktop.domain.ids import HotlineId
from cport_desktop.domain.portal_records import IwolDecision
from cport_desktop.domain.report import Hotline
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import MalformedMessage
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.agreement_document import signed_agreement_from_sound
from cport_desktop.formats.hash_list_record import parse_hash_list, parse_hash_list_entry
from cport_desktop.formats.report_record import parse_answer, parse_takedown_hold
from cport_desktop.formats.strict_json import decode
from cport_desktop.formats.taxonomies import parse_taxonomy
from cport_desktop.formats.wire_bounds import utc

Domain = Annotated[str, Meta(max_length=253, pattern=r"^[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})+\Z")]
"""A domain name in its ASCII form (RFC 1035, 5890), in lower case."""


class WireHotline(msgspec.Struct, rename="camel", gc=False):
    hotline_id: bounds.Identifier
    name: bounds.Name
    country_code: bounds.Country
    contact: bounds.Name | None = None


class WireIwolDecision(msgspec.Struct, rename="camel", gc=False):
    domain: Domain
    state: bounds.NonEmpty
    criteria_version: bounds.NonEmpty
    decided_by: bounds.Name
    date: bounds.Moment
    note: bounds.Reason | None = None


_HOTLINE = msgspec.json.Decoder(WireHotline)
_IWOL_DECISION = msgspec.json.Decoder(WireIwolDecision)


def record_value(subject: str, reference: str, document: bytes, where: str) -> RecordValue | None:
    """What `document` says, None for a subject of a later version.

    Raises:
        MalformedMessage: if it has not its subject's shape, or is about another thing.
    """
    read = _READERS.get(subject)
    return None if read is None else read(reference, document, where)


def print_hotline(hotline: Hotline) -> bytes:
    """The document of a hotline."""
    return msgspec.json.encode(
        WireHotline(hotline.hotline_id, hotline.name, hotline.country, hotline.contact)
    )


def print_iwol_decision(decision: IwolDecision) -> bytes:
    """The document of a decision about a domain."""
    return msgspec.json.encode(
        WireIwolDecision(
            domain=decision.domain,
            state=decision.state,
            criteria_version=decision.criteria_version,
            decided_by=decision.decided_by,
            date=decision.decided_at,
            note=decision.note,
        )
    )


def _hotline(reference: str, document: bytes, where: str) -> Hotline:
    wire = decode(_HOTLINE, document, where)
    if reference != str(wire.hotline_id):
        raise MalformedMessage(where=f"{where}.hotlineId", cause="another than the reference")
    return Hotline(HotlineId(wire.hotline_id), wire.name, wire.country_code, wire.contact)


def _taxonomy(reference: str, document: bytes, where: str) -> Taxonomy:
    del reference  # names the scheme; the document has its version only
    return parse_taxonomy(document, where)


def _iwol_decision(reference: str, document: bytes, where: str) -> IwolDecision:
    wire = decode(_IWOL_DECISION, document, where)
    if reference != wire.domain:
        raise MalformedMessage(where=f"{where}.domain", cause="another than the reference")
    return IwolDecision(
        domain=wire.domain,
        state=wire.state,
        criteria_version=wire.criteria_version,
        decided_by=wire.decided_by,
        decided_at=utc(wire.date, f"{where}.date"),
        note=wire.note,
    )


def _agreement(reference: str, document: bytes, where: str) -> SignedAgreement:
    signed = signed_agreement_from_sound(document, where)
    if reference != signed.agreement.reference:
        cause = "another than the reference"
        raise MalformedMessage(where=f"{where}.document.reference", cause=cause)
    return signed


_READERS: Mapping[str, Callable[[str, bytes, str], RecordValue]] = {
    Subject.HOTLINE.value: _hotline,
    Subject.TAKEDOWN_HOLD.value: parse_takedown_hold,
    Subject.ANSWER.value: parse_answer,
    Subject.AGREEMENT.value: _agreement,
    Subject.TAXONOMY.value: _taxonomy,
    Subject.HASH_LIST.value: parse_hash_list,
    Subject.HASH_LIST_ENTRY.value: parse_hash_list_entry,
    Subject.IWOL_DECISION.value: _iwol_decision,
}
