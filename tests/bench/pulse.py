"""The watch over an event loop: how long it kept anybody waiting, and what it was at meanwhile.

A heart beats in the event loop. Where it is late, a thread beside it notes what every thread is at, so that
the cause has a name. A late beat is told in three parts: what the loop's thread worked itself, what it
waited for a processor (a busy machine, our other threads among those who keep it busy), and the rest, which
is waiting for the interpreter's lock or another one.
"""

from __future__ import annotations

import faulthandler
import os
import re
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

STALL_MS = 100.0
"""A person feels a window that answers later than this."""
_TICK_MS = 2
_LATE_MS = 50.0
"""From when on it is noted what threads are at."""
_TOLD = 5
"""The longest waits, which are told with their places."""
_LOOKED_EVERY = 0.02
_DEPTH = 12
_HERE = ("cport_desktop", f"tests{os.sep}")
_THREAD = re.compile(r"(?:Current thread|Thread) 0x([0-9a-f]+)")
_PLACE = re.compile(r'  File "(.*)", line (\d+) in (.*)')


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
        self._lates: list[Late] = []
        self._last, self._own, self._queued = self._now()

    def told(self) -> dict[str, object]:
        """The longest wait since it began, and how many were longer than a person would not feel."""
        self._beat()
        lates = [asdict(each) for each in self._lates]
        told = {"longest_ms": self._longest, "stalls": self._stalls, "lates": lates}
        return {**asdict(self._worst), **told}

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
        late = Late(unqueued, (own - self._own) * 1000, *self._seen)
        self._worst = max(self._worst, late, key=lambda each: each.unqueued_ms)
        if waited > _LATE_MS:
            self._lates = sorted([*self._lates, late], key=lambda each: -each.unqueued_ms)[:_TOLD]
        self._longest = max(self._longest, waited)
        self._stalls += waited > STALL_MS
        self._seen = ((), ())
        self._last, self._own, self._queued = now, own, queued

    def _watch(self) -> None:
        while not self._is_over.wait(_LOOKED_EVERY):
            if (time.perf_counter() - self._last) * 1000 >= _LATE_MS and not self._seen[0]:
                self._seen = _seen_of(_stacks(), self._thread)


def _seen_of(
    stacks: Mapping[int, Sequence[str]], loop: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    names = {each.ident: each.name for each in threading.enumerate()}
    others = (
        f"{names.get(number)}: {stack[0]}"
        for number, stack in stacks.items()
        if number not in (loop, threading.get_ident()) and stack
    )
    return tuple(stacks.get(loop, ())[:_DEPTH][::-1]), tuple(others)


def _stacks() -> Mapping[int, Sequence[str]]:
    """Where each thread is, by its number, the innermost place first; places of ours alone.

    `sys._current_frames` would make objects of frames that run, which ends Python 3.11 now and then.
    """
    stacks: dict[int, list[str]] = {}
    with tempfile.TemporaryFile() as file:
        faulthandler.dump_traceback(file, all_threads=True)
        file.seek(0)
        told = file.read().decode()
    for line in told.splitlines():
        if (thread := _THREAD.match(line)) is not None:
            stack = stacks.setdefault(int(thread[1], 16), [])
        elif (place := _PLACE.match(line)) is not None and any(each in place[1] for each in _HERE):
            stack.append(f"{Path(place[1]).name}:{place[2]} in {place[3]}")
    return stacks


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
