"""Work that nobody waits for leaves the interpreter to others now and then.

Python runs one thread at a time. Whoever waits for it gets it within half a millisecond, but making a page
asks for it some hundred times, and beside a thread that works without a pause each of these is a wait.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

Thing = TypeVar("Thing")

WORKED_S: Final = 0.002
"""So long a patient thread works at most before it pauses."""
PAUSE_S: Final = 0.0005


class _Here(threading.local):
    is_patient = False


_here: Final = _Here()


def be_patient() -> None:
    """From now on this thread pauses where it goes through many things (`paced`)."""
    _here.is_patient = True


def paced(things: Iterable[Thing]) -> Iterator[Thing]:
    """`things`, one after the other; in a patient thread with pauses between them, in others without."""
    if not _here.is_patient:
        yield from things
        return
    since = time.perf_counter()
    for thing in things:
        yield thing
        if time.perf_counter() - since >= WORKED_S:
            time.sleep(PAUSE_S)
            since = time.perf_counter()
