"""Work off the GUI thread, answers back on it.

A lane is a few worker threads and a way home: `ask` starts work and returns at once; the
answer comes to a slot of the lane, which lives in the GUI thread, and from there to the
view that asked. Rules:

1. A worker never holds a widget: callbacks stay in the lane, the worker has a number.
2. An answer is dropped if its errand was cancelled, its owner is gone, or the lane retired.
3. Errors of the family `CportError` go to `otherwise`; without one the lane says `went_wrong`.
   Anything else is a bug: the lane says `went_wrong`, and whoever gave an `otherwise` hears it
   first as a bare `CportError`, whose sentence is that of an unexpected fault. So nothing that was
   begun seems to be under way when it is not.
4. Progress is told at most once for each turn of the event loop, however often work announces.
5. What was asked of a lane that drains is done even if nobody waits for the answer.
6. A lane is made and unmade in the GUI thread: whoever waits elsewhere for its workers to end
   holds `farewell` and never the lane, since its last holder's thread would destroy it under
   answers that are still on their way.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import TypeVar, cast

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from cport_desktop.domain.progress import Announce, IsCancelled, Progress
from cport_desktop.errors import CportError
from cport_desktop.ui.handing_over import stand_back

Answer = TypeVar("Answer")

_log = logging.getLogger(__name__)


class Errand:
    """A piece of work under way. Cancelling it drops its answer, and its start if it waits."""

    def __init__(self, number: int, forget: Callable[[int], None]) -> None:
        self._number = number
        self._forget = forget
        self.stop = Event()

    def cancel(self) -> None:
        """From now on no answer comes; long work stops at its next safe point."""
        self.stop.set()
        self._forget(self._number)

    def wind_down(self) -> None:
        """Long work stops at its next safe point, and its answer (`Cancelled`) still comes."""
        self.stop.set()


@dataclass(slots=True)
class _Home:
    """Where an answer goes. Lives in the GUI thread only."""

    owner: QObject
    stop: Event
    then: Callable[[object], None]
    otherwise: Callable[[CportError], None] | None
    progress: Callable[[Progress], None] | None
    news: _News | None


@dataclass(frozen=True, slots=True)
class _Outcome:
    number: int
    answer: object = None
    refusal: CportError | None = None
    bug: Exception | None = None


class _News:
    """The latest progress of one errand; `tell` wakes the GUI thread once for each reading."""

    def __init__(self, tell: Callable[[int], None], number: int) -> None:
        self._tell = tell
        self._number = number
        self._is_told = Event()
        self._latest: Progress | None = None

    def announce(self, progress: Progress) -> None:
        self._latest = progress
        if not self._is_told.is_set():
            self._is_told.set()
            self._tell(self._number)

    def read(self) -> Progress | None:
        self._is_told.clear()
        return self._latest


class Lane(QObject):
    """Worker threads with a way home to the thread that made the lane.

    Signals:
        went_wrong(object): a CportError that nobody takes, or an Exception that is a bug.
    """

    went_wrong = Signal(object)
    _arrived = Signal(object)
    _progressed = Signal(int)

    def __init__(
        self, name: str, *, threads: int = 1, drains: bool = False, is_patient: bool = False
    ) -> None:
        """`threads` work at the same time. `is_patient`: they leave processors to everybody else."""
        super().__init__()
        begin = stand_back if is_patient else None
        self._workers = ThreadPoolExecutor(threads, thread_name_prefix=name, initializer=begin)
        self._drains = drains
        self._homes: dict[int, _Home] = {}
        self._numbers = itertools.count()
        self._is_over = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._tell_progress, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        owner: QObject,
        work: Callable[[], Answer],
        *,
        then: Callable[[Answer], None] | None = None,
        otherwise: Callable[[CportError], None] | None = None,
    ) -> Errand:
        """Start `work`; its answer goes to `then`, in this thread, while `owner` lives."""
        errand = self._depart(owner, then, otherwise)
        skippable = None if self._drains else errand.stop
        number = errand._number  # noqa: SLF001 - the two classes are one mechanism
        self._begin(number, work, skippable)
        return errand

    def ask_unless(
        self,
        owner: QObject,
        work: Callable[[IsCancelled], Answer],
        *,
        then: Callable[[Answer], None],
        otherwise: Callable[[CportError], None],
    ) -> Errand:
        """Like `ask`, for a question that ends soon after it was cancelled, though it has begun."""
        errand = self._depart(owner, then, otherwise)
        number = errand._number  # noqa: SLF001 - the two classes are one mechanism
        whole = partial(work, errand.stop.is_set)
        self._begin(number, whole, errand.stop)
        return errand

    def ask_long(
        self,
        owner: QObject,
        work: Callable[[Announce, IsCancelled], Answer],
        *,
        progress: Callable[[Progress], None],
        then: Callable[[Answer], None],
        otherwise: Callable[[CportError], None],
    ) -> Errand:
        """Like `ask`, for work that tells how far it is and can be told to stop."""
        errand = self._depart(owner, then, otherwise)
        number = errand._number  # noqa: SLF001 - the two classes are one mechanism
        news = _News(self._progressed.emit, number)
        home = self._homes[number]
        home.progress, home.news = progress, news
        whole = partial(work, news.announce, errand.stop.is_set)
        self._begin(number, whole, None)
        return errand

    def drop_answers(self) -> None:
        """Nobody waits any more: no callback is called for anything asked so far, and long
        work stops at its next safe point.
        """
        for home in self._homes.values():
            home.stop.set()
        self._homes.clear()

    def farewell(self) -> Callable[[], None]:
        """What waits for the workers to end; work not begun is left out unless this lane drains.

        May be called in any thread but the workers' own, after `drop_answers`. What is asked from then on
        by a widget that is still being taken down is not begun.
        """
        self._is_over = True
        return partial(self._workers.shutdown, wait=True, cancel_futures=not self._drains)

    def _begin(self, number: int, work: Callable[[], object], stop: Event | None) -> None:
        if not self._is_over:
            self._workers.submit(_carry_out, number, work, stop, self._arrived.emit)

    def _depart(
        self,
        owner: QObject,
        then: Callable[[Answer], None] | None,
        otherwise: Callable[[CportError], None] | None,
    ) -> Errand:
        number = next(self._numbers)
        deliver = cast("Callable[[object], None]", then if then is not None else _ignore)
        errand = Errand(number, self._forget)
        self._homes[number] = _Home(owner, errand.stop, deliver, otherwise, None, None)
        return errand

    def _forget(self, number: int) -> None:
        self._homes.pop(number, None)

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        home = self._homes.pop(outcome.number, None)
        if home is None or not isValid(home.owner):
            return
        if outcome.bug is not None:
            if home.otherwise is not None:
                home.otherwise(CportError())
            self.went_wrong.emit(outcome.bug)
        elif outcome.refusal is None:
            home.then(outcome.answer)
        elif home.otherwise is not None:
            home.otherwise(outcome.refusal)
        else:
            self.went_wrong.emit(outcome.refusal)

    @Slot(int)
    def _tell_progress(self, number: int) -> None:
        home = self._homes.get(number)
        if home is None or home.progress is None or home.news is None or not isValid(home.owner):
            return
        latest = home.news.read()
        if latest is not None:
            home.progress(latest)


def _ignore(_answer: object) -> None:
    """For work whose answer interests nobody."""


def _carry_out(
    number: int,
    work: Callable[[], object],
    stop: Event | None,
    post: Callable[[_Outcome], None],
) -> None:
    if stop is not None and stop.is_set():
        return
    try:
        outcome = _Outcome(number, answer=work())
    except CportError as refusal:
        outcome = _Outcome(number, refusal=_bare(refusal))
    except Exception as bug:  # noqa: BLE001 - the lane is where a bug is caught and shown
        outcome = _Outcome(number, bug=bug)
    post(outcome)


def _bare(refusal: CportError) -> CportError:
    """Without the frames that it went through. They hold what was worked on; this one holds the refusal
    in turn, so that they would live until cycles are collected, in the window's thread. That thread would
    wait there for a statement of SQLite's to end on a connection that is at work for another errand.
    """
    refusal.__traceback__ = refusal.__cause__ = refusal.__context__ = None
    return refusal


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lanes of one open vault, so that no kind of work waits behind another.

    `acting` and `keeping` (drafts) write and drain: an act, the end of a look or a draft is
    never lost to a lock.
    """

    reading: Lane
    acting: Lane
    decoding: Lane
    exchange: Lane
    packing: Lane
    keeping: Lane
    tending: Lane
    """Backups, checks and drills: hours, in a large vault."""

    def all(self) -> tuple[Lane, ...]:
        return (
            self.reading,
            self.acting,
            self.decoding,
            self.exchange,
            self.packing,
            self.keeping,
            self.tending,
        )

    def drop_answers(self) -> None:
        for lane in self.all():
            lane.drop_answers()

    def farewells(self) -> tuple[Callable[[], None], ...]:
        """What waits until every worker has ended; long work should have been told to stop.

        Those whose work must not be lost come first.
        """
        first = (self.keeping, self.acting)
        others = tuple(lane for lane in self.all() if lane not in first)
        return tuple(lane.farewell() for lane in (*first, *others))

    def discard(self) -> None:
        """In the GUI thread, after the farewells: no lane is there any more, and no answer."""
        for lane in self.all():
            lane.deleteLater()


def open_lanes() -> Lanes:
    """Lanes that live in this thread."""
    return Lanes(
        reading=Lane("reading", threads=2),
        acting=Lane("acting", drains=True),
        decoding=Lane("decoding"),
        exchange=Lane("exchange", is_patient=True),
        packing=Lane("packing", is_patient=True),
        keeping=Lane("keeping", drains=True),
        tending=Lane("tending", is_patient=True),
    )
