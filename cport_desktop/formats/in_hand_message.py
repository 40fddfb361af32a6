"""What a station has in hand, on its way to the portal; and what others have, on its way back.

    {"schema":2,"kind":"inHand","station":…,"saidAt":…,"entries":[
      {"reportId":884179,"kind":"lease","analyst":"analyst-3f9a01bc","since":…,"until":…},
      {"reportId":884180,"kind":"assignment","analyst":"analyst-3f9a01bc","since":…,"until":null}]}

    {"schema":2,"kind":"inHandElsewhere","portal":…,"station":…,"nature":"demo","issuedAt":…,
     "entries":[{"station":"station-2","toldAt":…,"reportId":…,"kind":…,…}]}

The request is plain JSON by the network (its signature is the request's own), in a signed envelope by
removable media; the answer comes sealed. An entry of a kind that the reader does not know is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from cport_desktop.domain.ids import Actor, PortalId, ReportId, StationId
from cport_desktop.domain.in_hand import (
    MOST_TOLD,
    HandKind,
    InHand,
    InHandElsewhere,
    InHandHere,
    ToldElsewhere,
)
from cport_desktop.domain.nature import Nature
from cport_desktop.errors import MalformedMessage
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.sealed_message import LONGEST_MESSAGE
from cport_desktop.formats.strict_json import decode, require_sound
from cport_desktop.formats.wire_bounds import utc

Analyst = Annotated[str, Meta(min_length=1, max_length=bounds.LONGEST_NAME)]


class WireInHand(msgspec.Struct, rename="camel", gc=False):
    report_id: bounds.Identifier
    kind: bounds.NonEmpty
    analyst: Analyst
    since: bounds.Moment
    until: bounds.Moment | None = None


class WireToldElsewhere(msgspec.Struct, rename="camel", gc=False):
    station: bounds.Label
    told_at: bounds.Moment
    report_id: bounds.Identifier
    kind: bounds.NonEmpty
    analyst: Analyst
    since: bounds.Moment
    until: bounds.Moment | None = None


class WireInHandHere(msgspec.Struct, rename="camel"):
    schema: Literal[2]
    kind: Literal["inHand"]
    station: bounds.Label
    said_at: bounds.Moment
    entries: Annotated[tuple[WireInHand, ...], Meta(max_length=MOST_TOLD)]


class WireInHandElsewhere(msgspec.Struct, rename="camel"):
    schema: Literal[2]
    kind: Literal["inHandElsewhere"]
    portal: bounds.Label
    station: bounds.Label
    nature: Nature
    issued_at: bounds.Moment
    entries: Annotated[tuple[WireToldElsewhere, ...], Meta(max_length=MOST_TOLD)]


_HERE = msgspec.json.Decoder(WireInHandHere)
_ELSEWHERE = msgspec.json.Decoder(WireInHandElsewhere)


def print_in_hand(told: InHandHere) -> bytes:
    """The body with which a station tells what it has in hand."""
    return msgspec.json.encode(
        WireInHandHere(
            schema=2,
            kind="inHand",
            station=told.station,
            said_at=told.said_at,
            entries=tuple(
                WireInHand(each.report_id, each.kind.value, each.analyst, each.since, each.until)
                for each in told.entries
            ),
        )
    )


def parse_in_hand(untrusted: bytes) -> InHandHere:
    """What a station tells (the gateway's side).

    Raises:
        MalformedMessage, MessageTooLarge: if it is no such message.
    """
    require_sound(untrusted, limit=LONGEST_MESSAGE)
    wire = decode(_HERE, untrusted, "$")
    return InHandHere(
        station=StationId(wire.station),
        said_at=utc(wire.said_at, "$.saidAt"),
        entries=tuple(_known(wire.entries)),
    )


def print_elsewhere(told: InHandElsewhere) -> bytes:
    """The payload that tells of other stations, not yet sealed."""
    return msgspec.json.encode(
        WireInHandElsewhere(
            schema=2,
            kind="inHandElsewhere",
            portal=told.portal,
            station=told.station,
            nature=told.nature,
            issued_at=told.issued_at,
            entries=tuple(
                WireToldElsewhere(
                    each.station,
                    each.told_at,
                    each.entry.report_id,
                    each.entry.kind.value,
                    each.entry.analyst,
                    each.entry.since,
                    each.entry.until,
                )
                for each in told.entries
            ),
        )
    )


def parse_elsewhere(payload: bytes) -> InHandElsewhere:
    """What an unsealed payload tells of other stations.

    Raises:
        MalformedMessage, MessageTooLarge: if it is no such payload.
    """
    require_sound(payload, limit=LONGEST_MESSAGE)
    wire = decode(_ELSEWHERE, payload, "$")
    told = [
        ToldElsewhere(StationId(each.station), utc(each.told_at, "$.entries[...].toldAt"), entry)
        for each in wire.entries
        for entry in _known([each])
    ]
    return InHandElsewhere(
        portal=PortalId(wire.portal),
        station=StationId(wire.station),
        nature=wire.nature,
        issued_at=utc(wire.issued_at, "$.issuedAt"),
        entries=tuple(told),
    )


_KINDS = frozenset(HandKind)


def _known(entries: Iterable[WireInHand | WireToldElsewhere]) -> Iterable[InHand]:
    for each in entries:
        if each.kind not in _KINDS:
            continue
        kind = HandKind(each.kind)
        if (each.until is None) is (kind is HandKind.LEASE):
            cause = "missing of a lease, or there of an assignment"
            raise MalformedMessage(where="$.entries[...].until", cause=cause)
        until = None if each.until is None else utc(each.until, "$.entries[...].until")
        since = utc(each.since, "$.entries[...].since")
        yield InHand(ReportId(each.report_id), kind, Actor(each.analyst), since, until)
