"""The sandbox on Linux: confined children out of a clean nursery.

- Pictures are examined by some long-lived children, each for one file at a time, replaced after
  `FILES_PER_CHILD` files, or when one died, hung or broke the protocol.
- A video or a full view gets a child of its own, which ends with it: no file that was there before
  can have a hand in what is shown.
- Nothing of a file is decoded, or even recognised, in this process.
- Any number of threads may ask at once; those that find no child free wait for one.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from queue import LifoQueue

from cport_desktop.domain.media_item import (
    CannotShow,
    Examination,
    MediaKind,
    Picture,
    RevealGrant,
)
from cport_desktop.domain.redaction import Rectangle
from cport_desktop.errors import Cancelled, SandboxRefused
from cport_desktop.media.attempts import ATTEMPTS, Tried
from cport_desktop.media.bounds import HEAD
from cport_desktop.media.confined_child import ConfinedChild, Monotonic
from cport_desktop.media.newborn import Births, refusal
from cport_desktop.media.nursery import Nursery
from cport_desktop.media.patience import USUAL_PATIENCE, Patience
from cport_desktop.media.pixel_messages import (
    Answer,
    Examined,
    ExamineRequest,
    FileRequest,
    OpenRequest,
    Recognised,
    RecogniseRequest,
    Redrawn,
    RedrawRequest,
    Revealed,
    RevealRequest,
)
from cport_desktop.media.sandbox import USUAL_TERMS, Confinement, SandboxLevel, Terms, Viewing
from cport_desktop.media.trying_out import tried
from cport_desktop.media.viewing import open_viewing

FILES_PER_CHILD = 500
"""After so many files a child is replaced: what one file left in its memory does not stay."""

_TRY_SECONDS = 20.0
"""One system call, and a start before it."""

_ON_ITS_OWN = frozenset({MediaKind.VIDEO, MediaKind.AUDIO})
"""What a child that has seen other files is not given."""


def is_available(platform: str = sys.platform) -> bool:
    """A machine of this platform can confine a child as this room does."""
    return platform == "linux"


class ProcessSandbox:
    """Decodes in confined children.

    `children` pictures can be examined at once. A child that does not reach `demanded` is not used.
    Call `close` at the end; afterwards every file is refused.
    """

    def __init__(
        self,
        children: int = 1,
        *,
        demanded: SandboxLevel = SandboxLevel.PROCESS,
        patience: Patience = USUAL_PATIENCE,
        files_per_child: int = FILES_PER_CHILD,
        births: Births | None = None,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        self._births = births or Nursery()
        self._demanded = demanded
        self._patience = patience
        self._monotonic = monotonic
        self._files_per_child = files_per_child
        self._starting = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sandbox-nursery")
        # Last in, first out: with one caller only one child is ever started.
        self._places: LifoQueue[Future[ConfinedChild] | None] = LifoQueue()
        self._children = children
        self._is_closed = False
        for _ in range(children):
            self._places.put(None)

    @property
    def level(self) -> SandboxLevel:
        """What a child of this machine reaches; NONE if none reaches what is demanded."""
        return self.confinement.level

    @property
    def confinement(self) -> Confinement:
        try:
            with self._place() as child:
                return child.confinement
        except SandboxRefused:
            return Confinement(SandboxLevel.NONE)

    def warm(self) -> None:
        """A child is being started, so that the first file need not wait for it."""
        place = self._places.get()
        self._places.put(place if place or self._is_closed else self._starting.submit(self._start))

    def examine(
        self,
        untrusted: Iterable[bytes],
        *,
        size: int,
        terms: Terms = USUAL_TERMS,
    ) -> Examination:
        """As the port says; of a file above 1 GiB only what it is.

        Where no child can answer, the reason is in `cannot_show` and all else is unknown.
        """
        with _taken_to_its_end(untrusted) as pieces:
            answer = self._examined(pieces, ExamineRequest(0, size, terms.formats), terms)
        return answer.examination if isinstance(answer, Examined) else _undescribed(answer)

    def reveal(
        self,
        untrusted: Iterable[bytes],
        *,
        size: int,
        grant: RevealGrant,
        terms: Terms = USUAL_TERMS,
    ) -> Picture | None:
        request = RevealRequest(0, size, grant.level, grant.audit_sequence, terms.formats)
        with _taken_to_its_end(untrusted) as pieces:
            answer = self._by_its_own(request, pieces, terms)
        return answer.picture if isinstance(answer, Revealed) else None

    def redraw(
        self,
        untrusted: Iterable[bytes],
        *,
        size: int,
        rectangles: tuple[Rectangle, ...],
        audit_sequence: int,
        terms: Terms = USUAL_TERMS,
    ) -> bytes | CannotShow:
        request = RedrawRequest(0, size, audit_sequence, rectangles, terms.formats)
        with _taken_to_its_end(untrusted) as pieces:
            answer = self._by_its_own(request, pieces, terms)
        if isinstance(answer, Redrawn):
            return answer.file
        return answer if isinstance(answer, CannotShow) else CannotShow.CHILD_BREACH

    def open_viewing(
        self,
        untrusted: Iterable[bytes],
        *,
        size: int,
        grant: RevealGrant,
        box: tuple[int, int],
        terms: Terms = USUAL_TERMS,
    ) -> Viewing | CannotShow:
        request = OpenRequest(0, size, grant.level, grant.audit_sequence, box, terms.formats)
        with _taken_to_its_end(untrusted) as pieces:
            return open_viewing(self._start(), request, pieces, terms)

    def try_out(self) -> tuple[Tried, ...]:
        """As the port says; each attempt by a child of its own.

        Raises:
            SandboxRefused: no child can be had.
        """
        return tuple(
            Tried(attempt.name, tried(self._births, number, patience_seconds=_TRY_SECONDS))
            for number, attempt in enumerate(ATTEMPTS)
        )

    def close(self) -> None:
        """All children are gone. Waits for files that are being worked on."""
        if self._is_closed:
            return
        self._is_closed = True
        for place in [self._places.get() for _ in range(self._children)]:
            if place is not None and place.exception() is None:
                place.result().end()
        self._starting.shutdown()
        self._births.close()
        for _ in range(self._children):
            self._places.put(None)

    def _examined(
        self, pieces: Iterator[bytes], request: ExamineRequest, terms: Terms
    ) -> Answer | CannotShow:
        head, pieces = _head_of(pieces)
        with self._place() as child:
            known = child.converse(RecogniseRequest(0, len(head)), iter([head]))
            if not isinstance(known, Recognised):
                return known
            if known.kind not in _ON_ITS_OWN:
                return child.converse(request, pieces, terms)
        return self._by_its_own(request, pieces, terms)

    def _by_its_own(
        self, request: FileRequest, pieces: Iterator[bytes], terms: Terms
    ) -> Answer | CannotShow:
        """The answer of a child that saw nothing before, and sees nothing after."""
        child = self._start()
        try:
            return child.converse(request, pieces, terms)
        finally:
            child.end()

    @contextmanager
    def _place(self) -> Iterator[ConfinedChild]:
        """A child of the pool, for a file; it is replaced if it is not fit for another."""
        place = self._places.get()
        try:
            child = self._child_of(place)
        except BaseException:
            self._places.put(None)
            raise
        left: Future[ConfinedChild] | None = None
        try:
            yield child
            if child.is_fit and child.files < self._files_per_child:
                left = _settled(child)
        finally:
            # Also where the stream itself failed: a child with half a file is of no more use.
            if left is None:
                child.end()
                left = None if self._is_closed else self._starting.submit(self._start)
            self._places.put(left)

    def _child_of(self, place: Future[ConfinedChild] | None) -> ConfinedChild:
        """The child of a place; a new one where there is none, or where it died in its sleep."""
        if place is not None and not self._is_closed:
            child = place.result()
            if child.is_alive:
                return child
            child.end()
        return self._start()

    def _start(self) -> ConfinedChild:
        if self._is_closed:
            raise refusal(demanded=self._demanded)
        newborn = self._births.birth()
        child = ConfinedChild(newborn, patience=self._patience, monotonic=self._monotonic)
        if not child.level.reaches(self._demanded):
            child.end()
            raise refusal(child.level, self._demanded)
        return child


def _settled(child: ConfinedChild) -> Future[ConfinedChild]:
    future: Future[ConfinedChild] = Future()
    future.set_result(child)
    return future


def _head_of(pieces: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes, and all pieces again."""
    taken, head = [], b""
    for piece in pieces:
        taken.append(piece)
        head += piece[: HEAD - len(head)]
        if len(head) == HEAD:
            break
    return head, chain(taken, pieces)


@contextmanager
def _taken_to_its_end(untrusted: Iterable[bytes]) -> Iterator[Iterator[bytes]]:
    """Its pieces; whatever is left of them afterwards goes by, unless nobody waits any more."""
    pieces = iter(untrusted)
    try:
        yield pieces
    except Cancelled:
        raise
    except BaseException:
        _let_pass(pieces)
        raise
    _let_pass(pieces)


def _let_pass(pieces: Iterator[bytes]) -> None:
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
