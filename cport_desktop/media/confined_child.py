"""One confined child, as the program sees it: a process, two pipes, and no trust.

A conversation never blocks for good: pipes are read and written only when they are ready, and
while the program waits, `Patience` decides from the child's words of progress and its processor time
whether it still works. A child that died, hangs or breaks the protocol is of no use afterwards; that is
told as a reason, and never raised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from cport_desktop.domain.media_item import CannotShow, RevealLevel
from cport_desktop.errors import Cancelled, MalformedMessage
from cport_desktop.media.bounds import (
    LONGEST_ANSWER,
    LONGEST_PIECE,
    LONGEST_REDRAWN,
    bytes_wanted,
)
from cport_desktop.media.newborn import Newborn, refusal
from cport_desktop.media.patience import Patience
from cport_desktop.media.pixel_messages import (
    Answer,
    FileRequest,
    OpenFileRequest,
    OpenRequest,
    Progressed,
    Ready,
    RecogniseRequest,
    RedrawRequest,
    Request,
    answers,
)
from cport_desktop.media.pixel_protocol import FRAME_PREFIX, frame, frame_length
from cport_desktop.media.sandbox import USUAL_TERMS, Confinement, SandboxLevel, Terms
from cport_desktop.media.wire_answers import parse_answer
from cport_desktop.media.wire_requests import print_request

_TICK_MS = 250
"""How often a silent child's processor time is looked at."""

Monotonic = Callable[[], float]


class ConfinedChild:
    """A child that said it is confined. Used by one thread at a time."""

    def __init__(self, newborn: Newborn, *, patience: Patience, monotonic: Monotonic) -> None:
        """The child is confined and waits.

        Raises:
            SandboxRefused: it does not get itself confined; it is gone then.
        """
        self._patience = patience
        self._monotonic = monotonic
        self._newborn = newborn
        self.files = 0
        """How many it was given."""
        self.is_fit = True
        """It kept to the protocol, and may be given another file."""
        self._exchanges = 0
        self._level: RevealLevel | None = None
        self._longest = LONGEST_ANSWER
        self._wait = _Wait(newborn, patience, monotonic, USUAL_TERMS)
        said = self._receive_answer()
        if not isinstance(said, Ready):
            self.end()
            raise refusal()
        self.confinement = Confinement(said.level, newborn.has_namespaces)
        """What holds it: its own word for what it did itself, and ours for where it was started."""

    @property
    def level(self) -> SandboxLevel:
        return self.confinement.level

    @property
    def is_alive(self) -> bool:
        return self._newborn.is_alive

    def converse(
        self, request: FileRequest, untrusted: Iterator[bytes], terms: Terms = USUAL_TERMS
    ) -> Answer | CannotShow:
        """The child's answer, or why there is none; whether it may go on is `is_fit` afterwards.

        At most `request.size` bytes are taken from `untrusted`, which may have some left.

        Raises:
            Cancelled: nobody waits any more; the child is of no use any more.
        """
        self.files += not isinstance(request, RecogniseRequest)
        self._level = request.level if isinstance(request, OpenRequest) else None
        is_redrawn = isinstance(request, RedrawRequest)
        self._longest = LONGEST_REDRAWN if is_redrawn else LONGEST_ANSWER
        request = replace(request, serial=self._begin(terms))
        return self._answered(request, self._send_file(request, untrusted))

    def ask(self, request: OpenFileRequest, terms: Terms = USUAL_TERMS) -> Answer | CannotShow:
        """As `converse`, about the file that is open."""
        request = replace(request, serial=self._begin(terms))
        return self._answered(request, self._send(frame(print_request(request))))

    def _begin(self, terms: Terms) -> int:
        """The serial of a request that is about to be sent."""
        self._exchanges += 1
        self.is_fit = False
        self._wait = _Wait(self._newborn, self._patience, self._monotonic, terms)
        return self._exchanges

    def _answered(self, request: Request, failure: CannotShow | None) -> Answer | CannotShow:
        self._wait.heed()
        answer = self._receive_last(request.serial) if failure is None else failure
        if isinstance(answer, CannotShow):
            return answer
        if (
            isinstance(answer, Ready | Progressed)
            or not answers(request, answer, self._level)
            or self._speaks()
        ):
            return CannotShow.CHILD_BREACH
        self.is_fit = not answer.is_last
        return answer

    def _receive_last(self, serial: int) -> Answer | CannotShow:
        """The first word that is none of progress; each of those is further than the one before."""
        last = -1
        while True:
            answer = self._receive_answer()
            if not isinstance(answer, Progressed):
                return answer
            if answer.serial != serial or answer.permille <= last:
                return CannotShow.CHILD_BREACH
            last = answer.permille
            self._wait.got_on(last)

    def end(self) -> None:
        """The process is gone and its pipes are closed."""
        self._newborn.end()

    def _send_file(self, request: FileRequest, untrusted: Iterator[bytes]) -> CannotShow | None:
        failure = self._send(frame(print_request(request)))
        left = bytes_wanted(request.size)
        while failure is None and left > 0:
            piece = next(untrusted, None)
            if piece is None:
                break
            whole = memoryview(piece)[:left]
            left -= len(whole)
            failure = self._send_piece(whole)
        return failure or self._send(frame(b""))

    def _send_piece(self, piece: memoryview) -> CannotShow | None:
        """A piece of any length, in frames; nothing is sent for an empty one, which is the end."""
        for at in range(0, len(piece), LONGEST_PIECE):
            part = piece[at : at + LONGEST_PIECE]
            failure = self._send(len(part).to_bytes(FRAME_PREFIX, "big"), part)
            if failure is not None:
                return failure
        return None

    def _send(self, *parts: bytes | memoryview) -> CannotShow | None:
        rest = [memoryview(part) for part in parts if part]
        while rest:
            try:
                count = self._newborn.send(rest)
            except BlockingIOError:
                if not self._wait.wait(self._newborn.can_send):
                    return CannotShow.CHILD_HUNG
                continue
            except BrokenPipeError:
                return CannotShow.CHILD_DIED
            self._wait.took_some()
            rest = _behind(rest, count)
        return None

    def _receive_answer(self) -> Answer | CannotShow:
        prefix = self._receive(FRAME_PREFIX)
        if isinstance(prefix, CannotShow):
            return prefix
        try:
            body = self._receive(frame_length(prefix, limit=self._longest))
            return body if isinstance(body, CannotShow) else parse_answer(body)
        except MalformedMessage:
            return CannotShow.CHILD_BREACH

    def _receive(self, count: int) -> bytes | CannotShow:
        filled, buffer = 0, bytearray(count)
        while filled < count:
            try:
                got = self._newborn.receive(memoryview(buffer)[filled:])
            except BlockingIOError:
                if not self._wait.wait(self._newborn.can_receive):
                    return CannotShow.CHILD_HUNG
                continue
            if got == 0:
                return CannotShow.CHILD_DIED
            filled += got
        return bytes(buffer)

    def _speaks(self) -> bool:
        """It says something that nobody asked for."""
        try:
            return self._newborn.receive(memoryview(bytearray(1))) > 0
        except BlockingIOError:
            return False


