"""What is said of the parts of an update: beside each target of the signed metadata, and in the list of
revocations (docs/formats/update_bundle.md).

{"part":"suffixes","version":"2026-11-18","day":"2026-11-18"}
{"version":"3","below":"0.2","versions":["0.2.3"],"signers":["<SHA-256 of a certificate, in hex>"]}
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from cport_desktop.domain.updates import VERSION, Part, PartKind, Revocations
from cport_desktop.errors import MalformedMessage
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.strict_json import decode, require_sound

LONGEST_REVOCATIONS: Final = 1024 * 1024
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_PLATFORM: Final = re.compile(r"[a-z0-9]+(-[a-z0-9_]+){1,2}")


class WirePart(msgspec.Struct):
    part: str
    version: Annotated[str, Meta(min_length=1, max_length=64)]
    day: date
    name: bounds.Name = ""
    source: bounds.Name = ""
    platform: str = ""
    schema: Annotated[int, Meta(ge=0, le=100_000)] = 0
    is_negative: bool = msgspec.field(name="negative", default=False)


class WireRevocations(msgspec.Struct):
    version: bounds.NonEmpty
    below: str = ""
    versions: Annotated[tuple[str, ...], Meta(max_length=1_000)] = ()
    signers: Annotated[tuple[str, ...], Meta(max_length=10_000)] = ()


class WireKept(msgspec.Struct):
    """A part as it is noted where it is kept."""

    kind: str
    version: str
    day: date | None
    sha256: str
    size: int
    name: str = ""
    source: str = ""
    platform: str = ""
    schema: int = 0
    is_negative: bool = False


_REVOCATIONS: Final = msgspec.json.Decoder(WireRevocations)
_KEPT: Final = msgspec.json.Decoder(tuple[WireKept, ...])
LONGEST_NOTE: Final = 1024 * 1024


def part_of(untrusted: object, *, sha256: str, size: int) -> Part | None:
    """What the signed words beside a target say; None for a kind that a later version may know.

    Raises:
        MalformedMessage: they are no such words.
    """
    try:
        wire = msgspec.convert(untrusted, WirePart)
    except msgspec.ValidationError as error:
        raise MalformedMessage(where="$.targets", cause="no part") from error
    if wire.part not in set(PartKind):
        return None
    kind = PartKind(wire.part)
    is_application = kind is PartKind.APPLICATION
    if is_application != bool(wire.platform) or (kind is PartKind.HASH_LIST) != bool(wire.name):
        raise MalformedMessage(where="$.targets", cause="a part that is not told apart")
    if is_application and not (
        VERSION.fullmatch(wire.version) and _PLATFORM.fullmatch(wire.platform)
    ):
        raise MalformedMessage(where="$.targets", cause="no version of an application")
    return Part(
        kind,
        wire.version,
        wire.day,
        sha256,
        size,
        wire.name,
        wire.source,
        wire.platform,
        wire.schema,
        wire.is_negative,
    )


def parse_revocations(untrusted: bytes) -> Revocations:
    """Raises:
    MalformedMessage, MessageTooLarge: they are none.
    """
    require_sound(untrusted, limit=LONGEST_REVOCATIONS)
    wire = decode(_REVOCATIONS, untrusted, "$")
    versions = (*wire.versions, *filter(None, (wire.below,)))
    if not all(VERSION.fullmatch(each) for each in versions):
        raise MalformedMessage(where="$.versions", cause="no version of an application")
    if not all(_DIGEST.fullmatch(each) for each in wire.signers):
        raise MalformedMessage(where="$.signers", cause="no digest")
    return Revocations(wire.below, frozenset(wire.versions), frozenset(wire.signers))


def print_revocations(revocations: Revocations) -> bytes:
    """As `parse_revocations` reads it; of no version, since it is the sum of several."""
    wire = WireRevocations(
        "sum",
        revocations.below,
        tuple(sorted(revocations.versions)),
        tuple(sorted(revocations.signers)),
    )
    return msgspec.json.encode(wire)


def print_parts(parts: Iterable[Part]) -> bytes:
    """A note of what is kept, as `parse_parts` reads it."""
    return msgspec.json.encode(
        [
            WireKept(
                part.kind.value,
                part.version,
                part.day,
                part.sha256,
                part.size,
                part.name,
                part.source,
                part.platform,
                part.schema,
                part.is_negative,
            )
            for part in parts
        ]
    )


def parse_parts(untrusted: bytes) -> tuple[Part, ...]:
    """Raises:
    MalformedMessage, MessageTooLarge: it is no such note.
    """
    require_sound(untrusted, limit=LONGEST_NOTE)
    kinds = set(PartKind)
    return tuple(
        Part(
            PartKind(wire.kind),
            wire.version,
            wire.day,
            wire.sha256,
            wire.size,
            wire.name,
            wire.source,
            wire.platform,
            wire.schema,
            wire.is_negative,
        )
        for wire in decode(_KEPT, untrusted, "$")
        if wire.kind in kinds
    )
