"""The sandbox on Linux: some confined children, each for one file at a time.

- A child is started when it is first needed, and again behind the caller's back when it is
  worn: after `FILES_PER_CHILD` files, or when it died, hung or broke the protocol.
- Nothing of a file is decoded, or even recognised, in this process.
- Any number of threads may ask at once; those that find no child free wait for one.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from queue import LifoQueue

from cport_desktop.domain.media_item import (
    CannotShow,
    Examination,
    MediaKind,
    Picture,
    RevealGrant,
)
from cport_desktop.errors import SandboxRefused
from cport_desktop.media.confined_child import ConfinedChild, Monotonic
from cport_desktop.media.patience import USUAL_PATIENCE, Patience
from cport_desktop.media.pixel_messages import (
    Answer,
    Examined,
    ExamineRequest,
    Request,
    Revealed,
    RevealRequest,
)
from cport_desktop.media.sandbox import SandboxLevel

FILES_PER_CHILD = 500
"""After so many files a child is replaced: what one file left in its memory does not stay."""


def is_available() -> bool:
    """This machine can confine a child as this room does."""
    return sys.platform == "linux"


def child_command() -> tuple[str, ...]:
    """How the child is executed: this interpreter, isolated from the user's environment."""
    return (sys.executable, "-I", "-m", "cport_desktop.media.child")


class ProcessSandbox:
    """Decodes in confined children.

    `children` files can be worked on at once. Call `close` at the end; afterwards every file
    is refused.
    """

    def __init__(
        self,
        children: int = 1,
        *,
        patience: Patience = USUAL_PATIENCE,
        files_per_child: int = FILES_PER_CHILD,
        command: Sequence[str] | None = None,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        self._start = partial(
            ConfinedChild, command or child_command(), patience=patience, monotonic=monotonic
        )
        self._files_per_child = files_per_child
        # A child ends with the thread that started it; this one lives as long as the sandbox.
        self._nursery = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sandbox-nursery")
        # Last in, first out: with one caller only one child is ever started.
        self._places: LifoQueue[Future[ConfinedChild] | None] = LifoQueue()
        self._children = children
        self._is_closed = False
        for _ in range(children):
            self._places.put(None)

    @property
    def level(self) -> SandboxLevel:
        return SandboxLevel.PROCESS

    def warm(self) -> None:
        """A child is being started, so that the first file need not wait for it."""
        place = self._places.get()
        self._places.put(place if place or self._is_closed else self._nursery.submit(self._start))

    def examine(self, untrusted: Iterable[bytes], *, size: int) -> Examination:
        """As the port says; of a file above 1 GiB only what it is.

        Where no child can answer, the reason is in `cannot_show` and all else is unknown.
        """
        pieces = iter(untrusted)
        answer = self._ask(ExamineRequest(0, size), pieces)
        return answer.examination if isinstance(answer, Examined) else _undescribed(answer)

    def reveal(
        self, untrusted: Iterable[bytes], *, size: int, grant: RevealGrant
    ) -> Picture | None:
        request = RevealRequest(0, size, grant.level, grant.audit_sequence)
        answer = self._ask(request, iter(untrusted))
        return answer.picture if isinstance(answer, Revealed) else None

    def close(self) -> None:
        """All children are gone. Waits for files that are being worked on."""
        if self._is_closed:
            return
        self._is_closed = True
        for place in [self._places.get() for _ in range(self._children)]:
            if place is not None and place.exception() is None:
                place.result().end()
        self._nursery.shutdown()
        for _ in range(self._children):
            self._places.put(None)

    def _ask(self, request: Request, pieces: Iterator[bytes]) -> Answer | CannotShow:
        """The answer of some child; `pieces` are taken to their end, whatever happens."""
        place = self._places.get()
        try:
            child = self._child_of(place)
        except SandboxRefused:
            self._places.put(None)
            _drain(pieces)
            raise
        left: Future[ConfinedChild] | None = None
        try:
            answer, is_fit = child.converse(request, pieces)
            if is_fit and child.files < self._files_per_child:
                left = _settled(child)
        finally:
            # Also where the stream itself failed: a child with half a file is of no more use.
            if left is None:
                child.end()
                left = None if self._is_closed else self._nursery.submit(self._start)
            self._places.put(left)
        _drain(pieces)
        return answer

    def _child_of(self, place: Future[ConfinedChild] | None) -> ConfinedChild:
        """The child of a place; a new one where there is none, or where it died in its sleep."""
        if self._is_closed:
            raise SandboxRefused(level=SandboxLevel.NONE.value, demanded=self.level.value)
        if place is not None:
            child = place.result()
            if child.is_alive:
                return child
            child.end()
        return self._nursery.submit(self._start).result()


def _settled(child: ConfinedChild) -> Future[ConfinedChild]:
    future: Future[ConfinedChild] = Future()
    future.set_result(child)
    return future


def _drain(pieces: Iterator[bytes]) -> None:
    for _piece in pieces:
        pass


def _undescribed(answer: Answer | CannotShow) -> Examination:
    cause = answer if isinstance(answer, CannotShow) else CannotShow.CHILD_BREACH
    return Examination(
        kind=MediaKind.OTHER,
        format=None,
        width=None,
        height=None,
        duration_ms=None,
        veil=None,
        thumbnail=None,
        perceptual_hash=None,
        quality=None,
        dct_hash=None,
        cannot_show=cause,
    )
