"""How this process gives up what it does not need, before it sees a foreign byte.

Called when everything is imported: afterwards it can open no file, start no process and write
no file, gains no privilege, leaves no core, cannot be read by its neighbours, and ends with
the thread that started it.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal

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


def confine() -> None:
    """This process is confined.

    Raises:
        OSError: if one of the steps fails; then no foreign byte may be read.
    """
    _control(_PR_SET_PDEATHSIG, signal.SIGKILL)
    _control(_PR_SET_NO_NEW_PRIVS, 1)
    _control(_PR_SET_DUMPABLE, 0)
    for limit, most in _LIMITS:
        resource.setrlimit(limit, (most, most))


def _control(option: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    unused = ctypes.c_ulong(0)
    if libc.prctl(option, ctypes.c_ulong(value), unused, unused, unused) != 0:
        errno = ctypes.get_errno()
        raise OSError(errno, os.strerror(errno))