class _Wait:
    """Measures for `Patience` how long a child has been waited for since it last got on."""

    def __init__(
        self, newborn: Newborn, patience: Patience, monotonic: Monotonic, terms: Terms
    ) -> None:
        self._newborn = newborn
        self._patience = patience
        self._monotonic = monotonic
        self._terms = terms
        self._waited = 0.0
        self._computed_before = newborn.computed_seconds()

    def wait(self, is_ready_within: Callable[[int], bool]) -> bool:
        """True as soon as it is ready; False when patience is at its end.

        Raises:
            Cancelled: somebody does not want to wait any more.
        """
        while True:
            self.heed()
            began = self._monotonic()
            is_ready = is_ready_within(_TICK_MS)
            self._waited += self._monotonic() - began
            if self._is_at_end():
                return False
            if is_ready:
                return True

    def heed(self) -> None:
        """An answer may be there already, so that nobody waits for it.

        Raises:
            Cancelled: as above.
        """
        if self._terms.is_cancelled():
            raise Cancelled

    def took_some(self) -> None:
        """It took a part of the file."""
        self._waited = 0.0
        self._computed_before = self._newborn.computed_seconds()

    def got_on(self, permille: int) -> None:
        """It said how far it has come.

        Raises:
            Cancelled: as above.
        """
        self.took_some()
        self._terms.announce(permille)
        self.heed()

    def _is_at_end(self) -> bool:
        computed = max(0.0, self._newborn.computed_seconds() - self._computed_before)
        return self._patience.is_at_end(waited=self._waited, computed=computed)


def _behind(parts: list[memoryview], count: int) -> list[memoryview]:
    """What is left of `parts` when `count` bytes of them are gone."""
    left = []
    for part in parts:
        gone = min(count, len(part))
        count -= gone
        if gone < len(part):
            left.append(part[gone:])
    return left
