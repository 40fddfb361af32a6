"""Where confined children come from, as the program sees it.

A clean interpreter is executed once (never a fork: nothing of this process's memory is in it), and
forks a child for every birth that is asked for. It dies with the thread that started it, and its
children with it. If it is gone, the next birth starts another.

Where it can be had, the interpreter is executed inside namespaces of its own (`media.bubblewrap`). That
is found out by the first start: if it says nothing from in there, it is started without them, and stays so.
What was reached once is not given up later: then a birth is refused.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final

from cport_desktop.errors import SandboxRefused
from cport_desktop.media.newborn import refusal
from cport_desktop.media.nursery_words import HELLO, NUMBER, SERVE
from cport_desktop.media.piped_child import FAREWELL_SECONDS, PipedChild

_ENVIRONMENT: Final = {
    "LANG": "C.UTF-8",
    # A second thread could not be started under the limits, and would not be wanted.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    # Memory of one picture serves the next: given back to the system after each, it costs eight
    # hundred page faults a picture, a fifth of the time. The limit on memory holds all the same.
    "MALLOC_MMAP_THRESHOLD_": str(16 * 1024 * 1024),
    "MALLOC_TRIM_THRESHOLD_": str(32 * 1024 * 1024),
}
_START_SECONDS: Final = 60.0
"""An interpreter that imports its decoders takes 0.5 s; a starved machine, far more."""
_BIRTH_SECONDS: Final = 30.0


def nursery_command() -> tuple[str, ...]:
    """How the nursery is executed: this interpreter, isolated from the user's environment."""
    return (sys.executable, "-I", "-m", "cport_desktop.media.child")


Enclose = Callable[[Sequence[str]], Sequence[str] | None]
"""The command that executes another one inside namespaces; None where there is none."""


class Nursery:
    """Births by a forking interpreter. May be asked by many threads, one birth at a time."""

    def __init__(
        self, command: Sequence[str] | None = None, *, enclose: Enclose = lambda _command: None
    ) -> None:
        self._command = command or nursery_command()
        self._enclose = enclose
        self._lock = threading.Lock()
        # The interpreter ends with the thread that started it; this one lives as long as we do.
        self._keeper = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sandbox-nursery")
        self._running: _Running | None = None
        self._start: Callable[[], _Running] = self._start_first

    def birth(self, life: bytes = SERVE) -> PipedChild:
        with self._lock:
            if self._running is not None:
                with contextlib.suppress(OSError):
                    return self._running.birth(life)
                self._running.end()
            self._running = None
            self._running = self._keeper.submit(self._start).result()
            try:
                return self._running.birth(life)
            except OSError as error:
                raise refusal() from error

    def _start_first(self) -> _Running:
        """A nursery, and from now on every other in the same way."""
        enclosed = self._enclose(self._command)
        if enclosed is not None:
            with contextlib.suppress(SandboxRefused):
                running = _Running(enclosed, has_namespaces=True)
                self._start = partial(_Running, enclosed, has_namespaces=True)
                return running
        self._start = partial(_Running, self._command, has_namespaces=False)
        return self._start()

    def close(self) -> None:
        with self._lock:
            if self._running is not None:
                self._running.end()
            self._running = None
        self._keeper.shutdown()


class _Running:
    """One interpreter and the socket that leads to it."""

    def __init__(self, command: Sequence[str], *, has_namespaces: bool) -> None:
        self._has_namespaces = has_namespaces
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                self._process = subprocess.Popen(
                    command,
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    close_fds=True,
                    cwd="/",
                    env=_ENVIRONMENT,
                    start_new_session=True,
                )
        except OSError as error:
            ours.close()
            raise refusal() from error
        self._control = ours
        self._control.settimeout(_START_SECONDS)
        if not self._says_hello() or (has_namespaces and not self._can_be_told_by_number()):
            self.end()
            raise refusal()
        self._control.settimeout(_BIRTH_SECONDS)

    def birth(self, life: bytes) -> PipedChild:
        """Raises:
        OSError: it does not answer as it should.
        """
        child_reads, we_write = os.pipe()
        we_read, child_writes = os.pipe()
        ours = (we_write, we_read)
        try:
            socket.send_fds(self._control, [life], [child_reads, child_writes])
            number, processes, _, _ = socket.recv_fds(self._control, NUMBER, 1)
            if len(number) != NUMBER or len(processes) != 1:
                raise OSError(0, "the nursery answered something else")
            told = int.from_bytes(number, "big")
            number_here = _number_of(processes[0]) if self._has_namespaces else told
        except OSError:
            for descriptor in ours:
                os.close(descriptor)
            raise
        finally:
            os.close(child_reads)
            os.close(child_writes)
        for descriptor in ours:
            os.set_blocking(descriptor, False)
        return PipedChild(number_here, processes[0], we_write, we_read, self._has_namespaces)

    def end(self) -> None:
        """It is gone."""
        self._process.kill()
        self._control.close()
        self._process.wait(timeout=FAREWELL_SECONDS)

    def _can_be_told_by_number(self) -> bool:
        """This system says which process a descriptor is of (older kernels do not, to ordinary users)."""
        process = os.pidfd_open(self._process.pid)
        try:
            return _number_of(process) == self._process.pid
        except OSError:
            return False
        finally:
            os.close(process)

    def _says_hello(self) -> bool:
        said = b""
        try:
            while len(said) < len(HELLO):
                piece = self._control.recv(len(HELLO) - len(said))
                if not piece:
                    return False
                said += piece
        except OSError:
            return False
        return said == HELLO


def _number_of(process: int) -> int:
    """The number of a process as this one sees it, whatever it is called in a namespace of its own
    (pidfd_open(2), proc_pid_fdinfo(5)); -1 once it is gone.

    Raises:
        OSError: this system does not tell.
    """
    for line in Path(f"/proc/self/fdinfo/{process}").read_text(encoding="utf-8").splitlines():
        if line.startswith("Pid:"):
            return int(line.removeprefix("Pid:"))
    raise OSError(0, "the number of a process is not told here")
