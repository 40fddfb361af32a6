"""The manifest of a courier bundle, as JSON within a signed envelope, and what a station lacks:

    {"schema":2,"kind":"bundle","bundle":"<32 hex>","heading":"S","portal":…,"station":…,
     "nature":"demo","sequence":3,"previous":"<hex>"|null,"issuedAt":…,
     "position":{"sequence":10,"digest":"<hex>","cursor":…}|null,"answers":7|null,
     "members":[{"kind":"batch","size":48213,"sha256":"<hex>","sequence":11},
                {"kind":"media","size":99184,"sha256":"<hex>","media":501,"start":0}]}

    {"schema":2,"kind":"wanted","station":…,"limit":50000000|null,
     "files":[{"media":501,"here":0}]}

No member has a name, so nothing in a bundle can point to a place in a file system.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from cport_desktop.domain.batch import Position
from cport_desktop.domain.courier import (
    MOST_MEMBERS,
    BundleId,
    Heading,
    Manifest,
    Member,
    Wanted,
    WantedFile,
)
from cport_desktop.domain.ids import Cursor, MediaId, PortalId, StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.errors import BundleMalformed
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.sealed_message import digest
from cport_desktop.formats.strict_json import decode, require_sound
from cport_desktop.formats.wire_bounds import utc

LONGEST_MANIFEST = 8 * 1024 * 1024
"""Bytes, signed and packed or not; the fullest honest one has some three million."""

MOST_WANTED = 10_000
"""Files that one bundle asks for by number: what is asked for most is asked for first."""

Size = Annotated[int, Meta(ge=0, le=bounds.LARGEST_FILE)]
Hex32 = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
Number = Annotated[int, Meta(ge=1, le=bounds.LARGEST_ID)]


class WireMember(msgspec.Struct, rename="camel", gc=False, omit_defaults=True):
    kind: bounds.NonEmpty
    size: Size
    sha256: bounds.Sha256
    sequence: bounds.Count | None = None
    media: bounds.Identifier | None = None
    start: Size = 0


class WirePosition(msgspec.Struct, rename="camel", gc=False):
    sequence: bounds.Count
    digest: bounds.Sha256 | None
    cursor: bounds.Reference | None


class WireManifest(msgspec.Struct, rename="camel"):
    schema: Literal[2]
    kind: Literal["bundle"]
    bundle: Hex32
    heading: Heading
    portal: bounds.Label
    station: bounds.Label
    nature: Nature
    sequence: Number
    previous: bounds.Sha256 | None
    issued_at: bounds.Moment
    position: WirePosition | None
    answers: Number | None
    members: Annotated[tuple[WireMember, ...], Meta(max_length=MOST_MEMBERS)]


class WireWantedFile(msgspec.Struct, rename="camel", gc=False):
    media: bounds.Identifier
    here: Size


class WireWanted(msgspec.Struct, rename="camel"):
    schema: Literal[2]
    kind: Literal["wanted"]
    station: bounds.Label
    limit: Annotated[int, Meta(ge=0, le=bounds.LARGEST_ID)] | None
    files: Annotated[tuple[WireWantedFile, ...], Meta(max_length=MOST_WANTED)]


_MANIFEST = msgspec.json.Decoder(WireManifest)
_WANTED = msgspec.json.Decoder(WireWanted)


def print_manifest(manifest: Manifest) -> bytes:
    """The payload, not yet signed."""
    position = manifest.position
    return msgspec.json.encode(
        WireManifest(
            schema=2,
            kind="bundle",
            bundle=manifest.bundle,
            heading=manifest.heading,
            portal=manifest.portal,
            station=manifest.station,
            nature=manifest.nature,
            sequence=manifest.sequence,
            previous=manifest.previous,
            issued_at=manifest.issued_at,
            position=None
            if position is None
            else WirePosition(position.sequence, position.digest, position.cursor),
            answers=manifest.answers,
            members=tuple(
                WireMember(
                    member.kind,
                    member.size,
                    member.sha256,
                    member.sequence,
                    member.media,
                    member.start,
                )
                for member in manifest.members
            ),
        )
    )


def parse_manifest(payload: bytes) -> Manifest:
    """What a payload lists; whether it is signed by the right one is asked elsewhere.

    Raises:
        MalformedMessage, MessageTooLarge: it is no manifest.
        BundleMalformed: a member lacks what its kind needs.
    """
    require_sound(payload, limit=LONGEST_MANIFEST)
    wire = decode(_MANIFEST, payload, "$")
    return Manifest(
        bundle=BundleId(wire.bundle),
        heading=wire.heading,
        portal=PortalId(wire.portal),
        station=StationId(wire.station),
        nature=wire.nature,
        sequence=wire.sequence,
        previous=wire.previous,
        issued_at=utc(wire.issued_at, "$.issuedAt"),
        position=None if wire.position is None else _position(wire.position),
        answers=wire.answers,
        members=tuple(_member(member) for member in wire.members),
        digest=digest(payload),
    )


def print_wanted(wanted: Wanted) -> bytes:
    """The payload, not yet signed."""
    files = tuple(WireWantedFile(file.media, file.here) for file in wanted.files)
    return msgspec.json.encode(WireWanted(2, "wanted", wanted.station, wanted.limit, files))


def parse_wanted(payload: bytes) -> Wanted:
    """What a station lacks (the gateway's side).

    Raises:
        MalformedMessage, MessageTooLarge: it is no such message.
    """
    require_sound(payload, limit=LONGEST_MANIFEST)
    wire = decode(_WANTED, payload, "$")
    files = tuple(WantedFile(MediaId(file.media), file.here) for file in wire.files)
    return Wanted(StationId(wire.station), wire.limit, files)


def _position(wire: WirePosition) -> Position:
    cursor = None if wire.cursor is None else Cursor(wire.cursor)
    return Position(wire.sequence, wire.digest, cursor)


def _member(wire: WireMember) -> Member:
    if wire.kind in ("batch", "standing") and wire.sequence is None:
        raise BundleMalformed(cause=f"a {wire.kind} without its sequence")
    if wire.kind == "media" and wire.media is None:
        raise BundleMalformed(cause="a file without its number")
    media = None if wire.media is None else MediaId(wire.media)
    return Member(wire.kind, wire.size, wire.sha256, wire.sequence, media, wire.start)
