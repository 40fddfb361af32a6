"""A batch of changes, as JSON within a sealed message:

    {"schema":1,"kind":"batch","portal":…,"station":…,"nature":"demo","issuedAt":…,
     "cursor":null,"nextCursor":"…","isLast":false,"remaining":120,
     "hotlines":[{"hotlineId":…,"name":…,"countryCode":…,"contact":…}],
     "changes":[{"kind":"new","report":{…}},
                {"kind":"corrected","reason":…,"report":{…}},
                {"kind":"withdrawn","reportId":…,"date":…,"reason":…}],
     "receipts":[…]}

A report's own JSON is carried to the byte. A kind of change that this version does not know
is carried to the byte as well, for a later version to understand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from cport_desktop.domain.batch import Batch, Change, ReportChange, UnknownChange, Withdrawal
from cport_desktop.domain.ids import Cursor, HotlineId, PortalId, ReportId, StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.report import Hotline, ReportStatus
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.operation_message import (
    WireReceiptList,
    receipts_from,
    wire_receipts,
)
from cport_desktop.formats.report_message import report_from_sound
from cport_desktop.formats.sealed_message import LONGEST_MESSAGE, digest
from cport_desktop.formats.strict_json import decode, require_sound
from cport_desktop.formats.wire_bounds import utc


class WireHotline(msgspec.Struct, rename="camel", gc=False):
    hotline_id: bounds.Identifier
    name: bounds.Name
    country_code: bounds.Country
    contact: bounds.Name | None = None


class WireKind(msgspec.Struct, gc=False):
    """Only as much of a change as tells what the rest is."""

    kind: bounds.NonEmpty


class WireReportChange(msgspec.Struct, rename="camel"):
    kind: Literal["new", "corrected"]
    report: msgspec.Raw
    reason: bounds.Reason | None = None


class WireWithdrawal(msgspec.Struct, rename="camel", gc=False):
    kind: Literal["withdrawn"]
    report_id: bounds.Identifier
    date: bounds.Moment
    reason: bounds.Reason | None = None


class WireBatch(msgspec.Struct, rename="camel"):
    schema: Literal[1]
    kind: Literal["batch"]
    portal: bounds.Label
    station: bounds.Label
    nature: Nature
    issued_at: bounds.Moment
    cursor: bounds.NonEmpty | None
    next_cursor: bounds.NonEmpty
    is_last: bool
    remaining: bounds.Count
    hotlines: Annotated[tuple[WireHotline, ...], Meta(max_length=bounds.MOST_HOTLINES)] = ()
    changes: Annotated[tuple[msgspec.Raw, ...], Meta(max_length=bounds.MOST_CHANGES)] = ()
    receipts: WireReceiptList = ()


_BATCH = msgspec.json.Decoder(WireBatch)
_KIND = msgspec.json.Decoder(WireKind)
_REPORT_CHANGE = msgspec.json.Decoder(WireReportChange)
_WITHDRAWAL = msgspec.json.Decoder(WireWithdrawal)

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
        cursor=None if wire.cursor is None else Cursor(wire.cursor),
        next_cursor=Cursor(wire.next_cursor),
        is_last=wire.is_last,
        remaining=wire.remaining,
        hotlines=tuple(_hotline(hotline) for hotline in wire.hotlines),
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
            schema=1,
            kind="batch",
            portal=batch.portal,
            station=batch.station,
            nature=batch.nature,
            issued_at=batch.issued_at,
            cursor=batch.cursor,
            next_cursor=batch.next_cursor,
            is_last=batch.is_last,
            remaining=batch.remaining,
            hotlines=tuple(_wire_hotline(hotline) for hotline in batch.hotlines),
            changes=tuple(_wire_change(change) for change in batch.changes),
            receipts=wire_receipts(batch.receipts),
        )
    )


def _changes(raws: Sequence[msgspec.Raw]) -> tuple[Change, ...]:
    return tuple(_change(raw, f"$.changes[{index}]") for index, raw in enumerate(raws))


def _change(raw: msgspec.Raw, where: str) -> Change:
    kind = decode(_KIND, raw, where).kind
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


def _hotline(wire: WireHotline) -> Hotline:
    return Hotline(
        hotline_id=HotlineId(wire.hotline_id),
        name=wire.name,
        country=wire.country_code,
        contact=wire.contact,
    )


def _wire_hotline(hotline: Hotline) -> WireHotline:
    return WireHotline(hotline.hotline_id, hotline.name, hotline.country, hotline.contact)


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
        case UnknownChange():
            return msgspec.Raw(change.document)


def _wire_report_change(change: ReportChange) -> WireReportChange:
    return WireReportChange(
        kind="corrected" if change.status is ReportStatus.CORRECTED else "new",
        report=msgspec.Raw(change.document),
        reason=change.reason,
    )
