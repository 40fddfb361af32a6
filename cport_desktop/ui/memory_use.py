"""What this process frees goes back to the machine (glibc; elsewhere nothing is changed).

Left alone, the C library keeps what it was given once: after the first large piece is freed it takes the
next ones, up to 32 MiB each, out of heaps that end where the last small piece in use lies, and each thread
has a heap of its own. Reading the columns of a million reports left 170 MB behind that nobody used
(`docs/performance.md`).
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from typing import Final

_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8
"""mallopt(3)."""
MAPPED_FROM: Final = 256 * 1024
"""Bytes from which on a piece is mapped by itself, and unmapped when it is freed."""
HEAPS: Final = 2
"""Threads wait for the interpreter's lock far more often than for a heap."""


def spare_memory() -> None:
    """Large pieces are mapped one by one, and threads share two heaps. To be called before there are
    threads.
    """
    with suppress(OSError, AttributeError):
        if sys.platform == "linux":
            libc = ctypes.CDLL(None)
            libc.mallopt(_M_MMAP_THRESHOLD, MAPPED_FROM)
            libc.mallopt(_M_ARENA_MAX, HEAPS)


def give_back() -> None:
    """What is free in the heaps goes back now: some milliseconds, from any thread but the window's."""
    with suppress(OSError, AttributeError):
        if sys.platform == "linux":
            ctypes.CDLL(None).malloc_trim(0)
