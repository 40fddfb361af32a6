"""What the program asks of a confined child, as bytes and back (`pixel_protocol`).

A request for pixels or sound names the entry of the log that allows it; without one it is none.
"""

from __future__ import annotations

import struct

from cport_desktop.domain.media_item import OptionalFormat, RevealLevel
from cport_desktop.domain.moving import Step
from cport_desktop.domain.redaction import MOST_RECTANGLES, Rectangle
from cport_desktop.media.bounds import (
    LONGEST_SOUND_MS,
    MOST_IN_STRIP,
    REVEAL_HEIGHT,
    REVEAL_WIDTH,
)
from cport_desktop.media.pixel_messages import (
    ExamineRequest,
    Formats,
    FrameRequest,
    OpenRequest,
    RecogniseRequest,
    RedrawRequest,
    Request,
    RevealRequest,
    SoundRequest,
    StripRequest,
)
from cport_desktop.media.pixel_protocol import Verb, parse_head, print_head
from cport_desktop.media.wire_moving import LONGEST_MS
from cport_desktop.media.wire_parts import Cursor, breach, chosen

_RECOGNISE = struct.Struct(">Q")
_EXAMINE = struct.Struct(">QB")
_REVEAL = struct.Struct(">QBQB")
_OPEN = struct.Struct(">QBQHHB")
_REDRAW = struct.Struct(">QQBB")
_RECTANGLE = struct.Struct(">HHHH")
_FRAME = struct.Struct(">QB")
_STRIP = struct.Struct(">B")
_SOUND = struct.Struct(">QQI")

_LEVELS = (
    RevealLevel.BLURRED,
    RevealLevel.SMALL_GREY,
    RevealLevel.GREY,
    RevealLevel.BLURRED_COLOUR,
    RevealLevel.FULL,
)
_STEPS = (Step.AT, Step.KEY, Step.NEXT, Step.PREVIOUS)
_FORMATS = (OptionalFormat.HEIC, OptionalFormat.JPEG_2000)


def print_request(request: Request) -> bytes:
    """The body of a frame that says `request`."""
    verb, fields = _printed(request)
    return print_head(verb, request.serial) + fields


def _printed(request: Request) -> tuple[Verb, bytes]:  # noqa: PLR0911 - one a message
    match request:
        case RecogniseRequest(_, size):
            return Verb.RECOGNISE, _RECOGNISE.pack(size)
        case ExamineRequest(_, size, formats):
            return Verb.EXAMINE, _EXAMINE.pack(size, _bits(formats))
        case RevealRequest(_, size, level, sequence, formats):
            fields = _REVEAL.pack(size, _LEVELS.index(level), sequence, _bits(formats))
            return Verb.REVEAL, fields
        case OpenRequest(_, size, level, sequence, box, formats):
            place = _LEVELS.index(level)
            return Verb.OPEN, _OPEN.pack(size, place, sequence, *box, _bits(formats))
        case RedrawRequest(_, size, sequence, rectangles, formats):
            head = _REDRAW.pack(size, sequence, _bits(formats), len(rectangles))
            return Verb.REDRAW, head + b"".join(map(_printed_rectangle, rectangles))
        case FrameRequest(_, at_ms, step):
            return Verb.FRAME, _FRAME.pack(at_ms, _STEPS.index(step))
        case StripRequest(_, count):
            return Verb.STRIP, _STRIP.pack(count)
        case SoundRequest(_, sequence, start_ms, length_ms):
            return Verb.SOUND, _SOUND.pack(sequence, start_ms, length_ms)


def parse_request(untrusted: bytes) -> Request:
    """The request that a frame's body says.

    Raises:
        MalformedMessage: if it is not exactly one.
    """
    cursor = Cursor(untrusted)
    verb, serial = parse_head(cursor)
    request = _parsed_request(cursor, verb, serial)
    cursor.end()
    return request


def _parsed_request(cursor: Cursor, verb: int, serial: int) -> Request:
    match verb:
        case Verb.RECOGNISE:
            return RecogniseRequest(serial, *cursor.take(_RECOGNISE))
        case Verb.EXAMINE:
            size, formats = cursor.take(_EXAMINE)
            return ExamineRequest(serial, size, _formats(formats))
        case Verb.REVEAL:
            size, level, sequence, formats = cursor.take(_REVEAL)
            _require_entry(sequence)
            shown = chosen(_LEVELS, level, "level")
            return RevealRequest(serial, size, shown, sequence, _formats(formats))
        case Verb.OPEN:
            size, level, sequence, width, height, formats = cursor.take(_OPEN)
            _require_entry(sequence)
            if not (1 <= width <= REVEAL_WIDTH and 1 <= height <= REVEAL_HEIGHT):
                raise breach("request.box", "out of bounds")
            shown = chosen(_LEVELS, level, "level")
            return OpenRequest(serial, size, shown, sequence, (width, height), _formats(formats))
        case Verb.REDRAW:
            size, sequence, formats, count = cursor.take(_REDRAW)
            _require_entry(sequence)
            if count > MOST_RECTANGLES:
                raise breach("request.rectangles", "too many")
            rectangles = tuple(_parsed_rectangle(cursor) for _ in range(count))
            return RedrawRequest(serial, size, sequence, rectangles, _formats(formats))
        case _:
            return _parsed_about_open_file(cursor, verb, serial)


def _parsed_about_open_file(cursor: Cursor, verb: int, serial: int) -> Request:
    match verb:
        case Verb.FRAME:
            at_ms, step = cursor.take(_FRAME)
            if at_ms > LONGEST_MS:
                raise breach("request.moment", "out of bounds")
            return FrameRequest(serial, at_ms, chosen(_STEPS, step, "step"))
        case Verb.STRIP:
            (count,) = cursor.take(_STRIP)
            if not 1 <= count <= MOST_IN_STRIP:
                raise breach("request.strip", "out of bounds")
            return StripRequest(serial, count)
        case Verb.SOUND:
            sequence, start_ms, length_ms = cursor.take(_SOUND)
            _require_entry(sequence)
            if start_ms > LONGEST_MS or not 1 <= length_ms <= LONGEST_SOUND_MS:
                raise breach("request.sound", "out of bounds")
            return SoundRequest(serial, sequence, start_ms, length_ms)
        case _:
            raise breach("request.verb", "unknown")


def _printed_rectangle(each: Rectangle) -> bytes:
    return _RECTANGLE.pack(each.left, each.top, each.width, each.height)


def _parsed_rectangle(cursor: Cursor) -> Rectangle:
    try:
        return Rectangle(*cursor.take(_RECTANGLE))
    except ValueError as error:
        raise breach("request.rectangles", "out of bounds") from error


def _require_entry(sequence: int) -> None:
    if sequence < 1:
        raise breach("request.audit_sequence", "no reveal without its audit entry")


def _bits(formats: Formats) -> int:
    return sum(1 << place for place, each in enumerate(_FORMATS) if each in formats)


def _formats(untrusted: int) -> Formats:
    if untrusted >> len(_FORMATS):
        raise breach("request.formats", "unknown")
    return frozenset(each for place, each in enumerate(_FORMATS) if untrusted >> place & 1)
