"""Where confined children come from, as the program sees it.

A clean interpreter is executed once (never a fork: nothing of this process's memory is in it), and
forks a child for every birth that is asked for. It dies with the thread that started it, and its
children with it. If it is gone, the next birth starts another.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, Protocol

from cport_desktop.errors import SandboxRefused
from cport_desktop.media.nursery_words import HELLO, NUMBER, SERVE
from cport_desktop.media.sandbox import SandboxLevel

_ENVIRONMENT: Final = {
    "LANG": "C.UTF-8",
    # A second thread could not be started under the limits, and would not be wanted.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}
_START_SECONDS: Final = 60.0
"""An interpreter that imports its decoders takes 0.5 s; a starved machine, far more."""
_BIRTH_SECONDS: Final = 30.0
FAREWELL_SECONDS: Final = 5.0
"""A killed process is gone within this, unless the machine is at its end."""


@dataclass(frozen=True, slots=True)
class Newborn:
    """A child that was just started: its number, a descriptor of its process, and our ends of its two
    pipes, which never block. Whoever has it ends it and closes them.
    """

    pid: int
    process: int
    to_child: int
    from_child: int

    @property
    def is_alive(self) -> bool:
        return not _is_ready(self.process, 0.0)

    def end(self) -> None:
        """The process is gone and the descriptors are closed."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.process, signal.SIGKILL)
        _is_ready(self.process, FAREWELL_SECONDS)
        for descriptor in (self.to_child, self.from_child, self.process):
            os.close(descriptor)


class Births(Protocol):
    """Gives children that are not confined yet, and are about to be."""

    def birth(self, life: bytes = SERVE) -> Newborn:
        """A child of its own for the caller; `life` is one of `nursery_words`.

        Raises:
            SandboxRefused: none can be had.
        """
        ...

    def close(self) -> None:
        """No further children; those that live end too."""
        ...


def nursery_command() -> tuple[str, ...]:
    """How the nursery is executed: this interpreter, isolated from the user's environment."""
    return (sys.executable, "-I", "-m", "cport_desktop.media.child")


class Nursery:
    """Births by a forking interpreter. May be asked by many threads, one birth at a time."""

    def __init__(self, command: Sequence[str] | None = None) -> None:
        self._command = command or nursery_command()
        self._lock = threading.Lock()
        # The interpreter ends with the thread that started it; this one lives as long as we do.
        self._keeper = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sandbox-nursery")
        self._running: _Running | None = None

    def birth(self, life: bytes = SERVE) -> Newborn:
        with self._lock:
            if self._running is not None:
                with contextlib.suppress(OSError):
                    return self._running.birth(life)
                self._running.end()
            self._running = None
            self._running = self._keeper.submit(_Running, self._command).result()
            try:
                return self._running.birth(life)
            except OSError as error:
                raise refusal() from error

    def close(self) -> None:
        with self._lock:
            if self._running is not None:
                self._running.end()
            self._running = None
        self._keeper.shutdown()


class _Running:
    """One interpreter and the socket that leads to it."""

    def __init__(self, command: Sequence[str]) -> None:
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
        if not self._says_hello():
            self.end()
            raise refusal()
        self._control.settimeout(_BIRTH_SECONDS)

    def birth(self, life: bytes) -> Newborn:
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
        except OSError:
            for descriptor in ours:
                os.close(descriptor)
            raise
        finally:
            os.close(child_reads)
            os.close(child_writes)
        for descriptor in ours:
            os.set_blocking(descriptor, False)
        return Newborn(int.from_bytes(number, "big"), processes[0], we_write, we_read)

    def end(self) -> None:
        """It is gone."""
        self._process.kill()
        self._control.close()
        self._process.wait(timeout=FAREWELL_SECONDS)

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


def refusal(
    level: SandboxLevel = SandboxLevel.NONE, demanded: SandboxLevel = SandboxLevel.PROCESS
) -> SandboxRefused:
    return SandboxRefused(level=level.value, demanded=demanded.value)


def _is_ready(descriptor: int, seconds: float) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(round(seconds * 1000)))
