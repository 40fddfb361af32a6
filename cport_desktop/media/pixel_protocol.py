"""What the program and a confined child may say to each other: bounded numbers, pixels, text.

Parent and child share this room and nothing else. It turns messages into bytes and back, does
no input or output, and believes nothing: every field is bounded and checked before it is used,
and whatever is not exactly a message is `MalformedMessage` (a breach).

On the wire everything is a frame: four bytes of length (big endian), then as many bytes. A
conversation about a file of three bytes:

    parent   00000012  "CPXL" 03 01 00000007 0000000000000003     examine, serial 7, 3 bytes
    parent   00000003  FF D8 FF                                   a piece of the file
    parent   00000000                                             its end
    child    000000xx  "CPXL" 03 11 00000007 …                    examined, serial 7

The child says `Ready` and its level once, when it is confined; after that it speaks only when asked.
"""

from __future__ import annotations

import re
import struct
from enum import IntEnum

from cport_desktop.domain.likeness import COMPARABLE_QUALITY, PDQ_BYTES, TURNS, FrameSign
from cport_desktop.domain.media_item import CannotShow, Examination, MediaKind, Picture, RevealLevel
from cport_desktop.media.bounds import (
    LONGEST_FACT,
    MOST_FACTS,
    MOST_FRAMES,
    REVEAL_HEIGHT,
    REVEAL_WIDTH,
    THUMBNAIL_SIDE,
    VEIL_GREY,
    VEIL_HEIGHT,
    VEIL_SWING,
    VEIL_WIDTH,
)
from cport_desktop.media.pixel_messages import (
    Answer,
    Examined,
    ExamineRequest,
    Ready,
    Recognised,
    RecogniseRequest,
    Request,
    Revealed,
    RevealRequest,
)
from cport_desktop.media.plain_text import is_plain
from cport_desktop.media.sandbox import SandboxLevel
from cport_desktop.media.wire_parts import (
    Cursor,
    breach,
    chosen,
    maybe,
    parse_picture,
    parse_text,
    print_byte,
    print_picture,
    print_text,
)

MAGIC = b"CPXL"
VERSION = 3

_LARGEST_SIDE = 2**31 - 1
_LONGEST_DURATION = 2**48
_FORMAT = re.compile(r"[a-z0-9]{1,16}\Z")
_FACT_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}\Z")

_HEAD = struct.Struct(">4sBBI")
_LENGTH = struct.Struct(">I")
_EXAMINE = struct.Struct(">Q")
_REVEAL = struct.Struct(">QBQ")
_SIDES = struct.Struct(">II")
_DURATION = struct.Struct(">Q")
_COUNT = struct.Struct(">I")
_FRAME = struct.Struct(">IB")


class _Verb(IntEnum):
    EXAMINE = 0x01
    REVEAL = 0x02
    RECOGNISE = 0x03
    READY = 0x10
    EXAMINED = 0x11
    REVEALED = 0x12
    RECOGNISED = 0x13


_KINDS = (MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO, MediaKind.OTHER)
_LEVELS = (RevealLevel.BLURRED, RevealLevel.GREY, RevealLevel.FULL)
_CONFINED = (SandboxLevel.PROCESS, SandboxLevel.FILTERED, SandboxLevel.WALLED)
_CAUSES = (
    None,
    CannotShow.NOT_MEDIA,
    CannotShow.FORMAT_REFUSED,
    CannotShow.CORRUPT,
    CannotShow.TRUNCATED,
    CannotShow.TOO_LARGE,
    CannotShow.AUDIO_ONLY,
)
"""What a child may say of a file; that the child itself failed is for the parent to say."""


def frame(body: bytes) -> bytes:
    """`body` behind its length."""
    return _LENGTH.pack(len(body)) + body


FRAME_PREFIX = _LENGTH.size


def frame_length(untrusted_prefix: bytes, *, limit: int) -> int:
    """The length that a frame's first four bytes state.

    Raises:
        MalformedMessage: if it is above `limit`.
    """
    (length,) = _LENGTH.unpack(untrusted_prefix)
    if length > limit:
        raise breach("frame", "too long")
    return int(length)


# Requests ------------------------------------------------------------------------------------


def print_request(request: Request) -> bytes:
    """The body of a frame that says `request`."""
    match request:
        case RecogniseRequest(serial, size):
            return _HEAD.pack(MAGIC, VERSION, _Verb.RECOGNISE, serial) + _EXAMINE.pack(size)
        case ExamineRequest(serial, size):
            return _HEAD.pack(MAGIC, VERSION, _Verb.EXAMINE, serial) + _EXAMINE.pack(size)
        case RevealRequest(serial, size, level, sequence):
            fields = _REVEAL.pack(size, _LEVELS.index(level), sequence)
            return _HEAD.pack(MAGIC, VERSION, _Verb.REVEAL, serial) + fields


