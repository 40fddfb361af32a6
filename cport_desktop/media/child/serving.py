"""The life of a confined child: say so, then one answer for each file, or for each question about one.

It ends quietly when the other side goes away, and at once over a request that is none.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import partial

from cport_desktop.errors import MalformedMessage
from cport_desktop.media.bounds import LONGEST_REQUEST, bytes_wanted
from cport_desktop.media.child.examination import examine, reveal
from cport_desktop.media.child.foreign_file import receive
from cport_desktop.media.child.progress import Teller, ToldFile
from cport_desktop.media.child.recognition import kind_of
from cport_desktop.media.child.redrawing import redraw
from cport_desktop.media.child.showing import Showing, open_showing
from cport_desktop.media.child.talk import Talk
from cport_desktop.media.pixel_messages import (
    Answer,
    Examined,
    ExamineRequest,
    FileRequest,
    FrameRequest,
    FrameShown,
    Heard,
    Opened,
    OpenFileRequest,
    OpenRequest,
    Progressed,
    Ready,
    Recognised,
    RecogniseRequest,
    Redrawn,
    RedrawRequest,
    Request,
    Revealed,
    RevealRequest,
    SoundRequest,
    StripRequest,
    StripShown,
)
from cport_desktop.media.pixel_protocol import FRAME_PREFIX, frame_length
from cport_desktop.media.sandbox import SandboxLevel
from cport_desktop.media.wire_answers import print_answer
from cport_desktop.media.wire_requests import parse_request


def serve(pipes: Talk, confine: Callable[[], SandboxLevel]) -> None:
    """Confined; then every request is answered, until the other side goes away."""
    pipes.write(print_answer(Ready(confine())))
    desk = _Desk(pipes)
    with contextlib.suppress(EOFError, BrokenPipeError, MalformedMessage):
        while desk.serve_one():
            pass


class _Desk:
    """Answers, and keeps the file that is open."""

    def __init__(self, pipes: Talk) -> None:
        self._pipes = pipes
        self._showing: Showing | None = None

    def serve_one(self) -> bool:
        """One request was answered; False if this process should serve no other."""
        request = _next_request(self._pipes)
        if isinstance(request, FrameRequest | StripRequest | SoundRequest):
            self._pipes.write(print_answer(self._shown(request)))
            return True
        untrusted = receive(self._pipes.read_into, most=bytes_wanted(request.size))
        answer, is_worn = self._looked(request, untrusted)
        self._pipes.write(print_answer(answer))
        return not is_worn

    def _looked(self, request: FileRequest, untrusted: ToldFile) -> tuple[Answer, bool]:
        tell = Teller(partial(self._tell, request.serial))
        match request:
            case RecogniseRequest(serial):
                return Recognised(serial, kind_of(untrusted.read())), False
            case ExamineRequest(serial, size, formats):
                seen, is_worn = examine(untrusted, size=size, formats=formats, tell=tell)
                return Examined(serial, seen, is_worn), is_worn
            case RevealRequest(serial, size, level, _, formats):
                picture, is_worn = reveal(untrusted, size=size, level=level, formats=formats)
                return Revealed(serial, picture, is_worn), is_worn
            case RedrawRequest(serial):
                file, is_worn = redraw(untrusted, request)
                return Redrawn(serial, file, is_worn), is_worn
            case OpenRequest(serial):
                self._showing, moving = open_showing(untrusted, request, tell)
                return Opened(serial, moving), False

    def _shown(self, request: OpenFileRequest) -> Answer:
        if self._showing is None:
            raise MalformedMessage(where="request", cause="no file is open")
        match request:
            case FrameRequest(serial, at_ms, step):
                return FrameShown(serial, self._showing.frame(at_ms, step))
            case StripRequest(serial, count):
                return StripShown(serial, self._showing.strip(count))
            case SoundRequest(serial, _, start_ms, length_ms):
                return Heard(serial, self._showing.sound(start_ms, length_ms))

    def _tell(self, serial: int, permille: int) -> None:
        self._pipes.write(print_answer(Progressed(serial, permille)))


def _next_request(pipes: Talk) -> Request:
    prefix = memoryview(bytearray(FRAME_PREFIX))
    pipes.read_into(prefix)
    body = memoryview(bytearray(frame_length(bytes(prefix), limit=LONGEST_REQUEST)))
    pipes.read_into(body)
    return parse_request(bytes(body))
