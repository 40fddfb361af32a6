"""What an operation says, as JSON: the same bytes in the vault and on the wire.

    {"kind":"assessment","contentId":…,"classification":1,"age":null,"gender":null}
    {"kind":"feedback","text":…}
    {"kind":"takedownHold","until":…,"reason":…}
    {"kind":"takedownLift","reason":…}
    {"kind":"informationRequest","text":…}
    {"kind":"domainSuggestion","domain":…,"criteriaVersion":…,
     "criteria":[{"code":…,"state":"met","note":""}],"note":…}
    {"kind":"domainRemoval","domain":…,"note":…}
    {"kind":"hashContribution","listId":…,"entries":[{"algorithm":"sha256","digest":…}],"note":…}
    {"kind":"caseHandOver","caseReference":…,"recipient":…,"note":…,"reports":[…]}
    {"kind":"falsePositive","listId":…,"entry":{…},"media":null,"note":…}

A kind that this version does not know is carried to the byte (`UnknownAct`).
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from cport_desktop.domain import operation as acts
from cport_desktop.domain.ids import ContentId, MediaId, ReportId
from cport_desktop.domain.operation import (
    DIGITS,
    ContributeHashes,
    Criterion,
    CriterionState,
    GiveAssessment,
    GiveFeedback,
    HandOverCase,
    HashAlgorithm,
    HashEntry,
    HoldTakedown,
    LiftTakedownHold,
    NotifyFalsePositive,
    OperationBody,
    OperationKind,
    RequestInformation,
    SuggestDomain,
    SuggestRemoval,
    UnknownAct,
)
from cport_desktop.errors import MalformedMessage
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.strict_json import decode
from cport_desktop.formats.wire_bounds import utc

ShortName = Annotated[str, Meta(max_length=acts.LONGEST_NAME)]
Words = Annotated[str, Meta(max_length=bounds.LONGEST_REASON)]
"""Somewhat more than `LONGEST_WORDS`, so that a later version may allow more."""
Hex = Annotated[str, Meta(pattern=r"^[0-9a-f]{32,128}\Z")]


class WireAssessmentGiven(msgspec.Struct, rename="camel", tag_field="kind", tag="assessment"):
    content_id: bounds.Identifier
    classification: bounds.Code
    age: bounds.Code | None = None
    gender: bounds.Code | None = None


class WireFeedbackGiven(msgspec.Struct, rename="camel", tag_field="kind", tag="feedback"):
    text: bounds.Memo


class WireTakedownHold(msgspec.Struct, rename="camel", tag_field="kind", tag="takedownHold"):
    until: bounds.Moment
    reason: Words


class WireTakedownLift(msgspec.Struct, rename="camel", tag_field="kind", tag="takedownLift"):
    reason: Words


class WireInformationRequest(
    msgspec.Struct, rename="camel", tag_field="kind", tag="informationRequest"
):
    text: Words


class WireCriterion(msgspec.Struct, rename="camel"):
    code: ShortName
    state: CriterionState
    note: Words = ""


class WireDomainSuggestion(
    msgspec.Struct, rename="camel", tag_field="kind", tag="domainSuggestion"
):
    domain: bounds.NonEmpty
    criteria_version: ShortName
    criteria: Annotated[tuple[WireCriterion, ...], Meta(max_length=acts.MOST_CRITERIA)]
    note: Words


class WireDomainRemoval(msgspec.Struct, rename="camel", tag_field="kind", tag="domainRemoval"):
    domain: bounds.NonEmpty
    note: Words


class WireHash(msgspec.Struct, rename="camel"):
    algorithm: HashAlgorithm
    digest: Hex


class WireHashContribution(
    msgspec.Struct, rename="camel", tag_field="kind", tag="hashContribution"
):
    list_id: ShortName
    entries: Annotated[tuple[WireHash, ...], Meta(max_length=acts.MOST_HASHES)]
    note: Words


class WireCaseHandOver(msgspec.Struct, rename="camel", tag_field="kind", tag="caseHandOver"):
    case_reference: ShortName
    recipient: ShortName
    note: Words
    reports: Annotated[tuple[bounds.Identifier, ...], Meta(max_length=acts.MOST_REPORTS)]


class WireFalsePositive(msgspec.Struct, rename="camel", tag_field="kind", tag="falsePositive"):
    list_id: ShortName
    entry: WireHash
    media: bounds.Identifier | None
    note: Words


WireBody = (
    WireAssessmentGiven
    | WireFeedbackGiven
    | WireTakedownHold
    | WireTakedownLift
    | WireInformationRequest
    | WireDomainSuggestion
    | WireDomainRemoval
    | WireHashContribution
    | WireCaseHandOver
    | WireFalsePositive
)


class _Kind(msgspec.Struct):
    kind: bounds.NonEmpty


_BODY: msgspec.json.Decoder[WireBody] = msgspec.json.Decoder(WireBody)
_KIND = msgspec.json.Decoder(_Kind)
_KNOWN = frozenset(kind.value for kind in OperationKind)


def print_body(body: OperationBody) -> bytes:
    """`body` as JSON; an unknown one as it came."""
    if isinstance(body, UnknownAct):
        return body.document or msgspec.json.encode(_Kind(body.kind))
    return msgspec.json.encode(_wire(body))


def parse_body(sound: bytes | msgspec.Raw, where: str = "$") -> OperationBody:
    """What sound JSON (`strict_json.require_sound`, or our own) says.

    Raises:
        MalformedMessage: if a known kind has not its shape.
    """
    kind = decode(_KIND, sound, where).kind
    if kind not in _KNOWN:
        return UnknownAct(kind, bytes(sound))
    return _body(decode(_BODY, sound, where), where)


def _wire(body: OperationBody) -> WireBody:  # noqa: C901, PLR0911 - one case for each kind
    match body:
        case GiveAssessment():
            return WireAssessmentGiven(body.content_id, body.classification, body.age, body.gender)
        case GiveFeedback():
            return WireFeedbackGiven(body.text)
        case HoldTakedown():
            return WireTakedownHold(body.until, body.reason)
        case LiftTakedownHold():
            return WireTakedownLift(body.reason)
        case RequestInformation():
            return WireInformationRequest(body.text)
        case SuggestDomain():
            criteria = tuple(WireCriterion(c.code, c.state, c.note) for c in body.criteria)
            return WireDomainSuggestion(body.domain, body.criteria_version, criteria, body.note)
        case SuggestRemoval():
            return WireDomainRemoval(body.domain, body.note)
        case ContributeHashes():
            entries = tuple(WireHash(e.algorithm, e.digest) for e in body.entries)
            return WireHashContribution(body.list_id, entries, body.note)
        case HandOverCase():
            return WireCaseHandOver(
                body.case_reference, body.recipient, body.note, tuple(body.reports)
            )
        case NotifyFalsePositive():
            entry = WireHash(body.entry.algorithm, body.entry.digest)
            return WireFalsePositive(body.list_id, entry, body.media, body.note)
        case UnknownAct():
            raise ValueError("an unknown act has no wire form but its own")


def _body(  # noqa: C901, PLR0911 - one case for each kind
    wire: WireBody, where: str
) -> OperationBody:
    match wire:
        case WireAssessmentGiven():
            content = ContentId(wire.content_id)
            return GiveAssessment(content, wire.classification, wire.age, wire.gender)
        case WireFeedbackGiven():
            return GiveFeedback(wire.text)
        case WireTakedownHold():
            return HoldTakedown(utc(wire.until, f"{where}.until"), wire.reason)
        case WireTakedownLift():
            return LiftTakedownHold(wire.reason)
        case WireInformationRequest():
            return RequestInformation(wire.text)
        case WireDomainSuggestion():
            criteria = tuple(Criterion(c.code, c.state, c.note) for c in wire.criteria)
            return SuggestDomain(wire.domain, wire.criteria_version, criteria, wire.note)
        case WireDomainRemoval():
            return SuggestRemoval(wire.domain, wire.note)
        case WireHashContribution():
            entries = tuple(_entry(entry, f"{where}.entries[...]") for entry in wire.entries)
            return ContributeHashes(wire.list_id, entries, wire.note)
        case WireCaseHandOver():
            reports = tuple(map(ReportId, wire.reports))
            return HandOverCase(wire.case_reference, wire.recipient, wire.note, reports)
        case WireFalsePositive():
            media = None if wire.media is None else MediaId(wire.media)
            entry = _entry(wire.entry, f"{where}.entry")
            return NotifyFalsePositive(wire.list_id, entry, media, wire.note)


def _entry(wire: WireHash, where: str) -> HashEntry:
    if len(wire.digest) != DIGITS[wire.algorithm]:
        raise MalformedMessage(where=f"{where}.digest", cause="not of its algorithm's length")
    return HashEntry(wire.algorithm, wire.digest)