def parse_request(untrusted: bytes) -> Request:
    """The request that a frame's body says.

    Raises:
        MalformedMessage: if it is not exactly one.
    """
    cursor = Cursor(untrusted)
    verb, serial = _head(cursor)
    request: Request
    match verb:
        case _Verb.RECOGNISE:
            (size,) = cursor.take(_EXAMINE)
            request = RecogniseRequest(serial, size)
        case _Verb.EXAMINE:
            (size,) = cursor.take(_EXAMINE)
            request = ExamineRequest(serial, size)
        case _Verb.REVEAL:
            size, level, sequence = cursor.take(_REVEAL)
            if sequence < 1:
                raise breach("request.audit_sequence", "no reveal without its audit entry")
            request = RevealRequest(serial, size, chosen(_LEVELS, level, "level"), sequence)
        case _:
            raise breach("request.verb", "unknown")
    cursor.end()
    return request


# Answers -------------------------------------------------------------------------------------


def print_answer(answer: Answer) -> bytes:
    """The body of a frame that says `answer`."""
    match answer:
        case Ready(confined):
            head = _HEAD.pack(MAGIC, VERSION, _Verb.READY, 0)
            return head + print_byte(_CONFINED.index(confined))
        case Recognised(serial, kind, is_last):
            head = _HEAD.pack(MAGIC, VERSION, _Verb.RECOGNISED, serial) + print_byte(is_last)
            return head + print_byte(_KINDS.index(kind))
        case Examined(serial, examination, is_last):
            head = _HEAD.pack(MAGIC, VERSION, _Verb.EXAMINED, serial) + print_byte(is_last)
            return head + _print_examination(examination)
        case Revealed(serial, picture, is_last):
            head = _HEAD.pack(MAGIC, VERSION, _Verb.REVEALED, serial) + print_byte(is_last)
            return head + print_picture(picture)


def parse_answer(untrusted: bytes) -> Answer:
    """The answer that a frame's body says, every part of it within its bounds.

    Raises:
        MalformedMessage: if it is not exactly one.
    """
    cursor = Cursor(untrusted)
    verb, serial = _head(cursor)
    answer: Answer
    match verb:
        case _Verb.READY if serial == 0:
            answer = Ready(chosen(_CONFINED, cursor.byte(), "level"))
        case _Verb.RECOGNISED:
            is_last = cursor.has_some()
            answer = Recognised(serial, chosen(_KINDS, cursor.byte(), "kind"), is_last)
        case _Verb.EXAMINED:
            is_last = cursor.has_some()
            answer = Examined(serial, _parse_examination(cursor), is_last)
        case _Verb.REVEALED:
            is_last = cursor.has_some()
            picture = parse_picture(cursor, REVEAL_WIDTH, REVEAL_HEIGHT, (1, 3))
            answer = Revealed(serial, picture, is_last)
        case _:
            raise breach("answer.verb", "unknown")
    cursor.end()
    return answer


def _print_examination(seen: Examination) -> bytes:
    sides = None if seen.width is None or seen.height is None else (seen.width, seen.height)
    parts = [
        print_byte(_KINDS.index(seen.kind)),
        print_byte(_CAUSES.index(seen.cannot_show)),
        maybe(None if seen.format is None else print_text(seen.format)),
        maybe(None if sides is None else _SIDES.pack(*sides)),
        maybe(None if seen.duration_ms is None else _DURATION.pack(seen.duration_ms)),
        print_picture(seen.veil),
        print_picture(seen.thumbnail),
        maybe(None if seen.quality is None else print_byte(seen.quality)),
        maybe(None if seen.perceptual_hash is None else bytes.fromhex(seen.perceptual_hash)),
        maybe(None if seen.dct_hash is None else bytes.fromhex(seen.dct_hash)),
        print_picture(seen.blurred),
        maybe(bytes.fromhex("".join(seen.turned)) or None),
        _COUNT.pack(len(seen.frames)),
        *(_print_frame(each) for each in seen.frames),
        maybe(None if seen.pictures is None else _COUNT.pack(seen.pictures)),
        maybe(None if seen.has_sound is None else print_byte(seen.has_sound)),
        print_byte(len(seen.facts)),
    ]
    parts += [print_text(text) for fact in seen.facts for text in fact]
    return b"".join(parts)


def _print_frame(frame: FrameSign) -> bytes:
    return _FRAME.pack(frame.at_ms, frame.quality) + bytes.fromhex(frame.perceptual_hash)


