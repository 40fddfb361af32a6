"""What the program and a confined child may say to each other: bounded numbers, pixels, text, sound.

Parent and child share this room and its `wire_…` neighbours and nothing else. It turns messages into
bytes and back, does no input or output, and believes nothing: every field is bounded and checked
before it is used, and whatever is not exactly a message is `MalformedMessage` (a breach).

On the wire everything is a frame: four bytes of length (big endian), then as many bytes. A
conversation about a file of three bytes:

    parent   00000013  "CPXL" 03 01 00000007 0000000000000003 00  examine, serial 7, 3 bytes
    parent   00000003  FF D8 FF                                   a piece of the file
    parent   00000000                                             its end
    child    0000000c  "CPXL" 03 18 00000007 01F4                 half way
    child    000000xx  "CPXL" 03 11 00000007 …                    examined, serial 7

The child says `Ready` and its level once, when it is confined; after that it speaks only when asked:
any number of `Progressed`, each further than the one before, and one answer. After `OpenRequest` a
file stays open, and requests about it carry none.
"""

from __future__ import annotations

import struct
from enum import IntEnum

from cport_desktop.domain.media_item import OptionalFormat, RevealLevel
from cport_desktop.domain.moving import Step
from cport_desktop.media.bounds import (
    LONGEST_SOUND_MS,
    MOST_IN_STRIP,
    REVEAL_HEIGHT,
    REVEAL_WIDTH,
)
from cport_desktop.media.pixel_messages import (
    Answer,
    Examined,
    ExamineRequest,
    Formats,
    FrameRequest,
    FrameShown,
    Heard,
    Opened,
    OpenRequest,
    Progressed,
    Ready,
    Recognised,
    RecogniseRequest,
    Request,
    Revealed,
    RevealRequest,
    SoundRequest,
    StripRequest,
    StripShown,
)
from cport_desktop.media.sandbox import SandboxLevel
from cport_desktop.media.wire_examination import parse_examination, print_examination
from cport_desktop.media.wire_moving import (
    LONGEST_MS,
    parse_frame,
    parse_moving,
    parse_sound,
    parse_strip,
    print_frame,
    print_moving,
    print_sound,
    print_strip,
)
from cport_desktop.media.wire_parts import (
    KINDS,
    Cursor,
    breach,
    chosen,
    parse_picture,
    print_byte,
    print_picture,
)

MAGIC = b"CPXL"
VERSION = 3

_HEAD = struct.Struct(">4sBBI")
_LENGTH = struct.Struct(">I")
_RECOGNISE = struct.Struct(">Q")
_EXAMINE = struct.Struct(">QB")
_REVEAL = struct.Struct(">QBQB")
_OPEN = struct.Struct(">QBQHHB")
_FRAME = struct.Struct(">QB")
_STRIP = struct.Struct(">B")
_SOUND = struct.Struct(">QQI")
_PERMILLE = struct.Struct(">H")


class _Verb(IntEnum):
    EXAMINE = 0x01
    REVEAL = 0x02
    RECOGNISE = 0x03
    OPEN = 0x04
    FRAME = 0x05
    STRIP = 0x06
    SOUND = 0x07
    READY = 0x10
    EXAMINED = 0x11
    REVEALED = 0x12
    RECOGNISED = 0x13
    OPENED = 0x14
    FRAME_SHOWN = 0x15
    STRIP_SHOWN = 0x16
    HEARD = 0x17
    PROGRESSED = 0x18


_LEVELS = (
    RevealLevel.BLURRED,
    RevealLevel.SMALL_GREY,
    RevealLevel.GREY,
    RevealLevel.BLURRED_COLOUR,
    RevealLevel.FULL,
)
_STEPS = (Step.AT, Step.KEY, Step.NEXT, Step.PREVIOUS)
_FORMATS = (OptionalFormat.HEIC, OptionalFormat.JPEG_2000)
_CONFINED = (SandboxLevel.PROCESS, SandboxLevel.FILTERED, SandboxLevel.WALLED)


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
    verb, fields = _printed(request)
    return _HEAD.pack(MAGIC, VERSION, verb, request.serial) + fields


