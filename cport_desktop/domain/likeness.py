"""By what pictures and videos are like each other, and the stacks that they form.

Digests are plain numbers here; how they are taken is the confined child's affair, and how many are
compared at once that of `matching`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from cport_desktop.domain.ids import MediaId

SIMILAR_PDQ: Final = 31
"""Bits by which two PDQ digests of one picture differ at most (domain.md 4.4)."""
SIMILAR_DCT: Final = 6
"""Bits by which two pHash digests of one picture differ at most (domain.md 4.4)."""
COMPARABLE_QUALITY: Final = 50
"""Below this PDQ quality a picture is too plain to be compared (domain.md 4.4)."""
SIMILAR_FRAMES: Final = 80
"""Percent of a video's comparable frames that another one must have (vPDQ, domain.md 4.4)."""

DCT_BITS: Final = 64
PDQ_BYTES: Final = 32
SEGMENT: Final = 1 << 16
"""Numbers of contents, one behind the other, that one packed index covers: an erasure takes away
the indexes of those ranges in which something was, and no others."""


class Turn(StrEnum):
    """A way round of a picture, out of the eight that leave it a rectangle."""

    UPRIGHT = "upright"
    QUARTER = "quarter"
    HALF = "half"
    THREE_QUARTERS = "three_quarters"
    FLIPPED = "flipped"
    MIRRORED = "mirrored"
    TRANSPOSED = "transposed"
    TRANSVERSED = "transversed"


TURNS: Final = tuple(Turn)
"""In the order in which PDQ's reference gives the eight; the first is the picture as it is."""


@dataclass(frozen=True, slots=True)
class FrameSign:
    """What a frame of a video is compared by: its moment, PDQ quality, and PDQ (64 hex digits)."""

    at_ms: int
    quality: int
    perceptual_hash: str


class Because(StrEnum):
    """Why two contents are in one stack, from the surest to the least."""

    SAME_BYTES = "same_bytes"
    """Several items, one SHA-256."""
    PERSON = "person"
    """Somebody put them together."""
    PDQ = "pdq"
    """Their PDQ digests are within `SIMILAR_PDQ` bits, the same way round."""
    PDQ_TURNED = "pdq_turned"
    """As above, but mirrored or turned."""
    VIDEO = "video"
    """`SIMILAR_FRAMES` percent of the frames of one are in the other."""
    DCT = "dct"
    """Only their pHash digests are near: shown as like, never stacked by itself."""


@dataclass(frozen=True, slots=True)
class Similar:
    """An item that is like the one asked about. `distance` in bits; of a video `share` of frames in
    percent, and the mean distance of those.
    """

    media_id: MediaId
    because: Because
    distance: int
    turn: Turn = Turn.UPRIGHT
    share: int | None = None


@dataclass(frozen=True, slots=True)
class StackMember:
    """One content of a stack, by the newest item that has it; `items`: how many have it.

    `near`, `because`, `distance`, `turn`: through which other member it came in, and how like they
    are; None for the one that the stack began with.
    """

    media_id: MediaId
    items: int
    near: MediaId | None
    because: Because | None
    distance: int
    turn: Turn
    placed_by: str | None
    placed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Stack:
    """`stack_id`: its lead, the item that stands for it. `contents` differ in their bytes; `items`
    counts all media items, `reports` all reports that have one.
    """

    stack_id: MediaId
    contents: int
    items: int
    reports: int
    decided_reports: int
