"""What a confined child may answer, as bytes and back (`pixel_protocol`).

The program reads these: they are bounded numbers, pixels, text and sound, whatever the child became.
"""

from __future__ import annotations

import struct

from cport_desktop.domain.media_item import CannotShow
from cport_desktop.media.bounds import LONGEST_REDRAWN, REVEAL_HEIGHT, REVEAL_WIDTH
from cport_desktop.media.pixel_messages import (
    Answer,
    Examined,
    FrameShown,
    Heard,
    Opened,
    Progressed,
    Ready,
    Recognised,
    Redrawn,
    Revealed,
    StripShown,
)
from cport_desktop.media.pixel_protocol import Verb, parse_head, print_head
from cport_desktop.media.sandbox import SandboxLevel
from cport_desktop.media.wire_examination import parse_examination, print_examination
from cport_desktop.media.wire_moving import (
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
    CAUSES,
    KINDS,
    Cursor,
    breach,
    chosen,
    parse_picture,
    print_byte,
    print_picture,
)

_PERMILLE = struct.Struct(">H")
_LENGTH = struct.Struct(">I")
_CONFINED = (SandboxLevel.PROCESS, SandboxLevel.FILTERED, SandboxLevel.WALLED)


def print_answer(answer: Answer) -> bytes:  # noqa: C901, PLR0911 - one a message
    """The body of a frame that says `answer`."""
    match answer:
        case Ready(confined):
            head = print_head(Verb.READY, 0)
            return head + print_byte(_CONFINED.index(confined))
        case Progressed(serial, permille):
            head = print_head(Verb.PROGRESSED, serial)
            return head + _PERMILLE.pack(permille)
        case Recognised(serial, kind, is_last):
            return _answer(Verb.RECOGNISED, serial, is_last) + print_byte(KINDS.index(kind))
        case Examined(serial, examination, is_last):
            return _answer(Verb.EXAMINED, serial, is_last) + print_examination(examination)
        case Revealed(serial, picture, is_last):
            return _answer(Verb.REVEALED, serial, is_last) + print_picture(picture)
        case Opened(serial, moving, is_last):
            return _answer(Verb.OPENED, serial, is_last) + print_moving(moving)
        case FrameShown(serial, shown, is_last):
            return _answer(Verb.FRAME_SHOWN, serial, is_last) + print_frame(shown)
        case StripShown(serial, frames, is_last):
            return _answer(Verb.STRIP_SHOWN, serial, is_last) + print_strip(frames)
        case Heard(serial, sound, is_last):
            return _answer(Verb.HEARD, serial, is_last) + print_sound(sound)
        case Redrawn(serial, file, is_last):
            return _answer(Verb.REDRAWN, serial, is_last) + _printed_file(file)


def parse_answer(untrusted: bytes) -> Answer:
    """The answer that a frame's body says, every part of it within its bounds.

    Raises:
        MalformedMessage: if it is not exactly one.
    """
    cursor = Cursor(untrusted)
    verb, serial = parse_head(cursor)
    answer: Answer
    match verb:
        case Verb.READY if serial == 0:
            answer = Ready(chosen(_CONFINED, cursor.byte(), "level"))
        case Verb.PROGRESSED:
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
        case Verb.RECOGNISED:
            return Recognised(serial, chosen(KINDS, cursor.byte(), "kind"), is_last)
        case Verb.EXAMINED:
            return Examined(serial, parse_examination(cursor), is_last)
        case Verb.REVEALED:
            picture = parse_picture(cursor, REVEAL_WIDTH, REVEAL_HEIGHT, (1, 3))
            return Revealed(serial, picture, is_last)
        case Verb.OPENED:
            return Opened(serial, parse_moving(cursor), is_last)
        case Verb.FRAME_SHOWN:
            return FrameShown(serial, parse_frame(cursor), is_last)
        case Verb.STRIP_SHOWN:
            return StripShown(serial, parse_strip(cursor), is_last)
        case Verb.HEARD:
            return Heard(serial, parse_sound(cursor), is_last)
        case Verb.REDRAWN:
            return Redrawn(serial, _parsed_file(cursor), is_last)
        case _:
            raise breach("answer.verb", "unknown")


def _printed_file(file: bytes | CannotShow) -> bytes:
    """Why there is none, or nothing of that, its length and its bytes."""
    if isinstance(file, CannotShow):
        return print_byte(CAUSES.index(file))
    return print_byte(CAUSES.index(None)) + _LENGTH.pack(len(file)) + file


def _parsed_file(cursor: Cursor) -> bytes | CannotShow:
    cause = chosen(CAUSES, cursor.byte(), "cause")
    if cause is not None:
        return cause
    (length,) = cursor.take(_LENGTH)
    if not 1 <= length <= LONGEST_REDRAWN:
        raise breach("answer.file", "out of bounds")
    return cursor.piece(length)


def _answer(verb: Verb, serial: int, is_last: bool) -> bytes:  # noqa: FBT001 - as on the wire
    return print_head(verb, serial) + print_byte(is_last)
