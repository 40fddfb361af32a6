"""One job from standard input, one PDF to standard output, then the end.

Started as `python -I -m cport_desktop.exports.child`. Writes no file; a crash leaves no core
behind, since memory holds the text of a case; and it ends with the thread that started it, since
that thread's process may be replaced by a lock at any time.
"""

from __future__ import annotations

import ctypes
import signal
import sys
from contextlib import suppress

import msgspec

from cport_desktop.exports.child.setting import set_document
from cport_desktop.exports.pages import LARGEST_JOB, Job

PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4
"""prctl(2)."""
MEMORY = 4 * 1024 * 1024 * 1024
"""Bytes of address space: a document of two thousand pages takes under one GiB."""


def main() -> int:
    """Exit status: 0, and all of a PDF was written; 2, and the job was none."""
    _keep_to_itself()
    _limit_itself()
    job = sys.stdin.buffer.read(LARGEST_JOB + 1)
    if len(job) > LARGEST_JOB:
        return 2
    try:
        asked = msgspec.json.decode(job, type=Job)
    except msgspec.DecodeError:
        return 2
    sys.stdout.buffer.write(set_document(asked))
    sys.stdout.buffer.flush()
    return 0


def _keep_to_itself() -> None:
    """Before anything is read: it dies with its parent's thread, and nobody reads its memory."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def _limit_itself() -> None:
    """It writes no file, leaves no core and does not eat up the machine, where a system has such limits."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 - there is none on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    sys.exit(main())
