"""The life of a confined child: say so, then one answer for each file.

It ends quietly when the other side goes away, and at once over a request that is none.
"""

from __future__ import annotations

import contextlib

from cport_desktop.errors import MalformedMessage
from cport_desktop.media.bounds import LONGEST_REQUEST, MOST_BYTES
from cport_desktop.media.child.confinement import confine
from cport_desktop.media.child.examination import examine, reveal
from cport_desktop.media.child.foreign_file import receive
from cport_desktop.media.child.pipes import Pipes
from cport_desktop.media.child.recognition import kind_of
from cport_desktop.media.pixel_messages import (
    Examined,
    ExamineRequest,
    Ready,
    Recognised,
    RecogniseRequest,
    Request,
    Revealed,
    RevealRequest,
)
from cport_desktop.media.pixel_protocol import (
    FRAME_PREFIX,
    frame_length,
    parse_request,
    print_answer,
)


def serve(pipes: Pipes) -> None:
    """Confined; then every request is answered, until the other side goes away."""
    pipes.write(print_answer(Ready(confine())))
    with contextlib.suppress(EOFError, BrokenPipeError, MalformedMessage):
        while _serve_one(pipes):
            pass


def _serve_one(pipes: Pipes) -> bool:
    """One request was answered; False if this process should serve no other."""
    request = _next_request(pipes)
    untrusted = receive(pipes.read_into, limit=MOST_BYTES)
    match request:
        case RecogniseRequest(serial):
            is_worn = False
            pipes.write(print_answer(Recognised(serial, kind_of(untrusted.read()))))
        case ExamineRequest(serial, size):
            examination, is_worn = examine(untrusted, size=size)
            pipes.write(print_answer(Examined(serial, examination, is_worn)))
        case RevealRequest(serial, size, level):
            picture, is_worn = reveal(untrusted, size=size, level=level)
            pipes.write(print_answer(Revealed(serial, picture, is_worn)))
    return not is_worn


def _next_request(pipes: Pipes) -> Request:
    prefix = memoryview(bytearray(FRAME_PREFIX))
    pipes.read_into(prefix)
    body = memoryview(bytearray(frame_length(bytes(prefix), limit=LONGEST_REQUEST)))
    pipes.read_into(body)
    return parse_request(bytes(body))
