"""Operations on their way to the portal, and the receipts that come back.

By the network a request is plain JSON (its signature is the request's own, see
`request_signing`); by removable media the same JSON travels in a signed envelope. Receipts come
sealed, or within a batch:

    {"schema":2,"kind":"operations","station":…,"operations":[
      {"operationId":…,"reportId":17,"actor":…,"madeAt":…,"revises":null,
       "body":{"kind":"feedback","text":…}},
      {"operationId":…,"reportId":null,"actor":…,"madeAt":…,"revises":null,
       "body":{"kind":"domainSuggestion",…}}]}

    {"schema":2,"kind":"receipts","portal":…,"station":…,"nature":"demo","issuedAt":…,
     "receipts":[{"operationId":…,"isSettled":true,"reason":null}]}

Bodies have a room of their own (`operation_body`). One of a kind that the reader does not know is
carried to the byte, and the operation gets its answer like any other. A receipt for an operation
that nobody here made settles nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from cport_desktop.domain.ids import Actor, OperationId, PortalId, ReportId, StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.operation import Operation, Receipt
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.operation_body import parse_body, print_body
from cport_desktop.formats.sealed_message import LONGEST_MESSAGE
from cport_desktop.formats.strict_json import decode, require_sound
from cport_desktop.formats.wire_bounds import utc
from cport_desktop.pace import paced


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


class WireOperation(msgspec.Struct, rename="camel"):
    operation_id: bounds.Uuid
    report_id: bounds.Identifier | None
    actor: bounds.Name
    made_at: bounds.Moment
    revises: bounds.Uuid | None
    body: msgspec.Raw


class WireOperations(msgspec.Struct, rename="camel"):
    schema: Literal[2]
    kind: Literal["operations"]
    station: bounds.Label
    operations: Annotated[tuple[WireOperation, ...], Meta(max_length=bounds.MOST_OPERATIONS)]


class WireReceipt(msgspec.Struct, rename="camel", gc=False):
    operation_id: bounds.Uuid
    is_settled: bool
    reason: bounds.Reason | None = None


WireReceiptList = Annotated[tuple[WireReceipt, ...], Meta(max_length=bounds.MOST_OPERATIONS)]


class WireReceipts(msgspec.Struct, rename="camel"):
    schema: Literal[2]
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
            schema=2,
            kind="operations",
            station=station,
            operations=tuple(_wire_operation(operation) for operation in paced(operations)),
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
        operations=tuple(
            _operation(operation, f"$.operations[{index}]")
            for index, operation in enumerate(wire.operations)
        ),
    )


def print_receipts(message: ReceiptsMessage) -> bytes:
    """The payload for `message`, not yet sealed."""
    return msgspec.json.encode(
        WireReceipts(
            schema=2,
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
    return WireOperation(
        operation_id=operation.operation_id,
        report_id=operation.report_id,
        actor=operation.actor,
        made_at=operation.made_at,
        revises=operation.revises,
        body=msgspec.Raw(print_body(operation.body)),
    )


def _operation(wire: WireOperation, where: str) -> Operation:
    return Operation(
        operation_id=OperationId(wire.operation_id),
        report_id=None if wire.report_id is None else ReportId(wire.report_id),
        actor=Actor(wire.actor),
        made_at=utc(wire.made_at, f"{where}.madeAt"),
        body=parse_body(wire.body, f"{where}.body"),
        revises=None if wire.revises is None else OperationId(wire.revises),
    )
