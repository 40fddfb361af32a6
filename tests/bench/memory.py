"""Resident memory of a process and its children, shared pages divided among those who share them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def resident_kib(pid: int | None = None) -> int:
    """KiB of the process `pid` (None: this one) and of all that descend from it, as the kernel's
    proportional set size counts them.
    """
    return sum(map(_proportional, _family(os.getpid() if pid is None else pid)))


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):  # A thread may end meanwhile.
            for child in task.read_text().split():
                yield from _family(int(child))


def _proportional(pid: int) -> int:
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0  # It ended meanwhile.
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:"))