def _printed(request: Request) -> tuple[_Verb, bytes]:  # noqa: PLR0911 - one a message
    match request:
        case RecogniseRequest(_, size):
            return _Verb.RECOGNISE, _RECOGNISE.pack(size)
        case ExamineRequest(_, size, formats):
            return _Verb.EXAMINE, _EXAMINE.pack(size, _bits(formats))
        case RevealRequest(_, size, level, sequence, formats):
            fields = _REVEAL.pack(size, _LEVELS.index(level), sequence, _bits(formats))
            return _Verb.REVEAL, fields
        case OpenRequest(_, size, level, sequence, box, formats):
            place = _LEVELS.index(level)
            return _Verb.OPEN, _OPEN.pack(size, place, sequence, *box, _bits(formats))
        case FrameRequest(_, at_ms, step):
            return _Verb.FRAME, _FRAME.pack(at_ms, _STEPS.index(step))
        case StripRequest(_, count):
            return _Verb.STRIP, _STRIP.pack(count)
        case SoundRequest(_, sequence, start_ms, length_ms):
            return _Verb.SOUND, _SOUND.pack(sequence, start_ms, length_ms)


def parse_request(untrusted: bytes) -> Request:
    """The request that a frame's body says.

    Raises:
        MalformedMessage: if it is not exactly one.
    """
    cursor = Cursor(untrusted)
    verb, serial = _head(cursor)
    request = _parsed_request(cursor, verb, serial)
    cursor.end()
    return request


def _parsed_request(cursor: Cursor, verb: int, serial: int) -> Request:
    match verb:
        case _Verb.RECOGNISE:
            return RecogniseRequest(serial, *cursor.take(_RECOGNISE))
        case _Verb.EXAMINE:
            size, formats = cursor.take(_EXAMINE)
            return ExamineRequest(serial, size, _formats(formats))
        case _Verb.REVEAL:
            size, level, sequence, formats = cursor.take(_REVEAL)
            _require_entry(sequence)
            shown = chosen(_LEVELS, level, "level")
            return RevealRequest(serial, size, shown, sequence, _formats(formats))
        case _Verb.OPEN:
            size, level, sequence, width, height, formats = cursor.take(_OPEN)
            _require_entry(sequence)
            if not (1 <= width <= REVEAL_WIDTH and 1 <= height <= REVEAL_HEIGHT):
                raise breach("request.box", "out of bounds")
            shown = chosen(_LEVELS, level, "level")
            return OpenRequest(serial, size, shown, sequence, (width, height), _formats(formats))
        case _:
            return _parsed_about_open_file(cursor, verb, serial)


def _parsed_about_open_file(cursor: Cursor, verb: int, serial: int) -> Request:
    match verb:
        case _Verb.FRAME:
            at_ms, step = cursor.take(_FRAME)
            if at_ms > LONGEST_MS:
                raise breach("request.moment", "out of bounds")
            return FrameRequest(serial, at_ms, chosen(_STEPS, step, "step"))
        case _Verb.STRIP:
            (count,) = cursor.take(_STRIP)
            if not 1 <= count <= MOST_IN_STRIP:
                raise breach("request.strip", "out of bounds")
            return StripRequest(serial, count)
        case _Verb.SOUND:
            sequence, start_ms, length_ms = cursor.take(_SOUND)
            _require_entry(sequence)
            if start_ms > LONGEST_MS or not 1 <= length_ms <= LONGEST_SOUND_MS:
                raise breach("request.sound", "out of bounds")
            return SoundRequest(serial, sequence, start_ms, length_ms)
        case _:
            raise breach("request.verb", "unknown")


