"""What the program and a confined child may say to each other: bounded numbers, pixels, text, sound.

Parent and child share this room and its `wire_…` neighbours and nothing else: here is what all messages
have in common, a frame and a head; `wire_requests` and `wire_answers` turn them into bytes and back. None
of them does input or output, and none believes anything: every field is bounded and checked before it is
used, and whatever is not exactly a message is `MalformedMessage` (a breach).

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

from cport_desktop.media.wire_parts import Cursor, breach

MAGIC = b"CPXL"
VERSION = 3

_HEAD = struct.Struct(">4sBBI")
_LENGTH = struct.Struct(">I")


class Verb(IntEnum):
    """What a message is: requests below 0x10, answers from there on."""

    EXAMINE = 0x01
    REVEAL = 0x02
    RECOGNISE = 0x03
    OPEN = 0x04
    FRAME = 0x05
    STRIP = 0x06
    SOUND = 0x07
    REDRAW = 0x08
    READY = 0x10
    EXAMINED = 0x11
    REVEALED = 0x12
    RECOGNISED = 0x13
    OPENED = 0x14
    FRAME_SHOWN = 0x15
    STRIP_SHOWN = 0x16
    HEARD = 0x17
    PROGRESSED = 0x18
    REDRAWN = 0x19


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


def print_head(verb: Verb, serial: int) -> bytes:
    """How every message begins."""
    return _HEAD.pack(MAGIC, VERSION, verb, serial)


def parse_head(cursor: Cursor) -> tuple[int, int]:
    """The verb, which may be none that is known, and the serial of a message.

    Raises:
        MalformedMessage: if it is of another protocol.
    """
    magic, version, verb, serial = _HEAD.unpack(cursor.piece(_HEAD.size))
    if magic != MAGIC or version != VERSION:
        raise breach("message.head", "another protocol")
    return verb, serial
