"""The calls of the births, made of this machine's own pipes and processes: nothing confines those.

What it cannot show is whether Windows does what its documentation says; what it can: that a birth takes its
steps as it should, that nothing stays open, and that what was built on it keeps the contract.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import itertools
import os
import select
import struct
import subprocess
import sys
import termios
import textwrap
import time

from cport_desktop.media.windows.calls import Ends
from cport_desktop.media.windows.layouts import ExtendedLimits
from cport_desktop.media.windows.numbers import JobInformation, ProcessAttribute
from cport_desktop.media.windows.plan import Launch, Opened, Program

CHILD = """
    import sys
    from cport_desktop.media.child.decoder_bounds import set_up_decoders
    from cport_desktop.media.child.handle_pipes import HandlePipes
    from cport_desktop.media.child.on_windows import live
    from cport_desktop.media.child.warm_up import warm_up
    from cport_desktop.media.sandbox import SandboxLevel

    pipes = HandlePipes(int(sys.argv[1]), int(sys.argv[2]))
    set_up_decoders()
    warm_up()
    live(pipes, lambda: SandboxLevel.PROCESS)
"""


def program(script: str = CHILD) -> Program:
    environment = {"OPENBLAS_NUM_THREADS": "1", "LANG": "C.UTF-8"}
    return Program((sys.executable, "-I", "-c", textwrap.dedent(script)), environment, "/")


class ThisMachine:
    """`refuses`: calls that fail, by name, or by their number from the first."""

    def __init__(self, *refuses: str | int, is_in_job: bool = False) -> None:
        self._refuses = frozenset(refuses)
        self._is_in_job = is_in_job
        self._numbers = itertools.count(10_000)
        self._jobs: dict[Opened, list[subprocess.Popen[bytes]]] = {}
        self._processes: dict[Opened, subprocess.Popen[bytes]] = {}
        self.made: list[str] = []
        self.open: set[Opened] = set()
        self.limits: list[tuple[JobInformation, ctypes.Structure]] = []
        self.launches: list[Launch] = []

    def create_job(self) -> Opened:
        self._called("create_job")
        job = self._keep(Opened(next(self._numbers)))
        self._jobs[job] = []
        return job

    def limit_job(self, job: Opened, about: JobInformation, limits: ctypes.Structure) -> None:
        self._called("limit_job")
        assert job in self.open
        self.limits.append((about, limits))

    def is_in_job(self) -> bool:
        self._called("is_in_job")
        return self._is_in_job

    def create_pipe(self, size: int) -> Ends:
        self._called("create_pipe")
        reads, writes = os.pipe()
        with contextlib.suppress(PermissionError):
            fcntl.fcntl(writes, fcntl.F_SETPIPE_SZ, size)
        return Ends(self._keep(Opened(reads)), self._keep(Opened(writes)))

    def make_inheritable(self, handle: Opened) -> None:
        self._called("make_inheritable")
        os.set_inheritable(handle, True)

    def make_unblocking(self, handle: Opened) -> None:
        self._called("make_unblocking")
        os.set_blocking(handle, False)

    def container(self, name: str) -> Opened:
        self._called("container")
        assert name
        return self._keep(Opened(next(self._numbers)))

    def forget_container(self, container: Opened) -> None:
        self.open.remove(container)

    def restricted_token(self) -> Opened:
        self._called("restricted_token")
        return self._keep(Opened(next(self._numbers)))

    def start(self, launch: Launch) -> Opened:
        self._called("start")
        self.launches.append(launch)
        values = {each.number: each.value for each in launch.attributes}
        handles = list(values[ProcessAttribute.HANDLE_LIST])  # type: ignore[arg-type]
        (job,) = list(values[ProcessAttribute.JOB_LIST])  # type: ignore[arg-type]
        assert launch.program.arguments[-2:] == tuple(map(str, handles))
        process = subprocess.Popen(
            launch.program.arguments,
            env=dict(launch.program.environment),
            cwd=launch.program.folder,
            pass_fds=handles,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._jobs[job].append(process)
        opened = self._keep(Opened(next(self._numbers)))
        self._processes[opened] = process
        return opened

    def end_job(self, job: Opened) -> None:
        for process in self._jobs[job]:
            process.kill()

    def has_ended(self, process: Opened, milliseconds: int) -> bool:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._processes[process].wait(milliseconds / 1000)
            return True
        return False

    def computed_seconds(self, process: Opened) -> float:
        try:
            return time.clock_gettime(~self._processes[process].pid << 3 | 2)
        except OSError:
            return 0.0

    def waiting_bytes(self, pipe: Opened) -> int:
        count: int
        (count,) = struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)))
        if count == 0:
            poll = select.poll()
            poll.register(pipe, select.POLLIN)
            if any(event & select.POLLHUP for _, event in poll.poll(0)):
                raise BrokenPipeError
        return count

    def read(self, pipe: Opened, room: memoryview) -> int:
        return os.readv(pipe, [room])

    def write(self, pipe: Opened, piece: bytes) -> int:
        try:
            return os.write(pipe, piece)
        except BlockingIOError:
            return 0

    def close(self, handle: Opened) -> None:
        self.open.remove(handle)
        if handle in self._jobs:  # the last handle: all that is in it ends
            self.end_job(handle)
            for process in self._jobs.pop(handle):
                process.wait(10)
        elif handle < 10_000:
            os.close(handle)

    def most_memory(self) -> int:
        limits = next(each for _, each in self.limits if isinstance(each, ExtendedLimits))
        return int(limits.process_memory)

    @property
    def living(self) -> int:
        return sum(process.poll() is None for process in self._processes.values())

    def _keep(self, handle: Opened) -> Opened:
        self.open.add(handle)
        return handle

    def _called(self, name: str) -> None:
        self.made.append(name)
        if self._refuses & {name, len(self.made) - 1}:
            raise OSError(5, "refused here")
