"""What a confined child speaks through: whole reads, whole writes, whatever the system's pipes are."""

from __future__ import annotations

from typing import Protocol


class Talk(Protocol):
    def read_into(self, view: memoryview) -> None:
        """`view` is full.

        Raises:
            EOFError: if the other side went away.
        """
        ...

    def write(self, body: bytes) -> None:
        """`body` was written, as one frame."""
        ...
