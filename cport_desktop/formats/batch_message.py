"""A batch of changes, the next link of a station's chain, as JSON within a sealed message:

    {"schema":2,"kind":"batch","portal":…,"station":…,"nature":"demo","issuedAt":…,
     "sequence":2,"previous":"<digest of batch 1, hex>","cursor":"…","nextCursor":"…",
     "isSnapshot":false,"remaining":120,
     "changes":[{"kind":"new","report":{…}},
                {"kind":"corrected","reason":…,"report":{…}},
                {"kind":"withdrawn","reportId":…,"date":…,"reason":…},
                {"kind":"new","subject":"hotline","reference":"12","revision":1,"date":…,
                 "record":{…}}],
     "receipts":[…]}

A report's own JSON is carried to the byte, and so is a record's. A kind of change, or of thing,
that this version does not know is carried to the byte as well, for a later version to understand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from cport_desktop.domain.batch import (
    Batch,
    Change,
    ChangeKind,
    RecordChange,
    ReportChange,
    UnknownChange,
    Withdrawal,
)
from cport_desktop.domain.ids import Cursor, PortalId, ReportId, StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.report import ReportStatus
from cport_desktop.errors import MalformedMessage
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.operation_message import (
    WireReceiptList,
    receipts_from,
    wire_receipts,
)
from cport_desktop.formats.record_message import record_value
from cport_desktop.formats.report_message import report_from_sound
from cport_desktop.formats.report_record import report_spoken_of
from cport_desktop.formats.sealed_message import LONGEST_MESSAGE, digest
from cport_desktop.formats.strict_json import decode, require_sound
from cport_desktop.formats.wire_bounds import utc
from cport_desktop.pace import paced


class WireKind(msgspec.Struct, gc=False):
    """Only as much of a change as tells what the rest is."""

    kind: bounds.NonEmpty
    subject: bounds.NonEmpty | None = None


class WireReportChange(msgspec.Struct, rename="camel"):
    kind: Literal["new", "corrected"]
    report: msgspec.Raw
    reason: bounds.Reason | None = None


class WireWithdrawal(msgspec.Struct, rename="camel", gc=False):
    kind: Literal["withdrawn"]
    report_id: bounds.Identifier
    date: bounds.Moment
    reason: bounds.Reason | None = None


class WireRecordChange(msgspec.Struct, rename="camel", omit_defaults=True):
    kind: ChangeKind
    subject: bounds.NonEmpty
    reference: bounds.NonEmpty
    revision: bounds.Count
    date: bounds.Moment
    reason: bounds.Reason | None = None
    record: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


class WireBatch(msgspec.Struct, rename="camel"):
    schema: Literal[2]
    kind: Literal["batch"]
    portal: bounds.Label
    station: bounds.Label
    nature: Nature
    issued_at: bounds.Moment
    sequence: Annotated[int, Meta(ge=1, le=bounds.LARGEST_ID)]
    previous: bounds.Sha256 | None
    cursor: bounds.NonEmpty | None
    next_cursor: bounds.NonEmpty
    is_snapshot: bool
    remaining: bounds.Count
    changes: Annotated[tuple[msgspec.Raw, ...], Meta(max_length=bounds.MOST_CHANGES)] = ()
    receipts: WireReceiptList = ()


_BATCH = msgspec.json.Decoder(WireBatch)
_KIND = msgspec.json.Decoder(WireKind)
_REPORT_CHANGE = msgspec.json.Decoder(WireReportChange)
_WITHDRAWAL = msgspec.json.Decoder(WireWithdrawal)
_RECORD_CHANGE = msgspec.json.Decoder(WireRecordChange)

_CHANGE_KINDS = frozenset(kind.value for kind in ChangeKind)
_STATUSES = {"new": ReportStatus.NEW, "corrected": ReportStatus.CORRECTED}


def parse_batch(payload: bytes) -> Batch:
    """The batch that an unsealed payload holds. It belongs to somebody: see `sync.exchange`.

    Raises:
        MalformedMessage: if any part is not of the protocol's shape; nothing is half parsed.
        MessageTooLarge: if it is longer or fuller than any honest one.
    """
    require_sound(payload, limit=LONGEST_MESSAGE)
    wire = decode(_BATCH, payload, "$")
    return Batch(
        portal=PortalId(wire.portal),
        station=StationId(wire.station),
        nature=wire.nature,
        issued_at=utc(wire.issued_at, "$.issuedAt"),
        sequence=wire.sequence,
        previous=wire.previous,
        cursor=None if wire.cursor is None else Cursor(wire.cursor),
        next_cursor=Cursor(wire.next_cursor),
        is_snapshot=wire.is_snapshot,
        remaining=wire.remaining,
        changes=_changes(wire.changes),
        receipts=receipts_from(wire.receipts),
        digest=digest(payload),
    )


def print_batch(batch: Batch) -> bytes:
    """The payload for `batch`, not yet sealed; `batch.digest` plays no part.

    A report is printed as its `document` says, to the byte, which must be JSON.
    """
    return msgspec.json.encode(
        WireBatch(
            schema=2,
            kind="batch",
            portal=batch.portal,
            station=batch.station,
            nature=batch.nature,
            issued_at=batch.issued_at,
            sequence=batch.sequence,
            previous=batch.previous,
            cursor=batch.cursor,
            next_cursor=batch.next_cursor,
            is_snapshot=batch.is_snapshot,
            remaining=batch.remaining,
            changes=tuple(_wire_change(change) for change in batch.changes),
            receipts=wire_receipts(batch.receipts),
        )
    )


def parse_change(sound: bytes) -> Change:
    """One change by itself.

    Raises:
        MalformedMessage: if it has not the protocol's shape.
    """
    return _change(msgspec.Raw(sound), "$")


def print_change(change: Change) -> bytes:
    """One change by itself, as a batch would hold it."""
    return bytes(_wire_change(change))


def _changes(raws: Sequence[msgspec.Raw]) -> tuple[Change, ...]:
    return tuple(_change(raw, f"$.changes[{index}]") for index, raw in enumerate(paced(raws)))


def _change(raw: msgspec.Raw, where: str) -> Change:
    named = decode(_KIND, raw, where)
    kind = named.kind
    if named.subject is not None and kind in _CHANGE_KINDS:
        return _record_change(raw, where)
    match kind:
        case "new" | "corrected":
            return _report_change(raw, where)
        case "withdrawn":
            return _withdrawal(raw, where)
        case _:
            return UnknownChange(kind=kind, document=bytes(raw))


def _report_change(raw: msgspec.Raw, where: str) -> ReportChange:
    wire = decode(_REPORT_CHANGE, raw, where)
    return ReportChange(
        status=_STATUSES[wire.kind],
        report=report_from_sound(wire.report, f"{where}.report"),
        document=bytes(wire.report),
        reason=wire.reason,
    )


def _withdrawal(raw: msgspec.Raw, where: str) -> Withdrawal:
    wire = decode(_WITHDRAWAL, raw, where)
    return Withdrawal(
        report_id=ReportId(wire.report_id),
        made_at=utc(wire.date, f"{where}.date"),
        reason=wire.reason,
    )


def _record_change(raw: msgspec.Raw, where: str) -> RecordChange:
    wire = decode(_RECORD_CHANGE, raw, where)
    is_withdrawn = wire.kind is ChangeKind.WITHDRAWN
    if isinstance(wire.record, msgspec.UnsetType) is not is_withdrawn:
        cause = "a withdrawn thing has none" if is_withdrawn else "missing"
        raise MalformedMessage(where=f"{where}.record", cause=cause)
    report_spoken_of(wire.subject, wire.reference, where)
    document = b"" if isinstance(wire.record, msgspec.UnsetType) else bytes(wire.record)
    return RecordChange(
        subject=wire.subject,
        reference=wire.reference,
        kind=wire.kind,
        revision=wire.revision,
        made_at=utc(wire.date, f"{where}.date"),
        reason=wire.reason,
        document=document,
        value=None
        if is_withdrawn
        else record_value(wire.subject, wire.reference, document, f"{where}.record"),
    )


def _wire_change(change: Change) -> msgspec.Raw:
    match change:
        case ReportChange():
            return msgspec.Raw(msgspec.json.encode(_wire_report_change(change)))
        case Withdrawal():
            return msgspec.Raw(
                msgspec.json.encode(
                    WireWithdrawal("withdrawn", change.report_id, change.made_at, change.reason)
                )
            )
        case RecordChange():
            return msgspec.Raw(msgspec.json.encode(_wire_record_change(change)))
        case UnknownChange():
            return msgspec.Raw(change.document)


def _wire_report_change(change: ReportChange) -> WireReportChange:
    return WireReportChange(
        kind="corrected" if change.status is ReportStatus.CORRECTED else "new",
        report=msgspec.Raw(change.document),
        reason=change.reason,
    )


def _wire_record_change(change: RecordChange) -> WireRecordChange:
    return WireRecordChange(
        kind=change.kind,
        subject=change.subject,
        reference=change.reference,
        revision=change.revision,
        date=change.made_at,
        reason=change.reason,
        record=msgspec.Raw(change.document) if change.document else msgspec.UNSET,
    )
