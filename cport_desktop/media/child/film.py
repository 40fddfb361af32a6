"""A video that is open while somebody looks: any frame of it, a strip of keyframes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import av
from av.video.frame import VideoFrame

from cport_desktop.domain.media_item import CannotShow, RevealLevel
from cport_desktop.domain.moving import Moving, MovingFrame, Step
from cport_desktop.media.bounds import THUMBNAIL_SIDE
from cport_desktop.media.child.containers import (
    PICTURE_CODECS,
    duration_ms,
    open_container,
    picture_stream,
    sound_stream,
)
from cport_desktop.media.child.degradation import revealed
from cport_desktop.media.child.frame_signs import timed_frames
from cport_desktop.media.child.moving_pictures import frame_picture

_GO_ON_MS = 2000
"""A frame so little ahead is reached by decoding on; for one further on it is sought."""
_BACK_MS = (0, 5_000, 60_000)
"""How much earlier is sought where a keyframe turns out to lie behind the moment."""
_USUAL_LAST_MS = 40
_FASTEST = 1000.0
_STRIP_BOX = (THUMBNAIL_SIDE, THUMBNAIL_SIDE)

_Timed = tuple[int, VideoFrame]


class Film:
    """Looks at one file. `close` it in every case."""

    def __init__(
        self, untrusted: BinaryIO, demuxer: str, *, level: RevealLevel, box: tuple[int, int]
    ) -> None:
        """Raises:
        Exception: whatever FFmpeg raises over a file that it cannot open.
        """
        self._container = open_container(untrusted, demuxer)
        self._stream = picture_stream(self._container)
        if self._stream is not None:
            codec = self._stream.codec_context.codec.canonical_name
            self._stream = self._stream if codec in PICTURE_CODECS else None
        self._has_sound = sound_stream(self._container) is not None
        self._level, self._box = level, box
        self._coming: Iterator[_Timed] = iter(())
        self._shown: _Timed | None = None
        self._ahead: _Timed | None = None

    def moving(self) -> Moving | CannotShow:
        """What there is to see and hear."""
        length = duration_ms(self._container) or 0
        if self._stream is None:
            if not self._has_sound:
                return CannotShow.FORMAT_REFUSED
            return Moving(length, 0, 0, 0.0, has_picture=False, has_sound=True)
        first = self._at(0)
        if first is None:
            return CannotShow.CORRUPT
        frame = first[1]
        sides = (frame.width, frame.height)
        if frame.rotation % 180 == 90:
            sides = (sides[1], sides[0])
        rate = self._stream.average_rate
        return Moving(length, *sides, float(rate or 0), has_picture=True, has_sound=self._has_sound)

    def frame(self, at_ms: int, step: Step) -> MovingFrame | None:
        """As `Viewing.frame`."""
        match step:
            case Step.AT:
                found = self._at(at_ms)
            case Step.KEY:
                found = self._sought(at_ms)
            case Step.NEXT:
                found = self._next()
            case Step.PREVIOUS:
                found = self._previous()
        return None if found is None else self._showable(found, self._box)

    def strip(self, count: int) -> tuple[MovingFrame, ...]:
        """As `Viewing.strip`."""
        length = duration_ms(self._container) or 0
        places = [length * (2 * number + 1) // (2 * count) for number in range(count)]
        found: dict[int, MovingFrame] = {}
        for place in places if length else [0]:
            timed = self._sought(place)
            if timed is not None and timed[0] not in found:
                found[timed[0]] = self._showable(timed, _STRIP_BOX)
        return tuple(found[at_ms] for at_ms in sorted(found))

    def close(self) -> None:
        self._container.close()

    def _at(self, at_ms: int) -> _Timed | None:
        if self._shown is None or not 0 <= at_ms - self._shown[0] <= _GO_ON_MS:
            self._sought(at_ms)
        while self._ahead is not None and (self._shown is None or self._ahead[0] <= at_ms):
            self._go_on()
        return self._shown

    def _next(self) -> _Timed | None:
        if self._ahead is None:
            return None
        self._go_on()
        return self._shown

    def _previous(self) -> _Timed | None:
        if self._shown is None or self._shown[0] == 0:
            return None
        before = self._shown[0]
        found = self._at(before - 1)
        return found if found is not None and found[0] < before else None

    def _sought(self, at_ms: int) -> _Timed | None:
        """The keyframe at the moment or before it, now shown; the first of all if there is none."""
        if self._stream is None:
            return None
        for back in _BACK_MS:
            try:
                self._coming = timed_frames(self._container, self._stream, max(0, at_ms - back))
                self._shown, self._ahead = None, next(self._coming, None)
            except av.FFmpegError:
                self._coming, self._ahead = iter(()), None
            if self._ahead is not None and self._ahead[0] <= at_ms:
                break
        if self._ahead is not None:
            self._go_on()
        return self._shown

    def _go_on(self) -> None:
        self._shown, self._ahead = self._ahead, next(self._coming, None)

    def _showable(self, timed: _Timed, box: tuple[int, int]) -> MovingFrame:
        at_ms, frame = timed
        lasts = self._ahead[0] - at_ms if self._ahead is not None else _USUAL_LAST_MS
        return MovingFrame(at_ms, max(0, lasts), revealed(frame_picture(frame, box), self._level))