def _parse_examination(cursor: Cursor) -> Examination:
    kind = chosen(_KINDS, cursor.byte(), "kind")
    cause = chosen(_CAUSES, cursor.byte(), "cannot_show")
    untrusted_format = parse_text(cursor, LONGEST_FACT) if cursor.has_some() else None
    sides = cursor.take(_SIDES) if cursor.has_some() else None
    duration = cursor.take(_DURATION)[0] if cursor.has_some() else None
    seen = Examination(
        kind=kind,
        format=untrusted_format,
        width=None if sides is None else sides[0],
        height=None if sides is None else sides[1],
        duration_ms=duration,
        veil=parse_picture(cursor, VEIL_WIDTH, VEIL_HEIGHT, (1,)),
        thumbnail=parse_picture(cursor, THUMBNAIL_SIDE, THUMBNAIL_SIDE, (3,)),
        quality=cursor.byte() if cursor.has_some() else None,
        perceptual_hash=cursor.piece(PDQ_BYTES).hex() if cursor.has_some() else None,
        dct_hash=cursor.piece(8).hex() if cursor.has_some() else None,
        cannot_show=cause,
        blurred=parse_picture(cursor, THUMBNAIL_SIDE, THUMBNAIL_SIDE, (1,)),
        turned=_parse_turned(cursor) if cursor.has_some() else (),
        frames=_parse_frames(cursor),
        pictures=cursor.take(_COUNT)[0] if cursor.has_some() else None,
        has_sound=chosen((False, True), cursor.byte(), "sound") if cursor.has_some() else None,
        facts=_parse_facts(cursor),
    )
    _require_coherent(seen)
    return seen


def _require_coherent(seen: Examination) -> None:
    """Nothing, if the parts of an examination are within bounds and agree with each other."""
    shows = seen.cannot_show is None
    compares = seen.quality is not None and seen.quality >= COMPARABLE_QUALITY
    rules = {
        "format": seen.format is None or _FORMAT.match(seen.format) is not None,
        "sides": all(
            side is None or 1 <= side <= _LARGEST_SIDE for side in (seen.width, seen.height)
        ),
        "duration": seen.duration_ms is None or seen.duration_ms <= _LONGEST_DURATION,
        "veil": (seen.veil is not None) == shows and _is_haze(seen.veil),
        "thumbnail": (seen.thumbnail is not None) == shows,
        "quality": (seen.quality is not None) == shows and (seen.quality or 0) <= 100,
        "blurred": (seen.blurred is not None) == shows,
        "perceptual_hash": (seen.perceptual_hash is not None) == compares,
        "turned": not seen.turned or compares,
        "frames": not seen.frames or (shows and seen.kind is MediaKind.VIDEO),
        "pictures": seen.pictures is None or seen.pictures >= 2,
        "dct_hash": (seen.dct_hash is not None) == compares,
        "kind": not shows or seen.kind in {MediaKind.IMAGE, MediaKind.VIDEO},
    }
    for where, holds in rules.items():
        if not holds:
            raise breach(f"answer.{where}", "out of bounds")


def _is_haze(veil: Picture | None) -> bool:
    if veil is None:
        return True
    lightest, darkest = max(veil.pixels), min(veil.pixels)
    return darkest >= VEIL_GREY - VEIL_SWING and lightest <= VEIL_GREY + VEIL_SWING


def _parse_turned(cursor: Cursor) -> tuple[str, ...]:
    return tuple(cursor.piece(PDQ_BYTES).hex() for _ in TURNS[1:])


def _parse_frames(cursor: Cursor) -> tuple[FrameSign, ...]:
    """In order, each later than the one before, and of a quality that can be compared."""
    (count,) = cursor.take(_COUNT)
    if count > MOST_FRAMES:
        raise breach("answer.frames", "too many")
    frames, last = [], -1
    for _ in range(count):
        at_ms, quality = cursor.take(_FRAME)
        digest = cursor.piece(PDQ_BYTES)
        if at_ms <= last or not COMPARABLE_QUALITY <= quality <= 100:
            raise breach("answer.frames", "out of order or bounds")
        frames.append(FrameSign(at_ms, quality, digest.hex()))
        last = at_ms
    return tuple(frames)


def _parse_facts(cursor: Cursor) -> tuple[tuple[str, str], ...]:
    count = cursor.byte()
    if count > MOST_FACTS:
        raise breach("answer.facts", "too many")
    facts = tuple(
        (parse_text(cursor, LONGEST_FACT), parse_text(cursor, LONGEST_FACT)) for _ in range(count)
    )
    for name, value in facts:
        if not _FACT_NAME.match(name) or not is_plain(value, limit=LONGEST_FACT):
            raise breach("answer.facts", "not plain text")
    return facts


def _head(cursor: Cursor) -> tuple[int, int]:
    magic, version, verb, serial = _HEAD.unpack(cursor.piece(_HEAD.size))
    if magic != MAGIC or version != VERSION:
        raise breach("message.head", "another protocol")
    return verb, serial
