"""Frames and sound on the wire, each within its bounds."""

from __future__ import annotations

import struct

from cport_desktop.domain.media_item import CannotShow
from cport_desktop.domain.moving import Moving, MovingFrame, Sound
from cport_desktop.media.bounds import (
    LONGEST_SOUND_MS,
    MOST_IN_STRIP,
    REVEAL_HEIGHT,
    REVEAL_WIDTH,
    SOUND_BYTES_A_MS,
    THUMBNAIL_SIDE,
)
from cport_desktop.media.wire_parts import (
    CAUSES,
    Cursor,
    breach,
    chosen,
    parse_picture,
    print_byte,
    print_picture,
)

_MOVING = struct.Struct(">QIIIBB")
_FRAME = struct.Struct(">QI")
_SOUND = struct.Struct(">QBI")

LONGEST_MS = 2**48
_MILLI = 1000
_FASTEST = 1_000_000
"""A thousand frames a second, in thousandths."""

_NOTHING, _SOMETHING, _CAUSE = 0, 1, 2


def print_moving(moving: Moving | CannotShow) -> bytes:
    if isinstance(moving, CannotShow):
        return _print_cause(moving)
    fields = _MOVING.pack(
        moving.duration_ms,
        moving.width,
        moving.height,
        round(moving.frame_rate * _MILLI),
        moving.has_picture,
        moving.has_sound,
    )
    return print_byte(_SOMETHING) + fields


def parse_moving(cursor: Cursor) -> Moving | CannotShow:
    match cursor.byte():
        case mark if mark == _CAUSE:
            return _parse_cause(cursor)
        case mark if mark != _SOMETHING:
            raise breach("answer.moving", "unknown")
    duration, width, height, rate, has_picture, has_sound = cursor.take(_MOVING)
    if duration > LONGEST_MS or max(width, height) >= 2**31 or rate > _FASTEST:
        raise breach("answer.moving", "out of bounds")
    there = (False, True)
    return Moving(
        duration,
        width,
        height,
        rate / _MILLI,
        chosen(there, has_picture, "picture"),
        chosen(there, has_sound, "sound"),
    )


def print_frame(frame: MovingFrame | CannotShow | None) -> bytes:
    if frame is None:
        return print_byte(_NOTHING)
    if isinstance(frame, CannotShow):
        return _print_cause(frame)
    head = _FRAME.pack(frame.at_ms, frame.lasts_ms)
    return print_byte(_SOMETHING) + head + print_picture(frame.picture)


def parse_frame(cursor: Cursor) -> MovingFrame | CannotShow | None:
    match cursor.byte():
        case mark if mark == _NOTHING:
            return None
        case mark if mark == _CAUSE:
            return _parse_cause(cursor)
        case mark if mark != _SOMETHING:
            raise breach("answer.frame", "unknown")
    return _parse_frame(cursor, REVEAL_WIDTH, REVEAL_HEIGHT)


def print_strip(frames: tuple[MovingFrame, ...]) -> bytes:
    parts = [_FRAME.pack(f.at_ms, f.lasts_ms) + print_picture(f.picture) for f in frames]
    return print_byte(len(frames)) + b"".join(parts)


def parse_strip(cursor: Cursor) -> tuple[MovingFrame, ...]:
    count = cursor.byte()
    if count > MOST_IN_STRIP:
        raise breach("answer.strip", "too many")
    frames = tuple(_parse_frame(cursor, THUMBNAIL_SIDE, THUMBNAIL_SIDE) for _ in range(count))
    moments = [frame.at_ms for frame in frames]
    if moments != sorted(set(moments)):
        raise breach("answer.strip", "out of order")
    return frames


def print_sound(sound: Sound | CannotShow | None) -> bytes:
    if sound is None:
        return print_byte(_NOTHING)
    if isinstance(sound, CannotShow):
        return _print_cause(sound)
    head = _SOUND.pack(sound.start_ms, sound.channels, len(sound.samples))
    return print_byte(_SOMETHING) + head + sound.samples


def parse_sound(cursor: Cursor) -> Sound | CannotShow | None:
    match cursor.byte():
        case mark if mark == _NOTHING:
            return None
        case mark if mark == _CAUSE:
            return _parse_cause(cursor)
        case mark if mark != _SOMETHING:
            raise breach("answer.sound", "unknown")
    start_ms, channels, length = cursor.take(_SOUND)
    longest = LONGEST_SOUND_MS * SOUND_BYTES_A_MS * channels
    if start_ms > LONGEST_MS or channels not in {1, 2} or not 0 < length <= longest:
        raise breach("answer.sound", "out of bounds")
    if length % (2 * channels):
        raise breach("answer.sound", "half a sample")
    return Sound(start_ms, channels, cursor.piece(length))


def _parse_frame(cursor: Cursor, widest: int, highest: int) -> MovingFrame:
    at_ms, lasts_ms = cursor.take(_FRAME)
    picture = parse_picture(cursor, widest, highest, (1, 3))
    if picture is None or at_ms > LONGEST_MS:
        raise breach("answer.frame", "out of bounds")
    return MovingFrame(at_ms, lasts_ms, picture)


def _print_cause(cause: CannotShow) -> bytes:
    return print_byte(_CAUSE) + print_byte(CAUSES.index(cause))


def _parse_cause(cursor: Cursor) -> CannotShow:
    cause = chosen(CAUSES, cursor.byte(), "cannot_show")
    if cause is None:
        raise breach("answer.cannot_show", "no reason")
    return cause
