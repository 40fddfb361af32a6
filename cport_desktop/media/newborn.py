"""A child that was just started, as a port: what the program needs of its process and of two pipes.

Nothing here blocks: whoever would have to wait is told so, and asks how long it wants to. Implementations:
`media.nursery` (Linux: forks of a clean interpreter, watched by a descriptor) and `media.windows.births`
(processes of a job, watched by handles).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from cport_desktop.errors import SandboxRefused
from cport_desktop.media.nursery_words import SERVE
from cport_desktop.media.sandbox import SandboxLevel

Piece = bytes | memoryview


class Newborn(Protocol):
    """Whoever has it ends it."""

    @property
    def has_namespaces(self) -> bool:
        """It sees no network, no process and no file of this machine but what it runs from."""
        ...

    @property
    def is_alive(self) -> bool: ...

    def send(self, parts: Sequence[Piece]) -> int:
        """How many bytes of `parts` it was handed, from their beginning.

        Raises:
            BlockingIOError: none for now.
            BrokenPipeError: it is gone, or reads no more.
        """
        ...

    def receive(self, room: memoryview) -> int:
        """How many bytes it had said, which are in `room` now; 0 if it will say no more.

        Raises:
            BlockingIOError: it has said nothing yet.
        """
        ...

    def can_send(self, milliseconds: int) -> bool:
        """`send` would not raise `BlockingIOError`; waits for that as long as is said."""
        ...

    def can_receive(self, milliseconds: int) -> bool:
        """As `can_send`, of `receive`."""
        ...

    def computed_seconds(self) -> float:
        """Processor time that it used so far; 0 once it is gone."""
        ...

    def end(self) -> None:
        """The process is gone, and so is all that led to it."""
        ...


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


def refusal(
    level: SandboxLevel = SandboxLevel.NONE, demanded: SandboxLevel = SandboxLevel.PROCESS
) -> SandboxRefused:
    return SandboxRefused(level=level.value, demanded=demanded.value)
