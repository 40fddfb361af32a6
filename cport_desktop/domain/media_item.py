"""A media item: a captured file, its digests, and what a confined child found in it.

Nothing here is decoded: pictures are bounded blocks of pixels that a child handed over.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from cport_desktop.domain.digest import Digests
from cport_desktop.domain.ids import Actor, MediaId, ReportId, VaultId
from cport_desktop.domain.likeness import FrameSign


class MediaKind(StrEnum):
    """Recognised by content, never by name."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    OTHER = "other"


def announced_kind(declared_type: str | None) -> MediaKind:
    """What the portal said that a file is; what it really is shows only when it is here."""
    stated = (declared_type or "").partition("/")[0].lower()
    return MediaKind(stated) if stated in set(MediaKind) else MediaKind.OTHER


class MediaState(StrEnum):
    """Where the file is on its way into the vault."""

    WANTED = "wanted"
    """Announced by the portal; no byte or only a part of it is here."""
    HELD = "held"
    """All bytes are here, their digest is the one announced, and they were examined."""
    REFUSED = "refused"
    """The portal's bytes are not those it announced; nothing was kept."""


class CannotShow(StrEnum):
    """Why a file that is held cannot be shown. Every one is a sentence in `words`."""

    NOT_MEDIA = "not_media"
    """Neither a picture nor a video of a kind that is decoded here."""
    FORMAT_REFUSED = "format_refused"
    """A format that is recognised but not decoded by default."""
    CORRUPT = "corrupt"
    """The decoder met something that the format does not allow."""
    TRUNCATED = "truncated"
    """The file ends before its format says it should."""
    TOO_LARGE = "too_large"
    """More pixels than the budget allows."""
    AUDIO_ONLY = "audio_only"
    """Sound without a picture."""
    CHILD_DIED = "child_died"
    """The confined child crashed or was killed over it."""
    CHILD_HUNG = "child_hung"
    """The confined child made no progress within its budget."""
    CHILD_BREACH = "child_breach"
    """The confined child answered something the protocol does not allow."""


class OptionalFormat(StrEnum):
    """Formats that are decoded only where the unit wants them: their decoders are large, young or
    seldom looked after, so that a fault in one is more likely.
    """

    HEIC = "heic"
    JPEG_2000 = "jp2"


@dataclass(frozen=True, slots=True)
class Picture:
    """Raw pixels: row by row, `channels` bytes each (1 grey, 3 RGB), no padding."""

    width: int
    height: int
    channels: int
    pixels: bytes

    def __post_init__(self) -> None:
        if len(self.pixels) != self.width * self.height * self.channels:
            raise ValueError("pixel block does not fit its stated size")


@dataclass(frozen=True, slots=True)
class Examination:
    """What the child could say of a file, every part bounded.

    `veil` is an even grey haze of at most 16 by 12 samples; `blurred` (grey, blurred) and
    `thumbnail` (RGB) at most 200 by 200. `perceptual_hash` (PDQ, 256 bits as 64 hex digits) and
    `dct_hash` (pHash, 64 bits as 16 hex digits) are None where the picture is too plain to compare.
    `quality` is PDQ's, 0 to 100. `turned`: PDQ of the seven other ways round (`likeness.TURNS[1:]`),
    or nothing. `frames`: of a video, those that can be compared. `pictures`: of an animation.
    `facts` are short plain-text pairs from the file's own metadata.
    """

    kind: MediaKind
    format: str | None
    width: int | None
    height: int | None
    duration_ms: int | None
    veil: Picture | None
    thumbnail: Picture | None
    perceptual_hash: str | None
    quality: int | None
    dct_hash: str | None
    cannot_show: CannotShow | None
    facts: tuple[tuple[str, str], ...] = ()
    blurred: Picture | None = None
    turned: tuple[str, ...] = ()
    frames: tuple[FrameSign, ...] = ()
    pictures: int | None = None
    has_sound: bool | None = None


class RevealLevel(StrEnum):
    """How much a reveal shows, from least to most. Whether colours are taken away and whether it is
    blurred are two matters: a blurred look in colour is there too, and counts as one in full
    colour wherever an agreement is asked.
    """

    BLURRED = "blurred"
    """Grey and blurred."""
    SMALL_GREY = "small_grey"
    """Grey, as small as a thumbnail, and shown no larger."""
    GREY = "grey"
    BLURRED_COLOUR = "blurred_colour"
    """In colour and blurred, made from the thumbnail."""
    FULL = "full"


_NOBODY: Final = Actor("")
_NO_VAULT: Final = VaultId("")


@dataclass(frozen=True, slots=True)
class RevealGrant:
    """Permission to show one item once, for some seconds, at one level.

    It exists only after its audit entry (`audit_sequence`) was durably written; the child
    hands out more than a veil and a thumbnail only against a grant. `analyst`, `reason` (where one
    was stated), `vault` and `mark` are the clear room's, which gives grants: one without its
    random mark is made up, and opens nothing there.
    """

    media_id: MediaId
    level: RevealLevel
    seconds: float
    audit_sequence: int
    analyst: Actor = _NOBODY
    reason: str | None = None
    vault: VaultId = _NO_VAULT
    mark: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class MediaItem:
    """One media item as the vault knows it."""

    media_id: MediaId
    state: MediaState
    size: int
    announced_sha256: str
    file_name: str | None
    declared_type: str | None
    kind: MediaKind | None
    format: str | None
    width: int | None
    height: int | None
    duration_ms: int | None
    digests: Digests | None
    perceptual_hash: str | None
    quality: int | None
    dct_hash: str | None
    cannot_show: CannotShow | None
    refusal: str | None
    bytes_here: int
    duplicates: int
    """How many other media items of this vault have the same bytes."""
    reports: tuple[ReportId, ...]
    facts: tuple[tuple[str, str], ...]
    held_at: datetime | None
    pictures: int | None = None
    """Of an animation or a file of several pages: two or more."""
    has_sound: bool | None = None

    @property
    def is_played(self) -> bool:
        """It moves or sounds: a look at it goes over a stretch of time, and what it gives comes from a
        file that stays open in a confined child.
        """
        if self.kind is MediaKind.AUDIO:
            return self.cannot_show is CannotShow.AUDIO_ONLY
        is_moving = self.kind is MediaKind.VIDEO or (self.pictures or 1) > 1
        return self.cannot_show is None and is_moving
