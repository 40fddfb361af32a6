"""A film in memory, a sound device that hears by the test's clock, and notes of what was asked."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from cport_desktop.clock import SteppingClock
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import CannotShow, Picture, RevealGrant, RevealLevel
from cport_desktop.domain.moving import Moving, MovingFrame, Sound, SoundGrant, Step
from cport_desktop.errors import CportError
from cport_desktop.ui.playing import OpenItem, OpenOrder, Playing, Speaker

LENGTH_MS = 3_000
FRAME_MS = 50
KEY_MS = 500
SECONDS = 30.0


def colour_of(at_ms: int) -> tuple[int, int, int]:
    """Another for each frame, and none that the window has."""
    number = at_ms // FRAME_MS
    return (255, 4 * number, 200)


@dataclass
class MemoryFilm:
    """Three seconds, twenty frames each, a keyframe every half second; the sound of each moment is the
    number of its millisecond. Notes every question.
    """

    grant: RevealGrant
    notes: MemoryPlaying
    has_picture: bool = True

    @property
    def moving(self) -> Moving:
        return Moving(
            LENGTH_MS, 160, 120, 20.0, has_picture=self.has_picture, has_sound=self.notes.has_sound
        )

    def frame(self, at_ms: int, step: Step) -> MovingFrame | CannotShow | None:
        self.notes.may_answer.wait(10)
        self.notes.frames.append((at_ms, step))
        if self.notes.fault is not None:
            return self._failed(self.notes.fault)
        assert step in (Step.AT, Step.KEY)
        grid = KEY_MS if step is Step.KEY else FRAME_MS
        start = min(max(0, at_ms), LENGTH_MS - FRAME_MS) // grid * grid
        return MovingFrame(start, FRAME_MS, Picture(8, 6, 3, bytes(colour_of(start)) * 48))

    def strip(self, count: int) -> tuple[MovingFrame, ...]:
        self.notes.strips.append(count)
        places = range(0, LENGTH_MS, LENGTH_MS // count)
        return tuple(
            MovingFrame(at, FRAME_MS, Picture(8, 6, 3, bytes(colour_of(at)) * 48)) for at in places
        )

    def sound(self, grant: SoundGrant, start_ms: int, length_ms: int) -> Sound | CannotShow | None:
        assert grant in self.notes.listened
        self.notes.sounds.append((start_ms, length_ms))
        if self.notes.sound_fault is not None:
            return self.notes.sound_fault
        left = min(length_ms, self.notes.sound_ms - start_ms)
        moments = (number.to_bytes(2, "little") * 48 for number in range(start_ms, start_ms + left))
        return Sound(start_ms, 1, b"".join(moments)) if left > 0 else None

    def _failed(self, fault: CannotShow | CportError) -> CannotShow:
        if isinstance(fault, CportError):
            raise fault
        return fault


class MemorySpeaker:
    """Hears what it was given as fast as the clock goes; has room for 60 ms."""

    def __init__(self, clock: SteppingClock) -> None:
        self._clock = clock
        self._began = 0.0
        self._given = 0
        self.heard: list[int] = []
        """Milliseconds of the film that were given to it."""
        self.volume = 0.0
        self.is_on = False
        self.stands_still = False
        self.starts = True

    def begin(self, channels: int, volume: float) -> bool:
        self.volume, self._given, self.is_on = volume, 0, self.starts
        self._began = self._clock.monotonic()
        return self.starts

    def give(self, samples: bytes) -> int:
        room = max(0, self.heard_ms() + 60 - self._given)
        taken = min(room, len(samples) // 96)
        self.heard += [
            int.from_bytes(samples[at * 96 : at * 96 + 2], "little") for at in range(taken)
        ]
        self._given += taken
        return taken * 96

    def heard_ms(self) -> int:
        if self.stands_still or not self.is_on:
            return 0
        return min(self._given, round((self._clock.monotonic() - self._began) * 1000))

    def set_volume(self, volume: float) -> None:
        self.volume = volume

    def stop(self) -> None:
        self.is_on = False
        self._given = 0


@dataclass
class MemoryPlaying:
    """Answers the intentions of `ui.playing`; `numbers` are those of the look that a grant stands on."""

    clock: SteppingClock
    has_sound: bool = True
    has_picture: bool = True
    sound_ms: int = LENGTH_MS
    fault: CannotShow | CportError | None = None
    open_fault: CannotShow | CportError | None = None
    sound_fault: CannotShow | None = None
    listen_fault: CportError | None = None
    speaker: MemorySpeaker | None = None
    other_by_now: set[MediaId] = field(default_factory=set)
    """Items that were changed, withdrawn or erased since they were shown."""
    opens: list[tuple[MediaId, RevealLevel, OpenOrder]] = field(default_factory=list)
    frames: list[tuple[int, Step]] = field(default_factory=list)
    strips: list[int] = field(default_factory=list)
    sounds: list[tuple[int, int]] = field(default_factory=list)
    listened: list[SoundGrant] = field(default_factory=list)
    ends: list[tuple[float, float]] = field(default_factory=list)
    may_answer: threading.Event = field(default_factory=threading.Event)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(9_000))

    def __post_init__(self) -> None:
        self.may_answer.set()

    def intentions(self) -> Playing:
        return Playing(
            SECONDS,
            self._open,
            self._listen,
            self._end,
            self._find_speaker,
            lambda item: item.media_id not in self.other_by_now,
        )

    def advance(self, milliseconds: float) -> None:
        self.clock.advance(timedelta(milliseconds=milliseconds))

    def _open(
        self, media: MediaId, level: RevealLevel, order: OpenOrder
    ) -> tuple[RevealGrant, OpenItem | CannotShow | None]:
        self.opens.append((media, level, order))
        self.may_answer.wait(10)
        grant = RevealGrant(media, level, SECONDS, next(self._numbers))
        if isinstance(self.open_fault, CportError):
            raise self.open_fault
        if order.is_cancelled():
            return grant, None
        return grant, self.open_fault or MemoryFilm(grant, self, self.has_picture)

    def _listen(self, item: OpenItem) -> SoundGrant:
        if self.listen_fault is not None:
            raise self.listen_fault
        grant = SoundGrant(item.grant.media_id, SECONDS, next(self._numbers))
        self.listened.append(grant)
        return grant

    def _end(self, _item: OpenItem, seconds: float, heard: float) -> None:
        self.ends.append((seconds, heard))

    def _find_speaker(self) -> Speaker | None:
        return self.speaker


Advance = Callable[[float], None]
