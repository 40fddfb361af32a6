"""What is carried on removable media between a station and its portal.

A bundle is one half of an exchange. It holds members (messages and files) and a manifest that
says which, in what order, and what its sender holds already. Bundles of each direction are
numbered from 1; each names its predecessor.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from cport_desktop.domain.batch import Position
from cport_desktop.domain.ids import MediaId, PortalId, StationId
from cport_desktop.domain.nature import Nature

BundleId = NewType("BundleId", str)
"""32 lower-case hex digits, random; says nothing about what is inside."""


class Heading(StrEnum):
    """For whom a bundle is; the value stands in its clear header."""

    PORTAL = "P"
    STATION = "S"


class MemberKind(StrEnum):
    """What a member is. A word of a later version is passed over."""

    OPERATIONS = "operations"
    """What analysts did, as on the other road; signed by the station."""
    ANCHOR = "anchor"
    """A head of the station's audit log; signed by the station."""
    WANTED = "wanted"
    """Which files the station lacks; signed by the station."""
    IN_HAND = "inHand"
    """What analysts have in hand; signed by the station."""
    RECEIPTS = "receipts"
    BATCH = "batch"
    """A link of the station's chain, as on the other road, to the byte."""
    STANDING = "standing"
    ANCHORED = "anchored"
    ELSEWHERE = "inHandElsewhere"
    """What the agency's other stations have in hand."""
    MEDIA = "media"
    """Bytes of a media file, from `start` to its end."""


@dataclass(frozen=True, slots=True)
class Member:
    """`kind` is a word of `MemberKind`, or of a later version. `sequence`: of a batch or a standing.
    `media` and `start`: of a file's bytes.
    """

    kind: str
    size: int
    sha256: str
    sequence: int | None = None
    media: MediaId | None = None
    start: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle holds. `position`: up to where the sender holds the stream of changes; None from
    a portal. `answers`: the sequence of the station's bundle that this one answers; None from a
    station. `previous`: digest of the manifest before it; `digest`: of this one's payload.
    """

    bundle: BundleId
    heading: Heading
    portal: PortalId
    station: StationId
    nature: Nature
    sequence: int
    previous: str | None
    issued_at: datetime
    position: Position | None
    answers: int | None
    members: tuple[Member, ...]
    digest: str = ""

    @property
    def size(self) -> int:
        """Bytes of all members."""
        return sum(member.size for member in self.members)


@dataclass(frozen=True, slots=True)
class PartHeader:
    """What everybody can read of a part: `part` of `parts`, from 1. `key_id` names the key that it is
    sealed to.
    """

    heading: Heading
    bundle: BundleId
    part: int
    parts: int
    key_id: str


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A file that the station lacks; `here`: how many bytes from its beginning it has."""

    media: MediaId
    here: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """`limit`: bytes of files that the station asks for at most; None: as many as there are."""

    station: StationId
    limit: int | None
    files: tuple[WantedFile, ...]


MOST_MEMBERS: Final = 20_000
"""Members of one bundle: four million changes in batches of 200. Its manifest has two MB then."""

MOST_PARTS: Final = 9_999