def _require_entry(sequence: int) -> None:
    if sequence < 1:
        raise breach("request.audit_sequence", "no reveal without its audit entry")


def _bits(formats: Formats) -> int:
    return sum(1 << place for place, each in enumerate(_FORMATS) if each in formats)


def _formats(untrusted: int) -> Formats:
    if untrusted >> len(_FORMATS):
        raise breach("request.formats", "unknown")
    return frozenset(each for place, each in enumerate(_FORMATS) if untrusted >> place & 1)


# Answers -------------------------------------------------------------------------------------


def print_answer(answer: Answer) -> bytes:  # noqa: PLR0911 - one a message
    """The body of a frame that says `answer`."""
    match answer:
        case Ready(confined):
            head = _HEAD.pack(MAGIC, VERSION, _Verb.READY, 0)
            return head + print_byte(_CONFINED.index(confined))
        case Progressed(serial, permille):
            head = _HEAD.pack(MAGIC, VERSION, _Verb.PROGRESSED, serial)
            return head + _PERMILLE.pack(permille)
        case Recognised(serial, kind, is_last):
            return _answer(_Verb.RECOGNISED, serial, is_last) + print_byte(KINDS.index(kind))
        case Examined(serial, examination, is_last):
            return _answer(_Verb.EXAMINED, serial, is_last) + print_examination(examination)
        case Revealed(serial, picture, is_last):
            return _answer(_Verb.REVEALED, serial, is_last) + print_picture(picture)
        case Opened(serial, moving, is_last):
            return _answer(_Verb.OPENED, serial, is_last) + print_moving(moving)
        case FrameShown(serial, shown, is_last):
            return _answer(_Verb.FRAME_SHOWN, serial, is_last) + print_frame(shown)
        case StripShown(serial, frames, is_last):
            return _answer(_Verb.STRIP_SHOWN, serial, is_last) + print_strip(frames)
        case Heard(serial, sound, is_last):
            return _answer(_Verb.HEARD, serial, is_last) + print_sound(sound)


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
        case _Verb.PROGRESSED:
            (permille,) = cursor.take(_PERMILLE)
            if permille > 1000:
                raise breach("answer.progress", "out of bounds")
            answer = Progressed(serial, permille)
        case _:
            answer = _parsed_answer(cursor, verb, serial)
    cursor.end()
    return answer


def _parsed_answer(  # noqa: PLR0911 - one a message
    cursor: Cursor, verb: int, serial: int
) -> Answer:
    is_last = cursor.has_some()
    match verb:
        case _Verb.RECOGNISED:
            return Recognised(serial, chosen(KINDS, cursor.byte(), "kind"), is_last)
        case _Verb.EXAMINED:
            return Examined(serial, parse_examination(cursor), is_last)
        case _Verb.REVEALED:
            picture = parse_picture(cursor, REVEAL_WIDTH, REVEAL_HEIGHT, (1, 3))
            return Revealed(serial, picture, is_last)
        case _Verb.OPENED:
            return Opened(serial, parse_moving(cursor), is_last)
        case _Verb.FRAME_SHOWN:
            return FrameShown(serial, parse_frame(cursor), is_last)
        case _Verb.STRIP_SHOWN:
            return StripShown(serial, parse_strip(cursor), is_last)
        case _Verb.HEARD:
            return Heard(serial, parse_sound(cursor), is_last)
        case _:
            raise breach("answer.verb", "unknown")


def _answer(verb: _Verb, serial: int, is_last: bool) -> bytes:  # noqa: FBT001 - as on the wire
    return _HEAD.pack(MAGIC, VERSION, verb, serial) + print_byte(is_last)


def _head(cursor: Cursor) -> tuple[int, int]:
    magic, version, verb, serial = _HEAD.unpack(cursor.piece(_HEAD.size))
    if magic != MAGIC or version != VERSION:
        raise breach("message.head", "another protocol")
    return verb, serial
