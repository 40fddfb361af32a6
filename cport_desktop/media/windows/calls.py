"""What the births need of Windows, as a port: `system_calls` makes them, and a test may count them."""

from __future__ import annotations

import ctypes
from typing import NamedTuple, Protocol

from cport_desktop.media.windows.numbers import JobInformation
from cport_desktop.media.windows.plan import Launch, Opened


class Ends(NamedTuple):
    """Of a pipe."""

    reads: Opened
    writes: Opened


class Calls(Protocol):
    """Every one raises `OSError` where the system refuses."""

    def create_job(self) -> Opened: ...

    def limit_job(self, job: Opened, about: JobInformation, limits: ctypes.Structure) -> None: ...

    def is_in_job(self) -> bool:
        """This very process is in a job."""
        ...

    def create_pipe(self, size: int) -> Ends:
        """Neither end is inherited."""
        ...

    def make_inheritable(self, handle: Opened) -> None: ...

    def make_unblocking(self, handle: Opened) -> None: ...

    def container(self, name: str) -> Opened:
        """The identity of an AppContainer of this user, which exists now."""
        ...

    def forget_container(self, container: Opened) -> None: ...

    def restricted_token(self) -> Opened:
        """Of this user: no privilege, no group but Everyone and Users, low integrity."""
        ...

    def start(self, launch: Launch) -> Opened:
        """The process, which runs."""
        ...

    def end_job(self, job: Opened) -> None:
        """Every process in it ends."""
        ...

    def has_ended(self, process: Opened, milliseconds: int) -> bool:
        """Within so many."""
        ...

    def computed_seconds(self, process: Opened) -> float: ...

    def waiting_bytes(self, pipe: Opened) -> int:
        """How many can be read at once.

        Raises:
            BrokenPipeError: none, and there will be no more.
        """
        ...

    def read(self, pipe: Opened, room: memoryview) -> int: ...

    def write(self, pipe: Opened, piece: bytes) -> int:
        """How many were taken; 0 if the pipe is full.

        Raises:
            BrokenPipeError: nobody reads any more.
        """
        ...

    def close(self, handle: Opened) -> None: ...
