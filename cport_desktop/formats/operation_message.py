"""Operations on their way to the portal, and the receipts that come back.

A request is plain JSON (its signature is the request's own, see `request_signing`); receipts
come sealed, or within a batch:

    {"schema":1,"kind":"operations","station":…,"operations":[
      {"kind":"assessment","operationId":…,"reportId":…,"actor":…,"madeAt":…,
       "contentId":…,"classification":1,"age":null,"gender":null},
      {"kind":"feedback","operationId":…,"reportId":…,"actor":…,"madeAt":…,"text":…}]}

    {"schema":1,"kind":"receipts","portal":…,"station":…,"nature":"demo","issuedAt":…,
     "receipts":[{"operationId":…,"isSettled":true,"reason":null}]}
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from cport_desktop.domain.ids import Actor, ContentId, OperationId, PortalId, ReportId, StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.operation import GiveAssessment, GiveFeedback, Operation, Receipt
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.sealed_message import LONGEST_MESSAGE
from cport_desktop.formats.strict_json import decode, require_sound
from cport_desktop.formats.wire_bounds import utc


@dataclass(frozen=True, slots=True)
class OperationsMessage:
    """What a station hands over."""

    station: StationId
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class ReceiptsMessage:
    """What the portal answers to it."""

    portal: PortalId
    station: StationId
    nature: Nature
    issued_at: datetime
    receipts: tuple[Receipt, ...]


class WireAssessmentGiven(msgspec.Struct, rename="camel", tag_field="kind", tag="assessment"):
    operation_id: bounds.Uuid
    report_id: bounds.Identifier
    actor: bounds.Name
    made_at: bounds.Moment
    content_id: bounds.Identifier
    classification: bounds.Code
    age: bounds.Code | None = None
    gender: bounds.Code | None = None


class WireFeedbackGiven(msgspec.Struct, rename="camel", tag_field="kind", tag="feedback"):
    operation_id: bounds.Uuid
    report_id: bounds.Identifier
    actor: bounds.Name
    made_at: bounds.Moment
    text: bounds.Memo


WireOperation = WireAssessmentGiven | WireFeedbackGiven


class WireOperations(msgspec.Struct, rename="camel"):
    schema: Literal[1]
    kind: Literal["operations"]
    station: bounds.Label
    operations: Annotated[tuple[WireOperation, ...], Meta(max_length=bounds.MOST_OPERATIONS)]


class WireReceipt(msgspec.Struct, rename="camel", gc=False):
    operation_id: bounds.Uuid
    is_settled: bool
    reason: bounds.Reason | None = None


WireReceiptList = Annotated[tuple[WireReceipt, ...], Meta(max_length=bounds.MOST_OPERATIONS)]


class WireReceipts(msgspec.Struct, rename="camel"):
    schema: Literal[1]
    kind: Literal["receipts"]
    portal: bounds.Label
    station: bounds.Label
    nature: Nature
    issued_at: bounds.Moment
    receipts: WireReceiptList


_OPERATIONS = msgspec.json.Decoder(WireOperations)
_RECEIPTS = msgspec.json.Decoder(WireReceipts)


def print_operations(station: StationId, operations: tuple[Operation, ...]) -> bytes:
    """The request body with which `station` hands over `operations`."""
    return msgspec.json.encode(
        WireOperations(
            schema=1,
            kind="operations",
            station=station,
            operations=tuple(_wire_operation(operation) for operation in operations),
        )
    )


def parse_operations(untrusted: bytes) -> OperationsMessage:
    """What a request body asks (the gateway's side).

    Raises:
        MalformedMessage, MessageTooLarge: if it is not such a body.
    """
    require_sound(untrusted, limit=LONGEST_MESSAGE)
    wire = decode(_OPERATIONS, untrusted, "$")
    return OperationsMessage(
        station=StationId(wire.station),
        operations=tuple(_operation(operation) for operation in wire.operations),
    )


def print_receipts(message: ReceiptsMessage) -> bytes:
    """The payload for `message`, not yet sealed."""
    return msgspec.json.encode(
        WireReceipts(
            schema=1,
            kind="receipts",
            portal=message.portal,
            station=message.station,
            nature=message.nature,
            issued_at=message.issued_at,
            receipts=wire_receipts(message.receipts),
        )
    )


def parse_receipts(payload: bytes) -> ReceiptsMessage:
    """What an unsealed payload of receipts says.

    Raises:
        MalformedMessage, MessageTooLarge: if it is none.
    """
    require_sound(payload, limit=LONGEST_MESSAGE)
    wire = decode(_RECEIPTS, payload, "$")
    return ReceiptsMessage(
        portal=PortalId(wire.portal),
        station=StationId(wire.station),
        nature=wire.nature,
        issued_at=utc(wire.issued_at, "$.issuedAt"),
        receipts=receipts_from(wire.receipts),
    )


def wire_receipts(receipts: tuple[Receipt, ...]) -> tuple[WireReceipt, ...]:
    """`receipts` in the form of the wire, for this message and for batches."""
    return tuple(
        WireReceipt(receipt.operation_id, receipt.is_settled, receipt.reason)
        for receipt in receipts
    )


def receipts_from(wire: tuple[WireReceipt, ...]) -> tuple[Receipt, ...]:
    """The receipts that the wire's form stands for."""
    return tuple(
        Receipt(
            operation_id=OperationId(receipt.operation_id),
            is_settled=receipt.is_settled,
            reason=receipt.reason,
        )
        for receipt in wire
    )


def _wire_operation(operation: Operation) -> WireOperation:
    match operation.body:
        case GiveAssessment() as given:
            return WireAssessmentGiven(
                operation_id=operation.operation_id,
                report_id=operation.report_id,
                actor=operation.actor,
                made_at=operation.made_at,
                content_id=given.content_id,
                classification=given.classification,
                age=given.age,
                gender=given.gender,
            )
        case GiveFeedback(text=text):
            return WireFeedbackGiven(
                operation_id=operation.operation_id,
                report_id=operation.report_id,
                actor=operation.actor,
                made_at=operation.made_at,
                text=text,
            )


def _operation(wire: WireOperation) -> Operation:
    return Operation(
        operation_id=OperationId(wire.operation_id),
        report_id=ReportId(wire.report_id),
        actor=Actor(wire.actor),
        made_at=utc(wire.made_at, "$.operations[...].madeAt"),
        body=_body(wire),
    )


def _body(wire: WireOperation) -> GiveAssessment | GiveFeedback:
    match wire:
        case WireAssessmentGiven():
            return GiveAssessment(
                content_id=ContentId(wire.content_id),
                classification=wire.classification,
                age=wire.age,
                gender=wire.gender,
            )
        case WireFeedbackGiven():
            return GiveFeedback(text=wire.text)
