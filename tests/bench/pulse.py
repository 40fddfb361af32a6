"""The watch over an event loop: how long it kept anybody waiting, and what it was at meanwhile.

A heart beats in the event loop. Where it is late, a thread beside it notes what every thread is at, so that
the cause has a name. A late beat is told in three parts: what the loop's thread worked itself, what it
waited for a processor (a busy machine, our other threads among those who keep it busy), and the rest, which
is waiting for the interpreter's lock or another one.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QObject, Qt, QTimer

STALL_MS = 100.0
"""A person feels a window that answers later than this."""
_TICK_MS = 2
_LATE_MS = 50.0
"""From when on it is noted what threads are at."""
_LOOKED_EVERY = 0.02
_DEPTH = 12
_HERE = ("cport_desktop", f"tests{os.sep}")


@dataclass(frozen=True, slots=True)
class Late:
    """The longest wait so far, in milliseconds, but for what of it was waiting for a processor; `at` are the
    places of the event loop's thread at that time, the innermost last, `beside` where other threads were.
    """

    unqueued_ms: float = 0.0
    own_ms: float = 0.0
    at: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


class Pulse(QObject):
    """Made in the event loop's thread. `begin` … `told` frame what is watched."""

    def __init__(self) -> None:
        super().__init__()
        self._thread = threading.get_ident()
        self._waits = _ProcessorWaits()
        self._seen: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self.begin()
        self._timer = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        self._is_over = threading.Event()
        self._beside = threading.Thread(target=self._watch, name="watch", daemon=True)
        self._beside.start()

    def begin(self) -> None:
        self._worst, self._longest, self._stalls, self._seen = Late(), 0.0, 0, ((), ())
        self._last, self._own, self._queued = self._now()

    def told(self) -> dict[str, object]:
        """The longest wait since it began, and how many were longer than a person would not feel."""
        self._beat()
        return {**asdict(self._worst), "longest_ms": self._longest, "stalls": self._stalls}

    def end(self) -> None:
        self._timer.stop()
        self._is_over.set()
        self._beside.join()

    def _now(self) -> tuple[float, float, float]:
        return time.perf_counter(), time.thread_time(), self._waits.seconds()

    def _beat(self) -> None:
        now, own, queued = self._now()
        waited = (now - self._last) * 1000 - _TICK_MS
        unqueued = waited - (queued - self._queued) * 1000
        if unqueued > self._worst.unqueued_ms:
            self._worst = Late(unqueued, (own - self._own) * 1000, *self._seen)
        self._longest = max(self._longest, waited)
        self._stalls += waited > STALL_MS
        self._seen = ((), ())
        self._last, self._own, self._queued = now, own, queued

    def _watch(self) -> None:
        while not self._is_over.wait(_LOOKED_EVERY):
            if (time.perf_counter() - self._last) * 1000 < _LATE_MS or self._seen[0]:
                continue
            frames = sys._current_frames()
            names = {each.ident: each.name for each in threading.enumerate()}
            main = frames.pop(self._thread, None)
            frames.pop(threading.get_ident(), None)
            others = (f"{names.get(number)}: {_innermost(each)}" for number, each in frames.items())
            self._seen = _places(main), tuple(other for other in others if " in " in other)


class _ProcessorWaits:
    """How long this thread has stood in the queue for a processor, as the kernel counts it; always 0
    where it does not say.
    """

    def __init__(self) -> None:
        told = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._told = os.open(told, os.O_RDONLY) if told.exists() else None

    def seconds(self) -> float:
        if self._told is None:
            return 0.0
        return int(os.pread(self._told, 80, 0).split()[1]) / 1e9


def _places(frame: FrameType | None) -> tuple[str, ...]:
    return tuple(_place(each) for each in list(_stack(frame))[:_DEPTH][::-1])


def _innermost(frame: FrameType) -> str:
    """The innermost place of ours."""
    ours = (each for each in _stack(frame) if any(p in each.f_code.co_filename for p in _HERE))
    return next(map(_place, ours), "")


def _stack(frame: FrameType | None) -> Iterator[FrameType]:
    """From the innermost outwards. `traceback` would look at files meanwhile, and be a stall itself."""
    while frame is not None:
        yield frame
        frame = frame.f_back


def _place(frame: FrameType) -> str:
    return f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno} in {frame.f_code.co_name}"
