"""What is seen and heard of a video, an animation or a sound while somebody looks: frames, a strip,
pieces of sound. All of it came out of a confined child, at the level that was granted.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import Picture

SOUND_RATE: Final = 48_000
"""Samples a second of whatever sound a child hands over."""


@dataclass(frozen=True, slots=True)
class Moving:
    """`duration_ms` as the container states it, 0 where it does not; `width` and `height` as they
    are, upright; `frame_rate` on average, in frames a second.
    """

    duration_ms: int
    width: int
    height: int
    frame_rate: float
    has_picture: bool
    has_sound: bool


class Step(StrEnum):
    """Which frame is meant by a moment."""

    AT = "at"
    """The one that is on the screen at the moment: exact, and as slow as decoding up to it."""
    KEY = "key"
    """The keyframe nearest to the moment: quick, for dragging along."""
    NEXT = "next"
    """The one behind the last that was handed over; the moment plays no part."""
    PREVIOUS = "previous"
    """The one before the last that was handed over; the moment plays no part."""


@dataclass(frozen=True, slots=True)
class MovingFrame:
    """A frame at the level granted, `at_ms` from the beginning, on the screen for `lasts_ms`."""

    at_ms: int
    lasts_ms: int
    picture: Picture


@dataclass(frozen=True, slots=True)
class SoundGrant:
    """Permission to hear one item once, for some seconds. It exists only after its audit entry
    (`audit_sequence`) was durably written; a look gives no right to listen.
    """

    media_id: MediaId
    seconds: float
    audit_sequence: int


@dataclass(frozen=True, slots=True)
class Sound:
    """`samples`: 16 bits, signed, little endian, `channels` (1 or 2) interleaved, `SOUND_RATE`."""

    start_ms: int
    channels: int
    samples: bytes

    @property
    def lasts_ms(self) -> int:
        return len(self.samples) * 1000 // (2 * self.channels * SOUND_RATE)
