"""How this process gives up what it does not need, before it sees a foreign byte.

Called when everything is imported, in a process of one thread: afterwards it can open no file,
start no process and write no file, gains no privilege, leaves no core, cannot be read by its
neighbours, and ends with its parent. Whatever of it this kernel offers is used; what it lacks
lowers the level that is told, and what it refuses ends the process.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from collections.abc import Mapping
from pathlib import Path

from cport_desktop.media.child.call_filter import BY_MACHINE, Numbers, install
from cport_desktop.media.child.file_wall import raise_wall
from cport_desktop.media.sandbox import SandboxLevel

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38

MOST_MEMORY = 3 * 1024**3
"""Address space: the largest file (1 GiB), its pieces, and the pixels of the largest picture."""

_LIMITS = (
    (resource.RLIMIT_AS, MOST_MEMORY),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_CORE, 0),
    # The open pipes stay; no further file, socket or pipe can be had.
    (resource.RLIMIT_NOFILE, 0),
    (resource.RLIMIT_NPROC, 0),
)


def confine(calls: Mapping[str, Numbers] = BY_MACHINE) -> SandboxLevel:
    """This process is confined, to the level that is answered. `calls`: which it may still make, by
    machine.

    Raises:
        OSError: if one of the steps fails; then no foreign byte may be read.
    """
    bind_to_parent()
    has_wall = raise_wall()
    for limit, most in _LIMITS:
        resource.setrlimit(limit, (most, most))
    has_filter = install(os.uname().machine, calls)
    if not has_filter:
        return SandboxLevel.PROCESS
    return SandboxLevel.WALLED if has_wall else SandboxLevel.FILTERED


def bind_to_parent() -> None:
    """This process ends with the thread that started it, gains nothing, and is read by nobody."""
    _control(_PR_SET_PDEATHSIG, signal.SIGKILL)
    _control(_PR_SET_NO_NEW_PRIVS, 1)
    _control(_PR_SET_DUMPABLE, 0)


def require_one_thread() -> None:
    """Nothing, if this process has one thread: a second one might escape what is done to the first.

    Raises:
        OSError: it has more, or cannot tell.
    """
    threads = sum(1 for _ in Path("/proc/self/task").iterdir())
    if threads != 1:
        raise OSError(0, f"{threads} threads where one was expected")


def _control(option: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    unused = ctypes.c_ulong(0)
    if libc.prctl(option, ctypes.c_ulong(value), unused, unused, unused) != 0:
        errno = ctypes.get_errno()
        raise OSError(errno, os.strerror(errno))
