"""Where confined children come from on Windows.

There is no fork: every child is an interpreter of its own that imports the decoders, which takes about
a second. So one is always started ahead and waits, confined by all that holds from its birth; it hears what
it is wanted for by one byte, takes the rest upon itself and says that it is ready.

Steps of a birth; whatever was opened is closed again if a later one fails:

    job, its limits ─> two pipes ─> who it is (`plan.Way`) ─> process with two handles ─> their ends closed
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Final

from cport_desktop.errors import SandboxRefused
from cport_desktop.media.newborn import refusal
from cport_desktop.media.nursery_words import HELLO, SERVE
from cport_desktop.media.windows.calls import Calls, Ends
from cport_desktop.media.windows.command_line import interpreter
from cport_desktop.media.windows.job_child import PIPE_BYTES, JobChild
from cport_desktop.media.windows.numbers import JobInformation
from cport_desktop.media.windows.plan import (
    CONTAINER_NAME,
    Launch,
    Opened,
    Program,
    Way,
    attributes,
    limits,
    no_desktop,
)

_CHILD: Final = "cport_desktop.media.child.on_windows"
_START_MS: Final = 60_000
"""An interpreter that imports its decoders, on a starved machine."""


def usual_program(system_folder: str, executable: str, base_executable: str) -> Program:
    """This interpreter, isolated from its user, as a child; the handles of its pipes are still to come.

    `system_folder`: where Windows is, without which no interpreter starts.
    """
    program, told = interpreter(executable, base_executable)
    environment = {
        "SystemRoot": system_folder,
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        **told,
    }
    return Program((program, "-I", "-m", _CHILD), environment, system_folder)


class WindowsBirths:
    """Births of processes that were started ahead. May be asked by many threads."""

    def __init__(
        self, calls: Calls, program: Program, *, ways: tuple[Way, ...] = tuple(Way)
    ) -> None:
        self._calls = calls
        self._program = program
        self._ways = ways
        self._lock = threading.Lock()
        self._starting = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sandbox-nursery")
        self._ahead: Future[JobChild] | None = None
        self._is_closed = False

    def birth(self, life: bytes = SERVE) -> JobChild:
        with self._lock:
            if self._is_closed:
                raise refusal()
            waiting, self._ahead = self._ahead, None
            child = self._alive(waiting) or self._starting.submit(self._start).result()
            self._ahead = self._starting.submit(self._start)
        try:
            child.send([life])
        except OSError as error:
            child.end()
            raise refusal() from error
        return child

    def close(self) -> None:
        with self._lock:
            self._is_closed = True
            waiting, self._ahead = self._ahead, None
            child = self._alive(waiting)
            if child is not None:
                child.end()
        self._starting.shutdown()

    @staticmethod
    def _alive(waiting: Future[JobChild] | None) -> JobChild | None:
        """The child that waits, unless it could not be started or died in its sleep."""
        if waiting is None or waiting.exception() is not None:
            return None
        child = waiting.result()
        if child.is_alive:
            return child
        child.end()
        return None

    def _start(self) -> JobChild:
        """By the best way that this machine allows, and by no lesser one later.

        Raises:
            SandboxRefused: it allows none.
        """
        for way in self._ways:
            with contextlib.suppress(OSError, SandboxRefused):
                child = self._start_by(way)
                self._ways = (way,)
                return child
        raise refusal()

    def _start_by(self, way: Way) -> JobChild:
        """Raises:
        OSError: the system refuses one of the steps.
        SandboxRefused: it starts, and says nothing.
        """
        calls = self._calls
        with contextlib.ExitStack() as ours, contextlib.ExitStack() as theirs:
            job = _kept(calls, ours, calls.create_job())
            self._limit(job)
            incoming = _pipe(calls, theirs, ours, child_reads=True)
            outgoing = _pipe(calls, theirs, ours, child_reads=False)
            handles = (incoming.reads, outgoing.writes)
            for handle in handles:
                calls.make_inheritable(handle)
            calls.make_unblocking(incoming.writes)
            identity = theirs.enter_context(_identity(calls, way))
            process = _kept(calls, ours, calls.start(self._told(way, handles, job, identity)))
            child = JobChild(calls, job, process, incoming.writes, outgoing.reads)
            ours.pop_all()
        if not _says_hello(child):
            child.end()
            raise refusal()
        return child

    def _limit(self, job: Opened) -> None:
        self._calls.limit_job(job, JobInformation.EXTENDED_LIMITS, limits())
        if not self._calls.is_in_job():
            self._calls.limit_job(job, JobInformation.BASIC_UI_RESTRICTIONS, no_desktop())

    def _told(
        self, way: Way, handles: tuple[Opened, Opened], job: Opened, identity: Opened
    ) -> Launch:
        arguments = (*self._program.arguments, *map(str, handles))
        container = identity if way.is_container else None
        return Launch(
            replace(self._program, arguments=arguments),
            attributes(way, handles=handles, job=job, container=container),
            None if way.is_container else identity,
        )


def _kept(calls: Calls, stack: contextlib.ExitStack, handle: Opened) -> Opened:
    """The handle, which is closed with the stack."""
    stack.callback(calls.close, handle)
    return handle


def _pipe(
    calls: Calls, theirs: contextlib.ExitStack, ours: contextlib.ExitStack, *, child_reads: bool
) -> Ends:
    ends = calls.create_pipe(PIPE_BYTES)
    _kept(calls, theirs if child_reads else ours, ends.reads)
    _kept(calls, ours if child_reads else theirs, ends.writes)
    return ends


@contextlib.contextmanager
def _identity(calls: Calls, way: Way) -> Iterator[Opened]:
    """A container's name, or a token; a process that was started with it needs it no longer."""
    if way.is_container:
        container = calls.container(CONTAINER_NAME)
        try:
            yield container
        finally:
            calls.forget_container(container)
        return
    token = calls.restricted_token()
    try:
        yield token
    finally:
        calls.close(token)


def _says_hello(child: JobChild) -> bool:
    said = bytearray()
    while len(said) < len(HELLO) and child.can_receive(_START_MS):
        room = memoryview(bytearray(len(HELLO) - len(said)))
        count = child.receive(room)
        if count == 0:
            return False
        said += room[:count]
    return said == HELLO
